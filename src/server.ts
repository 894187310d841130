import { setTimeout as sleep } from 'node:timers/promises'
import closeWithGrace from 'close-with-grace'
import pino from 'pino'
import { buildApp } from './app.ts'
import { type Config, exportsPath, readConfig, trustProxy } from './config.ts'
import { LogLines } from './http/logging.ts'
import { openDirectory } from './store/directory.ts'

// Settings, database, app, listen; and on a signal: stop accepting, finish what is running, exit 0.

const graceMs = 8_000

async function loggerFor({ LOG_LEVEL: level }: Config, lines: LogLines): Promise<pino.Logger> {
  // Node makes a pipe non-blocking when it is asked about; else a reader that stops would stop the service.
  if (!process.stdout.isTTY) return pino({ level }, lines)
  const { default: pretty } = await import('pino-pretty')
  return pino({ level }, pretty({ ignore: 'pid,hostname', translateTime: 'HH:MM:ss', sync: true }))
}

async function start(): Promise<void> {
  const config = readConfig(process.env)
  const { DRAIN_SECONDS } = config
  const lines = new LogLines(process.stdout.fd)
  process.on('exit', () => lines.flushSync())
  const logger = await loggerFor(config, lines)
  const directory = openDirectory(config.DATABASE, (error) =>
    logger.error({ err: error }, 'the seed could not be built; the database built before is served'),
  )
  const app = await buildApp({
    directory,
    exportsPath: exportsPath(config),
    publicUrl: config.PUBLIC_URL,
    contact: config.CONTACT,
    trustProxy: trustProxy(config),
    logger,
    linesDropped: () => lines.dropped,
  })
  const exports = await app.exports().catch((error) => logger.error({ err: error }, 'the exports could not be written'))
  if (exports?.isElsewhere)
    logger.warn({ err: exports.isElsewhere }, 'the exports are in a temporary file, which each start writes anew')
  closeWithGrace({ delay: DRAIN_SECONDS * 1_000 + graceMs + 1_000, logger }, async () => {
    // From now on the service is not ready, and each answer closes its connection; requests are still answered.
    app.leaving.isLeaving = true
    await sleep(DRAIN_SECONDS * 1_000)
    // A connection that never ends its request must not keep the process.
    setTimeout(() => app.server.closeAllConnections(), graceMs).unref()
    await app.close()
  })
  const address = await app.listen({ host: config.HOST, port: config.PORT }).catch(namingSetting)
  logger.info({ dataset: directory.dataset, page: config.PUBLIC_URL || address }, 'the directory is served')
  lines.flushSync()
}

/** Says which setting to change if the address cannot be listened on. */
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
