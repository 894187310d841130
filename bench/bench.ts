import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { createServer } from 'node:net'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import autocannon from 'autocannon'
import type { Constant } from './bare.ts'

// Prints what our answers cost, as ratios to a bare Fastify app that serves the same bytes as constants, and what our
// start and memory are, as ratios to an empty app with the same plugins. "unlogged" is the ratio of ours under LOG_LEVEL=warn.
// A measure, not a test: it exits with 0
// unless it could not measure. `--seconds` is how long the memory is loaded; `--rounds`, how often all is asked; `--only`,
// a part of the first column, for these rows alone.

/** One thing asked for. */
interface Question {
  what: string
  path: string
  headers?: Record<string, string>
  /** Whether each request spells the address in a way not seen before, so that nothing kept can answer it. */
  isNew?: boolean
  status?: number
  /** The ratio to the bare app that is wanted; or the question that this one must not be slower than. */
  goal: number | string
}

const item = '/v1/action-lines/C7.e-environment'
const list = '/v1/action-lines?limit=100'
const filtered = '/v1/action-lines?agency=ITU'
const allQuestions: Question[] = [
  { what: 'item, asked before', path: item, goal: 0.9 },
  { what: 'list, asked before', path: list, goal: 0.9 },
  { what: 'filtered list, asked before', path: filtered, goal: 0.9 },
  { what: 'list in gzip, asked before', path: list, headers: { 'accept-encoding': 'gzip' }, goal: 0.9 },
  { what: 'item, not asked before', path: item, isNew: true, goal: 0.6 },
  { what: 'list, not asked before', path: list, isNew: true, goal: 0.6 },
  { what: 'filtered list, not asked before', path: filtered, isNew: true, goal: 0.6 },
  { what: '304, asked before', path: item, status: 304, goal: 'item, asked before' },
  { what: '304, not asked before', path: item, isNew: true, status: 304, goal: 'item, not asked before' },
  { what: '404, asked before', path: `${item}al`, status: 404, goal: 'item, asked before' },
  {
    what: '404, not asked before',
    path: `${item}al`,
    isNew: true,
    status: 404,
    goal: 'item, not asked before',
  },
  {
    what: '404 outside of every route',
    path: '/v2/action-lines',
    status: 404,
    goal: 'item, not asked before',
  },
  {
    what: '400, not asked before',
    path: '/v1/action-lines?agecny=ITU',
    isNew: true,
    status: 400,
    goal: 'item, not asked before',
  },
]

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
  },
})
const questions = allQuestions.filter(({ what }) => what.includes(values.only))

const burstSeconds = 0.25
const connections = 10
/** For each connection of a burst; enough for 20 000 requests a second without a repetition. */
const spellings = 1000
const startRounds = 5
const [serverCore, loadCore] = ['0', '1']

const folder = mkdtempSync(join(tmpdir(), 'bench-'))
const children = new Set<ChildProcess>()

interface Server {
  process: ChildProcess
  origin: string
  /** From spawning the process to its first answer. */
  startMs: number
}

