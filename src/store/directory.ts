import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import Sqlite from 'better-sqlite3'
import { Names } from '../names/names.ts'
import { NounNames } from '../names/noun-names.ts'
import { nouns } from '../nouns/index.ts'
import type { Lookup, NameSet } from '../nouns/noun.ts'
import { digestsOf, readSeed, seedFolder } from '../seed/seed.ts'
import type { NamedNoun } from '../vocabulary.ts'
import { buildDatabase } from './build.ts'
import { collectionOf } from './collection.ts'
import { readDatabase, stampIn, writeDatabase } from './database-file.ts'
import { Records } from './records.ts'

/** The directory as served: one dataset, read-only. */
export type Directory = ReturnType<typeof directoryIn>

/**
 * Opens the database at `path`, read-only. Builds it first if it is missing, or if the seed, the log of changes or the
 * code has changed. If a build fails, a usable old file is served and `warn` gets the error; without `warn` it is
 * thrown. Throws SeedError if the seed is invalid, Error if a file cannot be read or written, both only if there is no
 * old file.
 */
export function openDirectory(path: string, warn?: (error: unknown) => void, seed = seedFolder): Directory {
  const file = resolve(path)
  const stored = readDatabase(file)
  let client = stored && opened(stored)
  const stamp = client && stampIn(client)
  const builder = codeDigest()
  let isOld = false
  try {
    const { dataset, log } = digestsOf(seed)
    if (stamp?.builder !== builder || stamp.dataset !== dataset || stamp.log !== log) {
      const built = buildDatabase(readSeed(seed), builder)
      writeDatabase(file, built)
      client?.close()
      client = opened(built)
    }
  } catch (error) {
    if (stamp?.builder !== builder || !warn) throw error
    isOld = true
    warn(error)
  }
  // SQLite has a copy. The memory is freed now, since the garbage collector would take its time.
  ;(stored?.buffer as ArrayBuffer | undefined)?.transfer(0)
  return directoryIn(client as Sqlite.Database, file, isOld)
}

/** The database in memory, where damage on the disk cannot affect it. */
function opened(bytes: Buffer): Sqlite.Database {
  const client = new Sqlite(bytes, { readonly: true })
  // Nothing writes, so no locks are needed: a look-up takes a quarter of the time without them.
  client.pragma('locking_mode = exclusive')
  return client
}

/** The directory in a database, which was read from the file at `path`. */
export function directoryIn(client: Sqlite.Database, path?: string, isOld = false) {
  const { dataset, log, builder } = stampIn(client)
  const releases = client
    .prepare<[], { dataset: string; date: string }>('select dataset, date from releases order by number desc')
    .all()
  const [last] = releases
  const datasets = releases.map(({ dataset }) => dataset)
  const named = namesIn(client)
  // Values of filters are looked up in memory, so that a 304 costs no query.
  const stored = (set: string) => addSet(client, set, new Names())
  const changed = [stored('changed-records'), named['action-line'], named.agency]
  const lookups: Record<NameSet, Lookup> = {
    'action-lines': named['action-line'],
    agencies: named.agency,
    editions: stored('editions'),
    sources: stored('sources'),
    'session-types': stored('session-types'),
    'changed-records': {
      find: (text) => changed.map((one) => one.find(text)).find((id) => id !== undefined),
      suggest: (text) => [...new Set(changed.flatMap((one) => one.suggest(text)))].slice(0, 5),
    },
    datasets: releasedDatasets([...new Set(datasets)], dataset),
  }
  const namesOf = (noun: string): Lookup => (lookups as Record<string, Lookup>)[noun] ?? stored(noun)
  const collections = new Map(nouns.map((noun) => [noun.name, collectionOf(client, noun, namesOf(noun.name))]))
  return {
    client,
    /** The file that it was read from; undefined if nothing may be stored in one. */
    path,
    /** True if the seed build failed and the previous database is served. */
    isOld,
    dataset,
    /** The released datasets, newest first; `dataset` is the first unless it is unreleased. */
    releases: datasets,
    /** The day on which `dataset` was released, YYYY-MM-DD; null if it is unreleased. */
    releasedOn: last?.dataset === dataset ? last.date : null,
    /** The day of the last release; null if there was none. */
    lastReleasedOn: last?.date ?? null,
    /** The number of releases on that day. */
    releasesThatDay: releases.filter(({ date }) => date === last?.date).length,
    /** A digest of the data, the log of changes and the code that reads them. */
    stamp: `${dataset} ${log} ${builder}`,
    /** A digest of the code that determines the bytes of the database or of a response. */
    builder,
    /** The records of each noun, by name of the noun. */
    collections,
    /** The same records, parsed. */
    records: new Records(collections),
    /** The names that are matched in texts. */
    named,
    /** The lookups for the values of filters. */
    lookups,
  }
}

function namesIn(client: Sqlite.Database): Record<NamedNoun, NounNames> {
  const lines = addSet(client, 'action-line', new NounNames('action-line'))
  for (const { id, name } of storedNames(client, 'keywords')) lines.addKeyword(id, name)
  const agencies = addSet(client, 'agency', new NounNames('agency'))
  for (const { id, name } of storedNames(client, 'other-bodies')) agencies.addOtherBody(id, name)
  return { 'action-line': lines, agency: agencies }
}

/** The stored names of a set, in the order in which they were added. */
const storedNames = (client: Sqlite.Database, set: string) =>
  client
    .prepare<[string], { folded: string; id: string; name: string }>(
      'select folded, id, name from names where name_set = ? order by rowid',
    )
    .all(set)

/** Adds the names of a set. */
function addSet<Known extends Names>(client: Sqlite.Database, set: string, names: Known): Known {
  for (const { id, name, folded } of storedNames(client, set)) names.add(id, name, folded)
  return names
}

/** The lookup of released datasets, newest first; none if the log does not include the served dataset. */
function releasedDatasets(datasets: string[], dataset: string): Lookup {
  const [last] = datasets
  const isReleased = last === dataset
  const end = last === undefined ? 'is empty' : `ends with dataset ${last}`
  return {
    find: (text) => (isReleased ? datasets.find((one) => one === text.toLowerCase()) : undefined),
    suggest: () => [],
    refusal: isReleased
      ? `"since" must be a dataset that was released, the latest first: ${datasets.slice(0, 5).join(', ')}. If your copy has none of them, download a new one.`
      : `"since" is not available: the served dataset ${dataset} is not released, and the log of changes ${end}. Download a new copy.`,
  }
}

const clone = join(import.meta.dirname, '../..')

/** The files in src/ that do not count: those that start a process, or write the OpenAPI document or a release. */
const others = /^src\/(?:build-database|config|openapi|openapi-shared|release|seed-check|server)\.ts$/

/**
 * Changes with every file under `root` that affects a byte of the database or of a response, so that neither outlives
 * its code. The locked versions of packages do, too.
 */
export function codeDigest(root = clone): number {
  const hash = createHash('sha256')
  const paths = ['openapi/openapi.json', 'package-lock.json', ...filesIn(root, 'migrations'), ...filesIn(root, 'src')]
  for (const path of paths) hash.update(path).update(readFileSync(join(root, path)))
  return hash.digest().readInt32BE(0)
}

const filesIn = (root: string, folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => /\.(ts|sql|css|js|svg)$/.test(path) && !others.test(path))
    .sort()
