import { html, type SafeHtml } from '@remix-run/html-template'
import { hrefOf, linkTo } from '../nouns/shapes.ts'
import type { Agency, Line, Link, Records, Statement } from '../store/records.ts'
import { spaced } from '../vocabulary.ts'
import { full, short, shortName, to, toOther } from './links.ts'
import { type Content, facts, isolated, joined, type NounPage, type RecordText, section } from './parts.ts'
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
  ['Authority', authorityWords[statement.authority]],
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
  /** The group through which the agency is named. */
  via?: Link | undefined
  /** The date in the document; for a table without a date, the end of its range; otherwise empty. */
  placed: string
  /** The id of its list item. */
  item: string
}

/** Every statement on a line, newest first. */
export const statementsOfLine = ({ id }: Line, records: Records): Shown[] =>
  newestFirst(records, ({ actionLine, agency }) => (actionLine.id === id ? { lane: agency } : undefined))

/** Every statement on an agency, newest first, including those of editions through a group. */
export function statementsOfAgency({ id, memberOf }: Agency, records: Records): Shown[] {
  return newestFirst(records, ({ actionLine, agency, source }) => {
    const groups = records.source(source.id).edition ? memberOf : []
    const via = groups.find((group) => group.id === agency.id)
    return agency.id === id || via ? { lane: actionLine, via } : undefined
  })
}

/** The statements that have a lane. */
function newestFirst(
  records: Records,
  laneOf: (statement: Statement) => Pick<Shown, 'lane' | 'via'> | undefined,
): Shown[] {
  const shown = records.all('coordinations').flatMap((statement) => {
    const { edition, dateRange } = records.source(statement.source.id)
    const placed = statement.date ?? (edition && dateRange?.to) ?? ''
    const lane = laneOf(statement)
    return lane ? { ...statement, ...lane, placed } : []
  })
  return shown.sort((a, b) => b.placed.localeCompare(a.placed)).map((one, place) => ({ ...one, item: `s${place}` }))
}

/** A picture with more lanes is printed smaller. */
const maxLanes = 12

/**
 * The picture of statements and the collapsed list of them, undated ones last, with the address of all; and the files,
 * documents and number of printed statements of the page. The filter is of its record.
 */
export function statementsOn(
  title: string,
  statements: Shown[],
  filter: string,
  records: Records,
): { part: SafeHtml; actions: Partial<RecordText> } {
  const lanes = lanesOf(statements, records)
  // Fewer are printed beside a high picture.
  const printed = statements.slice(0, lanes.length > maxLanes ? 8 : 32)
  const actions: Partial<RecordText> = {
    moreFiles: [
      ['Statements (CSV)', `/v1/coordinations?${filter}&format=csv`],
      ['Calendar of its sessions', `/v1/sessions?${filter}&format=ics`],
    ],
    sources: [...new Set(statements.map(({ source }) => sourceWords(records.source(source.id))))],
    ...(printed.length < statements.length && { printed: `${printed.length} of ${statements.length} statements` }),
  }
  if (statements.length === 0) return { part: html`<p>No document that was read names an agency.</p>`, actions }
  const part = html`${section(`${title}, by date`, 'picture', pictureOf(title, lanes, statements, records))}
${undatedPart(statements, records)}
<details id="statements"><summary><h2>${statements.length === 1 ? 'The statement' : `All ${statements.length} statements`}, with their documents</h2></summary>
<ol class="time">${statements.map((one) => itemOf(one, printed.includes(one), records))}</ol>
<p class="note">A report covers only some lines: a line or an agency that it does not name may still have its part. <a class="screen" href="/v1/coordinations?${filter}">As a table</a></p></details>`
  return { part, actions }
}

/** The lanes of the picture: lines in the order of their list; agencies in that of their statements. */
function lanesOf(statements: Shown[], records: Records): Link[] {
  // The newest statements on responsible agencies come first, then those on contacts and other roles.
  const byKind = statements.toSorted((a, b) => Number(b.appointment) - Number(a.appointment))
  const dated = byKind.filter(({ placed }) => placed !== '')
  const lanes = new Map(dated.map(({ lane }) => [lane.id, lane]))
  const order = [...records.byId('action-lines').keys()]
  return [...lanes.values()].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
}

const laneHeight = 40
const top = 22
/** The distance of a mark from the top of its lane. */
const markAt = 29
/** The distance of a name above its mark. */
const nameAbove = 13
/** A band is interrupted at the names of the lanes: it begins so far above a mark, and is so high. */
const [bandAbove, bandHeight] = [8, 23]

/** Years with fractions: `2005-11-18` is 2005.88. A partial date counts as the middle of its month or year. */
function yearsOf(date: string): number {
  const [year, month, day] = date.split('-').map(Number) as [number, number?, number?]
  return year + (month === undefined ? 0.5 : (month - 1 + (day === undefined ? 0.5 : day / 31)) / 12)
}

const tenths = (percent: number) => Math.round(percent * 10) / 10

/**
 * The dated statements as SVG, one mark for each, and the legend; empty if there are none. Marks, not bars, because
 * nothing is known about the years between two documents. Horizontal positions are percentages, so that the picture
 * fits every width while text and marks keep their size.
 */
