import { mkdtempSync, rmSync } from 'node:fs'
import { type IncomingHttpHeaders, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { FastifyInstance } from 'fastify'
import { type AppOptions, buildApp } from '../src/app.ts'
import { type Directory, openDirectory, readDirectory } from '../src/store/directory.ts'

/** What came over the wire. */
export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  bytes: Buffer
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: a test reads JSON of every shape; the schemas are checked with ajv.
  json: any
}

export interface Service {
  app: FastifyInstance
  url: string
  /** Asks over a socket, with exactly these headers and nothing decoded. */
  ask(path: string, headers?: Record<string, string>, method?: string, body?: string | Buffer): Promise<Answer>
  /** Closes the database under the service. */
  breakDatabase(): void
  close(): Promise<void>
}

export interface ServiceOptions extends Omit<AppOptions, 'directory'> {
  /** Called with each SQL statement that runs. */
  verbose?: (sql: unknown) => void
  seed?: string
}

/** The real service on a free port of the loopback, with a database built from the real seed. */
export async function startService({ verbose, seed, ...options }: ServiceOptions = {}): Promise<Service> {
  const folder = mkdtempSync(join(tmpdir(), 'directory-'))
  const file = join(folder, 'directory.sqlite')
  let directory: Directory = openDirectory(file, undefined, seed)
  if (verbose) {
    directory.db.$client.close()
    directory = readDirectory(file, verbose)
  }
  const app = await buildApp({ ...options, directory })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  return {
    app,
    url,
    ask: (path, headers, method, body) => ask(url, path, headers, method, body),
    breakDatabase: () => void directory.db.$client.close(),
    async close() {
      await app.close()
      rmSync(folder, { recursive: true })
    },
  }
}

export function ask(
  url: string,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
  body?: string | Buffer,
): Promise<Answer> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, path, method, headers, agent: false }, async (incoming) => {
      const bytes = await buffer(incoming)
      const text = bytes.toString()
      const isJson = /json/.test(String(incoming.headers['content-type'])) && !incoming.headers['content-encoding']
      const json =
        isJson && text !== '' && !/ndjson/.test(String(incoming.headers['content-type'])) ? JSON.parse(text) : undefined
      resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, bytes, text, json })
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}
