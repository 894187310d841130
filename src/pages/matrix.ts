import { html, type SafeHtml } from '@remix-run/html-template'
import type { Agency, Edition, Line, LineEdition, Records } from '../store/records.ts'
import { joined, short } from './parts.ts'

/** The mark of an edition in a cell: its letter, the word after it, and its shape. */
export interface Mark {
  edition: Edition
  letter: string
  word: string
  shape: string
}

/** The content of the matrix: all editions, one of them, or the changes from one to another. */
export interface View {
  marks: Mark[]
  compared?: { from: Mark; to: Mark }
}

/** The marks of the editions, oldest first. */
export function marksOf(editions: Edition[]): Mark[] {
  return editions.map((edition) => ({
    edition,
    letter: edition.label.charAt(0),
    word: edition.label,
    shape: edition.status === 'list' ? edition.role : edition.status,
  }))
}

/** A column: an agency, and by line and edition how it is named there. */
interface Column {
  agency: Agency
  named: Map<string, 'itself' | 'via'>
}

const keyOf = (line: string, edition: string) => `${line} ${edition}`

/** The agencies named in the editions, those with the most lines first; those named only through a group last. */
function columnsOf(agencies: Agency[], editions: Edition[]): Column[] {
  const ids = new Set(editions.map(({ id }) => id))
  return agencies
    .map((agency) => {
      const named: Column['named'] = new Map()
      for (const { actionLine, edition, via } of agency.actionLines)
        if (ids.has(edition.id) && named.get(keyOf(actionLine.id, edition.id)) !== 'itself')
          named.set(keyOf(actionLine.id, edition.id), via ? 'via' : 'itself')
      const lines = [...named].filter(([, how]) => how === 'itself').map(([key]) => key.split(' ')[0])
      return { agency, named, lines: new Set(lines).size }
    })
    .filter(({ named }) => named.size > 0)
    .sort((a, b) => b.lines - a.lines)
}

/** The year of the newest dated report that names the agency as responsible. */
function yearOf(line: Line, agency: Agency): string | undefined {
  const years = line.reports
    .filter((one) => one.appointment && one.agency.id === agency.id)
    .map(({ date }) => date)
    .filter((date) => date !== null)
  return years.sort().at(-1)?.slice(0, 4)
}

function cellOf(line: Line, { agency, named }: Column, { marks, compared }: View): SafeHtml {
  if (compared)
    return comparedCell(
      named.has(keyOf(line.id, compared.from.edition.id)),
      named.has(keyOf(line.id, compared.to.edition.id)),
    )
  const shown = marks.flatMap((mark) => {
    const how = named.get(keyOf(line.id, mark.edition.id))
    return how ? [{ ...mark, how }] : []
  })
  const year = yearOf(line, agency)
  if (shown.length === 0 && !year) return html`<td></td>`
  const words = [
    ...shown.map(({ word, how }) => word + (how === 'via' ? ' via its group' : '')),
    ...(year ? [`report of ${year}`] : []),
  ]
  return html`<td>${shown.map(
    ({ letter, shape, how }) =>
      html`<i class="${shape}${how === 'via' ? ' via' : ''}" aria-hidden="true">${letter}</i>`,
  )}${year ? html`<small aria-hidden="true">${year}</small>` : ''}<span class="hidden">${words.join(', ')}</span></td>`
}

/** A cell for each column, or one for all if a compared edition has no row for the line. */
function cellsOf(line: Line, columns: Column[], view: View): SafeHtml | SafeHtml[] {
  const { from, to } = view.compared ?? {}
  const lacking = [from, to].filter(
    (mark) => mark && !mark.edition.rows.some(({ actionLine }) => actionLine.id === line.id),
  )
  if (lacking.length > 0)
    return html`<td class="none" colspan="${columns.length}">not in ${lacking.map((mark) => mark?.word).join(' and ')}</td>`
  return columns.map((column) => cellOf(line, column, view))
}

function comparedCell(was: boolean, is: boolean): SafeHtml {
  if (!was && !is) return html`<td></td>`
  if (was && is) return html`<td class="same">=<span class="hidden"> same</span></td>`
  return is
    ? html`<td class="added">+<span class="hidden"> added</span></td>`
    : html`<td class="gone">−<span class="hidden"> removed</span></td>`
}

const linePath = ({ id }: Line) => `/v1/action-lines/${id}`

const heading = (line: Line) => html`<a href="${linePath(line)}"><b>${shortCode(line)}</b> <bdi>${line.title}</bdi></a>`

/** The code; empty for a sub-line, whose parent is in the row above. */
const shortCode = ({ id, parent }: Line) => (parent ? '' : id)

/** The matrix of lines and agencies. A line with sub-lines is a heading. */
export function matrixOf(lines: Line[], agencies: Agency[], view: View, caption: string): SafeHtml {
  const columns = columnsOf(
    agencies,
    view.compared ? [view.compared.from.edition, view.compared.to.edition] : view.marks.map(({ edition }) => edition),
  )
  return html`<table class="matrix">
<caption>${caption}</caption>
<thead><tr><th scope="col">Action line</th>${columns.map(
    ({ agency }) => html`<th scope="col"><a href="/v1/agencies/${agency.id}"><bdi>${agency.acronym}</bdi></a></th>`,
  )}</tr></thead>
<tbody>${lines.map((line) =>
    line.subLines.length > 0
      ? html`<tr class="over"><th scope="row">${heading(line)}</th><td colspan="${columns.length}">see its ${line.subLines.length} sub-lines</td></tr>
`
      : html`<tr${line.parent ? html` class="sub"` : ''}><th scope="row">${heading(line)}</th>${cellsOf(line, columns, view)}</tr>
`,
  )}</tbody></table>`
}

/** The legend of a view. */
export function legendOf({ marks, compared }: View): SafeHtml {
  if (compared)
    return html`<p class="legend"><span><b class="added">+</b> added: named in ${compared.to.word} and not in ${compared.from.word}</span> <span><b class="gone">−</b> removed: named in ${compared.from.word} and not in ${compared.to.word}</span> <span><b>=</b> the same: named in both</span> <span>An agency that is named only through its group is marked as named.</span></p>`
  return html`<p class="legend">${marks.map(
    ({ letter, shape, edition, word }) =>
      html`<span><i class="${shape}">${letter}</i> <a href="/v1/editions/${edition.id}">${word}</a>${edition.role === 'contact' ? ': a contact, not a facilitator' : ''}</span> `,
  )}<span><i class="${marks.at(0)?.shape} via">${marks.at(0)?.letter}</i> lighter: named through its group</span> <span><small>2025</small> year of the newest dated report that names the agency as responsible</span></p>`
}

/** The agencies of a line in an edition. An edition without a row for the line is not the same as an empty row. */
export function namedIn(edition: LineEdition | undefined, records: Records): SafeHtml | string {
  if (!edition) return 'not in this edition'
  return edition.agencies.length > 0 ? joined(edition.agencies.map(short(records))) : 'no agency named'
}
