import { dashes } from '../characters.ts'
import type { OutcomeFile } from '../seed/outcome-documents.ts'
import { headingKind, isUnfinished } from './heading.ts'
import { doubt, type Line, leaveOut, type Report } from './line.ts'
import { isItem } from './marker.ts'
import { sessionUrl } from './session-url.ts'
import { readWhen } from './when.ts'

export type Header = Pick<
  OutcomeFile,
  'title' | 'organizer' | 'date' | 'start' | 'end' | 'utcOffset' | 'printedZone' | 'url'
>

const titles =
  'summary of (?:the )?session|session title|session name|title(?: of (?:the )?session)?|name of (?:the )?session|session'
const organizers = '(?:lead |co-?)?organi[sz](?:ers?|ations?)(?:\\(s\\))?|(?:co-?)?organi[sz]ed by|host(?:ed by)?'
const urls = '(?:session )?(?:url|link|web ?page|web ?site)(?: (?:to|of) (?:the )?session)?'
const titleLabel = new RegExp(`^(?:${titles})\\s*[:${dashes}]\\s*`, 'i')
const organizerLabel = new RegExp(`^(?:${organizers})\\s*[:${dashes}]\\s*`, 'i')
const urlLabel = new RegExp(`^(?:${urls})\\s*:?\\s*$`, 'i')
const bareLabel = new RegExp(`^(?:${titles}|${organizers}|${urls}|date(?: and time)?|time|when)\\s*:?$`, 'i')
const venue = /^(?:room|venue|place|location)\b/i
const letterhead =
  /^(?:wsis(?: ?\+ ?20)?(?: forum)?(?: high-level event)?(?: 20\d\d)?[\s:|–—-]*)?(?:session )?outcome document$|^wsis forum 20\d\d$/i
const organizationWord =
  /\b(?:Union|United Nations|Organi[sz]ation|University|Ministry|Association|Foundation|Commission|Agency|Institute|Council|Cent(?:re|er)|Programme|Society|Office|Bank|Fund|Company|Ltd|Inc|Authority|[A-Z]{3,8})\b/

const empty: Header = {
  title: null,
  organizer: null,
  date: null,
  start: null,
  end: null,
  utcOffset: null,
  printedZone: null,
  url: null,
}

/** Whether a text is only a label of the header: what it labels comes after it, in the next line or cell. */
export const isHeaderLabel = (text: string) => bareLabel.test(text)

/**
 * Reads the header from the lines before the first section, in any order. Returns the header and the lines that are
 * no part of it, in their order.
 */
export function readHeader(lines: Line[], report: Report): { header: Header; others: Line[] } {
  const header = { ...empty }
  const organizers: string[] = []
  const unlabelled: Line[] = []
  const others: Line[] = []
  let inBody = false
  const joined = joinWrapped(withLabels(lines), report)
  for (const [index, line] of joined.entries()) {
    const label = organizerLabel.exec(line.text)?.[0]
    if (line.text === '') others.push(line)
    else if (readTitle(line, header, report) || readUrl(line, header, report)) inBody = false
    else if (label !== undefined && label !== line.text) {
      organizers.push(line.text.slice(label.length))
      report.otherForm.push(label)
    } else if (letterhead.test(line.text)) leaveOut(report, line, line.text, 'letterhead')
    else if (
      inBody ? readWhen(line.text)?.rest !== '' : isBody(line) || headsList(line, joined.slice(index + 1, index + 6))
    ) {
      inBody = true
      others.push(line)
    } else unlabelled.push(...readDateLine(line, header, report))
  }
  assign(unlabelled, header, organizers, report)
  if (organizers.length > 0) header.organizer = organizers.join('; ')
  const missing = Object.entries(header).filter(([name, value]) => value === null && name !== 'printedZone')
  if (missing.length > 0) {
    const names = missing.map(([name]) => name).join(', ')
    doubt(report, lines[0] ?? { place: '1' }, `not found: ${names}: fill in what the document has`)
  }
  return { header, others }
}

/** The lines with each label that is alone before what it labels. */
function withLabels(lines: Line[]): Line[] {
  const labelled: Line[] = []
  let label: Line | null = null
  for (const line of lines) {
    if (label !== null && line.text === '') continue
    const isLabel = label === null && isHeaderLabel(line.text) && lines.at(-1) !== line
    if (isLabel) label = line
    else {
      const text = label === null ? line.text : `${label.text.replace(/\s*:$/, '')}: ${line.text}`
      labelled.push({ ...line, text })
      label = null
    }
  }
  return label === null ? labelled : [...labelled, label]
}

