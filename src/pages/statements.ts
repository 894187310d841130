import { html, type SafeHtml } from '@remix-run/html-template'
import { hrefOf, linkTo } from '../nouns/shapes.ts'
import type { Agency, Line, Link, Records, Statement } from '../store/records.ts'
import { spaced } from '../vocabulary.ts'
import { full, short, shortName, to, toOther } from './links.ts'
import type { NounPage, RecordText } from './noun-page.ts'
import { type Content, facts, isolated, joined, section } from './parts.ts'
import { maxLanes, type PictureMark, pictureOf } from './picture.ts'
import { authorityWords, counted, day, dayText, givenBy, sourceWords, subjectOf, whenOf } from './words.ts'

// The pages of statements, and the statements on a line or an agency: a picture of the dated ones, and a list of all,
// newest first.

/** The statement of one document on one agency and one line. */
export const statementPages: NounPage<Statement> = {
  intro: html`A statement is what one document says of one agency and one line. Here are all of them, by line and then by date; those without a date come last.`,
  columns: (records) => [
    [
      'Statement',
      ({ id, actionLine, agency }) =>
        html`${to(linkTo('coordinations', id, `${actionLine.id}: ${shortName(agency, records)}`))} <small>${isolated(actionLine.title)}</small>`,
    ],
    ['Agency', ({ agency }) => full(records)(agency)],
    ['Role', ({ role }) => spaced(role)],
    ['Date', ({ date, source }) => whenOf({ date, dateRange: records.source(source.id).dateRange })],
    ['Source', ({ source }) => to(source)],
  ],
  firstFilters: ['actionLine', 'agency', 'role', 'edition'],
  record: (statement, records) => {
    const { actionLine, agency, date, url, readIn } = statement
    const source = records.source(statement.source.id)
    const role = spaced(statement.role)
    const subject = subjectOf(source, records)
    const link = statement.appointment ? 'of' : 'for'
    const isSecondary = statement.authority === 'secondary'
    return {
      title: `${subject} names ${shortName(agency, records)} as ${role} ${link} ${actionLine.id}`,
      description: `${subject} names ${agency.title} as ${role} ${link} WSIS Action Line ${actionLine.id}.`,
      kind: 'Statement: what one document says of one agency and one line',
      heading: html`${isolated(subject)} names ${short(records)(agency)} as ${role} ${link} ${short(records)(actionLine)}`,
      main: html`${isSecondary ? html`<p>As given by ${isolated(source.host ?? 'an account by others')}${source.readOn ? html`, read ${day(source.readOn)}` : ''}. The document itself was not read.</p>` : ''}
${facts([
  ['Agency', full(records)(agency)],
  ['Action line', full(records)(actionLine)],
  ['Role', role],
  ['Responsible', statement.appointment ? 'yes' : 'no'],
  ['In the words of the source', statement.roleAsWorded === role ? null : statement.roleAsWorded],
  [
    'Date',
    html`${whenOf({ date, dateRange: source.dateRange })}${statement.dateBasis === 'source' ? ' (the date of the source)' : ''}`,
  ],
  ['Source', to(statement.source)],
  ['Authority', authorityWords(statement.authority)],
  ['URL', url && toOther(url)],
  ['Read in', readIn !== url && readIn ? toOther(readIn) : null],
  ['Hosted by', source.host],
  ['Read on', day(source.readOn)],
])}`,
      sources: [sourceWords(source, readIn)],
    }
  },
}

/** A statement in the picture and the list. */
interface Shown extends Statement {
  /** The agency, or on the page of an agency the line. */
  lane: Link
  kind: PictureMark['kind']
  /** The date in the document; for a table without a date, the end of its range. */
  placed: string | null
  /** The group through which the agency is named. */
  via?: Link | undefined
}

/** Every statement on a line, newest first. */
export function statementsOfLine({ id }: Line, records: Records): Shown[] {
  const own = records.all('coordinations').filter(({ actionLine }) => actionLine.id === id)
  return newestFirst(
    own.map((one) => ({ ...one, lane: one.agency })),
    records,
  )
}

/** Every statement on an agency, newest first, including those of editions through a group. */
export function statementsOfAgency({ id, memberOf }: Agency, records: Records): Shown[] {
  const own = records.all('coordinations').flatMap((one) => {
    const groups = records.source(one.source.id).edition ? memberOf : []
    const via = groups.find((group) => group.id === one.agency.id)
    return one.agency.id === id || via ? { ...one, lane: one.actionLine, via } : []
  })
  return newestFirst(own, records)
}

function newestFirst(statements: Omit<Shown, 'kind' | 'placed'>[], records: Records): Shown[] {
  const shown = statements.map((statement): Shown => {
    const { date, role, appointment, source } = statement
    const { edition, dateRange } = records.source(source.id)
    const other = role === 'contact' ? role : 'other'
    const placed = date ?? (edition ? dateRange?.to : null) ?? null
    return { ...statement, placed, kind: appointment ? 'named' : other }
  })
  return shown.sort((a, b) => (b.placed ?? '').localeCompare(a.placed ?? ''))
}

