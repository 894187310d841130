import { connect } from 'node:net'
import t from 'tap'
import { dataLicense } from '../src/openapi-info.ts'
import { publicUrl, serve } from './service.ts'

const service = await serve(t)

t.test('an unknown path is a 404 that names every path of /v1, whatever the method', async (t) => {
  const { collections, services } = (await service.send('/v1')).json
  for (const path of ['/nothing', '/v1/nothing', '/V1', '//evil.example/', '/v1/agencies/ITU/more', '/%2e%2e/x'])
    for (const method of ['GET', 'OPTIONS', 'POST']) {
      const { status, json, headers } = await service.send(path, {}, method)
      t.equal(status, 404, `${method} ${path}`)
      for (const { href } of [...collections, ...services]) t.match(json.detail, href)
      t.equal(headers.location, undefined)
    }
})

t.test('a 405 names the method of the request, whatever was asked before', async (t) => {
  for (let time = 1; time <= 3; time++) await service.send('/v1/check', {}, 'HEAD')
  for (let time = 1; time <= 3; time++) t.match((await service.send('/v1/check')).json.detail, 'does not take GET')
})

t.test('an id of any length is a 404 that says what was asked, if the query is right', async (t) => {
  for (const length of [10, 501, 2_000]) {
    const path = `/v1/agencies/${'x'.repeat(length)}`
    t.equal((await service.send(path)).json.instance, path)
    t.equal((await service.send(`${path}?format=json`)).json.instance, `${path}?format=json`)
    t.equal((await service.send(`${path}?x=1`)).status, 400)
    t.equal((await service.send(`${path}?format=json&format=json`)).status, 400)
  }
})

t.test('a long wrong text is cut after a whole character', async (t) => {
  const long = `a${encodeURIComponent('😀'.repeat(60))}`
  for (const path of [
    `/v1/agencies/${long}`,
    `/v1/forums?limit=${long}`,
    `/v1/forums?sort=${long}`,
    `/v1/sessions?type=${long}`,
    `/v1/exports/current/${long}`,
    `/v1/exports/${long}/agencies.csv`,
    `/v1/reconcile/preview?id=${long.slice(0, -4 * 12)}`,
  ]) {
    const { status, json } = await service.send(path)
    t.ok(status === 404 || status === 400, path)
    t.ok(json.detail.isWellFormed(), path)
    for (const { detail } of json.errors) t.ok(detail.isWellFormed(), path)
  }
})

t.test('a wrong request is refused whatever its conditions are', async (t) => {
  const { headers, json } = await service.send('/v1/search?q=itu&limit=1')
  const { nextCursor } = json
  for (const [status, path] of [
    [400, '/v1/editions/annex-adopted?comparedTo=itu-contacts-2026'],
    [400, `/v1/search?q=unesco&limit=1&cursor=${nextCursor}`],
    [404, '/v1/reconcile/suggest/foo?prefix=a'],
    [404, '/v1/agencies/nobody'],
  ] as const)
    for (const condition of [
      { 'if-none-match': '*' },
      { 'if-modified-since': String(headers['last-modified']) },
      { 'if-match': '"x"' },
      { 'if-unmodified-since': 'Mon, 01 Jan 2001 00:00:00 GMT' },
      {},
    ]) {
      const refused = await service.send(path, condition)
      t.equal(refused.status, status, `${path} ${JSON.stringify(condition)}`)
      t.notOk(refused.headers.etag ?? refused.headers['last-modified'])
    }
})

t.test('a path that is nearly right is a 404 that suggests the right one, under the public address', async (t) => {
  const behind = await serve(t, { publicUrl })
  for (const [path, id] of [
    ['/v1/exports/current', 'exports'],
    ['/v1/Search', 'search'],
    ['/v1/agency', 'agencies'],
    ['/agencies', 'agencies'],
    ['/V1/sessions/2023-366', 'sessions'],
    ['/v1/exports/current/sources.csv/more?x=1', 'exports'],
  ] as const) {
    const { status, json } = await service.send(path)
    t.equal(status, 404)
    t.same(json.suggestions, [{ id, href: `/v1/${id}` }], path)
    t.match(json.detail, `Did you mean /v1/${id}?`)
    const outside = (await behind.send(path)).json
    t.same(outside.suggestions, [{ id, href: `https://directory.example.org/wsis/v1/${id}` }])
    t.match(outside.detail, 'https://directory.example.org/wsis/v1/resolve')
  }
  for (const path of ['/nothing', '/health', '/v1/zzzzzzzzzz', '/V1', '//', `/v1/${'x'.repeat(200)}`])
    t.same((await service.send(path)).json.suggestions, [], path)
})

