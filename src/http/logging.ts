import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'

/**
 * The id of a request: its X-Request-Id, otherwise the trace id of its traceparent (W3C Trace Context), otherwise a new
 * one.
 */
export function requestId({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const { 'x-request-id': given, traceparent } = headers
  if (typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given)) return given
  if (traceparent === undefined) return randomUUID()
  const trace = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/.exec(String(traceparent))
  return trace?.[1] ?? randomUUID()
}

/** Logs one line for each completed request: at `info`, or at `debug` for a successful health check. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, next) => {
    const { id, method, ip, raw } = request
    const ms = Math.round(reply.elapsedTime * 10) / 10
    const isRoutine = reply.statusCode < 400 && /^\/(?:health\/|metrics$)/.test(String(request.routeOptions.url))
    const line = { requestId: id, method, url: raw.url, status: reply.statusCode, ms, ip }
    app.log[isRoutine ? 'debug' : 'info'](line, 'request completed')
    next()
  })
}
