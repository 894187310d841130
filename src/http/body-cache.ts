import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import { HttpProblem } from './problem.ts'

/** A body, and the headers that are about it. */
export interface Content {
  headers: Record<string, string>
  body: Buffer
}

/** How many long bodies are made at the same time, and how many requests may wait for their turn. */
const [maxMaking, maxWaiting] = [2, 100]

/**
 * The bodies of responses by their tags: each is made once for all requests that need it meanwhile, and kept within a
 * bound of bytes. A body too long to be kept is shared as long as anyone is sent it.
 */
export class BodyCache {
  readonly #kept: LRUCache<string, Content>
  readonly #underway = new Map<string, Promise<Content>>()
  /** Bodies too long to be kept, and the number of responses that send each. */
  readonly #sent = new Map<string, { content: Content; responses: number }>()
  /** The longest body that is kept, and the most that bodies too long for it may take together, in bytes. */
  readonly #maxKept: number
  readonly #maxSent: number
  #sentBytes = 0
  #making = 0
  readonly #waiting: (() => void)[] = []

  constructor(maxBytes = 8 * 1024 * 1024) {
    this.#maxKept = maxBytes / 4
    this.#maxSent = maxBytes * 4
    this.#kept = new LRUCache({
      maxSize: maxBytes,
      maxEntrySize: this.#maxKept,
      sizeCalculation: ({ body }, tag) => 1024 + tag.length + body.length,
    })
  }

  get(tag: string): Content | undefined {
    return this.#kept.get(tag) ?? this.#sent.get(tag)?.content
  }

  clear(): void {
    this.#kept.clear()
  }

  /** The body of a tag, made by `make` unless it is there or being made. */
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
    const content = { headers, body: exact(body) }
    this.#kept.set(tag, content)
    return content
  }

  /**
   * Makes a body that may be long, when it is its turn: a few at a time, and none while those that are being sent take
   * too much memory. Throws HttpProblem 503 if too many wait.
   */
  async inTurn<Made>(make: () => Promise<Made>): Promise<Made> {
    if (this.#waiting.length >= maxWaiting)
      throw new HttpProblem(
        503,
        'Too many long responses are requested at the same time; send the request again later.',
        {
          headers: { 'retry-after': '5' },
        },
      )
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
    while (this.#making < maxMaking && this.#sentBytes <= this.#maxSent) {
      const begin = this.#waiting.shift()
      if (!begin) return
      this.#making += 1
      begin()
    }
  }

  /** Notes that a response sends a body, so that others share it until the last of them is done. */
  sending(tag: string, content: Content, response: ServerResponse): void {
    const { length } = content.body
    if (length <= this.#maxKept || response.closed) return
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

/** The bytes in memory of their own: a compressed body, or a short one, is a small part of memory that it would keep. */
function exact(bytes: Buffer): Buffer {
  if (bytes.length === bytes.buffer.byteLength) return bytes
  const copy = Buffer.allocUnsafeSlow(bytes.length)
  bytes.copy(copy)
  return copy
}

/** How much of a long body is written at once, in bytes. */
const pieceBytes = 64 * 1024

/** A body as it is sent: a long one in pieces, so that other requests pass between them. */
export function inPieces(body: Buffer): Buffer | Readable {
  return body.length > 4 * pieceBytes ? Readable.from(piecesOf(body)) : body
}

/** Each in a turn of the event loop: to a client that reads fast, one would follow the other without end. */
async function* piecesOf(body: Buffer): AsyncIterable<Buffer> {
  for (let at = 0; at < body.length; at += pieceBytes) {
    yield body.subarray(at, at + pieceBytes)
    await setImmediate()
  }
}

/** The parts of a body as one, each made in a turn of the event loop, so that other requests pass between them. */
export async function joinedInTurns(parts: Iterable<string | Buffer>): Promise<Buffer> {
  const made: Buffer[] = []
  for (const part of parts) {
    made.push(Buffer.from(part))
    await setImmediate()
  }
  return Buffer.concat(made)
}
