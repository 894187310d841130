import { html, type SafeHtml } from '@remix-run/html-template'
import type { ListPage } from '../formats/format.ts'
import { formats } from '../http/formats.ts'
import { queryString } from '../http/query.ts'
import type { Noun } from '../nouns/noun.ts'
import { hrefOf } from '../nouns/shapes.ts'
import type { Records } from '../store/records.ts'
import { filterForm, filtersInWords } from './form.ts'
import type { PageText } from './layout.ts'
import { shortName, to } from './links.ts'
import type { ListView } from './noun-page.ts'
import { isolated, recordTable } from './parts.ts'
import { counted, spaced, wordsOf } from './words.ts'

interface Hit {
  kind: string
  id: string
  title: string
  href: string
  /** Escaped HTML, with the matching words in `<mark>`. */
  snippet: string
}

/** The hits of a search. */
export const hits: ListView<Hit> = {
  columns: (records) => [
    [
      'Found',
      (hit) => {
        const hasShortName = ['action-line', 'agency'].includes(hit.kind)
        return html`${to(hit)}${hasShortName ? html` <small>${isolated(shortName(hit, records))}</small>` : ''}`
      },
    ],
    ['Kind', ({ kind }) => spaced(kind)],
    ['Excerpt', ({ snippet }) => isolated(html.raw`${snippet}`)],
  ],
}

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
  const given = Object.fromEntries(Object.entries(filters).map(([key, value]) => [key, String(value)]))
  const lacksRequired = Object.entries(list.filters).some(([key, { isRequired }]) => isRequired && !(key in given))
  const { [list.pageSort === given.sort ? 'sort' : '']: _, ...shown } = given
  const inWords = filtersInWords(shown)
  return {
    title: `${title}${given.q ? `: ${given.q}` : ''}${inWords && ` (${inWords})`}`,
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
      .map((format) => [format.label, hrefOf(name) + queryString({ ...given, format: format.name })]),
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
  const columns = view.columns(records)
  const table = () =>
    recordTable(
      title,
      columns.map(([heading]) => heading),
      items.map((item) => columns.map(([, cell]) => cell(item))),
    )
  const none = html`<p>${emptyNote ?? html`None in this selection. <a href="${hrefOf(name)}">Remove the filters</a>`}</p>`
  return html`${isFiltered ? '' : view.above?.(records)}
<p role="status"><b>${counted(total, ...wordsOf(name))}</b>${inWords && ` (${inWords})`}${items.length < total ? `, ${items.length} of them on this page` : ''}.</p>
${items.length === 0 ? none : (view.items?.(items) ?? table())}
${links.next ? html`<p><a class="button" href="${links.next.slice(site.base.length)}" rel="next">Next page</a></p>` : ''}`
}
