import t, { type Test } from 'tap'
import { BodyCache } from '../src/http/body-cache.ts'
import { Recalled } from '../src/http/recalled.ts'
import { release } from '../src/release.ts'
import { fc } from './random.ts'
import { type Answer, type Service, type ServiceOptions, serve } from './service.ts'
import { SeedCopy } from './wrong-seed.ts'

// The cache shares bodies between requests, but nothing that depends on a request.

/** Each URL in several spellings, and some that are rejected or redirected. */
const addresses = [
  ['/v1/agencies/ITU', '/v1/agencies/%49TU', '/v1/agencies/IT%55'],
  ['/v1/agencies?limit=2&actionLine=C1', '/v1/agencies?actionLine=c1&limit=2', '/v1/agencies?actionLine=%431&limit=2'],
  ['/v1/agencies?limit=3&actionLine=C1', '/v1/agencies?limit=3&actionLine=%43%31'],
  ['/v1/agencies?format=csv', '/v1/agencies?format=%63sv'],
  ['/v1/resolve?q=C1', '/v1/resolve?q=%431'],
  ['/v1/agencies/itu'],
  ['/v1/agencies/ITU?x=1'],
  ['/v1/agencies/nobody'],
  ['/v1/agencies/'],
  ['/v1/nothing'],
  ['/health/live'],
]
const spellings = addresses.flat()
const accepted = [
  '*/*',
  'application/json',
  'text/csv',
  'text/csv, application/json;q=0.5',
  'image/png',
  'undefined',
  '',
]
const codings = ['identity', 'gzip', 'br', 'gzip;q=0.1, br', '', 'undefined']

interface Question {
  path: string
  method: string
  accept: string | null
  'accept-encoding': string | null
  'if-none-match': string | null
}

/** A service with caches that hold about so many bytes, and can be emptied. */
async function serveFrom(t: Test, bytes: number, options: ServiceOptions = {}) {
  const bodies = new BodyCache(bytes)
  const recalled = new Recalled(bodies, () => false, bytes / 4)
  const service = await serve(t, { ...options, bodies, recalled })
  const forget = () => {
    bodies.clear()
    recalled.clear()
  }
  return { ...service, forget }
}

const usualBytes = 8 * 1024 * 1024

t.test('different questions never share a response, whatever was asked before', async (t) => {
  const service = await serveFrom(t, usualBytes)
  const uncached = await serveFrom(t, usualBytes)
  const ask = ({ path, method, ...headers }: Question, of: Service = service) =>
    of.ask(path, JSON.parse(JSON.stringify(headers, (_name, value) => value ?? undefined)), method)
  const tags = new Set(['*', '"other"'])
  for (const path of addresses.map(([path]) => String(path)))
    for (const accept of accepted)
      for (const coding of codings) {
        const { headers } = await uncached.ask(path, { accept, 'accept-encoding': coding })
        if (headers.etag) tags.add(headers.etag)
      }
  t.ok(tags.size > 20)
  const question = fc.record({
    path: fc.constantFrom(...spellings),
    method: fc.constantFrom('GET', 'GET', 'GET', 'HEAD', 'OPTIONS', 'POST'),
    accept: fc.constantFrom(null, ...accepted),
    'accept-encoding': fc.constantFrom(null, ...codings),
    'if-none-match': fc.constantFrom(null, null, ...tags),
  })
  const told = ({ status, bytes, headers: { 'x-request-id': _id, date: _date, ...headers } }: Answer) => ({
    status,
    headers,
    body: bytes.toString('base64'),
  })
  let shared = 0
  await fc.assert(
    fc.asyncProperty(fc.array(question, { minLength: 20, maxLength: 120 }), async (questions) => {
      service.forget()
      for (const one of questions) {
        uncached.forget()
        t.same(told(await ask(one)), told(await ask(one, uncached)), JSON.stringify(one))
        shared += 1
      }
    }),
    { numRuns: 15 },
  )
  t.ok(shared > 150)
})