/** Puts the load on one core, and says how to start a server on another; says why where that cannot be. */
function pin(): { before: string[]; words: string } {
  try {
    if (availableParallelism() < 2) throw new Error('there is one core')
    execFileSync('taskset', ['-acp', loadCore, String(process.pid)], { stdio: 'pipe' })
    return {
      before: ['taskset', '-c', serverCore],
      words: `server on core ${serverCore}, load on core ${loadCore}`,
    }
  } catch (error) {
    const why = (error as Error).message.split('\n')[0]
    return {
      before: [],
      words: `NOT PINNED (${why}): server and load share the cores, so trust no single ratio`,
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

/** A server as a process of its own, ready. Throws Error where it ends instead. */
async function serve(file: string, ready: string, settings: Record<string, string> = {}, input = ''): Promise<Server> {
  const port = await freePort()
  const [command = '', ...rest] = [...pinned.before, process.execPath, join(import.meta.dirname, file)]
  const env = {
    PATH: process.env.PATH,
    PORT: String(port),
    DATABASE: join(folder, 'directory.sqlite'),
    ...settings,
  }
  const begun = performance.now()
  const child = spawn(command, rest, { stdio: ['pipe', 'ignore', 'inherit'], env })
  children.add(child)
  child.stdin?.end(input)
  const origin = `http://127.0.0.1:${port}`
  while (child.exitCode === null) {
    const isReady = await fetch(origin + ready).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isReady) return { process: child, origin, startMs: performance.now() - begun }
    await sleep(5)
  }
  throw new Error(`${file} ended with ${child.exitCode} before it answered`)
}

async function end({ process: child }: Server): Promise<void> {
  child.kill('SIGTERM')
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  children.delete(child)
}

const ours = (settings?: Record<string, string>) => serve('../src/server.ts', '/health/ready', settings)
const empty = () => serve('empty.ts', '/ready')

let spelt = 0
/** The path in a spelling not used before: the bits of a counter say which letters are percent-encoded. */
function newSpelling(path: string): string {
  let bits = spelt++
  return path.replace(/(?<=^\/v\d\/.*)[a-z]/g, (letter) => {
    const isEncoded = bits % 2 === 1
    bits >>= 1
    return isEncoded ? `%${letter.charCodeAt(0).toString(16)}` : letter
  })
}

/** How fast a server answered: by the clock, and by its own processor time, which other work on the machine disturbs less. */
interface Speed {
  /** Requests a second, from the first answer to the last. */
  rate: number
  /** Requests a second of processor time, user and system; NaN where there is no /proc. */
  byProcessor: number
}

/** The processor time of a process so far, in seconds; NaN where there is no /proc. */
function processorSeconds(pid: number | undefined): number {
  try {
    // Fields 14 and 15 of proc(5), in hundredths of a second; the name, in brackets, may hold blanks.
    const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ').slice(11, 13) ?? []
    return (Number(user) + Number(system)) / 100
  } catch {
    return Number.NaN
  }
}

/** Loads a server. Throws Error where it answers anything unexpected. */
async function ask(server: Server, asked: Question[], seconds = burstSeconds, prefix = ''): Promise<Speed> {
  const requests = () =>
    asked.flatMap(({ path, headers = {}, isNew }) =>
      Array.from({ length: isNew ? spellings / asked.length : 1 }, () => ({
        path: prefix + (isNew ? newSpelling(path) : path),
        headers,
      })),
    )
  const expected = new Set(asked.map(({ status = 200 }) => status))
  let [first, last, count] = [0, 0, -1]
  const before = processorSeconds(server.process.pid)
  const { promise, resolve } = Promise.withResolvers<autocannon.Result>()
  const running = autocannon(
    {
      url: server.origin,
      connections,
      duration: seconds,
      sampleInt: 50,
      setupClient: (client) => client.setRequests(requests()),
    },
    (_error, result) => resolve(result),
  )
  running.on('response', (_client, status) => {
    last = performance.now()
    if (count < 0) first = last
    count += 1
    if (!expected.has(status)) throw new Error(`${asked[0]?.what} was answered with ${status} by ${server.origin}`)
  })
  const { errors } = await promise
  if (errors > 0 || count < 1) throw new Error(`${asked[0]?.what}: ${errors} errors of ${server.origin}`)
  const spent = processorSeconds(server.process.pid) - before
  return { rate: count / ((last - first) / 1000), byProcessor: count / spent }
}

const median = (numbers: number[]) => {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

const say = (line = '') => process.stdout.write(`${line}\n`)
const times = (ratio: number) => `${ratio.toFixed(2)} ×`

/** The first answer of ours to a question, for the bare app to repeat. */
async function constantOf(server: Server, { path, headers = {}, status = 200 }: Question): Promise<Constant> {
  const [response] = (await once(get(server.origin + path, { headers }), 'response')) as [IncomingMessage]
  const body = await buffer(response)
  if (response.statusCode !== status) throw new Error(`${path} was answered with ${response.statusCode}`)
  const kept = ['content-type', 'content-encoding'].flatMap((name) => {
    const value = response.headers[name]
    return typeof value === 'string' ? [[name, value]] : []
  })
  return {
    path: path.replace(/\?.*/, ''),
    status,
    headers: Object.fromEntries(kept),
    body: body.toString('base64'),
  }
}

/** Asks every question of ours, of ours without the line that it logs, and of the bare app, in turn. */
async function measureAnswers(rounds: number): Promise<void> {
  const servers = { ours: await ours(), quiet: await ours({ LOG_LEVEL: 'warn' }) }
  const held = await fetch(servers.ours.origin + item, { headers: { 'accept-encoding': 'identity' } }).then(
    ({ headers }) => headers.get('etag') ?? '',
  )
  for (const question of questions) if (question.status === 304) question.headers = { 'if-none-match': held }
  const constants = await Promise.all(questions.map((question) => constantOf(servers.ours, question)))
  const routed = constants.map((constant, index) => ({ ...constant, path: `/${index}${constant.path}` }))
  const bare = await serve('bare.ts', '/ready', {}, JSON.stringify(routed))

  const found = new Map<string, Record<'ours' | 'quiet' | 'bare', Speed>[]>()
  for (let round = 0; round <= rounds; round++)
    for (const [index, question] of questions.entries()) {
      const rates = {
        ours: await ask(servers.ours, [question]),
        bare: await ask(bare, [question], burstSeconds, `/${index}`),
        quiet: await ask(servers.quiet, [question]),
      }
      // The first round warms up.
      if (round > 0) found.set(question.what, [...(found.get(question.what) ?? []), rates])
    }
  for (const server of [servers.ours, servers.quiet, bare]) await end(server)

  for (const cells of [head, ...questions.map((question) => rowOf(question, found))])
    say(cells.map((cell, at) => (at === 0 ? cell.padEnd(33) : cell.padStart(at < 6 ? 8 : 0))).join('  '))
}

const head = ['', 'ours/s', 'bare/s', 'ratio', 'by CPU', 'unlogged', 'goal']

function rowOf({ what, goal }: Question, found: Map<string, Record<'ours' | 'quiet' | 'bare', Speed>[]>): string[] {
  const rounds = found.get(what) ?? []
  const ratio = median(rounds.map(({ ours, bare }) => ours.rate / bare.rate))
  const others = typeof goal === 'string' ? (found.get(goal) ?? []) : []
  const compared = median(rounds.map(({ ours }, round) => ours.rate / (others[round]?.ours.rate ?? Number.NaN)))
  const isMet = typeof goal === 'string' ? compared >= 1 : ratio >= goal
  const wanted = typeof goal === 'string' ? `1.00 × "${goal}", is ${times(compared)}` : times(goal)
  return [
    what,
    median(rounds.map(({ ours }) => ours.rate)).toFixed(0),
    median(rounds.map(({ bare }) => bare.rate)).toFixed(0),
    times(ratio),
    times(median(rounds.map(({ ours, bare }) => ours.byProcessor / bare.byProcessor))),
    times(median(rounds.map(({ quiet, bare }) => quiet.rate / bare.rate))),
    `${isMet ? 'met' : 'NOT MET'}: ${wanted}`,
  ]
}

/** Starts both in turn; the database stands already, as in an image. */
async function measureStart(): Promise<void> {
  const rounds: [number, number][] = []
  for (let round = 0; round < startRounds; round++) {
    const [our, other] = [await ours(), await empty()]
    rounds.push([our.startMs, other.startMs])
    await end(our)
    await end(other)
  }
  sayCost('start to ready', 'ms', rounds)
}

/** Loads both at once: ours with all questions in equal parts, the empty app with the only one that it answers. */
async function measureMemory(seconds: number): Promise<void> {
  const [our, other] = [await ours(), await empty()]
  await Promise.all([ask(our, questions, seconds), ask(other, [{ what: 'nothing', path: '/ready', goal: 1 }], seconds)])
  const [a = 0, b = 0] = [our, other].map(
    ({ process: { pid } }) =>
      Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024,
  )
  sayCost(`memory after ${seconds} s of load`, 'MiB', [[a, b]])
  await end(our)
  await end(other)
}

function sayCost(what: string, unit: string, pairs: [number, number][]): void {
  const ratio = median(pairs.map(([our, other]) => our / other))
  const [our, other] = [0, 1].map((index) => `${median(pairs.map((pair) => pair[index] ?? 0)).toFixed(0)} ${unit}`)
  say(
    `${what}: ours ${our}, an empty app with the same plugins ${other}: ${times(ratio)}, ${ratio <= 1.5 ? 'met' : 'NOT met'}, at most 1.50 × wanted`,
  )
}

const pinned = pin()
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})
say(
  `Node ${process.version}, ${pinned.words}; medians of ${values.rounds} rounds of ${burstSeconds} s; JSON log to /dev/null`,
)
// Builds the database, so that no start measured has to.
await end(await ours())
await measureAnswers(Number(values.rounds))
if (values.only === '') {
  say()
  await measureStart()
  await measureMemory(Number(values.seconds))
}
process.exit(0)
