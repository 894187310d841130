import { html, type SafeHtml } from '@remix-run/html-template'
import type { Count, Records } from '../store/records.ts'

// Building blocks of pages. Every text of a record is inside <bdi>, so that right-to-left text and direction marks do
// not affect the text around it.

/** A link as its text and its target. */
export type NamedHref = [name: string, href: string]

/** The content of an element: HTML, or a text that is escaped. */
export type Content = SafeHtml | string

/** A column of a table: its heading, and its cell for an item. */
export type Column<Item> = readonly [heading: string, cell: (item: Item) => Content]

/** The content of a page, without the parts that all pages share. */
export interface PageText {
  title: string
  /** One sentence for search engines and link previews. */
  description: Content
  /** Its path. */
  path: string
  /** The id of its record. */
  id?: string
  /** The parent page, unless it is the list at the start of its path. */
  under?: NamedHref
  main: SafeHtml
  /** The same content as data: the name and URL of each file. A page without files cannot be cited. */
  files?: NamedHref[]
  /** The source documents, in words with date and URL. */
  sources?: string[]
  /** The part of it that is printed, if not all: `3 of 114 statements`. */
  printed?: string
  /** Its subject in terms of schema.org; a property that is null or empty is omitted. */
  about?: object
  /** Set if the page has a search field in its content. */
  hasSearch?: true
  /** Set if search engines must not index the page. */
  isHidden?: true
}

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

/** A text of a record. */
export const isolated = (text: Content | number): SafeHtml => html`<bdi>${text}</bdi>`

/** Parts with a separator between them. */
export function joined(parts: Content[], separator: Content = ', '): SafeHtml {
  return html`${parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part]))}`
}

/** Pairs of label and value; pairs without a value are omitted. */
export function facts(pairs: [label: string, value: Content | number | null][]): SafeHtml {
  const known = pairs.filter(([, value]) => value !== null && String(value) !== '')
  return html`<dl>${known.map(
    ([label, value]) =>
      html`<div><dt>${label}</dt><dd>${typeof value === 'object' ? value : isolated(String(value))}</dd></div>`,
  )}</dl>`
}

/** A list; empty without items. */
export const list = (items: Content[]): SafeHtml =>
  items.length > 0 ? html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>` : html``

/**
 * A table with a row header in each row; empty without items. On a narrow screen it becomes a list of labels and values.
 */
export function recordTable<Item>(caption: string, items: Item[], [first, ...others]: Column<Item>[]): SafeHtml {
  if (!first || items.length === 0) return html``
  return html`<table class="stacked"><caption>${caption}</caption>
<thead><tr>${[first, ...others].map(([heading]) => html`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>${items.map(
    (item) =>
      html`<tr><th scope="row">${first[1](item)}</th>${others.map(([heading, cell]) => html`<td data-label="${heading}">${cell(item)}</td>`)}</tr>
`,
  )}</tbody></table>`
}

/** A section; empty without content. */
export const section = (title: string, id: string, content: Content): SafeHtml =>
  String(content) === ''
    ? html``
    : html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${content}</section>
`

/** A part that is shown on request, unless it is open at first; empty without content. */
export const collapsed = (summary: Content, content: Content, isOpen = false): SafeHtml =>
  String(content) === ''
    ? html``
    : html`<details${isOpen ? html` open` : ''}><summary>${summary}</summary>${content}</details>`

/** A part of a list, and a link to the complete list. */
export function newestOf({ total, href }: Count, items: SafeHtml[]): SafeHtml {
  if (total === 0) return html`<p>None in this selection.</p>`
  return html`${list(items)}<p><a href="${href}">${total === items.length ? 'As a list' : `All ${total}`}</a></p>`
}

/** The answer of a page, its first sentence in large type. */
export const answered = ([first, ...others]: SafeHtml[]): SafeHtml => html`<p class="answer">${first}</p>
${others.map((sentence) => html`<p>${sentence}</p>`)}`

/** The search field: a plain form, with suggestions added by the script. */
export function searchForm(label = 'Search lines, agencies, sessions and documents'): SafeHtml {
  return html`<form role="search" action="/v1/search" class="search"><label for="q">${label}</label>
<div><input id="q" name="q" type="search" required maxlength="200" autocomplete="off" value=""><button>Search</button></div></form>`
}
