import { parentPort, workerData } from 'node:worker_threads'
import type { Extract } from './extract.ts'
import { Refusal } from './line.ts'

/** What a thread is given to read. */
export type Order = { format: 'docx' | 'pdf'; bytes: Uint8Array }

/** What it answers. A refusal is told by its message, for errors lose their class between threads. */
export type Answer = Extract | { refusal: string }

/** Reads a .docx or .pdf. Throws what the library throws. */
export async function readFormat({ format, bytes }: Order): Promise<Answer> {
  try {
    // Each library takes long to load, so only the one that is needed is.
    const read = format === 'docx' ? (await import('./docx.ts')).readDocx : (await import('./pdf.ts')).readPdf
    return await read(Buffer.from(bytes))
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error.message }
    throw error
  }
}

/* c8 ignore next -- runs in its thread only, of which no coverage is kept */
parentPort?.postMessage(await readFormat(workerData))
