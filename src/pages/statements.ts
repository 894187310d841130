import { html, type SafeHtml } from '@remix-run/html-template'
import type { Agency, Line, Link, Records, Source } from '../store/records.ts'
import {
  counted,
  dayText,
  givenBy,
  joined,
  section,
  short,
  shortName,
  sourceWords,
  spaced,
  to,
  whenOf,
} from './parts.ts'
import { maxLanes, type PictureMark, pictureKey, pictureOf } from './picture.ts'

// The statements on a line or an agency: a picture of the dated ones, and a list of all, newest first.

/** A statement in the picture and the list. */
interface Shown {
  /** The agency, or on the page of an agency the line. */
  lane: Link
  role: string
  kind: PictureMark['kind']
  /** The date in the document; for a table without a date, the end of its range. */
  placed: string | null
  source: Source
  date: string | null
  href: string
  /** The group through which the agency is named. */
  via: Link | null
}

/** Every statement on a line: of its editions, then of the reports. */
export function statementsOfLine({ id, editions, reports }: Line, records: Records): Shown[] {
  const printed = editions.flatMap(({ edition, role, date, agencies }) =>
    agencies.map((lane) => ({ lane, role, date, from: edition.id })),
  )
  const reported = reports.map(({ agency, role, date, source }) => ({ lane: agency, role, date, from: source.id }))
  return [...printed, ...reported].map((one) => shown({ ...one, via: null }, `${id}:${one.lane.id}`, records))
}

/** Every statement on an agency, including those through a group. */
export function statementsOfAgency({ id, actionLines, reports }: Agency, records: Records): Shown[] {
  const printed = actionLines.map(({ edition, ...one }) => ({ ...one, from: edition.id }))
  const reported = reports.map(({ source, ...one }) => ({ ...one, from: source.id, via: null }))
  return [...printed, ...reported].map(({ actionLine: lane, role, date, from, via }) =>
    shown({ lane, role, date, from, via }, `${lane.id}:${via?.id ?? id}`, records),
  )
}

const responsible = ['coordinator', 'focal-point', 'facilitator', 'co-facilitator']

/** A statement from a source; `rest` is the part of its id after that of the source. */
function shown(
  { from, ...statement }: Pick<Shown, 'lane' | 'role' | 'date' | 'via'> & { from: string },
  rest: string,
  records: Records,
): Shown {
  const { role, date } = statement
  const source = records.source(from)
  const end = source.edition && source.date === null ? source.dateRange?.to : null
  return {
    ...statement,
    source,
    kind: role === 'contact' ? 'contact' : responsible.includes(role) ? 'named' : 'other',
    placed: date ?? end ?? null,
    href: `/v1/coordinations/${from}:${rest}`,
  }
}

/** The documents of the statements, the newest first, for a citation. */
export const documentsOf = (statements: Shown[]): string[] => [
  ...new Set(newestFirst(statements).map(({ source }) => sourceWords(source))),
]

const newestFirst = (statements: Shown[]): Shown[] =>
  statements.toSorted((a, b) => (b.placed ?? '').localeCompare(a.placed ?? ''))

/** The number of printed statements: fewer beside a high picture. */
function maxPrinted(statements: Shown[]): number {
  const lanes = new Set(statements.filter(({ placed }) => placed !== null).map(({ lane }) => lane.id))
  return lanes.size > maxLanes ? 8 : 32
}

/** `3 of 114 statements`; undefined if all are on paper. */
export function printedOf(statements: Shown[]): string | undefined {
  const max = maxPrinted(statements)
  return statements.length > max ? `${max} of ${statements.length} statements` : undefined
}

/** The picture, and the collapsed list of statements with the address of all: newest first, undated ones last. */
export function statementsPart(title: string, statements: Shown[], all: string, records: Records): SafeHtml {
  if (statements.length === 0) return html`<p>No document that was read names an agency.</p>`
  const sorted = newestFirst(statements)
  const max = maxPrinted(statements)
  return html`${pictureSection(title, sorted, records)}
${undatedPart(sorted, records)}
<details id="statements"><summary><h2>${statements.length === 1 ? 'The statement' : `All ${statements.length} statements`}, with their documents</h2></summary>
<ol class="time">${sorted.map((one, place) => itemOf(one, place, place < max, records))}</ol>
<p class="note">A report covers only some lines: a line or an agency that it does not name may still have its part. <a class="screen" href="${all}">As a table</a></p></details>`
}

function pictureSection(title: string, sorted: Shown[], records: Records): SafeHtml {
  const editions = records.all('editions')
  const marks = sorted.flatMap(({ lane, role, placed, kind, source }, place): PictureMark[] => {
    if (placed === null) return []
    const edition = editions.find(({ id }) => id === source.id)
    const label = edition?.label ?? `${spaced(role)}, ${dayText(placed)}`
    return [{ lane: lane.id, date: placed, kind, title: `${shortName(lane, records)}: ${label}`, item: `s${place}` }]
  })
  // The newest statements on responsible agencies come first, then those on contacts and other roles.
  const byKind = sorted.toSorted((a, b) => Number(b.kind === 'named') - Number(a.kind === 'named'))
  const dated = byKind.filter(({ placed }) => placed !== null)
  // Lines are in the order of their list, and agencies, which have no place there, in that of their statements.
  const order = [...records.byId('action-lines').keys()]
  const lanes = [...new Map(dated.map(({ lane }) => [lane.id, lane])).values()]
    .map((lane) => ({ id: lane.id, name: shortName(lane, records) }))
    .sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
  const columns = editions.flatMap(({ date, dateRange }) => date ?? dateRange?.to ?? [])
  const picture = pictureOf({ title, lanes, marks, columns })
  return section(`${title}, by date`, 'picture', picture ? html`${picture}${pictureKey}` : '')
}

function itemOf(
  { lane, role, source, date, href, via }: Shown,
  place: number,
  isPrinted: boolean,
  records: Records,
): SafeHtml {
  return html`<li id="s${place}"${isPrinted ? '' : html` class="screen"`}><span class="when">${whenOf({ date, dateRange: source.dateRange })}</span> <span>${short(records)(lane)}: <a href="${href}">${spaced(role)}</a>${via ? html` through its group ${short(records)(via)}` : ''}<br><small>${to({ title: source.title, href: `/v1/sources/${source.id}` })}${givenBy(source)}</small></span></li>
`
}

/** `Not in the picture, because they are undated: 8 statements.` and the statements of each source: `… (undated, from 2011): facilitator ITU`. */
function undatedPart(sorted: Shown[], records: Records): SafeHtml | string {
  const undated = sorted.map((one, place) => ({ ...one, place })).filter(({ placed }) => placed === null)
  if (undated.length === 0) return ''
  const groups = [...Map.groupBy(undated, ({ source }) => source.id).values()]
  return html`<p class="note">Not in the picture, because ${undated.length === 1 ? 'it is' : 'they are'} undated: ${counted(undated.length, 'statement')}.</p>
<ul class="note screen">${groups.map((group) => {
    const [{ source }] = group as [(typeof group)[number]]
    const roles = [...Map.groupBy(group, ({ role }) => role)].map(
      ([role, of]) =>
        html`${spaced(role)} ${joined(of.map(({ lane, place }) => html`<a href="#s${place}"><bdi>${shortName(lane, records)}</bdi></a>`))}`,
    )
    return html`<li>${to({ title: source.title, href: `/v1/sources/${source.id}` })} (${whenOf(source)}): ${joined(roles, '; ')}</li>`
  })}</ul>`
}
