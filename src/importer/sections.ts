import type { Point, Section } from '../seed/outcome-documents.ts'
import { headingKind } from './heading.ts'
import type { Report } from './line.ts'
import { isNotApplicable } from './marker.ts'
import type { Paragraph } from './paragraphs.ts'
import { beginsWithHonorific, beginsWithQuotation, readQuotation, readSpeaker } from './speaker.ts'

/** The sections of the body. Text before the first heading becomes a section with an empty heading. */
export function readSections(paragraphs: Paragraph[], report: Report): Section[] {
  const groups: Array<{ place: string; heading: string; content: Paragraph[] }> = []
  let content: Paragraph[] = []
  for (const { kind, text, place, marker } of paragraphs) {
    const isHeading = kind === 'heading'
    if (isHeading || groups.length === 0) {
      content = []
      groups.push({ place, heading: isHeading ? text : '', content })
    }
    if (!isHeading) content.push({ kind, text, place, marker })
  }
  return groups.map(({ place, heading, content }) => {
    const kind = headingKind(heading)
    const say = (text: string) => report.unsure.push({ place, text })
    if (heading === '') say('text under no heading, kept in a section of its own: check where it belongs')
    else if (kind === null) say(`unknown heading "${heading}", kept as "other": check that it is a heading`)
    if (content.length === 0) say(`nothing stands under the heading "${heading}": check the document`)
    return { kind: kind ?? 'other', heading, ...readContent(content, report) }
  })
}

function readContent(content: Paragraph[], report: Report): Pick<Section, 'notApplicable' | 'intro' | 'points'> {
  const [only] = content
  if (only && content.length === 1 && isNotApplicable(only.text)) {
    report.otherForm.push(only.marker, only.text)
    return { notApplicable: true, intro: null, points: [] }
  }
  const first = firstPoint(content, report)
  const intro = content.slice(0, first).map(({ text }) => text)
  const reader = { points: [] as Point[], unnamed: null as Paragraph | null }
  for (const paragraph of content.slice(first)) addPoint(reader, paragraph, report)
  const loose = content.slice(first).filter(({ kind, text }) => kind === 'text' && !beginsWithQuotation(text))
  if (content.some(({ kind }) => kind === 'item')) {
    for (const { place } of loose) {
      report.unsure.push({ place, text: 'no bullet, but after one: kept as a point of its own, check it' })
    }
  }
  return { notApplicable: false, intro: intro.length > 0 ? intro.join('\n\n') : null, points: reader.points }
}

/** Where the points begin: at the first item or quotation, else after a sentence that ends with a colon. */
function firstPoint(content: Paragraph[], report: Report): number {
  const marked = content.findIndex(({ kind, text }) => kind === 'item' || readQuotation(text) !== null)
  if (marked >= 0) return marked
  const [{ place, text } = { place: '', text: '' }, second] = content
  if (second === undefined || !text.endsWith(':')) return 0
  report.unsure.push({ place, text: `taken as the sentence before the points: "${text}": check it` })
  return 1
}

/** Adds a point, or the speaker of the quotation before it. `unnamed` is the last quotation that has no speaker. */
function addPoint(reader: { points: Point[]; unnamed: Paragraph | null }, paragraph: Paragraph, report: Report): void {
  const { text, marker, place } = paragraph
  const { unnamed } = reader
  const last = reader.points.at(-1)
  reader.unnamed = null
  report.otherForm.push(marker)
  if (text === '') return
  const named = unnamed && last && isNamed(paragraph, unnamed) ? readSpeaker(text, true) : null
  if (named && last) {
    last.speaker = named.speaker
    report.otherForm.push(named.marks)
    report.unsure.push({
      place,
      text: `taken as the speaker of the quotation before it: "${text}": check it`,
    })
    return
  }
  const quotation = readQuotation(text)
  if (quotation) {
    report.otherForm.push(quotation.marks)
    if (quotation.doubt !== null) report.unsure.push({ place, text: quotation.doubt })
    if (quotation.speaker === null) reader.unnamed = paragraph
  } else if (beginsWithQuotation(text)) {
    report.unsure.push({ place, text: 'begins with a quotation, but no speaker could be told: check it' })
  }
  reader.points.push({ text: quotation?.text ?? text, speaker: quotation?.speaker ?? null })
}

/** Whether a paragraph may name the speaker of a quotation: by an honorific, or by a dash where no list has one. */
const isNamed = ({ text, marker }: Paragraph, quotation: Paragraph) =>
  beginsWithHonorific(text) || (/^[-–—]/.test(marker) && marker !== quotation.marker)
