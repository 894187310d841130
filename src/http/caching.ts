import { hash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { FastifyInstance, FastifyReply, FastifyRequest, onSendHookHandler } from 'fastify'
import { LRUCache } from 'lru-cache'
import Negotiator from 'negotiator'
import type { Site } from './site.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The answer depends on nothing but the dataset, the address, Accept and Accept-Encoding. */
    fixed?: boolean
  }
}

export const cacheControl = 'public, max-age=300, stale-while-revalidate=86400, stale-if-error=604800'
/** For an address that names its dataset: within it, bytes change only with the service or its public address. */
export const cacheControlYear = 'public, max-age=31536000'
/** For an address that names its bytes by their checksum. */
export const cacheControlForever = `${cacheControlYear}, immutable`

/**
 * What was answered once, to be answered again: an answer, or only its tag where nobody asked for more than that.
 * Headers are flat, as Node writes them fastest: name, value, name, value.
 */
interface Kept {
  status: number
  etag: unknown
  headers: string[]
  /** The headers of a 304: those that are not about a body. */
  headersHeld: string[]
  body: Buffer | undefined
}

/** The media types that are compressed. */
export const compressible = /json|javascript|sqlite|xml|yaml|^text\//

const mostBytes = 16 * 1024 * 1024

/** The tag of an answer: it changes with the data, the code, the address, the format and the content coding. */
function etagOf(site: Site, request: FastifyRequest, address: string, format: string): string {
  const coding = String(request.headers['accept-encoding'])
  const restsOn = [site.stamp, site.version, site.base + address, format].join('\n')
  const digest = hash('sha256', restsOn, 'base64url').slice(0, 22)
  // Bytes differ between codings, and so must a strong tag (RFC 9110, section 8.8.3.3).
  return coding === 'identity' ? `"${digest}"` : `"${digest}-${coding}"`
}

/** True if the client names the tag of this address: then the address has been answered, and nothing need be looked up. */
export function namesTag(site: Site, request: FastifyRequest, address: string, format: string): boolean {
  const held = request.headers['if-none-match']
  return held !== undefined && held.trim() !== '*' && isHeld(request, etagOf(site, request, address, format))
}

/**
 * Sets the headers of a cached response, and answers 304 if the client has it already.
 * Returns true if it did: send nothing more.
 */
export function settleCaching(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  address: string,
  format: string,
  lifetime = cacheControl,
): boolean {
  const etag = etagOf(site, request, address, format)
  reply.headers({
    etag,
    'cache-control': lifetime,
    vary: 'accept, accept-encoding',
    'dataset-version': site.dataset,
  })
  if (!isHeld(request, etag)) return false
  reply.code(304).send()
  return true
}

/** Whether If-None-Match names the tag; `W/` before it does not matter here (RFC 9110, section 13.1.2). */
function isHeld(request: FastifyRequest, etag: string): boolean {
  const held = request.headers['if-none-match']
  if (held === undefined) return false
  return held.trim() === '*' || [...held.matchAll(/"[^"]*"/g)].some(([tag]) => tag === etag)
}

const keyOf = ({ raw, headers }: FastifyRequest) => `${headers['accept-encoding']}\n${headers.accept}\n${raw.url}`

const isFixed = ({ method, routeOptions }: FastifyRequest) => method === 'GET' && routeOptions.config.fixed === true

/** Fixed answers, as they went out, for whoever asks next: routing is the only work left. Bounded at 16 MiB. */
export class KeptAnswers {
  readonly #kept = new LRUCache<string, Kept>({
    maxSize: mostBytes,
    maxEntrySize: mostBytes / 8,
    sizeCalculation: ({ body }, key) => 1024 + key.length + (body?.length ?? 0),
  })

  /** Answers what was answered before, on the socket: no later hook has anything to add. Call it before the others. */
  recall(app: FastifyInstance): void {
    app.addHook('onRequest', (request, reply, next) => {
      const answer = isFixed(request) ? this.#kept.get(keyOf(request)) : undefined
      if (!answer) return next()
      const { status, etag, headers, headersHeld, body } = answer
      const isSame = typeof etag === 'string' && isHeld(request, etag)
      if (!isSame && !body) return next()
      reply.hijack()
      reply.raw
        .writeHead(isSame ? 304 : status, ['x-request-id', request.id, ...(isSame ? headersHeld : headers)])
        .end(isSame ? undefined : body)
    })
  }

  /**
   * Keeps what goes out of the fixed routes, and settles HEAD on all of them. Call it after compression, whose hook is
   * on each route too.
   */
  keep(app: FastifyInstance): void {
    app.addHook('onRoute', (route) => {
      // Compression has made a list of the hooks of every route.
      route.onSend = [...(route.onSend as onSendHookHandler[]), settleHead]
      if (route.config?.fixed) route.onSend.push(this.#keepOne)
    })
  }

  readonly #keepOne = async (request: FastifyRequest, reply: FastifyReply, payload: unknown) => {
    // What ends the connection is about this request, not about what it asks.
    if (!isFixed(request) || reply.statusCode >= 500 || reply.hasHeader('connection')) return payload
    const key = keyOf(request)
    const isTag = reply.statusCode === 304
    const body = isTag ? undefined : await bytesOf(payload)
    if (body) reply.header('content-length', body.length)
    const { 'x-request-id': _id, ...headers } = reply.getHeaders()
    this.#kept.set(key, {
      status: reply.statusCode,
      etag: headers.etag,
      headers: flat(headers),
      headersHeld: flat(withoutContent(headers)),
      body,
    })
    return body
  }
}

type Headers = Record<string, number | string | string[] | undefined>

function flat(headers: Headers): string[] {
  return Object.entries(headers).flatMap(([name, value]) => [name, String(value)])
}

function withoutContent({
  'content-length': _length,
  'content-encoding': _coding,
  'content-type': _type,
  'content-disposition': _disposition,
  link: _link,
  ...headers
}: Headers): Headers {
  return headers
}

/** HEAD is answered without compressing anything, so that the length of what GET would give is not known. */
async function settleHead({ method, headers }: FastifyRequest, reply: FastifyReply, payload: unknown) {
  const coding = headers['accept-encoding']
  const isCoded = coding !== 'identity' && compressible.test(String(reply.getHeader('content-type')))
  const hasBody = reply.statusCode === 200 || reply.statusCode >= 400
  if (method === 'HEAD' && isCoded && hasBody) reply.removeHeader('content-length').header('content-encoding', coding)
  return payload
}

/** Compression hands on a stream where the answer is long; the tag and the length belong to its bytes. */
async function bytesOf(payload: unknown): Promise<Buffer> {
  if (typeof payload === 'string') return Buffer.from(payload)
  return Buffer.isBuffer(payload) ? payload : buffer((payload ?? []) as Readable)
}

/** Leaves one content coding in the request, the best of those offered, so that all who read it agree. */
export function settleCoding(request: FastifyRequest): void {
  const { headers } = request
  const coding = headers['accept-encoding'] && new Negotiator(request).encoding(['br', 'gzip', 'identity'])
  headers['accept-encoding'] = coding || 'identity'
  delete headers['x-no-compression']
}
