import type { OutcomeFile } from '../src/seed/outcome-documents.ts'
import { sessionIdPattern } from '../src/vocabulary.ts'
import type { Line } from './document-line.ts'
import { readHeader } from './header.ts'
import { breaksHeading, headingKind, isWholeHeading, splitHeading } from './heading.ts'
import { checkNoWordIsLost } from './lost-words.ts'
import { withMarkers } from './marker.ts'
import { withoutFurniture } from './page-furniture.ts'
import { paragraphsOf } from './paragraphs.ts'
import { Refusal, type Report } from './report.ts'
import { omitNotes, readSections } from './sections.ts'
import { sessionUrl } from './urls.ts'

/**
 * The outcome document in the lines. `session` is the curator's argument, for documents without the session's URL.
 * Guesses and omissions go into the report. Throws Refusal if the lines have no outcome, if its session is unknown, or
 * if a word would be lost.
 */
export function readOutcome(
  lines: Line[],
  session: string | undefined,
  report: Report,
  agencies: ReadonlySet<string> = new Set(),
): OutcomeFile {
  const before = report.notes.length
  const kept = withoutFurniture(withMarkers(lines, report), report)
  // Not `alone`: a title may begin like a heading ("Action plans for small ports").
  const kinds = kept.map(({ text, mark }, index) => {
    if (mark === 'item' && !isWholeHeading(text)) return null
    const next = `${kept[index + 1]?.text}`
    return headingKind(breaksHeading(text, next) ? `${text} ${next}` : splitHeading(text)[0], false)
  })
  const own = kinds.findIndex((kind) => kind !== null && kind !== 'other')
  const first = own >= 0 ? own : kinds.findIndex((kind) => kind !== null)
  const body = first >= 0 ? first : kept.length
  const { header, others } = readHeader(kept.slice(0, body), report, agencies)
  for (const line of kept.slice(0, body)) if (!others.includes(line)) omitNotes(line, report)
  const isEmpty = header.url === null && header.date === null && header.start === null
  if (first < 0 && isEmpty) throw new Refusal('not an outcome document: no heading, URL or date of one was found')
  const sections = readSections(paragraphsOf([...others, ...kept.slice(body)], report), report)
  const outcome: OutcomeFile = {
    session: sessionOf(header.url, lines, session),
    ...header,
    template: templateOf(sections),
    fidelity: 'verbatim',
    sections,
  }
  checkNoWordIsLost(lines, outcome, { notes: report.notes.slice(before), otherForm: report.otherForm })
  return outcome
}

function sessionOf(url: string | null, lines: Line[], given: string | undefined): string {
  const printed = url === null ? undefined : sessionUrl(url)?.id
  if (given !== undefined && printed !== undefined && printed !== given) {
    throw new Refusal(
      `its URL says session ${printed}, --session says ${given}: leave --session out, or correct the document`,
    )
  }
  const id = given ?? printed
  if (id !== undefined) return id
  const inText = new Set(lines.flatMap(({ text }) => sessionUrl(text)?.id ?? []))
  const hint = inText.size > 0 ? ` (${[...inText].join(', ')} is in the text)` : ''
  throw new Refusal(`no session URL in its header: give the session with --session ID, for example 2023-366${hint}`)
}

/** True if a text is a valid session id. */
export const isSessionId = (text: string) => new RegExp(sessionIdPattern).test(text)

/** The template of a year, recognized by its question on themes for the next forum. */
function templateOf(sections: OutcomeFile['sections']): string | null {
  const asking = sections.find(({ kind }) => kind === 'next-forum-suggestions')
  const next = /\bWSIS(?: ?\+ ?20)? Forum (20\d\d)\b/i.exec(asking?.heading ?? '')?.[1]
  return next === undefined ? null : `${Number(next) - 1}`
}