t.test('the same question in other spellings shares one response, from the second time on', async (t) => {
  const statements: unknown[] = []
  const service = await serve(t, { verbose: (sql) => statements.push(sql) })
  for (const [path, ...others] of addresses.slice(0, 3)) {
    const first = await askTwice(service, String(path))
    t.ok(statements.length > 0, 'the first two are read from the database')
    statements.length = 0
    for (const other of [String(path), ...others])
      for (const accept of ['*/*', 'application/json', 'application/json;q=0.1', 'image/png, */*;q=0.5']) {
        const answer = await service.ask(other, { accept })
        t.same(answer.bytes, first.bytes, `${other} ${accept}`)
        t.equal((await service.ask(other, { accept }, 'HEAD')).headers['content-length'], String(first.bytes.length))
        t.ok((await service.ask(other, { accept, 'accept-encoding': 'gzip' })).headers['content-encoding'])
      }
    t.same(statements, [], `${path}: no other spelling, method or coding is`)
  }
})

/** The second response to a request, which is cached. */
async function askTwice(service: Service, path: string): Promise<Answer> {
  await service.ask(path)
  return service.ask(path)
}

/** A service with a small cache, and the statements that it runs. */
async function serveFromLittle(t: Test) {
  const statements: unknown[] = []
  const service = await serveFrom(t, littleBytes, { verbose: (sql) => statements.push(sql) })
  return { service, statements }
}

const littleBytes = 1024 * 1024

t.test('a client that spells one question in ever new ways drives out no other response', async (t) => {
  const { service, statements } = await serveFromLittle(t)
  const list = '/v1/action-lines?limit=100'
  await askTwice(service, '/v1/agencies/ITU')
  const { bytes } = await service.ask(list)
  // More bytes than the cache can hold, if each spelling had a separate response.
  const count = Math.ceil((2 * littleBytes) / bytes.length)
  for (let number = 0; number < count; number++) await service.ask(list, { accept: `application/json, x/${number}` })
  statements.length = 0
  t.equal((await service.ask('/v1/agencies/%49TU')).status, 200)
  t.same(statements, [])
})

t.test('a wrong id in other spellings gets the same response, which tells no spelling', async (t) => {
  const service = await serve(t)
  const [wrong, ...others] = ['/v1/agencies/nobody', '/v1/agencies/%6eobody', '/v1/agencies/n%6Fbody']
  const { bytes, json, status } = await service.ask(String(wrong))
  t.equal(status, 404)
  t.equal(json.instance, wrong)
  for (const other of others) t.same((await service.ask(other)).bytes, bytes, other)
  t.match((await service.ask(String(wrong), { accept: 'text/html' })).headers['content-type'], 'text/html')
  t.equal((await service.ask('/v1/agencies/nobody%3Fformat=csv')).json.instance, '/v1/agencies/nobody%3Fformat%3Dcsv')
  t.equal((await service.ask('/v1/agencies/nobody?format=csv')).json.instance, '/v1/agencies/nobody?format=csv')
})

t.test('after clients that hold a response, one that holds none gets it whole', async (t) => {
  const service = await serveFrom(t, usualBytes)
  const { headers, bytes } = await service.ask('/v1/agencies/WHO')
  service.forget()
  for (let time = 1; time <= 3; time++)
    t.equal((await service.ask('/v1/agencies/WHO', { 'if-none-match': String(headers.etag) })).status, 304)
  for (let time = 1; time <= 3; time++) t.same((await service.ask('/v1/agencies/WHO')).bytes, bytes)
})

t.test('a client that asks for ever new wrong ids drives out no other response', async (t) => {
  const { service, statements } = await serveFromLittle(t)
  await askTwice(service, '/v1/agencies/ITU')
  const wrong = 'n'.repeat(400)
  const { bytes } = await service.ask(`/v1/agencies/${wrong}`)
  // More bytes than the cache can hold, if these were cached like other responses.
  const count = Math.ceil((2 * littleBytes) / (1024 + bytes.length))
  for (let number = 0; number < 2 * count; number++) await service.ask(`/v1/agencies/${wrong}${number >> 1}`)
  statements.length = 0
  t.equal((await service.ask('/v1/agencies/%49TU')).status, 200)
  t.same(statements, [])
})

t.test('HEAD has the length of GET in each coding', async (t) => {
  const service = await serve(t)
  for (const path of ['/v1/agencies/WHO', '/v1/sources', '/v1/agencies/nobody', '/nothing'])
    for (const coding of ['br', 'gzip', 'identity']) {
      const asked = { 'accept-encoding': coding }
      const [head, get] = [await service.send(path, asked, 'HEAD'), await service.send(path, asked)]
      t.equal(head.headers['content-length'], String(get.bytes.length), `${coding} ${path}`)
      t.equal(head.bytes.length, 0)
    }
})

