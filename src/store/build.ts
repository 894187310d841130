import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { type BetterSQLite3Database, drizzle, migrate } from '../drizzle.ts'
import { reach } from '../seed/agencies.ts'
import { linkedGoals } from '../seed/sdg-links.ts'
import type { Seed } from '../seed/seed.ts'
import { changeRowsOf } from './change-rows.ts'
import { fillSearch } from './search.ts'
import { statementsOf } from './statements.ts'
import * as tables from './tables.ts'

export const migrationsFolder = join(import.meta.dirname, '../../migrations')

/** Stands in the header of every file that is built ("WSIS"), so that no other database is taken for one of ours. */
export const applicationId = 0x57534953

/**
 * Builds a seed into a SQLite file at `path`: in memory, checked, written into a temporary file beside it, flushed and
 * then renamed over it. Whatever goes wrong before the rename leaves the old file as it was.
 * Throws Error with what the file system says: no space, no permission.
 */
export function buildDatabase(seed: Seed, builder: number, path: string): void {
  const bytes = databaseOf(seed, builder)
  const temporary = `${path}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`
  try {
    // One folder and no more: in some places, such as /proc, making all of them never ends.
    if (!existsSync(dirname(path))) mkdirSync(dirname(path))
    sweep(path)
    writeFileSync(temporary, bytes, { flag: 'wx', flush: true })
    renameSync(temporary, path)
    flush(dirname(path))
  } catch (error) {
    rmSync(temporary, { force: true })
    throw new Error(`${path} cannot be written: ${(error as Error).message}`, { cause: error })
  }
}

/** The bytes of the file that a seed is built into. In memory, so that only one write can fail, and says why: SQLite's do not. */
export function databaseOf(seed: Seed, builder: number): Buffer {
  const client = new Sqlite(':memory:')
  try {
    client.pragma(`application_id = ${applicationId}`)
    client.pragma(`user_version = ${builder}`)
    const db = drizzle(client)
    migrate(db, { migrationsFolder })
    db.transaction((transaction) => {
      fill(transaction, seed)
      fillSearch(client, transaction, seed)
    })
    assert.equal(client.pragma('integrity_check', { simple: true }), 'ok')
    assert.deepEqual(client.pragma('foreign_key_check'), [])
    return client.serialize()
  } finally {
    client.close()
  }
}

/** Makes a rename last through a loss of power. */
function flush(folder: string): void {
  const file = openSync(folder, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Removes what a killed build left an hour ago or earlier; a younger file may belong to one that still runs. */
function sweep(path: string): void {
  const begin = `${basename(path)}.`
  const isTemporary = (name: string) =>
    name.startsWith(begin) && /^\d+-[0-9a-f]{8}\.tmp$/.test(name.slice(begin.length))
  for (const name of readdirSync(dirname(path)).filter(isTemporary)) {
    const file = join(dirname(path), name)
    if (Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > 3_600_000)
      rmSync(file, { force: true })
  }
}

const digits = (index: number) => String(index + 1).padStart(4, '0')

function fill(db: Pick<BetterSQLite3Database, 'insert'>, seed: Seed): void {
  db.insert(tables.release).values({ dataset: seed.dataset, log: seed.log }).run()
  for (const [index, { aliases: _, ...line }] of seed.actionLines.entries())
    db.insert(tables.actionLines)
      .values({ ...line, sortKey: digits(index), position: index + 1 })
      .run()
  for (const { identifiers, headquarters, members: _, ...agency } of seed.agencies)
    db.insert(tables.agencies)
      .values({ ...agency, ...identifiers, ...headquarters, sortKey: agency.id.toLowerCase() })
      .run()
  fillGroups(db, seed)
  for (const [index, { edition, ...source }] of seed.sources.entries())
    db.insert(tables.sources)
      .values({ ...source, sortKey: digits(index), isDefault: edition?.default ?? false })
      .run()
  for (const [source, rows] of seed.editions)
    for (const { actionLine, printedLabel, printedCoordinators } of rows)
      db.insert(tables.annexRows).values({ source, actionLine, printedLabel, printedCoordinators }).run()
  for (const statement of statementsOf(seed)) db.insert(tables.coordinations).values(statement).run()
  fillSdgLinks(db, seed)
  fillSessions(db, seed)
  for (const [index, { changes: _, ...release }] of seed.releases.entries())
    db.insert(tables.releases)
      .values({ ...release, number: index + 1 })
      .run()
  for (const change of changeRowsOf(seed)) db.insert(tables.changes).values(change).run()
  for (const noun of ['action-line', 'agency'] as const)
    for (const [folded, name] of seed.names[noun].entries())
      db.insert(tables.names)
        .values({ noun, folded, ...name })
        .run()
}

function fillGroups(db: Pick<BetterSQLite3Database, 'insert'>, seed: Seed): void {
  const membersOf = new Map(seed.agencies.map(({ id, members }) => [id, members]))
  for (const [group, members] of membersOf) {
    db.insert(tables.agencyReach).values({ agency: group, namedAs: group }).run()
    for (const [index, member] of members.entries())
      db.insert(tables.groupMembers)
        .values({ group, member, position: index + 1 })
        .run()
    for (const agency of reach(group, membersOf)) db.insert(tables.agencyReach).values({ agency, namedAs: group }).run()
  }
}

function fillSdgLinks(db: Pick<BetterSQLite3Database, 'insert'>, { sdg }: Seed): void {
  // Both sources are copies of one matrix; the first names its address.
  const source = { sourceTitle: String(sdg.sources[0]?.title), sourceUrl: String(sdg.sources[0]?.url) }
  const goals = new Map(sdg.goals.map((goal) => [goal.goal, goal]))
  for (const link of sdg.links)
    for (const { goal, targets } of linkedGoals(link)) {
      // checkSdgLinks has made sure that the goal is there.
      const { title, iri } = goals.get(goal) as Seed['sdg']['goals'][number]
      db.insert(tables.sdgLinks)
        .values({
          actionLine: link.actionLine,
          goal,
          title,
          iri,
          targets: targets.map(({ target }) => target),
          ...source,
        })
        .run()
    }
}

function fillSessions(db: Pick<BetterSQLite3Database, 'insert'>, { sessions, outcomes, names }: Seed): void {
  const party = (name: string) => ({ name, agency: names.agency.find(name) ?? null })
  const sortKeys = new Map<string, string>()
  for (const { actionLines, source, ...session } of sessions) {
    const { id, date, forumYear, start } = session
    const sortKey = `${date ?? forumYear} ${start ?? ''} ${id}`
    sortKeys.set(id, sortKey)
    const organizers = session.organizers.map(party)
    const facilitators = session.facilitators.map(party)
    db.insert(tables.sessions)
      .values({ ...session, organizers, facilitators, sortKey, sourceTitle: source.title, sourceUrl: source.url })
      .run()
    for (const [index, { code, basis }] of actionLines.entries())
      db.insert(tables.sessionLines)
        .values({ session: id, actionLine: code, basis, position: index + 1 })
        .run()
    for (const agency of new Set(organizers.flatMap(({ agency }) => agency ?? [])))
      db.insert(tables.sessionAgencies).values({ session: id, agency }).run()
  }
  for (const { session, ...outcome } of outcomes)
    db.insert(tables.outcomeDocuments)
      .values({ ...outcome, id: session, sortKey: String(sortKeys.get(session)) })
      .run()
}
