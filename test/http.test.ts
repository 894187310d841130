import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import document from '../openapi/openapi.json' with { type: 'json' }
import { type Answer, publicUrl, type Service, serve } from './service.ts'

// Every operation of the OpenAPI document with any request a client may send, over a socket: a table of expectations,
// each for the operations to which it applies.

interface Operation {
  path: string
  /** Its path with the examples filled in, and with the required query. */
  url: string
  /** The same with each further parameter alone, at its example, and in each format, a list with a few records. */
  variants: string[]
  isCached: boolean
  isCollection: boolean
  /** Whether the format is chosen by Accept. */
  isNegotiated: boolean
  /** The methods that the path takes, as Allow lists them. */
  allow: string
}

interface Parameter {
  $ref?: string
  in: string
  name: string
  required?: boolean
  example?: string
  examples?: { example: { value: unknown } }
  schema: { $ref?: string; type: string; enum?: string[]; minimum?: number }
}

/** The URL with another query parameter. */
const also = (url: string, query: string) => `${url}${url.includes('?') ? '&' : '?'}${query}`
/** The URL with a suffix of its path. */
const behind = (url: string, more: string) => url.replace(/(?=\?|$)/, more)

/** A parameter with the example of the document. */
const queryOf = ({ name, example, examples }: Parameter) =>
  `${name}=${encodeURIComponent(String(example ?? examples?.example.value))}`

/** The target of a reference; any other object unchanged. */
function componentOf<Node extends { $ref?: string }>(components: object, node: Node): Node {
  return node.$ref ? ((components as Record<string, Node>)[String(node.$ref.split('/').at(-1))] ?? node) : node
}

const operations: Operation[] = Object.entries(document.paths).flatMap(([path, methods]) => {
  if (!('get' in methods)) return []
  const { responses, parameters: listed = [] } = methods.get as { responses: object; parameters?: Parameter[] }
  const parameters = listed.map((one): Parameter => {
    const parameter = componentOf(document.components.parameters, one)
    return { ...parameter, schema: componentOf(document.components.schemas, parameter.schema) }
  })
  const filled = parameters.reduce((url, { name, example }) => url.replace(`{${name}}`, String(example)), path)
  const asked = parameters.filter((one) => one.in === 'query')
  const url = asked.filter(({ required }) => required).reduce((url, one) => also(url, queryOf(one)), filled)
  const isCollection = ['limit', 'format'].every((one) => asked.some(({ name }) => name === one))
  const more = asked
    .filter(({ required, name }) => !required && !['cursor', 'format', 'sha256'].includes(name))
    .map(queryOf)
  const few = asked.some(({ name }) => name === 'limit') ? '&limit=5' : ''
  const formats = asked.find(({ name }) => name === 'format')?.schema.enum ?? []
  more.push(...formats.map((format) => `format=${format}${few}`))
  return {
    path,
    url,
    variants: more.map((query) => also(url, query)),
    isCached: '304' in responses,
    isCollection,
    isNegotiated: '406' in responses,
    allow: `GET, HEAD, OPTIONS${'post' in methods ? ', POST' : ''}`,
  }
})

/** Every URL in the document. */
const addresses = operations.flatMap(({ url, variants }) => [url, ...variants])

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

/** The media type of a response, without parameters. */
const typeOf = async (ask: Service['send'], url: string) =>
  String((await ask(url)).headers['content-type']).replace(/;.*/, '')

const codings = [
  ['gzip', gunzipSync],
  ['br', brotliDecompressSync],
] as const

interface Expectation {
  title: string
  /** The operations to which it applies; by default all. */
  where?: (operation: Operation) => boolean
  check: (t: Test, ask: Service['send'], operation: Operation) => Promise<void>
}

const isCached = (operation: Operation) => operation.isCached
const isCollection = (operation: Operation) => operation.isCollection
const isNegotiated = (operation: Operation) => operation.isNegotiated
/** The measures of a process are never the same twice. */
const isStill = ({ path }: Operation) => path !== '/metrics'

