import closeWithGrace from 'close-with-grace'
import pino from 'pino'
import { buildApp } from './app.ts'
import { type Config, readConfig, trustProxy } from './config.ts'
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
  const lines = new LogLines(process.stdout.fd)
  process.on('exit', () => lines.flushSync())
  const logger = await loggerFor(config, lines)
  const directory = openDirectory(config.DATABASE, (error) =>
    logger.error({ err: error }, 'the seed could not be built; the database built before is served'),
  )
  const app = await buildApp({
    directory,
    publicUrl: config.PUBLIC_URL,
    trustProxy: trustProxy(config),
    logger,
    linesDropped: () => lines.dropped,
  })
  closeWithGrace({ delay: graceMs + 1_000, logger }, async () => {
    // A connection that never ends its request must not keep the process.
    setTimeout(() => app.server.closeAllConnections(), graceMs).unref()
    await app.close()
  })
  await app.listen({ host: config.HOST, port: config.PORT })
  logger.info({ dataset: directory.dataset }, 'the directory is served')
  lines.flushSync()
}

start().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
