import { parseArgs } from 'node:util'
import type { Constant } from './bare.ts'
import { grown, growth } from './growth.ts'
import { constantOf, cost, crowd, listOf } from './load.ts'
import { type Question, questions, type Request } from './questions.ts'
import { bare, empty, end, jsonServer, memory, nginx, pin, type Server, service } from './servers.ts'

// Prints the processor time of our responses as a share of "full": a bare Fastify route that sends the same bytes with
// the same headers. 1 is as cheap as that, 0.5 costs twice as much. It asserts nothing: it exits with 0 unless it could
// not measure.

const { values } = parseArgs({
  options: {
    /** The number of measured rounds, after warming up. */
    rounds: { type: 'string', default: '9' },
    /** Limits the run to rows with this text in their name. */
    only: { type: 'string', default: '' },
    /** Another checkout to measure beside this one. */
    against: { type: 'string' },
    /** The duration of the memory load, in seconds. */
    seconds: { type: 'string', default: '60' },
    /** Measures json-server, too. */
    others: { type: 'boolean', default: false },
    /** The maximum number of sessions for growth; 0 skips it. */
    sessions: { type: 'string', default: '0' },
  },
})
const rounds = Number(values.rounds)
/** The number of warm-up rounds, until frequently run code is compiled. */
const warmUp = 6

const say = (line = '') => process.stdout.write(`${line}\n`)
const sorted = (numbers: number[]) => numbers.toSorted((a, b) => a - b)
const median = (numbers: number[]) => sorted(numbers)[Math.floor(numbers.length / 2)] ?? Number.NaN

const kinds = ['before', 'spelled', 'first'] as const
type Kind = (typeof kinds)[number]
/** The number of requests in one measurement. */
const amounts: Record<Kind, number> = { before: 800, spelled: 500, first: 200 }

interface Cell {
  question: Question
  kind: Kind
  constant: Constant
  /** The number of requests made, so that none is repeated. */
  asked: number
  /** True if the other checkout supports it, too. */
  isOld: boolean
  /** The costs of one request in microseconds, round by round, by the name of the server. */
  costs: Map<string, number[]>
}

function requestsOf(cell: Cell): Request[] {
  const { question, kind } = cell
  return Array.from({ length: amounts[kind] }, () => {
    cell.asked += 1
    return kind === 'before' ? (question.before as Request) : (question[kind]?.(cell.asked) as Request)
  })
}

/** The paths of all sessions. */
async function sessionsOf(server: Server): Promise<string[]> {
  const paths: string[] = []
  for (let next: string | null = '/v1/sessions?limit=500'; next; ) {
    const page = await listOf(server, next)
    paths.push(...page.items.map(({ id }) => `/v1/sessions/${id}`))
    next = page.next
  }
  return paths
}

async function cellsOf(ours: Server, members: string[], against?: Server): Promise<Cell[]> {
  const services = against ? [ours, against] : [ours]
  const lines = await listOf(ours, '/v1/action-lines')
  const tags = await Promise.all(
    services.map(
      async (one) => (await constantOf(one, { path: '/v1/action-lines/C7.e-environment' }, '')).headers.etag,
    ),
  )
  const rows = lines.items.map(({ id, title }) => ({ code: id, label: title }))
  const all = questions(tags.join(', '), members, JSON.stringify({ rows }))
  const cells: Cell[] = []
  for (const question of all.filter(({ what }) => what.includes(values.only)))
    for (const kind of kinds) {
      const request = kind === 'before' ? question.before : question[kind]?.(0)
      if (!request) continue
      const constant = await constantOf(ours, request, `/${cells.length}`)
      if (constant.status !== question.status) say(`${question.what}: not offered (${constant.status})`)
      else {
        const isOld = against !== undefined && (await constantOf(against, request, '')).status === question.status
        cells.push({ question, kind, constant, asked: 0, isOld, costs: new Map() })
      }
    }
  return cells
}

