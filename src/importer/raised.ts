const plain = '0123456789+-=()n'
const shapes: Record<string, string> = { superscript: '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ', subscript: '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ' }

/** A text set as "superscript" or "subscript" in the characters that Unicode has for that, if it has all of them. */
export function raised(text: string, position: string): string {
  const characters = [...text].map((character) => [...(shapes[position] ?? '')][plain.indexOf(character)])
  return characters.every((character) => character !== undefined) ? characters.join('') : text
}

/** Whether a raised text is the end of an ordinal number ("16th"), so that it means the same as on the line. */
export const ordinalEnd = (before: string, text: string, position: string) =>
  position === 'superscript' && /\d$/.test(before) && /^(?:st|nd|rd|th|er|re|e|o|a)$/.test(text)
