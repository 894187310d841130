import { html, type SafeHtml } from '@remix-run/html-template'
import { hrefOf } from '../nouns/shapes.ts'
import type { Agency, Edition, Line, LineEdition, Link, Records } from '../store/records.ts'
import { capital, dayText, givenBy, shortName, spaced, subjectOf } from './parts.ts'

// Sentences generated from records. Each states only what a document says, with its kind and date.

/** A text with the agencies and lines that it names as links. */
export type Sentence = (string | Link)[]

/** True for a name in the plural, such as `UN Regional Commissions`; false for an acronym. */
const isPlural = (acronym: string) => /[a-z]s$/.test(acronym)

/** A record in running text: `UN DESA`, `the UN Regional Commissions`; a line by its code. */
export function nameOf(link: Pick<Link, 'id' | 'href'>, records: Records): string {
  const name = shortName(link, records)
  return isPlural(name) ? `the ${name}` : name
}

/** A sentence as a text. */
export const textOf = (sentence: Sentence, records: Records): string =>
  capital(sentence.map((part) => (typeof part === 'string' ? part : nameOf(part, records))).join(''))

/** A sentence with links. */
export function htmlOf(sentence: Sentence, records: Records): SafeHtml {
  return html`${sentence.map((part, index) => {
    if (typeof part === 'string') return index === 0 ? capital(part) : part
    const name = nameOf(part, records)
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
 * The coordinators of a line, in sentences: the current list and the earlier text that agrees with it, the contacts, the
 * newest later report, and contradictions between documents. For C7, whose sub-lines have the agencies, one sentence.
 */
export function answerOf(line: Line, records: Records): Sentence[] {
  const { current } = line
  if (!current) return [parentAnswer(line)]
  const isOld = current.status !== 'list'
  return [
    isOld ? oldAnswer(line, current, records) : currentAnswer(line, current, records),
    ...contactsOf(current),
    ...newestReport(line, records),
    ...disagreements(line),
  ]
}

/**
 * A line that is in no current list: `The draft of 2005 names ECOSOC and ITU as coordinators of B. No later table has
 * this line.`
 */
function oldAnswer(line: Line, { edition, role, agencies }: LineEdition, records: Records): Sentence {
  const subject = subjectOf(records.source(edition.id), records)
  return [
    `${subject} names `,
    ...listed(agencies),
    ` as ${roleFor(role, agencies)} of ${line.id}. No later table has this line.`,
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
  const { same, subject, isAlone } = newestOf(reports, adopted, records)
  if (same.length === 0) return []
  const named = byRole(same).flatMap(([role, of], index): Sentence => {
    const agencies = of.map(({ agency }) => agency)
    return [index === 0 ? '' : ', ', ...listed(agencies), ` as ${roleFor(spaced(role), agencies)}`]
  })
  const report = isAlone ? 'The newest dated report' : 'One of the newest dated reports'
  return [[`${report}, ${subject}, names `, ...named, ` of ${id}${inItsWords(same)}.`]]
}

type Dated = Pick<Line['reports'][number], 'appointment' | 'date' | 'role' | 'roleAsWorded' | 'source'>

/** The words of a report for its roles, where they differ: ` (“its assigned action lines”)`. */
function inItsWords(reports: Dated[]): string {
  const words = reports.flatMap(({ role, roleAsWorded }) =>
    roleAsWorded && roleAsWorded !== spaced(role) ? roleAsWorded : [],
  )
  return words.length > 0 ? ` (${[...new Set(words)].map((word) => `“${word}”`).join(', ')})` : ''
}

/** The statements of the newest report after a date on responsible agencies; `isAlone` unless another report has its date. */
function newestOf<Report extends Dated>(reports: Report[], after: string, records: Records) {
  const dated = reports.filter(({ appointment, date }) => appointment && date !== null && date > after)
  const { date, source } = dated.at(-1) ?? {}
  const ofDay = dated.filter((one) => one.date === date)
  const same = ofDay.filter((one) => one.source.id === source?.id)
  const subject = source ? subjectOf(records.source(source.id), records, date) : ''
  return { same, subject, isAlone: same.length === ofDay.length }
}

const byRole = <Report extends Dated>(reports: Report[]) => [...Map.groupBy(reports, ({ role }) => role)]

type LineReports = Line['reports']

const responsibleOf = (reports: LineReports): LineReports => reports.filter(({ appointment }) => appointment)

const bodiesIn = (reports: LineReports): Link[] => [
  ...new Map(reports.map(({ agency }) => [agency.id, agency])).values(),
]

/** `one report calls`, `3 undated reports call`: a report counts once, however many agencies it names. */
function reportsThat(verb: string, reports: LineReports): string {
  const { size } = new Set(reports.map(({ source }) => source.id))
  const what = reports.every(({ date }) => date === null) ? 'undated report' : 'report'
  return size === 1 ? `one ${what} ${verb}s ` : `${size} ${what}s ${verb} `
}

/** `No table of all lines names an agency for C7 itself, but 2 undated reports name ITU as responsible for it.` */
function parentAnswer({ id, reports }: Line): Sentence {
  const named = responsibleOf(reports)
  const but: Sentence =
    named.length > 0
      ? [`, but ${reportsThat('name', named)}`, ...listed(bodiesIn(named)), ' as responsible for it']
      : []
  return [`No table of all lines names an agency for ${id} itself`, ...but, '.']
}

/**
 * The agencies named as responsible in reports but in no edition, and the reports that call one agency the sole one.
 */
function disagreements({ id, editions, current, reports }: Line): Sentence[] {
  const inEditions = editions
    .filter(({ role }) => role !== 'contact')
    .flatMap(({ agencies }) => agencies.map((one) => one.id))
  const named = responsibleOf(reports)
  const ofOthers = named.filter(({ agency }) => !inEditions.includes(agency.id))
  const others = bodiesIn(ofOthers)
  const sole = named.filter(({ roleAsWorded }) => /\bsole\b/i.test(roleAsWorded ?? ''))
  return [
    ...(others.length > 0
      ? [
          [
            `Documents disagree: ${reportsThat('name', ofOthers)}`,
            ...listed(others),
            ` as responsible for ${id}, but no table of all lines names ${others.length === 1 ? 'it' : 'them'} as coordinator or facilitator.`,
          ],
        ]
      : []),
    ...(sole.length > 0 && current && current.agencies.length > 1
      ? [
          [
            `${others.length > 0 ? 'Also, ' : 'Documents disagree: '}${reportsThat('call', sole)}`,
            ...listed(bodiesIn(sole)),
            ` the sole facilitator of ${id}, but the tables of all lines name others.`,
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

/** The answer of an agency: where it is listed now, and the newest dated report that names it as responsible. */
export const answerOn = (agency: Agency, records: Records): Sentence[] => [
  listedToday(agency, records),
  ...newestReportOn(agency, records),
]

const linkTo = ({ id }: Agency) => ({ id, href: hrefOf('agencies', id) })

const objectFor = ({ acronym }: Agency) => (isPlural(acronym) ? 'them' : 'it')

/** `The newest dated report that names UN DESA as responsible, “…” (7 April 2025), names it as facilitator of C1, C3 and C11.` */
function newestReportOn(agency: Agency, records: Records): Sentence[] {
  // The reports of an agency are in the order of lines.
  const reports = agency.reports.toSorted((a, b) => (a.date ?? '').localeCompare(b.date ?? ''))
  const { same, subject, isAlone } = newestOf(reports, '', records)
  if (same.length === 0) return []
  const named = byRole(same).flatMap(([role, of], index): Sentence => {
    const lines = of.map(({ actionLine }) => actionLine)
    return [`${index === 0 ? '' : ', '}as ${spaced(role)} of `, ...listed(lines)]
  })
  const [report, is] = isAlone ? ['The newest dated report', 'names'] : ['One of the newest dated reports', 'name']
  const name = nameOf(linkTo(agency), records)
  return [
    [
      `${report} that ${is} ${name} as responsible, ${subject}, names ${objectFor(agency)} `,
      ...named,
      `${inItsWords(same)}.`,
    ],
  ]
}

/**
 * `ITU is listed as facilitator of 15 lines and as lead contact for 7 lines (April 2026, as given by …); the draft of 2005
 * names it for 3 lines that no later table has.`
 */
function listedToday(agency: Agency, records: Records): Sentence {
  const { actionLines, contactFor } = agency.current
  const lines = (count: number) => (count === 1 ? '1 line' : `${count} lines`)
  const [now, before] = [true, false].map((isList) =>
    actionLines.filter(({ status }) => (status === 'list') === isList),
  ) as [Agency['current']['actionLines'], Agency['current']['actionLines']]
  const name = nameOf(linkTo(agency), records)
  const verb = isPlural(agency.acronym) ? 'are' : 'is'
  const object = objectFor(agency)
  const [newest] = [...now, ...contactFor]
  const read = newest && `(${monthOf(newest.date ?? '')}${givenBy(records.source(newest.edition.id))})`
  const groups = [...new Set(now.flatMap(({ via }) => via?.id ?? []))].map((id) =>
    nameOf({ id, href: hrefOf('agencies', id) }, records),
  )
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
  const first = listed ? `${name} ${verb} listed ${listed} ${read}` : `${name} ${verb} on no list of today`
  const [old] = before
  const subject = old && subjectOf(records.source(old.edition.id), records).replace(/^The/, 'the')
  return [`${first}${old ? `; ${subject} names ${object} for ${lines(before.length)} that no later table has` : ''}.`]
}