/** Lines of the header that belong together: a title or an organizer that is on two lines. */
function joinWrapped(lines: Line[], report: Report): Line[] {
  const joined: Line[] = []
  for (const line of lines) {
    const before = joined.at(-1)
    if (!before || before.text === '' || line.text === '' || isField(line) || isField(before)) joined.push(line)
    else if (isUnfinished(before.text) || /^\p{Ll}/u.test(line.text) || before.full) {
      doubt(report, line, `joined to the line before: "${line.text}": check that it belongs there`)
      joined.splice(-1, 1, { ...before, text: `${before.text} ${line.text}`, full: line.full })
    } else joined.push(line)
  }
  return joined
}

/** Whether a text is a labelled or otherwise certain part of a header. */
export const isHeaderField = (text: string) =>
  titleLabel.test(text) || organizerLabel.test(text) || sessionUrl(text) !== null || readWhen(text) !== null

// A title is none: it may go on in the next line.
const isField = ({ text }: Line) => letterhead.test(text) || (isHeaderField(text) && !titleLabel.test(text))

function isBody(line: Line): boolean {
  const { text } = line
  if (isItem(line) || headingKind(text) !== null) return true
  return text.length > 250 || /^["“„«]/.test(text) || (/[.:]$/.test(text) && text.split(' ').length > 8)
}

/** Whether a line comes before a list: no field of the header, but a heading that is not known. */
function headsList({ text }: Line, following: Line[]): boolean {
  const next = following.find((line) => line.text !== '')
  return text.length <= 100 && readWhen(text) === null && next !== undefined && isItem(next)
}

function readTitle({ text }: Line, header: Header, report: Report): boolean {
  const label = titleLabel.exec(text)?.[0]
  if (label === undefined || label === text || header.title !== null) return false
  header.title = text.slice(label.length)
  report.otherForm.push(label)
  return true
}

function readUrl(line: Line, header: Header, report: Report): boolean {
  const { text } = line
  const found = sessionUrl(text)
  // The address in a point may be that of any session.
  if (found === null || titleLabel.test(text) || isItem(line)) return false
  if (header.url !== null) {
    leaveOut(report, line, text, 'a second address')
    if (header.url !== found.url) doubt(report, line, 'two session addresses: check which is right')
    return true
  }
  header.url = found.url
  const rest = text.replace(found.url, ' ')
  if (urlLabel.test(rest)) report.otherForm.push(rest)
  else if (rest.trim() !== '') leaveOut(report, line, rest.trim(), 'beside the address')
  return true
}

/** Takes date, time and zone from a line. Returns what else is there. */
function readDateLine(line: Line, header: Header, report: Report): Line[] {
  const when = readWhen(line.text)
  if (when === null) return [line]
  const { rest, taken, doubts, ...found } = when
  for (const text of doubts) doubt(report, line, text)
  const repeated = Object.entries(found).some(
    ([name, value]) => value !== null && ![null, value].includes(header[name as keyof typeof found]),
  )
  if (repeated) {
    leaveOut(report, line, line.text, 'a second date or time')
    return []
  }
  for (const [name, value] of Object.entries(found)) if (value !== null) header[name as keyof typeof found] = value
  const pieces = rest.split(/[\s|]*\n[\s|]*|\s+\|\s+/).filter((piece) => piece !== '')
  report.otherForm.push(...taken, rest.replace(/[^|]/g, ''))
  for (const piece of pieces) {
    doubt(report, line, `"${piece}" is beside the date: check where it belongs`)
  }
  return pieces.map((text) => ({ ...line, text }))
}

/** Lines without a label: a title when none was labelled, and organizers when none were. */
function assign(unlabelled: Line[], header: Header, organizers: string[], report: Report): void {
  const areLabelled = organizers.length > 0
  for (const line of unlabelled) {
    const { text } = line
    if (header.title === null && (!organizationWord.test(text) || unlabelled.length > 1)) {
      header.title = text
      doubt(report, line, `"${text}" was taken as the title: check it`)
    } else if (areLabelled || venue.test(text)) leaveOut(report, line, text, 'no field of the header')
    else {
      if (organizers.length > 0) doubt(report, line, `"${text}" was taken as one more organizer: check it`)
      organizers.push(text)
    }
  }
}
