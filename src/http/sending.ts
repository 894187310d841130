import { Socket } from 'node:net'
import { type Duplex, pipeline, Readable } from 'node:stream'
import { promisify } from 'node:util'
import { brotliCompress, constants, createBrotliCompress, createGzip, gzip } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import helmet from 'helmet'
import Negotiator from 'negotiator'
import { cacheResponses } from './caching.ts'
import { IncomingMessage, ServerResponse } from './problem.ts'
import type { Site } from './site.ts'

// What every answer goes through, first and last.

/** How a body is coded that is held whole, and one that passes through. */
interface Coding {
  whole(body: Buffer): Promise<Buffer>
  stream(): Duplex
}

const brotli = promisify(brotliCompress)
// The best quality takes 30 times as long for a sixth less. The usual window, 4 MiB for each body that is being coded, is
// for bodies of megabytes.
const params = { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_LGWIN]: 18 }
const codings: Record<string, Coding> = {
  br: { whole: (body) => brotli(body, { params }), stream: () => createBrotliCompress({ params }) },
  gzip: { whole: promisify<Buffer, Buffer>(gzip), stream: () => createGzip() },
}

/** The media types that are compressed. */
const compressible = /json|javascript|sqlite|xml|yaml|^text\//

/** What a page of any origin may do: read everything, and send any header. */
const cors = { 'access-control-allow-origin': '*', 'access-control-expose-headers': '*' }
const preflight = {
  'access-control-allow-methods': 'GET, HEAD, OPTIONS, POST',
  'access-control-allow-headers': '*',
  'access-control-max-age': '86400',
}

/** The headers of helmet that mean something outside of a page, too. */
const everywhere = [
  'content-security-policy',
  'cross-origin-resource-policy',
  'strict-transport-security',
  'x-content-type-options',
]

type Headers = [name: string, value: string][]

/** The headers that never change: of every answer, and of a page. Helmet is asked once and not at each request. */
function constantHeaders({ base }: Site): { all: Headers; page: Headers } {
  const response = new ServerResponse(new IncomingMessage(new Socket()))
  const secure = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    // Only for this host, and only if it says that it is reached over TLS.
    strictTransportSecurity: base.startsWith('https:') && { includeSubDomains: false },
  })
  secure(response.req, response, () => undefined)
  const page = Object.entries({ ...response.getHeaders(), ...cors }).map(([name, value]): Headers[number] => [
    name,
    String(value),
  ])
  return { all: page.filter(([name]) => everywhere.includes(name) || name in cors), page }
}

/**
 * Lets every route of GET answer HEAD too, as the same route: its schemas are compiled once, and what it caches is one.
 * Node leaves out the body. Call it before the first route.
 */
export function answerHead(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (route.method === 'GET') route.method = ['GET', 'HEAD']
  })
}

/** Answers what was answered before, and chooses the content coding of all else. Call it before the hooks that refuse. */
export function recallResponses(app: FastifyInstance): void {
  cacheResponses(app)
  app.addHook('onRequest', (request, reply, next) => {
    if (app.responses.recall(request, reply)) return
    const accepted = request.headers['accept-encoding']
    if (accepted) request.coding = new Negotiator(request).encoding(['br', 'gzip', 'identity']) ?? 'identity'
    next()
  })
}

/**
 * Completes what goes out, with the constant headers, its coding and its length, and caches it. Call it after all
 * plugins, so that their hooks have changed the body before.
 */
export function completeResponses(app: FastifyInstance, site: Site): void {
  const { all, page } = constantHeaders(site)
  const setDefaults = (reply: FastifyReply, headers: Headers) => {
    for (const [name, value] of headers) if (!reply.hasHeader(name)) reply.header(name, value)
  }
  app.addHook('onSend', (request, reply, payload, done) => {
    const type = String(reply.getHeader('content-type'))
    setDefaults(reply, type.startsWith('text/html') ? page : all)
    if (request.method === 'OPTIONS') reply.headers(preflight)
    if (app.leaving.isLeaving) reply.header('connection', 'close')
    reply.header('x-request-id', request.id)
    const isKept = !(payload instanceof Readable) && app.responses.takes(request, reply)
    const finish = (body: unknown) => {
      if (isKept) app.responses.keep(request, reply, body as Buffer | undefined)
      done(null, body)
    }
    const body = codedBody(request, reply, payload, isKept)
    // Not awaited if it is here: that would cost a turn of the queue, and most bodies are not compressed.
    if (body instanceof Promise) body.then(finish, done)
    else finish(body)
  })
}

/** The body in the content coding of the request, as bytes or a stream. */
function codedBody(request: FastifyRequest, reply: FastifyReply, payload: unknown, isKept: boolean) {
  const isBodiless = [204, 304].includes(reply.statusCode)
  if (isBodiless) return undefined
  const isCompressible = compressible.test(String(reply.getHeader('content-type'))) && payload
  if (isCompressible && !reply.hasHeader('vary')) reply.header('vary', 'accept-encoding')
  const coding = isCompressible ? codings[request.coding] : undefined
  if (coding) reply.header('content-encoding', request.coding)
  if (payload instanceof Readable) return codedStream(request, reply, payload, coding?.stream())
  const bytes = bytesOf(payload)
  const measured = (body: Buffer) => {
    reply.header('content-length', String(body.length))
    return body
  }
  if (!coding) return measured(bytes)
  const code = () => coding.whole(bytes)
  const isShared = isKept && reply.statusCode === 200
  return (isShared ? request.server.responses.coded(request.answerKey, code) : code()).then(measured)
}

/** A body that is too long to be held: it passes through. */
function codedStream(request: FastifyRequest, reply: FastifyReply, body: Readable, coding: Duplex | undefined) {
  if (coding) reply.removeHeader('content-length')
  if (request.method !== 'HEAD') return coding ? pipeline(body, coding, () => undefined) : body
  body.destroy()
  return null
}

function bytesOf(payload: unknown): Buffer {
  return Buffer.isBuffer(payload) ? payload : Buffer.from(String(payload ?? ''))
}
