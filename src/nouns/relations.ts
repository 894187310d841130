import { reach } from '../seed/agencies.ts'
import type { EditionRow } from '../seed/editions.ts'
import type { SeedReport } from '../seed/reports.ts'
import type { Seed } from '../seed/seed.ts'
import type { SeedSession } from '../seed/sessions.ts'
import type { SeedSource } from '../seed/sources.ts'
import type { authorities, dateBases, editionRoles } from '../vocabulary.ts'
import { type Link, linkTo } from './shapes.ts'

/** One statement: the role that one source gives one agency for one line. */
export interface Statement {
  id: string
  source: string
  actionLine: string
  agency: string
  role: SeedReport['role']
  roleAsWorded: string | null
  position: number | null
  /** Its own date, else that of its source; null if the document gives neither. */
  date: string | null
  dateBasis: (typeof dateBases)[number] | null
  /** The last day that it can be from, YYYY-MM-DD, with 99 for a day or month that is not known; null if that is open. */
  lastDay: string | null
  authority: (typeof authorities)[number]
  /** The address of the document; where none is known, that of the copy or account that was read. */
  url: string | null
  /** The address of the copy or account that was read; null if the document itself was read. */
  readIn: string | null
  /** True if the source is an edition, whose table has the statement. */
  isOfEdition: boolean
  sortKey: string
}

/** An edition: a source whose table covers every line of its time. */
export interface EditionTable {
  source: SeedSource
  role: (typeof editionRoles)[number]
  roleAsWorded: string
  description: string
  isDefault: boolean
  rows: EditionRow[]
}

/** The properties of an edition in a record that rests on it: `editionProperties` of the shapes. */
type OfEdition = { edition: Link } & Pick<EditionTable, 'role'> & Pick<SeedSource, 'status' | 'date' | 'authority'>

/** An organizer or facilitator as printed, and the agency that it certainly is, if any. */
export interface Party {
  name: string
  agency: Link | null
}

/** What the records of a seed say of each other. */
export interface Relations {
  /** The editions, oldest first; of one day in the order of the seed. */
  editions: EditionTable[]
  /** The newest edition of coordinators or facilitators that has the line; undefined for a line that only heads its sub-lines. */
  currentEdition(code: string): EditionTable | undefined
  /** The newest edition of contacts that has the line. */
  currentContacts(code: string): EditionTable | undefined
  /** The properties of an edition in a record that rests on it. */
  ofEdition(table: EditionTable): OfEdition
  lineLink(code: string): Link
  editionLink(id: string): Link
  agencyLink(id: string): Link
  sourceLink(id: string): Link
  acronymOf(agency: string): string
  session(id: string): SeedSession
  hasOutcome(session: string): boolean
  /** The line and, if it is a sub-line, the line above it. */
  lineAndAbove(code: string): string[]
  /** The agency and, if an edition names it, everything that belongs to it, however deep. */
  agencyAndMembers(id: string): string[]
  party(printed: string): Party
  /** All statements, by line; within a line from the oldest to the newest, those without a date last. */
  statements: Statement[]
  /** The last day that a statement can be from; null if that is open. */
  lastDayOf(statement: string): string | null
  statementsOnLine(code: string): Statement[]
  /** The statements that name the agency or a group that it belongs to. */
  statementsOnAgency(id: string): Statement[]
  /** How many sessions are about a line or its sub-lines, and how many of them have an outcome document. */
  sessionsOnLine(code: string): number
  outcomesOnLine(code: string): number
  /** How many sessions an agency, or a group that it belongs to, certainly organizes. */
  sessionsOfAgency(id: string): number
}

const kept = new WeakMap<Seed, Relations>()

/** The relations of a seed; worked out once. */
export function relationsOf(seed: Seed): Relations {
  const relations = kept.get(seed) ?? workOut(seed)
  kept.set(seed, relations)
  return relations
}

