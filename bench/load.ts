import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { Constant } from './bare.ts'
import type { Request } from './questions.ts'
import { processorTime, type Server } from './servers.ts'

const connections = 10

/** Sends requests on several connections. Returns microseconds of the server's processor time for each. */
export async function cost(server: Server, asked: Request[], status: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const waiting = asked.values()
  const before = processorTime(server)
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (const one of waiting) {
        const answered = await answerTo(server, one, agent)
        if (answered.statusCode !== status)
          throw new Error(`${one.path} was answered with ${answered.statusCode} by ${server.origin}`)
        for await (const _chunk of answered);
      }
    }),
  )
  agent.destroy()
  return (processorTime(server) - before) / asked.length
}

async function answerTo(
  { origin }: Server,
  { path, method = 'GET', headers = {}, body }: Request,
  agent: Agent | false,
) {
  const outgoing = request(origin + path, { method, headers, agent, timeout: 10_000 }).end(body)
  outgoing.on('timeout', () => outgoing.destroy(new Error(`${origin}${path} is not answered in 10 s`)))
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage]
  return incoming
}

/**
 * Keeps many connections busy. Returns the number of failed requests, and the 99th percentile of response times in ms.
 */
export async function crowd(server: Server, path: string, seconds: number, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const end = performance.now() + seconds * 1000
  const times: number[] = []
  let failed = 0
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < end) {
        const begun = performance.now()
        try {
          const answered = await answerTo(server, { path }, agent)
          for await (const _chunk of answered);
          if (answered.statusCode !== 200) failed++
        } catch {
          failed++
        }
        times.push(performance.now() - begun)
      }
    }),
  )
  agent.destroy()
  times.sort((one, other) => one - other)
  return { failed, p99: Math.round(times[Math.floor(times.length * 0.99)] ?? 0) }
}

const ofConnection = new Set(['date', 'connection', 'keep-alive', 'transfer-encoding'])

/** The response of a server to a request, for "full" to serve under another path. */
export async function constantOf(server: Server, asked: Request, path: string): Promise<Constant> {
  // The GET route handles HEAD.
  const method = asked.method === 'POST' ? 'POST' : 'GET'
  const incoming = await answerTo(server, { ...asked, method }, false)
  const bytes = await buffer(incoming)
  const sent = Object.entries(incoming.headers).filter(([name]) => !ofConnection.has(name))
  return {
    path,
    method,
    status: incoming.statusCode ?? 0,
    headers: Object.fromEntries(sent.map(([name, value]) => [name, String(value)])),
    body: bytes.toString('base64'),
  }
}

/** The properties of an item that the bench reads. */
export interface Item {
  id: string
  title: string
}

/** A list. */
export async function listOf(
  server: Server,
  path: string,
): Promise<{ items: Item[]; next: string | null; nextCursor: string | null }> {
  return JSON.parse((await buffer(await answerTo(server, { path }, false))).toString())
}
