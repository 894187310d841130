import { html, type SafeHtml } from '@remix-run/html-template'
import type { Agency, Edition, Line, LineEdition, Link, Records } from '../store/records.ts'
import { capital, dayText, spaced, subjectOf } from './parts.ts'

// Sentences generated from records. Each states only what a document says, with its kind and date.

/** A text with the agencies in it as links. */
export type Sentence = (string | Link)[]

/** True for a name in the plural, such as `UN Regional Commissions`; false for an acronym. */
const isPlural = (acronym: string) => /[a-z]s$/.test(acronym)

/** An agency in running text: `UN DESA`, `the UN Regional Commissions`. */
export function nameOf(id: string, records: Records): string {
  const acronym = records.acronym(id)
  return isPlural(acronym) ? `the ${acronym}` : acronym
}

/** A sentence as a text. */
export const textOf = (sentence: Sentence, records: Records): string =>
  capital(sentence.map((part) => (typeof part === 'string' ? part : nameOf(part.id, records))).join(''))

/** A sentence with links. */
export function htmlOf(sentence: Sentence, records: Records): SafeHtml {
  return html`${sentence.map((part, index) => {
    if (typeof part === 'string') return index === 0 ? capital(part) : part
    const name = nameOf(part.id, records)
    const article = name.startsWith('the ') ? (index === 0 ? 'The ' : 'the ') : ''
    return html`${article}<a href="${part.href}"><bdi>${name.slice(article.length)}</bdi></a>`
  })}`
}

/** `ITU, UNDP and the UN Regional Commissions`. */
const listed = (links: readonly Link[]): Sentence =>
  links.flatMap((link, index) => {
    const before = index === 0 ? [] : [index === links.length - 1 ? ' and ' : ', ']
    return [...before, link]
  })

/** The month of a date for a sentence: `April 2026`, `2005`. */
const monthOf = (date: string) => dayText(date.slice(0, 7))

const isSame = (one: readonly Link[], other: readonly Link[]) =>
  one.length === other.length && one.every(({ id }) => other.some((link) => link.id === id))

const yearOf = ({ date, dateRange }: Pick<Edition, 'date' | 'dateRange'>) => (date ?? dateRange?.to ?? '').slice(0, 4)

/** The role of an edition for this number of agencies: `facilitators`, `coordinator`. */
const roleFor = (role: string, { length }: readonly Link[]) => (length === 1 ? role : `${role}s`)

/**
 * Who coordinates a line, in sentences: the current list and the earlier text that agrees with it, the contacts, the
 * newest later report, and contradictions between documents. Empty for C7, whose sub-lines have the agencies.
 */
export function answerOf(line: Line, records: Records): Sentence[] {
  const { current } = line
  if (!current) return []
  const isOld = current.status !== 'list'
  return [
    isOld ? oldAnswer(line, current, records) : currentAnswer(line, current, records),
    ...contactsOf(current),
    ...newestReport(line, records),
    ...disagreements(line),
  ]
}

/**
 * A line that is in no current list: `The draft of 2005 names ECOSOC and ITU as coordinators of B. No later edition has
 * this line.`
 */
function oldAnswer(line: Line, { edition, role, agencies }: LineEdition, records: Records): Sentence {
  const subject = subjectOf(records.source(edition.id), records)
  return [
    `${subject} names `,
    ...listed(agencies),
    ` as ${roleFor(role, agencies)} of ${line.id}. No later edition has this line.`,
  ]
}

/** `ITU and UNESCO are listed as facilitators of C3 (April 2026), as in the text adopted in 2005.` */
function currentAnswer(line: Line, { edition, role, date, agencies }: LineEdition, records: Records): Sentence {
  const verb = agencies.length === 1 ? 'is' : 'are'
  const adopted = line.editions.find(({ status }) => status === 'adopted')
  const year = adopted && yearOf(records.edition(adopted.edition.id))
  const beside: Sentence = !adopted
    ? ['.']
    : isSame(adopted.agencies, agencies)
      ? [`, as in the text adopted in ${year}.`]
      : [`; the text adopted in ${year} names `, ...listed(adopted.agencies), '.']
  const when = date ? ` (${monthOf(date)})` : ''
  return edition
    ? [...listed(agencies), ` ${verb} listed as ${roleFor(role, agencies)} of ${line.id}${when}`, ...beside]
    : []
}

function contactsOf({ contacts }: NonNullable<Line['current']>): Sentence[] {
  if (!contacts || contacts.agencies.length === 0) return []
  const what = contacts.agencies.length > 1 ? 'The lead contacts are at ' : 'The lead contact is at '
  return [[what, ...listed(contacts.agencies), '.']]
}

/**
 * The newest dated report that names responsible agencies, if it is later than the adopted text, with all agencies that
 * it names in the same role as the first: `The newest dated report, “…” (2014), names UNEP and ITU as co-facilitators.`
 */