const expectations: Expectation[] = [
  {
    title: 'GET answers 200 with the headers of every answer',
    check: async (t, ask, { url }) => {
      const answer = await ask(url)
      t.equal(answer.status, 200)
      t.equal(answer.headers['access-control-allow-origin'], '*')
      t.equal(answer.headers['access-control-expose-headers'], '*')
      t.equal(answer.headers['x-content-type-options'], 'nosniff')
      t.match(answer.headers['content-security-policy'], /default-src 'none'/)
      t.match(answer.headers['x-request-id'], /./)
    },
  },
  {
    title: 'GET has a tag, a lifetime and the dataset',
    where: isCached,
    check: async (t, ask, { url }) => {
      const { headers } = await ask(url)
      t.match(headers.etag, /^"[\w-]{22}"$/)
      t.equal(headers['cache-control'], 'public, max-age=300, stale-while-revalidate=86400, stale-if-error=604800')
      t.match(headers.vary, /^accept, accept-encoding$/)
      t.match(headers['dataset-version'], /^[0-9a-f]{12}$/)
    },
  },
  {
    title: 'HEAD has the headers of GET and no body',
    check: async (t, ask, { url }) => {
      const [get, head] = [await ask(url), await ask(url, {}, 'HEAD')]
      t.equal(head.status, 200)
      t.equal(head.bytes.length, 0)
      for (const name of ['content-type', 'etag', 'cache-control', 'vary', 'link', 'dataset-version'])
        t.equal(head.headers[name], get.headers[name], name)
    },
  },
  {
    title: 'HEAD has the length of GET',
    where: isStill,
    check: async (t, ask, { url }) => {
      const [get, head] = [await ask(url), await ask(url, {}, 'HEAD')]
      t.equal(head.headers['content-length'], get.headers['content-length'])
    },
  },
  {
    title: 'HEAD has the coding and the tag of a compressed GET, and no wrong length',
    where: isStill,
    check: async (t, ask, { url }) => {
      for (const coding of ['gzip', 'br']) {
        const asked = { 'accept-encoding': coding }
        const [get, head] = [await ask(url, asked), await ask(url, asked, 'HEAD')]
        t.equal(head.headers.etag, get.headers.etag)
        t.equal(head.headers['content-encoding'], get.headers['content-encoding'])
        t.ok([undefined, get.headers['content-length']].includes(head.headers['content-length']), 'no wrong length')
      }
    },
  },
  {
    title: 'every answer has the headers that the document promises for its status',
    check: async (t, ask, { path, url, isCached, isNegotiated }) => {
      const etag = String((await ask(url)).headers.etag)
      const answers = [
        await ask(url),
        await ask(also(url, 'surprise=1')),
        await ask(url, {}, 'PUT'),
        await ask(also(url, `x=${'x'.repeat(5_000)}`)),
        await ask(behind(url, '%E0%A4%A')),
        await ask(behind(url, '/')),
      ]
      if (isCached) answers.push(await ask(url, { 'if-none-match': etag }))
      if (isNegotiated) answers.push(await ask(url, { accept: 'image/png' }))
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
  },
  {
    title: 'OPTIONS answers 204 with Allow',
    check: async (t, ask, { url, allow }) => {
      const answer = await ask(url, {}, 'OPTIONS')
      t.equal(answer.status, 204)
      t.equal(answer.headers.allow, allow)
    },
  },
  {
    title: 'a preflight from a page of another origin is allowed to read',
    check: async (t, ask, { url }) => {
      const headers = { origin: 'https://example.org', 'access-control-request-method': 'GET' }
      const answer = await ask(url, { ...headers, 'access-control-request-headers': 'if-none-match' }, 'OPTIONS')
      t.equal(answer.status, 204)
      t.match(answer.headers['access-control-allow-methods'], 'GET, HEAD, OPTIONS')
      t.equal(answer.headers['access-control-allow-headers'], '*')
    },
  },
  {
    title: 'a wrong method is a 405 that names the right ones',
    check: async (t, ask, { url, allow }) => {
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND'].filter((one) => !allow.includes(one))) {
        const answer = await ask(url, { 'content-type': 'text/csv', 'content-length': '0' }, method)
        problem(t, answer, 405)
        t.equal(answer.headers.allow, allow)
      }
    },
  },
  {
    title: 'an unknown parameter is a 400 that names it',
    check: async (t, ask, { url }) => {
      const answer = await ask(also(url, 'surprise=1'))
      problem(t, answer, 400)
      t.match(answer.json.errors, [{ location: 'query', name: 'surprise', allowed: Array }])
    },
  },
  {
    title: 'a repeated parameter is a 400 that names it',
    check: async (t, ask, { url }) => {
      const answer = await ask(also(url, 'x=1&x=2'))
      problem(t, answer, 400)
      t.equal(answer.json.errors[0].name, 'x')
    },
  },
  {
    title: 'a known parameter that is repeated is a 400 that asks for one value',
    where: isCollection,
    check: async (t, ask, { url }) => {
      const answer = await ask(also(url, 'limit=1&limit=2'))
      problem(t, answer, 400)
      t.match(answer.json.errors, [{ name: 'limit', detail: /has 2 values\. Send one request/ }])
    },
  },
  {
    title: 'an empty parameter is a 400',
    check: async (t, ask, { url }) => problem(t, await ask(also(url, 'x=')), 400),
  },
  {
    title: 'a known parameter that is empty is a 400 that says so',
    where: isCollection,
    check: async (t, ask, { url }) => {
      const answer = await ask(also(url, 'format='))
      problem(t, answer, 400)
      t.match(answer.json.errors, [{ name: 'format', detail: /empty/ }])
    },
  },
  {
    title: 'each bad value is named in one 400, with what is right',
    where: isCollection,
    check: async (t, ask, { url }) => {
      const answer = await ask(also(url, 'limit=501&format=xml&cursor=nonsense'))
      problem(t, answer, 400)
      const errors: { name: string; allowed: string[] }[] = answer.json.errors
      t.same(errors.map(({ name }) => name).sort(), ['cursor', 'format', 'limit'])
      t.match(errors.find(({ name }) => name === 'format')?.allowed, ['json', 'csv', 'ndjson'])
      t.match(answer.text, /500/)
    },
  },
  {
    title: 'an Accept that excludes every format is a 406 that names one',
    where: isNegotiated,
    check: async (t, ask, { url }) => {
      const answer = await ask(url, { accept: 'image/png' })
      problem(t, answer, 406)
      t.ok(answer.json.errors[0].allowed.includes(await typeOf(ask, url)))
    },
  },
  {
    title: 'an Accept that includes its format, however it is written, is a 200',
    where: isNegotiated,
    check: async (t, ask, { url }) => {
      const type = await typeOf(ask, url)
      for (const accept of [
        `${type}; charset=utf-8`,
        `text/html, ${type};indent=2;q=0.5`,
        '*/*;q=0.1',
        '*/* ; q=0.1',
        ';charset=utf-8',
        type.replace(/[^/]+$/, '*'),
      ])
        t.equal((await ask(url, { accept })).status, 200, accept)
    },
  },
  {
    title: 'an Accept that refuses everything with q=0 is a 406, however it is written',
    where: isNegotiated,
    check: async (t, ask, { url }) => {
      for (const accept of ['*/*;q=0', '*/*; q=0', '*/* ; q=0.0', '*/*;charset=utf-8; q=0'])
        problem(t, await ask(url, { accept }), 406)
    },
  },
  {
    title: 'what is of this moment is answered whatever is accepted',
    where: (operation) => !isNegotiated(operation),
    check: async (t, ask, { url }) => {
      t.equal((await ask(url, { accept: 'image/png' })).status, 200)
    },
  },
  {
    title: 'If-None-Match with the tag of the answer is a 304',
    where: isCached,
    check: async (t, ask, { url }) => {
      const etag = String((await ask(url)).headers.etag)
      for (const held of [etag, '*', `"other", ${etag}`, `W/${etag}`, `W/"a","b",${etag}`]) {
        const answer = await ask(url, { 'if-none-match': held })
        t.equal(answer.status, 304, held)
        t.equal(answer.bytes.length, 0)
        t.equal(answer.headers.etag, etag)
        t.equal(answer.headers['content-type'], undefined)
        t.match(answer.headers['cache-control'], 'max-age=300')
      }
      t.equal((await ask(url, { 'if-none-match': etag }, 'HEAD')).status, 304)
    },
  },
  {
    title: 'If-None-Match with another tag is a 200',
    where: isCached,
    check: async (t, ask, { url }) => {
      const etag = String((await ask(url)).headers.etag)
      for (const other of ['"other"', etag.slice(0, -1), `"x${etag.slice(1)}`, ''])
        t.equal((await ask(url, { 'if-none-match': other })).status, 200, other)
    },
  },
  {
    title: 'gzip and brotli carry the bytes of the plain answer',
    where: isStill,
    check: async (t, ask, { url, variants }) => {
      for (const address of [url, ...variants.filter((one) => /format=(csv|ndjson)$/.test(one))]) {
        const plain = await ask(address)
        for (const [coding, unpack] of codings) {
          const packed = await ask(address, { 'accept-encoding': coding })
          t.equal(packed.headers['content-encoding'], coding)
          t.ok(unpack(packed.bytes).equals(plain.bytes))
          t.match(packed.headers.vary, /accept-encoding/)
        }
      }
    },
  },
  {
    title: 'each coding has a tag of its own, which is good for no other',
    where: isCached,
    check: async (t, ask, { url, variants }) => {
      for (const address of [url, ...variants.filter((one) => /format=(csv|ndjson)$/.test(one))]) {
        const plain = await ask(address)
        for (const [coding] of codings) {
          const packed = await ask(address, { 'accept-encoding': coding })
          const etag = String(packed.headers.etag)
          t.not(etag, plain.headers.etag)
          const again = await ask(address, { 'accept-encoding': `deflate, ${coding}`, 'x-no-compression': '1' })
          t.ok(again.bytes.equals(packed.bytes), 'the second answer has the bytes of the first')
          t.equal(again.headers.etag, etag)
          t.equal((await ask(address, { 'accept-encoding': coding, 'if-none-match': etag })).status, 304)
          t.equal((await ask(address, { 'if-none-match': etag })).status, 200)
        }
      }
    },
  },
  {
    title: 'a slash at the end leads to the address without it',
    check: async (t, ask, { url }) => {
      const answer = await ask(behind(url, '/'))
      t.equal(answer.status, 308)
      t.equal(answer.headers.location, url)
    },
  },
  {
    title: 'a percent sign that encodes nothing is a 400',
    check: async (t, ask, { url }) => problem(t, await ask(behind(url, '%E0%A4%A')), 400),
  },
  {
    title: 'headers of 20 kB are a 431',
    check: async (t, ask, { url }) => problem(t, await ask(url, { 'x-long': 'x'.repeat(20_000) }), 431),
  },
  {
    title: 'an address of 5 kB is a 414',
    check: async (t, ask, { url }) => problem(t, await ask(also(url, `x=${'x'.repeat(5_000)}`)), 414),
  },
]

