import { reach } from '../seed/agencies.ts'
import type { EditionRow } from '../seed/editions.ts'
import type { SeedReport } from '../seed/reports.ts'
import type { Seed } from '../seed/seed.ts'
import type { SeedSession } from '../seed/sessions.ts'
import type { SeedSource } from '../seed/sources.ts'
import type { dateBases } from '../vocabulary.ts'
import { type Link, linkTo } from './shapes.ts'

/** One statement: what one source says of one agency and one line. */
export interface Statement {
  id: string
  source: string
  actionLine: string
  agency: string
  role: SeedReport['role']
  roleAsWorded: string | null
  position: number | null
  /** Its own date, else that of its source; null if neither is known. */
  date: string | null
  dateBasis: (typeof dateBases)[number] | null
  url: string | null
  /** True if the source is an edition, whose table has the statement. */
  isOfEdition: boolean
  sortKey: string
}

/** An edition: a source whose table covers every line of its time. */
export interface EditionTable {
  source: SeedSource
  /** Its date, else the end of its range. */
  date: string | null
  isDefault: boolean
  rows: EditionRow[]
}

/** An organizer or facilitator as printed, and the agency that it certainly is, if any. */
export interface Party {
  name: string
  agency: Link | null
}

/** What the records of a seed say of each other. */
export interface Relations {
  /** The editions, oldest first. */
  editions: EditionTable[]
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
  /** All statements, by line, and within a line from the oldest to the newest. */
  statements: Statement[]
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
  // Only a group that an edition names stands for its members: what UNGIS does is not said of each of its members.
  const named = new Set(editions.flatMap(({ rows }) => rows.flatMap(({ agencies }) => agencies)))
  const reached = new Map(seed.agencies.map(({ id }) => [id, [id, ...(named.has(id) ? reach(id, membersOf) : [])]]))
  const statements = statementsOf(seed, editions)
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

  return {
    lineLink: (code) => linkTo('action-lines', code, held(lines, code).title),
    editions,
    editionLink: (id) => linkTo('editions', id, held(sources, id).title),
    agencyLink,
    sourceLink: (id) => linkTo('sources', id, held(sources, id).title),
    acronymOf: (id) => held(agencies, id).acronym,
    session: (id) => held(sessions, id),
    hasOutcome: (id) => outcomes.has(id),
    lineAndAbove: above,
    agencyAndMembers: (id) => held(reached, id),
    party: withParty,
    statements,
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

/** The date of a source: its own, else the end of its range, or the start if the end is open. */
function dateOf({ date, dateRange }: SeedSource): string | null {
  return date ?? dateRange?.to ?? dateRange?.from ?? null
}

function editionsOf(seed: Seed): EditionTable[] {
  return seed.sources
    .flatMap((source) => {
      const { edition } = source
      const rows = seed.editions.get(source.id) ?? []
      return edition ? { source, date: dateOf(source), isDefault: edition.default, rows } : []
    })
    .sort((a, b) => String(a.date).localeCompare(String(b.date)))
}

/** Every statement of the editions and of the reports, in the order of the list. */
function statementsOf(seed: Seed, editions: EditionTable[]): Statement[] {
  const linePositions = new Map(seed.actionLines.map(({ code }, index) => [code, digits(index + 1)]))
  const sources = new Map(seed.sources.map((source, index) => [source.id, { source, position: digits(index + 1) }]))
  // For the order only: a source without a date follows the one before it in seed/sources.json.
  let last = ''
  const times = new Map(
    seed.sources.map((source) => {
      last = dateOf(source) ?? last
      return [source.id, last]
    }),
  )
  const place = (
    asOf: string | null,
    statement: Omit<Statement, 'id' | 'sortKey' | 'date' | 'dateBasis'>,
  ): Statement => {
    const { source, actionLine, agency, position } = statement
    const order = [
      linePositions.get(actionLine),
      asOf ?? times.get(source),
      sources.get(source)?.position,
      digits(position ?? 0),
      agency,
    ]
    const ofSource = dateOf(sources.get(source)?.source as SeedSource)
    const date = asOf ?? ofSource
    const dateBasis = asOf ? 'statement' : ofSource ? 'source' : null
    return { id: `${source}:${actionLine}:${agency}`, sortKey: order.join(' '), ...statement, date, dateBasis }
  }
  const printed = editions.flatMap(({ source, rows }) =>
    rows.flatMap(({ actionLine, agencies }) =>
      agencies.map((agency, index) => {
        // Only a source with "edition" has a table.
        const { role, roleAsWorded } = source.edition as NonNullable<SeedSource['edition']>
        const { id, url } = source
        const position = index + 1
        return place(null, { source: id, actionLine, agency, role, roleAsWorded, position, url, isOfEdition: true })
      }),
    ),
  )
  const reported = seed.reports.map(({ asOf, ...report }) =>
    place(asOf, { ...report, position: null, isOfEdition: false }),
  )
  return [...printed, ...reported].sort((a, b) => (a.sortKey < b.sortKey ? -1 : 1))
}
