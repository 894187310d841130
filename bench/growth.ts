export async function growth(most: number, say: (line: string) => void): Promise<void> {
  say(`growth to ${most}`)
}
