import { hash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { LRUCache } from 'lru-cache'
import type { Site } from './site.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The answer depends on nothing but the dataset, the address, Accept and Accept-Encoding. */
    fixed?: boolean
    /** Parts of the answer may be asked for (Range); such an answer is not cached. */
    ranges?: boolean
  }
  interface FastifyInstance {
    responses: CachedResponses
    /** Whether the service has been told to end: then every answer closes its connection. */
    leaving: { isLeaving: boolean }
  }
  interface FastifyRequest {
    /** What the answer is: content coding, format and canonical address; '' until they are known. */
    answerKey: string
    /** As `answerKey`, of an address at which there is nothing; '' for all else. */
    absenceKey: string
    /** The content coding to answer in: `br`, `gzip` or `identity`. */
    coding: string
  }
}

export const cacheControl = 'public, max-age=300, stale-while-revalidate=86400, stale-if-error=604800'
/** For an address that names its dataset: within it, bytes change only with the service or its public address. */
export const cacheControlYear = 'public, max-age=31536000'
/** For an address that names its bytes by their checksum. */
export const cacheControlForever = `${cacheControlYear}, immutable`
export const varies = 'accept, accept-encoding'

/** A response to be sent again. Headers are flat, as Node writes them fastest: name, value, name, value. */
interface Cached {
  status: number
  etag: string | undefined
  /** The headers that a 304 has, too. */
  headers: string[]
  /** Those that are about the body. */
  content: string[]
  /** Absent if nobody has asked for more than the tag. */
  body: Buffer | undefined
  /** About how many bytes it takes to keep it. */
  size: number
}

const aboutBody = new Set(['content-length', 'content-encoding', 'content-type', 'content-disposition', 'link'])

// A header that is empty asks for the same as none.
const spellingOf = ({ raw, headers }: FastifyRequest) =>
  `${headers['accept-encoding'] ?? ''}\n${headers.accept ?? ''}\n${raw.url}`

/** Whether it is an answer, not a refusal or redirect. */
const isAnswer = ({ statusCode }: FastifyReply) => statusCode === 200 || statusCode === 304

/** Responses to be sent again, to GET and HEAD alike: routing is the only work left. */
export class CachedResponses {
  /** By their answer keys. */
  readonly #responses: LRUCache<string, Cached>
  /** What is said of addresses at which there is nothing, by their keys; bounded apart, as there is no end of them. */
  readonly #absences: LRUCache<string, Cached>
  /**
   * What each spelling of a request leads to: a key, or a refusal or redirect, which is about this spelling.
   * Bounded apart, so that no client can drive out responses by spelling requests in new ways.
   */
  readonly #spellings: LRUCache<string, string | Cached>
  /** What was asked once: what nobody asks again would only drive out, and leave to be cleared away, what many ask. */
  readonly #askedOnce: LRUCache<string, true>
  /** Bodies that are being coded: many may ask for one at the same time. */
  readonly #underway = new Map<string, Promise<Buffer>>()

  /** Holds responses of about so many bytes, and less of all else. */
  constructor(most = 8 * 1024 * 1024) {
    const sizeOf = ({ size }: Cached, key: string) => key.length + size
    const sizeOfEither = (found: string | Cached, key: string) =>
      key.length + (typeof found === 'string' ? 256 + found.length : found.size)
    const bounded = (maxSize: number) => ({ maxSize, maxEntrySize: maxSize / 4 })
    this.#responses = new LRUCache({ ...bounded(most), sizeCalculation: sizeOf })
    this.#absences = new LRUCache({ ...bounded(most / 8), sizeCalculation: sizeOf })
    this.#spellings = new LRUCache({ ...bounded(most / 4), sizeCalculation: sizeOfEither })
    this.#askedOnce = new LRUCache({ ...bounded(most / 8), sizeCalculation: (_true, key) => 128 + key.length })
  }

  get(key: string): Cached | undefined {
    return this.#responses.get(key)
  }

  /** The body of an answer as `code` makes it, once for all who ask for it meanwhile. */
  coded(key: string, code: () => Promise<Buffer>): Promise<Buffer> {
    const body = this.#underway.get(key) ?? code().finally(() => this.#underway.delete(key))
    this.#underway.set(key, body)
    return body
  }