t.test('an id or a file name that is too long to be one is a 404, as any other that names nothing', async (t) => {
  const long = 'x'.repeat(600)
  for (const path of [`/v1/agencies/${long}`, `/v1/exports/${long}/sources.csv`, `/v1/exports/current/${long}`]) {
    const { status, json } = await service.send(path)
    t.equal(status, 404, path.slice(0, 30))
    t.match(json.detail, 'x'.repeat(100))
    t.equal((await service.send(`${path}?nothing=1`)).status, 400)
  }
})

t.test('an address that is too long is a 414 that says how long it may be', async (t) => {
  const address = `/v1/search?q=${'x'.repeat(5_000)}`
  const { status, json } = await service.ask(address)
  t.equal(status, 414)
  t.match(json.detail, `The URL has ${address.length} bytes. The maximum is 4096.`)
})

t.test('a percent sign that encodes nothing is a 400 in a query too', async (t) => {
  for (const path of ['/v1/search', '/v1/resolve', '/v1/agencies', '/v1/exports', '/health/live', '/nothing'])
    for (const query of ['q=%', 'q=%FF', 'q=100%25%', '%E0%A4%A=1']) {
      const { status, json } = await service.send(`${path}?${query}`)
      t.equal(status, 400, `${path}?${query}`)
      t.match(json.detail, '%25')
    }
  t.equal((await service.send('/v1/check?%', {}, 'POST')).status, 400)
  t.equal((await service.send('/v1/search?q=100%25')).status, 200)
})

t.test('HEAD of a refusal has the status and headers of GET', async (t) => {
  for (const [path, headers] of [
    ['/v1/agencies/nobody', {}],
    ['/v1/agencies?x=1', {}],
    ['/v1/agencies', { accept: 'image/png' }],
    ['/v1/exports/000000000000/sources.csv', {}],
    ['/nothing', {}],
    ['/v1/search?q=%', {}],
    ['/health/live?x=1', {}],
    ['/docs?x=1', {}],
  ] as const)
    for (const coding of ['gzip', 'br', 'identity']) {
      // A new request for each: a cached response is sent as it was.
      const asked = { ...headers, 'accept-encoding': coding }
      const head = await service.send(path, asked, 'HEAD')
      const get = await service.send(path, asked)
      t.equal(head.status, get.status)
      t.equal(head.headers['content-type'], get.headers['content-type'])
      t.equal(head.headers['content-encoding'], get.headers['content-encoding'], `${coding} ${path}`)
      const length = head.headers['content-length']
      if (length !== undefined) t.equal(length, String(get.bytes.length), `${coding} ${path}`)
    }
})

t.test('the redirect from a slash at the end keeps the query', async (t) => {
  t.equal((await service.send('/v1/agencies/ITU//?x=1')).headers.location, '/v1/agencies/ITU?x=1')
  t.equal((await service.send('/v1/agencies/?limit=1')).headers.location, '/v1/agencies?limit=1')
  t.equal((await service.send('/v1/exports//')).headers.location, '/v1/exports', 'also where a route takes empty names')
})

t.test('OPTIONS of an address with a slash at the end is answered, since a preflight takes no redirect', async (t) => {
  for (const path of ['/v1/agencies', '/v1/agencies/ITU', '/v1/check', '/v1/exports']) {
    const { status, headers } = await service.send(`${path}/`, {}, 'OPTIONS')
    t.equal(status, 204, path)
    t.equal(headers.allow, (await service.send(path, {}, 'OPTIONS')).headers.allow)
  }
})

t.test('a name that is near to nothing is refused without a suggestion', async (t) => {
  const { json } = await service.send('/v1/coordinations?agency=zzzzzzzz')
  t.match(json.errors, [{ name: 'agency', allowed: null, suggestion: null }])
})

