import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { type Test, test } from 'tap'
import document from '../openapi/openapi.json' with { type: 'json' }
import { type Answer, type Service, startService } from './service.ts'

// What every operation of the OpenAPI document does with what any client may send: one table, walked for each path.

interface Operation {
  path: string
  /** Its path with the examples filled in, and with the query that it cannot do without. */
  url: string
  isCached: boolean
  isCollection: boolean
}

interface Parameter {
  in?: string
  name?: string
  required?: boolean
  example?: string
  schema?: { examples?: unknown[] }
}

/** The address with one more part of a query. */
const also = (url: string, query: string) => `${url}${url.includes('?') ? '&' : '?'}${query}`
/** The address with something behind its path. */
const behind = (url: string, more: string) => url.replace(/(?=\?|$)/, more)

const operations: Operation[] = Object.entries(document.paths).flatMap(([path, methods]) => {
  if (!('get' in methods)) return []
  const { responses, parameters = [] } = methods.get as { responses: object; parameters?: Parameter[] }
  const filled = parameters.reduce((url, { name, example }) => url.replace(`{${name}}`, String(example)), path)
  const url = parameters
    .filter((one) => one.in === 'query' && one.required)
    .reduce(
      (url, { name, schema }) => also(url, `${name}=${encodeURIComponent(String(schema?.examples?.[0]))}`),
      filled,
    )
  return { path, url, isCached: '304' in responses, isCollection: JSON.stringify(parameters).includes('/limit') }
})

const problem = (t: Test, answer: Answer, status: number) => {
  t.equal(answer.status, status)
  t.match(answer.headers['content-type'], /^application\/problem\+json/)
  t.same(Object.keys(answer.json), ['type', 'title', 'status', 'detail', 'instance', 'errors', 'suggestions'])
  t.equal(answer.json.status, status)
  t.notMatch(answer.text, /node_modules|\.ts:|SQLITE/, 'tells nothing of the inside')
}

function follow(node: unknown): { headers?: object } | undefined {
  const reference = (node as { $ref?: string } | undefined)?.$ref
  if (!reference) return node as { headers?: object } | undefined
  return document.components.responses[reference.split('/').at(-1) as 'NotFound']
}

type Expectation = (t: Test, service: Service, operation: Operation) => Promise<void>

