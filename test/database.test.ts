import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import t, { type Test } from 'tap'
import { type Directory, openDirectory } from '../src/data/database.ts'
import { datasetOf, seedFolder } from '../src/data/seed.ts'
import { SeedCopy, temporaryFolder } from './wrong-seed.ts'

const root = join(import.meta.dirname, '..')

/** The directory at a path, closed with the test; `warnings` gets what it warns of. */
function open(t: Test, path: string, seed = seedFolder, warnings: unknown[] = []): Directory {
  const directory = openDirectory(path, (warning) => warnings.push(warning), seed)
  t.teardown(() => directory.db.$client.close())
  return directory
}

function linesIn(directory: Directory): unknown {
  return directory.db.$client.prepare('select count(*) from action_lines').pluck().get()
}

/** The content of every table of a database file, in the order of its rows. */
function rowsOf(path: string): Map<string, unknown[]> {
  const client = new Sqlite(path, { readonly: true })
  const tables = client
    .prepare(
      "select name from sqlite_schema where type = 'table' and name not like '\\_\\_%' escape '\\' order by name",
    )
    .pluck()
    .all()
  const rows = tables.map((name): [string, unknown[]] => [
    `${name}`,
    client.prepare(`select * from "${name}"`).all(),
  ])
  client.close()
  return new Map(rows)
}

/** Runs some lines of code in a process of their own that can be killed, with the rooms of src/data at hand. */
const prelude = `
  import { openDirectory } from '${root}/src/data/database.ts'
  import { readSeed, seedFolder } from '${root}/src/data/seed.ts'
  import { buildDatabase } from '${root}/src/data/build.ts'
`
const asProcess = (code: string) => ['--input-type=module', '--eval', prelude + code]

t.test('a missing database is built, its folder too, and is opened read-only', async (t) => {
  const path = join(temporaryFolder(t), 'deep/down/directory.sqlite')
  const directory = open(t, path)
  t.equal(directory.dataset, datasetOf(seedFolder))
  t.equal(linesIn(directory), 22)
  t.throws(() => directory.db.$client.exec('delete from coordinations'), { code: 'SQLITE_READONLY' })
  t.strictSame(readdirSync(join(path, '..')), ['directory.sqlite'], 'nothing else is left beside it')
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
    db.$client.prepare("select name from agencies where id = 'ITU'").pluck().get()
  t.equal(nameIn(second), 'The Union')
  t.equal(
    nameIn(first),
    'International Telecommunication Union',
    'who had opened the old file goes on reading it',
  )
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
  t.match(warnings, [{ name: 'SeedError', message: /^the seed has 1 fault:\nseed\/reports\.json: / }])
  t.equal(statSync(path).ino, ino)
  const other = join(folder, 'other.sqlite')
  t.throws(() => open(t, other, seed.folder), { name: 'SeedError' })
  rmSync(seed.path('agencies.json'))
  t.throws(() => open(t, other, seed.folder), { message: /^the seed has 2 faults:\n/ })
  t.notOk(existsSync(other))
  rmSync(seed.folder, { recursive: true })
  t.equal(
    open(t, path, seed.folder, warnings).dataset,
    dataset,
    'without any seed the old database serves, too',
  )
  t.equal(warnings.length, 2)
})

t.test('a database that other code built is built again', async (t) => {
  const path = join(temporaryFolder(t), 'directory.sqlite')
  open(t, path)
  const client = new Sqlite(path)
  client.exec("update release set builder = 'older'; delete from coordinations")
  client.close()
  t.ok(open(t, path).db.$client.prepare('select 1 from coordinations').get())
})

t.test('what is no database of the directory is refused and left untouched', async (t) => {
  const folder = temporaryFolder(t)
  const text = join(folder, 'letter.txt')
  writeFileSync(text, 'Dear reader, '.repeat(40))
  const short = join(folder, 'short.txt')
  writeFileSync(short, 'x')
  const foreign = join(folder, 'foreign.sqlite')
  const client = new Sqlite(foreign)
  client.exec(
    'pragma journal_mode = wal; create table release (dataset, builder); create table t as select 1',
  )
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
    [
      'overwritten in the middle',
      () => writeFileSync(path, Buffer.from(sound).fill(170, 4096, sound.length - 4096)),
    ],
    ['overwritten behind the header', () => writeFileSync(path, Buffer.from(sound).fill(170, 100))],
  ]
  for (const [title, damage] of damages) {
    writeFileSync(path, sound)
    damage()
    t.equal(linesIn(open(t, path)), 22, title)
  }
  const client = new Sqlite(path)
  client.exec('delete from release')
  client.close()
  t.equal(linesIn(open(t, path)), 22, 'without a word of what it was built from')
})

t.test('two databases built apart from the same seed have equal rows in every table', async (t) => {
  const [one, other] = [join(temporaryFolder(t), 'a.sqlite'), join(temporaryFolder(t), 'b.sqlite')]
  const first = open(t, one)
  const copy = new SeedCopy(t)
  t.equal(open(t, other, copy.folder).dataset, first.dataset)
  const rows = rowsOf(one)
  t.ok(rows.has('coordinations') && rows.has('names') && rows.size >= 9, [...rows.keys()].join())
  t.strictSame(rowsOf(other), rows)
})

