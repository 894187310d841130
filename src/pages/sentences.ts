import { html, type SafeHtml } from '@remix-run/html-template'
import { without } from '../nouns/shapes.ts'
import type { Agency, Line, LineEdition, Link, Records } from '../store/records.ts'
import { spaced } from '../vocabulary.ts'
import { short, shortName } from './links.ts'
import { joined } from './parts.ts'
import { capital, counted, dayText, givenBy, subjectOf } from './words.ts'

// Sentences generated from records. Each states only what a document says, with its kind and date.

/** True for a name in the plural, such as `UN Regional Commissions`; false for an acronym. */
const isPlural = (acronym: string) => /[a-z]s$/.test(acronym)

/** An agency in running text: `UN DESA`, `the UN Regional Commissions`. */
const nameOf = (acronym: string) => (isPlural(acronym) ? `the ${acronym}` : acronym)

/** Links in running text, a line by its code: `ITU, UNDP and the UN Regional Commissions`. */
function listed(links: readonly Link[], records: Records): SafeHtml {
  const names = links.map((link) => html`${isPlural(shortName(link, records)) ? 'the ' : ''}${short(records)(link)}`)
  return html`${joined(names.slice(0, -1))}${names.length > 1 ? ' and ' : ''}${names.slice(-1)}`
}

/** The month of a date for a sentence: `April 2026`, `2005`. */
const monthOf = (date: string) => dayText(date.slice(0, 7))

/** `the draft of 2005`. */
const withinSentence = (subject: string) => subject.replace(/^The/, 'the')

/** The role of an edition for this number of agencies: `facilitators`, `coordinator`. */
const roleFor = (role: string, { length }: readonly Link[]) => (length === 1 ? role : `${role}s`)

/**
 * The coordinators of a line, in sentences: the current list and the earlier text that agrees with it, the contacts, the
 * newest later report, and contradictions between documents. One sentence for C7, which is in no table of its own: its
 * sub-lines have the agencies.
 */
export function lineSentences(line: Line, records: Records): SafeHtml[] {
  const { id, editions, current, reports } = line
  if (!current) return [parentAnswer(line, records)]
  const adopted = editions.find(({ status }) => status === 'adopted')
  const contacts = current.contacts?.agencies ?? []
  const lead = contacts.length > 1 ? 'contacts are' : 'contact is'
  const told = (byRole: [string, typeof reports][]) => {
    const named = byRole.map(([role, of]) => {
      const agencies = of.map(({ agency }) => agency)
      return html`${listed(agencies, records)} as ${roleFor(role, agencies)}`
    })
    return html`${joined(named)} of ${id}`
  }
  return [
    current.status === 'list' ? currentAnswer(id, current, adopted, records) : oldAnswer(id, current, records),
    ...(contacts.length > 0 ? [html`The lead ${lead} at ${listed(contacts, records)}.`] : []),
    ...newestReport(reports, adopted?.date ?? '', '', told, records),
    ...disagreements(line, records),
  ]
}

/**
 * A line that is in no current list: `The draft of 2005 names ECOSOC and ITU as coordinators of B. No later table has
 * this line.`
 */
const oldAnswer = (id: string, { edition, role, agencies }: LineEdition, records: Records): SafeHtml =>
  html`${subjectOf(records.source(edition.id), records)} names ${listed(agencies, records)} as ${roleFor(role, agencies)} of ${id}. No later table has this line.`

/** `ITU and UNESCO are listed as facilitators of C3 (April 2026), as in the text adopted in 2005.` */
function currentAnswer(
  id: string,
  { role, date, agencies }: LineEdition,
  adopted: LineEdition | undefined,
  records: Records,
): SafeHtml {
  const text = adopted && withinSentence(subjectOf(records.source(adopted.edition.id), records))
  const isSame = adopted?.agencies.length === agencies.length && without(adopted.agencies, agencies).length === 0
  const beside = adopted && (isSame ? `, as in ${text}` : html`; ${text} names ${listed(adopted.agencies, records)}`)
  const sentence = html`${listed(agencies, records)} ${agencies.length === 1 ? 'is' : 'are'} listed as ${roleFor(role, agencies)} of ${id}${date && ` (${monthOf(date)})`}${beside}.`
  return html.raw`${capital(String(sentence))}`
}

type Dated = Pick<Line['reports'][number], 'appointment' | 'date' | 'role' | 'roleAsWorded' | 'source'>

/** The words of a report for its roles, where they differ: ` (“its assigned action lines”)`. */
function inItsWords(reports: Dated[]): string {
  const words = reports.flatMap(({ role, roleAsWorded }) =>
    roleAsWorded && roleAsWorded !== spaced(role) ? `“${roleAsWorded}”` : [],
  )
  return words.length > 0 ? ` (${[...new Set(words)].join(', ')})` : ''
}

/**
 * The newest dated report after a date on responsible agencies, with all its statements in the words of `told`: `The
 * newest dated report, “…” (2014), names UNEP and ITU as co-facilitators of C5.` With the name of an agency: `The newest
 * dated report that names UN DESA as responsible, “…” (7 April 2025), names it as facilitator of C1, C3 and C11.`
 */
