import { html, type SafeHtml } from '@remix-run/html-template'
import type { List, Parameter } from '../nouns/noun.ts'
import type { Records } from './records.ts'

type Option = [value: string, label: string]

const labels: Record<string, string> = {
  q: 'Words',
  sdg: 'Sustainable Development Goal',
  sort: 'Order',
  asOf: 'Dated up to',
}

/** `forumYear` as a label: `Forum year`. */
const labelOf = (name: string): string =>
  labels[name] ??
  name
    .replace(/^./, (first) => first.toUpperCase())
    .replace(/[A-Z](?!$)/g, (letter, index) => (index === 0 ? letter : ` ${letter.toLowerCase()}`))

/** The values that a filter is chosen from; undefined if it is a text to be written. */
function optionsOf({ schema, names }: Parameter, records: Records): Option[] | undefined {
  if (names === 'action-lines') return records.all(names).map(({ id, title }) => [id, `${id} ${title}`])
  if (names === 'agencies') return records.all(names).map(({ id, name }) => [id, `${id}: ${name}`])
  if (names === 'sources') return records.all(names).map(({ id, title }) => [id, title])
  if (schema.type === 'boolean')
    return [
      ['true', 'yes'],
      ['false', 'no'],
    ]
  return schema.enum?.map((word: string): Option => [word, word])
}

function fieldOf(name: string, parameter: Parameter, value: string, records: Records): SafeHtml {
  const options = optionsOf(parameter, records)
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

/** The filters of a list as a form, filled with what was asked for. A field that is left empty asks for nothing. */
export function filterForm({ name, filters, sort }: List, asked: Record<string, unknown>, records: Records): SafeHtml {
  const fields = Object.entries({ ...filters, ...(sort && { sort: { schema: sort } }) })
  return html`<form action="/v1/${name}" class="filters" aria-label="Filters">${fields.map(([name, parameter]) =>
    fieldOf(name, parameter, String(asked[name] ?? ''), records),
  )}<p><button>Show</button> <a href="/${filters.q ? '' : `v1/${name}`}">Clear</a></p></form>`
}
