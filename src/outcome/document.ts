import { readFile, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { bounds, megabyte } from './bounds.ts'
import { cleanLine, decodeText, linesOf } from './decode.ts'
import type { Extract } from './extract.ts'
import { type Line, leaveOut, Refusal, type Report } from './line.ts'

/** The lines of a .txt, .docx or .pdf; its content decides which, not its name. Throws Refusal. */
export async function readDocument(path: string, report: Report, limits = bounds): Promise<Line[]> {
  const { size } = await stat(path)
  if (size > limits.fileBytes) {
    throw new Refusal(
      `${Math.ceil(size / megabyte)} MB, the bound is ${limits.fileBytes / megabyte} MB: remove the pictures`,
    )
  }
  if (size === 0) throw new Refusal('the file is empty')
  const bytes = await readFile(path)
  const format = formatOf(bytes)
  const extension = extname(path).slice(1).toLowerCase()
  if (extension !== format) {
    report.unsure.push({
      place: '1',
      text: `named .${extension}, but its content is ${format}: read as ${format}`,
    })
  }
  const lines =
    format === 'txt' ? linesOf(decodeText(bytes, report)) : await parse(format, bytes, limits, report)
  if (lines.length > limits.lines) throw new Refusal(`${lines.length} lines, the bound is ${limits.lines}`)
  const clean = lines.map((line) => cleanLine(line, report))
  if (clean.some(({ text }) => text.length > limits.lineLength)) {
    throw new Refusal(`a line of more than ${limits.lineLength} characters: not an outcome document`)
  }
  if (clean.every(({ text }) => text === '')) {
    throw new Refusal('no text: if it is a scan, run a text recognition over it first')
  }
  return clean
}

/** The format by the first bytes. Throws Refusal for the other formats that lie on desks. */
function formatOf(bytes: Buffer): 'txt' | 'docx' | 'pdf' {
  const start = bytes.toString('latin1', 0, 1024)
  if (start.startsWith('PK\x03\x04')) return 'docx'
  if (start.includes('%PDF-')) return 'pdf'
  if (start.startsWith('\xd0\xcf\x11\xe0')) {
    const encrypted = bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))
    throw new Refusal(
      encrypted ? 'encrypted: save it without a password' : 'a Word file of before 2007: save it as .docx',
    )
  }
  if (start.startsWith('{\\rtf')) throw new Refusal('an RTF file: save it as .docx')
  if (/^\s*<(!doctype|html|\?xml)/i.test(start))
    throw new Refusal('a web page or XML file: save it as .docx or .txt')
  return 'txt'
}

async function parse(
  format: 'docx' | 'pdf',
  bytes: Buffer,
  limits: typeof bounds,
  report: Report,
): Promise<Line[]> {
  const { lines, leftOut, doubts } = await inWorker(format, bytes, limits)
  // Not among the lines, so their words must not count as found again.
  for (const { line, reason } of leftOut) leaveOut(report, line, line.text, reason, '')
  for (const text of doubts) report.unsure.push({ place: '1', text })
  return lines
}

/** Runs the parsing library in a thread, and stops it when it takes too long or too much memory. */
function inWorker(format: string, bytes: Buffer, limits: typeof bounds): Promise<Extract> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./format-worker.ts', import.meta.url), {
      workerData: { format, bytes },
      resourceLimits: { maxOldGenerationSizeMb: limits.parseMemoryBytes / megabyte },
    })
    const stop = (reason: string) => {
      clearInterval(watch)
      reject(new Refusal(reason))
      worker.terminate()
    }
    const started = performance.now()
    const memory = process.memoryUsage.rss()
    // resourceLimits does not count unpacked bytes, which are where a hostile file grows.
    const watch = setInterval(() => {
      if (performance.now() - started > limits.parseMilliseconds) {
        stop(
          `not read within ${limits.parseMilliseconds / 1000} seconds: print it to a new PDF and import that`,
        )
      } else if (process.memoryUsage.rss() - memory > limits.parseMemoryBytes) {
        stop(
          `needs more than ${limits.parseMemoryBytes / megabyte} MB of memory: print it to a new PDF and import that`,
        )
      }
    }, 50)
    worker.once('error', (error) =>
      stop(`damaged: the .${format} could not be read (${error.message.split('\n', 1)})`),
    )
    worker.once('message', ({ extract, refusal }: { extract?: Extract; refusal?: string }) => {
      if (extract) resolve(extract)
      stop(refusal ?? '')
    })
  })
}
