import { html, type SafeHtml } from '@remix-run/html-template'
import { nouns } from '../nouns/index.ts'
import { hrefOf } from '../nouns/shapes.ts'
import type { Count, Link, Party, Records, Session, Source } from '../store/records.ts'

// Building blocks of pages. Every text of a record is inside <bdi>, so that right-to-left text and direction marks do
// not affect the text around it.

export const isolated = (text: string | number): SafeHtml => html`<bdi>${text}</bdi>`

/** A link to a record. */
export const to = ({ title, href }: Pick<Link, 'title' | 'href'>): SafeHtml =>
  html`<a href="${href}"><bdi>${title}</bdi></a>`

/** The short name of a record: the acronym that an agency itself uses, such as `UN DESA`, or the code of a line. */
export const shortName = ({ id, href }: Pick<Link, 'id' | 'href'>, records: Records): string =>
  href.startsWith(`${hrefOf('agencies')}/`) ? records.acronym(id) : id

/** A link to a record by its short name: `joined(agencies.map(short(records)))`. */
export const short =
  (records: Records) =>
  (link: Pick<Link, 'id' | 'href'>): SafeHtml =>
    html`<a href="${link.href}"><bdi>${shortName(link, records)}</bdi></a>`

/** True of a sub-line, whose code says its title: `C7.e-health`. */
export const repeats = ({ id, title }: Pick<Link, 'id' | 'title'>): boolean =>
  id.toLowerCase().endsWith(`.${title.toLowerCase()}`)

/** A link to a record by its short name, followed by its title. */
export const full =
  (records: Records) =>
  (link: Link): SafeHtml =>
    repeats(link) ? short(records)(link) : html`${short(records)(link)} <small><bdi>${link.title}</bdi></small>`

/** An external URL: a link if it is http or https, otherwise text. */
export function toOther(url: string, text = url): SafeHtml {
  return /^https?:\/\//i.test(url) ? html`<a href="${url}" rel="external"><bdi>${text}</bdi></a>` : isolated(text)
}

export function joined(parts: (SafeHtml | string)[], separator: SafeHtml | string = ', '): SafeHtml {
  return html`${parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part]))}`
}

const months = 'January February March April May June July August September October November December'.split(' ')

/** `18 November 2005`, `November 2005` or `2005`. */
export function dayText(date: string): string {
  const [year, month, day] = date.split('-')
  return [day && Number(day), month && months[Number(month) - 1], year].filter(Boolean).join(' ')
}

export const day = (date: string): SafeHtml => html`<time datetime="${date}">${dayText(date)}</time>`

/** `13 March 2023 to 17 March 2023`. */
export const daysOf = (from: string, to: string): SafeHtml => html`${day(from)} to ${day(to)}`

/** Pairs of label and value; pairs without a value are omitted. */
export function facts(pairs: [label: string, value: SafeHtml | string | number | null][]): SafeHtml {
  const known = pairs.filter(([, value]) => value !== null && String(value) !== '')
  return html`<dl>${known.map(
    ([label, value]) =>
      html`<div><dt>${label}</dt><dd>${typeof value === 'object' ? value : isolated(String(value))}</dd></div>`,
  )}</dl>`
}

/** A list; empty without items. */
export const list = (items: SafeHtml[]): SafeHtml =>
  items.length > 0 ? html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>` : html``

/** A table with a row header in each row. On a narrow screen it becomes a list of labels and values. */
export function recordTable(caption: string, head: string[], rows: (SafeHtml | string)[][]): SafeHtml {
  return html`<table class="stacked"><caption>${caption}</caption>
<thead><tr>${head.map((one) => html`<th scope="col">${one}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([first, ...others]) =>
      html`<tr><th scope="row">${first}</th>${others.map((cell, index) => html`<td data-label="${head[index + 1]}">${cell}</td>`)}</tr>
`,
  )}</tbody></table>`
}

/** A part of a list, and a link to the complete list. */
export function newestOf({ total, href }: Count, items: SafeHtml[]): SafeHtml {
  if (total === 0) return html`<p>None in this selection.</p>`
  return html`${list(items)}<p><a href="${href}">${total === items.length ? 'As a list' : `All ${total}`}</a></p>`
}

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }
/** The text of an escaped text. */
export const unescaped = (text: string): string =>
  text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => String(entities[entity]))

/** The text of a piece of HTML. */
export const textOf = (content: SafeHtml): string => unescaped(String(content).replace(/<[^>]*>/g, ''))

