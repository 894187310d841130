// Bodies that are made once for all, cached, or made one after the other, in an order that the test controls.

import { get, type IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'
import t from 'tap'
import { BodyCache, type Content } from '../src/http/body-cache.ts'
import { Recalled } from '../src/http/recalled.ts'
import { serve } from './service.ts'

const contentOf = (bytes: number): Content => ({ headers: {}, body: Buffer.alloc(bytes, 'x') })

t.test('a body is made once for all who need it while it is made, and is then kept', async (t) => {
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
  t.equal(await bodies.of('tag', make), first)
  t.equal(made, 1)
})

t.test('a body that could not be made is made anew for the next request', async (t) => {
  const bodies = new BodyCache(1_000_000)
  await t.rejects(Promise.resolve(bodies.of('tag', () => Promise.reject(new Error('broken')))), { message: 'broken' })
  t.match(await bodies.of('tag', async () => contentOf(1)), { body: Buffer.alloc(1, 'x') })
})

t.test('long work is done one after the other, also after one that failed', async (t) => {
  const bodies = new BodyCache()
  const begun: number[] = []
  const { promise, reject } = Promise.withResolvers<void>()
  const first = bodies.inTurn(() => {
    begun.push(1)
    return promise
  })
  const second = bodies.inTurn(async () => begun.push(2))
  await null
  t.same(begun, [1])
  reject(new Error('broken'))
  await t.rejects(first, { message: 'broken' })
  await second
  t.same(begun, [1, 2])
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
  forget()
  const accepts = Array.from({ length: 60 }, (_none, number) => `*/*, x/${number}`)
  const all = await Promise.all(accepts.map((accept) => send(path, { accept, 'accept-encoding': 'identity' })))
  for (const { status, bytes } of all) t.ok(status === 200 && bytes.equals(alone))
  t.equal(statements.length, count, 'sixty spellings run the statements of one')
})

t.test('clients that read nothing of a long file keep it from nobody', async (t) => {
  const { url, send } = await serve(t)
  const path = '/v1/exports/current/changes.json'
  const whole = (await send(path)).bytes
  const unread = await Promise.all(
    Array.from({ length: 20 }, () => new Promise<IncomingMessage>((resolve) => get(url + path, resolve))),
  )
  t.ok((await send(path)).bytes.equals(whole))
  for (const incoming of unread) t.ok((await buffer(incoming)).equals(whole), 'and each gets it whole when it reads')
})
