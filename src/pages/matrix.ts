import { html, type SafeHtml } from '@remix-run/html-template'
import type { Agency, Edition, Line, LineEdition, Records } from '../store/records.ts'
import { joined, short } from './parts.ts'

/** The shape of the mark of an edition in a cell. Its letter is the first of its label. */
const shapeOf = ({ status, role }: Edition): string => (status === 'list' ? role : status)

/** A column: an agency, and by line and edition how it is named there. */
interface Column {
  agency: Agency
  named: Map<string, 'itself' | 'via'>
}

const keyOf = (line: string, edition: string) => `${line} ${edition}`

/** The agencies named in the editions, those with the most lines first; those named only through a group last. */
function columnsOf(agencies: Agency[]): Column[] {
  return agencies
    .map((agency) => {
      const named: Column['named'] = new Map()
      for (const { actionLine, edition, via } of agency.actionLines)
        if (named.get(keyOf(actionLine.id, edition.id)) !== 'itself')
          named.set(keyOf(actionLine.id, edition.id), via ? 'via' : 'itself')
      const lines = [...named].filter(([, how]) => how === 'itself').map(([key]) => key.split(' ')[0])
      return { agency, named, lines: new Set(lines).size }
    })
    .filter(({ named }) => named.size > 0)
    .sort((a, b) => b.lines - a.lines)
}

/** The year of the newest dated report that names the agency as responsible. */
function yearOf(line: Line, agency: Agency): string | undefined {
  const years = line.reports.flatMap(({ appointment, agency: { id }, date }) =>
    appointment && id === agency.id && date ? date : [],
  )
  return years.sort().at(-1)?.slice(0, 4)
}

function cellOf(line: Line, { agency, named }: Column, editions: Edition[]): SafeHtml {
  const shown = editions.flatMap((edition) => {
    const how = named.get(keyOf(line.id, edition.id))
    return how ? [{ edition, how }] : []
  })
  const year = yearOf(line, agency)
  if (shown.length === 0 && !year) return html`<td></td>`
  const words = [
    ...shown.map(({ edition, how }) => edition.label + (how === 'via' ? ' via its group' : '')),
    ...(year ? [`report of ${year}`] : []),
  ]
  return html`<td>${shown.map(
    ({ edition, how }) =>
      html`<i class="${shapeOf(edition)}${how === 'via' ? ' via' : ''}" aria-hidden="true">${edition.label.charAt(0)}</i>`,
  )}${year ? html`<small aria-hidden="true">${year}</small>` : ''}<span class="hidden">${words.join(', ')}</span></td>`
}

/** The code and title; only the title of a sub-line, whose parent is in the row above. */
const heading = ({ id, parent, title }: Line) =>
  html`<a href="/v1/action-lines/${id}"><b>${parent ? '' : id}</b> <bdi>${title}</bdi></a>`

/** The matrix of lines and agencies. A line with sub-lines is a heading. */
export function matrixOf(lines: Line[], agencies: Agency[], editions: Edition[]): SafeHtml {
  const columns = columnsOf(agencies)
  return html`<table class="matrix">
<caption>The agencies that each edition names for each line</caption>
<thead><tr><th scope="col">Action line</th>${columns.map(
    ({ agency }) => html`<th scope="col"><a href="/v1/agencies/${agency.id}"><bdi>${agency.acronym}</bdi></a></th>`,
  )}</tr></thead>
<tbody>${lines.map((line) =>
    line.subLines.length > 0
      ? html`<tr class="over"><th scope="row">${heading(line)}</th><td colspan="${columns.length}">see its ${line.subLines.length} sub-lines</td></tr>
`
      : html`<tr${line.parent ? html` class="sub"` : ''}><th scope="row">${heading(line)}</th>${columns.map((column) => cellOf(line, column, editions))}</tr>
`,
  )}</tbody></table>`
}

/** The legend of the matrix. */
export function legendOf(editions: Edition[]): SafeHtml {
  const [first] = editions as [Edition]
  return html`<p class="legend">${editions.map(
    (edition) =>
      html`<span><i class="${shapeOf(edition)}">${edition.label.charAt(0)}</i> <a href="/v1/editions/${edition.id}">${edition.label}</a>${edition.role === 'contact' ? ': a contact, not a facilitator' : ''}</span> `,
  )}<span><i class="${shapeOf(first)} via">${first.label.charAt(0)}</i> lighter: named through its group</span> <span><small>2025</small> year of the newest dated report that names the agency as responsible</span></p>`
}

/** The agencies of a line in an edition. An edition without a row for the line is not the same as an empty row. */
export function namedIn(row: Pick<LineEdition, 'agencies'> | undefined, records: Records): SafeHtml | string {
  if (!row) return 'not in this edition'
  return row.agencies.length > 0 ? joined(row.agencies.map(short(records))) : 'no agency named'
}
