import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { watch } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { getTableConfig } from 'drizzle-orm/sqlite-core'
import t, { type Test } from 'tap'
import { nouns } from '../src/nouns/index.ts'
import { SeedError } from '../src/seed/findings.ts'
import { digestsOf, type Seed } from '../src/seed/seed.ts'
import { buildDatabase } from '../src/store/build.ts'
import { readDatabase } from '../src/store/database-file.ts'
import { type Directory, openDirectory } from '../src/store/directory.ts'
import * as tables from '../src/store/tables.ts'
import { copyOfBuilt, linesIn, open, rowsOf } from './opened-database.ts'
import { compileCache } from './process.ts'
import { fc } from './random.ts'
import { builtDatabase } from './service.ts'
import { SeedCopy, temporaryFolder } from './wrong-seed.ts'

/** A seed that is built quickly. */
const short = new SeedCopy(t, { isShort: true }).folder

t.test('a missing database is built with its folder and opened read-only', async (t) => {
  const path = join(temporaryFolder(t), 'down/directory.sqlite')
  const directory = open(t, path, short)
  t.equal(directory.dataset, digestsOf(short).dataset)
  t.equal(linesIn(directory), 22)
  t.throws(() => directory.client.exec('delete from coordinations'), { code: 'SQLITE_READONLY' })
  t.strictSame(readdirSync(join(path, '..')), ['directory.sqlite'], 'nothing else is left beside it')
})

t.test('a migration that lacks a column is an error that names the command which writes it', async (t) => {
  const [clone, folder] = [join(import.meta.dirname, '..'), temporaryFolder(t)]
  for (const path of ['src', 'migrations', 'openapi', 'package.json', 'package-lock.json'])
    cpSync(join(clone, path), join(folder, path), { recursive: true })
  for (const path of ['node_modules', 'seed']) symlinkSync(join(clone, path), join(folder, path))
  const migration = join(folder, 'migrations', String(readdirSync(join(folder, 'migrations')).find(isSql)))
  writeFileSync(migration, readFileSync(migration, 'utf8').replace('\t`digest` text NOT NULL,\n', ''))
  const { status, stderr } = spawnSync(process.execPath, ['src/build-database.ts'], { cwd: folder, encoding: 'utf8' })
  t.equal(status, 1)
  t.match(stderr, /digest.*npm run migrations/)
})
const isSql = (file: string) => file.endsWith('.sql')

t.test('an empty file is no database yet, and is filled', async (t) => {
  const path = join(temporaryFolder(t), 'directory.sqlite')
  writeFileSync(path, '')
  t.equal(linesIn(open(t, path, short)), 22)
})

t.test('a database is built again when the seed changed, and only then', async (t) => {
  const seed = new SeedCopy(t)
  const path = copyOfBuilt(t)
  const first = open(t, path, seed.folder)
  const { ino, mtimeMs } = statSync(path)
  open(t, path, seed.folder)
  t.match(statSync(path), { ino, mtimeMs }, 'the same seed: the same file')
  seed.set('agencies.json', 7, 'name', 'The Union')
  const second = open(t, path, seed.folder)
  t.not(statSync(path).ino, ino, 'another seed: another file')
  t.not(second.dataset, first.dataset)
  const nameIn = ({ client }: Directory) =>
    client.prepare("select json ->> 'name' from agencies where id = 'ITU'").pluck().get()
  t.equal(nameIn(second), 'The Union')
  t.equal(nameIn(first), 'International Telecommunication Union', 'who had opened the old file goes on reading it')
})

t.test('a wrong seed leaves the old database serving, with a warning', async (t) => {
  const seed = new SeedCopy(t)
  const path = copyOfBuilt(t)
  const { dataset } = open(t, path, seed.folder)
  const { ino } = statSync(path)
  seed.write('reports.json', '{}')
  const warnings: unknown[] = []
  const directory = open(t, path, seed.folder, warnings)
  t.equal(directory.dataset, dataset)
  t.equal(linesIn(directory), 22)
  t.match(warnings, [{ name: 'SeedError', message: /^the seed has 1 error:\nseed\/reports\.json: / }])
  t.equal(statSync(path).ino, ino)
  rmSync(seed.folder, { recursive: true })
  t.equal(open(t, path, seed.folder, warnings).dataset, dataset, 'and so does a seed that is gone')
  t.equal(warnings.length, 2)
})

