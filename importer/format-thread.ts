import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { type bounds, megabyte } from './bounds.ts'
import type { Extract } from './document-line.ts'
import { Refusal } from './report.ts'

/** The input of a thread. */
export interface Order {
  format: 'docx' | 'pdf'
  bytes: Uint8Array
}

/** The output of a thread. A refusal is passed as its message, because errors lose their class between threads. */
type Answer = Extract | { refusal: string }

/** Reads a .docx or .pdf in a separate thread, which is stopped if it takes too much time or memory. Throws Refusal. */
export function readInThread(order: Order, limits: Pick<typeof bounds, 'parseMilliseconds' | 'parseMemoryBytes'>) {
  const advice = 'print it to a new PDF and import that'
  const started = performance.now()
  const memory = process.memoryUsage.rss()
  const worker = new Worker(new URL(import.meta.url), { workerData: order, execArgv: [] })
  const { promise, resolve, reject } = Promise.withResolvers<Extract>()
  const refuse = (reason: string) => reject(new Refusal(reason))
  // Not resourceLimits: they do not count unpacked bytes, and a thread that reaches them may end the process.
  const watch = setInterval(() => {
    const isLarge = process.memoryUsage.rss() - memory > limits.parseMemoryBytes
    if (isLarge) refuse(`needs more than ${limits.parseMemoryBytes / megabyte} MB of memory: ${advice}`)
    const isLate = performance.now() - started > limits.parseMilliseconds
    if (isLate) refuse(`not read within ${limits.parseMilliseconds / 1000} seconds: ${advice}`)
  }, 50)
  worker.once('error', ({ message }) => refuse(`damaged: it cannot be read (${message.split('\n', 1)})`))
  worker.once('message', (answer: Answer) => ('refusal' in answer ? refuse(answer.refusal) : resolve(answer)))
  return promise.finally(() => {
    clearInterval(watch)
    return worker.terminate()
  })
}

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
if (!isMainThread && workerData?.format) parentPort?.postMessage(await readFormat(workerData))
