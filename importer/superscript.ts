const plain = '0123456789+-=()n'
const shapes: Record<string, string> = { superscript: '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ', subscript: '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ' }

/** Superscript or subscript text in the Unicode characters for it, if all exist. */
export function superscript(text: string, position: string): string {
  const shape = shapes[position]
  if (shape === undefined) return text
  const characters = [...text].map((character) => [...shape][plain.indexOf(character)])
  return characters.includes(undefined) ? text : characters.join('')
}
