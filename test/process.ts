import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Test } from 'tap'
import { openDirectory } from '../src/store/directory.ts'
import { builtDatabase, until } from './service.ts'

const clone = join(import.meta.dirname, '..')

/** Where the processes of tests keep their compiled code, like that of `npm start`. */
export const compileCache = join(clone, '.tap/compiled')

export interface ServiceProcess {
  child: ChildProcess
  url: string
  /** The status of the process, once it has ended. */
  ended: Promise<number | null>
}

/**
 * The service as an operator runs it: a separate process on a free loopback port, without test instrumentation and with
 * compiled code cached, like `npm start`. It ends with the test. `root` is the folder of another release.
 */
export async function startProcess(
  t: Test,
  settings: Record<string, string> = {},
  { root = clone, flags = [] as string[] } = {},
): Promise<ServiceProcess> {
  openDirectory(builtDatabase).client.close()
  const env = { PATH: process.env.PATH, PORT: '0', DATABASE: builtDatabase, ...settings }
  const child = spawn(process.execPath, [...flags, join(root, 'src/server.ts')], {
    env: { NODE_COMPILE_CACHE: compileCache, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close').then(([code]) => code as number | null)
  t.teardown(async () => {
    child.kill('SIGKILL')
    await ended
  })
  let output = ''
  child.stdout.on('data', (data) => {
    if (output.length < 10_000) output += data
  })
  const url = () => /http:\/\/[\d.:]+/.exec(output)?.[0]
  await until(() => url() || child.exitCode !== null, 60)
  return { child, url: url() ?? '', ended }
}

/** The private memory of a process in MiB: `RssAnon` of Linux, without mapped files. */
export function memoryOf({ pid }: ChildProcess): number {
  return Number(/RssAnon:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}
