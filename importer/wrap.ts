import type { Line } from './document-line.ts'

/** A line, where it ends, and how much room its first word and a space need; one unit for both. */
export type Measured = { line: Line; end: number; first: number }

// A whole word in small letters: no list number, such as "ii." or "b)".
const goesOn = /^\s*(?![ivx]+[.)])\p{Ll}[\p{L}'’-]+(?:[\s,;:.!?]|$)/u

/**
 * Tells for each line whether the next one may go on with its paragraph: in a hard-wrapped document, if the first
 * word of the next line had no room. Returns the width at which the lines are wrapped; null if they are not.
 */
export function markFull(lines: Measured[], widest = Number.POSITIVE_INFINITY): number | null {
  const pairs = lines.flatMap((one, index) => {
    const next = lines[index + 1]
    return next && one.line.text !== '' && next.line.text !== '' && next.line.mark !== 'page' ? [{ ...one, next }] : []
  })
  const width = Math.max(0, ...pairs.map(({ end }) => end))
  const cut = pairs.filter(({ line, next }) => /[\p{L},]\s*$/u.test(line.text) && goesOn.test(next.line.text))
  const isFull = ({ end, next }: (typeof pairs)[number]) => end + next.first > width
  if (width > widest || cut.length === 0 || cut.filter(isFull).length < cut.length / 2) return null
  for (const pair of pairs) pair.line.full = isFull(pair)
  return width
}