/** The number of printed statements: fewer beside a high picture. */
function maxPrinted(statements: Shown[]): number {
  const lanes = new Set(statements.filter(({ placed }) => placed !== null).map(({ lane }) => lane.id))
  return lanes.size > maxLanes ? 8 : 32
}

/** The files, documents and number of printed statements of a page with statements; the filter is of its record. */
export function actionsOn(statements: Shown[], filter: string, records: Records): Partial<RecordText> {
  const max = maxPrinted(statements)
  return {
    moreFiles: [
      ['Statements (CSV)', `/v1/coordinations?${filter}&format=csv`],
      ['Calendar of its sessions', `/v1/sessions?${filter}&format=ics`],
    ],
    sources: [...new Set(statements.map(({ source }) => sourceWords(records.source(source.id))))],
    printed: statements.length > max ? `${max} of ${statements.length} statements` : undefined,
  }
}

/** The picture, and the collapsed list of statements with the address of all: newest first, undated ones last. */
export function statementsPart(title: string, statements: Shown[], filter: string, records: Records): SafeHtml {
  if (statements.length === 0) return html`<p>No document that was read names an agency.</p>`
  const max = maxPrinted(statements)
  return html`${section(`${title}, by date`, 'picture', pictureOfAll(title, statements, records))}
${undatedPart(statements, records)}
<details id="statements"><summary><h2>${statements.length === 1 ? 'The statement' : `All ${statements.length} statements`}, with their documents</h2></summary>
<ol class="time">${statements.map((one, place) => itemOf(one, place, place < max, records))}</ol>
<p class="note">A report covers only some lines: a line or an agency that it does not name may still have its part. <a class="screen" href="/v1/coordinations?${filter}">As a table</a></p></details>`
}

/** The picture of the dated statements. */
function pictureOfAll(title: string, statements: Shown[], records: Records): Content {
  const editions = records.all('editions')
  const marks = statements.flatMap(({ lane, role, placed, kind, source }, place): PictureMark[] => {
    if (placed === null) return []
    const edition = editions.find(({ id }) => id === source.id)
    const label = edition?.label ?? `${spaced(role)}, ${dayText(placed)}`
    return [{ lane: lane.id, date: placed, kind, title: `${shortName(lane, records)}: ${label}`, item: `s${place}` }]
  })
  // The newest statements on responsible agencies come first, then those on contacts and other roles.
  const byKind = statements.toSorted((a, b) => Number(b.kind === 'named') - Number(a.kind === 'named'))
  const dated = byKind.filter(({ placed }) => placed !== null)
  // Lines are in the order of their list, and agencies, which have no place there, in that of their statements.
  const order = [...records.byId('action-lines').keys()]
  const lanes = [...new Map(dated.map(({ lane }) => [lane.id, lane])).values()]
    .map((lane) => ({ id: lane.id, name: shortName(lane, records) }))
    .sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
  const columns = editions.flatMap(({ date, dateRange }) => date ?? dateRange?.to ?? [])
  return pictureOf({ title, lanes, marks, columns })
}

function itemOf(one: Shown, place: number, isPrinted: boolean, records: Records): SafeHtml {
  const { id, lane, role, date, via } = one
  const source = records.source(one.source.id)
  return html`<li id="s${place}"${isPrinted ? '' : html` class="screen"`}><span class="when">${whenOf({ date, dateRange: source.dateRange })}</span> <span>${short(records)(lane)}: <a href="${hrefOf('coordinations', id)}">${spaced(role)}</a>${via ? html` through its group ${short(records)(via)}` : ''}<br><small>${to(one.source)}${givenBy(source)}</small></span></li>
`
}

/** `Not in the picture, because they are undated: 8 statements.` and the statements of each source: `… (undated, from 2011): facilitator ITU`. */
function undatedPart(statements: Shown[], records: Records): Content {
  const undated = statements.map((one, place) => ({ ...one, place })).filter(({ placed }) => placed === null)
  if (undated.length === 0) return ''
  const bySource = Map.groupBy(undated, ({ source }) => source.id)
  return html`<p class="note">Not in the picture, because ${undated.length === 1 ? 'it is' : 'they are'} undated: ${counted(undated.length, 'statement')}.</p>
<ul class="note screen">${[...bySource].map(([id, group]) => {
    const source = records.source(id)
    const roles = [...Map.groupBy(group, ({ role }) => role)].map(
      ([role, of]) =>
        html`${spaced(role)} ${joined(of.map(({ lane, place }) => html`<a href="#s${place}"><bdi>${shortName(lane, records)}</bdi></a>`))}`,
    )
    return html`<li>${to(linkTo('sources', id, source.title))} (${whenOf(source)}): ${joined(roles, '; ')}</li>`
  })}</ul>`
}
