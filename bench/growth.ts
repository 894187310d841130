import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { cost, listOf } from './load.ts'
import { end, folder, memory, type Server, service } from './servers.ts'

// The cost of more sessions: the same service over seeds of which each has ten times as many.

/** A copy of a checkout with this many sessions in its seed: the real ones repeated under new ids. */
export function grown(sessions: number, from = '.'): string {
  const checkout = join(folder, `grown-${resolve(from).replace(/\W+/g, '-')}-${sessions}`)
  for (const part of ['src', 'seed', 'migrations', 'openapi', 'package.json', 'package-lock.json'])
    cpSync(join(from, part), join(checkout, part), { recursive: true })
  symlinkSync(resolve(from, 'node_modules'), join(checkout, 'node_modules'))
  const file = join(checkout, 'seed/sessions.json')
  const real: { id: string; url: string | null }[] = JSON.parse(readFileSync(file, 'utf8'))
  const more = Array.from({ length: Math.max(0, sessions - real.length) }, (_none, number) => {
    const session = real[number % real.length]
    return { ...session, id: `${session?.id}-${number}`, number: null, url: null, outcome: undefined }
  })
  writeFileSync(file, JSON.stringify([...real, ...more]))
  return checkout
}

const dayOf = (number: number) => new Date(Date.UTC(1900, 0, 1 + number)).toISOString().slice(0, 10)

/** The number of requests of a kind in one measurement. */
const amount = 60

/** Microseconds of processor time for each kind of request, made for the first time. */
async function costs(server: Server, round: number): Promise<Record<string, number>> {
  const { items } = await listOf(server, '/v1/sessions?limit=500')
  const numbers = Array.from({ length: amount }, (_none, number) => number)
  // A cursor after each of the first items: different pages of equal size.
  const lists = await Promise.all(numbers.map((number) => listOf(server, `/v1/sessions?limit=${number + 1}`)))
  const cursors = lists.map(({ nextCursor }) => nextCursor)
  const many = (path: (number: number) => string, status = 200) =>
    cost(
      server,
      numbers.map((number) => ({ path: path(number) })),
      status,
    )
  const size = 20 + round
  const format = ['ics', 'jsonld', 'json'][Math.floor(round / 2)]
  return {
    item: await many((number) => `/v1/sessions/${items[number + amount * (round % 2)]?.id}?format=${format}`),
    page: await many((number) => `/v1/sessions?limit=${size}&cursor=${cursors[number]}`),
    'filtered page': await many((number) => `/v1/sessions?actionLine=C7&limit=${size}&cursor=${cursors[number]}`),
    'page with a new total': await many((number) => `/v1/sessions?from=${dayOf(amount * round + number)}&limit=20`),
    resolve: await many((number) => `/v1/resolve?q=C1,%20x${amount * round + number}`),
    '404': await many((number) => `/v1/sessions/nothing-${amount * round + number}`, 404),
  }
}

/** The most expensive requests, varied where the response would be cached. */
const heavy: ((attempt: number) => string)[] = [
  (attempt) => `/v1/sessions?format=csv&from=19${10 + attempt}`,
  (attempt) => `/v1/sessions?format=ndjson&from=19${10 + attempt}`,
  (attempt) => `/v1/sessions?format=jsonld&from=19${10 + attempt}`,
  (attempt) => `/v1/sessions?format=ics&from=19${10 + attempt}`,
  (attempt) => `/v1/sessions?format=html&from=19${10 + attempt}`,
  (attempt) => `/v1/sessions?format=xlsx&from=19${10 + attempt}`,
  (attempt) => `/v1/sessions?from=2024&sort=-date&limit=${90 + attempt}`,
  (attempt) => `/v1/search?q=session&limit=${90 + attempt}`,
  (attempt) => `/v1/search?q=the+of&limit=${490 + attempt}`,
  () => '/v1/exports',
  () => '/v1/exports/current/sessions.json',
  () => '/v1/exports/current/directory.sqlite',
]

/** The longest time in ms that another request waits during requests of a path. */
async function waitBeside(server: Server, path: string): Promise<number> {
  let [longest, isDone] = [0, false]
  const asked = cost(server, [{ path }], 200).then(() => {
    isDone = true
  })
  while (!isDone) {
    const begun = performance.now()
    await cost(server, [{ path: '/health/live' }], 200)
    longest = Math.max(longest, performance.now() - begun)
  }
  await asked
  return longest
}

/**
 * The longest wait beside the most expensive requests, and its path. Of several attempts at each, the shortest counts.
 */
async function longestWait(server: Server): Promise<{ ms: number; path: string }> {
  const longest = { ms: 0, path: '' }
  for (const ask of heavy) {
    const waits: number[] = []
    for (let attempt = 0; attempt < 4; attempt++) waits.push(await waitBeside(server, ask(attempt)))
    if (Math.min(...waits) > longest.ms) Object.assign(longest, { ms: Math.min(...waits), path: ask(0) })
  }
  return longest
}

/** Measures from the real sessions, about a hundred, up to `most`, in steps of ten times. */
export async function growth(most: number, say: (line: string) => void): Promise<void> {
  let first: Record<string, number> | undefined
  for (let sessions = 100; sessions <= most; sessions *= 10) {
    const checkout = grown(sessions)
    const building = await service(checkout)
    const build = `built in ${(building.startMs / 1000).toFixed(0)} s and ${memory(building).highest.toFixed(0)} MiB`
    await end(building)
    const server = await service(checkout)
    // The first rounds warm up; the last makes new requests.
    const rounds: Record<string, number>[] = []
    for (let round = 0; round < 6; round++) rounds.push(await costs(server, round))
    const found = Object.fromEntries(
      Object.keys(rounds[0] ?? {}).map((what) => [what, Math.min(...rounds.map((round) => round[what] ?? 0))]),
    )
    first ??= found
    const ratios = Object.entries(found).map(([what, one]) => `${what} ${(one / (first?.[what] ?? one)).toFixed(2)}`)
    const wait = await longestWait(server)
    const after = `${memory(server).now.toFixed(0)} MiB after all questions, longest wait ${wait.ms.toFixed(0)} ms (${wait.path})`
    say(`${sessions} sessions: ${build}; ${ratios.join(', ')}; ${after}`)
    await end(server)
  }
}
