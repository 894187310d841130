import { createHash } from 'node:crypto'
import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import Sqlite from 'better-sqlite3'
import { type BetterSQLite3Database, desc, drizzle, type SQLiteColumn, type SQLiteTable } from '../drizzle.ts'
import { Names } from '../names/names.ts'
import { NounNames } from '../names/noun-names.ts'
import { digestsOf, readSeed, seedFolder } from '../seed/seed.ts'
import { applicationId, buildDatabase, migrationsFolder } from './build.ts'
import * as tables from './tables.ts'

/** The directory as it is served: one reviewed dataset, read-only. */
export interface Directory {
  db: BetterSQLite3Database & { $client: Sqlite.Database }
  dataset: string
  /** The dataset of the last release; null where there was none. Another one than `dataset` where that is not released. */
  released: string | null
  /** Of the data, the log of changes and the code that reads them: what an answer rests on. */
  stamp: string
  names: Record<'actionLine' | 'agency', NounNames> &
    Record<
      'coordination' | 'source' | 'session' | 'sessionType' | 'outcomeDocument' | 'change' | 'changedRecord',
      Names
    >
}

interface Stamp {
  dataset: string
  log: string
  builder: number
}

/**
 * Opens the database at `path`, read-only, after building it from `seed` where it is missing or was built from
 * another seed, another log of changes or by other code. A build that fails leaves a usable old file serving and tells
 * `warn`, which throws it on where it is left out.
 * Throws SeedError where the seed is wrong, Error where a file cannot be read or written, both only if there is no
 * old file to serve.
 */
export function openDirectory(path: string, warn: (error: unknown) => void = fail, seed = seedFolder): Directory {
  const file = resolve(path)
  const held = stampOf(file)
  const builder = builderDigest()
  try {
    if (held?.builder !== builder || !isFrom(held, digestsOf(seed))) buildDatabase(readSeed(seed), builder, file)
  } catch (error) {
    if (held?.builder !== builder) throw error
    warn(error)
  }
  return readDirectory(file)
}

function isFrom(held: Stamp, { dataset, log }: Pick<Stamp, 'dataset' | 'log'>): boolean {
  return held.dataset === dataset && held.log === log
}

function fail(error: unknown): never {
  throw error
}

/** Opens a file that was built, or its bytes; `verbose` is called with each statement that runs. */
export function readDirectory(file: string | Buffer, verbose?: (sql: unknown) => void): Directory {
  const client = new Sqlite(file, { readonly: true, fileMustExist: true, ...(verbose && { verbose }) })
  const db = drizzle(client)
  const { dataset, log, builder } = stampIn(client) as Stamp
  const last = db.select().from(tables.releases).orderBy(desc(tables.releases.number)).limit(1).all()
  const named = (ids: (string | null)[]) => {
    const names = new Names()
    for (const id of ids) if (id !== null) names.add(id, id)
    return names
  }
  const idsOf = (table: { id: SQLiteColumn } & SQLiteTable) =>
    db
      .select({ id: table.id })
      .from(table)
      .all()
      .map(({ id }) => String(id))
  const names: Directory['names'] = {
    actionLine: new NounNames('action-line'),
    agency: new NounNames('agency'),
    coordination: named(idsOf(tables.coordinations)),
    source: named(idsOf(tables.sources)),
    session: named(idsOf(tables.sessions)),
    sessionType: named(
      db
        .selectDistinct({ type: tables.sessions.type })
        .from(tables.sessions)
        .all()
        .map(({ type }) => type),
    ),
    outcomeDocument: named(idsOf(tables.outcomeDocuments)),
    change: named(idsOf(tables.changes)),
    changedRecord: named(
      db
        .selectDistinct({ record: tables.changes.record })
        .from(tables.changes)
        .all()
        .map(({ record }) => record),
    ),
  }
  for (const { noun, folded, name, id } of db.select().from(tables.names).all())
    names[noun === 'agency' ? 'agency' : 'actionLine'].addFolded(id, name, folded)
  const released = last[0]?.dataset ?? null
  return { db, dataset, stamp: [dataset, log, builder].join(' '), released, names }
}

/**
 * The file as it is taken along: the same bytes for the same content, whatever code built it. The four bytes that name
 * the builder (`user_version`) are zero.
 */
export function portableBytes({ db }: Directory): Buffer {
  const bytes = db.$client.serialize()
  bytes.writeInt32BE(0, 60)
  return bytes
}

function stampIn(client: Sqlite.Database): Stamp | undefined {
  const release = client.prepare('select dataset, log from release').get() as Omit<Stamp, 'builder'> | undefined
  return release && { ...release, builder: client.pragma('user_version', { simple: true }) as number }
}

/**
 * What an existing file was built from; undefined where there is none, or where it is ours but damaged and may be
 * replaced. Throws Error where it is not ours; it is left as it is.
 */
function stampOf(path: string): Stamp | undefined {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat || (stat.isFile() && stat.size === 0)) return undefined
  if (!stat.isFile() || !isOurs(path))
    throw new Error(
      `${path} is there but is no database of this directory; move it away, or let DATABASE name another file`,
    )
  try {
    const client = new Sqlite(path, { readonly: true })
    try {
      if (client.pragma('quick_check', { simple: true }) !== 'ok') return undefined
      return stampIn(client)
    } finally {
      client.close()
    }
  } catch {
    return undefined
  }
}

/** True where the header of a file, which a damage further on leaves alone, says that we built it. */
function isOurs(path: string): boolean {
  const header = Buffer.alloc(72)
  const file = openSync(path, 'r')
  try {
    readSync(file, header, 0, header.length, 0)
  } finally {
    closeSync(file)
  }
  return header.toString('latin1', 0, 16) === 'SQLite format 3\0' && header.readInt32BE(68) === applicationId
}

/** Changes whenever the code that turns a seed into a file changes, so that no file outlives its builder. */
function builderDigest(): number {
  const hash = createHash('sha256')
  const rooms = ['names', 'seed', 'store'].map((room) => join(import.meta.dirname, '..', room))
  const code = [...rooms, migrationsFolder].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /\.(ts|sql)$/.test(name))
      .sort()
      .map((name) => join(folder, name)),
  )
  for (const file of [
    ...code,
    join(import.meta.dirname, '../vocabulary.ts'),
    join(import.meta.dirname, '../drizzle.ts'),
  ])
    hash.update(readFileSync(file))
  return hash.digest().readInt32BE(0)
}
