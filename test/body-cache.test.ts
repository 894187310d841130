// Bodies that are made once for all, cached, shared while being sent, or refused, in an order that the test controls.

import { once } from 'node:events'
import { get, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import Fastify from 'fastify'
import t, { type Test } from 'tap'
import { BodyCache, type Content } from '../src/http/body-cache.ts'
import { Recalled } from '../src/http/recalled.ts'
import { serve } from './service.ts'

const contentOf = (bytes: number): Content => ({ headers: {}, body: Buffer.alloc(bytes, 'x') })

/** A server's response to a client that reads only when the test tells it to. */
async function openResponse(t: Test): Promise<{ response: ServerResponse; end: () => Promise<unknown> }> {
  const app = Fastify()
  const opened = new Promise<ServerResponse>((resolve) => {
    app.get('/', (_request, reply) => {
      reply.hijack()
      resolve(reply.raw)
    })
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  t.teardown(() => app.close())
  const incoming = new Promise<IncomingMessage>((resolve) => {
    get(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}/`, resolve)
  })
  const response = await opened
  return {
    response,
    end: async () => {
      const closed = once(response, 'close')
      response.end()
      await buffer(await incoming)
      await closed
    },
  }
}

t.test('a body is made once for all who need it while it is made, and is kept when it is made again', async (t) => {
  const bodies = new BodyCache(1_000_000)
  const { promise, resolve } = Promise.withResolvers<Content>()
  let made = 0
  const make = () => {
    made += 1
    return promise
  }
  const waiting = Array.from({ length: 50 }, () => bodies.of('tag', make))
  resolve(contentOf(10))
  const [first, ...others] = await Promise.all(waiting)
  for (const other of others) t.equal(other, first)
  t.equal(made, 1)
  for (const _again of [1, 2, 3]) t.match(await bodies.of('tag', make), contentOf(10))
  t.equal(made, 2)
})

t.test('bodies that are requested once drive out no other', async (t) => {
  const bodies = new BodyCache(10_000)
  const make = () => contentOf(1_000)
  for (const _time of [1, 2]) bodies.of('often', make)
  for (let number = 0; number < 100; number++) bodies.of(`once ${number}`, make)
  t.match(bodies.get('often'), contentOf(1_000))
  t.equal(bodies.get('once 99'), undefined)
})

t.test('a body that could not be made is made anew for the next request', async (t) => {
  const bodies = new BodyCache(1_000_000)
  await t.rejects(Promise.resolve(bodies.of('tag', () => Promise.reject(new Error('broken')))), { message: 'broken' })
  t.match(await bodies.of('tag', async () => contentOf(1)), { body: Buffer.alloc(1, 'x') })
})

t.test('a body too long to be kept is shared as long as anyone is sent it', async (t) => {
  const bodies = new BodyCache(4_000)
  const long = bodies.of('long', () => contentOf(2_000)) as Content
  t.equal(bodies.get('long'), undefined)
  const [one, other] = [await openResponse(t), await openResponse(t)]
  for (const { response } of [one, other]) bodies.sending('long', long, response)
  t.equal(bodies.get('long'), long)
  await one.end()
  t.equal(bodies.get('long'), long)
  await other.end()
  t.equal(bodies.get('long'), undefined)
  bodies.sending('long', long, other.response)
  t.equal(bodies.get('long'), undefined, 'a client that went away is sent nothing')
})

t.test('two long bodies are made at a time, and none while those that are sent take too much memory', async (t) => {
  const bodies = new BodyCache(4_000)
  const begun: number[] = []
  const ends = Array.from({ length: 4 }, () => Promise.withResolvers<void>())
  const works = ends.map(({ promise }, number) =>
    bodies.inTurn(async () => {
      begun.push(number)
      await promise
    }),
  )
  await null
  t.same(begun, [0, 1])
  ends[0]?.resolve()
  await works[0]
  await null
  t.same(begun, [0, 1, 2])
  const { response, end } = await openResponse(t)
  bodies.sending('long', contentOf(16_001), response)
  ends[1]?.resolve()
  await works[1]
  await null
  t.same(begun, [0, 1, 2], 'the fourth waits for the memory')
  await end()
  t.same(begun, [0, 1, 2, 3])
  for (const { resolve } of ends) resolve()
  await Promise.all(works)
})

t.test('one list that is long is read once for all who ask for it at the same time', async (t) => {
  const statements: unknown[] = []
  const bodies = new BodyCache()
  const recalled = new Recalled(bodies, () => false)
  const { send } = await serve(t, { verbose: (sql) => statements.push(sql), bodies, recalled })
  const path = '/v1/changes?format=csv'
  const forget = () => {
    bodies.clear()
    recalled.clear()
    statements.length = 0
  }
  // The first time also counts what the list has.
  await send(path)
  forget()
  const alone = (await send(path)).bytes
  const count = statements.length
  t.ok(count > 0, 'every statement that runs is seen')
  forget()
  const accepts = Array.from({ length: 60 }, (_none, number) => `*/*, x/${number}`)
  const all = await Promise.all(accepts.map((accept) => send(path, { accept, 'accept-encoding': 'identity' })))
  for (const { status, bytes } of all) t.ok(status === 200 && bytes.equals(alone))
  t.equal(statements.length, count, 'sixty spellings run the statements of one')
})

t.test('a long list is a 503 that says when to come back while too many others wait', async (t) => {
  const bodies = new BodyCache()
  const { send } = await serve(t, { bodies })
  const { promise, resolve } = Promise.withResolvers<void>()
  const works = Array.from({ length: 102 }, () => bodies.inTurn(() => promise))
  const path = '/v1/changes?format=ndjson'
  const refused = await send(path, { 'accept-encoding': 'br' })
  t.match([refused.status, refused.headers['retry-after']], [503, '5'])
  t.equal(refused.headers.etag, undefined)
  t.equal((await send('/v1/action-lines')).status, 200, 'a short one is not')
  t.equal((await send('/health/ready')).status, 200)
  resolve()
  await Promise.all(works)
  t.equal((await send(path, { 'accept-encoding': 'br' })).status, 200)
})

t.test('clients that read nothing of a long file take no memory of their own', async (t) => {
  const bodies = new BodyCache(40_000)
  const { url, send } = await serve(t, { bodies })
  const path = '/v1/exports/current/changes.json'
  const whole = (await send(path)).bytes
  const unread = await Promise.all(
    Array.from({ length: 20 }, () => new Promise<IncomingMessage>((resolve) => get(url + path, resolve))),
  )
  t.ok((await send(path)).bytes.equals(whole))
  for (const incoming of unread) t.ok((await buffer(incoming)).equals(whole), 'and each gets it whole when it reads')
})
