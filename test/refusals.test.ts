import { test } from 'tap'
import { type Service, startService } from './service.ts'

let service: Service
test('begin', async () => {
  service = await startService()
})

test('an unknown path is a 404 that names the collections, whatever the method', async (t) => {
  for (const path of ['/nothing', '/v1/nothing', '/V1', '//evil.example/', '/v1/agencies/ITU/more', '/%2e%2e/x'])
    for (const method of ['GET', 'OPTIONS', 'POST']) {
      const { status, json, headers } = await service.ask(path, {}, method)
      t.equal(status, 404, `${method} ${path}`)
      t.match(json.detail, '/v1/action-lines')
      t.equal(headers.location, undefined)
    }
})

test('a slash at the end keeps the query, and leads to no other host', async (t) => {
  t.equal((await service.ask('/v1/agencies/ITU//?x=1')).headers.location, '/v1/agencies/ITU?x=1')
  t.equal((await service.ask('/v1/agencies/?limit=1')).headers.location, '/v1/agencies?limit=1')
})

test('a name that is near to nothing is refused without a suggestion', async (t) => {
  const { json } = await service.ask('/v1/coordinations?agency=zzzzzzzz')
  t.match(json.errors, [{ name: 'agency', allowed: null, suggestion: null }])
})

test('a tag that was asked about before the answer is answered in full afterwards', async (t) => {
  const { headers } = await service.ask('/v1/sources', {}, 'HEAD')
  const tag = String(headers.etag)
  t.equal((await service.ask('/v1/sources', { 'if-none-match': tag })).status, 304)
  t.equal((await service.ask('/v1/sources', { 'if-none-match': tag })).status, 304)
  const answer = await service.ask('/v1/sources')
  t.equal(answer.status, 200)
  t.equal(answer.json.total, 14)
})

test('the root leads to the documentation', async (t) => {
  const { status, headers } = await service.ask('/')
  t.equal(status, 307)
  t.equal(headers.location, '/docs')
})

test('when the database does not answer, readiness and answers fail plainly, and liveness does not', async (t) => {
  const broken = await startService()
  t.teardown(broken.close)
  broken.breakDatabase()
  const ready = await broken.ask('/health/ready')
  t.equal(ready.status, 503)
  t.equal(ready.headers['retry-after'], '5')
  const failed = await broken.ask('/v1/agencies')
  t.equal(failed.status, 500)
  t.notMatch(failed.text, /database connection|better-sqlite3|stack/)
  t.match(failed.json.detail, 'X-Request-Id')
  t.equal((await broken.ask('/v1/agencies')).status, 500, 'a failure is not kept')
  t.equal((await broken.ask('/health/live')).status, 200)
})

test('end', () => service.close())
