import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'

/** A body, and the headers that describe it. */
export interface Content {
  headers: Record<string, string>
  body: Buffer
}

/** A cache of response bodies by tag, bounded in bytes. Each body is made once for all concurrent requests. */
export class BodyCache {
  readonly #cached: LRUCache<string, Content>
  readonly #underway = new Map<string, Promise<Content>>()
  #last: Promise<unknown> = Promise.resolve()

  constructor(maxBytes = 8 * 1024 * 1024) {
    this.#cached = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: ({ body }, tag) => 1024 + tag.length + body.length,
    })
  }

  get(tag: string): Content | undefined {
    return this.#cached.get(tag)
  }

  clear(): void {
    this.#cached.clear()
  }

  /** The body of a tag: cached, in progress, or made by `make`. */
  of(tag: string, make: () => Content | Promise<Content>): Content | Promise<Content> {
    const found = this.get(tag) ?? this.#underway.get(tag)
    if (found) return found
    const made = make()
    if (!(made instanceof Promise)) return this.#store(tag, made)
    const stored = made.then((content) => this.#store(tag, content)).finally(() => this.#underway.delete(tag))
    this.#underway.set(tag, stored)
    return stored
  }

  #store(tag: string, { headers, body }: Content): Content {
    const content = { headers, body: exact(body) }
    this.#cached.set(tag, content)
    return content
  }

  /** Does long work one after the other: together, several would delay other requests for longer than one. */
  inTurn<Made>(work: () => Promise<Made>): Promise<Made> {
    const done = this.#last.then(work)
    this.#last = done.catch(() => undefined)
    return done
  }
}

/**
 * A copy with its own memory: a short or compressed body is a slice of a larger buffer, which it would otherwise
 * retain.
 */
function exact(bytes: Buffer): Buffer {
  if (bytes.length === bytes.buffer.byteLength) return bytes
  const copy = Buffer.allocUnsafeSlow(bytes.length)
  bytes.copy(copy)
  return copy
}

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
export async function joinedInTurns(parts: Iterable<string | Buffer>): Promise<Buffer> {
  const made: Buffer[] = []
  for (const part of parts) {
    made.push(Buffer.from(part))
    await setImmediate()
  }
  return Buffer.concat(made)
}
