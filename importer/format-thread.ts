import { once } from 'node:events'
import { parentPort, Worker } from 'node:worker_threads'
import { type bounds, megabyte } from './bounds.ts'
import type { Extract } from './document-line.ts'
import { Refusal } from './report.ts'

/** A message to a thread. */
export interface Order {
  format: 'docx' | 'pdf'
  bytes: Uint8Array
}

/** A message from a thread. A refusal is passed as its message, because errors lose their class between threads. */
type Answer = Extract | { refusal: string }

/** A thread that waits for the next document: loading its libraries takes longer than reading a short one. */
let free: Worker | undefined

/** Reads a .docx or .pdf in a separate thread, which is stopped if it takes too much time or memory. Throws Refusal. */
export async function readInThread(
  order: Order,
  limits: Pick<typeof bounds, 'parseMilliseconds' | 'parseMemoryBytes'>,
): Promise<Extract> {
  const started = performance.now()
  const memory = process.memoryUsage.rss()
  // Not resourceLimits: they do not count unpacked bytes, and a thread that reaches them may end the process.
  const excess = () => {
    const advice = 'print it to a new PDF and import that'
    if (process.memoryUsage.rss() - memory > limits.parseMemoryBytes)
      return { refusal: `needs more than ${limits.parseMemoryBytes / megabyte} MB of memory: ${advice}` }
    if (performance.now() - started > limits.parseMilliseconds)
      return { refusal: `not read within ${limits.parseMilliseconds / 1000} seconds: ${advice}` }
    return undefined
  }
  const thread = free ?? newThread()
  free = undefined
  const { promise, resolve } = Promise.withResolvers<Answer>()
  const watch = setInterval(() => {
    const answer = excess()
    if (answer) resolve(answer)
  }, 50)
  once(thread, 'message').then(
    ([answer]) => resolve(excess() ?? answer),
    ({ message }) => resolve({ refusal: `damaged: it cannot be read (${message.split('\n', 1)})` }),
  )
  thread.postMessage(order)
  const answer = await promise
  clearInterval(watch)
  if ('refusal' in answer) {
    await thread.terminate()
    throw new Refusal(answer.refusal)
  }
  thread.unref()
  free = thread
  return answer
}

/** A thread, which is replaced after an error. */
const newThread = () =>
  new Worker(new URL(import.meta.url), { execArgv: [] }).on('error', () => {
    free = undefined
  })

/** Reads a .docx or .pdf. Throws the errors of the library. */
export async function readFormat({ format, bytes }: Order): Promise<Answer> {
  try {
    // Loaded on use, because each library takes long to load.
    const read = format === 'docx' ? (await import('./docx.ts')).readDocx : (await import('./pdf.ts')).readPdf
    return await read(Buffer.from(bytes))
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error.message }
    throw error
  }
}

/* c8 ignore next -- runs in its thread only, of which no coverage is kept */
parentPort?.on('message', async (order: Order) => parentPort?.postMessage(await readFormat(order)))
