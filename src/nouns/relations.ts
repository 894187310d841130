import { padded } from '../characters.ts'
import { reach } from '../seed/agencies.ts'
import type { Seed } from '../seed/seed.ts'
import type { SeedSource } from '../seed/sources.ts'
import { type dateBases, responsibleRoles } from '../vocabulary.ts'
import { hrefOf, linkTo, type Party } from './shapes.ts'

/** The records of a seed, and the relations between them. */
export type Relations = ReturnType<typeof relationsOf>

/** An edition: a source whose table covers every line that existed then. */
export type EditionTable = ReturnType<typeof editionsOf>[number]

/** The relations of a seed, computed once for all records of all nouns. */
export function relationsOf(seed: Seed) {
  const links = linksOf(seed)
  const editions = editionsOf(seed, links)
  const parents = new Set(seed.actionLines.map(({ parent }) => parent))
  const editionsOn = (code: string) =>
    editions.flatMap((table) =>
      table.rows.filter(({ actionLine }) => actionLine.id === code).map((row) => ({ ...table, ...row })),
    )
  const membersOf = new Map(seed.agencies.map(({ id, members }) => [id, members]))
  // Only a group named by an edition stands for its members: an activity of UNGIS is not an activity of each member.
  const named = new Set(editions.flatMap(({ rows }) => rows.flatMap(({ agencies }) => agencies.map(({ id }) => id))))
  const agencyAndMembers = (id: string) => [id, ...(named.has(id) ? reach(id, membersOf) : [])]
  const statements = statementsOf(seed, editions, links)
  return {
    seed,
    ...links,
    /** The editions, oldest first; editions of one day in seed order. */
    editions,
    /** The editions that have the line, each with its row. */
    editionsOn,
    /**
     * The newest edition of coordinators or facilitators that has the line; undefined for a line that only groups its
     * sub-lines.
     */
    currentEdition: (code: string) =>
      parents.has(code) ? undefined : editionsOn(code).findLast(({ role }) => role !== 'contact'),
    /** The newest edition of contacts that has the line. */
    currentContacts: (code: string) => editionsOn(code).findLast(({ role }) => role === 'contact'),
    /** The agency and, if an edition names it, all its members, at any depth. */
    agencyAndMembers,
    /** All statements by line, oldest first within a line; undated ones last. */
    statements,
    /** The last possible day of each statement; null if that is open. */
    lastDays: new Map(statements.map(({ id, lastDay }) => [id, lastDay])),
  }
}

/** The links to the records of a seed, and their targets. */
function linksOf(seed: Seed) {
  const lines = new Map(seed.actionLines.map((line) => [line.code, line]))
  const agencies = new Map(seed.agencies.map((agency) => [agency.id, agency]))
  const sources = new Map(seed.sources.map((source) => [source.id, source]))
  const sessions = new Map(seed.sessions.map((session) => [session.id, session]))
  const outcomes = new Set(seed.outcomes.map(({ session }) => session))
  // The checks of the seed ensure that every reference leads to a record.
  const found = <T>(map: Map<string, T>, id: string) => map.get(id) as T
  const agencyLink = (id: string) => linkTo('agencies', id, found(agencies, id).name)
  const parties = new Map<string, Party>()
  return {
    lineLink: (code: string) => linkTo('action-lines', code, found(lines, code).title),
    agencyLink,
    editionLink: (id: string) => linkTo('editions', id, found(sources, id).title),
    sourceLink: (id: string) => linkTo('sources', id, found(sources, id).title),
    acronymOf: (agency: string) => found(agencies, agency).acronym,
    /** All other names of an agency, including those that must not appear in a response. */
    otherNamesOf: (agency: string) => found(agencies, agency).names.map(({ name }) => name),
    source: (id: string) => found(sources, id),
    session: (id: string) => found(sessions, id),
    hasOutcome: (session: string) => outcomes.has(session),
    /** The line and, for a sub-line, its parent. */
    lineAndAbove: (code: string) => [code, ...[found(lines, code).parent ?? []].flat()],
    party(name: string): Party {
      const known = parties.get(name)
      if (known) return known
      const id = seed.names.agency.find(name)
      const one = { name, agency: id === undefined ? null : agencyLink(id) }
      parties.set(name, one)
      return one
    },
  }
}