function newestReport({ id, editions, reports }: Line, records: Records): Sentence[] {
  const adopted = editions.find(({ status }) => status === 'adopted')?.date ?? ''
  const dated = reports.filter(({ appointment, date }) => appointment && date !== null && date > adopted)
  const newest = dated.at(-1)
  if (!newest) return []
  const same = dated.filter(({ date, source }) => source.id === newest.source.id && date === newest.date)
  const subject = subjectOf(records.source(newest.source.id), records, newest.date)
  const named = [...Map.groupBy(same, ({ role }) => role)].flatMap(([role, of], index): Sentence => {
    const agencies = of.map(({ agency }) => agency)
    return [index === 0 ? '' : ', ', ...listed(agencies), ` as ${roleFor(spaced(role), agencies)}`]
  })
  const isAlone = dated.every(({ date, source }) => date !== newest.date || source.id === newest.source.id)
  const report = isAlone ? 'The newest dated report' : 'One of the newest dated reports'
  return [[`${report}, ${subject}, names `, ...named, ` of ${id}.`]]
}

/**
 * The agencies named as responsible in reports but in no edition, and the reports that call one agency the sole one.
 */
function disagreements({ id, editions, current, reports }: Line): Sentence[] {
  const inEditions = editions
    .filter(({ role }) => role !== 'contact')
    .flatMap(({ agencies }) => agencies.map((one) => one.id))
  const responsible = reports.filter(({ appointment }) => appointment)
  const others = [...new Map(responsible.map(({ agency }) => [agency.id, agency])).values()].filter(
    (one) => !inEditions.includes(one.id),
  )
  const sole = responsible.filter(({ roleAsWorded }) => /\bsole\b/i.test(roleAsWorded ?? ''))
  const soleAgencies = [...new Map(sole.map(({ agency }) => [agency.id, agency])).values()]
  const count = (length: number) => (length === 1 ? 'one report calls ' : `${length} reports call `)
  return [
    ...(others.length > 0
      ? [['Documents disagree: reports name ', ...listed(others), ` as responsible for ${id}, but no edition does.`]]
      : []),
    ...(soleAgencies.length > 0 && current && current.agencies.length > 1
      ? [
          [
            `${others.length > 0 ? 'Also, ' : 'Documents disagree: '}${count(sole.length)}`,
            ...listed(soleAgencies),
            ` the sole facilitator of ${id}, but the editions name others.`,
          ],
        ]
      : []),
  ]
}

/** The changes from the draft to the newest edition of a line; undefined if they are the same edition. */
export function changeOf({ editions, current }: Line): { added: Link[]; removed: Link[] } | undefined {
  const [draft] = editions
  if (!current || !draft || draft.edition.id === current.edition.id) return undefined
  const without = (some: readonly Link[], others: readonly Link[]) =>
    some.filter(({ id }) => !others.some((one) => one.id === id))
  return { added: without(current.agencies, draft.agencies), removed: without(draft.agencies, current.agencies) }
}

/**
 * `ITU is listed as facilitator of 15 lines (April 2026) and as lead contact for 7; the draft of 2005 names it for 3 lines
 * that no later edition has.`
 */
export function answerOn(agency: Agency, records: Records): Sentence {
  const { actionLines, contactFor } = agency.current
  const lines = (count: number) => (count === 1 ? '1 line' : `${count} lines`)
  const [now, before] = [true, false].map((isList) =>
    actionLines.filter(({ status }) => (status === 'list') === isList),
  ) as [Agency['current']['actionLines'], Agency['current']['actionLines']]
  const name = nameOf(agency.id, records)
  const [verb, object] = isPlural(agency.acronym) ? ['are', 'them'] : ['is', 'it']
  const month = [...now, ...contactFor].flatMap(({ date }) => date ?? []).map(monthOf)[0]
  const groups = [...new Set(now.flatMap(({ via }) => via?.id ?? []))].map((id) => nameOf(id, records))
  const indirect = now.filter(({ via }) => via).length
  const through = groups.length > 0 ? `through ${groups.join(' and ')} ` : ''
  const listed = [
    ...(now.length > 0
      ? [
          `${indirect === now.length ? through : ''}as ${now[0]?.role} of ${lines(now.length)}${
            indirect > 0 && indirect < now.length ? ` (${through}of ${indirect} of them)` : ''
          }`,
        ]
      : []),
    ...(contactFor.length > 0 ? [`as lead contact for ${lines(contactFor.length)}`] : []),
  ].join(' and ')
  const first = listed ? `${name} ${verb} listed ${listed} (${month})` : `${name} ${verb} on no list of today`
  const [old] = before
  const subject = old && subjectOf(records.source(old.edition.id), records).replace(/^The/, 'the')
  return [`${first}${old ? `; ${subject} names ${object} for ${lines(before.length)} that no later edition has` : ''}.`]
}
