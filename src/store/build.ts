import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { fold } from '../characters.ts'
import { getTableName } from '../drizzle.ts'
import { nouns } from '../nouns/index.ts'
import { columnOf, type Noun, servedRecords, type Value } from '../nouns/noun.ts'
import { type Relations, relationsOf } from '../nouns/relations.ts'
import type { Seed } from '../seed/seed.ts'
import { applicationId } from './database-file.ts'
import { searchEntriesOf } from './search-index.ts'

/** Creates every table; the only migration, because the file is always built from scratch. */
const migration = join(import.meta.dirname, '../../migrations/0000_directory.sql')

/** The bytes of the SQLite file of a seed. */
export function buildDatabase(seed: Seed, builder: number): Buffer {
  const client = new Sqlite(':memory:')
  try {
    client.pragma(`application_id = ${applicationId}`)
    client.pragma(`user_version = ${builder}`)
    client.pragma('foreign_keys = off')
    client.exec(readFileSync(migration, 'utf8'))
    client.transaction(() => fill(client, seed))()
    assert.equal(client.pragma('integrity_check', { simple: true }), 'ok')
    assert.deepEqual(client.pragma('foreign_key_check'), [])
    return client.serialize()
  } catch (error) {
    const { message } = error as Error
    if (!/has no column named|no such table/.test(message)) throw error
    throw new Error(`${message}: the migration lacks it; run "npm run migrations"`, { cause: error })
  } finally {
    client.close()
  }
}

function fill(client: Sqlite.Database, seed: Seed): void {
  client.prepare('insert into release (dataset, log) values (?, ?)').run(seed.dataset, seed.log)
  const insertRelease = client.prepare('insert into releases (number, dataset, date) values (?, ?, ?)')
  for (const [index, { dataset, date }] of seed.releases.entries()) insertRelease.run(index + 1, dataset, date)
  const insertName = client.prepare('insert into names (name_set, folded, id, name) values (?, ?, ?, ?)')
  const names = (set: string, id: string, name: string, folded = fold(name)) =>
    void insertName.run(set, folded, id, name)
  const entries = searchEntriesOf(client)
  const relations = relationsOf(seed)
  for (const noun of nouns) {
    const insert = recordInserter(client, noun, relations)
    for (const { record, sortKey } of servedRecords(noun, relations)) {
      const { id } = record
      insert(record, sortKey)
      if (noun.name !== 'action-lines' && noun.name !== 'agencies') names(noun.name, id, id)
      if (noun.found) entries.add(noun, id, noun.found(record as never, relations))
    }
    for (const [other, id] of new Map([...(noun.otherIds?.(relations) ?? [])].toReversed())) names(noun.name, id, other)
  }
  for (const [noun, members] of Object.entries(seed.names))
    for (const [folded, { id, name }] of members.entries()) names(noun, id, name, folded)
  for (const { name, names: others } of seed.otherBodies)
    for (const one of [name, ...others]) names('other-bodies', name, one)
  // Two spellings of a word, such as "Cyber-crime" and "cybercrime", have one entry.
  for (const { id, keyword } of new Map(seed.keywords.map((one) => [`${one.id} ${fold(one.keyword)}`, one])).values())
    names('keywords', id, keyword)
  for (const type of new Set(seed.sessions.flatMap(({ type }) => type ?? []))) names('session-types', type, type)
  for (const id of new Set(seed.releases.flatMap(({ changes }) => changes.map(({ id }) => id))))
    names('changed-records', id, id)
  entries.index()
}

/** Inserts records, each complete, with the values that filters compare. */
function recordInserter(client: Sqlite.Database, noun: Noun, relations: Relations) {
  const table = getTableName(noun.table)
  const filters = Object.entries(noun.filters).map(([name, { links, value = (item: never) => idsOf(item[name]) }]) => ({
    links,
    column: columnOf(noun, name),
    valuesIn: (record: object) => [value(record as never, relations)].flat(),
  }))
  const columns = filters.flatMap(({ column, valuesIn }) => (column ? { name: column.name, valuesIn } : []))
  const links = filters.flatMap(({ links, valuesIn }) =>
    links
      ? { valuesIn, insert: client.prepare(`insert into ${getTableName(links)} (value, sort_key) values (?, ?)`) }
      : [],
  )
  const names = ['id', 'sort_key', 'digest', 'json', ...columns.map(({ name }) => name)]
  const insert = client.prepare(`insert into ${table} (${names}) values (${names.map(() => '?')})`)
  return (record: { id: string }, sortKey: string): void => {
    const values = columns
      .flatMap(({ valuesIn }) => valuesIn(record))
      .map((one) => (typeof one === 'boolean' ? Number(one) : one))
    const json = JSON.stringify(record)
    insert.run(record.id, sortKey, hash('sha256', json, 'base64url').slice(0, 22), json, ...values)
    for (const { valuesIn, insert } of links) for (const one of new Set(valuesIn(record))) insert.run(one, sortKey)
  }
}

/** The value of a property for a filter; a link becomes its id. */
const idsOf = (value: unknown): Value | Value[] => {
  if (Array.isArray(value)) return value.flatMap(idsOf)
  return typeof value === 'object' && value !== null ? (value as { id: string }).id : (value as Value)
}