/** The service of a checkout with enough sessions that none is requested twice as "first". */
async function serviceOfMany(from: string): Promise<Server> {
  const checkout = grown((warmUp + rounds) * amounts.first + 1, from)
  // The first start builds the database and fills the cache of compiled code.
  await end(await service(checkout))
  return service(checkout)
}

/** Sends each request to each server in turn, round by round. */
async function measureAnswers(): Promise<void> {
  const ours = await serviceOfMany('.')
  const against = values.against === undefined ? undefined : await serviceOfMany(values.against)
  const cells = await cellsOf(ours, await sessionsOf(ours), against)
  const constants = cells.map(({ constant }) => constant)
  const servers = new Map<string, Server>([
    ['ours', ours],
    ['full', await bare(constants)],
    ['bare', await bare(constants.map((one) => ({ ...one, headers: {} })))],
  ])
  const files = await nginx(constants.filter(({ status, method }) => status === 200 && method === 'GET'))
  if (files) servers.set('nginx', files)
  if (against) servers.set('against', against)
  // First-time requests come last in each round, because the garbage that they leave would slow the others.
  const inOrder = kinds.flatMap((kind) => cells.filter((cell) => cell.kind === kind))
  for (let round = 1 - warmUp; round <= rounds; round++)
    for (const cell of inOrder) {
      const requests = requestsOf(cell)
      for (const [name, server] of servers) {
        const isService = name === 'ours' || name === 'against'
        const { constant, question, kind } = cell
        if (name === 'bare' && kind !== 'before') continue
        if (name === 'against' && !cell.isOld) continue
        if (name === 'nginx' && (constant.status !== 200 || constant.method !== 'GET' || kind !== 'before')) continue
        const path = isService ? {} : { path: constant.path }
        const status = name === 'bare' || isService ? question.status : constant.status
        const one = await cost(
          server,
          requests.map((request) => ({ ...request, ...path })),
          status,
        )
        if (round > 0) cell.costs.set(name, [...(cell.costs.get(name) ?? []), one])
      }
    }
  for (const server of servers.values()) await end(server)
  printTable(cells)
}

const heading = { before: 'asked before', spelled: 'new spelling', first: 'first time' }

function printTable(cells: Cell[]): void {
  say('Microseconds of processor time for one request, and the share of "full" (least to most of the rounds):')
  say(
    `${'question'.padEnd(21)}${''.padEnd(14)}${'ours'.padStart(8)}${'full'.padStart(8)}${'bare'.padStart(8)}${'nginx'.padStart(8)}  share`,
  )
  for (const { question, kind, costs } of cells) {
    const ofServer = (name: string) => median(costs.get(name) ?? [])
    const shares = (name: string) =>
      (costs.get('full') ?? []).map((full, round) => full / (costs.get(name)?.[round] ?? 0))
    const share = shares('ours')
    const goal = question.goals[kind]
    const numbers = ['ours', 'full', 'bare', 'nginx'].map((name) =>
      (costs.has(name) ? ofServer(name).toFixed(0) : '').padStart(8),
    )
    const words = [
      `${median(share).toFixed(2)} (${sorted(share)[0]?.toFixed(2)} to ${sorted(share).at(-1)?.toFixed(2)})`,
      goal === undefined ? '' : `${median(share) >= goal ? 'reached' : 'NOT REACHED'}: ${goal}`,
      costs.has('against') ? `against ${median(shares('against')).toFixed(2)}` : '',
    ]
    say(
      `${question.what.padEnd(21)}${heading[kind].padEnd(14)}${numbers.join('')}  ${words.filter(Boolean).join('; ')}`,
    )
  }
}

