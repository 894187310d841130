// Three replicas behind nginx with deploy/nginx.conf, as a client sees them while one dies and all are rolled.

import { cpSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { openDirectory } from '../src/store/directory.ts'
import { asker } from './asker.ts'
import { freePort, lacksNginx, startNginx } from './nginx.ts'
import { type ServiceProcess, startProcess } from './process.ts'
import { ask, until } from './service.ts'
import { SeedCopy, temporaryFolder } from './wrong-seed.ts'

const clone = join(import.meta.dirname, '..')
t.setTimeout(900_000)

/** A folder with another release: the same code, and a seed with one value changed. */
function otherRelease(t: Test): { root: string; database: string } {
  const root = temporaryFolder(t)
  for (const name of ['package.json', 'package-lock.json', 'migrations', 'openapi', 'src'])
    cpSync(join(clone, name), join(root, name), { recursive: true })
  const seed = new SeedCopy(t, { isShort: true })
  seed.change('agencies.json', (agencies) => {
    for (const agency of agencies) if (agency.id === 'ITU') agency.homepage = 'https://www.itu.int/en/'
  })
  cpSync(seed.folder, join(root, 'seed'), { recursive: true })
  symlinkSync(join(clone, 'node_modules'), join(root, 'node_modules'))
  const database = join(root, 'directory.sqlite')
  openDirectory(database, undefined, join(root, 'seed')).client.close()
  return { root, database }
}

const addresses = [
  '/v1/agencies/ITU',
  '/v1/action-lines?limit=3',
  '/v1/editions/annex-draft?format=csv',
  '/v1/resolve?q=C1,%20ITU',
  '/v1/exports/current/sources.ndjson',
]
const copy = JSON.stringify({ rows: [{ id: 'C1', coordinators: ['ITU'] }, { id: 'eGov' }] })

interface Load {
  asked: number
  failed: string[]
  /** The datasets of the responses. */
  datasets: Set<string | undefined>
}

/** The next request: every tenth is a POST, and most of the others are made for the first time. */
function question(turn: number): [path: string, body?: string] {
  if (turn % 10 === 9) return ['/v1/check', copy]
  const path = addresses[turn % addresses.length] ?? '/v1'
  return [path.replace('C1,', `C1,%20${turn},`).replace('limit=3', `limit=${1 + (turn % 500)}`)]
}

/** Sends requests on eight kept-alive sockets, about 80 a second, until stopped. */
function load(url: string): { stop: () => Promise<Load> } {
  const ask = asker(url, 8)
  const seen: Load = { asked: 0, failed: [], datasets: new Set() }
  let isOver = false
  const work = async () => {
    while (!isOver) {
      const [path, body] = question(seen.asked++)
      try {
        const headers = { 'content-type': 'application/json' }
        const answer = await ask({ path, body, headers: body ? headers : {} }, body ? 'POST' : 'GET')
        if (answer.status === 200) seen.datasets.add(answer.headers['dataset-version'])
        else seen.failed.push(`${path}: ${answer.status}`)
      } catch (error) {
        seen.failed.push(`${path}: ${error}`)
      }
      await pause(100)
    }
  }
  const works = Promise.all(Array.from({ length: 8 }, work))
  return {
    async stop() {
      isOver = true
      await works
      ask.close()
      return seen
    },
  }
}

t.test('three replicas behind nginx', { skip: lacksNginx }, async (whole) => {
  const ports = [await freePort(), await freePort(), await freePort()]
  const replicas: ServiceProcess[] = []
  for (const port of ports) replicas.push(await startProcess(whole, { PORT: `${port}` }))
  const { url, purge } = await startNginx(whole, ports)

  await whole.test('each replica and the proxy give the same bytes', async (t) => {
    for (const path of addresses)
      for (const headers of [{}, { 'accept-encoding': 'br' }]) {
        const [first, ...others] = await Promise.all([
          ...replicas.map((one) => ask(one.url, path, headers)),
          ask(url, path, headers),
        ])
        t.equal(first?.status, 200, path)
        for (const other of others) {
          t.equal(other.headers.etag, first?.headers.etag)
          t.ok(other.bytes.equals(first?.bytes ?? Buffer.alloc(0)), path)
        }
      }
  })

  await whole.test('a copy that is current is a 304 from the cache', async (t) => {
    const { etag } = (await ask(url, '/v1/sources')).headers
    const { status, headers } = await ask(url, '/v1/sources', { 'if-none-match': String(etag) })
    t.match([status, headers['x-cache'], headers.etag], [304, 'HIT', etag])
  })

  await whole.test('ways to write the same Accept share one entry of the cache', async (t) => {
    const cached = async (accept: string, coding: string) =>
      (await ask(url, '/v1/sessions', { accept, 'accept-encoding': coding })).headers['x-cache']
    const [axios, firefox] = [
      'application/json, text/plain, */*',
      'text/html,application/xhtml+xml,application/xml;q=0.9',
    ]
    t.equal(await cached(axios, 'gzip, deflate, br, zstd'), 'MISS')
    t.equal(await cached(axios, 'br;q=1.0, gzip;q=0.8'), 'HIT')
    t.equal(await cached(axios, 'gzip'), 'MISS')
    t.equal(await cached(`${firefox},*/*;q=0.8`, 'gzip'), 'MISS')
    t.equal(await cached(`${firefox},image/avif,image/webp,image/png,image/svg+xml,*/*;q=0.8`, 'gzip'), 'HIT')
  })

  await whole.test('the cache gives each client the format and the coding that it asked for', async (t) => {
    for (let round = 0; round < 2; round++) {
      const typeFor = async (accept: string) => (await ask(url, '/v1/editions', { accept })).headers['content-type']
      t.match(await typeFor('text/csv'), 'text/csv')
      t.match(await typeFor('*/*'), 'application/json')
      t.match(await typeFor('text/html,application/xhtml+xml,*/*;q=0.8'), 'text/html')
      t.match(await typeFor('application/json;q=0.1, text/csv'), 'text/csv')
      t.equal(
        (await ask(url, '/v1/editions', { 'accept-encoding': 'gzip;q=0' })).headers['content-encoding'],
        undefined,
      )
    }
  })

  await whole.test('a cached response carries the request id of each request', async (t) => {
    for (const id of ['first', 'second'])
      t.equal((await ask(url, '/v1', { 'x-request-id': id })).headers['x-request-id'], id)
  })

  await whole.test('no request fails while one replica is killed and all are rolled to another release', async (t) => {
    const { root, database } = otherRelease(whole)
    const before = (await ask(url, '/v1')).headers['dataset-version']
    const running = load(url)
    t.teardown(running.stop)
    await pause(500)
    replicas[0]?.child.kill('SIGKILL')
    await pause(1_000)
    for (const [index, port] of ports.entries()) {
      replicas[index]?.child.kill('SIGTERM')
      await replicas[index]?.ended
      await startProcess(whole, { PORT: `${port}`, DATABASE: database }, { root })
      // During this time, nginx may still skip it (fail_timeout).
      await pause(2_100)
    }
    const { asked, failed, datasets } = await running.stop()
    const after = (await ask(`http://127.0.0.1:${ports[0]}`, '/v1')).headers['dataset-version']
    t.comment(`${asked} requests`)
    t.ok(asked > 200)
    t.same(failed, [])
    t.not(after, before)
    t.same([...datasets].sort(), [before, after].sort(), 'both releases have answered, and nothing else')
  })

  await whole.test('after the purge nothing of the old release is answered', async (t) => {
    t.match((await ask(url, '/v1/agencies/ITU')).text, '"https://www.itu.int/"', 'the cache still has the old release')
    purge('2')
    // For a moment, workers with the old token still respond to accepted requests.
    const isNew = async () => (await ask(url, '/v1/agencies/ITU')).text.includes('"https://www.itu.int/en/"')
    const all = async () => (await Promise.all(Array.from({ length: 20 }, isNew))).every(Boolean)
    t.ok(await until(all))
  })
})
