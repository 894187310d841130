import { html, type SafeHtml } from '@remix-run/html-template'
import { nouns } from '../nouns/index.ts'
import type { Records, Session, Source } from '../store/records.ts'

// The words of pages: for dates, sources and numbers of records.

const months = 'January February March April May June July August September October November December'.split(' ')

/** `18 November 2005`, `November 2005` or `2005`. */
export function dayText(date: string): string {
  const [year, month, day] = date.split('-')
  return [day && Number(day), month && months[Number(month) - 1], year].filter(Boolean).join(' ')
}

/** A date as an element; empty if it is unknown. */
export const day = (date: string | null): SafeHtml =>
  date ? html`<time datetime="${date}">${dayText(date)}</time>` : html``

/** The date of a document; without one, the range in which it was written. */
export function whenOf({ date, dateRange = null }: Pick<Source, 'date'> & Partial<Source>): SafeHtml | string {
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

/** The authority of a source in words. */
export const authorityWords: Record<Source['authority'], string> = {
  official: 'read where its author published it',
  copy: 'read in a copy of the document that is kept elsewhere',
  secondary: 'read in a secondary account, not in the document itself',
}

/** After the date of a source that was not read where its author published it: `, as given by a private wiki on GitHub`. */
export function givenBy({ authority, host }: Pick<Source, 'authority' | 'host'>): string {
  if (authority === 'official') return ''
  return authority === 'copy' ? ', read in a copy' : `, as given by ${host ?? 'an account by others'}`
}

/**
 * The source as the subject of a sentence, with the date of a statement if it differs: `The draft of 2005`, `“Media”
 * (19 May 2009)`.
 */
export function subjectOf(source: Source, records: Records, date = source.date): string {
  const { title, dateRange } = source
  const edition = records.byId('editions').get(source.id)
  // As in its label: the whole date where another list has the same year.
  const year = date && edition?.label.endsWith(date) ? dayText(date) : (date ?? dateRange?.to)?.slice(0, 4)
  if (edition?.status === 'draft') return `The draft of ${year}`
  if (edition?.status === 'adopted') return `The text adopted in ${year}`
  if (edition) return `The list of ${edition.role === 'contact' ? 'lead contacts' : `${edition.role}s`} of ${year}`
  const when = date ? dayText(date) : undatedText(dateRange)
  return title.includes(when) ? `“${title}”` : `“${title}” (${when})`
}

/** The parts of a citation that are known, with commas between them. */
export const cited = (...parts: (string | null)[]): string => parts.filter(Boolean).join(', ')

/**
 * A source as a citation: `Tunis Agenda, Annex, 18 November 2005, https://…; as given by a private wiki on GitHub,
 * https://…, read 6 April 2026`.
 */
export function sourceWords(source: Source, readIn = source.readIn): string {
  const { title, document, date, dateRange, authority, url, host, readOn } = source
  const known = cited(title, document, date ? dayText(date) : undatedText(dateRange), url)
  if (authority === 'official') return known
  const reader = host ?? (authority === 'copy' ? 'a copy that is not on the web' : 'an account by others')
  return `${known}; as given by ${cited(reader, readIn, readOn && `read ${dayText(readOn)}`)}`
}

/** The date and local times of a session or its document, as printed. */
export function timeOf(it: Pick<Session, 'start' | 'end' | 'utcOffset' | 'printedZone'>): string | null {
  if (it.start === null) return null
  const zone = it.utcOffset ? `UTC${it.utcOffset}` : 'local time, its offset was not printed'
  return cited(`${it.start}${it.end ? `–${it.end}` : ''}`, zone, it.printedZone && `printed as “${it.printedZone}”`)
}

/** The name of a forum, with its year if the name has none: `WSIS+20 Forum High-Level Event (2024)`. */
export const withYear = ({ id, name }: { id: string; name: string }): string =>
  name.includes(id) ? name : `${name} (${id})`

/** The text with a capital first letter. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** The records of a list in words, singular and plural. On pages, a coordination is called a statement. */
export function wordsOf(name: string): [one: string, many: string] {
  const { one = 'result', many = 'results' } = nouns.find((noun) => noun.name === name) ?? {}
  return name === 'coordinations' ? ['statement', 'statements'] : [one, many]
}

/** `1 session`, `2 sessions`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`