const service = await serve(t)

for (const operation of operations)
  t.test(operation.path, async (t) => {
    for (const { title, where = () => true, check } of expectations)
      if (where(operation)) await t.test(title, (t) => check(t, service.send, operation))
  })

t.test('every expectation applies to some operation', async (t) => {
  for (const { title, where = () => true } of expectations) t.ok(operations.some(where), title)
})

t.test('the document names more than forty addresses', async (t) => {
  t.ok(addresses.length > 40)
})

t.test('a copy that is still current is answered 304 before any query runs', async (t) => {
  const statements: unknown[] = []
  const watched = await serve(t, { verbose: (sql) => statements.push(sql) })
  // As after the start: the files are made, and what OpenRefine reconciles with is read.
  for (const url of ['/v1/exports', '/v1/reconcile/preview?id=C1']) await watched.send(url)
  for (const url of operations.filter(isCached).flatMap(({ url, variants }) => [url, ...variants])) {
    const { etag } = (await service.send(url)).headers
    statements.length = 0
    const answer = await watched.send(url, { 'if-none-match': String(etag) })
    t.equal(answer.status, 304, url)
    t.same(statements, [], `${url} runs no query`)
  }
  const { status } = await watched.send('/v1/agencies?limit=3', { 'if-none-match': '"other"' })
  t.equal(status, 200)
  t.ok(statements.length > 0, 'and one that is not current runs some, so the count counts')
})

