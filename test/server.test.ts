import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, openSync, symlinkSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import Fastify from 'fastify'
import pino from 'pino'
import t, { type Test } from 'tap'
import packageJson from '../package.json' with { type: 'json' }
import { readConfig, trustProxy } from '../src/config.ts'
import { handleClientError } from '../src/http/errors.ts'
import { ask, builtDatabase, serve, until } from './service.ts'
import { temporaryFolder } from './wrong-seed.ts'

const server = join(import.meta.dirname, '../src/server.ts')

// These tests mostly wait for processes, so they run in parallel. tap modifies the options of a test, so each needs a
// separate object.
t.jobs = 4

const { PATH, NODE_OPTIONS, NODE_COMPILE_CACHE, TAP_DISABLE_COVERAGE } = process.env
/** The environment of every server; `NODE_OPTIONS` records coverage. */
const environment = {
  PATH,
  NODE_COMPILE_CACHE,
  PORT: '0',
  DATABASE: builtDatabase,
  ...(!TAP_DISABLE_COVERAGE && { NODE_OPTIONS }),
}

interface Running {
  child: ChildProcess
  url: string
  /** The lines of the log so far. */
  lines: () => Record<string, unknown>[]
  /** The status and output of the process, once it has ended. */
  ended: Promise<{ code: number | null; errors: string }>
}

/** Starts src/server.ts as a separate process, with only these settings. */
async function run(t: Test, settings: Record<string, string>, script = server): Promise<Running> {
  const child = spawn(process.execPath, [script], { env: { ...environment, ...settings } })
  let [output, errors] = ['', '']
  child.stdout.on('data', (data) => (output += data))
  child.stderr.on('data', (data) => (errors += data))
  const ended = once(child, 'close').then(([code]) => ({ code, errors }))
  t.teardown(async () => {
    // Not SIGKILL: a process that is killed writes no coverage.
    child.kill('SIGTERM')
    await ended
  })
  const lines = () =>
    output
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line))
  const url = () => /http:\/\/[\d.:]+/.exec(output)?.[0]
  await until(() => url() || child.exitCode !== null)
  return { child, url: url() ?? '', lines, ended }
}

/** Opens a connection with the start of a request, and returns it once the server has read that. */
async function beginRequest(url: string, bytes: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.write(bytes)
  // A later request was answered, so this one was accepted.
  await ask(url, '/v1')
  return socket
}

const shared = await run(t, { TRUST_PROXY: '1' })

/** The log lines of the shared server about requests of one URL, once there are this many. */
const linesAbout = (address: string, count = 1) =>
  until(() => {
    const lines = shared.lines().filter(({ url }) => url === address)
    return lines.length >= count && lines
  })

// First, since it waits ten seconds while others run.
t.test('a connection that never ends its request does not keep the process', { buffered: true }, async (t) => {
  const { child, url, ended } = await run(t, {})
  const socket = await beginRequest(url, 'GET /v1 HTTP/1.1\r\nHost:')
  child.kill('SIGTERM')
  t.equal((await ended).code, 0)
  socket.destroy()
})

t.test('every setting with an error is named at once, with what would be right', { buffered: true }, async (t) => {
  const { ended } = await run(t, {
    PORT: '99999',
    LOG_LEVEL: 'loud',
    PUBLIC_URL: 'example.org',
    TRUST_PROXY: 'perhaps',
  })
  const { code, errors } = await ended
  t.equal(code, 1)
  for (const words of [
    'errors: 4',
    'PORT is "99999"',
    'LOG_LEVEL is "loud"; it must be one of fatal',
    'PUBLIC_URL is "example.org"',
    'TRUST_PROXY',
  ])
    t.match(errors, words)
  t.notMatch(errors, 'at readConfig', 'no stack trace')
})

