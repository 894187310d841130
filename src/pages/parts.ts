import { html, type SafeHtml } from '@remix-run/html-template'
import type { Edition, LineEdition, Link, Party, Records, Report, Source } from './records.ts'

// The small pieces that pages are made of. Every text of a record is inside <bdi>, so that a title that is written from
// right to left, or that holds marks of direction, moves nothing around it.

export const nothing = html``

export const isolated = (text: string | number): SafeHtml => html`<bdi>${text}</bdi>`

/** A link to a record. */
export const to = ({ title, href }: Pick<Link, 'title' | 'href'>): SafeHtml =>
  html`<a href="${href}"><bdi>${title}</bdi></a>`

/** A link to a record by its id, which is short; its title is what the link is called by. */
export const toId = ({ id, title, href }: Link): SafeHtml =>
  html`<a href="${href}"><bdi>${id}</bdi></a> <small><bdi>${title}</bdi></small>`

/** An agency in a sentence: its id, which is its acronym. */
export const toAgency = ({ id, href }: Link): SafeHtml => html`<a href="${href}"><bdi>${id}</bdi></a>`

/** An address of others: a link if it is one of the web, else a text. */
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

/** Label and value in pairs; a pair without a value is left out. */
export function facts(pairs: [label: string, value: SafeHtml | string | number | null][]): SafeHtml {
  const known = pairs.filter(([, value]) => value !== null && String(value) !== '')
  return html`<dl>${known.map(
    ([label, value]) =>
      html`<div><dt>${label}</dt><dd>${typeof value === 'object' ? value : isolated(String(value))}</dd></div>`,
  )}</dl>`
}

export const list = (items: SafeHtml[]): SafeHtml => html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`

/** A table that scrolls sideways within itself on a narrow screen, and by keyboard. */
export function table(caption: string, head: string[], rows: SafeHtml[]): SafeHtml {
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table><caption>${caption}</caption>
<thead><tr>${head.map((one) => html`<th scope="col">${one}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>`
}

export function section(title: string, id: string, content: SafeHtml): SafeHtml {
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${content}</section>
`
}

const authorities: Record<string, string> = {
  official: 'read where its author published it',
  copy: 'read in a copy of the document that is kept elsewhere',
  secondary: 'read in a secondary account, not in the document itself',
}
/** Where a source was read, in words. */
export const authorityWords = (authority: string): string => String(authorities[authority])

/** `Draft 2005`, `Adopted 2005`, `List 2026`. */
export function editionLabel({ status, date }: Pick<Edition | LineEdition, 'status' | 'date'>): string {
  return [status.charAt(0).toUpperCase() + status.slice(1), date?.slice(0, 4)].filter(Boolean).join(' ')
}

/** When an edition was written: its date, or the range if its source has no date. */
export function whenOf({ date, source }: Pick<Edition, 'date' | 'source'>, records: Records): SafeHtml {
  const range = records.one('sources', source.id).dateRange
  if (range?.from && range.to) return html`written between ${day(range.from)} and ${day(range.to)}`
  return day(String(date))
}

/** A word of a closed list as a text: `focal point`, `co-facilitator`. */
export const spaced = (word: string): string => word.replace(/(?<!^co)-/g, ' ')

export const partyOf = ({ name, agency }: Party): SafeHtml =>
  agency ? html`<a href="${agency.href}"><bdi>${name}</bdi></a>` : isolated(name)

/** When a session or its document was: the local times as printed. */
export function timeOf(it: {
  start: string | null
  end: string | null
  utcOffset: string | null
  printedZone: string | null
}): string | null {
  if (it.start === null) return null
  const zone = it.utcOffset ? `UTC${it.utcOffset}` : 'local time, its offset was not printed'
  return [`${it.start}${it.end ? `–${it.end}` : ''}`, zone, it.printedZone && `printed as “${it.printedZone}”`]
    .filter(Boolean)
    .join(', ')
}

/** What later documents say as a time line, oldest first; `about` is the agency or the line. */
export function timeLine(reports: (Report & { about: SafeHtml })[]): SafeHtml {
  if (reports.length === 0) return html`<p>No later document that was read says anything.</p>`
  return html`<ol class="time">${reports.map(
    ({ about, role, appointment, date, dateBasis, source, href }) => html`<li><span class="when">${
      date ? day(date) : 'no date'
    }</span> <span>${about}: <a href="${href}">${spaced(role)}</a>${appointment ? '' : ' (not an appointment)'}<br><small>${to(source)}${
      dateBasis === 'source' ? ' (the date is that of the source)' : ''
    }</small></span></li>
`,
  )}</ol>
<p class="note">Reports are partial: silence in them means nothing. <a href="/v1/coordinations">All statements</a></p>`
}

/** `Tunis Agenda, Annex (18 November 2005, https://…)`. */
export function sourceWords({ title, date, url, readIn }: Pick<Source, 'title' | 'date' | 'url' | 'readIn'>): string {
  const about = [date && dayText(date), url, readIn && `read in ${readIn}`].filter(Boolean)
  return about.length > 0 ? `${title} (${about.join(', ')})` : title
}
