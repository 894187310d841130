import { pipeline, Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { LRUCache } from 'lru-cache'
import { type BodyCache, inPieces } from './body-cache.ts'
import { hasMoreConditions, isCurrent } from './conditions.ts'

/** A response to a request with one spelling. Headers are flat, the form that Node writes fastest: name, value, … */
interface Response {
  status: number
  etag: string
  /** The headers that a 304 has, too. */
  headers: string[]
  /** The headers about the body; empty if only a 304 was sent so far. */
  content: string[]
  /** The body of a redirect or an error; other bodies are in the body cache. */
  body: Buffer | undefined
}

const aboutBody = new Set(['content-length', 'content-encoding', 'content-type', 'content-disposition', 'link'])

// An empty header is equivalent to a missing one.
const spellingOf = ({ raw, headers }: FastifyRequest) =>
  `${headers['accept-encoding'] ?? ''}\n${headers.accept ?? ''}\n${raw.url}`

/**
 * The responses by the exact URL and Accept headers of their requests, so that a repeated request needs only routing. It
 * stores no bodies but those of redirects and errors, so that no client can evict bodies by sending new spellings.
 */
export class Recalled {
  readonly #bodies: BodyCache
  readonly #isEnding: () => boolean
  readonly #responses: LRUCache<string, Response>

  constructor(bodies: BodyCache, isEnding: () => boolean, maxBytes = 2 * 1024 * 1024) {
    this.#bodies = bodies
    this.#isEnding = isEnding
    this.#responses = new LRUCache({
      maxSize: maxBytes,
      maxEntrySize: maxBytes / 4,
      // The headers repeat the URL at most four times.
      sizeCalculation: ({ body }, spelling) => 2_048 + 5 * spelling.length + (body?.length ?? 0),
    })
  }

  clear(): void {
    this.#responses.clear()
  }

  /** Responds as to the same earlier request, skipping all hooks. Returns true if it did; send nothing more. */
  send(request: FastifyRequest, reply: FastifyReply): boolean {
    const response = this.#takes(request) ? this.#responses.get(spellingOf(request)) : undefined
    if (!response) return false
    const { status, etag, headers, content } = response
    const own = ['x-request-id', request.id, ...headers]
    if (this.#isEnding()) own.push('connection', 'close')
    if (etag !== '' && isCurrent(request, etag)) {
      reply.hijack()
      reply.raw.writeHead(304, own).end()
      return true
    }
    const tag = etag.slice(1, -1)
    const stored = etag === '' ? undefined : this.#bodies.get(tag)
    const body = response.body ?? stored?.body
    if (!body || content.length === 0) return false
    reply.hijack()
    if (stored) this.#bodies.sending(tag, stored, reply.raw)
    reply.raw.writeHead(status, own.concat(content))
    const sent = request.method === 'HEAD' ? undefined : inPieces(body)
    if (sent instanceof Readable) pipeline(sent, reply.raw, () => undefined)
    else reply.raw.end(sent)
    return true
  }

  #takes(request: FastifyRequest): boolean {
    return (request.method === 'GET' || request.method === 'HEAD') && !hasMoreConditions(request)
  }

  /** Stores a complete response if the same request always gets the same one. */
  note(request: FastifyRequest, reply: FastifyReply, body: Buffer | undefined): void {
    const { statusCode: status } = reply
    const etag = String(reply.getHeader('etag') ?? '')
    // A 405 depends on the method, and `Connection: close` on this request only.
    const isRepeated = etag !== '' || (status >= 300 && status < 500 && status !== 405)
    if (!isRepeated || !this.#takes(request) || reply.hasHeader('connection')) return
    // A body that is not cached could not be sent again.
    if (body && etag !== '' && !this.#bodies.get(etag.slice(1, -1))) return
    const spelling = spellingOf(request)
    // A 304 has fewer headers than the response already stored.
    if (status === 304 && this.#responses.has(spelling)) return
    const response: Response = {
      status,
      etag,
      headers: [],
      content: [],
      body: etag === '' ? (body ?? Buffer.alloc(0)) : undefined,
    }
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (name !== 'x-request-id') (aboutBody.has(name) ? response.content : response.headers).push(name, String(value))
    this.#responses.set(spelling, response)
  }
}
