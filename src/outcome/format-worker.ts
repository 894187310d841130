import { parentPort, workerData } from 'node:worker_threads'
import { readDocx } from './docx.ts'
import type { Extract } from './extract.ts'
import { Refusal } from './line.ts'
import { readPdf } from './pdf.ts'

/** What a thread is given to read. */
export type Order = { format: 'docx' | 'pdf'; bytes: Uint8Array }

/** What it answers. A refusal is told by its message, for errors lose their class between threads. */
export type Answer = Extract | { refusal: string }

/** Reads a .docx or .pdf. Throws what the library throws. */
export async function readFormat({ format, bytes }: Order): Promise<Answer> {
  try {
    const read = format === 'docx' ? readDocx : readPdf
    return await read(Buffer.from(bytes))
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error.message }
    throw error
  }
}

/* c8 ignore next -- runs in its thread only, of which no coverage is kept */
parentPort?.postMessage(await readFormat(workerData))
