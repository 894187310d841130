import { reach } from '../seed/agencies.ts'
import type { EditionRow } from '../seed/editions.ts'
import type { SeedReport } from '../seed/reports.ts'
import type { Seed } from '../seed/seed.ts'
import type { SeedSource } from '../seed/sources.ts'
import { type authorities, type dateBases, type editionRoles, responsibleRoles } from '../vocabulary.ts'
import { hrefOf, type Link, linkTo } from './shapes.ts'

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

/** An organizer or facilitator as printed, and the agency that it certainly is, if any. */
export interface Party {
  name: string
  agency: Link | null
}

/** The records of a seed, and what they say of each other. */
export type Relations = ReturnType<typeof relationsOf>

/** Works out the relations of a seed: once for all records of all nouns. */
export function relationsOf(seed: Seed) {
  const editions = editionsOf(seed)
  const links = linksOf(seed)
  const { lineAndAbove, hasOutcome, party } = links
  const parents = new Set(seed.actionLines.map(({ parent }) => parent))
  const newestWith = (code: string, isContact: boolean) =>
    editions.findLast(
      ({ role, rows }) => (role === 'contact') === isContact && rows.some(({ actionLine }) => actionLine === code),
    )
  const membersOf = new Map(seed.agencies.map(({ id, members }) => [id, members]))
  // Only a group that an edition names stands for its members: what UNGIS does is not said of each of its members.
  const named = new Set(editions.flatMap(({ rows }) => rows.flatMap(({ agencies }) => agencies)))
  const reached = new Map(seed.agencies.map(({ id }) => [id, [id, ...(named.has(id) ? reach(id, membersOf) : [])]]))
  const agencyAndMembers = (id: string) => reached.get(id) as string[]
  const statements = statementsOf(seed, editions)
  const onLines = seed.sessions.map(({ actionLines }) => actionLines.flatMap(({ code }) => lineAndAbove(code)))
  const organizedBy = seed.sessions.map(({ organizers }) =>
    organizers.flatMap((name) => agencyAndMembers(party(name).agency?.id ?? '') ?? []),
  )
  return {
    seed,
    ...links,
    /** The editions, oldest first; of one day in the order of the seed. */
    editions,
    /** The newest edition of coordinators or facilitators that has the line; undefined for a line that only heads its sub-lines. */
    currentEdition: (code: string) => (parents.has(code) ? undefined : newestWith(code, false)),
    /** The newest edition of contacts that has the line. */
    currentContacts: (code: string) => newestWith(code, true),
    /** The agency and, if an edition names it, everything that belongs to it, however deep. */
    agencyAndMembers,
    /** All statements, by line; within a line from the oldest to the newest, those without a date last. */
    statements,
    /** The last day that each statement can be from; null if that is open. */
    lastDays: new Map(statements.map(({ id, lastDay }) => [id, lastDay])),
    statementsOnLine: (code: string) => statements.filter(({ actionLine }) => actionLine === code),
    /** The statements that name the agency or a group that it belongs to. */
    statementsOnAgency: (id: string) => statements.filter(({ agency }) => agencyAndMembers(agency).includes(id)),
    /** The number of sessions about each line or its sub-lines, and of those that have an outcome document. */
    sessionsOnLine: counts(onLines),
    outcomesOnLine: counts(onLines.filter((_, index) => hasOutcome(String(seed.sessions[index]?.id)))),
    /** The number of sessions that each agency, or a group that it belongs to, certainly organizes. */
    sessionsOfAgency: counts(organizedBy),
  }
}

/** The links to the records of a seed, and the records behind them. */
function linksOf(seed: Seed) {
  const lines = new Map(seed.actionLines.map((line) => [line.code, line]))
  const agencies = new Map(seed.agencies.map((agency) => [agency.id, agency]))
  const sources = new Map(seed.sources.map((source) => [source.id, source]))
  const sessions = new Map(seed.sessions.map((session) => [session.id, session]))
  const outcomes = new Set(seed.outcomes.map(({ session }) => session))
  // The checks of the seed have made sure that every reference leads to a record.
  const found = <T>(map: Map<string, T>, id: string) => map.get(id) as T
  const agencyLink = (id: string) => linkTo('agencies', id, found(agencies, id).name)
  const sourceLink = (id: string) => linkTo('sources', id, found(sources, id).title)
  const editionLink = (id: string) => linkTo('editions', id, found(sources, id).title)
  const parties = new Map<string, Party>()
  return {
    lineLink: (code: string) => linkTo('action-lines', code, found(lines, code).title),
    editionLink,
    agencyLink,
    sourceLink,
    acronymOf: (agency: string) => found(agencies, agency).acronym,
    session: (id: string) => found(sessions, id),
    hasOutcome: (session: string) => outcomes.has(session),
    /** The line and, if it is a sub-line, the line above it. */
    lineAndAbove: (code: string) => [code, ...[found(lines, code).parent ?? []].flat()],
    party(name: string): Party {
      const id = seed.names.agency.find(name)
      const one = parties.get(name) ?? { name, agency: id === undefined ? null : agencyLink(id) }
      parties.set(name, one)
      return one
    },
    /** The properties of an edition in a record that rests on it: `editionProperties` of the shapes. */
    ofEdition: ({ source: { id, status, date, authority }, role }: EditionTable) => ({
      edition: editionLink(id),
      role,
      status,
      date,
      authority,
    }),
    /** A statement without the agency or the line whose record it is part of: `reportProperties` of the shapes. */
    reportOf: ({ id, role, roleAsWorded, date, dateBasis, authority, source }: Statement) => ({
      role,
      roleAsWorded,
      appointment: responsibleRoles.includes(role),
      date,
      dateBasis,
      authority,
      source: sourceLink(source),
      href: hrefOf('coordinations', id),
    }),
  }
}

/** Returns the number of lists in which a value occurs. */
function counts(lists: string[][]): (value: string) => number {
  const totals = new Map<string, number>()
  for (const list of lists) for (const value of new Set(list)) totals.set(value, (totals.get(value) ?? 0) + 1)
  return (value) => totals.get(value) ?? 0
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
