import type { OutcomeFile } from '../seed/outcome-documents.ts'
import { type Line, Refusal, type Report } from './line.ts'

// A word, or one sign that is no blank: a join at a line end changes neither, so all three formats compare alike.
const token = /[\p{L}\p{M}\p{N}]+|[^\s]/gu

/**
 * Throws a Refusal that names the words of `lines` which are neither in the outcome nor in the report.
 * It counts: a word that the document has five times must be accounted for five times.
 */
export function checkNoWordIsLost(lines: Line[], outcome: OutcomeFile, report: Report): void {
  const left = new Map<string, number>()
  const kept = [...strings(outcome), ...report.otherForm, ...report.leftOut.map(({ words }) => words)]
  for (const [word] of kept.join('\n').matchAll(token)) left.set(word, (left.get(word) ?? 0) + 1)
  const lost: string[] = []
  for (const line of lines) {
    for (const [word] of line.text.matchAll(token)) {
      const count = left.get(word) ?? 0
      if (count === 0) lost.push(`"${word}" (${line.place})`)
      else left.set(word, count - 1)
    }
  }
  if (lost.length > 0) {
    throw new Refusal(
      `the import would lose words, so nothing was written: ${lost.slice(0, 20).join(', ')}. This is a fault of the importer.`,
    )
  }
}

// Dates, times and ids are not printed words; the header reports what it read them from.
function* strings(outcome: OutcomeFile): Generator<string> {
  for (const text of [outcome.title, outcome.organizer, outcome.url]) yield text ?? ''
  for (const { heading, intro, points } of outcome.sections) {
    yield heading
    yield intro ?? ''
    for (const { text, speaker } of points) {
      yield text
      if (speaker) yield [speaker.name, speaker.role, speaker.affiliation].join('\n')
    }
  }
}
