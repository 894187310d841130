import { html, type SafeHtml } from '@remix-run/html-template'
import { propertyWords } from '../nouns/change-summary.ts'
import type { Columns, Noun } from '../nouns/noun.ts'
import { hrefOf } from '../nouns/shapes.ts'
import type { Records } from '../store/records.ts'
import type { PageText } from './layout.ts'
import { capital, facts, isolated } from './parts.ts'

/** The presentation of a list on pages. */
export interface ListView<Item = never> {
  /** The introduction for people; that of the API if this is absent. */
  intro?: SafeHtml
  /** The names of the columns. */
  head(records: Records): string[]
  /** The cells of an item; the first one names it. */
  cells(item: Item, records: Records): (SafeHtml | string)[]
  /** Replaces the table. */
  items?(items: Item[]): SafeHtml
  /** Precedes the items of a list without filters. */
  above?(records: Records): SafeHtml
  /** The filters that are always visible; all others are collapsed. By default the first four. */
  firstFilters?: string[]
}

/** The presentation of a noun: its list, and the page of a record. */
export interface NounPage<Item = never> extends ListView<Item> {
  item(record: Item, records: Records): PageText
}

/** The default presentation of a noun: its CSV columns. */
export function plainPage({ name, one, columns }: Noun): NounPage {
  const cells = columns as unknown as Columns<{ id: string }>
  const head = Object.keys(cells).map((column) => capital(propertyWords(column)))
  const valuesOf = (record: { id: string }) => Object.values(cells).map((cell) => String(cell(record) ?? ''))
  return {
    head: () => head,
    cells(record: { id: string }) {
      const [, ...others] = valuesOf(record)
      return [html`<a href="${hrefOf(name, record.id)}">${isolated(record.id)}</a>`, ...others.map(isolated)]
    },
    item(record: { id: string }) {
      const own = hrefOf(name, record.id)
      return {
        title: `${capital(one)} ${record.id}`,
        description: `The ${one} ${record.id}.`,
        path: own,
        main: html`<p class="kind">${capital(one)}</p>
<h1>${isolated(record.id)}</h1>
${facts(valuesOf(record).map((value, index) => [String(head[index]), value]))}`,
        files: [
          ['JSON', `${own}?format=json`],
          ['CSV', `${hrefOf(name)}?id=${encodeURIComponent(record.id)}&format=csv`],
        ],
        sources: [],
      }
    },
  }
}