t.test('a tag that was asked about first does not empty the answer that follows', async (t) => {
  const { headers } = await service.send('/v1/sources', {}, 'HEAD')
  const tag = String(headers.etag)
  t.equal((await service.send('/v1/sources', { 'if-none-match': tag })).status, 304)
  t.equal((await service.send('/v1/sources', { 'if-none-match': tag })).status, 304)
  const answer = await service.send('/v1/sources')
  t.equal(answer.status, 200)
  t.equal(answer.json.total, answer.json.items.length)
})

t.test('the root leads to the documentation', async (t) => {
  const { status, headers } = await service.send('/')
  t.equal(status, 307)
  t.equal(headers.location, '/docs')
})

t.test('without its database the service is alive but not ready, and says nothing of the inside', async (t) => {
  const broken = await serve(t)
  broken.breakDatabase()
  const ready = await broken.send('/health/ready')
  t.equal(ready.status, 503)
  t.equal(ready.headers['retry-after'], '5')
  const failed = await broken.send('/v1/agencies')
  t.equal(failed.status, 500)
  t.notMatch(failed.text, /database connection|better-sqlite3|stack/)
  t.match(failed.json.detail, 'X-Request-Id')
  t.equal((await broken.send('/v1/agencies')).status, 500, 'a failure is not kept')
  t.equal((await broken.send('/health/live')).status, 200)
})

t.test('a file that is not part of the page is a 404', async (t) => {
  for (const path of [
    '/docs/static/nope.js',
    '/docs/static/theme',
    '/docs/static/.hidden',
    '/docs/static/a%2fb',
    '/docs/yaml',
  ])
    for (const method of ['GET', 'HEAD'])
      t.equal((await service.send(path, {}, method)).status, 404, `${method} ${path}`)
})

t.test('a number that is not written in plain digits is a 400', async (t) => {
  for (const limit of ['0x10', '1e1', '%2010', '%2B5', '010', '5.0'])
    t.match(
      (await service.send(`/v1/action-lines?limit=${limit}`)).json,
      { status: 400, errors: [{ name: 'limit' }] },
      limit,
    )
})

t.test('a request in the absolute form is answered like any other', async (t) => {
  t.equal((await service.send(`${service.url}/v1/action-lines/C9`)).status, 200)
  t.equal((await service.send(`${service.url}/v1`, {}, 'OPTIONS')).status, 204)
  t.equal((await service.send(`${service.url}/v1`, {}, 'POST')).status, 405)
  t.equal((await service.send(`${service.url}/v1/`)).headers.location, '/v1')
})

t.test('a 304 has the same headers whether or not the answer was given before', async (t) => {
  const fresh = await serve(t)
  const { etag } = (await service.send('/v1/agencies')).headers
  const [first, kept] = [fresh, service].map((one) => one.send('/v1/agencies', { 'if-none-match': String(etag) }))
  const names = async (answer: typeof first) => Object.keys((await answer)?.headers ?? {}).sort()
  t.same(await names(first), await names(kept))
})

t.test('a 304 needs no answer given before and keeps none from anybody, for pages, too', async (t) => {
  const other = await serve(t)
  const files = [...(await service.ask('/docs')).text.matchAll(/(?:src|href)="(\/docs\/[^"]+)"/g)]
  for (const path of ['/docs', ...files.map(([, file]) => String(file)), '/v1/agencies/ITU']) {
    const { headers, text } = await service.ask(path)
    t.equal((await other.ask(path, { 'if-none-match': String(headers.etag) })).status, 304, path)
    t.equal((await other.ask(path)).text, text, 'and whoever has none is given it')
  }
})

t.test('who accepts no coding at all is answered without one', async (t) => {
  const { status, headers } = await service.send('/v1/agencies', { 'accept-encoding': 'identity;q=0, *;q=0' })
  t.equal(status, 200)
  t.equal(headers['content-encoding'], undefined)
})

