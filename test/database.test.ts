import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import t from 'tap'
import { getTableConfig } from '../src/drizzle.ts'
import { SeedError } from '../src/seed/errors.ts'
import { digestsOf, seedFolder } from '../src/seed/seed.ts'
import { type Directory, openDirectory, readDirectory } from '../src/store/directory.ts'
import * as tables from '../src/store/tables.ts'
import { linesIn, open } from './opened-database.ts'
import { SeedCopy, temporaryFolder } from './wrong-seed.ts'

t.test('a missing database is built, its folder too, and is opened read-only', async (t) => {
  const path = join(temporaryFolder(t), 'down/directory.sqlite')
  const directory = open(t, path)
  t.equal(directory.dataset, digestsOf(seedFolder).dataset)
  t.equal(linesIn(directory), 22)
  t.throws(() => directory.db.$client.exec('delete from agency_groups'), { code: 'SQLITE_READONLY' })
  t.strictSame(readdirSync(join(path, '..')), ['directory.sqlite'], 'nothing else is left beside it')
})

t.test('whoever opens a database can watch each statement that runs', async (t) => {
  const path = join(temporaryFolder(t), 'directory.sqlite')
  open(t, path)
  const seen: unknown[] = []
  const { db } = readDirectory(path, (sql) => seen.push(sql))
  seen.length = 0
  db.$client.prepare('select id from action_lines').all()
  t.strictSame(seen, ['select id from action_lines'])
  db.$client.close()
})

t.test('an empty file is no database yet, and is filled', async (t) => {
  const path = join(temporaryFolder(t), 'directory.sqlite')
  writeFileSync(path, '')
  t.equal(linesIn(open(t, path)), 22)
})

t.test('a database is built again when the seed changed, and only then', async (t) => {
  const seed = new SeedCopy(t)
  const path = join(temporaryFolder(t), 'directory.sqlite')
  const first = open(t, path, seed.folder)
  const { ino, mtimeMs } = statSync(path)
  open(t, path, seed.folder)
  t.match(statSync(path), { ino, mtimeMs }, 'the same seed: the same file')
  seed.set('agencies.json', 7, 'name', 'The Union')
  const second = open(t, path, seed.folder)
  t.not(statSync(path).ino, ino, 'another seed: another file')
  t.not(second.dataset, first.dataset)
  const nameIn = ({ db }: Directory) =>
    db.$client.prepare("select json ->> 'name' from agencies where id = 'ITU'").pluck().get()
  t.equal(nameIn(second), 'The Union')
  t.equal(nameIn(first), 'International Telecommunication Union', 'who had opened the old file goes on reading it')
})

t.test('a bad seed leaves the old database serving, with a warning; without one it is thrown', async (t) => {
  const seed = new SeedCopy(t)
  const folder = temporaryFolder(t)
  const path = join(folder, 'directory.sqlite')
  const { dataset } = open(t, path, seed.folder)
  const { ino } = statSync(path)
  seed.write('reports.json', '{}')
  const warnings: unknown[] = []
  const directory = open(t, path, seed.folder, warnings)
  t.equal(directory.dataset, dataset)
  t.equal(linesIn(directory), 22)
  t.match(warnings, [{ name: 'SeedError', message: /^the seed has 1 error:\nseed\/reports\.json: / }])
  t.equal(statSync(path).ino, ino)
  const other = join(folder, 'other.sqlite')
  t.throws(() => open(t, other, seed.folder), { name: 'SeedError' })
  rmSync(seed.path('agencies.json'))
  t.throws(() => open(t, other, seed.folder), { message: /^the seed has 2 errors:\n/ })
  t.notOk(existsSync(other))
  rmSync(seed.folder, { recursive: true })
  t.equal(open(t, path, seed.folder, warnings).dataset, dataset, 'without any seed the old database serves, too')
  t.equal(warnings.length, 2)
})

