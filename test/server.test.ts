import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Fastify from 'fastify'
import { type Test, test } from 'tap'
import { readConfig } from '../src/config.ts'
import { handleClientError } from '../src/http/refusals.ts'
import { ask } from './service.ts'

const server = join(import.meta.dirname, '../src/server.ts')

/** After how many milliseconds a line of the log has been written. */
const written = 700

interface Running {
  child: ChildProcess
  url: string
  /** The lines of the log so far. */
  lines: () => Record<string, unknown>[]
  /** The status and output of the process, once it has ended. */
  ended: Promise<{ code: number | null; errors: string }>
}

/** Starts src/server.ts as a process of its own, with these settings and no others. */
async function run(t: Test, settings: Record<string, string>): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'directory-'))
  const environment = {
    PATH: process.env.PATH,
    NODE_OPTIONS: process.env.NODE_OPTIONS,
    PORT: '0',
    DATABASE: join(folder, 'd.sqlite'),
  }
  const child = spawn(process.execPath, [server], { env: { ...environment, ...settings } })
  let [output, errors] = ['', '']
  child.stdout.on('data', (data) => (output += data))
  child.stderr.on('data', (data) => (errors += data))
  const ended = once(child, 'close').then(([code]) => ({ code, errors }))
  t.teardown(async () => {
    // Not SIGKILL: a process that is killed writes no coverage.
    child.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  })
  const lines = () =>
    output
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line))
  const url = () => /http:\/\/[\d.:]+/.exec(output)?.[0]
  for (let waited = 0; !url() && child.exitCode === null && waited < 20_000; waited += 20) await pause(20)
  return { child, url: url() ?? '', lines, ended }
}

test('every setting with a fault is named at once, with what would be right', async (t) => {
  const { ended } = await run(t, {
    PORT: '99999',
    LOG_LEVEL: 'loud',
    PUBLIC_URL: 'example.org',
    TRUST_PROXY: 'perhaps',
  })
  const { code, errors } = await ended
  t.equal(code, 1)
  for (const words of [
    'faults: 4',
    'PORT is "99999"',
    'LOG_LEVEL is "loud"; it must be one of fatal',
    'PUBLIC_URL is "example.org"',
    'TRUST_PROXY',
  ])
    t.match(errors, words)
  t.notMatch(errors, 'at readConfig', 'no stack trace')
})

test('a port that is taken is said plainly', async (t) => {
  const { url } = await run(t, {})
  const { ended } = await run(t, { PORT: new URL(url).port })
  const { code, errors } = await ended
  t.equal(code, 1)
  t.match(errors, 'EADDRINUSE')
})

test('each request is one line of JSON, under the id that the client sent', async (t) => {
  const { url, lines } = await run(t, {})
  const trace = '0af7651916cd43dd8448eb211c80319c'
  await ask(url, '/v1', { 'x-request-id': 'mine-1' })
  await ask(url, '/v1/action-lines/C12', { traceparent: `00-${trace}-b7ad6b7169203331-01` })
  await ask(url, '/v1', { 'x-request-id': 'two\twords "quoted"' })
  await pause(written)
  const answered = lines().filter(({ msg }) => msg === 'answered')
  t.match(answered, [
    { requestId: 'mine-1', method: 'GET', url: '/v1', status: 200, ms: Number, ip: '127.0.0.1' },
    { requestId: trace, url: '/v1/action-lines/C12', status: 404 },
    { requestId: /^[0-9a-f-]{36}$/, status: 200 },
  ])
  t.equal(answered.length, 3)
})

test('what is refused before a route is a line of the log too', async (t) => {
  const { url, lines } = await run(t, {})
  const { headers } = await ask(url, '/v1/%ff')
  await ask(url, '/v1', { 'x-long': 'x'.repeat(20_000) })
  await ask(url, '/v1', { traceparent: `00-${'0'.repeat(32)}-${'0'.repeat(16)}-01` })
  await pause(written)
  t.match(
    lines().find((line) => line.url === '/v1/%ff'),
    { status: 400, requestId: headers['x-request-id'] },
  )
  t.ok(lines().some(({ status, code }) => status === 431 && code === 'HPE_HEADER_OVERFLOW'))
  t.match(lines().at(-1), { requestId: /^[0-9a-f-]{36}$/ }, 'a trace id of zeros is none')
})

test('a folder that cannot be made is said plainly', async (t) => {
  const { ended } = await run(t, { DATABASE: '/proc/nowhere/deep/d.sqlite' })
  const { code, errors } = await ended
  t.equal(code, 1)
  t.match(errors, '/proc/nowhere/deep/d.sqlite cannot be written')
})