t.test('a service that is leaving is not ready, answers on, and closes each connection', async (t) => {
  let isEnding = false
  const other = await serve(t, { isEnding: () => isEnding })
  const kept = { connection: 'keep-alive' }
  t.equal((await other.send('/v1/agencies', kept)).headers.connection, 'keep-alive')
  isEnding = true
  const ready = await other.send('/health/ready')
  t.equal(ready.status, 503)
  t.equal(ready.headers['retry-after'], '5')
  t.equal((await other.send('/health/live')).status, 200)
  for (const path of ['/v1/agencies', '/v1/agencies', '/v1/sources', '/nothing'])
    t.equal((await other.send(path, kept)).headers.connection, 'close', path)
})

t.test('the page and the root refuse parameters', async (t) => {
  t.equal((await service.send('/?x=1')).status, 400)
  t.equal((await service.send('/docs?x=1')).status, 400)
})

t.test('refusals of unrouted requests are counted under one label', async (t) => {
  // Metrics are global to the process: starting a service clears those of the previous one.
  const measured = await serve(t)
  await measured.send('/nothing-at-all')
  const { text } = await measured.send('/metrics')
  t.match(text, /http_request_duration_seconds_count\{method="GET",route="unrouted",status_code="4\d\d"\} \d/)
  t.notMatch(text, 'nothing-at-all')
})

/** Sends these bytes and returns the complete response. */
async function speak(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(service.url).port), '127.0.0.1')
  socket.write(bytes)
  return (await socket.toArray()).join('')
}

t.test('what Node refuses before a route is a problem too', async (t) => {
  for (const [bytes, status] of [
    ['GET /v1 HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['GET /v1 HTTP/1.1\r\nHost: x\r\nExpect: foo\r\nConnection: close\r\n\r\n', 417],
    ['CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n', 405],
    ['GARBAGE\r\n\r\n', 400],
    ['GET /v1 HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n', 400],
    [`GET /v1 HTTP/1.1\r\nHost: x\r\n${'A: b\r\n'.repeat(1001)}\r\n`, 431],
  ] as const) {
    const answer = await speak(bytes)
    t.match(answer, new RegExp(`^HTTP/1.1 ${status} `))
    t.match(answer, /application\/problem\+json/)
    t.match(answer, /access-control-allow-origin: \*/i)
    t.match(answer, new RegExp(`"status":${status}`))
  }
  t.match(await speak('GET /v1 HTTP/1.0\r\n\r\n'), /^HTTP\/1\.1 200 /, 'HTTP/1.0 needs no Host')
  t.match(
    await speak('GET /v1 HTTP/1.1\r\nConnection: close\r\n\r\n'),
    /^HTTP\/1\.1 400 /,
    'nor is it answered from what was kept',
  )
})

/** Sends a request line unchanged, as no client of Node would, and returns the response. */
async function sendLine(target: string, headers: string[]): Promise<string> {
  const socket = connect(Number(new URL(service.url).port), '127.0.0.1')
  socket.end(`${[`GET ${target} HTTP/1.1`, 'Host: x', 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`)
  return (await socket.toArray()).join('')
}

t.test('no URL from outside becomes a link or a redirect to another host', async (t) => {
  const evil = 'evil.example'
  const paths = [`//${evil}/a`, `/\\${evil}/a`, `/\\/${evil}/a`, `///${evil}`, `/./${evil}`]
  const targets = [
    ...paths,
    `http://${evil}/a`,
    `HTTPS://${evil}/v1/agencies`,
    `ftp://${evil}/v1/agencies`,
    `http://${evil}`,
  ]
  for (const target of targets)
    for (const query of ['', '?%ZZ', '?x=1', '?actionLine=&agency=ITU', '/?limit=2']) {
      const response = await sendLine(target + query, ['Accept: text/html'])
      t.match(response, /^HTTP\/1\.1 [234]\d\d/, target + query)
      const [head = '', page = ''] = response.split('\r\n\r\n')
      const location = /^location: (.*)$/im.exec(head)?.[1] ?? ''
      const links = [location, ...[...page.matchAll(/(?:href|action|src)="([^"]*)"/g)].map(([, link]) => String(link))]
      // The license link is in the page itself.
      for (const link of links.filter((one) => one !== dataLicense.url))
        t.equal(URL.parse(link, service.url)?.origin, service.url, `${target + query}: ${link}`)
    }
})
