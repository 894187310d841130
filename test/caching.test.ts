import { test } from 'tap'
import document from '../openapi/openapi.json' with { type: 'json' }
import { startService } from './service.ts'

/** Every address of the OpenAPI document: each operation, with its examples, in each format, and with each filter. */
const addresses = Object.entries(document.paths).flatMap(([path, methods]) => {
  type Parameter = {
    name?: string
    in?: string
    required?: boolean
    example?: string
    schema?: { examples?: unknown[] }
    $ref?: string
  }
  if (!('get' in methods)) return []
  const parameters = ((methods.get as { parameters?: Parameter[] }).parameters ?? []).map((one) =>
    one.$ref ? (document.components.parameters[one.$ref.split('/').at(-1) as 'limit'] as Parameter) : one,
  )
  const url = parameters.reduce((url, { name, example }) => url.replace(`{${name}}`, String(example)), path)
  const queryOf = ({ name, schema }: Parameter) => `${name}=${encodeURIComponent(String(schema?.examples?.[0]))}`
  const asked = parameters.filter((one) => one.in === 'query' && !['cursor', 'sha256'].includes(String(one.name)))
  const needed = asked.filter(({ required }) => required).map(queryOf)
  const filters = asked.filter(({ required }) => !required).map(queryOf)
  const paged = filters.some((one) => one.startsWith('limit=')) ? ['limit=2', 'format=ndjson', 'format=csv'] : []
  return [[], ...[...filters, ...paged].map((one) => [one])].map((more) =>
    [url, [...needed, ...more].join('&')].filter(Boolean).join('?'),
  )
})

test('a copy that is still current is answered 304 before any query runs', async (t) => {
  const statements: unknown[] = []
  const service = await startService({ verbose: (sql) => statements.push(sql) })
  const twin = await startService()
  t.teardown(async () => {
    await service.close()
    await twin.close()
  })
  for (const url of addresses) {
    const { headers, status } = await twin.ask(url)
    t.equal(status, 200, url)
    if (!headers.etag) continue
    statements.length = 0
    const answer = await service.ask(url, { 'if-none-match': headers.etag })
    t.equal(answer.status, 304, url)
    t.same(statements, [], `${url} runs no query`)
  }
  const { status } = await service.ask('/v1/agencies?limit=3', { 'if-none-match': '"other"' })
  t.equal(status, 200)
  t.ok(statements.length > 0, 'and one that is not current runs some, so the count counts')
})

test('two servers built apart from the same seed give the same bytes and tags', async (t) => {
  const one = await startService()
  const other = await startService()
  t.teardown(async () => {
    await one.close()
    await other.close()
  })
  t.ok(addresses.length > 40)
  for (const url of addresses.filter((url) => !url.startsWith('/metrics'))) {
    const [a, b, again] = [await one.ask(url), await other.ask(url), await one.ask(url)]
    t.ok(a.bytes.equals(b.bytes), url)
    t.ok(a.bytes.equals(again.bytes), `${url}, asked again`)
    t.equal(a.headers.etag, b.headers.etag)
    t.equal(a.headers.etag, again.headers.etag)
    t.same(Object.keys(a.headers).sort(), Object.keys(again.headers).sort())
    t.equal(again.headers.link, a.headers.link)
  }
})

test('an answer that was kept is given to nobody who asked for another format or coding', async (t) => {
  const service = await startService()
  t.teardown(service.close)
  const types = async (accept: string) => (await service.ask('/v1/sources', { accept })).headers['content-type']
  for (let round = 0; round < 2; round++) {
    t.match(await types('text/csv'), 'text/csv')
    t.match(await types('application/json'), 'application/json')
    t.match(await types('text/html, application/x-ndjson;q=0.5'), 'application/x-ndjson')
    t.match(await types('image/png'), 'problem+json')
  }
})

test('a kept answer carries the request id of each request', async (t) => {
  const service = await startService()
  t.teardown(service.close)
  for (const id of ['first', 'second', 'third'])
    t.equal((await service.ask('/v1', { 'x-request-id': id })).headers['x-request-id'], id)
})

test('under a public address all links begin with it, and the tags are others', async (t) => {
  const here = await startService()
  const there = await startService({ publicUrl: 'https://directory.example.org/wsis' })
  t.teardown(async () => {
    await here.close()
    await there.close()
  })
  const { json, headers } = await there.ask('/v1/agencies?limit=1')
  t.equal(json.items[0].readIn.length > 0, true)
  t.match(json.next, /^https:\/\/directory\.example\.org\/wsis\/v1\/agencies\?limit=1&cursor=/)
  t.match(headers.link, '<https://directory.example.org/wsis/openapi.json>; rel="describedby"')
  t.equal(headers['strict-transport-security'], 'max-age=31536000')
  t.not(headers.etag, (await here.ask('/v1/agencies?limit=1')).headers.etag)
  t.equal(
    (await there.ask('/v1/action-lines/c1')).headers.location,
    'https://directory.example.org/wsis/v1/action-lines/C1',
  )
  t.same((await there.ask('/openapi.json')).json.servers, [{ url: 'https://directory.example.org/wsis' }])
  t.match((await there.ask('/docs')).text, '/wsis/docs/static/')
  t.equal((await there.ask('/v1/')).headers.location, 'https://directory.example.org/wsis/v1')
  t.equal((await there.ask('/openapi.json/')).headers.location, 'https://directory.example.org/wsis/openapi.json')
  t.match((await there.ask('/docs')).text, 'href="https://directory.example.org/wsis/openapi.json"')
  t.equal((await there.ask('/')).headers.location, 'https://directory.example.org/wsis/docs')
})
