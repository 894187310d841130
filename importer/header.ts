import { dashes, fold } from '../src/characters.ts'
import type { OutcomeFile } from '../src/seed/outcome-documents.ts'
import type { Line } from './document-line.ts'
import { headingKind, isUnfinished } from './heading.ts'
import { isItem } from './marker.ts'
import { doubt, omit, type Report } from './report.ts'
import { readWhen } from './times.ts'
import { sessionUrl } from './urls.ts'
import { anyOf, months, weekdays, whole } from './when.ts'

type Header = Pick<OutcomeFile, 'title' | 'organizer' | 'date' | 'start' | 'end' | 'utcOffset' | 'printedZone' | 'url'>

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
  /\b(?:Union|United Nations|Organi[sz]ation|University|Ministry|Association|Foundation|Commission|Agency|Institute|Council|Cent(?:re|er)|Programme|Society|Office|Bank|Fund|Company|Ltd|Inc|Authority|Network|Alliance|Forum|Federation|Department|Government|Secretariat|Group|School|College|Academy|Unión|Universi(?:té|dad)|Minist(?:ère|erio)|Organi[sz]ación|Institut[eo]?|Agenc(?:e|ia)|Fundación|Fondation|Asociación)\b|(?:Союз|Университет|Министерство|Организация|Институт|Агентство|Фонд|联盟|大学|部|组织|学院|协会|اتحاد|جامعة|وزارة|منظمة|معهد|هيئة)/u
// Patterns that occur only for a day or a time.
const aboutTime = whole(
  `${anyOf(months)}|${anyOf(weekdays)}|noon|midnight|midi|minuit|mediodía|CES?T|GMT|UTC|BST|E[SD]T|today|tomorrow|morning|afternoon|evening|week|Q[1-4]|TB[ACD]`,
)

/** True if a text is about a day or a time in an unknown form. */
const isAboutTime = (text: string) =>
  text.length < 300 && aboutTime.test(text) && (/\d/.test(text) || text.split(' ').length < 6)

/** True if a text names an organization and nothing else: no day, time or place. */
function namesOrganization(text: string): boolean {
  if (text.length > 200 || venue.test(text) || /\d{1,2}[:.h]\d{2}|\d{1,4}[./-]\d/.test(text)) return false
  return organizationWord.test(text) && !(aboutTime.test(text) && /\d/.test(text))
}

/** True if a text is only a label of the header, with its value in the next line or cell. */
export const isHeaderLabel = (text: string): boolean => bareLabel.test(text)

/** True if a text is a labelled or otherwise certain part of a header. */
export const isHeaderField = (text: string): boolean =>
  titleLabel.test(text) || organizerLabel.test(text) || sessionUrl(text) !== null || readWhen(text) !== null

/**
 * Reads the header from the lines before the first section, in any order. Returns the header and the other lines in
 * order. `agencies` are folded names of possible organizers.
 */
export function readHeader(
  lines: Line[],
  report: Report,
  agencies: ReadonlySet<string>,
): { header: Header; others: Line[] } {
  const empty = { title: null, organizer: null, date: null, start: null, end: null, utcOffset: null, url: null }
  const header: Header = { ...empty, printedZone: null }
  const organizers: string[] = []
  const unlabelled: Line[] = []
  const others: Line[] = []
  let inBody = false
  const joined = joinWrapped(lines, report)
  for (const [index, line] of joined.entries()) {
    const { text } = line
    const label = organizerLabel.exec(text)?.[0] ?? text
    if (text === '') others.push(line)
    else if (readTitle(text, header, report) || readUrl(line, header, report)) inBody = false
    else if (label !== text) {
      organizers.push(text.slice(label.length))
      report.otherForm.push(label)
    } else if (letterhead.test(text)) omit(report, line, text, 'letterhead')
    else if (
      inBody ? readWhen(text)?.rest !== '' : isBody(line) || headsList(text, joined.slice(index + 1, index + 6))
    ) {
      inBody = true
      others.push(line)
    } else unlabelled.push(...readDateLine(line, header, report))
  }
  assign(unlabelled, { header, organizers, agencies }, report)
  if (organizers.length > 0) header.organizer = organizers.join('; ')
  const missing = Object.entries(header).flatMap(([name, value]) => ((value ?? name === 'printedZone') ? [] : [name]))
  const text = `not found: ${missing.join(', ')}: fill in what the document has`
  if (missing.length > 0) doubt(report, lines[0] ?? { location: '1' }, text)
  return { header, others }
}