function workOut(seed: Seed): Relations {
  const lines = new Map(seed.actionLines.map((line) => [line.code, line]))
  const agencies = new Map(seed.agencies.map((agency) => [agency.id, agency]))
  const sources = new Map(seed.sources.map((source) => [source.id, source]))
  const sessions = new Map(seed.sessions.map((session) => [session.id, session]))
  const membersOf = new Map(seed.agencies.map(({ id, members }) => [id, members]))
  // The checks of the seed have made sure that every reference leads to a record.
  const held = <T>(map: Map<string, T>, id: string) => map.get(id) as T

  const above = (code: string) => [code, ...[held(lines, code).parent ?? []].flat()]
  const agencyLink = (id: string) => linkTo('agencies', id, held(agencies, id).name)
  const parties = new Map<string, Party>()
  const party = (name: string) => {
    const agency = seed.names.agency.find(name)
    return { name, agency: agency === undefined ? null : agencyLink(agency) }
  }
  const editions = editionsOf(seed)
  const parents = new Set(seed.actionLines.map(({ parent }) => parent))
  const newestWith = (code: string, isContact: boolean) =>
    editions.findLast(
      ({ role, rows }) => (role === 'contact') === isContact && rows.some(({ actionLine }) => actionLine === code),
    )
  // Only a group that an edition names stands for its members: what UNGIS does is not said of each of its members.
  const named = new Set(editions.flatMap(({ rows }) => rows.flatMap(({ agencies }) => agencies)))
  const reached = new Map(seed.agencies.map(({ id }) => [id, [id, ...(named.has(id) ? reach(id, membersOf) : [])]]))
  const statements = statementsOf(seed, editions)
  const lastDays = new Map(statements.map(({ id, lastDay }) => [id, lastDay]))
  const outcomes = new Set(seed.outcomes.map(({ session }) => session))
  const withParty = (name: string): Party => {
    const one = parties.get(name) ?? party(name)
    parties.set(name, one)
    return one
  }
  const onLines = seed.sessions.map(({ id, actionLines }) => ({
    id,
    of: actionLines.flatMap(({ code }) => above(code)),
  }))
  const ofAgencies = seed.sessions.map(({ id, organizers }) => ({
    id,
    of: organizers.flatMap((name) => reached.get(withParty(name).agency?.id ?? '') ?? []),
  }))
  const [sessionCounts, outcomeCounts] = [counts(onLines), counts(onLines.filter(({ id }) => outcomes.has(id)))]
  const agencyCounts = counts(ofAgencies)

  const editionLink = (id: string) => linkTo('editions', id, held(sources, id).title)
  return {
    ofEdition: ({ source: { id, status, date, authority }, role }) => ({
      edition: editionLink(id),
      role,
      status,
      date,
      authority,
    }),
    lineLink: (code) => linkTo('action-lines', code, held(lines, code).title),
    editions,
    currentEdition: (code) => (parents.has(code) ? undefined : newestWith(code, false)),
    currentContacts: (code) => newestWith(code, true),
    editionLink,
    agencyLink,
    sourceLink: (id) => linkTo('sources', id, held(sources, id).title),
    acronymOf: (id) => held(agencies, id).acronym,
    session: (id) => held(sessions, id),
    hasOutcome: (id) => outcomes.has(id),
    lineAndAbove: above,
    agencyAndMembers: (id) => held(reached, id),
    party: withParty,
    statements,
    lastDayOf: (id) => lastDays.get(id) ?? null,
    statementsOnLine: (code) => statements.filter(({ actionLine }) => actionLine === code),
    statementsOnAgency: (id) => statements.filter(({ agency }) => held(reached, agency).includes(id)),
    sessionsOnLine: (code) => sessionCounts.get(code) ?? 0,
    outcomesOnLine: (code) => outcomeCounts.get(code) ?? 0,
    sessionsOfAgency: (id) => agencyCounts.get(id) ?? 0,
  }
}

/** In how many records each value occurs. */
function counts(records: { of: string[] }[]): Map<string, number> {
  const totals = new Map<string, number>()
  for (const { of } of records) for (const value of new Set(of)) totals.set(value, (totals.get(value) ?? 0) + 1)
  return totals
}

const digits = (position: number) => String(position).padStart(4, '0')

/** A day that sorts after every day of a month or year. */
const endOf = (date: string): string => `${date}-99-99`.slice(0, 10)

/** The last day that a source can be from: of its date, else of its range; null if that is open. */
function lastDayOf({ date, dateRange }: SeedSource): string | null {
  const end = date ?? dateRange?.to
  return end ? endOf(end) : null
}

function editionsOf(seed: Seed): EditionTable[] {
  return seed.sources
    .flatMap((source) => {
      if (!source.edition) return []
      const { role, roleAsWorded, description, default: isDefault } = source.edition
      return { source, role, roleAsWorded, description, isDefault, rows: seed.editions.get(source.id) ?? [] }
    })
    .sort((a, b) => String(lastDayOf(a.source)).localeCompare(String(lastDayOf(b.source))))
}

/** Behind every date. */
const undated = '~'

/** Every statement of the editions and of the reports, in the order of the list. */
function statementsOf(seed: Seed, editions: EditionTable[]): Statement[] {
  const linePositions = new Map(seed.actionLines.map(({ code }, index) => [code, digits(index + 1)]))
  const sources = new Map(seed.sources.map((source, index) => [source.id, { source, position: digits(index + 1) }]))
  const place = (
    asOf: string | null,
    statement: Pick<
      Statement,
      'source' | 'actionLine' | 'agency' | 'role' | 'roleAsWorded' | 'position' | 'url' | 'isOfEdition'
    >,
    readIn: string | null,
  ): Statement => {
    const { actionLine, agency, position, isOfEdition } = statement
    // The checks of the seed have made sure that the source is there.
    const { source, position: sourcePosition } = sources.get(statement.source) as {
      source: SeedSource
      position: string
    }
    const date = asOf ?? source.date
    const lastDay = asOf ? endOf(asOf) : lastDayOf(source)
    // A table is placed by the end of its range; a report that gives no date comes last.
    const time = isOfEdition ? lastDay : date
    const order = [linePositions.get(actionLine), time ?? undated, sourcePosition, digits(position ?? 0), agency]
    return {
      id: `${source.id}:${actionLine}:${agency}`,
      sortKey: order.join(' '),
      ...statement,
      date,
      dateBasis: asOf ? 'statement' : date ? 'source' : null,
      lastDay,
      authority: source.authority,
      url: source.authority === 'official' ? statement.url : (source.url ?? statement.url),
      readIn,
    }
  }
  const printed = editions.flatMap(({ source: { id, url, readIn }, role, roleAsWorded, rows }) =>
    rows.flatMap(({ actionLine, agencies }) =>
      agencies.map((agency, index) => {
        const position = index + 1
        const statement = { source: id, actionLine, agency, role, roleAsWorded, position, url, isOfEdition: true }
        return place(null, statement, readIn)
      }),
    ),
  )
  const reported = seed.reports.map(({ asOf, ...report }) => {
    const source = sources.get(report.source)?.source
    const isRead = source?.authority === 'official' || report.url === source?.url
    return place(
      asOf,
      { ...report, position: null, isOfEdition: false },
      isRead ? null : (report.url ?? source?.readIn ?? null),
    )
  })
  return [...printed, ...reported].sort((a, b) => (a.sortKey < b.sortKey ? -1 : 1))
}