t.test(
  'a misspelt setting is reported by name at the start, and what is not near to one is not',
  { buffered: true },
  async (t) => {
    const { lines } = await run(t, { PROT: '8080', LOGLEVEL: 'debug', trust_proxy: '1', HOME: '/root', PATHS: 'x' })
    const warned = lines().filter(({ level }) => level === 40)
    t.match(warned.find(({ name }) => name === 'PROT')?.msg, 'PROT is not a setting; did you mean PORT?')
    t.same(warned.map(({ name }) => name).sort(), ['LOGLEVEL', 'PROT', 'trust_proxy'])
  },
)

const clone = join(import.meta.dirname, '..')

t.test('a Node that is too old is told in one line', { buffered: true }, async (t) => {
  const folder = temporaryFolder(t)
  cpSync(join(clone, 'src/node-version.cjs'), join(folder, 'src/node-version.cjs'))
  // A service that requires a future Node rejects this one as too old.
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ engines: { node: '>=999.19' } }))
  const old = spawn(process.execPath, ['--require', './src/node-version.cjs', 'src/server.ts'], { cwd: folder })
  const [errors, [code]] = await Promise.all([old.stderr.toArray(), once(old, 'close')])
  t.equal(code, 1)
  t.match(Buffer.concat(errors).toString(), /^This is Node [\d.]+; the service needs >=999\.19\. [^\n]*\n$/)
  t.match(packageJson.scripts.start, '--require ./src/node-version.cjs', 'npm start loads it first')
})

t.test('health checks and scrapes are logged at debug, unless they fail', { buffered: true }, async (t) => {
  const lines: string[] = []
  const logger = pino({ level: 'debug' }, { write: (line) => lines.push(line) })
  let isEnding = false
  const { send } = await serve(t, { logger, isEnding: () => isEnding })
  const levels = async (paths: string[]) => {
    lines.length = 0
    for (const path of paths) await send(path)
    const answered = () => lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'request completed')
    await until(() => answered().length === paths.length)
    return answered().map(({ level }) => level)
  }
  t.same(await levels(['/health/live', '/health/ready', '/metrics', '/v1', '/metrics?x=1']), [20, 20, 20, 30, 30])
  isEnding = true
  t.same(await levels(['/health/ready']), [30])
})

