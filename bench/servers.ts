import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { availableParallelism, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Constant } from './bare.ts'

// The compared servers, each a separate process on one core, while the load runs on another.

export interface Server {
  process: ChildProcess
  origin: string
  /** From spawning the process to its first response. */
  startMs: number
}

const [serverCore, loadCore] = ['0', '1']

/** A folder for databases and other temporary files. */
export const folder = mkdtempSync(join(tmpdir(), 'bench-'))
const children = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** Pins the load to its core. Throws Error if that is impossible, because the ratios would be unreliable. */
export function pin(): string {
  if (availableParallelism() < 2) throw new Error('The bench needs two cores: one for the server, one for the load.')
  execFileSync('taskset', ['-acp', loadCore, String(process.pid)], { stdio: 'pipe' })
  return `Node ${process.version}; server on core ${serverCore}, load on core ${loadCore}; log into a pipe`
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

/** Starts a command and waits until `ready` responds. Throws Error if it ends instead. */
async function start(
  command: (port: string) => string[],
  ready: string,
  settings: Record<string, string> = {},
  { input = '', cwd = '.' } = {},
): Promise<Server> {
  const port = String(await freePort())
  const env = { PATH: `${dirname(process.execPath)}:${process.env.PATH}`, PORT: port, ...settings }
  const begun = performance.now()
  const child = spawn('taskset', ['-c', serverCore, ...command(port)], { stdio: ['pipe', 'pipe', 'inherit'], env, cwd })
  children.add(child)
  child.stdin.end(input)
  child.stdout.resume()
  const origin = `http://127.0.0.1:${port}`
  while (child.exitCode === null) {
    const isReady = await fetch(origin + ready).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isReady) return { process: child, origin, startMs: performance.now() - begun }
    await sleep(5)
  }
  throw new Error(`${command(port).join(' ')} ended with ${child.exitCode} before it answered`)
}

/** The service of a checkout with a separate database, started like its `npm start`. */
export function service(checkout: string): Promise<Server> {
  const { scripts } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'))
  const DATABASE = join(folder, `${resolve(checkout).replace(/\W+/g, '-')}.sqlite`)
  return start(() => ['sh', '-c', scripts.start], '/health/ready', { DATABASE }, { cwd: checkout })
}

const script = (file: string) => [process.execPath, join(import.meta.dirname, file)]

/** A bare Fastify app with these constants. */
export const bare = (constants: Constant[]): Promise<Server> =>
  start(() => script('bare.ts'), '/ready', {}, { input: JSON.stringify(constants) })

/** An app with the usual plugins for the same features, and nothing else. */
export const empty = (): Promise<Server> =>
  start(() => script('empty.ts'), '/ready', { NODE_COMPILE_CACHE: join(folder, 'empty.compiled') })

/** nginx with these constants as files, and their headers; undefined if it is not installed. */
export async function nginx(constants: Constant[]): Promise<Server | undefined> {
  try {
    execFileSync('nginx', ['-v'], { stdio: 'pipe' })
  } catch {
    return undefined
  }
  const locations = constants.map(({ path, headers, body }) => {
    const file = join(folder, `nginx${path.replaceAll('/', '-')}`)
    writeFileSync(file, Buffer.from(body, 'base64'))
    const { 'content-type': type, 'content-length': _length, ...others } = headers
    const lines = Object.entries(others).map(([name, value]) => `add_header ${name} ${JSON.stringify(value)};`)
    return `location = ${path} { alias ${file}; etag off; if_modified_since off; default_type "${type}"; ${lines.join(' ')} }`
  })
  return start((port) => {
    const configuration = `daemon off; master_process off; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
        events {}
        http { access_log ${folder}/access.log combined buffer=4k; keepalive_requests 1000000;
          server { listen 127.0.0.1:${port}; location = /ready { return 204; } ${locations.join('\n')} } }`
    writeFileSync(join(folder, 'nginx.conf'), configuration)
    return ['nginx', '-e', `${folder}/error.log`, '-c', join(folder, 'nginx.conf')]
  }, '/ready')
}

/** json-server, installed from npm, with these records as a list: an alternative that a user may choose. */
export function jsonServer(name: string, records: object[]): Promise<Server> {
  const at = join(folder, 'json-server')
  execFileSync('npm', ['install', '--prefix', at, '--no-audit', '--no-fund', 'json-server@0.17.4'], { stdio: 'pipe' })
  writeFileSync(join(at, 'records.json'), JSON.stringify({ [name]: records }))
  const script = join(at, 'node_modules/json-server/lib/cli/bin.js')
  return start(
    (port) => [process.execPath, script, '--quiet', '--host', '127.0.0.1', '--port', port, join(at, 'records.json')],
    `/${name}`,
  )
}

export async function end({ process: child }: Server): Promise<void> {
  child.kill('SIGTERM')
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  children.delete(child)
}

/** The processor time of a server so far, all threads together, in microseconds. */
export function processorTime({ process: { pid } }: Server): number {
  const tasks = readdirSync(`/proc/${pid}/task`)
  const times = tasks.map((task) => {
    try {
      return Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0])
    } catch {
      // A thread that has just ended, such as one that wrote a workbook.
      return 0
    }
  })
  return times.reduce((sum, time) => sum + time, 0) / 1000
}

/** The resident memory of a server in MiB, now and at its peak. */
export function memory({ process: { pid } }: Server): { now: number; highest: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const of = (name: string) => Number(new RegExp(`${name}:\\s*(\\d+)`).exec(status)?.[1]) / 1024
  return { now: of('VmRSS'), highest: of('VmHWM') }
}
