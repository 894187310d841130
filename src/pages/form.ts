import { html, type SafeHtml } from '@remix-run/html-template'
import type { List, Parameter } from '../nouns/noun.ts'
import type { Records } from '../store/records.ts'
import { capital, spaced, withYear } from './words.ts'

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

/** The filters that are set, in words: `Action line: C5, Forum: 2024`. */
export const filtersInWords = (filters: Record<string, string>): string =>
  Object.entries(filters)
    .filter(([name]) => !['q', 'sort'].includes(name))
    .map(([name, value]) => `${labelOf(name)}: ${value}`)
    .join(', ')

/** The choices for a filter; undefined if it is a text field. */
function optionsOf(name: string, { schema, names }: Parameter, records: Records): Option[] | undefined {
  if (names === 'action-lines') return records.all(names).map(({ id, title }) => [id, `${id} ${title}`])
  if (names === 'agencies') return records.all(names).map(({ id, acronym, name }) => [id, `${acronym}: ${name}`])
  if (names === 'sources') return records.all(names).map(({ id, title }) => [id, title])
  if (names === 'editions') return records.all(names).map(({ id, label }) => [id, label])
  if (name === 'forumYear')
    return records
      .all('forums')
      .map((forum): Option => [forum.id, withYear(forum)])
      .reverse()
  const types = names === 'session-types' ? records.sessions().flatMap(({ type }) => type ?? []) : undefined
  if (types) return [...new Set(types)].sort((a, b) => a.localeCompare(b, 'en')).map((type) => [type, type])
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
export function filterForm(
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
  const more = html`<details${isOpen ? html` open` : ''}><summary>More filters</summary><div>${fieldsOf(rest)}</div></details>`
  const form = html`<form action="/v1/${name}" class="filters" aria-label="Filters">${fieldsOf(wanted)}<p><button>Show</button></p>${rest.length > 0 ? more : ''}</form>`
  // Once filters are set, what they found comes first.
  if (filters.q || !Object.keys(asked).some((field) => field !== 'sort')) return form
  return html`<details class="asked"><summary>Change the filters</summary>${form}</details><p><a href="/v1/${name}">Remove the filters</a></p>`
}