t.test('metrics are as Prometheus wants them', { buffered: true }, async (t) => {
  const { text } = await ask(shared.url, '/metrics')
  const names = (kind: string) =>
    [...text.matchAll(new RegExp(`^# ${kind} (\\S+)`, 'gm'))].map(([, name]) => String(name))
  t.same(names('HELP'), names('TYPE'), 'each has its help')
  for (const [, name, type] of text.matchAll(/^# TYPE (\S+) (\S+)/gm))
    t.equal(/_total$/.test(String(name)), type === 'counter', `${name} ${type}`)
  const { stdout, stderr, error } = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' })
  if (error) t.comment('there is no promtool here')
  else t.equal(stdout + stderr, '')
})

for (const [title, settings, words] of [
  ['a port that is taken', () => ({ PORT: new URL(shared.url).port }), 'EADDRINUSE.*set PORT to another one'],
  ['a host that is unknown', () => ({ HOST: 'a..b' }), 'a\\.\\.b.*set HOST to an address'],
  ['an address of another machine', () => ({ HOST: '192.0.2.1' }), '192\\.0\\.2\\.1.*set HOST to one that it has'],
] as const)
  t.test(`${title} is said in one line, with the setting to change`, { buffered: true }, async (t) => {
    const { ended } = await run(t, settings())
    const { code, errors } = await ended
    t.equal(code, 1)
    t.match(errors, new RegExp(`^.*${words}.*\\n$`))
  })

t.test('the start says where the page for people is', { buffered: true }, async (t) => {
  t.match(
    shared.lines().filter(({ msg }) => msg === 'the directory is served'),
    [{ page: shared.url, dataset: /^[0-9a-f]{12}$/ }],
  )
})

t.test('a folder that cannot be made is said plainly', { buffered: true }, async (t) => {
  const { ended } = await run(t, { DATABASE: '/proc/nowhere/deep/d.sqlite' })
  const { code, errors } = await ended
  t.equal(code, 1)
  t.match(errors, '/proc/nowhere/deep/d.sqlite cannot be written; set DATABASE to a file that can')
})

t.test('on SIGTERM what was accepted is answered, and nothing new is accepted', { buffered: true }, async (t) => {
  const { child, url, lines, ended } = await run(t, {})
  const begin = 'GET /v1/agencies HTTP/1.1\r\nHost: x\r\n'
  const sockets = await Promise.all(Array.from({ length: 20 }, () => beginRequest(url, begin)))
  const answers = sockets.map(async (socket) => (await socket.toArray()).join(''))
  child.kill('SIGTERM')
  const asked = async () => (await ask(url, '/v1').catch(({ code }) => ({ status: code }))).status
  t.ok(await until(async () => (await asked()) === 'ECONNREFUSED'))
  for (const socket of sockets) socket.write('\r\n')
  for (const answer of await Promise.all(answers)) {
    t.match(answer, /^HTTP\/1\.1 200 OK/)
    t.match(answer, /connection: close/i)
    t.match(answer, /"next":null,"nextCursor":null\}$/)
  }
  t.equal((await ended).code, 0, 'and the process ends with 0')
  const said = lines().map(({ msg, signal, code }) => ({ msg, signal, code }))
  t.equal(said.filter(({ msg, signal }) => msg === 'shutting down' && signal === 'SIGTERM').length, 1)
  t.match(said.at(-1), { msg: 'exit', code: 0 }, 'its last line says that it ends')
})

t.test('each request is one line of JSON', { buffered: true }, async (t) => {
  for (const path of ['/v1/sources', '/v1/action-lines/C12', '/v1/sources']) await ask(shared.url, path)
  t.match(await linesAbout('/v1/sources', 2), [
    { msg: 'request completed', method: 'GET', url: '/v1/sources', status: 200, ms: Number, ip: '127.0.0.1' },
    { msg: 'request completed' },
  ])
  t.match(await linesAbout('/v1/action-lines/C12'), [{ msg: 'request completed', status: 404 }])
  t.equal((await linesAbout('/v1/sources')).length, 2)
})

t.test('a request is logged under the id that the client sent, if that is one', { buffered: true }, async (t) => {
  const trace = '0af7651916cd43dd8448eb211c80319c'
  for (const [path, headers, requestId] of [
    ['/v1?of=request', { 'x-request-id': 'mine-1' }, 'mine-1'],
    ['/v1?of=trace', { traceparent: `00-${trace}-b7ad6b7169203331-01` }, trace],
    ['/v1?of=words', { 'x-request-id': 'two\twords "quoted"' }, /^[0-9a-f-]{36}$/],
    ['/v1?of=zeros', { traceparent: `00-${'0'.repeat(32)}-${'0'.repeat(16)}-01` }, /^[0-9a-f-]{36}$/],
  ] as [string, Record<string, string>, string | RegExp][]) {
    await ask(shared.url, path, headers)
    t.match(await linesAbout(path), [{ requestId }], path)
  }
})

t.test('what is refused before a route is a line of the log too', { buffered: true }, async (t) => {
  const { headers } = await ask(shared.url, '/v1/%ff')
  await ask(shared.url, '/v1', { 'x-long': 'x'.repeat(20_000) })
  t.match(await linesAbout('/v1/%ff'), [{ status: 400, requestId: headers['x-request-id'] }])
  t.ok(await until(() => shared.lines().some(({ status, code }) => status === 431 && code === 'HPE_HEADER_OVERFLOW')))
})

const forwarded = { 'x-forwarded-for': '203.0.113.9' }

/** Starts the server with its log going to a file or a pipe without a reader, and waits until it responds. */
async function runUnread(t: Test, output: 'pipe' | number) {
  const port = await freePort()
  const env = { ...environment, PORT: port }
  const child = spawn(process.execPath, [server], { env, stdio: ['ignore', output, 'ignore'] })
  const ended = once(child, 'exit')
  t.teardown(async () => {
    child.kill('SIGTERM')
    await ended
  })
  const url = `http://127.0.0.1:${port}`
  await until(() => ask(url, '/health/live').catch(() => false))
  const dropped = async () => Number(/^log_lines_dropped_total (\d+)/m.exec((await ask(url, '/metrics')).text)?.[1])
  return { child, url, dropped, ended }
}

async function freePort(): Promise<string> {
  const listener = createServer().listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo
  listener.close()
  await once(listener, 'close')
  return String(port)
}

const fullDisk = existsSync('/dev/full') ? {} : { skip: 'needs /dev/full' }

for (const [what, output, options] of [
  ['a disk that is full', () => openSync('/dev/full', 'w'), fullDisk],
  ['a reader that has stopped', () => 'pipe' as const, {}],
] as const)
  t.test(`a log on ${what} holds up neither answers nor the exit`, { buffered: true, ...options }, async (t) => {
    const { child, url, dropped, ended } = await runUnread(t, output())
    t.equal(await dropped(), 0)
    const path = `/v1/${'x'.repeat(15_000)}`
    // Lines of 2.4 MB: more than a pipe and the server's buffer take.
    for (let number = 0; number < 160; number++) t.equal((await ask(url, path)).status, 414)
    t.ok((await dropped()) > 10, 'lines that cannot wait are dropped and counted')
    child.kill('SIGTERM')
    t.same(await ended, [0, null])
  })

t.test('the server trusts the proxies that its settings name', { buffered: true }, async (t) => {
  await ask(shared.url, '/v1/exports', forwarded)
  t.match(await linesAbout('/v1/exports'), [{ ip: '203.0.113.9' }])
})

const needsScript = { skip: process.platform === 'linux' ? false : 'needs script(1) of Linux' }

t.test('on a terminal the log is for people', { buffered: true, ...needsScript }, async (t) => {
  const env = { ...process.env, PORT: '0', DATABASE: builtDatabase }
  const child = spawn('script', ['-qec', `"${process.execPath}" "${server}"`, '/dev/null'], { env })
  let output = ''
  child.stdout.on('data', (data) => (output += data))
  await until(() => output.includes('listening'))
  child.stdin.write('\x03')
  await once(child, 'close')
  t.match(stripVTControlCharacters(output), /\d\d:\d\d:\d\d.*INFO.*: Server listening at http/)
})

for (const [trust, ip] of [
  ['1', '203.0.113.9'],
  ['true', '203.0.113.9'],
  ['127.0.0.1', '203.0.113.9'],
  ['10.0.0.0/8', '127.0.0.1'],
  ['false', '127.0.0.1'],
] as const)
  t.test(
    `with TRUST_PROXY=${trust} the address that a proxy here forwards is logged as ${ip}`,
    { buffered: true },
    async (t) => {
      const lines: string[] = []
      const { send } = await serve(t, {
        trustProxy: trustProxy(readConfig({ TRUST_PROXY: trust })),
        logger: pino({}, { write: (line) => lines.push(line) }),
      })
      await send('/v1', forwarded)
      const answered = await until(() =>
        lines.map((line) => JSON.parse(line)).find(({ msg }) => msg === 'request completed'),
      )
      t.match(answered, { ip })
    },
  )

t.test('what is not HTTP is answered with a problem on the socket', { buffered: true }, async (t) => {
  for (const [bytes, status] of [
    ['GARBAGE\r\n\r\n', 400],
    [`GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ] as const) {
    const socket = connect(Number(new URL(shared.url).port), '127.0.0.1')
    socket.write(bytes)
    const [head = '', body = ''] = (await socket.toArray()).join('').split('\r\n\r\n')
    t.match(head, `HTTP/1.1 ${status}`)
    t.match(head, 'application/problem+json')
    t.match(JSON.parse(body), { status, detail: String, errors: [] })
  }
})

t.test('an empty setting counts as not set', async (t) => {
  t.equal(readConfig({ PORT: '', PUBLIC_URL: '' }).PORT, 3000)
})

t.test('PUBLIC_URL is an address without query, fragment or user, and loses its last slash', async (t) => {
  t.equal(readConfig({ PUBLIC_URL: 'https://example.org/wsis/' }).PUBLIC_URL, 'https://example.org/wsis')
  t.equal(
    readConfig({ PUBLIC_URL: 'https://example.org/a b/日本' }).PUBLIC_URL,
    'https://example.org/a%20b/%E6%97%A5%E6%9C%AC',
  )
  for (const wrong of [
    'ftp://example.org',
    'https://example.org/?a',
    'https://example.org/#a',
    'https://me@example.org/',
  ])
    t.throws(() => readConfig({ PUBLIC_URL: wrong }), /PUBLIC_URL/)
})

t.test('TRUST_PROXY is true, false, a number, or addresses and ranges with commas between', async (t) => {
  for (const wrong of ['abc', '10.0.0.0/99', '1.2.3', '127.0.0.1,x', '::1/129', 'true,false', '10.0.0.0/8/8'])
    t.throws(() => readConfig({ TRUST_PROXY: wrong }), /TRUST_PROXY is/, wrong)
  for (const right of ['true', 'false', '2', '127.0.0.1', '10.0.0.0/8,::1/128'])
    t.equal(readConfig({ TRUST_PROXY: right }).TRUST_PROXY, right)
})

t.test('a request that is not complete in time is a 408 on the socket', async (t) => {
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

t.test('a log line about a seed with errors without end has the first twenty and their number', async (t) => {
  const folder = temporaryFolder(t)
  const root = join(folder, 'clone')
  for (const name of ['package.json', 'package-lock.json', 'migrations', 'openapi', 'src', 'seed'])
    cpSync(join(clone, name), join(root, name), { recursive: true })
  symlinkSync(join(clone, 'node_modules'), join(root, 'node_modules'))
  const database = join(folder, 'directory.sqlite')
  cpSync(builtDatabase, database)
  const wrong = Array.from({ length: 2_000 }, (_none, number) => ({
    agency: `nobody-${number}`,
    [`x${number}`]: 'x'.repeat(90),
  }))
  writeFileSync(join(root, 'seed/reports.json'), JSON.stringify(wrong))
  const { lines, url } = await run(t, { DATABASE: database }, join(root, 'src/server.ts'))
  const [line] = lines().filter(({ level }) => level === 50)
  t.match(line, { msg: /^seed build failed/, errors: Array })
  t.equal(Object(line?.errors).length, 20)
  t.ok(Number(line?.count) > 2_000)
  t.match((await ask(url, '/health/ready')).json, { servesOldData: true })
})

t.test('security.txt names the contact of the settings, and is not there without one', async (t) => {
  const contact = 'mailto:directory@example.org'
  const { send } = await serve(t, { contact, publicUrl: 'https://example.org/wsis' })
  const { status, headers, text } = await send('/.well-known/security.txt')
  t.equal(status, 200)
  t.equal(headers['content-type'], 'text/plain; charset=utf-8')
  t.match(text, `Contact: ${contact}\n`)
  t.match(text, 'Canonical: https://example.org/wsis/.well-known/security.txt\n')
  const days = (Date.parse(String(/^Expires: (.*)$/m.exec(text)?.[1])) - Date.now()) / 86_400_000
  t.ok(days > 300 && days < 367, `${days} days`)
  t.equal((await ask(shared.url, '/.well-known/security.txt')).status, 404)
  for (const right of [contact, 'https://example.org/write?to=us'])
    t.equal(readConfig({ CONTACT: right }).CONTACT, right)
  for (const wrong of [
    'directory@example.org',
    'http://example.org',
    'mailto:a b@c',
    'https://me:word@example.org',
    'mailto:a@b\nX: y',
  ])
    t.throws(() => readConfig({ CONTACT: wrong }), /CONTACT/, wrong)
})
