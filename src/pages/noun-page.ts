import { html, type SafeHtml } from '@remix-run/html-template'
import { propertyWords } from '../nouns/change-summary.ts'
import { cellIn } from '../nouns/columns.ts'
import type { Columns, Noun } from '../nouns/noun.ts'
import { hrefOf, linkTo } from '../nouns/shapes.ts'
import type { Records } from '../store/records.ts'
import { to } from './links.ts'
import { type Column, type Content, facts, isolated, type NamedHref, type PageText } from './parts.ts'
import { capital } from './words.ts'

/** The presentation of a list on pages. */
export interface ListView<Item = never> {
  /** The introduction for people; that of the API if this is absent. */
  intro?: SafeHtml
  /** The columns of the table; the first one names the item. */
  columns(records: Records): Column<Item>[]
  /** Replaces the table. */
  items?(items: Item[]): SafeHtml
  /** Precedes the items of a list without filters. */
  above?(records: Records): SafeHtml
  /** The filters that are always visible; all others are collapsed. By default the first four. */
  firstFilters?: string[]
}

/** The content of the page of a record. Its path and its files as JSON and CSV follow from its id, unless given. */
export interface RecordText extends Omit<PageText, 'path'> {
  path?: string
  /** The kind of record, above the heading. */
  kind: Content
  /** The title by default. */
  heading?: Content
  /** The files beside JSON and CSV. */
  moreFiles?: NamedHref[]
}

/** The presentation of a noun: its list, and the page of a record. */
export interface NounPage<Item = never> extends ListView<Item> {
  record(record: Item, records: Records): RecordText
}

/** The page of a record. */
export function recordPage(name: string, id: string, text: RecordText): PageText {
  const { kind, heading = isolated(text.title), main, moreFiles = [], ...rest } = text
  const path = hrefOf(name, id)
  const ownCsv = `${hrefOf(name)}?id=${path.split('/').at(-1)}&format=csv`
  return {
    path,
    id,
    files: [['JSON', `${path}?format=json`], ['CSV', ownCsv], ...moreFiles],
    ...rest,
    main: html`<p class="kind">${kind}</p>
<h1>${heading}</h1>
${main}`,
  }
}

/** The default presentation of a noun: its CSV columns. */
export function plainPage({ name, one, columns }: Noun): NounPage {
  type Identified = { id: string }
  const texts = Object.entries(columns as unknown as Columns<Identified>).map(
    ([name, column]) =>
      [capital(propertyWords(name)), (record: Identified) => String(cellIn(column, record) ?? '')] as const,
  )
  return {
    columns: () => [
      ['Id', ({ id }: Identified) => to(linkTo(name, id, id))],
      ...texts.slice(1).map(([heading, text]) => [heading, (record: Identified) => isolated(text(record))] as const),
    ],
    record: (record: Identified) => ({
      title: `${capital(one)} ${record.id}`,
      description: `The ${one} ${record.id}.`,
      kind: capital(one),
      heading: isolated(record.id),
      main: facts(texts.map(([heading, text]) => [heading, text(record)])),
    }),
  }
}
