import { dashes } from '../src/characters.ts'
import type { OutcomePoint, Section } from '../src/seed/outcome-documents.ts'
import type { Line } from './document-line.ts'
import { headingKind } from './heading.ts'
import { isLowerMarker, isNotApplicable } from './marker.ts'
import type { Paragraph } from './paragraphs.ts'
import { doubt, omit, type Report } from './report.ts'
import { beginsWithHonorific, beginsWithQuotation, possibleSpeaker, readQuotation, readSpeaker } from './speaker.ts'

/** The sections of the body. Text before the first heading becomes a section with an empty heading. */
export function readSections(paragraphs: Paragraph[], report: Report): Section[] {
  const groups: Array<{ head: Paragraph; heading: string; content: Paragraph[] }> = []
  for (const paragraph of paragraphs) {
    const isHeading = paragraph.kind === 'heading'
    if (isHeading || groups.length === 0) {
      groups.push({ head: paragraph, heading: isHeading ? paragraph.text : '', content: [] })
    }
    if (isHeading) omitNotes(paragraph, report)
    else groups.at(-1)?.content.push(paragraph)
  }
  return groups.map(({ head, heading, content }) => {
    const kind = headingKind(heading)
    const say = (text: string) => doubt(report, head, text)
    if (heading === '') say('text under no heading, kept in a section of its own: check where it belongs')
    else if (kind === null) say(`unknown heading "${heading}", kept as "other": check that it is a heading`)
    if (content.length === 0) say(`nothing is under the heading "${heading}": check the document`)
    return { kind: kind ?? 'other', heading, ...readContent(content, report) }
  })
}

/** Reports the notes of a line that cannot have notes in the result. */
export function omitNotes(line: Line, report: Report): void {
  for (const note of line.notes) omit(report, line, note, `a note to "${line.text}"`, true)
}

function readContent(content: Paragraph[], report: Report): Pick<Section, 'notApplicable' | 'intro' | 'points'> {
  const [only] = content
  if (only && content.length === 1 && isNotApplicable(only.text)) {
    report.otherForm.push(only.marker, only.text)
    omitNotes(only, report)
    return { notApplicable: true, intro: null, points: [] }
  }
  const first = firstPoint(content, report)
  const intro = content.slice(0, first)
  for (const line of intro) omitNotes(line, report)
  const reader: Reader = { points: [], open: [], unnamed: null }
  for (const paragraph of content.slice(first)) addPoint(reader, paragraph, report)
  const loose = content.slice(first).filter(({ kind, text }) => kind === 'text' && !beginsWithQuotation(text))
  if (content.some(({ kind }) => kind === 'item')) {
    for (const line of loose) doubt(report, line, 'no bullet, but after one: kept as a point of its own, check it')
  }
  const texts = intro.map(({ text }) => text)
  return { notApplicable: false, intro: texts.length > 0 ? texts.join('\n\n') : null, points: reader.points }
}

/** The index of the first point: the first item or quotation, otherwise after a sentence that ends with a colon. */
function firstPoint(content: Paragraph[], report: Report): number {
  const marked = content.findIndex(({ kind, text }) => kind === 'item' || readQuotation(text) !== null)
  if (marked >= 0) return marked
  const [first, second] = content
  if (first === undefined || second === undefined || !first.text.endsWith(':')) return 0
  doubt(report, first, `taken as the sentence before the points: "${first.text}": check it`)
  return 1
}

/**
 * The points read so far. `open` are the possible parents of the next point, `unnamed` a quotation without a speaker.
 */
interface Reader {
  points: OutcomePoint[]
  open: Array<{ depth: number; point: OutcomePoint }>
  unnamed: Paragraph | null
}

/** Adds a point, or the speaker of the quotation before it. */
function addPoint(reader: Reader, paragraph: Paragraph, report: Report): void {
  const { text, marker, indent, notes } = paragraph
  const { unnamed, open } = reader
  const last = open.at(-1)?.point
  reader.unnamed = null
  report.otherForm.push(marker)
  if (text === '') return
  const named = unnamed && last && isNamed(paragraph, unnamed) ? readSpeaker(text, true) : null
  if (named && last) {
    last.speaker = named.speaker
    report.otherForm.push(named.marks)
    doubt(report, paragraph, `taken as the speaker of the quotation before it: "${text}": check it`)
    return
  }
  const point = readPoint(reader, paragraph, report)
  const depth = indent + (isLowerMarker(marker) ? 2 : 0)
  while (Number(open.at(-1)?.depth) > depth - 2) open.pop()
  const parent = open.at(-1)?.point
  if (parent) parent.points = [...(parent.points ?? []), point]
  else reader.points.push(point)
  open.push({ depth, point })
  for (const note of notes) {
    point.points = [...(point.points ?? []), { text: note, speaker: null }]
    doubt(report, paragraph, `a note, kept under its point: check "${note}"`)
  }
}

function readPoint(reader: Reader, paragraph: Paragraph, report: Report): OutcomePoint {
  const { text } = paragraph
  const quotation = readQuotation(text)
  if (quotation) {
    report.otherForm.push(quotation.marks)
    if (quotation.doubt !== null) doubt(report, paragraph, quotation.doubt)
    if (quotation.speaker === null) reader.unnamed = paragraph
  } else if (beginsWithQuotation(text)) {
    doubt(report, paragraph, 'begins with a quotation, but no speaker could be found: check it')
  } else {
    const name = possibleSpeaker(text)
    if (name !== null)
      doubt(report, paragraph, `"${name}" may be the speaker of this point, kept in its text: check it`)
  }
  const speaker =
    quotation?.speaker ?? (paragraph.speaker === null ? null : readCell(paragraph, paragraph.speaker, report))
  return { text: quotation?.text ?? text, speaker }
}

/** The speaker named in another cell of the table row. */
function readCell(line: Line, cell: string, report: Report): OutcomePoint['speaker'] {
  const found = readSpeaker(cell, true)
  report.otherForm.push(found?.marks ?? '')
  const text = found ? found.doubt : `the speaker "${cell}" could not be split: check name, role and affiliation`
  if (text !== null) doubt(report, line, text)
  return found?.speaker ?? { name: cell, role: null, affiliation: null }
}

const beginsWithDash = new RegExp(`^[${dashes}]`)

/** True if a paragraph may name the speaker of a quotation: by an honorific, or by a dash that is not a list marker. */
const isNamed = ({ text, marker }: Paragraph, quotation: Paragraph) =>
  beginsWithHonorific(text) || (beginsWithDash.test(marker) && marker !== quotation.marker)
