import { resolve } from 'node:path'
import Sqlite from 'better-sqlite3'
import { Names } from '../names/names.ts'
import { NounNames } from '../names/noun-names.ts'
import { nouns } from '../nouns/index.ts'
import type { Collection, Lookup, NameSet } from '../nouns/noun.ts'
import { digestsOf, readSeed, seedFolder } from '../seed/seed.ts'
import type { NamedNoun } from '../vocabulary.ts'
import { buildDatabase } from './build.ts'
import { codeDigest } from './code-digest.ts'
import { collectionOf } from './collection.ts'
import { readDatabase, type Stamp, stampIn, writeDatabase } from './database-file.ts'

/** The directory as served: one dataset, read-only. */
export interface Directory {
  client: Sqlite.Database
  /** The file that it was read from; absent for a database in memory. */
  path?: string | undefined
  dataset: string
  /** The dataset of the last release, which is not `dataset` if that is unreleased; null if there was none. */
  released: string | null
  /** The released datasets, newest first. */
  releases: string[]
  /** The day of the last release, YYYY-MM-DD; null if there was none. */
  releasedOn: string | null
  /** The number of releases on that day. */
  releasesThatDay: number
  /** True if the seed build failed and the previous database is served. */
  isOld: boolean
  /** A digest of the data, the log of changes and the code that reads them. */
  stamp: string
  /** A digest of the code that determines the bytes of the database or of a response. */
  code: string
  /** The records of each noun, by name of the noun. */
  collections: Map<string, Collection>
  /** The names that are matched in texts. */
  named: Record<NamedNoun, NounNames>
  /** The lookups for the values of filters. */
  lookups: Record<NameSet, Lookup>
}

/**
 * Opens the database at `path`, read-only. Builds it first if it is missing, or if the seed, the log of changes or the
 * code has changed. If a build fails, a usable old file is served and `warn` gets the error; without `warn` it is
 * thrown. Throws SeedError if the seed is invalid, Error if a file cannot be read or written, both only if there is no
 * old file.
 */
export function openDirectory(path: string, warn: (error: unknown) => void = fail, seed = seedFolder): Directory {
  const file = resolve(path)
  const stored = readDatabase(file)
  let client = stored && opened(stored)
  const stamp = client && stampIn(client)
  const builder = codeDigest()
  let isOld = false
  try {
    if (stamp?.builder !== builder || !isFrom(stamp, digestsOf(seed))) {
      const built = buildDatabase(readSeed(seed), builder)
      writeDatabase(file, built)
      client?.close()
      client = opened(built)
    }
  } catch (error) {
    if (stamp?.builder !== builder) throw error
    isOld = true
    warn(error)
  }
  // SQLite has a copy. The memory is freed now, since the garbage collector would take its time.
  ;(stored?.buffer as ArrayBuffer | undefined)?.transfer(0)
  return { ...directoryIn(client as Sqlite.Database), isOld, path: file }
}

function isFrom(stored: Stamp, { dataset, log }: Pick<Stamp, 'dataset' | 'log'>): boolean {
  return stored.dataset === dataset && stored.log === log
}

function fail(error: unknown): never {
  throw error
}

/** The database in memory, where damage on the disk cannot affect it; `verbose` gets each SQL statement. */
function opened(bytes: Buffer, verbose?: (sql: unknown) => void): Sqlite.Database {
  const client = new Sqlite(bytes, { readonly: true, ...(verbose && { verbose }) })
  // Nothing writes, so no locks are needed: a look-up takes a quarter of the time without them.
  client.pragma('locking_mode = exclusive')
  return client
}

/** The directory in the bytes of a database; `verbose` gets each SQL statement. */
export const readDirectory = (bytes: Buffer, verbose?: (sql: unknown) => void): Directory =>
  directoryIn(opened(bytes, verbose))

function directoryIn(client: Sqlite.Database): Directory {
  const { dataset, log, builder } = stampIn(client) as Stamp
  const releases = client
    .prepare<[], { dataset: string; date: string }>('select dataset, date from releases order by number desc')
    .all()
  const [last] = releases
  const released = last?.dataset ?? null
  const datasets = releases.map(({ dataset }) => dataset)
  const named = namesIn(client)
  // Values of filters are looked up in memory, so that a 304 costs no query.
  const stored = (set: string) => addSet(client, set, new Names())
  const changed = [stored('changed-records'), named['action-line'], named.agency]
  const lookups: Directory['lookups'] = {
    'action-lines': named['action-line'],
    agencies: named.agency,
    editions: stored('editions'),
    sources: stored('sources'),
    'session-types': stored('session-types'),
    'changed-records': {
      find: (text) => changed.map((one) => one.find(text)).find((id) => id !== undefined),
      suggest: (text) => [...new Set(changed.flatMap((one) => one.suggest(text)))].slice(0, 5),
    },
    datasets: releasedDatasets([...new Set(datasets)], dataset, released),
  }
  const namesOf = (noun: string): Lookup => (lookups as Record<string, Lookup>)[noun] ?? stored(noun)
  return {
    client,
    dataset,
    released,
    releases: datasets,
    releasedOn: last?.date ?? null,
    releasesThatDay: releases.filter(({ date }) => date === last?.date).length,
    isOld: false,
    stamp: [dataset, log, builder].join(' '),
    code: String(builder),
    collections: new Map(nouns.map((noun) => [noun.name, collectionOf(client, noun, namesOf(noun.name))])),
    named,
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
function storedNames(client: Sqlite.Database, set: string): { folded: string; id: string; name: string }[] {
  return client
    .prepare<[string], { folded: string; id: string; name: string }>(
      'select folded, id, name from names where name_set = ? order by rowid',
    )
    .all(set)
}

/** Adds the names of a set. */
function addSet<Known extends Names>(client: Sqlite.Database, set: string, names: Known): Known {
  for (const { id, name, folded } of storedNames(client, set)) names.addFolded(id, name, folded)
  return names
}

/** The lookup of released datasets, newest first; none if the log does not include the served dataset. */
function releasedDatasets(datasets: string[], dataset: string, released: string | null): Lookup {
  const isReleased = released === dataset
  const end = released === null ? 'is empty' : `ends with dataset ${released}`
  return {
    find: (text) => (isReleased ? datasets.find((one) => one === text.toLowerCase()) : undefined),
    suggest: () => [],
    refusal: isReleased
      ? `"since" must be a dataset that was released, the latest first: ${datasets.slice(0, 5).join(', ')}. If your copy has none of them, download a new one.`
      : `"since" is not available: the served dataset ${dataset} is not released, and the log of changes ${end}. Download a new copy.`,
  }
}
