import { Worker } from 'node:worker_threads'
import { type bounds, megabyte } from './bounds.ts'
import type { Extract } from './extract.ts'
import type { Answer, Order } from './format-worker.ts'
import { Refusal } from './line.ts'

type Limits = Pick<typeof bounds, 'parseMilliseconds' | 'parseMemoryBytes'>

/**
 * Reads a .docx or .pdf in a thread of its own, which is stopped when it takes too long or too much memory.
 * Throws Refusal.
 */
export function readInThread(order: Order, limits: Limits): Promise<Extract> {
  const advice = 'print it to a new PDF and import that'
  const started = performance.now()
  const memory = process.memoryUsage.rss()
  const worker = new Worker(new URL('./format-worker.ts', import.meta.url), { workerData: order })
  const { promise, resolve, reject } = Promise.withResolvers<Extract>()
  // Not by resourceLimits: they do not count unpacked bytes, and a thread that reaches them may end the process.
  const watch = setInterval(() => {
    if (process.memoryUsage.rss() - memory > limits.parseMemoryBytes) {
      reject(new Refusal(`needs more than ${limits.parseMemoryBytes / megabyte} MB of memory: ${advice}`))
    }
    if (performance.now() - started > limits.parseMilliseconds) {
      reject(new Refusal(`not read within ${limits.parseMilliseconds / 1000} seconds: ${advice}`))
    }
  }, 50)
  worker.once('error', ({ message }) => {
    reject(new Refusal(`damaged: it cannot be read (${message.split('\n', 1)})`))
  })
  worker.once('message', (answer: Answer) => {
    if ('refusal' in answer) reject(new Refusal(answer.refusal))
    else resolve(answer)
  })
  return promise.finally(() => {
    clearInterval(watch)
    return worker.terminate()
  })
}
