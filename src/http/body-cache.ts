import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import { HttpProblem } from './problem-details.ts'

/** A body, and the headers that describe it. */
export interface Content {
  headers: Record<string, string>
  body: Buffer
}

/** The number of long bodies made at the same time, and of requests that may wait for their turn. */
const [maxMaking, maxWaiting] = [2, 100]

/**
 * A cache of response bodies by tag, bounded in bytes. Each body is made once for all concurrent requests, and kept when
 * it is made again, so that requests that are never repeated drive out none. A body too long for the cache is shared
 * while it is being sent.
 */
export class BodyCache {
  readonly #kept: LRUCache<string, Content>
  /** The tags of bodies that were made. */
  readonly #made = new LRUCache<string, true>({ max: 5_000 })
  readonly #underway = new Map<string, Promise<Content>>()
  /** Bodies too long for the cache, and the number of responses sending each. */
  readonly #sent = new Map<string, { content: Content; responses: number }>()
  #sentBytes = 0
  #making = 0
  readonly #waiting: (() => void)[] = []

  constructor(maxBytes = 8 * 1024 * 1024) {
    this.#kept = new LRUCache({
      maxSize: maxBytes,
      maxEntrySize: maxBytes / 4,
      sizeCalculation: ({ body }, tag) => 1024 + tag.length + body.length,
    })
  }

  get(tag: string): Content | undefined {
    return this.#kept.get(tag) ?? this.#sent.get(tag)?.content
  }

  clear(): void {
    this.#kept.clear()
  }

  /** The body of a tag: cached, in progress, or made by `make`. */
  of(tag: string, make: () => Content | Promise<Content>): Content | Promise<Content> {
    const found = this.get(tag) ?? this.#underway.get(tag)
    if (found) return found
    const made = make()
    if (!(made instanceof Promise)) return this.#keep(tag, made)
    const kept = made.then((content) => this.#keep(tag, content)).finally(() => this.#underway.delete(tag))
    this.#underway.set(tag, kept)
    return kept
  }

  #keep(tag: string, { headers, body }: Content): Content {
    const isRepeated = this.#made.has(tag)
    this.#made.set(tag, true)
    const content = { headers, body: isRepeated ? exact(body) : body }
    if (isRepeated) this.#kept.set(tag, content)
    return content
  }

  /**
   * Queues the making of a body that may be long: a few are made at a time, and none while the bodies being sent use too
   * much memory. Throws HttpProblem 503 if too many wait.
   */
  async inTurn<Made>(make: () => Promise<Made>): Promise<Made> {
    if (this.#waiting.length >= maxWaiting)
      throw new HttpProblem(503, 'Too many long responses are requested at the same time. Retry later.', {
        headers: { 'retry-after': '5' },
      })
    await new Promise<void>((begin) => {
      this.#waiting.push(begin)
      this.#beginNext()
    })
    try {
      return await make()
    } finally {
      this.#making -= 1
      this.#beginNext()
    }
  }

  #beginNext(): void {
    while (this.#making < maxMaking && this.#sentBytes <= 4 * this.#kept.maxSize) {
      const begin = this.#waiting.shift()
      if (!begin) return
      this.#making += 1
      begin()
    }
  }

  /** Registers a body as being sent, so that other responses share it until the last one ends. */
  sending(tag: string, content: Content, response: ServerResponse): void {
    const { length } = content.body
    if (length <= this.#kept.maxEntrySize || response.closed) return
    const sent = this.#sent.get(tag) ?? { content, responses: 0 }
    if (sent.responses === 0) this.#sentBytes += length
    sent.responses += 1
    this.#sent.set(tag, sent)
    response.once('close', () => {
      sent.responses -= 1
      if (sent.responses > 0) return
      this.#sent.delete(tag)
      this.#sentBytes -= length
      this.#beginNext()
    })
  }
}

/**
 * A copy with its own memory: a short or compressed body is a slice of a larger buffer, which it would otherwise
 * retain.
 */
const exact = (bytes: Buffer): Buffer =>
  bytes.length === bytes.buffer.byteLength ? bytes : Buffer.from(new Uint8Array(bytes).buffer)

/** The bytes of a text as UTF-8; bytes are not copied. */
export const bytesOf = (part: string | Buffer): Buffer => (typeof part === 'string' ? Buffer.from(part) : part)

/** The size of the pieces of a long body, in bytes. */
const pieceBytes = 64 * 1024

/** A body as it is sent. A long body is sent in pieces, so that other requests run in between. */
export function inPieces(body: Buffer): Buffer | Readable {
  return body.length > 4 * pieceBytes ? Readable.from(piecesOf(body)) : body
}

/** One piece per turn of the event loop. Without that, a fast client would receive all pieces in a single turn. */
async function* piecesOf(body: Buffer): AsyncIterable<Buffer> {
  for (let at = 0; at < body.length; at += pieceBytes) {
    yield body.subarray(at, at + pieceBytes)
    await setImmediate()
  }
}

/** The parts of a body joined, each made in its own turn of the event loop, so that other requests run in between. */
export async function joinedInTurns(parts: Iterable<string | Buffer> | AsyncIterable<Buffer>): Promise<Buffer> {
  const made: Buffer[] = []
  for await (const part of parts) {
    made.push(bytesOf(part))
    await setImmediate()
  }
  return Buffer.concat(made)
}
