import { invisible, plainText } from '../src/characters.ts'
import type { OutcomeFile, OutcomePoint } from '../src/seed/outcome-documents.ts'
import type { Line } from './document-line.ts'
import { type Note, Refusal, type Report } from './report.ts'

// A word, or any other single character except spaces, so that joins at line ends make no difference between formats.
// Only decimal digits join a word: "①Lamps" is two. Chinese and Japanese are joined without a space.
const token = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]|[[\p{L}\p{M}\p{Nd}]--[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]]+|\S/gv

/** The words of a text in the form used for comparison. Bullets and other marks count as words. */
const wordsIn = (text: string): string[] =>
  Array.from(text.replace(invisible, '').matchAll(token), ([word]) => plainText(word).trim() || word)

/**
 * Throws a Refusal with the words of `lines` that are neither in the outcome nor in the notes. Words are counted: one
 * that occurs five times must be accounted for five times.
 */
export function checkNoWordIsLost(lines: Line[], outcome: OutcomeFile, { notes, otherForm }: Report): void {
  const left = new Map<string, number>()
  const { title, organizer, url, sections } = outcome
  const points = sections.flatMap(({ heading, intro, points }) => [heading, intro, ...points.flatMap(textsOf)])
  // Dates, times and ids are not printed words. The header reports the words that they were read from.
  const kept = [title, organizer, url, ...points, ...otherForm, ...notes.map(({ words }) => words)]
  for (const word of wordsIn(kept.join('\n'))) left.set(word, (left.get(word) ?? 0) + 1)
  const lost: string[] = []
  for (const { text, speaker, notes, location } of lines) {
    for (const word of wordsIn([text, speaker, ...notes].join('\n'))) {
      const count = left.get(word) ?? 0
      if (count === 0) lost.push(`"${word}" (${location})`)
      else left.set(word, count - 1)
    }
  }
  if (lost.length === 0) return
  const some = lost.slice(0, 20).join(', ')
  throw new Refusal(`the import would lose words, so nothing was written: ${some}. This is an error of the importer.`)
}

const textsOf = ({ text, speaker, points = [] }: OutcomePoint): Array<string | null> => [
  text,
  ...(speaker ? [speaker.name, speaker.role, speaker.affiliation] : []),
  ...points.flatMap(textsOf),
]

/**
 * The number of words of a document, without marks, and of those in the result. `before` are the notes from before the
 * lines were read.
 */
export function coverage(lines: Line[], before: Note[], after: Note[]): { all: number; kept: number } {
  const count = (texts: Array<string | null>) =>
    texts.reduce((sum, text) => sum + wordsIn(text ?? '').filter((word) => /[\p{L}\p{N}]/u.test(word)).length, 0)
  const omitted = count(before.map(({ words }) => words))
  const inLines = count(lines.flatMap(({ text, speaker, notes }) => [text, speaker, ...notes]))
  return { all: inLines + omitted, kept: inLines - count(after.map(({ words }) => words)) }
}
