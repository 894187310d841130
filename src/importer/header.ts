import type { OutcomeFile } from '../seed/outcome-documents.ts'
import { headingKind, isUnfinished } from './heading.ts'
import { type Line, leaveOut, type Report } from './line.ts'
import { startsWithMarker } from './marker.ts'
import { sessionUrl } from './session-url.ts'
import { readWhen } from './when.ts'

export type Header = Pick<
  OutcomeFile,
  'title' | 'organizer' | 'date' | 'start' | 'end' | 'utcOffset' | 'printedZone' | 'url'
>

const titleLabel =
  /^(?:summary of (?:the )?session|session title|session name|title(?: of (?:the )?session)?|name of (?:the )?session|session)\s*[:–—-]\s*/i
const organizerLabel =
  /^(?:(?:lead |co-?)?organi[sz](?:ers?|ations?)(?:\(s\))?|(?:co-?)?organi[sz]ed by|host(?:ed by)?)\s*[:–—-]\s*/i
const urlLabel = /^(?:session )?(?:url|link|web ?page|web ?site)(?: (?:to|of) (?:the )?session)?\s*:?\s*$/i
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

/**
 * Reads the header from the lines before the first section, in any order. Gives the header and the lines that are
 * no part of it, in their order.
 */
export function readHeader(lines: Line[], report: Report): { header: Header; others: Line[] } {
  const header = { ...empty }
  const organizers: string[] = []
  const unlabelled: Line[] = []
  const others: Line[] = []
  let inBody = false
  const joined = joinWrapped(lines, report)
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
    report.unsure.push({
      place: lines[0]?.place ?? '1',
      text: `not found: ${names}: fill in what the document has`,
    })
  }
  return { header, others }
}

/** Lines of the header that belong together: a title or an organizer that stands on two lines. */
function joinWrapped(lines: Line[], report: Report): Line[] {
  const joined: Line[] = []
  for (const line of lines) {
    const before = joined.at(-1)
    if (!before || before.text === '' || line.text === '' || isField(line) || isField(before)) joined.push(line)
    else if (isUnfinished(before.text) || /^\p{Ll}/u.test(line.text) || before.text.length >= 70) {
      report.unsure.push({
        place: line.place,
        text: `joined to the line before: "${line.text}": check that it belongs there`,
      })
      joined.splice(-1, 1, { ...before, text: `${before.text} ${line.text}` })
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

/** Whether a line stands before a list: no field of the header, but a heading that is not known. */
function headsList({ text }: Line, following: Line[]): boolean {
  const next = following.find((line) => line.text !== '')
  return text.length <= 100 && readWhen(text) === null && next !== undefined && isItem(next)
}

const isItem = ({ text, mark }: Line) => mark === 'item' || startsWithMarker(text)

function readTitle({ text }: Line, header: Header, report: Report): boolean {
  const label = titleLabel.exec(text)?.[0]
  if (label === undefined || label === text || header.title !== null) return false
  header.title = text.slice(label.length)
  report.otherForm.push(label)
  return true
}

function readUrl(line: Line, header: Header, report: Report): boolean {
  const { text, place } = line
  const found = sessionUrl(text)
  // The address in a point may be that of any session.
  if (found === null || titleLabel.test(text) || isItem(line)) return false
  if (header.url !== null) {
    leaveOut(report, line, text, 'a second address')
    if (header.url !== found.url) report.unsure.push({ place, text: 'two session addresses: check which is right' })
    return true
  }
  header.url = found.url
  const rest = text.replace(found.url, ' ')
  if (urlLabel.test(rest)) report.otherForm.push(rest)
  else if (rest.trim() !== '') leaveOut(report, line, rest.trim(), 'beside the address')
  return true
}

/** Takes date, time and zone from a line. Gives what else stands there. */
function readDateLine(line: Line, header: Header, report: Report): Line[] {
  const when = readWhen(line.text)
  if (when === null) return [line]
  const { rest, taken, doubts, ...found } = when
  for (const text of doubts) report.unsure.push({ place: line.place, text })
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
    report.unsure.push({
      place: line.place,
      text: `"${piece}" stands beside the date: check where it belongs`,
    })
  }
  return pieces.map((text) => ({ ...line, text }))
}

/** Lines without a label: a title when none was labelled, and organizers when none were. */
function assign(unlabelled: Line[], header: Header, organizers: string[], report: Report): void {
  const areLabelled = organizers.length > 0
  for (const line of unlabelled) {
    const { text, place } = line
    if (header.title === null && (!organizationWord.test(text) || unlabelled.length > 1)) {
      header.title = text
      report.unsure.push({ place, text: `"${text}" was taken as the title: check it` })
    } else if (areLabelled || venue.test(text)) leaveOut(report, line, text, 'no field of the header')
    else {
      if (organizers.length > 0)
        report.unsure.push({ place, text: `"${text}" was taken as one more organizer: check it` })
      organizers.push(text)
    }
  }
}
