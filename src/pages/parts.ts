import { html, type SafeHtml } from '@remix-run/html-template'
import type { Count } from '../store/records.ts'

// Building blocks of pages. Every text of a record is inside <bdi>, so that right-to-left text and direction marks do
// not affect the text around it.

/** The content of an element: HTML, or a text that is escaped. */
export type Content = SafeHtml | string

export const isolated = (text: Content | number): SafeHtml => html`<bdi>${text}</bdi>`

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

/** A column of a table: its heading, and its cell for an item. */
export type Column<Item> = readonly [heading: string, cell: (item: Item) => Content]

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

/** A part of a list, and a link to the complete list. */
export function newestOf({ total, href }: Count, items: SafeHtml[]): SafeHtml {
  if (total === 0) return html`<p>None in this selection.</p>`
  return html`${list(items)}<p><a href="${href}">${total === items.length ? 'As a list' : `All ${total}`}</a></p>`
}

/** One or more sentences. */
export type Sentences = [SafeHtml, ...SafeHtml[]]

/** The answer of a page, its first sentence in large type. */
export const answered = ([first, ...others]: Sentences): SafeHtml => html`<p class="answer">${first}</p>
${others.map((sentence) => html`<p>${sentence}</p>`)}`

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }
/** The text of a piece of HTML. */
export const textOf = (content: SafeHtml): string =>
  String(content)
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => String(entities[entity]))
