// deploy/nginx.conf in front of the service: a client gets the same through it as directly.

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import t from 'tap'
import { asker } from './asker.ts'
import { openBrowser, skip } from './browser.ts'
import { freePort, lacksNginx, startNginx } from './nginx.ts'
import { startProcess } from './process.ts'
import { fc } from './random.ts'
import { type Answer, ask } from './service.ts'

t.setTimeout(900_000)

/** The number of random requests sent both ways. PROXY_SEED=7 sends others. */
const count = Number(process.env.PROXY_REQUESTS ?? 800)
const seed = Number(process.env.PROXY_SEED ?? 1)

/** A URL of each kind. */
const urls = [
  '/',
  '/docs',
  '/openapi.json',
  '/openapi.yaml',
  '/robots.txt',
  '/v1',
  '/v1/action-lines',
  '/v1/action-lines?format=csv',
  '/v1/action-lines/C1',
  '/v1/action-lines/c1',
  '/v1/action-lines/C99',
  '/v1/agencies?x=1',
  '/v1/sessions?limit=3',
  '/v1/sessions/2023-366',
  '/v1/changes?limit=2',
  '/v1/editions/latest',
  '/v1/editions/annex-draft',
  '/v1/context.jsonld',
  '/v1/resolve?q=C1,%20ITU',
  '/v1/search?q=health',
  '/v1/exports',
  '/v1/exports/current/sources.csv',
  '/v1/exports/current/agencies.json',
  '/v1/exports/current/directory.sqlite',
  '/v1/exports/current/directory.xlsx',
  '/v1/nothing',
  '/nothing//',
]

/** The Accept headers of clients: an old and a new browser, axios, curl, pandas, DuckDB, jQuery and feed readers. */
const accepts: Record<string, string> = {
  'Firefox 60': 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  Firefox:
    'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/png,image/svg+xml,*/*;q=0.8',
  'Chrome 70': 'text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,image/apng,*/*;q=0.8',
  Chrome:
    'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7',
  axios: 'application/json, text/plain, */*',
  'curl, DuckDB and Python': '*/*',
  pandas: '',
  jQuery: 'application/json, text/javascript, */*; q=0.01',
  'a feed reader': 'application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.1',
}

const types = [
  'text/html',
  'application/json',
  'text/csv',
  'application/x-ndjson',
  'application/ld+json',
  'text/calendar',
  'application/atom+xml',
  'application/vnd.sqlite3',
  'application/xml',
  'image/png',
  'text/*',
  'application/*',
  '*/*',
]
const quality = fc.constantFrom(
  '',
  '',
  ';q=0',
  ';q=0.0',
  ';q=0.1',
  '; q=0.5',
  ';q=0.8',
  ';Q=0.3',
  ';q=1',
  ';q=1.000',
  ';q=x',
)
const member = (names: string[]) =>
  fc.tuple(fc.constantFrom(...names), fc.constantFrom('', '', ';v=b3', ' '), quality).map((parts) => parts.join(''))
const listOf = (names: string[]) =>
  fc
    .tuple(fc.array(member(names), { maxLength: 4 }), fc.constantFrom(',', ', ', ' , ', ',,'), fc.constantFrom('', ','))
    .map(([members, comma, end]) => members.join(comma) + end)
const accept = fc.oneof(fc.constantFrom(...Object.values(accepts)), listOf(types))
const codings = listOf([
  'br',
  'gzip',
  'deflate',
  'zstd',
  'identity',
  '*',
  'BR',
  'x-br',
  'text/html',
  'application/json',
])
const acceptEncoding = fc.oneof(
  fc.constantFrom('', 'gzip, deflate, br, zstd', 'gzip, deflate, br', 'gzip', 'br;q=0 , gzip', 'identity'),
  codings,
)

/** The parts that must be equal. */
const compared = ({ status, headers, bytes }: Answer) => ({
  status,
  type: headers['content-type'],
  etag: headers.etag,
  coding: headers['content-encoding'],
  length: headers['content-length'] ?? bytes.length,
  location: headers.location,
  lifetime: headers['cache-control'],
})

