import { parentPort, workerData } from 'node:worker_threads'
import { readDocx } from './docx.ts'
import { Refusal } from './line.ts'
import { readPdf } from './pdf.ts'

const { format, bytes } = workerData as { format: 'docx' | 'pdf'; bytes: Uint8Array }
const read = format === 'docx' ? readDocx : readPdf
try {
  parentPort?.postMessage({ extract: await read(Buffer.from(bytes)) })
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  parentPort?.postMessage({ refusal: error.message })
}