t.test('who asks for the same at the same time gets the same bytes, compressed or not', async (t) => {
  const { send } = await serve(t)
  for (const coding of ['br', 'gzip', 'identity']) {
    const asked = Array.from({ length: 8 }, () => send('/v1/action-lines', { 'accept-encoding': coding }))
    const [first, ...others] = await Promise.all(asked)
    t.equal(first?.headers['content-encoding'], coding === 'identity' ? undefined : coding)
    for (const { status, bytes } of others) t.ok(status === 200 && first && bytes.equals(first.bytes))
  }
})

t.test('a release that changes one record changes the tags of what says so, and of no other item', async (t) => {
  const seed = new SeedCopy(t)
  seed.set('sessions.json', 5, 'room', 'Room Z')
  const [before, after] = [await serve(t), await serve(t, { seed: seed.folder })]
  const { id } = JSON.parse(seed.text('sessions.json'))[5]
  const changed: string[] = []
  let count = 0
  for (const noun of ['action-lines', 'agencies', 'editions', 'sources', 'sessions'])
    for (const { href } of (await before.ask(`/v1/${noun}?limit=500`)).json.items.map((item: { id: string }) => ({
      href: `/v1/${noun}/${encodeURIComponent(item.id)}`,
    }))) {
      const { etag } = (await before.ask(href)).headers
      const { status } = await after.ask(href, { 'if-none-match': String(etag) })
      count += 1
      if (status !== 304) changed.push(href)
    }
  t.ok(count > 200)
  t.same(changed, [`/v1/sessions/${encodeURIComponent(id)}`])
  const list = (await before.ask('/v1/sessions')).headers.etag
  t.equal((await after.ask('/v1/sessions', { 'if-none-match': String(list) })).status, 200)
})

t.test('lists, items and exports say the day of the release, and a client that sends it back gets a 304', async (t) => {
  const { send, ask } = await serve(t)
  const { date } = (await ask('/v1/changes?limit=1')).json.items[0]
  for (const path of [
    '/v1/agencies',
    '/v1/agencies?format=csv',
    '/v1/agencies/ITU',
    '/v1/exports/current/sources.csv',
  ]) {
    const { headers } = await send(path)
    const modified = String(headers['last-modified'])
    t.equal(new Date(modified).toISOString().slice(0, 10), date, path)
    const conditions: [Record<string, string>, number][] = [
      [{ 'if-modified-since': modified }, 304],
      [{ 'if-modified-since': new Date(Date.parse(modified) - 1_000).toUTCString() }, 200],
      // A copy taken later may still be of an older release, which was deployed until then.
      [{ 'if-modified-since': new Date(Date.parse(modified) + 86_400_000).toUTCString() }, 200],
      [{ 'if-modified-since': 'yesterday' }, 200],
      [{ 'if-modified-since': modified, 'if-none-match': '"other"' }, 200],
      [{ 'if-modified-since': 'yesterday', 'if-none-match': String(headers.etag) }, 304],
    ]
    for (const [condition, status] of conditions)
      t.equal((await send(path, condition)).status, status, `${path} ${JSON.stringify(condition)}`)
  }
})

t.test('a second release of a day and other code get another Last-Modified, an unreleased dataset none', async (t) => {
  const seed = new SeedCopy(t, { isShort: true })
  const day = '2020-02-02'
  const publish = () =>
    t.equal(release(['--seed', seed.folder, '--date', day], { write: () => true }, process.stderr), 0)
  const modified = async (options: ServiceOptions = {}) =>
    (await (await serve(t, { seed: seed.folder, ...options })).send('/v1')).headers['last-modified']
  publish()
  const first = await modified()
  t.not(await modified({ contact: 'mailto:other@example.org' }), first, 'another contact is in other bytes')
  seed.set('agencies.json', 0, 'note', 'Another note.')
  t.equal(await modified(), undefined)
  publish()
  const second = await modified()
  t.equal(new Date(String(second)).toISOString().slice(0, 10), day)
  t.ok(Date.parse(String(second)) > Date.parse(String(first)), 'and the later release has the later one')
})
