import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, type OutgoingHttpHeaders, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import type { FastifyInstance, InjectOptions } from 'fastify'
import type { Test } from 'tap'
import { type AppOptions, buildApp } from '../src/app.ts'
import { readDatabase } from '../src/store/database-file.ts'
import { type Directory, directoryIn, openDirectory } from '../src/store/directory.ts'

/** A response, with only JSON decoded. */
export interface Answer {
  status: number
  headers: Record<string, string | undefined>
  bytes: Buffer
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: a test reads JSON of every shape; the schemas are checked elsewhere.
  json: any
}

type Ask = (path: string, headers?: Record<string, string>, method?: string, body?: string | Buffer) => Promise<Answer>

export interface Service {
  app: FastifyInstance
  url: string
  /** Sends a request in this process. */
  ask: Ask
  /** Sends a request over a socket, with exactly these headers: for tests of the wire format. */
  send: Ask
  /** Closes the database under the service. */
  breakDatabase(): void
  close(): Promise<void>
}

export interface ServiceOptions extends Omit<AppOptions, 'directory'> {
  /** Called with each SQL statement that runs. */
  verbose?: (sql: unknown) => void
  /** The folder of a seed, from which the service builds a separate database. */
  seed?: string
}

/**
 * The database of the real seed, for every test that only reads it. The first one that needs it builds it, and its
 * digest shows when it is stale. tap stores its results in the same folder, which git ignores.
 */
export const builtDatabase = join(import.meta.dirname, '../.tap/directory.sqlite')

/** The public URL of tests, with a database of its own: a file has the exported files of one public URL. */
export const publicUrl = 'https://directory.example.org/wsis'
const publicDatabase = join(import.meta.dirname, '../.tap/directory-public.sqlite')

/** The real service on a free loopback port, by default with the real seed. */
export async function startService({ verbose, seed, ...options }: ServiceOptions = {}): Promise<Service> {
  const folder = mkdtempSync(join(tmpdir(), 'directory-'))
  const shared = options.publicUrl === publicUrl ? publicDatabase : builtDatabase
  const file = seed === undefined ? shared : join(folder, 'directory.sqlite')
  let directory: Directory = openDirectory(file, undefined, seed)
  if (verbose) {
    directory.client.close()
    directory = directoryIn(new Sqlite(readDatabase(file), { readonly: true, verbose }))
  }
  // Another public URL leaves the exported files in the shared one as they are.
  if (options.publicUrl && file === builtDatabase) directory = { ...directory, path: undefined }
  const app = await buildApp({ ...options, directory })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  const agent = new Agent({ keepAlive: true })
  return {
    app,
    url,
    ask: (path, headers, method, body) => askInProcess(app, path, headers, method, body),
    send: (path, headers, method, body) => ask(url, path, headers, method, body, agent),
    breakDatabase: () => void directory.client.close(),
    async close() {
      agent.destroy()
      await app.close()
      rmSync(folder, { recursive: true })
    },
  }
}

/** The same, closed with the test. */
export async function serve(t: Test, options: ServiceOptions = {}): Promise<Service> {
  const service = await startService(options)
  t.teardown(service.close)
  return service
}

async function askInProcess(
  app: FastifyInstance,
  url: string,
  headers: Record<string, string> = {},
  method = 'GET',
  payload?: string | Buffer,
): Promise<Answer> {
  const question = { url, headers, method: method as 'GET', ...(payload !== undefined && { payload }) }
  const { statusCode, headers: given, rawPayload } = await app.inject(question satisfies InjectOptions)
  return answerOf(statusCode, given, rawPayload)
}

/** Sends a request to a service, perhaps in another process: over a new socket, or over one that an agent keeps. */
export function ask(
  url: string,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
  body?: string | Buffer,
  agent: Agent | false = false,
): Promise<Answer> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, path, method, headers, agent }, async (incoming) =>
      resolve(answerOf(incoming.statusCode ?? 0, incoming.headers, await buffer(incoming))),
    )
    // A service closes a connection after some refusals, perhaps while the next request is written.
    outgoing.on('error', (error) =>
      outgoing.reusedSocket ? resolve(ask(url, path, headers, method, body)) : reject(error),
    )
    outgoing.end(body)
  })
}

/** A response as received. Its text and its JSON are decoded when a test reads them. */
export function answerOf(status: number, given: OutgoingHttpHeaders, bytes: Buffer): Answer {
  const headers = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]))
  const isJson = /(?<!nd)json/.test(headers['content-type'] ?? '') && !headers['content-encoding'] && bytes.length > 0
  let json: unknown
  return {
    status,
    headers,
    bytes,
    get text() {
      return bytes.toString()
    },
    get json() {
      json ??= isJson ? JSON.parse(bytes.toString()) : undefined
      return json
    },
  }
}

type Truthy<Seen> = Exclude<Seen, false | null | undefined | '' | 0>

/** The first truthy result of `look`. Throws Error if there is none within this many seconds. */
export async function until<Seen>(look: () => Seen | Promise<Seen>, seconds = 120): Promise<Truthy<Seen>> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
    const seen = await look()
    if (seen) return seen as Truthy<Seen>
    await pause(20)
  }
  throw new Error(`nothing came within ${seconds} s of: ${look}`)
}