t.test('a repeated request has the same response, with the same tag and headers', async (t) => {
  for (const url of addresses.filter((url) => !/^\/metrics|^\/v1\/reconcile(\?|$)/.test(url))) {
    const [a, again] = [await service.send(url), await service.send(url)]
    t.equal(a.status, 200, url)
    t.ok(a.bytes.equals(again.bytes), url)
    t.equal(a.headers.etag, again.headers.etag)
    t.same(Object.keys(a.headers).sort(), Object.keys(again.headers).sort())
    t.equal(again.headers.link, a.headers.link)
  }
})

t.test('a cached response is sent to nobody who asked for another format', async (t) => {
  const fresh = await serve(t)
  const types = async (accept: string) => (await fresh.send('/v1/sources', { accept })).headers['content-type']
  for (let round = 0; round < 2; round++) {
    t.match(await types('text/csv'), 'text/csv')
    t.match(await types('application/json'), 'application/json')
    t.match(await types('text/html, application/x-ndjson;q=0.5'), 'text/html')
    t.match(await types('text/html;q=0.4, application/x-ndjson;q=0.5'), 'application/x-ndjson')
    t.match(await types('image/png'), 'problem+json')
  }
})

t.test('a cached response carries the request id of each request', async (t) => {
  for (const id of ['first', 'second', 'third'])
    t.equal((await service.send('/v1', { 'x-request-id': id })).headers['x-request-id'], id)
})

