import { randomUUID } from 'node:crypto'
import { writeSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'

/** The id of a request: what X-Request-Id says, else the trace id of traceparent (W3C Trace Context), else a new one. */
export function requestId({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const { 'x-request-id': given, traceparent } = headers
  if (typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given)) return given
  if (traceparent === undefined) return randomUUID()
  const trace = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/.exec(String(traceparent))
  return trace?.[1] ?? randomUUID()
}

/** Writes one line for each request when it is answered. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, next) => {
    const { id, method, ip, raw } = request
    const ms = Math.round(reply.elapsedTime * 10) / 10
    app.log.info({ requestId: id, method, url: raw.url, status: reply.statusCode, ms, ip }, 'answered')
    next()
  })
}

/** How many bytes are written at once, and how many wait at most. */
const chunk = 4096
const mostBytes = 1024 * 1024
const flushMs = 500

/**
 * Where the lines of the log go: a file descriptor. What cannot be written waits, up to a bound, and then lines are
 * dropped and counted: a full disk and a reader that stopped hold up no answer and no exit.
 */
export class LogLines {
  dropped = 0
  readonly #descriptor: number
  #lines = ''
  /** What could not be written, and is tried again from time to time. */
  #late = Buffer.alloc(0)

  constructor(descriptor: number) {
    this.#descriptor = descriptor
    setInterval(() => this.flushSync(), flushMs).unref()
  }

  write(line: string): void {
    if (this.#late.length + this.#lines.length + line.length > mostBytes) this.dropped += 1
    else this.#lines += line
    if (this.#lines.length >= chunk && this.#late.length === 0) this.flushSync()
  }

  /** Writes what waits, once: what fails waits on. */
  flushSync(): void {
    let bytes = Buffer.concat([this.#late, Buffer.from(this.#lines)])
    this.#lines = ''
    try {
      while (bytes.length > 0) bytes = bytes.subarray(writeSync(this.#descriptor, bytes))
    } catch {
      // Nothing can be said of a log in that log; `dropped` says what it came to.
    }
    this.#late = bytes
  }
}