  /** Answers a request that was spelled like this before. Returns true if it did: send nothing more. */
  recall(request: FastifyRequest, reply: FastifyReply): boolean {
    if ((request.method !== 'GET' && request.method !== 'HEAD') || asksForPart(request)) return false
    const found = this.#spellings.get(spellingOf(request))
    const cached = typeof found === 'string' ? (this.#responses.get(found) ?? this.#absences.get(found)) : found
    return send(cached, request, reply)
  }

  /** Answers with the response of a key. Returns true if it did: send nothing more. */
  answer(key: string, request: FastifyRequest, reply: FastifyReply): boolean {
    const isSent = send(this.#responses.get(key) ?? this.#absences.get(key), request, reply)
    if (isSent) this.#spellings.set(spellingOf(request), key)
    return isSent
  }

  /** Whether what goes out may be sent again when the same is asked. */
  takes(request: FastifyRequest, reply: FastifyReply): boolean {
    const { method, is404, routeOptions, answerKey } = request
    if (asksForPart(request)) return false
    const isFixed = is404 || (routeOptions.config.fixed === true && (answerKey !== '' || !isAnswer(reply)))
    // A 405 names the method, and what ends the connection is about this request, not about what it asks.
    const isAbout = reply.statusCode === 405 || reply.statusCode >= 500 || reply.hasHeader('connection')
    return isFixed && (method === 'GET' || method === 'HEAD') && !isAbout
  }

  /** Caches what goes out, if it went out before. */
  keep(request: FastifyRequest, reply: FastifyReply, body: Buffer | undefined): void {
    const key = isAnswer(reply) ? request.answerKey : request.absenceKey
    const spelling = spellingOf(request)
    if (!this.#askedOnce.has(key || spelling)) return void this.#askedOnce.set(key || spelling, true)
    const cached: Cached = {
      status: reply.statusCode,
      etag: isAnswer(reply) ? String(reply.getHeader('etag')) : undefined,
      headers: [],
      content: [],
      body: body && exact(body),
      size: 1024 + (body?.length ?? 0),
    }
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (name === 'x-request-id') continue
      const text = String(value)
      const pairs = aboutBody.has(name) ? cached.content : cached.headers
      pairs.push(name, text)
      cached.size += name.length + text.length
    }
    if (key !== '') (isAnswer(reply) ? this.#responses : this.#absences).set(key, cached)
    this.#spellings.set(spelling, key || cached)
  }
}

/** The bytes in memory of their own: a compressed body, or a short one, is a small part of memory that it would keep. */
function exact(bytes: Buffer): Buffer {
  if (bytes.length === bytes.buffer.byteLength) return bytes
  const copy = Buffer.allocUnsafeSlow(bytes.length)
  bytes.copy(copy)
  return copy
}

/** Whether a part of the answer is asked for, from a route that gives parts. */
export function asksForPart({ method, headers, routeOptions }: FastifyRequest): boolean {
  return headers.range !== undefined && method === 'GET' && routeOptions.config.ranges === true
}

/** Sends on the socket, past all hooks: they have nothing to add. */
function send(cached: Cached | undefined, request: FastifyRequest, reply: FastifyReply): boolean {
  if (!cached) return false
  const { status, etag, headers, content, body } = cached
  const isSame = etag !== undefined && isHeld(request, etag)
  if (!isSame && !body) return false
  reply.hijack()
  const own = ['x-request-id', request.id, ...headers]
  if (request.server.leaving.isLeaving) own.push('connection', 'close')
  if (isSame) reply.raw.writeHead(304, own).end()
  else reply.raw.writeHead(status, own.concat(content)).end(request.method === 'HEAD' ? undefined : body)
  return true
}

const keyOf = (coding: string, format: string, address: string) => `${coding}\n${format}\n${address}`

/** The tag of an answer: it changes with the data, the code, the address, the format and the content coding. */
function etagOf(site: Site, { server, coding }: FastifyRequest, address: string, format: string): string {
  const cached = server.responses.get(keyOf(coding, format, address))
  if (cached?.etag) return cached.etag
  const restsOn = [site.stamp, site.version, site.contact, site.base + address, format].join('\n')
  const digest = hash('sha256', restsOn, 'base64url').slice(0, 22)
  // Bytes differ between codings, and so must a strong tag (RFC 9110, section 8.8.3.3).
  return coding === 'identity' ? `"${digest}"` : `"${digest}-${coding}"`
}

/** True if this address has a response that can be sent again: then it is the canonical address of something, and nothing need be looked up. */
export function isCached({ server, coding }: FastifyRequest, address: string, format: string): boolean {
  const has = (coding: string) => server.responses.get(keyOf(coding, format, address))?.body !== undefined
  return has(coding) || (coding !== 'identity' && has('identity'))
}

/** True if the client names the tag of this address: then it was given it here, and nothing need be looked up either. */
export function namesTag(site: Site, request: FastifyRequest, address: string, format: string): boolean {
  const held = request.headers['if-none-match']
  return held !== undefined && held.trim() !== '*' && isHeld(request, etagOf(site, request, address, format))
}

/**
 * Answers from the cache, or with 304 if the client has the response already; else sets its headers.
 * Returns true if it answered: send nothing more.
 */
export function settleCaching(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  address: string,
  format: string,
  lifetime = cacheControl,
): boolean {
  const { responses } = request.server
  request.answerKey = keyOf(request.coding, format, address)
  if (!asksForPart(request) && responses.answer(request.answerKey, request, reply)) return true
  const etag = etagOf(site, request, address, format)
  reply.headers({ etag, 'cache-control': lifetime, vary: varies, 'dataset-version': site.dataset })
  if (isHeld(request, etag)) {
    reply.code(304).send()
    return true
  }
  const plain = asksForPart(request) ? undefined : responses.get(keyOf('identity', format, address))
  if (!plain?.body) return false
  const { content, body } = plain
  for (let at = 0; at < content.length; at += 2) reply.header(String(content[at]), content[at + 1])
  reply.send(body)
  return true
}

/** Answers with what was said of an address before, if there is nothing at it. Returns true if it did: send nothing more. */
export function recallAbsence(request: FastifyRequest, reply: FastifyReply, address: string, format: string): boolean {
  request.absenceKey = keyOf(request.coding, `no ${format}`, address)
  return request.server.responses.answer(request.absenceKey, request, reply)
}

/** Whether If-None-Match names the tag; `W/` before it does not matter here (RFC 9110, section 13.1.2). */
function isHeld(request: FastifyRequest, etag: string): boolean {
  const held = request.headers['if-none-match']
  if (held === undefined) return false
  // The quotes belong to the tag: no other holds it.
  return held.includes(etag) || held.trim() === '*'
}

/** Gives the app its cache. */
export function cacheResponses(app: FastifyInstance): void {
  app.decorate('responses', new CachedResponses())
  app.decorate('leaving', { isLeaving: false })
  app.decorateRequest('answerKey', '')
  app.decorateRequest('absenceKey', '')
  app.decorateRequest('coding', 'identity')
}
