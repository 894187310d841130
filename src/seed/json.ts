import type { Faults } from './seed-errors.ts'

/** What a JSON text says; undefined, with its faults told, where it is none or says something twice. */
export function jsonIn(text: string, file: string, faults: Faults): unknown {
  try {
    const value: unknown = JSON.parse(text)
    const repeated = repeatedProperties(text)
    for (const place of repeated) faults.add(file, place, 'stands twice in its record; each property must stand once')
    return repeated.length === 0 ? value : undefined
  } catch (error) {
    const end = text.trimEnd().length
    const position = Math.min(end, positionOf(error as SyntaxError, text))
    const before = text.slice(0, position).split('\n')
    const found =
      position === end
        ? 'the text ends too early'
        : `${JSON.stringify(text[position])} in column ${(before.at(-1) as string).length + 1} is out of place`
    faults.add(
      file,
      before.length,
      `is not JSON: ${found}; look there and just before for a missing or superfluous comma, bracket or quotation mark`,
    )
    return undefined
  }
}

/** Where a text stops being JSON. The engine does not always say, but its words for a text that is cut short differ. */
function positionOf({ message }: SyntaxError, text: string): number {
  const told = /at position (\d+)/.exec(message)?.[1]
  if (told !== undefined) return Number(told)
  let [good, bad] = [0, text.length + 1]
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2)
    if (isFaulty(text.slice(0, middle))) bad = middle
    else good = middle
  }
  return bad - 1
}

function isFaulty(beginning: string): boolean {
  try {
    JSON.parse(beginning)
    return false
  } catch (error) {
    return (error as SyntaxError).message.endsWith('is not valid JSON')
  }
}

/** JSON pointers to each property that a record of a right JSON text has twice: JSON.parse would drop the first. */
function repeatedProperties(text: string): string[] {
  const repeated: string[] = []
  const open: { names: Set<string>; step: string | number }[] = []
  for (const [token] of text.matchAll(/"(?:[^"\\]+|\\.)*"(?:\s*:)?|[[\]{},]/g)) {
    const record = open.at(-1)
    if (token === '{') open.push({ names: new Set(), step: '' })
    else if (token === '[') open.push({ names: new Set(), step: 0 })
    else if (token === '}' || token === ']') open.pop()
    else if (record && token === ',' && typeof record.step === 'number') record.step += 1
    else if (record && token.endsWith(':')) {
      const name: string = JSON.parse(token.slice(0, -1))
      record.step = name.replaceAll('~', '~0').replaceAll('/', '~1')
      if (record.names.has(name)) repeated.push(open.map(({ step }) => `/${step}`).join(''))
      record.names.add(name)
    }
  }
  return repeated
}
