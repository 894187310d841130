import { html, type SafeHtml } from '@remix-run/html-template'
import type { Line, Records } from '../store/records.ts'

// The picture "sessions by year and line": a table with shaded cells, on a narrow screen a list.

/** The years from the first session to the last, as texts. */
function yearsOf(all: { year: string }[]): string[] {
  const years = all.map(({ year }) => Number(year))
  const first = Math.min(...years)
  return Array.from({ length: Math.max(...years) - first + 1 }, (_, index) => String(first + index))
}

/** The list of the sessions in a cell, filtered by forum and line. A meeting before the first forum has no forum. */
function hrefOf(year: string, line: Line | undefined, ids: string[], forums: Set<string>): string {
  const query: Record<string, string> = forums.has(year)
    ? { ...(line && { actionLine: line.id }), forumYear: year }
    : { id: ids.join(',') }
  return `/v1/sessions?${new URLSearchParams(query)}`
}

/** The number of sessions in the data by year and line. Those of a sub-line count for its line, too, as in the filter. */
export function sessionsByYear(records: Records): SafeHtml {
  const all = records.sessions()
  if (all.length === 0) return html``
  const years = yearsOf(all)
  const forums = new Set(records.all('forums').map(({ id }) => id))
  const ofYear = Map.groupBy(all, ({ year }) => year)
  const lines = records.byId('action-lines')
  const withParents = (ids: string[]) => new Set(ids.flatMap((id) => [id, lines.get(id)?.parent?.id ?? id]))
  const cells = Map.groupBy(
    all.flatMap(({ id, year, lines }) => [...withParents(lines)].map((line) => ({ id, cell: `${line} ${year}` }))),
    ({ cell }) => cell,
  )
  const cellOf = (year: string, line?: Line) => {
    const ids = (line ? cells.get(`${line.id} ${year}`) : ofYear.get(year))?.map(({ id }) => id)
    if (!ids) return html`<td></td>`
    return html`<td data-label="${year}" class="n${Math.min(ids.length, 4)}"><a href="${hrefOf(year, line, ids, forums)}">${ids.length}</a></td>`
  }
  const rows = [...lines.values()].map((line) => {
    const name = html`<a href="/v1/action-lines/${line.id}">${line.id}</a>${line.subLines.length > 0 ? ' with its sub-lines' : ''}`
    return html`<tr><th scope="row">${name}</th>${years.map((year) => cellOf(year, line))}</tr>
`
  })
  const without = all.filter(({ lines }) => lines.length === 0).length
  return html`<details open class="overview"><summary>Sessions by year and line</summary>
<table class="years"><caption>The number of sessions that were read. An empty cell means that none was read, not that there was none. ${without} more sessions name no line.</caption>
<thead><tr><th scope="col">Line</th>${years.map((year) => html`<th scope="col"><span class="hidden">${year.slice(0, 2)}</span>${year.slice(2)}</th>`)}</tr></thead>
<tbody><tr><th scope="row">All</th>${years.map((year) => cellOf(year))}</tr>
${rows}</tbody></table></details>`
}
