import type { Line } from './document-line.ts'
import { adapt, type Report } from './report.ts'

/** The line with its length as its extent, for text files. */
export const measured = (line: Line): Line => ({
  ...line,
  extent: { end: line.indent + line.text.length, first: line.text.split(' ', 1).join().length + 1 },
})

/** Determines whether a text file is hard-wrapped, and reports it if that makes a difference. */
export function unwrap(lines: Line[], report: Report): void {
  const width = markFull(lines, 120)
  const isTogether = lines.some(({ text }, index) => text !== '' && lines[index + 1]?.text)
  const text = `read as ${width === null ? 'one paragraph a line' : `hard-wrapped at ${width} characters`}`
  if (isTogether) adapt(report, { location: '1' }, text)
}

// A whole word in lower case, not a list number such as "ii." or "b)".
const continuation = /^\s*(?![ivx]+[.)])\p{Ll}[\p{L}'’-]+(?:[\s,;:.!?]|$)/u

/**
 * Marks each line whose next line may continue its paragraph: in a hard-wrapped document, if the first word of the next
 * line did not fit. Returns the wrapping width; null if the lines are not wrapped.
 */
export function markFull(all: Line[], widest = Number.POSITIVE_INFINITY): number | null {
  const lines = all.flatMap((line) => (line.extent ? [{ line, ...line.extent }] : []))
  const pairs = lines.flatMap((one, index) => {
    const next = lines[index + 1]
    return next && one.line.text !== '' && next.line.text !== '' && next.line.mark !== 'page' ? [{ ...one, next }] : []
  })
  const width = pairs.reduce((most, { end }) => Math.max(most, end), 0)
  const cut = pairs.filter(({ line, next }) => /[\p{L},]\s*$/u.test(line.text) && continuation.test(next.line.text))
  const isFull = ({ end, next }: (typeof pairs)[number]) => end + next.first > width
  if (width > widest || cut.length === 0 || cut.filter(isFull).length < cut.length / 2) return null
  for (const pair of pairs) pair.line.full ||= isFull(pair)
  return width
}