t.test('a database that other code built is built again', async (t) => {
  const path = join(temporaryFolder(t), 'directory.sqlite')
  open(t, path).db.$client.close()
  const client = new Sqlite(path)
  client.exec('pragma user_version = 1; delete from agency_groups')
  client.close()
  t.ok(open(t, path).db.$client.prepare('select 1 from agency_groups').get())
})

t.test('what is no database of the directory is refused and left untouched', async (t) => {
  const folder = temporaryFolder(t)
  const text = join(folder, 'letter.txt')
  writeFileSync(text, 'Dear reader, '.repeat(40))
  const short = join(folder, 'short.txt')
  writeFileSync(short, 'x')
  const foreign = join(folder, 'foreign.sqlite')
  const client = new Sqlite(foreign)
  client.exec('pragma journal_mode = wal; create table release (dataset, builder); create table t as select 1')
  client.close()
  const damaged = join(folder, 'damaged.sqlite')
  writeFileSync(damaged, readFileSync(foreign).fill(255, 100))
  const names = readdirSync(folder)
  for (const path of [text, short, foreign, damaged]) {
    const before = readFileSync(path)
    t.throws(() => open(t, path), {
      message: `${path} is there but is no database of this directory; move it away, or let DATABASE name another file`,
    })
    t.ok(readFileSync(path).equals(before), `${path} is untouched`)
  }
  mkdirSync(join(folder, 'data'))
  t.throws(() => open(t, join(folder, 'data')), { message: /is there but is no database of this directory/ })
  t.strictSame(readdirSync(folder).sort(), [...names, 'data'].sort(), 'and nothing is left beside them')
})

t.test('a database of ours that is damaged is built again', async (t) => {
  const path = join(temporaryFolder(t), 'directory.sqlite')
  open(t, path).db.$client.close()
  const sound = readFileSync(path)
  const damages: [string, () => void][] = [
    ['cut off', () => truncateSync(path, 5000)],
    ['cut off in its header', () => truncateSync(path, 80)],
    ['overwritten in the middle', () => writeFileSync(path, Buffer.from(sound).fill(170, 4096, sound.length - 4096))],
    ['overwritten in its last page', () => writeFileSync(path, Buffer.from(sound).fill(170, sound.length - 4096))],
    ['overwritten behind the header', () => writeFileSync(path, Buffer.from(sound).fill(170, 100))],
  ]
  for (const [title, damage] of damages) {
    writeFileSync(path, sound)
    damage()
    const directory = open(t, path)
    t.equal(linesIn(directory), 22, title)
    directory.db.$client.close()
  }
  const client = new Sqlite(path)
  client.exec('delete from release')
  client.close()
  t.equal(linesIn(open(t, path)), 22, 'without a word of what it was built from')
})

t.test('a caller that names nobody to warn is told by an error, and the old file stays', async (t) => {
  const path = join(temporaryFolder(t), 'directory.sqlite')
  open(t, path).db.$client.close()
  const before = readFileSync(path)
  const seed = new SeedCopy(t)
  seed.write('reports.json', '[')
  t.throws(() => openDirectory(path, undefined, seed.folder), SeedError)
  t.ok(readFileSync(path).equals(before))
})

t.test('the migrations make every table, column and index that the code knows', async (t) => {
  const directory = open(t, join(temporaryFolder(t), 'directory.sqlite'))
  const made = (kind: string, table: string) =>
    directory.db.$client
      .prepare(
        `select name from ${kind === 'index' ? `pragma_index_list('${table}')` : `pragma_table_info('${table}')`}`,
      )
      .pluck()
      .all()
  for (const table of Object.values(tables)) {
    const { name, columns, indexes } = getTableConfig(table)
    t.strictSame(
      made('column', name),
      columns.map((column) => column.name),
      name,
    )
    for (const { config } of indexes) t.ok(made('index', name).includes(config.name), config.name)
  }
})
