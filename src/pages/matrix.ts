import { html, type SafeHtml } from '@remix-run/html-template'
import type { Agency, Edition, Line } from '../store/records.ts'
import { toEdition } from './links.ts'

/** The mark of an edition in a cell: the first letter of its label, in the shape of its status or role. */
const markOf = ({ status, role, label }: Edition, isVia = false): SafeHtml =>
  html`<i class="${status === 'list' ? role : status}${isVia ? ' via' : ''}">${label.charAt(0)}</i>`

/** The agencies named in the editions, those with the most lines first; those named only through a group last. */
function columnsOf(agencies: Agency[]): Agency[] {
  const linesOf = ({ actionLines }: Agency) =>
    new Set(actionLines.flatMap(({ actionLine, via }) => (via ? [] : actionLine.id))).size
  return agencies.filter(({ actionLines }) => actionLines.length > 0).toSorted((a, b) => linesOf(b) - linesOf(a))
}

/** The year of the newest dated report that names the agency as responsible. */
function yearOf(line: Line, agency: Agency): string | undefined {
  const reports = line.reports.filter((report) => report.appointment && report.agency.id === agency.id && report.date)
  return reports.at(-1)?.date?.slice(0, 4)
}

function cellOf(line: Line, agency: Agency, editions: Edition[]): SafeHtml {
  const named = agency.actionLines.filter(({ actionLine }) => actionLine.id === line.id)
  const shown = editions.flatMap((edition) => {
    const entries = named.filter((entry) => entry.edition.id === edition.id)
    return entries.length > 0 ? { edition, isVia: entries.every(({ via }) => via) } : []
  })
  const year = yearOf(line, agency)
  if (shown.length === 0 && !year) return html`<td></td>`
  const words = shown.map(({ edition, isVia }) => edition.label + (isVia ? ' via its group' : ''))
  const marks = shown.map(({ edition, isVia }) => markOf(edition, isVia))
  return html`<td><span aria-hidden="true">${marks}${year && html`<small>${year}</small>`}</span><span class="hidden">${[...words, ...(year ? [`report of ${year}`] : [])].join(', ')}</span></td>`
}

/** The code and title; only the title of a sub-line, whose parent is in the row above. */
const heading = ({ id, parent, title }: Line) =>
  html`<th scope="row"><a href="/v1/action-lines/${id}"><b>${parent ? '' : id}</b> <bdi>${title}</bdi></a></th>`

/** The matrix of lines and agencies. A line with sub-lines is a heading. */
export function matrixOf(lines: Line[], agencies: Agency[], editions: Edition[]): SafeHtml {
  const columns = columnsOf(agencies)
  return html`<table class="matrix">
<caption>The agencies that each edition names for each line</caption>
<thead><tr><th scope="col">Action line</th>${columns.map(
    ({ id, acronym }) => html`<th scope="col"><a href="/v1/agencies/${id}"><bdi>${acronym}</bdi></a></th>`,
  )}</tr></thead>
<tbody>${lines.map((line) =>
    line.subLines.length > 0
      ? html`<tr class="over">${heading(line)}<td colspan="${columns.length}">see its ${line.subLines.length} sub-lines</td></tr>
`
      : html`<tr${line.parent ? html` class="sub"` : ''}>${heading(line)}${columns.map((column) => cellOf(line, column, editions))}</tr>
`,
  )}</tbody></table>`
}

/** The legend of the matrix. */
export function legendOf(editions: Edition[]): SafeHtml {
  const [first] = editions as [Edition]
  return html`<p class="legend">${editions.map(
    (edition) =>
      html`<span>${markOf(edition)} ${toEdition(edition)}${edition.role === 'contact' ? ': a contact, not a facilitator' : ''}</span> `,
  )}<span>${markOf(first, true)} lighter: named through its group</span> <span><small>2025</small> year of the newest dated report that names the agency as responsible</span></p>`
}