/** The lines, with those joined that belong together: a label and its value, a title on two lines. */
function joinWrapped(lines: Line[], report: Report): Line[] {
  const joined: Line[] = []
  for (const line of lines) {
    const before = joined.at(-1)
    const isLabel = before !== undefined && isHeaderLabel(before.text) && !isHeaderLabel(line.text)
    if (isLabel && line.text === '') continue
    if (isLabel) joined.splice(-1, 1, { ...line, text: `${before.text.replace(/\s*:$/, '')}: ${line.text}` })
    else if (!before?.text || line.text === '' || isField(line) || isField(before)) joined.push(line)
    else if (
      isUnfinished(before.text) ||
      /^\p{Ll}/u.test(line.text) ||
      (before.full && !namesOrganization(line.text))
    ) {
      doubt(report, line, `joined to the line before: "${line.text}": check that it belongs there`)
      joined.splice(-1, 1, { ...before, text: `${before.text} ${line.text}`, full: line.full })
    } else joined.push(line)
  }
  return joined
}

// Except a title, which may continue in the next line.
const isField = ({ text }: Line) =>
  letterhead.test(text) || isAboutTime(text) || (isHeaderField(text) && !titleLabel.test(text))

// "16. März 2023" is not a list item.
const looksLikeDay = /^\d{1,2}\.\s?\p{L}{1,12}\.?,?\s?\d{4}(?!\d)/u

const isBody = (line: Line) =>
  (isItem(line) && !looksLikeDay.test(line.text)) ||
  headingKind(line.text) !== null ||
  line.text.length > 250 ||
  /^["“„«]/.test(line.text) ||
  (/[.:]$/.test(line.text) && line.text.split(' ').length > 8)

/** True if a line precedes a list: not a field of the header, but an unknown heading. */
function headsList(text: string, following: Line[]): boolean {
  const next = following.find((line) => line.text !== '')
  return text.length <= 100 && readWhen(text) === null && next !== undefined && isItem(next)
}

function readTitle(text: string, header: Header, report: Report): boolean {
  const label = titleLabel.exec(text)?.[0] ?? text
  if (label === text || header.title !== null) return false
  header.title = text.slice(label.length)
  report.otherForm.push(label)
  return true
}

function readUrl(line: Line, header: Header, report: Report): boolean {
  const { text } = line
  const found = sessionUrl(text)
  // The URL in a point may be that of any session.
  if (found === null || titleLabel.test(text) || isItem(line)) return false
  if (header.url !== null) {
    omit(report, line, text, 'a second URL')
    if (header.url !== found.url) doubt(report, line, 'two session URLs: check which is right')
    return true
  }
  header.url = found.url
  const rest = text.replace(found.url, ' ').trim()
  if (urlLabel.test(rest)) report.otherForm.push(rest)
  else if (rest !== '') omit(report, line, rest, 'beside the URL', true)
  return true
}

/** Removes date, time and zone from a line. Returns the rest if it may be a title or an organizer. */
function readDateLine(line: Line, header: Header, report: Report): Line[] {
  const when = readWhen(line.text)
  if (when === null) return [line]
  const { rest, plain: _, taken, doubts, ...fields } = when
  for (const text of doubts) doubt(report, line, text)
  const found = Object.entries(fields).filter(([, value]) => value !== null)
  if (found.some(([name, value]) => ![null, value].includes(header[name as keyof typeof fields]))) {
    omit(report, line, line.text, 'a second date or time', true)
    return []
  }
  Object.assign(header, Object.fromEntries(found))
  report.otherForm.push(...taken)
  const pieces = rest.split('\n').filter((piece) => piece !== '')
  const organizations = pieces.filter(namesOrganization)
  for (const piece of pieces)
    if (!organizations.includes(piece)) omit(report, line, piece, 'not understood, beside the date', true)
  return organizations.map((text) => ({ ...line, text }))
}

/** Lines without a label: a title if none was labelled, organizers if none were. The rest is only reported. */
function assign(
  unlabelled: Line[],
  { header, organizers, agencies }: { header: Header; organizers: string[]; agencies: ReadonlySet<string> },
  report: Report,
): void {
  const areLabelled = organizers.length > 0
  // "DRAFT" looks like "ITU", but is not an agency.
  const isOrganization = (text: string) =>
    namesOrganization(text) || text.split(/[,;/&]|\sand\s/).some((name) => agencies.has(fold(name)))
  for (const line of unlabelled) {
    const { text } = line
    const isOrganizer = !areLabelled && isOrganization(text)
    const isTitle = header.title === null && !venue.test(text) && !isAboutTime(text) && /\p{L}/u.test(text)
    if (isTitle && (!isOrganizer || unlabelled.length > 1)) {
      header.title = text
      doubt(report, line, `"${text}" was taken as the title: check it`)
    } else if (!isOrganizer) omit(report, line, text, 'no field of the header', true)
    else {
      const isSure = organizers.length === 0 && namesOrganization(text)
      if (!isSure)
        doubt(report, line, `"${text}" was taken as ${organizers.length > 0 ? 'one more' : 'an'} organizer: check it`)
      organizers.push(text)
    }
  }
}