function newestReport<Report extends Dated>(
  reports: Report[],
  after: string,
  name: string,
  told: (byRole: [role: string, reports: Report[]][]) => SafeHtml,
  records: Records,
): SafeHtml[] {
  const dated = reports.filter(({ appointment, date }) => appointment && date !== null && date > after)
  const newest = dated.at(-1)
  if (!newest) return []
  const ofDay = dated.filter(({ date }) => date === newest.date)
  const same = ofDay.filter(({ source }) => source.id === newest.source.id)
  const isAlone = same.length === ofDay.length
  const which = isAlone ? 'The newest dated report' : 'One of the newest dated reports'
  const that = name && ` that ${isAlone ? 'names' : 'name'} ${name} as responsible`
  const subject = subjectOf(records.source(newest.source.id), records, newest.date)
  const byRole = [...Map.groupBy(same, ({ role }) => spaced(role))]
  return [html`${which}${that}, ${subject}, names ${told(byRole)}${inItsWords(same)}.`]
}

/** `one report calls ITU`, `3 undated reports call ITU`: a report counts once, however many agencies it names. */
function reportsThat(verb: string, reports: Line['reports'], records: Records): SafeHtml {
  const { size } = new Set(reports.map(({ source }) => source.id))
  const what = reports.every(({ date }) => date === null) ? 'undated report' : 'report'
  const agencies = [...new Map(reports.map(({ agency }) => [agency.id, agency])).values()]
  return html`${size === 1 ? `one ${what} ${verb}s` : `${size} ${what}s ${verb}`} ${listed(agencies, records)}`
}

/** `No full list names an agency for C7 itself, but 2 undated reports name ITU as responsible for it.` */
function parentAnswer({ id, reports }: Line, records: Records): SafeHtml {
  const named = reports.filter(({ appointment }) => appointment)
  const but = html`, but ${reportsThat('name', named, records)} as responsible for it`
  return html`No full list names an agency for ${id} itself${named.length > 0 ? but : ''}.`
}

/** The agencies named as responsible in reports but in no edition, and the reports that call one agency the sole one. */
function disagreements({ id, editions, current, reports }: Line, records: Records): SafeHtml[] {
  const inEditions = editions.filter(({ role }) => role !== 'contact').flatMap(({ agencies }) => agencies)
  const named = reports.filter(({ appointment }) => appointment)
  const others = named.filter(({ agency }) => without([agency], inEditions).length > 0)
  const sole = named.filter(({ roleAsWorded }) => /\bsole\b/i.test(roleAsWorded ?? ''))
  const found: SafeHtml[] = []
  if (others.length > 0) {
    const them = new Set(others.map(({ agency }) => agency.id)).size === 1 ? 'it' : 'them'
    found.push(
      html`${reportsThat('name', others, records)} as responsible for ${id}, but no full list names ${them} as coordinator or facilitator.`,
    )
  }
  if (sole.length > 0 && current && current.agencies.length > 1)
    found.push(
      html`${reportsThat('call', sole, records)} the sole facilitator of ${id}, but the tables of all lines name others.`,
    )
  return found.map((one, index) => html`${index === 0 ? 'Documents disagree: ' : 'Also, '}${one}`)
}

const objectFor = ({ acronym }: Agency) => (isPlural(acronym) ? 'them' : 'it')

/** The answer of an agency: where it is listed now, and the newest dated report that names it as responsible. */
export function agencySentences(agency: Agency, records: Records): SafeHtml[] {
  // The reports of an agency are in the order of lines.
  const reports = agency.reports.toSorted((a, b) => (a.date ?? '').localeCompare(b.date ?? ''))
  const told = (byRole: [string, typeof reports][]) => {
    const lines = (of: typeof reports) => of.map(({ actionLine }) => actionLine)
    const named = byRole.map(([role, of]) => html`as ${role} of ${listed(lines(of), records)}`)
    return html`${objectFor(agency)} ${joined(named)}`
  }
  return [listedToday(agency, records), ...newestReport(reports, '', nameOf(agency.acronym), told, records)]
}

/**
 * `ITU is listed as facilitator of 15 lines and as lead contact for 7 lines (April 2026, as given by …); the draft of 2005
 * names it for 3 lines that no later list has.`
 */
function listedToday(agency: Agency, records: Records): SafeHtml {
  const { actionLines, contactFor } = agency.current
  const now = actionLines.filter(({ status }) => status === 'list')
  const before = actionLines.filter(({ status }) => status !== 'list')
  const indirect = now.filter(({ via }) => via)
  const groups = new Set(indirect.map(({ via }) => nameOf(records.acronym(String(via?.id)))))
  const through = `through ${[...groups].join(' and ')} `
  const isAllIndirect = indirect.length === now.length
  const some = indirect.length > 0 && !isAllIndirect ? ` (${through}of ${indirect.length} of them)` : ''
  const listed = [
    now.length > 0 && `${isAllIndirect ? through : ''}as ${now[0]?.role} of ${counted(now.length, 'line')}${some}`,
    contactFor.length > 0 && `as lead contact for ${counted(contactFor.length, 'line')}`,
  ].filter(Boolean)
  const [newest] = [...now, ...contactFor]
  const read = newest && ` (${monthOf(newest.date ?? '')}${givenBy(records.source(newest.edition.id))})`
  const [old] = before
  const subject = old && withinSentence(subjectOf(records.source(old.edition.id), records))
  const also = `; ${subject} names ${objectFor(agency)} for ${counted(before.length, 'line')} that no later list has`
  return html`${capital(nameOf(agency.acronym))} ${isPlural(agency.acronym) ? 'are' : 'is'} ${newest ? `listed ${listed.join(' and ')}` : 'on no list of today'}${read}${old ? also : ''}.`
}