/** Starts each in turn, with code compiled and the database built by an earlier start. */
async function measureStart(): Promise<void> {
  const apps: Record<string, () => Promise<Server>> = { ours: () => service('.'), empty }
  const { against } = values
  if (against) apps.against = () => service(against)
  const found = new Map<string, { ms: number[]; mib: number[] }>()
  for (let round = 0; round <= rounds; round++)
    for (const [name, open] of Object.entries(apps)) {
      const server = await open()
      const { ms, mib } = found.get(name) ?? { ms: [], mib: [] }
      if (round > 0) found.set(name, { ms: [...ms, server.startMs], mib: [...mib, memory(server).now] })
      await end(server)
    }
  const other = found.get('empty')
  for (const [name, { ms, mib }] of found)
    say(
      `${name.padEnd(8)} start to ready ${median(ms).toFixed(0)} ms, ${(median(ms) / median(other?.ms ?? [])).toFixed(2)} × empty; memory ${median(mib).toFixed(0)} MiB, ${(median(mib) / median(other?.mib ?? [])).toFixed(2)} × empty`,
    )
}

/** Mixed requests, mostly new ones, for some time, and many connections at once. */
async function measureLoad(): Promise<void> {
  const ours = await service('.')
  const cells = (await cellsOf(ours, await sessionsOf(ours))).filter(
    ({ question }) => question.status === 200 && !question.what.includes('check'),
  )
  const full = await bare(cells.map(({ constant }) => constant))
  const highest: number[] = []
  const until = performance.now() + Number(values.seconds) * 1000
  while (performance.now() < until) {
    for (const cell of cells) {
      const requests = requestsOf(cell).slice(0, 500)
      await cost(ours, requests, 200)
      await cost(
        full,
        requests.map((request) => ({ ...request, path: cell.constant.path })),
        200,
      )
    }
    highest.push(memory(ours).now)
  }
  const half = highest.slice(0, Math.ceil(highest.length / 2))
  say(
    `memory after ${values.seconds} s of mixed questions: ours ${memory(ours).now.toFixed(0)} MiB, full ${memory(full).now.toFixed(0)} MiB, ${(memory(ours).now / memory(full).now).toFixed(2)} ×; highest of the first half ${Math.max(...half).toFixed(0)}, of all ${Math.max(...highest).toFixed(0)}`,
  )
  const [one] = cells.filter(({ question, kind }) => question.what === 'item' && kind === 'before')
  if (one) {
    const a = await crowd(ours, String(one.question.before?.path), 5, 1000)
    const b = await crowd(full, one.constant.path, 5, 1000)
    say(
      `1,000 connections: ours ${a.failed} failed, p99 ${a.p99} ms; full ${b.failed} failed, p99 ${b.p99} ms; ${(a.p99 / b.p99).toFixed(2)} ×`,
    )
  }
  await end(ours)
  await end(full)
}

/** The same item and list from json-server, for comparison. */
async function measureOthers(): Promise<void> {
  const ours = await service('.')
  const { items } = await listOf(ours, '/v1/action-lines')
  const other = await jsonServer('action-lines', items)
  for (const path of ['/action-lines/C7.e-health', '/action-lines?_limit=100']) {
    const found: [number, number][] = []
    for (let round = 0; round < rounds + warmUp; round++) {
      const ask = (server: Server, path: string) => cost(server, Array(200).fill({ path }), 200)
      found.push([await ask(other, path), await ask(ours, `/v1${path.replace('_', '')}`)])
    }
    const times = median(found.slice(warmUp).map(([one, two]) => one / two))
    say(`json-server ${path}: ${times.toFixed(1)} times the processor time of ours`)
  }
  await end(ours)
  await end(other)
}

say(`${pin()}; medians of ${rounds} rounds`)
// The first run builds the databases and fills the caches of compiled code.
for (const checkout of ['.', values.against ?? '.']) await end(await service(checkout))
await measureAnswers()
if (values.only === '') {
  say()
  await measureStart()
  await measureLoad()
}
if (values.others) await measureOthers()
if (Number(values.sessions) > 0) await growth(Number(values.sessions), say)
process.exit(0)
