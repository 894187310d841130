import { html, type SafeHtml } from '@remix-run/html-template'
import type { ListPage } from '../formats/format.ts'
import { formats } from '../http/formats.ts'
import { queryString } from '../http/query.ts'
import type { Noun } from '../nouns/noun.ts'
import { yearOf } from '../nouns/session-shapes.ts'
import { hrefOf } from '../nouns/shapes.ts'
import { changesByRelease } from './change.ts'
import { filterForm } from './form.ts'
import type { PageText } from './layout.ts'
import { namedIn } from './matrix.ts'
import {
  authorityWords,
  counted,
  day,
  daysOf,
  isolated,
  joined,
  partyOf,
  recordTable,
  spaced,
  to,
  toAgency,
  toId,
  whenOf,
} from './parts.ts'
import type { RecordOf, Records } from './records.ts'
import { sessionsByYear } from './session-list.ts'

/** How the items of a list are shown: the columns, and the cells of an item, the first of which names it. */
interface View<Item> {
  head(records: Records): string[]
  cells(item: Item, records: Records): (SafeHtml | string)[]
  /** Shown instead of a table. */
  items?(items: Item[]): SafeHtml
  /** Shown above the items of a list without filters. */
  above?(records: Records): SafeHtml
}

const fixed =
  (...names: string[]) =>
  () =>
    names

const views: { [Name in keyof RecordOf]: View<RecordOf[Name]> } & { search: View<Hit> } = {
  'action-lines': {
    head: (records) => ['Action line', ...records.all('editions').map(({ label }) => label)],
    cells: ({ id, title, editions, subLines }, records) => [
      toId({ id, title, href: hrefOf('action-lines', id) }),
      ...records.all('editions').map((edition) =>
        subLines.length > 0
          ? 'see its sub-lines'
          : namedIn(
              editions.find((one) => one.edition.id === edition.id),
              records,
            ),
      ),
    ],
  },
  agencies: {
    head: fixed('Agency', 'Kind', 'Action lines, in any edition'),
    cells: ({ id, name, kind, actionLines }) => [
      toId({ id, title: name, href: hrefOf('agencies', id) }),
      kind,
      joined([...new Map(actionLines.map(({ actionLine }) => [actionLine.id, actionLine])).values()].map(toAgency)),
    ],
  },
  editions: {
    head: fixed('Edition', 'Role', 'Status', 'Date', 'Where it was read'),
    cells: (edition) => [
      html`<a href="${hrefOf('editions', edition.id)}">${edition.label}</a> <small><bdi>${edition.title}</bdi></small>`,
      edition.role,
      edition.status,
      whenOf(edition),
      authorityWords(edition.authority),
    ],
  },
  forums: {
    head: fixed('Forum', 'Dates', 'Place', 'Theme', 'Sessions listed'),
    cells: ({ id, name, from, to: last, place, theme, sessions }) => [
      to({ title: name, href: hrefOf('forums', id) }),
      daysOf(from, last),
      isolated(place ?? ''),
      isolated(theme ?? ''),
      html`<a href="${sessions.href}">${sessions.total}</a>`,
    ],
  },
  sessions: {
    above: sessionsByYear,
    head: fixed('Session', 'Date', 'Action lines', 'Organizers', 'Outcome'),
    cells: ({ id, title, date, forum, actionLines, organizers, outcomeDocument }) => [
      to({ title, href: hrefOf('sessions', id) }),
      date ? day(date) : isolated(forum?.title ?? yearOf({ id })),
      joined(actionLines.map(toAgency)),
      joined(organizers.map(partyOf)),
      outcomeDocument ? html`<a href="${outcomeDocument.href}">document</a>` : '',
    ],
  },
  'outcome-documents': {
    head: fixed('Outcome document', 'Date', 'Sections'),
    cells: ({ id, title, session, date, sections }) => [
      to({ title: title ?? session.title, href: hrefOf('outcome-documents', id) }),
      date ? day(date) : '',
      `${sections.length}`,
    ],
  },
  sources: {
    head: fixed('Source', 'Status', 'Date', 'Where it was read', 'Statements'),
    cells: ({ id, title, status, date, dateRange, authority, statements }) => [
      to({ title, href: hrefOf('sources', id) }),
      status,
      whenOf({ date, dateRange }),
      authorityWords(authority),
      html`<a href="${statements.href}">${statements.total}</a>`,
    ],
  },
  coordinations: {
    head: fixed('Statement', 'Agency', 'Role', 'Date', 'Source'),
    cells: ({ id, actionLine, agency, role, date, source }, records) => [
      html`<a href="${hrefOf('coordinations', id)}">${isolated(`${actionLine.id}: ${agency.id}`)}</a> <small>${isolated(actionLine.title)}</small>`,
      toId(agency),
      spaced(role),
      whenOf({ date, dateRange: records.one('sources', source.id).dateRange }),
      to(source),
    ],
  },
  changes: {
    items: changesByRelease,
    head: fixed('Record', 'In', 'Change', 'Release', 'Properties'),
    cells: ({ id, noun, recordId, record, change, release, date, properties }) => [
      html`<a href="${hrefOf('changes', id)}">${isolated(recordId)}</a> <small><bdi>${record?.title}</bdi></small>`,
      spaced(noun),
      change,
      html`${release}, ${day(date)}`,
      properties.map(({ name }) => name).join(', '),
    ],
  },
  search: {
    head: fixed('Found', 'Kind', 'Words around it'),
    cells: ({ id, kind, title, href, snippet }) => [
      html`${to({ title, href })}${kind === 'action-line' || kind === 'agency' ? html` <small>${isolated(id)}</small>` : ''}`,
      spaced(kind),
      html`<bdi>${markedOf(snippet)}</bdi>`,
    ],
  },
}

