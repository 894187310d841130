import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cost, listOf } from './load.ts'
import { end, folder, memory, type Server, service } from './servers.ts'

// What more sessions cost: the same service over seeds of which each has ten times as many.

/** A copy of this checkout whose seed has so many sessions: the real ones again and again, under new ids. */
function grown(sessions: number): string {
  const checkout = join(folder, `grown-${sessions}`)
  for (const part of ['src', 'seed', 'migrations', 'openapi', 'package.json', 'package-lock.json'])
    cpSync(part, join(checkout, part), { recursive: true })
  symlinkSync(join(process.cwd(), 'node_modules'), join(checkout, 'node_modules'))
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

/** Microseconds of processor time for each kind of question, asked for the first time. */
async function costs(server: Server, begin: number): Promise<Record<string, number>> {
  const { items } = await listOf(server, '/v1/sessions?limit=500')
  const many = (path: (number: number) => string) =>
    Array.from({ length: 80 }, (_none, number) => ({ path: path(begin + number) }))
  return {
    item: await cost(
      server,
      many((number) => `/v1/sessions/${items[number % items.length]?.id}`),
      200,
    ),
    page: await cost(
      server,
      many((number) => `/v1/sessions?from=${dayOf(number)}&limit=50`),
      200,
    ),
    'filtered page': await cost(
      server,
      many((number) => `/v1/sessions?actionLine=C1&from=${dayOf(number)}&limit=50`),
      200,
    ),
    resolve: await cost(
      server,
      many((number) => `/v1/resolve?q=C1,%20x${number}`),
      200,
    ),
    '404': await cost(
      server,
      many((number) => `/v1/sessions/nothing-${number}`),
      404,
    ),
  }
}

/** Measures from about a hundred sessions up to `most`, each time ten times as many. */
export async function growth(most: number, say: (line: string) => void): Promise<void> {
  let first: Record<string, number> | undefined
  for (let sessions = 100; sessions <= most; sessions *= 10) {
    const checkout = grown(sessions)
    const building = await service(checkout)
    const build = `built and ready in ${(building.startMs / 1000).toFixed(1)} s, ${memory(building).highest.toFixed(0)} MiB at most`
    await end(building)
    const server = await service(checkout)
    // The first round warms up; the second asks what was not asked before.
    await costs(server, 0)
    const found = await costs(server, 80)
    first ??= found
    const ratios = Object.entries(found).map(([what, one]) => `${what} ${(one / (first?.[what] ?? one)).toFixed(2)}`)
    say(
      `${sessions} sessions: ${build}; ${memory(server).now.toFixed(0)} MiB after the questions; ${ratios.join(', ')}`,
    )
    await end(server)
  }
}
