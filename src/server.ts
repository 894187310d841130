import { setTimeout as sleep } from 'node:timers/promises'
import closeWithGrace from 'close-with-grace'
import pino from 'pino'
import { buildApp } from './app.ts'
import { type Config, misspelt, readConfig, trustProxy } from './config.ts'
import { SeedError } from './seed/findings.ts'
import { exportsOf } from './services/export-files.ts'
import { openDirectory } from './store/directory.ts'

// Settings, database, app, listen. On a signal: stop accepting connections, complete running requests, exit 0.

const graceMs = 8_000

/** A logger, and the number of lines that it could not write so far. */
async function loggerFor({ LOG_LEVEL: level }: Config): Promise<{ logger: pino.Logger; linesDropped: () => number }> {
  // Node makes a pipe non-blocking when the stream is accessed; otherwise a stopped reader would block the service.
  if (process.stdout.isTTY) {
    const { default: pretty } = await import('pino-pretty')
    const lines = pretty({ ignore: 'pid,hostname', translateTime: 'HH:MM:ss', sync: true })
    return { logger: pino({ level }, lines), linesDropped: () => 0 }
  }
  let dropped = 0
  // Lines that cannot be written are buffered up to a limit, so that a full disk or a stopped reader delays no response
  // and no exit.
  const lines = pino.destination({
    dest: process.stdout.fd,
    sync: true,
    minLength: 4096,
    maxLength: 1024 * 1024,
    periodicFlush: 500,
    retryEAGAIN: () => false,
  })
  // A failing log cannot report its failure; `dropped` counts the lost lines.
  lines.on('error', () => undefined)
  lines.on('drop', () => {
    dropped += 1
  })
  // Not flushSync, which retries forever on a full disk.
  process.on('exit', () => lines.flush())
  return { logger: pino({ level }, lines), linesDropped: () => dropped }
}

async function start(): Promise<void> {
  const config = readConfig(process.env)
  const { DRAIN_SECONDS } = config
  const { logger, linesDropped } = await loggerFor(config)
  // Registered before the listener that flushes the buffer.
  process.prependListener('exit', (code) => logger.info({ code }, 'exit'))
  for (const [name, setting] of misspelt(process.env))
    logger.warn({ name, setting }, `${name} is not a setting; did you mean ${setting}?`)
  const directory = openDirectory(config.DATABASE, (error) =>
    logger.error(loggable(error), 'seed build failed, serving the previous database'),
  )
  const publicUrl = config.PUBLIC_URL
  let isEnding = false
  const app = await buildApp({
    directory,
    exports: await exportsOf(directory, publicUrl),
    publicUrl,
    contact: config.CONTACT,
    isEnding: () => isEnding,
    trustProxy: trustProxy(config),
    logger,
    linesDropped,
  })
  closeWithGrace({ delay: DRAIN_SECONDS * 1_000 + graceMs + 1_000, logger }, async ({ signal }) => {
    logger.info({ signal, drainSeconds: DRAIN_SECONDS }, 'shutting down')
    // From here on the service is not ready and every response closes its connection, but requests are still served.
    isEnding = true
    await sleep(DRAIN_SECONDS * 1_000)
    // A connection with an unfinished request must not keep the process alive.
    setTimeout(() => app.server.closeAllConnections(), graceMs).unref()
    await app.close()
  })
  const address = await app.listen({ host: config.HOST, port: config.PORT }).catch(namingSetting)
  logger.info({ dataset: directory.dataset, page: publicUrl || address }, 'the directory is served')
  logger.flush()
}

/** The error as one line of limited length: a seed may have any number of errors. */
function loggable(error: unknown): object {
  if (!(error instanceof SeedError)) return { err: error }
  return { count: error.errors.length, errors: error.errors.slice(0, maxErrors).map((text) => text.slice(0, 1_000)) }
}
const maxErrors = 20

/** Adds the setting to change to an error of listen. */
function namingSetting(error: NodeJS.ErrnoException): never {
  const settings: Record<string, string> = {
    EADDRINUSE: 'another process has this port; set PORT to another one, or to 0 for any that is free',
    EACCES: 'this port needs more rights; set PORT to one above 1023',
    ENOTFOUND: 'there is no such host; set HOST to an address of this machine, such as 127.0.0.1',
    EAI_AGAIN: 'there is no such host; set HOST to an address of this machine, such as 127.0.0.1',
    EADDRNOTAVAIL: 'this machine does not have this address; set HOST to one that it has, such as 127.0.0.1',
  }
  throw new Error([error.message, settings[String(error.code)]].filter(Boolean).join(': '), { cause: error })
}

start().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
