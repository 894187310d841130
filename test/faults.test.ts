// What a client sees while something is wrong around the service: a process of its own, as an operator runs it.

import { once } from 'node:events'
import { connect } from 'node:net'
import t from 'tap'
import { startProcess } from './process.ts'
import { ask } from './service.ts'

t.setTimeout(180_000)

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
  const begun = Date.now()
  child.kill('SIGTERM')
  t.equal(await ended, 0)
  t.ok(Date.now() - begun < 10_000)
  for (const socket of sockets) socket.destroy()
})

/** As many rows as 256 KiB hold, each of them a text that is hard to read. */
const heavy = JSON.stringify({
  rows: Array.from({ length: 500 }, () => ({ id: '1 C1-(C1-'.repeat(11), label: '1 C1-(C1-'.repeat(40) })),
})

t.test('a health check answers while eight clients send heavy copies', async (t) => {
  const { url } = await startProcess(t)
  t.ok(Buffer.byteLength(heavy) < 256 * 1024)
  let isOver = false
  const answered: Record<number, number> = {}
  const clients = Array.from({ length: 8 }, async () => {
    while (!isOver) {
      const { status } = await ask(url, '/v1/check', { 'content-type': 'application/json' }, 'POST', heavy)
      answered[status] = (answered[status] ?? 0) + 1
    }
  })
  const times: number[] = []
  for (const end = Date.now() + 5_000; Date.now() < end; ) {
    const begun = performance.now()
    t.equal((await ask(url, '/health/live')).status, 200)
    times.push(performance.now() - begun)
  }
  isOver = true
  await Promise.all(clients)
  times.sort((a, b) => a - b)
  t.comment(`health checks: ${times.length}, median ${times[times.length >> 1]} ms, slowest ${times.at(-1)} ms; ${JSON.stringify(answered)}`)
})