t.test('a wrong seed is an error if there is no old database, and builds nothing', async (t) => {
  const seed = new SeedCopy(t)
  seed.write('reports.json', '{}')
  const path = join(temporaryFolder(t), 'directory.sqlite')
  t.throws(() => open(t, path, seed.folder), { name: 'SeedError' })
  rmSync(seed.path('agencies.json'))
  t.throws(() => open(t, path, seed.folder), { message: /^the seed has 2 errors:\n/ })
  t.notOk(existsSync(path))
})

t.test('a database that other code built is built again', async (t) => {
  const path = copyOfBuilt(t)
  const client = new Sqlite(path)
  client.exec('pragma user_version = 1; pragma foreign_keys = off; delete from coordinations')
  client.close()
  t.ok(open(t, path).client.prepare('select 1 from coordinations').get())
})

t.test('a file that is no database of the directory is refused and left untouched', async (t) => {
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

t.test('a damaged database is built again', async (t) => {
  const path = join(temporaryFolder(t), 'directory.sqlite')
  open(t, path, short).client.close()
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
    const directory = open(t, path, short)
    t.equal(linesIn(directory), 22, title)
    directory.client.close()
  }
  const client = new Sqlite(path)
  client.exec('delete from release')
  client.close()
  t.equal(linesIn(open(t, path, short)), 22, 'without a word of what it was built from')
})

t.test('without a receiver of warnings a wrong seed is an error, and the old file stays', async (t) => {
  const path = copyOfBuilt(t)
  open(t, path).client.close()
  const before = readFileSync(path)
  const seed = new SeedCopy(t)
  seed.write('reports.json', '[')
  t.throws(() => openDirectory(path, undefined, seed.folder), SeedError)
  t.ok(readFileSync(path).equals(before))
})

t.test('a database with any one flipped bit is never served', async (t) => {
  const path = join(temporaryFolder(t), 'directory.sqlite')
  open(t, path, short)
  const sound = readFileSync(path)
  const bits = fc.sample(fc.integer({ min: 0, max: sound.length * 8 - 1 }), { numRuns: 300, seed: 1 })
  const file = openSync(path, 'r+')
  t.teardown(() => closeSync(file))
  const served = bits.filter((bit) => {
    const [place, byte] = [bit >> 3, Number(sound[bit >> 3])]
    writeSync(file, Buffer.of(byte ^ (1 << (bit & 7))), 0, 1, place)
    try {
      return readDatabase(path) !== undefined
    } catch {
      return false
    } finally {
      writeSync(file, Buffer.of(byte), 0, 1, place)
    }
  })
  t.same(served, [])
})

t.test('the migrations make every table, column, index and reference that the code knows', async (t) => {
  const directory = open(t, builtDatabase)
  const made = (kind: string, table: string, of = 'name') =>
    directory.client
      .prepare(
        kind === 'column'
          ? `select name from pragma_table_info('${table}')`
          : `select ${of} from pragma_${kind}_list('${table}')`,
      )
      .pluck()
      .all()
  const ofNouns = nouns.flatMap(({ table, filters }) => [
    table,
    ...Object.values(filters).flatMap(({ links }) => links ?? []),
  ])
  for (const table of [...Object.values(tables), ...ofNouns]) {
    const { name, columns, indexes, foreignKeys } = getTableConfig(table)
    t.strictSame(
      made('column', name),
      columns.map((column) => column.name),
      name,
    )
    for (const { config } of indexes) t.ok(made('index', name).includes(config.name), config.name)
    const referred = foreignKeys.map((key) => getTableConfig(key.reference().foreignTable).name)
    t.strictSame(made('foreign_key', name, '"table"').sort(), referred.sort(), `${name} refers to ${referred}`)
  }
})

const root = join(import.meta.dirname, '..')

/** Runs code in a separate process that can be killed. */
const asProcess = (code: string) => ['--input-type=module', '--eval', code]

t.test('two databases built apart from the same seed have equal bytes, and rows in every table', async (t) => {
  const [one, other] = [join(temporaryFolder(t), 'a.sqlite'), join(temporaryFolder(t), 'b.sqlite')]
  const first = open(t, one, short)
  const copy = new SeedCopy(t, { from: short })
  t.equal(open(t, other, copy.folder).dataset, first.dataset)
  const rows = rowsOf(one)
  for (const table of ['action_lines', 'editions', 'coordinations', 'names']) t.ok(rows.get(table)?.length, table)
  t.ok(readFileSync(other).equals(readFileSync(one)))
})

t.test('the files of a killed build are removed after an hour, and no others', async (t) => {
  const folder = temporaryFolder(t)
  const path = join(folder, 'directory.sqlite')
  const now = Date.now() / 1000
  const files: [string, number][] = [
    ['.directory.sqlite-12345678-9abc-4def-8123-456789abcdef.tmp', 61],
    ['.directory.sqlite-13345678-9abc-4def-8123-456789abcdef.tmp', 59],
    ['.directory.sqlite-backup.tmp', 6000],
    ['.other.sqlite-12345678-9abc-4def-8123-456789abcdef.tmp', 6000],
  ]
  for (const [name, minutes] of files) {
    writeFileSync(join(folder, name), 'x')
    utimesSync(join(folder, name), now - minutes * 60, now - minutes * 60)
  }
  // One that is gone when it is looked at.
  symlinkSync(join(folder, 'nowhere'), join(folder, '.directory.sqlite-14345678-9abc-4def-8123-456789abcdef.tmp'))
  open(t, path, short)
  t.strictSame(readdirSync(folder).sort(), [
    '.directory.sqlite-13345678-9abc-4def-8123-456789abcdef.tmp',
    '.directory.sqlite-backup.tmp',
    '.other.sqlite-12345678-9abc-4def-8123-456789abcdef.tmp',
    'directory.sqlite',
  ])
})

t.test('a process that is killed while it writes leaves the old database whole', async (t) => {
  const folder = temporaryFolder(t)
  const path = copyOfBuilt(t, folder)
  const { dataset } = open(t, path)
  const bytes = readFileSync(path)
  const code = `
    import { readDatabase, writeDatabase } from '${root}/src/store/database-file.ts'
    const bytes = readDatabase('${path}')
    process.stdout.write('building')
    for (;;) writeDatabase('${path}', bytes)`
  // After some milliseconds, or (undefined) as soon as a temporary file appears.
  for (const delay of [3, 20, undefined, undefined]) {
    const child = spawn(process.execPath, asProcess(code), { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(child.stdout, 'data')
    if (delay === undefined) for await (const { filename } of watch(folder)) if (filename?.endsWith('.tmp')) break
    if (delay !== undefined) await wait(delay)
    child.kill('SIGKILL')
    t.strictSame(await once(child, 'exit'), [null, 'SIGKILL'])
    const { ino } = statSync(path)
    const directory = open(t, path)
    t.equal(directory.dataset, dataset)
    t.equal(directory.client.pragma('integrity_check', { simple: true }), 'ok')
    t.equal(statSync(path).ino, ino, 'and nothing had to be built')
    t.comment(`temporary files left by killed builds so far: ${readdirSync(folder).length - 1}`)
  }
  t.ok(readFileSync(path).equals(bytes))
})

/** Ends when the test ends, and is known only by its own process id. */
function server(t: Test, database: string): ChildProcess {
  const child = spawn(process.execPath, [join(root, 'src/server.ts')], {
    env: { PATH: process.env.PATH, DATABASE: database, PORT: '0', LOG_LEVEL: 'info', NODE_COMPILE_CACHE: compileCache },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  t.teardown(() => child.kill('SIGKILL'))
  return child
}

async function addressOf(child: ChildProcess): Promise<string> {
  let log = ''
  for await (const chunk of child.stdout ?? []) {
    log += chunk
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(log)?.[0]
    if (address) {
      child.stdout?.resume()
      return address
    }
  }
  throw new Error(`the server ended without listening: ${log}`)
}

t.test('two servers that start at once without a database all come up and give the same bytes', async (t) => {
  const folder = temporaryFolder(t)
  const path = join(folder, 'data/directory.sqlite')
  const addresses = await Promise.all([1, 2].map(() => addressOf(server(t, path))))
  const answers = await Promise.all(
    addresses.map(async (address) => {
      const answer = await fetch(`${address}/v1/action-lines/C7.e-environment`)
      return [answer.status, answer.headers.get('etag'), await answer.text()]
    }),
  )
  t.match(answers[0], [200, /^"/, /UN-Habitat/])
  t.strictSame(answers[1], answers[0])
  t.strictSame(readdirSync(join(folder, 'data')), ['directory.sqlite'])
})

/** A folder on a disk that runs full; undefined where mounting is not permitted. */
function smallDisk(t: Test): string | undefined {
  const folder = temporaryFolder(t)
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', folder]).status !== 0) return undefined
  t.teardown(() => spawnSync('umount', [folder]))
  return folder
}

t.test('a full disk leaves the old database serving and no temporary file', async (t) => {
  const folder = smallDisk(t)
  if (folder === undefined) return t.plan(0, 'mounting a small disk is not permitted here')
  const seed = new SeedCopy(t)
  const path = copyOfBuilt(t, folder)
  const { dataset } = open(t, path, seed.folder)
  const { ino } = statSync(path)
  seed.set('agencies.json', 7, 'name', 'The Union')
  writeFileSync(join(folder, 'filler'), Buffer.alloc(16 * 1024 * 1024 - Math.floor(1.5 * statSync(path).size)))
  const warnings: unknown[] = []
  const directory = open(t, path, seed.folder, warnings)
  t.match(warnings, [
    { message: `${path} cannot be written; set DATABASE to a file that can: ENOSPC: no space left on device, write` },
  ])
  t.equal(directory.dataset, dataset)
  t.equal(linesIn(directory), 22)
  t.equal(statSync(path).ino, ino)
  t.strictSame(readdirSync(folder).sort(), ['directory.sqlite', 'filler'])
  rmSync(join(folder, 'filler'))
  t.not(open(t, path, seed.folder, warnings).dataset, dataset, 'and with space again it is built')
})

t.test('a limit on the size of files leaves the old database serving, too', async (t) => {
  const seed = new SeedCopy(t)
  const folder = temporaryFolder(t)
  const path = copyOfBuilt(t, folder)
  const { dataset } = open(t, path, seed.folder)
  seed.set('agencies.json', 7, 'name', 'The Union')
  const code = `
    import { openDirectory } from '${root}/src/store/directory.ts'
    const directory = openDirectory('${path}', (error) => console.error(error.message), '${seed.folder}')
    console.log(directory.dataset)`
  const run = spawnSync('sh', ['-c', 'ulimit -f 100 && exec "$0" "$@"', process.execPath, ...asProcess(code)], {
    encoding: 'utf8',
    // Its exit status is ignored: the coverage record that tap writes may not fit under the limit either.
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: compileCache },
  })
  t.match(run, {
    stdout: `${dataset}\n`,
    stderr: `${path} cannot be written; set DATABASE to a file that can: EFBIG: file too large, write\n`,
  })
  t.strictSame(readdirSync(folder), ['directory.sqlite'])
})

t.test('an error of the program is not taken for one of the disk', (t) => {
  t.throws(() => buildDatabase({ dataset: '', log: '' } as Seed, 1), TypeError)
  t.end()
})
