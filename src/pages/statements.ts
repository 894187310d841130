import { html, type SafeHtml } from '@remix-run/html-template'
import type { Agency, Line, Link, Records, Source } from '../store/records.ts'
import { counted, dayText, givenBy, joined, nothing, section, sourceWords, spaced, to, whenOf } from './parts.ts'
import { maxLanes, type PictureMark, pictureKey, pictureOf } from './picture.ts'

// The statements on a line or an agency: a picture of the dated ones, and a list of all, newest first.

/** A statement in the picture and the list. `lane` is the agency, or on the page of an agency the line. */
export interface Shown {
  lane: Link
  role: string
  isResponsible: boolean
  isContact: boolean
  /** The date in the document; for a table without a date, the end of its range. */
  placed: string | null
  source: Source
  date: string | null
  href: string
  /** The group through which the agency is named. */
  via: Link | null
}

const isOfEditionWithRange = (source: Source) => source.edition && source.date === null

/** Every statement on a line: of its editions, then of the reports. */
export function statementsOfLine(line: Line, records: Records): Shown[] {
  const printed = line.editions.flatMap(({ edition, role, date, agencies }) =>
    agencies.map((lane): Shown => shown({ lane, role, date, via: null }, edition.id, `${line.id}:${lane.id}`, records)),
  )
  const reported = line.reports.map(({ agency, role, date, source }) =>
    shown({ lane: agency, role, date, via: null }, source.id, `${line.id}:${agency.id}`, records),
  )
  return [...printed, ...reported]
}

/** Every statement on an agency, including those through a group. */
export function statementsOfAgency(agency: Agency, records: Records): Shown[] {
  const printed = agency.actionLines.map(({ actionLine, edition, role, date, via }) =>
    shown({ lane: actionLine, role, date, via }, edition.id, `${actionLine.id}:${via?.id ?? agency.id}`, records),
  )
  const reported = agency.reports.map(({ actionLine, role, date, source }) =>
    shown({ lane: actionLine, role, date, via: null }, source.id, `${actionLine.id}:${agency.id}`, records),
  )
  return [...printed, ...reported]
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

const responsible = ['coordinator', 'focal-point', 'facilitator', 'co-facilitator']

function shown(
  { lane, role, date, via }: Pick<Shown, 'lane' | 'role' | 'date' | 'via'>,
  sourceId: string,
  rest: string,
  records: Records,
): Shown {
  const source = records.source(sourceId)
  return {
    lane,
    role,
    isResponsible: responsible.includes(role),
    isContact: role === 'contact',
    placed: date ?? (isOfEditionWithRange(source) ? (source.dateRange?.to ?? null) : null),
    source,
    date,
    href: `/v1/coordinations/${sourceId}:${rest}`,
    via,
  }
}

interface Part {
  title: string
  statements: Shown[]
  /** The address of the list of all statements. */
  all: string
  records: Records
  /** The name of a lane; by default the acronym of the agency. */
  nameOf?: (lane: Link) => string
  /** The lanes in order; by default by importance. */
  order?: string[]
}

/** The picture, and the collapsed list of statements: newest first, undated ones last. */
export function statementsPart({
  title,
  statements,
  all,
  records,
  nameOf = ({ id }) => records.acronym(id),
  order,
}: Part): SafeHtml {
  if (statements.length === 0) return html`<p>No document that was read names an agency.</p>`
  const sorted = newestFirst(statements)
  const max = maxPrinted(statements)
  const marks = sorted.flatMap((one, place): PictureMark[] =>
    one.placed === null ? [] : [markOf(one, place, nameOf, records)],
  )
  const dated = sorted.filter(({ placed }) => placed !== null)
  // The newest statements on responsible agencies come first, then those on contacts and other roles.
  const byRole = dated.toSorted((a, b) => Number(b.isResponsible) - Number(a.isResponsible))
  const laneOf = new Map(byRole.map(({ lane }) => [lane.id, lane]))
  const lanes = order ? order.flatMap((id) => laneOf.get(id) ?? []) : [...laneOf.values()]
  const columns = records.all('editions').flatMap(({ date, dateRange }) => date ?? dateRange?.to ?? [])
  const picture = pictureOf({
    title,
    list: 'statements',
    lanes: lanes.map((lane) => ({ id: lane.id, name: nameOf(lane) })),
    marks,
    columns,
  })
  return html`${picture ? section(`${title}, by date`, 'picture', html`${picture}${pictureKey}`) : ''}
${undatedPart(sorted, nameOf)}
<details id="statements"><summary><h2>${statements.length === 1 ? 'The statement' : `All ${statements.length} statements`}, with their documents</h2></summary>
<ol class="time">${sorted.map((one, place) => itemOf(one, place, place < max, nameOf, records))}</ol>
<p class="note">A report covers only some lines: a line or an agency that it does not name may still have its part. <a class="screen" href="${all}">As a table</a></p></details>`
}

function markOf(one: Shown, place: number, nameOf: (lane: Link) => string, records: Records): PictureMark {
  const { lane, placed, role, isResponsible, isContact, source } = one
  const edition = records.all('editions').find(({ id }) => id === source.id)
  const label = edition ? edition.label : `${spaced(role)}, ${dayText(String(placed))}`
  return {
    lane: lane.id,
    date: String(placed),
    kind: isContact ? 'contact' : isResponsible ? 'named' : 'other',
    title: `${nameOf(lane)}: ${label}`,
    item: `s${place}`,
  }
}

function itemOf(
  { lane, role, source, date, href, via }: Shown,
  place: number,
  isPrinted: boolean,
  nameOf: (lane: Link) => string,
  records: Records,
): SafeHtml {
  return html`<li id="s${place}"${isPrinted ? '' : html` class="screen"`}><span class="when">${whenOf({ date, dateRange: source.dateRange })}</span> <span><a href="${lane.href}"><bdi>${nameOf(lane)}</bdi></a>: <a href="${href}">${spaced(role)}</a>${via ? html` through its group <a href="${via.href}"><bdi>${records.acronym(via.id)}</bdi></a>` : ''}<br><small>${to({ title: source.title, href: `/v1/sources/${source.id}` })}${givenBy(source)}</small></span></li>
`
}

/** `Not in the picture, because undated: 8 statements.` and the statements of each source: `… (undated, from 2011): facilitator ITU`. */
function undatedPart(sorted: Shown[], nameOf: (lane: Link) => string): SafeHtml {
  const undated = sorted.map((one, place) => ({ ...one, place })).filter(({ placed }) => placed === null)
  if (undated.length === 0) return nothing
  const groups = [...Map.groupBy(undated, ({ source }) => source.id).values()]
  return html`<p class="note">Not in the picture, because undated: ${counted(undated.length, 'statement')}.</p>
<ul class="note screen">${groups.map((group) => {
    const [{ source }] = group as [(typeof group)[number]]
    const roles = [...Map.groupBy(group, ({ role }) => role)].map(
      ([role, of]) =>
        html`${spaced(role)} ${joined(of.map(({ lane, place }) => html`<a href="#s${place}"><bdi>${nameOf(lane)}</bdi></a>`))}`,
    )
    return html`<li><a href="/v1/sources/${source.id}"><bdi>${source.title}</bdi></a> (${whenOf(source)}): ${joined(roles, '; ')}</li>`
  })}</ul>`
}
