import { readFile, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { bounds, megabyte } from './bounds.ts'
import { cleanLine, decodeText, linesOf, unwrap } from './decode.ts'
import { doubt, type Line, Refusal, type Report } from './document-line.ts'
import { type Order, readInThread } from './format-thread.ts'
import { textTables } from './table.ts'

/** The lines of a .txt, .docx or .pdf; its content decides which, not its name. Throws Refusal. */
export async function readDocument(path: string, report: Report, limits = bounds): Promise<Line[]> {
  const { size } = await stat(path)
  const [megabytes, most] = [Math.ceil(size / megabyte), limits.fileBytes / megabyte]
  if (megabytes > most) throw new Refusal(`${megabytes} MB, the bound is ${most} MB: remove the pictures`)
  if (size === 0) throw new Refusal('the file is empty')
  const bytes = await readFile(path)
  const format = formatOf(bytes)
  const extension = extname(path).slice(1).toLowerCase()
  if (extension !== format) {
    doubt(report, { place: '1' }, `named .${extension}, but its content is ${format}: read as ${format}, check it`)
  }
  const isText = format === 'txt'
  const lines = isText ? linesOf(decodeText(bytes, report)) : await readApart({ format, bytes }, limits, report)
  const characters = lines.reduce((sum, { text }) => sum + text.length, 0)
  if (lines.length > limits.lines) throw new Refusal(`${lines.length} lines, the bound is ${limits.lines}`)
  if (characters > limits.characters) throw new Refusal(`${characters} characters, the bound is ${limits.characters}`)
  if (lines.some(({ text }) => text.length > limits.lineLength)) {
    throw new Refusal(`a line of more than ${limits.lineLength} characters: not an outcome document`)
  }
  const clean = (isText ? textTables(lines, report) : lines).map((line) => cleanLine(line, report))
  if (isText) unwrap(clean, report)
  if (clean.some(({ text }) => text !== '')) return clean
  throw new Refusal('no text: if it is a scan, run a text recognition over it first')
}

const convert = 'open it in Word or LibreOffice and save it as .docx'

/** The format by the first bytes. Throws Refusal for the other formats that lie on desks. */
function formatOf(bytes: Buffer): 'txt' | 'docx' | 'pdf' {
  const start = bytes.toString('latin1', 0, 1024)
  if (start.includes('opendocument.text')) throw new Refusal(`an OpenDocument file: ${convert}`)
  if (start.startsWith('PK\x03\x04')) return 'docx'
  if (start.includes('%PDF-')) return 'pdf'
  if (start.startsWith('{\\rtf')) throw new Refusal(`an RTF file: ${convert}`)
  if (/^\s*<(!doctype|html|\?xml)/i.test(start)) throw new Refusal('a web page or XML file: save it as .docx or .txt')
  if (!start.startsWith('\xd0\xcf\x11\xe0')) return 'txt'
  const isEncrypted = bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))
  throw new Refusal(isEncrypted ? 'encrypted: save it without a password' : `a Word file of before 2007: ${convert}`)
}

async function readApart(order: Order, limits: typeof bounds, report: Report): Promise<Line[]> {
  const found = await readInThread(order, limits)
  for (const kind of ['told', 'unsure'] as const) {
    // Not among the lines, so their words must not count as found again.
    report[kind].push(...found.report[kind].map((note) => ({ ...note, words: '' })))
  }
  return found.lines
}