/** A day that sorts after every day of a month or year. */
const endOf = (date: string): string => `${date}-99-99`.slice(0, 10)

/** The last possible day of a source: of its date, otherwise of its range; null if that is open. */
function lastDayOf({ date, dateRange }: Pick<SeedSource, 'date' | 'dateRange'>): string | null {
  const end = date ?? dateRange?.to
  return end ? endOf(end) : null
}

type Links = ReturnType<typeof linksOf>

/** The editions, oldest first, with the rows of their tables. */
function editionsOf(seed: Seed, { lineLink, agencyLink, editionLink }: Links) {
  const tables = seed.sources.flatMap((source) => {
    if (!source.edition) return []
    const rows = (seed.editions.get(source.id) ?? []).map(({ actionLine, agencies, ...row }) => ({
      ...row,
      actionLine: lineLink(actionLine),
      agencies: agencies.map(agencyLink),
    }))
    return [{ ...source, ...source.edition, edition: editionLink(source.id), rows }]
  })
  return tables.sort((a, b) => String(lastDayOf(a)).localeCompare(String(lastDayOf(b))))
}

/** Sorts after every date. */
const undated = '~'

const printedIn = (editions: EditionTable[]) =>
  editions.flatMap(({ id, url, readIn, role, roleAsWorded, rows }) =>
    rows.flatMap(({ actionLine, agencies }) =>
      agencies.map((agency, index) => ({
        source: id,
        actionLine: actionLine.id,
        agency: agency.id,
        role,
        roleAsWorded,
        asOf: null,
        position: index + 1,
        url,
        readIn,
      })),
    ),
  )

const reportedIn = ({ reports }: Seed, { source }: Links) =>
  reports.map((report) => {
    const { authority, url, readIn } = source(report.source)
    const isOfficial = authority === 'official'
    const isRead = isOfficial || report.url === url
    return {
      ...report,
      position: null,
      url: isOfficial ? report.url : (url ?? report.url),
      readIn: isRead ? null : (report.url ?? readIn),
    }
  })

/** Every statement of the editions and the reports, in list order. */
function statementsOf(seed: Seed, editions: EditionTable[], links: Links) {
  const linePlaces = new Map(seed.actionLines.map(({ code }, index) => [code, padded(index + 1)]))
  const sourcePlaces = new Map(seed.sources.map(({ id }, index) => [id, padded(index + 1)]))
  const statements = [...printedIn(editions), ...reportedIn(seed, links)].map(
    ({ asOf, source, actionLine, agency, ...given }) => {
      const { authority, ...document } = links.source(source)
      const id = `${source}:${actionLine}:${agency}`
      const isOfEdition = given.position !== null
      const date = asOf ?? document.date
      const dateBasis: (typeof dateBases)[number] | null = asOf ? 'statement' : date ? 'source' : null
      const lastDay = asOf ? endOf(asOf) : lastDayOf(document)
      // A table without a date is placed at the end of its range; an undated report comes last.
      const time = (isOfEdition ? lastDay : date) ?? undated
      const order = [linePlaces.get(actionLine), time, sourcePlaces.get(source), padded(given.position ?? 0), agency]
      return {
        ...given,
        id,
        href: hrefOf('coordinations', id),
        source: links.sourceLink(source),
        actionLine: links.lineLink(actionLine),
        agency: links.agencyLink(agency),
        appointment: responsibleRoles.includes(given.role),
        date,
        dateBasis,
        /** YYYY-MM-DD, with 99 for an unknown day or month; null if that is open. */
        lastDay,
        authority,
        isOfEdition,
        sortKey: order.join(' '),
      }
    },
  )
  return statements.sort((a, b) => (a.sortKey < b.sortKey ? -1 : 1))
}
