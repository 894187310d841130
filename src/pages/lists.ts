import { html, type SafeHtml } from '@remix-run/html-template'
import { dataFormats } from '../formats/data-formats.ts'
import { fits, type ListPage } from '../formats/format.ts'
import { queryString } from '../http/query.ts'
import { isNoun, type List, type Noun, type Parameter } from '../nouns/noun.ts'
import { hrefOf } from '../nouns/shapes.ts'
import type { Link, Records } from '../store/records.ts'
import { spaced } from '../vocabulary.ts'
import { shortName, to } from './links.ts'
import { collapsed, isolated, type ListView, type PageText, recordTable } from './parts.ts'
import { capital, counted, withYear, wordsOf } from './words.ts'

interface Hit extends Link {
  kind: string
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
  const { list, filters } = page
  const { name, title } = list
  const noun = isNoun(list) ? list : undefined
  const given = Object.fromEntries(Object.entries(filters).map(([key, value]) => [key, String(value)]))
  const lacksRequired = Object.entries(list.filters).some(([key, { isRequired }]) => isRequired && !(key in given))
  const { [list.pageSort === given.sort ? 'sort' : '']: _, ...shown } = given
  return {
    title: `${title}${given.q ? `: ${given.q}` : ''}${filtersInWords(shown)}`,
    description:
      (noun && introOf(noun).replaceAll('`', '')) ??
      'Lines, agencies, forums, sessions, outcome documents and sources by their words.',
    path: hrefOf(name) + queryString(shown),
    ...(!noun && ({ hasSearch: true, isHidden: true } as const)),
    main: html`<h1>${title}</h1>
${noun ? html`<p>${view.intro ?? prose(introOf(noun))}</p>` : ''}
${filterForm(list, filters, view.firstFilters, records)}
${lacksRequired ? '' : itemsOf(page, view, shown, records)}`,
    files: dataFormats
      .filter((format) => fits(format, list) && !lacksRequired && format.name !== 'xlsx')
      .map((format) => [format.label, hrefOf(name) + queryString({ ...given, format: format.name })]),
  }
}

/** The items, their total, and a link to the next page. */
function itemsOf(page: ListPage, view: ListView, shown: Record<string, string>, records: Records): SafeHtml {
  const { site, list, total, links } = page
  const items: never[] = JSON.parse(`[${[...page.batches]}]`)
  const above = Object.keys(shown).length > 0 ? '' : view.above?.(records)
  const none = html`<p>${list.emptyNote ?? html`None in this selection. <a href="${hrefOf(list.name)}">Remove the filters</a>`}</p>`
  const all = view.items?.(items) ?? recordTable(list.title, items, view.columns(records))
  return html`${above}
<p role="status"><b>${counted(total, ...wordsOf(list.name))}</b>${filtersInWords(shown)}${items.length < total ? `, ${items.length} of them on this page` : ''}.</p>
${items.length > 0 ? all : none}
${links.next ? html`<p><a class="button" href="${links.next.slice(site.base.length)}" rel="next">Next page</a></p>` : ''}`
}

type Option = [value: string, label: string]

const labels: Record<string, string> = {
  q: 'Words',
  sdg: 'Sustainable Development Goal',
  sort: 'Order',
  asOf: 'Dated up to',
  forumYear: 'Forum',
  hasOutcome: 'With outcome document',
  actionLine: 'Action line',
  noun: 'List',
  since: 'After dataset',
}

/** The labels of `sort` values. */
const orders: Record<string, string> = { date: 'oldest first', '-date': 'newest first' }

/** `recordId` as a label: `Record id`. */
const labelOf = (name: string): string =>
  labels[name] ?? capital(name.replace(/[A-Z](?!$)/g, (letter) => ` ${letter.toLowerCase()}`))

/** The filters that are set, in words: ` (Action line: C5, Forum: 2024)`; empty without any. */
function filtersInWords(filters: Record<string, string>): string {
  const words = Object.entries(filters)
    .filter(([name]) => !['q', 'sort'].includes(name))
    .map(([name, value]) => `${labelOf(name)}: ${value}`)
  return words.length > 0 ? ` (${words.join(', ')})` : ''
}

/** The choices for a filter; undefined if it is a text field. */
function optionsOf(name: string, { schema, names }: Parameter, records: Records): Option[] | undefined {
  if (names === 'action-lines') return records.all(names).map(({ id, title }) => [id, `${id} ${title}`])
  if (names === 'agencies') return records.all(names).map(({ id, acronym, name }) => [id, `${acronym}: ${name}`])
  if (names === 'sources') return records.all(names).map(({ id, title }) => [id, title])
  if (names === 'editions') return records.all(names).map(({ id, label }) => [id, label])
  if (name === 'forumYear')
    return Array.from(records.all('forums').toReversed(), (forum) => [forum.id, withYear(forum)])
  if (names === 'session-types') {
    const types = new Set(records.sessions().flatMap(({ type }) => type ?? []))
    return [...types].sort((a, b) => a.localeCompare(b, 'en')).map((type) => [type, type])
  }
  if (schema.type === 'boolean') return Object.entries({ true: 'yes', false: 'no' })
  return schema.enum?.map((word: string): Option => [word, orders[word] ?? spaced(word)])
}

function fieldOf(name: string, parameter: Parameter, value: string, records: Records): SafeHtml {
  const options = optionsOf(name, parameter, records)
  const { schema } = parameter
  const id = `filter-${name}`
  const required = parameter.isRequired ? html` required` : ''
  const field = options
    ? html`<select id="${id}" name="${name}"><option value="">any</option>${options.map(
        ([one, label]) =>
          html`<option value="${one}"${one === value ? html` selected` : ''}>${shortened(label)}</option>`,
      )}</select>`
    : html`<input id="${id}" name="${name}" value="${value}"${schema.type === 'integer' ? html` inputmode="numeric"` : ''}${required} placeholder="such as ${schema.examples[0]}">`
  return html`<p><label for="${id}">${labelOf(name)}</label>${field}</p>`
}

const shortened = (label: string) => label.replace(/^(.{60}).+/su, '$1…')

/** The filters of a list as a form with their current values. An empty field means no filter. */
function filterForm(
  { name, filters, sort }: List,
  asked: Record<string, unknown>,
  wanted = Object.keys(filters).slice(0, 4),
  records: Records,
): SafeHtml {
  const all: Record<string, Parameter> = { ...filters, ...(sort && { sort: { schema: sort } }) }
  const fieldsOf = (some: string[]) =>
    some.map((field) => fieldOf(field, all[field] as Parameter, String(asked[field] ?? ''), records))
  const rest = Object.keys(all).filter((field) => !wanted.includes(field))
  const isOpen = rest.some((field) => field in asked && field !== 'sort')
  const more = rest.length > 0 ? html`<div>${fieldsOf(rest)}</div>` : ''
  const form = html`<form action="/v1/${name}" class="filters" aria-label="Filters">${fieldsOf(wanted)}<p><button>Show</button></p>${collapsed('More filters', more, isOpen)}</form>`
  // Once filters are set, what they found comes first.
  if (filters.q || !Object.keys(asked).some((field) => field !== 'sort')) return form
  return html`<details class="asked"><summary>Change the filters</summary>${form}</details><p><a href="/v1/${name}">Remove the filters</a></p>`
}