t.test('behind nginx', { skip: lacksNginx }, async (whole) => {
  const port = await freePort()
  await startProcess(whole, { PORT: `${port}` })
  const { url } = await startNginx(whole, [port, port, port])
  const [direct, proxied] = [asker(`http://127.0.0.1:${port}`, 4), asker(url, 4)]
  whole.teardown(() => [direct.close(), proxied.close()])
  const both = async (path: string, headers: Record<string, string>, method = 'GET') => {
    const asked = { path, headers }
    return (await Promise.all([direct(asked, method), proxied(asked, method)])).map(compared)
  }

  await whole.test('random requests get what the service sends directly', async (t) => {
    const request = fc.record({
      path: fc.constantFrom(...urls),
      accept,
      acceptEncoding,
      method: fc.constantFrom('GET', 'GET', 'GET', 'HEAD'),
    })
    const requests = fc.sample(request, { numRuns: count, seed })
    const differing: unknown[] = []
    const work = async () => {
      for (let one = requests.pop(); one; one = requests.pop()) {
        const headers = { accept: one.accept, 'accept-encoding': one.acceptEncoding }
        const [wanted, found] = await both(one.path, headers, one.method)
        if (JSON.stringify(wanted) !== JSON.stringify(found)) differing.push({ ...one, wanted, found })
      }
    }
    await Promise.all(Array.from({ length: 4 }, work))
    t.comment(`${count} requests, ${differing.length} differ`)
    t.same(differing.slice(0, 3), [])
  })

  await whole.test('each client gets every kind of URL as it gets it directly', async (t) => {
    for (const [client, accept] of Object.entries(accepts))
      for (const path of urls) {
        const headers: Record<string, string> = accept === '' ? {} : { accept }
        const [wanted, found] = await both(path, { ...headers, 'accept-encoding': 'gzip, deflate, br' })
        t.same(found, wanted, `${client}: ${path}`)
        t.ok([200, 307, 308, 400, 404].includes(Number(found?.status)), `${client}: ${path}: ${found?.status}`)
      }
  })

  await whole.test('no client can choose what another receives', async (t) => {
    const path = '/v1/editions?limit=7'
    const [, hostile] = await both(path, {
      accept: 'text/csv;q=0.5,',
      'accept-encoding': 'text/html;q=0, application/json gzip',
    })
    t.match(hostile, { type: /^text\/csv/ })
    const [, found] = await both(path, { accept: 'application/json', 'accept-encoding': 'gzip' })
    t.match(found, { type: /^application\/json/, coding: 'gzip' })
  })

  await whole.test(
    'the proxy refuses what is too much with a problem that a page of another origin can read',
    async (t) => {
      const limited = await startNginx(t, [port, port, port], { isLimited: true })
      const answers = await Promise.all(Array.from({ length: 300 }, () => ask(limited.url, '/v1/agencies/ITU')))
      const refused = answers.filter(({ status }) => status !== 200)
      t.ok(refused.length > 0 && refused.length < answers.length)
      const large = await ask(limited.url, '/v1/check', {}, 'POST', Buffer.alloc(1_100_000))
      for (const [{ status, headers, json }, wanted] of [...refused.map((one) => [one, 429]), [large, 413]] as [
        Answer,
        number,
      ][]) {
        t.equal(status, wanted)
        t.equal(json.status, wanted)
        t.equal(headers['content-type'], 'application/problem+json; charset=utf-8')
        t.equal(headers['access-control-allow-origin'], '*')
        t.equal(headers['retry-after'], wanted === 429 ? '2' : undefined)
      }
    },
  )

  await whole.test('the proxy refuses a URL that is not valid with a problem, as the service does', async (t) => {
    for (const path of ['/v1/../../etc/passwd', '/v1/%ZZ', '/%00', '/v1/agencies/%'])
      for (const asked of [`http://127.0.0.1:${port}`, url]) {
        const { status, headers, json } = await ask(asked, path)
        if (asked === url) t.equal(status, 400, path)
        t.match(json, { status, detail: String }, path)
        t.equal(headers['content-type'], 'application/problem+json; charset=utf-8', path)
        t.equal(headers['access-control-allow-origin'], '*', path)
        t.match(headers['x-request-id'], /./, path)
      }
  })

  await whole.test(
    'whatever the proxy answers itself is a problem that a page of another origin can read',
    async (t) => {
      const { url: replica, child, ended } = await startProcess(t)
      const { url } = await startNginx(t, Array(3).fill(Number(new URL(replica).port)))
      child.kill('SIGTERM')
      await ended
      const requests: [status: number, path: string, method: string, headers: Record<string, string>][] = [
        [400, '/v1', 'GET', { x: 'x'.repeat(20_000) }],
        [404, '/.refused', 'GET', {}],
        [405, '/v1', 'TRACE', {}],
        [414, `/v1/resolve?q=${'x'.repeat(20_000)}`, 'GET', {}],
        [503, '/v1', 'GET', {}],
      ]
      for (const [wanted, path, method, sent] of requests) {
        const { status, headers, json } = await ask(url, path, sent, method)
        t.match([status, json], [wanted, { type: 'about:blank', title: String, status: wanted, detail: String }])
        t.equal(headers['content-type'], 'application/problem+json; charset=utf-8')
        t.equal(headers['access-control-allow-origin'], '*')
        t.equal(headers['retry-after'], wanted === 503 ? '5' : undefined)
      }
    },
  )

  await whole.test(
    'a burst is answered up to its bound, and after it a steady client gets every response',
    async (t) => {
      const limited = await startNginx(t, [port, port, port], { isLimited: true })
      // Fewer connections than the limit for one client.
      const ask = asker(limited.url, 10)
      t.teardown(() => ask.close())
      const [path, burst] = ['/v1/agencies/ITU', 40]
      const statuses: number[] = []
      const work = async () => {
        while (!statuses.includes(429) && statuses.length < 5_000)
          statuses.push((await ask({ path, headers: {} }, 'GET')).status)
      }
      await Promise.all(Array.from({ length: 10 }, work))
      t.same(new Set(statuses), new Set([200, 429]))
      t.ok(statuses.filter((status) => status === 200).length >= burst + 1, 'the whole burst is answered')
      // Less than 20 in a second; a delay makes it fewer.
      for (let count = 0; count < burst; count++) {
        await pause(60)
        t.equal((await ask({ path, headers: {} }, 'GET')).status, 200)
      }
    },
  )

  await whole.test('a page of another origin reads a 429 and when to ask again', { skip }, async (t) => {
    const limited = await startNginx(t, [port, port, port], { isLimited: true })
    const other = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<p>Other'))
    other.listen(0, '127.0.0.1')
    await once(other, 'listening')
    t.teardown(() => other.close())
    const page = await (await openBrowser(t)).newPage()
    await page.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`)
    const read = `(async () => {
      for (let count = 0; count < 500; count++) {
        const all = await Promise.all(Array.from({ length: 6 }, () => fetch('${limited.url}/v1/agencies/ITU', { cache: 'no-store' })))
        const refused = all.find(({ status }) => status !== 200)
        if (refused) return { status: refused.status, problem: await refused.json(), after: refused.headers.get('retry-after') }
      }
    })()`
    t.match(await page.evaluate(read), { status: 429, problem: { status: 429, detail: String }, after: '2' })
  })

  await whole.test('a download is resumed through the proxy as directly: 206, 412, 416', async (t) => {
    const path = '/v1/exports/current/sources.csv'
    const of = (way: typeof direct, headers: Record<string, string>) => way({ path, headers }, 'GET')
    const { headers, bytes } = await of(direct, {})
    const [etag, modified] = [String(headers.etag), String(headers['last-modified'])]
    for (const way of [direct, proxied])
      for (const [condition, status] of [
        [{ range: 'bytes=100-', 'if-match': etag }, 206],
        [{ range: 'bytes=100-', 'if-unmodified-since': modified }, 206],
        [{ range: 'bytes=100-', 'if-range': etag }, 206],
        [{ range: 'bytes=100-', 'if-range': '"other"' }, 200],
        [{ range: 'bytes=100-', 'if-match': '"other"' }, 412],
        [{ range: 'bytes=100-', 'if-unmodified-since': 'Sun, 22 Nov 2020 00:00:00 GMT' }, 412],
        [{ range: `bytes=${bytes.length}-` }, 416],
        [{ 'if-modified-since': modified }, 304],
        [{ 'if-modified-since': modified, 'if-none-match': '"other"' }, 200],
        [{ 'if-none-match': etag }, 304],
      ] as [Record<string, string>, number][]) {
        const found = await of(way, condition)
        t.equal(found.status, status, JSON.stringify(condition))
        if (status === 206) t.ok(found.bytes.equals(bytes.subarray(100)))
        if (status >= 400) t.match(found.json, { status, detail: String })
      }
    for (const round of ['from the service', 'from the cache']) {
      const { status, json, headers } = await ask(url, '/v1/agencies?limit=9', { 'if-match': '"other"' })
      t.match(
        [status, json, headers['access-control-allow-origin']],
        [412, { status: 412, detail: String }, '*'],
        round,
      )
    }
  })

  await whole.test('an id of a request that the service would not take is not passed on', async (t) => {
    const idOf = async (id: string) =>
      (await proxied({ path: '/v1/exports', headers: { 'x-request-id': id } }, 'GET')).headers['x-request-id']
    t.equal(await idOf('mine:1.2-3_4'), 'mine:1.2-3_4')
    for (const id of ['two words', 'x'.repeat(129), '"quoted"']) t.match(await idOf(id), /^[0-9a-f]{32}$/, id)
  })
})
