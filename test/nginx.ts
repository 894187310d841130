import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { Test } from 'tap'
import { ask, until } from './service.ts'
import { temporaryFolder } from './wrong-seed.ts'

const configuration = join(import.meta.dirname, '../deploy/nginx.conf')

/** The reason why nginx cannot be tested; false if it can. */
export const lacksNginx = spawnSync('nginx', ['-v']).error ? 'there is no nginx here' : false

/** A port of the loopback that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

export interface Proxy {
  url: string
  /** Writes another release token into the configuration and reloads nginx. */
  purge(word: string): void
}

/**
 * nginx with deploy/nginx.conf, except for ports and folders, and without its limits, which would reject a test, unless
 * `isLimited`. It ends with the test.
 */
export async function startNginx(t: Test, replicas: number[], { isLimited = false } = {}): Promise<Proxy> {
  const folder = temporaryFolder(t)
  // Its workers run as another user.
  chmodSync(folder, 0o755)
  const [port, file] = [await freePort(), join(folder, 'nginx.conf')]
  const own = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`)
  const asShipped = replicas
    .reduce(
      (text, replica, index) => text.replace(`127.0.0.1:300${index + 1}`, `127.0.0.1:${replica}`),
      readFileSync(configuration, 'utf8'),
    )
    .replace('127.0.0.1:8080', `127.0.0.1:${port}`)
    .replace('/run/nginx.pid', `${folder}/nginx.pid`)
    .replace(/\/var\/(log|cache)\/nginx/g, folder)
    .replace('http {', `http {\n${own.join('\n')}`)
  const text = isLimited ? asShipped : asShipped.replace(/^ *limit_(req|conn) .*;$/gm, '')
  writeFileSync(file, text)
  const child = spawn('nginx', ['-c', file, '-e', join(folder, 'error.log'), '-g', 'daemon off;'], { stdio: 'inherit' })
  const ended = once(child, 'close')
  t.teardown(async () => {
    child.kill('SIGTERM')
    await ended
  })
  const url = `http://127.0.0.1:${port}`
  await until(() =>
    ask(url, '/health/live').then(
      ({ status }) => status === 200,
      () => false,
    ),
  )
  return {
    url,
    purge(word) {
      writeFileSync(file, text.replace('default "1";', `default "${word}";`))
      child.kill('SIGHUP')
    },
  }
}
