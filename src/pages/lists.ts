import { html, type SafeHtml } from '@remix-run/html-template'
import type { ListPage } from '../formats/format.ts'
import { formats } from '../http/formats.ts'
import { queryString } from '../http/query.ts'
import type { Noun } from '../nouns/noun.ts'
import { hrefOf } from '../nouns/shapes.ts'
import type { Records } from '../store/records.ts'
import { filterForm, filtersInWords } from './form.ts'
import type { PageText } from './layout.ts'
import type { ListView } from './noun-page.ts'
import { counted, recordTable, wordsOf } from './parts.ts'

/** A description of the API as HTML, with its code marked up. */
const prose = (text: string): SafeHtml[] =>
  text.split(/`([^`]*)`/).map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))

/** The first paragraph of a list's description, without the formats, which the page offers as links. */
const introOf = ({ description }: Noun): string =>
  String(description.list.split('\n\n')[0]).replace(/ Also as [^.`]*`format=\w+`\)?\./g, '')

/**
 * The page of a list: a form of its filters, its items as a table, a link to the next page, and the same data as files.
 */
export function listPage(page: ListPage, view: ListView, records: Records): PageText {
  const { list, noun, filters } = page
  const { name } = list
  const title = noun?.title ?? 'Search'
  const filtersGiven = Object.fromEntries(Object.entries(filters).map(([key, value]) => [key, String(value)]))
  const urlOf = (format: string) => hrefOf(name) + queryString({ ...filtersGiven, format })
  const lacksRequired = Object.entries(list.filters).some(
    ([name, { isRequired }]) => isRequired && !(name in filtersGiven),
  )
  const { [list.pageSort === filtersGiven.sort ? 'sort' : '']: _, ...shown } = filtersGiven
  const inWords = filtersInWords(shown)
  return {
    title: `${title}${filtersGiven.q ? `: ${filtersGiven.q}` : ''}${inWords && ` (${inWords})`}`,
    description:
      (noun && introOf(noun).replaceAll('`', '')) ??
      'Lines, agencies, forums, sessions, outcome documents and sources by their words.',
    path: hrefOf(name) + queryString(shown),
    ...(!noun && ({ hasSearch: true, isHidden: true } as const)),
    main: html`<h1>${title}</h1>
${noun ? html`<p>${view.intro ?? prose(introOf(noun))}</p>` : ''}
${filterForm(list, filters, view.firstFilters, records)}
${lacksRequired ? '' : itemsOf(page, view, title, Object.keys(shown).length > 0, inWords, records)}`,
    files: formats
      .filter((format) => format.fits(list) && !lacksRequired && !['html', 'xlsx'].includes(format.name))
      .map(({ name, label }) => [label, urlOf(name)]),
    sources: [],
  }
}

/** The items, their total, and a link to the next page. */
function itemsOf(
  { site, list: { name, emptyNote }, batches, total, links }: ListPage,
  view: ListView,
  title: string,
  isFiltered: boolean,
  inWords: string,
  records: Records,
): SafeHtml {
  const items: never[] = JSON.parse(`[${[...batches]}]`)
  return html`${view.above && !isFiltered ? view.above(records) : ''}
<p role="status"><b>${counted(total, ...wordsOf(name))}</b>${inWords && ` (${inWords})`}${items.length < total ? `, ${items.length} of them on this page` : ''}.</p>
${items.length > 0 ? shownIn(view, title, items, records) : html`<p>${emptyNote ?? html`None in this selection. <a href="${hrefOf(name)}">Remove the filters</a>`}</p>`}
${links.next ? html`<p><a class="button" href="${links.next.slice(site.base.length)}" rel="next">Next page</a></p>` : ''}`
}

function shownIn(view: ListView, title: string, items: never[], records: Records): SafeHtml {
  if (view.items) return view.items(items)
  const columns = view.columns(records)
  const rows = items.map((item) => columns.map(([, cell]) => cell(item)))
  return recordTable(
    title,
    columns.map(([heading]) => heading),
    rows,
  )
}