t.test('under a public address every link and redirect begins with it', async (t) => {
  const { send } = await serve(t, { publicUrl })
  const { json, headers } = await send('/v1/agencies?limit=1')
  t.match(json.next, /^https:\/\/directory\.example\.org\/wsis\/v1\/agencies\?limit=1&cursor=/)
  t.match(headers.link, `<${publicUrl}/openapi.json>; rel="describedby"`)
  t.match((await send('/openapi.json')).json.servers, [{ url: publicUrl }])
  t.equal((await send('/openapi.json')).json.servers.length, 1)
  const page = (await send('/docs')).text
  const own = [...page.matchAll(/(?:href|src)="(\/[^"]*)"/g)].map(([, address]) => String(address))
  t.ok(own.length > 0)
  for (const address of own) t.match(address, /^\/wsis\//)
  for (const [path, location] of [
    ['/v1/action-lines/c1', '/v1/action-lines/C1'],
    ['/v1/', '/v1'],
    ['/openapi.json/', '/openapi.json'],
    ['/', '/docs'],
  ] as const)
    t.equal((await send(path)).headers.location, `${publicUrl}${location}`)
})

t.test('under a public address an answer has another tag', async (t) => {
  const { send } = await serve(t, { publicUrl })
  const [there, here] = [await send('/v1/agencies?limit=1'), await service.send('/v1/agencies?limit=1')]
  t.match(there.headers.etag, /^"[\w-]{22}"$/)
  t.not(there.headers.etag, here.headers.etag)
})

t.test('only under a public address with TLS a browser is told to insist on TLS', async (t) => {
  const { send } = await serve(t, { publicUrl })
  t.equal((await send('/v1')).headers['strict-transport-security'], 'max-age=31536000')
  t.equal((await service.send('/v1')).headers['strict-transport-security'], undefined)
})