test('behind proxies that are trusted the address of the client is logged, and of others not', async (t) => {
  const forwarded = { 'x-forwarded-for': '203.0.113.9' }
  for (const [trust, ip] of [
    ['1', '203.0.113.9'],
    ['true', '203.0.113.9'],
    ['127.0.0.1', '203.0.113.9'],
    ['false', '127.0.0.1'],
  ] as const) {
    const { url, lines } = await run(t, { TRUST_PROXY: trust })
    await ask(url, '/v1', forwarded)
    await pause(written)
    t.match(
      lines().find(({ msg }) => msg === 'answered'),
      { ip },
      `TRUST_PROXY=${trust}`,
    )
  }
})

test('on SIGTERM what was accepted is answered, nothing new is accepted, and the process ends with 0', async (t) => {
  const { child, url, ended } = await run(t, {})
  const { port } = new URL(url)
  const sockets = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const socket = connect(Number(port), '127.0.0.1')
      await once(socket, 'connect')
      socket.write('GET /v1/agencies HTTP/1.1\r\nHost: x\r\n')
      return socket
    }),
  )
  await pause(100)
  const answers = sockets.map(async (socket) => (await socket.toArray()).join(''))
  const begun = Date.now()
  child.kill('SIGTERM')
  await pause(100)
  const refused = await ask(url, '/v1').catch((error) => error.code)
  t.equal(refused, 'ECONNREFUSED')
  for (const socket of sockets) socket.write('\r\n')
  for (const answer of await Promise.all(answers)) {
    t.match(answer, /^HTTP\/1\.1 200 OK/)
    t.match(answer, /connection: close/i)
    t.match(answer, /"next":null\}$/)
  }
  t.equal((await ended).code, 0)
  t.ok(Date.now() - begun < 10_000)
})

test('a connection that never ends its request does not keep the process', async (t) => {
  const { child, url, ended } = await run(t, {})
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.write('GET /v1 HTTP/1.1\r\nHost:')
  await pause(100)
  const begun = Date.now()
  child.kill('SIGTERM')
  t.equal((await ended).code, 0)
  t.ok(Date.now() - begun < 10_000)
  socket.destroy()
})

test('what is not HTTP is answered with a problem on the socket', async (t) => {
  const { url } = await run(t, {})
  for (const [bytes, status] of [
    ['GARBAGE\r\n\r\n', 400],
    [`GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ] as const) {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.write(bytes)
    const [head = '', body = ''] = (await socket.toArray()).join('').split('\r\n\r\n')
    t.match(head, `HTTP/1.1 ${status}`)
    t.match(head, 'application/problem+json')
    t.match(JSON.parse(body), { status, detail: String, errors: [] })
  }
})

test('an empty setting counts as not set, and each wrong address of the service is refused', async (t) => {
  t.equal(readConfig({ PORT: '', PUBLIC_URL: '' }).PORT, 3000)
  t.equal(readConfig({ PUBLIC_URL: 'https://example.org/wsis/' }).PUBLIC_URL, 'https://example.org/wsis')
  for (const wrong of [
    'ftp://example.org',
    'https://example.org/?a',
    'https://example.org/#a',
    'https://me@example.org/',
  ])
    t.throws(() => readConfig({ PUBLIC_URL: wrong }), /PUBLIC_URL/)
  t.equal(
    readConfig({ PUBLIC_URL: 'https://example.org/a b/日本' }).PUBLIC_URL,
    'https://example.org/a%20b/%E6%97%A5%E6%9C%AC',
  )
  for (const wrong of ['abc', '10.0.0.0/99', '1.2.3', '127.0.0.1,x', '::1/129', 'true,false', '10.0.0.0/8/8'])
    t.throws(() => readConfig({ TRUST_PROXY: wrong }), /TRUST_PROXY is/, wrong)
  for (const right of ['true', 'false', '2', '127.0.0.1', '10.0.0.0/8,::1/128'])
    t.equal(readConfig({ TRUST_PROXY: right }).TRUST_PROXY, right)
})

test('on a terminal the log is for people', {
  skip: process.platform === 'linux' ? false : 'needs script(1) of Linux',
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'directory-'))
  const environment = { ...process.env, PORT: '0', DATABASE: join(folder, 'd.sqlite') }
  const child = spawn('script', ['-qec', `"${process.execPath}" "${server}"`, '/dev/null'], { env: environment })
  t.teardown(() => rmSync(folder, { recursive: true }))
  let output = ''
  child.stdout.on('data', (data) => (output += data))
  for (let waited = 0; !output.includes('listening') && waited < 20_000; waited += 20) await pause(20)
  child.stdin.write('\x03')
  await once(child, 'close')
  t.match(output, /\d\d:\d\d:\d\d.*INFO.*: Server listening at http/)
})

test('a request that is not complete in time is told so on the socket', async (t) => {
  const app = Fastify()
  const listener = createServer((socket) =>
    handleClientError.call(app, Object.assign(new Error(), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket),
  )
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const socket = connect((listener.address() as AddressInfo).port, '127.0.0.1')
  t.match((await socket.toArray()).join(''), /^HTTP\/1\.1 408 Request Timeout\r\n[\s\S]*"status":408/)
  listener.close()
})
