import type { OutcomeFile, Point } from '../src/seed/outcome-documents.ts'
import { type Line, Refusal, type Report } from './document-line.ts'

// A word, or one character that is no space: a join at a line end changes neither, so all formats compare alike.
// Chinese and Japanese are joined without a space.
const token = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]|[[\p{L}\p{M}\p{N}]--[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]]+|\S/gv

/**
 * Throws a Refusal that names the words of `lines` which are neither in the outcome nor in the report.
 * It counts: a word that the document has five times must be accounted for five times.
 */
export function checkNoWordIsLost(lines: Line[], outcome: OutcomeFile, report: Report): void {
  const left = new Map<string, number>()
  const { title, organizer, url, sections } = outcome
  const printed = [
    title,
    organizer,
    url,
    ...sections.flatMap(({ heading, intro, points }) => [heading, intro, ...points.flatMap(textsOf)]),
  ]
  // Dates, times and ids are not printed words; the header reports what it read them from.
  const kept = [...printed, ...report.otherForm, ...[...report.told, ...report.unsure].map(({ words }) => words)]
  for (const [word] of kept.join('\n').matchAll(token)) left.set(word, (left.get(word) ?? 0) + 1)
  const lost: string[] = []
  for (const { text, speaker, notes, place } of lines) {
    for (const [word] of [text, speaker, ...notes].join('\n').matchAll(token)) {
      const count = left.get(word) ?? 0
      if (count === 0) lost.push(`"${word}" (${place})`)
      else left.set(word, count - 1)
    }
  }
  if (lost.length === 0) return
  const some = lost.slice(0, 20).join(', ')
  throw new Refusal(`the import would lose words, so nothing was written: ${some}. This is an error of the importer.`)
}

const textsOf = ({ text, speaker, points = [] }: Point): Array<string | null> => [
  text,
  ...(speaker ? [speaker.name, speaker.role, speaker.affiliation] : []),
  ...points.flatMap(textsOf),
]
