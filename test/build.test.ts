import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { watch } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import t, { type Test } from 'tap'
import { linesIn, open, rowsOf } from './opened-database.ts'
import { SeedCopy, temporaryFolder } from './wrong-seed.ts'

const root = join(import.meta.dirname, '..')

/** Runs some lines of code in a process of their own that can be killed, with the rooms of src/ at hand. */
const prelude = `
  import { openDirectory } from '${root}/src/store/directory.ts'
  import { readSeed, seedFolder } from '${root}/src/seed/seed.ts'
  import { buildDatabase } from '${root}/src/store/build.ts'
`
const asProcess = (code: string) => ['--input-type=module', '--eval', prelude + code]

t.test('two databases built apart from the same seed have equal bytes, and rows in every table', async (t) => {
  const [one, other] = [join(temporaryFolder(t), 'a.sqlite'), join(temporaryFolder(t), 'b.sqlite')]
  const first = open(t, one)
  const copy = new SeedCopy(t)
  t.equal(open(t, other, copy.folder).dataset, first.dataset)
  const rows = rowsOf(one)
  t.ok(rows.has('coordinations') && rows.has('names') && rows.size >= 9, [...rows.keys()].join())
  t.strictSame(rowsOf(other), rows)
  t.ok(readFileSync(other).equals(readFileSync(one)))
})

t.test('what a killed build left is swept after an hour, and not before; other files are not ours', async (t) => {
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
  open(t, path)
  t.strictSame(readdirSync(folder).sort(), [
    '.directory.sqlite-13345678-9abc-4def-8123-456789abcdef.tmp',
    '.directory.sqlite-backup.tmp',
    '.other.sqlite-12345678-9abc-4def-8123-456789abcdef.tmp',
    'directory.sqlite',
  ])
})

t.test('a build that is killed at any moment leaves the old database whole', async (t) => {
  const folder = temporaryFolder(t)
  const path = join(folder, 'directory.sqlite')
  const { dataset } = open(t, path)
  const rows = rowsOf(path)
  const builder = new Sqlite(path, { readonly: true }).pragma('user_version', { simple: true })
  const code = `
    const seed = readSeed(seedFolder)
    process.stdout.write('building')
    for (;;) buildDatabase(seed, ${builder}, '${path}')`
  // After some milliseconds, or (undefined) as soon as a temporary file shows.
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
    t.equal(directory.db.$client.pragma('integrity_check', { simple: true }), 'ok')
    t.equal(statSync(path).ino, ino, 'and nothing had to be built')
    t.comment(`temporary files left by killed builds so far: ${readdirSync(folder).length - 1}`)
  }
  t.strictSame(rowsOf(path), rows)
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

t.test('four servers that start at once without a database all come up and give the same bytes', async (t) => {
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
})

/** A folder on a disk that gets full, or undefined where mounting is not permitted. */
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
  const path = join(folder, 'directory.sqlite')
  const { dataset } = open(t, path, seed.folder)
  const { ino } = statSync(path)
  seed.set('agencies.json', 7, 'name', 'The Union')
  writeFileSync(join(folder, 'filler'), Buffer.alloc(16 * 1024 * 1024 - Math.floor(1.5 * statSync(path).size)))
  const warnings: unknown[] = []
  const directory = open(t, path, seed.folder, warnings)
  t.match(warnings, [{ message: `${path} cannot be written: ENOSPC: no space left on device, write` }])
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
    const directory = openDirectory('${path}', (error) => console.error(error.message), '${seed.folder}')
    console.log(directory.dataset)`
  const run = spawnSync('sh', ['-c', 'ulimit -f 100 && exec "$0" "$@"', process.execPath, ...asProcess(code)], {
    encoding: 'utf8',
    // How it ends is not looked at: the record of coverage that tap lets it write may not fit under the limit either.
    env: { PATH: process.env.PATH },
  })
  t.match(run, {
    stdout: `${dataset}\n`,
    stderr: `${path} cannot be written: EFBIG: file too large, write\n`,
  })
  t.strictSame(readdirSync(folder), ['directory.sqlite'])
})