function pictureOf(title: string, lanes: Link[], statements: Shown[], records: Records): Content {
  if (lanes.length === 0) return ''
  const dated = statements.filter(({ placed }) => placed !== '')
  const tables = records.all('editions').flatMap(({ date, dateRange }) => date ?? dateRange?.to ?? [])
  const years = [...dated.map(({ placed }) => placed), ...tables].map(yearsOf)
  const [first, last] = [Math.floor(Math.min(...years)), Math.floor(Math.max(...years)) + 1]
  const across = (year: number) => tenths(2 + (96 * (year - first)) / (last - first))
  const bottom = top + lanes.length * laneHeight
  const ticks = Array.from({ length: last - first }, (_, index) => first + index).filter(
    (year) => year === first || year % 5 === 0,
  )
  const heights = new Map(lanes.map(({ id }, index) => [id, top + index * laneHeight + markAt]))
  const heightOf = ({ id }: Link) => Number(heights.get(id))
  return html`<svg class="picture${lanes.length > maxLanes ? ' many' : ''}" role="group" aria-label="${title}; the list of statements below says the same" aria-describedby="statements" height="${bottom + 4}">
${[...new Set(tables.map((date) => across(yearsOf(date))))].map((x) => html`<line class="table" x1="${x}%" x2="${x}%" y1="${top + markAt - bandAbove}" y2="${bottom}" stroke-dasharray="${bandHeight} ${laneHeight - bandHeight}"/>`)}
${ticks.map((year) => html`<line class="tick" x1="${across(year)}%" x2="${across(year)}%" y1="${top}" y2="${bottom}"/><text class="year${year === first ? ' first' : ''}" x="${across(year)}%" y="14">${year}</text>`)}
${lanes.map((lane) => html`<text y="${heightOf(lane) - nameAbove}">${shortName(lane, records)}</text><line x1="0" x2="100%" y1="${heightOf(lane)}" y2="${heightOf(lane)}"/>`)}
${dated.map((one) => markOf(one, across(yearsOf(one.placed)), heightOf(one.lane), records))}
</svg>
${legend}`
}

/** The mark of a statement, with a link to its list item. */
function markOf({ lane, role, appointment, placed, source, item }: Shown, x: number, y: number, records: Records) {
  const edition = records.byId('editions').get(source.id)
  const title = `${shortName(lane, records)}: ${edition?.label ?? `${spaced(role)}, ${dayText(placed)}`}`
  const shape =
    role === 'contact'
      ? html`<rect x="${x}%" y="${y + 6}" width="8" height="8"><title>${title}</title></rect>`
      : html`<circle${appointment ? '' : html` class="o"`} cx="${x}%" cy="${y}" r="5"><title>${title}</title></circle>`
  return html`<a href="#${item}">${shape}</a>`
}

/** The legend of the picture. */
const legend = html`<p class="legend"><span><svg class="key" width="12" height="12"><circle cx="6" cy="6" r="5"/></svg> named as responsible</span> <span><svg class="key" width="12" height="12"><circle class="o" cx="6" cy="6" r="5"/></svg> organized or reported only</span> <span><svg class="key" width="12" height="12"><rect x="1" y="1" width="9" height="9"/></svg> lead contact</span> <span><svg class="key" width="12" height="12"><rect class="table" width="12" height="12"/></svg> a full list</span></p>`

function itemOf(one: Shown, isPrinted: boolean, records: Records): SafeHtml {
  const { id, item, lane, role, date, via } = one
  const source = records.source(one.source.id)
  return html`<li id="${item}"${isPrinted ? '' : html` class="screen"`}><span class="when">${whenOf({ date, dateRange: source.dateRange })}</span> <span>${short(records)(lane)}: <a href="${hrefOf('coordinations', id)}">${spaced(role)}</a>${via ? html` through its group ${short(records)(via)}` : ''}<br><small>${to(one.source)}${givenBy(source)}</small></span></li>
`
}

/** `Not in the picture, because they are undated: 8 statements.` and the statements of each source: `… (undated, from 2011): facilitator ITU`. */
function undatedPart(statements: Shown[], records: Records): Content {
  const undated = statements.filter(({ placed }) => placed === '')
  if (undated.length === 0) return ''
  const bySource = Map.groupBy(undated, ({ source }) => source.id)
  return html`<p class="note">Not in the picture, because ${undated.length === 1 ? 'it is' : 'they are'} undated: ${counted(undated.length, 'statement')}.</p>
<ul class="note screen">${[...bySource].map(([id, group]) => {
    const source = records.source(id)
    const roles = [...Map.groupBy(group, ({ role }) => role)].map(
      ([role, of]) =>
        html`${spaced(role)} ${joined(of.map(({ lane, item }) => html`<a href="#${item}"><bdi>${shortName(lane, records)}</bdi></a>`))}`,
    )
    return html`<li>${to(linkTo('sources', id, source.title))} (${whenOf(source)}): ${joined(roles, '; ')}</li>`
  })}</ul>`
}