/** The links of a list that another list lacks. */
export const without = (links: readonly Link[], others: readonly Link[]): Link[] =>
  links.filter(({ id }) => !others.some((other) => other.id === id))

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** The records of a list in words, singular and plural. On pages, a coordination is called a statement. */
export function wordsOf(name: string): [one: string, many: string] {
  const { one = 'result', many = 'results' } = nouns.find((noun) => noun.name === name) ?? {}
  return name === 'coordinations' ? ['statement', 'statements'] : [one, many]
}

/** `1 session`, `2 sessions`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`

/** A section; empty without content. */
export const section = (title: string, id: string, content: SafeHtml | string): SafeHtml =>
  String(content) === ''
    ? html``
    : html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${content}</section>
`

const authorities: Record<string, string> = {
  official: 'read where its author published it',
  copy: 'read in a copy of the document that is kept elsewhere',
  secondary: 'read in a secondary account, not in the document itself',
}
/** The authority of a source in words. */
export const authorityWords = (authority: string): string => String(authorities[authority])

/** After the date of a source that was not read where its author published it: `, as given by a private wiki on GitHub`. */
export function givenBy({ authority, host }: Pick<Source, 'authority' | 'host'>): string {
  if (authority === 'official') return ''
  return authority === 'copy' ? ', read in a copy' : `, as given by ${host ?? 'an account by others'}`
}

/** The date of a document; without one, the range in which it was written. */
export function whenOf({ date, dateRange }: Pick<Source, 'date' | 'dateRange'>): SafeHtml | string {
  return date ? day(date) : undatedText(dateRange)
}

/** `undated, from pages of 2006 to 2021`, `undated, from 2005`, `undated, captured by 19 December 2015`. */
function undatedText(range: Source['dateRange']): string {
  const { from, to } = range ?? {}
  const [first, last] = [from?.slice(0, 4), to?.slice(0, 4)]
  if (from && to && first === last) return `undated, from ${first}`
  if (from && to) return `undated, from pages of ${first} to ${last}`
  if (from) return `undated, from ${dayText(from)} or later`
  return to ? `undated, from ${dayText(to)} or earlier` : 'undated'
}

/**
 * The source as the subject of a sentence, with the date of a statement if it differs: `The draft of 2005`, `“Media”
 * (19 May 2009)`.
 */
export function subjectOf(source: Source, records: Records, date = source.date): string {
  const { title, dateRange } = source
  const edition = records.all('editions').find(({ source: { id } }) => id === source.id)
  const year = (date ?? dateRange?.to)?.slice(0, 4)
  if (edition?.status === 'draft') return `The draft of ${year}`
  if (edition?.status === 'adopted') return `The text adopted in ${year}`
  if (edition) return `The list of ${edition.role === 'contact' ? 'lead contacts' : `${edition.role}s`} of ${year}`
  const when = date ? dayText(date) : undatedText(dateRange)
  return title.includes(when) ? `“${title}”` : `“${title}” (${when})`
}

/** The name of a forum, with its year if the name has none: `WSIS+20 Forum High-Level Event (2024)`. */
export const withYear = ({ id, name }: { id: string; name: string }): string =>
  name.includes(id) ? name : `${name} (${id})`

/** A word of a closed list in words: `focal point`, `co-facilitator`. */
export const spaced = (word: string): string => word.replace(/(?<!^co)-/g, ' ')

export const partyOf = ({ name, agency }: Party): SafeHtml =>
  agency ? html`<a href="${agency.href}"><bdi>${name}</bdi></a>` : isolated(name)

/** The date and local times of a session or its document, as printed. */
export function timeOf(it: Pick<Session, 'start' | 'end' | 'utcOffset' | 'printedZone'>): string | null {
  if (it.start === null) return null
  const zone = it.utcOffset ? `UTC${it.utcOffset}` : 'local time, its offset was not printed'
  return [`${it.start}${it.end ? `–${it.end}` : ''}`, zone, it.printedZone && `printed as “${it.printedZone}”`]
    .filter(Boolean)
    .join(', ')
}

/**
 * A source as a citation: `Tunis Agenda, Annex, 18 November 2005, https://…; as given by a private wiki on GitHub,
 * https://…, read 6 April 2026`.
 */
export function sourceWords(source: Source, readIn = source.readIn): string {
  const { title, document, date, dateRange, authority, url, host, readOn } = source
  const cited = [title, document, date ? dayText(date) : undatedText(dateRange), url].filter(Boolean).join(', ')
  if (authority === 'official') return cited
  const read = [
    host ?? (authority === 'copy' ? 'a copy that is not on the web' : 'an account by others'),
    readIn,
    readOn && `read ${dayText(readOn)}`,
  ]
  return `${cited}; as given by ${read.filter(Boolean).join(', ')}`
}
