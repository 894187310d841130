const bullet =
  /^(?:[-–—•·●◦○▪■‣►➢➤✓✔\uf0b7\uf0a7\uf0d8\uf02d*](?:\s+|$)|o\s+(?=\p{Lu})|[•●▪■‣➢\uf0b7\uf0a7\uf0d8]|[-–—](?=[\p{Lu}"“„«]))/u
// "16.10.1", "2030 Agenda" and "3.5 billion" are no list numbers: one or two digits, one sign, a blank or a letter.
const number = /^\(?(?:(\d{1,2})[.)]|(?:[a-z]|[ivx]{2,4})\)|[ivx]{1,4}\.)(?:\s+|$|(?=\p{L}{2}))/u

/** The bullet or list number at the beginning of a text, with the blanks after it; "" when there is none. */
export function markerOf(text: string): string {
  return bullet.exec(text)?.[0] ?? number.exec(text)?.[0] ?? ''
}

/** The number of a numbered item; null for other texts. */
export function listNumber(text: string): number | null {
  const digits = number.exec(text)?.[1]
  return digits === undefined ? null : Number(digits)
}

/** Whether a text begins with a bullet or a list number. */
export const startsWithMarker = (text: string) => markerOf(text) !== ''

/** Whether a text says that there is nothing to say. */
export const isNotApplicable = (text: string) => /^\(?(?:n\s?[/.]?\s?a\.?|not applicable|none|nil)\)?[.]?$/i.test(text)