const expectations: Record<string, Expectation> = {
  'GET answers 200 with the headers that it promises': async (t, { ask }, { url, isCached }) => {
    const answer = await ask(url)
    t.equal(answer.status, 200)
    t.equal(answer.headers['access-control-allow-origin'], '*')
    t.equal(answer.headers['x-content-type-options'], 'nosniff')
    t.match(answer.headers['content-security-policy'], /default-src 'none'/)
    t.match(answer.headers['x-request-id'], /./)
    if (!isCached) return
    t.match(answer.headers.etag, /^"[\w-]{22}"$/)
    t.equal(answer.headers['cache-control'], 'public, max-age=300, stale-while-revalidate=86400, stale-if-error=604800')
    t.match(answer.headers.vary, /^accept, accept-encoding$/)
    t.match(answer.headers['dataset-version'], /^[0-9a-f]{12}$/)
  },
  'HEAD has the headers of GET and no body': async (t, { ask }, { url, path }) => {
    const [get, head] = [await ask(url), await ask(url, {}, 'HEAD')]
    t.equal(head.status, 200)
    t.equal(head.bytes.length, 0)
    for (const name of ['content-type', 'etag', 'cache-control', 'vary', 'link', 'dataset-version'])
      t.equal(head.headers[name], get.headers[name], name)
    if (path !== '/metrics') t.equal(head.headers['content-length'], get.headers['content-length'])
    for (const coding of ['gzip', 'br']) {
      const [get, head] = [
        await ask(url, { 'accept-encoding': coding }),
        await ask(url, { 'accept-encoding': coding }, 'HEAD'),
      ]
      t.equal(head.headers.etag, get.headers.etag)
      t.equal(head.headers['content-encoding'], get.headers['content-encoding'])
      if (path !== '/metrics')
        t.ok([undefined, get.headers['content-length']].includes(head.headers['content-length']), 'no wrong length')
    }
  },
  'every answer has the headers that the document promises for its status': async (
    t,
    { ask },
    { path, url, isCached },
  ) => {
    const etag = String((await ask(url)).headers.etag)
    const answers = [
      await ask(url),
      await ask(also(url, 'surprise=1')),
      await ask(url, {}, 'POST'),
      await ask(also(url, `x=${'x'.repeat(5_000)}`)),
      await ask(behind(url, '%E0%A4%A')),
      await ask(behind(url, '/')),
    ]
    if (isCached) answers.push(await ask(url, { 'if-none-match': etag }), await ask(url, { accept: 'image/png' }))
    if (path.includes('{'))
      answers.push(
        await ask(url.replace(/[^/]+$/, 'nothing-like-it')),
        await ask(url.toLowerCase().replace(/.$/, (last) => last.toUpperCase())),
      )
    const { responses } = (
      document.paths as unknown as Record<string, { get: { responses: Record<string, unknown> } }>
    )[path]?.get ?? { responses: {} }
    for (const { status, headers } of answers) {
      const promised = follow(responses[status])
      t.ok(promised, `${path} documents ${status}`)
      for (const name of Object.keys(promised?.headers ?? {}))
        if (name !== 'Link' || status === 200) t.ok(headers[name.toLowerCase()], `${path} ${status} sends ${name}`)
    }
  },
  'OPTIONS answers 204 with Allow': async (t, { ask }, { url }) => {
    const answer = await ask(url, {}, 'OPTIONS')
    t.equal(answer.status, 204)
    t.equal(answer.headers.allow, 'GET, HEAD, OPTIONS')
  },
  'a preflight from a page of another origin is allowed to read': async (t, { ask }, { url }) => {
    const headers = { origin: 'https://example.org', 'access-control-request-method': 'GET' }
    const answer = await ask(url, { ...headers, 'access-control-request-headers': 'if-none-match' }, 'OPTIONS')
    t.equal(answer.status, 204)
    t.match(answer.headers['access-control-allow-methods'], 'GET, HEAD, OPTIONS')
    t.match(answer.headers['access-control-allow-headers'], 'If-None-Match')
  },
  'a wrong method is a 405 that names the right ones': async (t, { ask }, { url }) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']) {
      const answer = await ask(url, { 'content-type': 'text/csv', 'content-length': '0' }, method)
      problem(t, answer, 405)
      t.equal(answer.headers.allow, 'GET, HEAD, OPTIONS')
    }
  },
  'an unknown parameter is a 400 that names it': async (t, { ask }, { url }) => {
    const answer = await ask(also(url, 'surprise=1'))
    problem(t, answer, 400)
    t.match(answer.json.errors, [{ in: 'query', name: 'surprise', allowed: Array }])
  },
  'a repeated parameter is a 400': async (t, { ask }, { url, isCollection }) => {
    const name = isCollection ? 'limit' : 'x'
    const answer = await ask(also(url, `${name}=1&${name}=2`))
    problem(t, answer, 400)
    t.equal(answer.json.errors[0].name, name)
    if (isCollection) t.match(answer.json.errors[0].detail, 'once')
  },
  'an empty parameter is a 400': async (t, { ask }, { url, isCollection }) => {
    const answer = await ask(also(url, `${isCollection ? 'format' : 'x'}=`))
    problem(t, answer, 400)
    if (isCollection) t.match(answer.json.errors[0].detail, 'empty')
  },
  'a bad value is a 400 that says what is right': async (t, { ask }, { url, isCollection }) => {
    if (!isCollection) return
    const answer = await ask(also(url, 'limit=501&format=xml&cursor=nonsense'))
    problem(t, answer, 400)
    t.same(answer.json.errors.map(({ name }: { name: string }) => name).sort(), ['cursor', 'format', 'limit'])
    t.match(answer.json.errors.find(({ name }: { name: string }) => name === 'format').allowed, [
      'json',
      'csv',
      'ndjson',
    ])
    t.match(answer.text, /500/)
  },
  'an Accept that excludes every format is a 406': async (t, { ask }, { url, isCached }) => {
    const answer = await ask(url, { accept: 'image/png' })
    if (!isCached) return void t.equal(answer.status, 200)
    const type = String((await ask(url)).headers['content-type']).replace(/;.*/, '')
    for (const accept of [
      `${type}; charset=utf-8`,
      `text/html, ${type};indent=2;q=0.5`,
      '*/*;q=0.1',
      type.replace(/[^/]+$/, '*'),
    ])
      t.equal((await ask(url, { accept })).status, 200, accept)
    problem(t, answer, 406)
    t.ok(answer.json.errors[0].allowed.includes(type))
  },
  'If-None-Match is answered 304 where it names the copy, and 200 where it does not': async (t, service, operation) => {
    const { url, isCached } = operation
    if (!isCached) return
    const etag = String((await service.ask(url)).headers.etag)
    for (const held of [etag, '*', `"other", ${etag}`, `W/${etag}`, `W/"a","b",${etag}`]) {
      const answer = await service.ask(url, { 'if-none-match': held })
      t.equal(answer.status, 304, held)
      t.equal(answer.bytes.length, 0)
      t.equal(answer.headers.etag, etag)
      t.equal(answer.headers['content-type'], undefined)
      t.match(answer.headers['cache-control'], 'max-age=300')
    }
    for (const other of ['"other"', etag.slice(0, -1), `"x${etag.slice(1)}`, '']) {
      const answer = await service.ask(url, { 'if-none-match': other })
      t.equal(answer.status, 200, other)
    }
    t.equal((await service.ask(url, { 'if-none-match': etag }, 'HEAD')).status, 304)
  },
  'gzip and brotli carry the same bytes under tags of their own': async (t, { ask }, operation) => {
    const { path, isCached, isCollection } = operation
    if (path === '/metrics') return
    for (const url of isCollection
      ? [operation.url, also(operation.url, 'format=csv'), also(operation.url, 'format=ndjson')]
      : [operation.url]) {
      const plain = await ask(url)
      for (const [coding, unpack] of [
        ['gzip', gunzipSync],
        ['br', brotliDecompressSync],
      ] as const) {
        const packed = await ask(url, { 'accept-encoding': coding })
        t.equal(packed.headers['content-encoding'], coding)
        t.ok(unpack(packed.bytes).equals(plain.bytes))
        t.match(packed.headers.vary, /accept-encoding/)
        if (!isCached) continue
        t.not(packed.headers.etag, plain.headers.etag)
        const again = await ask(url, { 'accept-encoding': `deflate, ${coding}`, 'x-no-compression': '1' })
        t.ok(again.bytes.equals(packed.bytes), 'the second answer has the bytes of the first')
        t.equal(again.headers.etag, packed.headers.etag)
        t.equal(
          (await ask(url, { 'accept-encoding': coding, 'if-none-match': String(packed.headers.etag) })).status,
          304,
        )
        t.equal((await ask(url, { 'if-none-match': String(packed.headers.etag) })).status, 200)
      }
    }
  },
  'a slash at the end leads to the address without it': async (t, { ask }, { url }) => {
    const answer = await ask(behind(url, '/'))
    t.equal(answer.status, 308)
    t.equal(answer.headers.location, url)
  },
  'a percent sign that encodes nothing is a 400': async (t, { ask }, { url }) => {
    problem(t, await ask(behind(url, '%E0%A4%A')), 400)
  },
  'headers of 20 kB are a 431': async (t, { ask }, { url }) => {
    problem(t, await ask(url, { 'x-long': 'x'.repeat(20_000) }), 431)
  },
  'an address of 5 kB is a 414': async (t, { ask }, { url }) => {
    problem(t, await ask(also(url, `x=${'x'.repeat(5_000)}`)), 414)
  },
}

test('every operation of the OpenAPI document', async (t) => {
  const service = await startService()
  t.teardown(service.close)
  for (const operation of operations)
    await t.test(operation.path, async (t) => {
      for (const [title, expectation] of Object.entries(expectations))
        await t.test(title, (t) => expectation(t, service, operation))
    })
})