t.test(
  'what a killed build left is swept after an hour, and not before; other files are not ours',
  async (t) => {
    const folder = temporaryFolder(t)
    const path = join(folder, 'directory.sqlite')
    const now = Date.now() / 1000
    const files: [string, number][] = [
      ['directory.sqlite.12-0123abcd.tmp', 61],
      ['directory.sqlite.12-0123abcd.tmp-journal', 61],
      ['directory.sqlite.13-0123abcd.tmp', 59],
      ['directory.sqlite.backup.tmp', 6000],
      ['other.sqlite.12-0123abcd.tmp', 6000],
    ]
    for (const [name, minutes] of files) {
      writeFileSync(join(folder, name), 'x')
      utimesSync(join(folder, name), now - minutes * 60, now - minutes * 60)
    }
    open(t, path)
    t.strictSame(readdirSync(folder).sort(), [
      'directory.sqlite',
      'directory.sqlite.13-0123abcd.tmp',
      'directory.sqlite.backup.tmp',
      'other.sqlite.12-0123abcd.tmp',
    ])
  },
)

t.test('a build that is killed at any moment leaves the old database whole', async (t) => {
  const folder = temporaryFolder(t)
  const path = join(folder, 'directory.sqlite')
  const { dataset } = open(t, path)
  const rows = rowsOf(path)
  const builder = new Sqlite(path, { readonly: true }).prepare('select builder from release').pluck().get()
  const code = `
    const seed = readSeed(seedFolder)
    process.stdout.write('building')
    for (;;) buildDatabase(seed, '${builder}', '${path}')`
  let left = 0
  for (const delay of [3, 11, 20, 34, 55, 90]) {
    const child = spawn(process.execPath, asProcess(code), { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(child.stdout, 'data')
    await wait(delay)
    child.kill('SIGKILL')
    t.strictSame(await once(child, 'exit'), [null, 'SIGKILL'])
    left += readdirSync(folder).filter((name) => name.endsWith('.tmp')).length
    const { ino } = statSync(path)
    const directory = open(t, path)
    t.equal(directory.dataset, dataset)
    t.equal(directory.db.$client.pragma('integrity_check', { simple: true }), 'ok')
    t.equal(statSync(path).ino, ino, 'and nothing had to be built')
  }
  t.strictSame(rowsOf(path), rows)
  t.ok(left > 0, 'at least one was killed in the middle of a build')
})

/** Ends when the test ends, and is known only by its own process id. */
function server(t: Test, database: string): ChildProcess {
  const child = spawn(process.execPath, [join(root, 'src/server.ts')], {
    env: { PATH: process.env.PATH, DATABASE: database, PORT: '0', LOG_LEVEL: 'info' },
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

t.test(
  'four servers that start at once without a database all come up and give the same bytes',
  async (t) => {
    const folder = temporaryFolder(t)
    const path = join(folder, 'data/directory.sqlite')
    const addresses = await Promise.all([1, 2, 3, 4].map(() => addressOf(server(t, path))))
    const answers = await Promise.all(
      addresses.map(async (address) => {
        const answer = await fetch(`${address}/v1/action-lines/C7.e-environment`)
        return [answer.status, answer.headers.get('etag'), await answer.text()]
      }),
    )
    t.match(answers[0], [200, /^"/, /UN-Habitat/])
    for (const answer of answers) t.strictSame(answer, answers[0])
    t.strictSame(readdirSync(join(folder, 'data')), ['directory.sqlite'])
  },
)

/** A folder on a disk that gets full, or undefined where mounting is not permitted. */
function smallDisk(t: Test): string | undefined {
  const folder = temporaryFolder(t)
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=640k', 'tmpfs', folder]).status !== 0) return undefined
  t.teardown(() => spawnSync('umount', [folder]))
  return folder
}

t.test('a full disk leaves the old database serving and no temporary file', async (t) => {
  const folder = smallDisk(t)
  if (folder === undefined) return t.skip('mounting a small disk is not permitted here')
  const seed = new SeedCopy(t)
  const path = join(folder, 'directory.sqlite')
  const { dataset } = open(t, path, seed.folder)
  const { ino } = statSync(path)
  seed.set('agencies.json', 7, 'name', 'The Union')
  writeFileSync(join(folder, 'filler'), Buffer.alloc(640 * 1024 - statSync(path).size - 100_000))
  const warnings: unknown[] = []
  const directory = open(t, path, seed.folder, warnings)
  t.match(warnings, [{ code: 'SQLITE_FULL' }])
  t.equal(directory.dataset, dataset)
  t.equal(linesIn(directory), 22)
  t.equal(statSync(path).ino, ino)
  t.strictSame(readdirSync(folder).sort(), ['directory.sqlite', 'filler'])
  rmSync(join(folder, 'filler'))
  t.not(open(t, path, seed.folder, warnings).dataset, dataset, 'and with space again it is built')
})

t.test('a limit on the size of files is as a full disk', async (t) => {
  const seed = new SeedCopy(t)
  const folder = temporaryFolder(t)
  const path = join(folder, 'directory.sqlite')
  const { dataset } = open(t, path, seed.folder)
  seed.set('agencies.json', 7, 'name', 'The Union')
  const code = `
    process.on('SIGXFSZ', () => {})
    const directory = openDirectory('${path}', (error) => console.error(error.code), '${seed.folder}')
    console.log(directory.dataset)`
  const run = spawnSync(
    'sh',
    ['-c', 'ulimit -f 100 && exec "$0" "$@"', process.execPath, ...asProcess(code)],
    {
      encoding: 'utf8',
    },
  )
  t.match(run, { status: 0, stdout: `${dataset}\n`, stderr: /^SQLITE_(FULL|IOERR_WRITE)$/m })
  t.strictSame(readdirSync(folder), ['directory.sqlite'])
})
