// Faults around the service, as a client sees them: in a separate process, as an operator runs it.

import { once } from 'node:events'
import { statSync, truncateSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import t from 'tap'
import { asker } from './asker.ts'
import { copyOfBuilt } from './opened-database.ts'
import { startProcess } from './process.ts'
import { ask } from './service.ts'

t.setTimeout(900_000)

t.test('SIGTERM ends the process with 0 while 20 connections are kept', async (t) => {
  const { child, url, ended } = await startProcess(t)
  const sockets = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1')
      socket.on('error', () => undefined)
      socket.write('GET /v1/sources HTTP/1.1\r\nHost: x\r\n\r\n')
      await once(socket, 'data')
      socket.resume()
      return socket
    }),
  )
  child.kill('SIGTERM')
  t.equal(await ended, 0)
  for (const socket of sockets) socket.destroy()
})

/** Zeros in place of all content, and a file that ends after two pages. */
const damages: [title: string, damage: (file: string) => void][] = [
  ['overwritten', (file) => writeFileSync(file, Buffer.alloc(statSync(file).size))],
  ['cut off', (file) => truncateSync(file, 8192)],
]
for (const [title, damage] of damages)
  t.test(`a database file that is ${title} under a running service changes no answer`, async (t) => {
    const file = copyOfBuilt(t)
    const { url } = await startProcess(t, { DATABASE: file })
    const addresses = ['/v1/agencies?limit=5', '/v1/search?q=health', '/v1/sessions/2023-366']
    const other = (path: string) => ask(url, path.replace(/$/, path.includes('?') ? '&format=json' : '?format=json'))
    const before = await Promise.all(addresses.map(async (path) => (await ask(url, path)).text))
    damage(file)
    // Another spelling of the request, so that no cached response is sent.
    for (const [index, path] of addresses.entries()) {
      const answer = await other(path)
      t.equal(answer.status, 200, path)
      t.same(answer.json.items ?? answer.json.id, JSON.parse(before[index] ?? '').items ?? '2023-366')
    }
    t.equal((await ask(url, '/health/ready')).status, 200)
  })

/** 256 KiB of texts that are costly to read: in many rows, and in many names of few rows. */
const heavy = {
  rows: Array.from({ length: 500 }, () => ({ id: '1 C1-(C1-'.repeat(11), label: '1 C1-(C1-'.repeat(33) })),
  names: Array.from({ length: 5 }, () => ({ id: 'C1', coordinators: Array(100).fill('a b c d e f '.repeat(41)) })),
}

for (const [what, rows] of Object.entries(heavy))
  t.test(`health checks are answered before the copies of eight clients that send many ${what}`, async (t) => {
    const { url } = await startProcess(t)
    const body = JSON.stringify({ rows })
    t.ok(Buffer.byteLength(body) < 256 * 1024)
    const [post, check] = [asker(url, 8), asker(url, 1)]
    t.teardown(() => [post.close(), check.close()])
    const asked = { path: '/v1/check', headers: { 'content-type': 'application/json' }, body }
    let isOver = false
    const statuses = Promise.all(Array.from({ length: 8 }, async () => (await post(asked, 'POST')).status)).finally(
      () => {
        isOver = true
      },
    )
    let answered = 0
    while (!isOver) {
      t.equal((await check({ path: '/health/live', headers: {} }, 'GET')).status, 200)
      answered += 1
    }
    t.comment(`${answered} health checks`)
    t.ok(answered > 5)
    t.same(await statuses, Array(8).fill(200))
  })