interface Hit {
  kind: string
  id: string
  title: string
  href: string
  snippet: string
}

const characters: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' }

/** The snippet of a hit: its marks as elements, all else as a text that is escaped anew. */
function markedOf(snippet: string): SafeHtml[] {
  return snippet.split(/<mark>([^<]*)<\/mark>/).map((part, index) => {
    const text = part.replace(/&(?:amp|lt|gt|quot);/g, (entity) => String(characters[entity]))
    return index % 2 === 1 ? html`<mark>${text}</mark>` : html`${text}`
  })
}

/** A description of the API, its words of code as such. */
const prose = (text: string): SafeHtml[] =>
  text.split(/`([^`]*)`/).map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))

/** The first paragraph of a list's description, without the formats that a page offers as links. */
const introOf = ({ description }: Noun): string =>
  String(description.list.split('\n\n')[0]).replace(/ Also as [^.`]*`format=\w+`\./g, '')

const titles: Record<string, string> = { search: 'Search' }

/** A page of a list: its filters as a form, its items as a table, the way to the next page, and the same as files. */
export function listPage(page: ListPage, records: Records): PageText {
  const { list, noun, filters } = page
  const { name } = list
  const title = noun?.title ?? String(titles[name])
  const asked = Object.fromEntries(Object.entries(filters).map(([key, value]) => [key, String(value)]))
  const urlOf = (format: string) => hrefOf(name) + queryString({ ...asked, format })
  const isUnasked = Object.entries(list.filters).some(([name, { isRequired }]) => isRequired && !(name in asked))
  const { [list.pageSort === asked.sort ? 'sort' : '']: _, ...shown } = asked
  return {
    title: asked.q ? `${title}: ${asked.q}` : title,
    description:
      (noun && introOf(noun).replaceAll('`', '')) ??
      'Lines, agencies, forums, sessions, outcome documents and sources by their words.',
    path: hrefOf(name) + queryString(shown),
    ...(name === 'search' && ({ hasSearch: true, isHidden: true } as const)),
    main: html`<h1>${title}</h1>
${noun ? html`<p>${prose(introOf(noun))}</p>` : ''}
${filterForm(list, filters, records)}
${isUnasked ? '' : itemsOf(page, title, Object.keys(shown).length > 0, records)}`,
    files: formats
      .filter((format) => format.fits(list) && !['html', 'csv-bom', 'xlsx'].includes(format.name))
      .map(({ name, label }) => [label, urlOf(name)]),
    sources: [],
  }
}

/** The items, how many there are in all, and the way to the next page. */
function itemsOf(
  { site, list, noun, batches, total, links }: ListPage,
  title: string,
  isFiltered: boolean,
  records: Records,
): SafeHtml {
  const items: unknown[] = JSON.parse(`[${[...batches]}]`)
  const { name, many } = list
  const { head, cells, above, items: shown } = views[name as keyof typeof views] as View<unknown>
  const count = counted(total, noun?.one ?? many.replace(/s$/, ''), many)
  const shownItems = () =>
    shown
      ? shown(items)
      : recordTable(
          title,
          head(records),
          items.map((item) => cells(item, records)),
        )
  return html`${above && !isFiltered ? above(records) : ''}
<p role="status"><b>${count}</b>${items.length < total ? `, ${items.length} of them on this page` : ''}.</p>
${items.length > 0 ? shownItems() : html`<p>None in this selection. <a href="${hrefOf(name)}">Remove the filters</a></p>`}
${links.next ? html`<p><a class="button" href="${links.next.slice(site.base.length)}" rel="next">Next page</a></p>` : ''}`
}
