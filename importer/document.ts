import { readFile, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { bounds, megabyte } from './bounds.ts'
import { cleanLine, unwrappedLink } from './clean.ts'
import { type Extract, type Line, visibleLine } from './document-line.ts'
import { type Order, readInThread } from './format-thread.ts'
import { adapt, doubt, Refusal, type Report } from './report.ts'
import { tableLines } from './table.ts'
import { readText } from './text.ts'
import { withLinkTarget, withWholeUrls } from './urls.ts'

/** The lines of a .txt, .docx or .pdf, detected by its content, not its name. Throws Refusal. */
export async function readDocument(path: string, report: Report, limits = bounds): Promise<Line[]> {
  const { size } = await stat(path)
  const [megabytes, max] = [Math.ceil(size / megabyte), limits.fileBytes / megabyte]
  if (megabytes > max) throw new Refusal(`${megabytes} MB, the bound is ${max} MB: remove the pictures`)
  if (size === 0) throw new Refusal('the file is empty')
  const bytes = await readFile(path)
  const format = formatOf(bytes)
  const extension = extname(path).slice(1).toLowerCase()
  if (!(extension === format || (format === 'txt' && extension === 'md'))) {
    doubt(report, { location: '1' }, `named .${extension}, but its content is ${format}: read as ${format}, check it`)
  }
  const extract = format === 'txt' ? readText(bytes, limits) : await readInThread({ format, bytes }, limits)
  return linesOf(extract, format, report, limits)
}

/** The lines of a file after reading: visible words, clean, with tables row by row. Throws Refusal. */
export function linesOf(extract: Extract, format: Order['format'] | 'txt', report: Report, limits = bounds): Line[] {
  report.notes.push(...extract.report.notes)
  const visible = visibleLines(extract, report)
  checkLimits(visible, limits)
  const isText = format === 'txt'
  const clean = visible.map((line) => cleanLine(line, report))
  const targets = extract.targets.map((target) => unwrappedLink(target) ?? target)
  const lines = withLinkTarget(withWholeUrls(isText ? clean.map(measured) : clean, report), targets, report)
  if (isText) unwrap(lines, report)
  else markFull(lines)
  if (lines.some(({ text }) => text !== '')) return lines
  throw new Refusal('no text: if it is a scan, run a text recognition over it first')
}

/** The visible lines. A line without visible words is removed, with the empty line before it. */
function visibleLines({ blocks }: Extract, report: Report): Line[] {
  const lines: Line[] = []
  for (const block of blocks) {
    if ('rows' in block) {
      const rows = block.rows.map((row) => row.map((cell) => cell.map((line) => visibleLine(line, report))))
      lines.push(...tableLines(rows, report))
      continue
    }
    const line = visibleLine(block, report)
    const isOmitted = line.text.trim() === '' && block.runs.some(({ painting }) => painting?.isOmitted)
    if (!isOmitted) lines.push(...brokenLines(line))
    else if (lines.at(-1)?.text === '' && lines.at(-1)?.mark === null) lines.pop()
  }
  return lines
}

/** The lines of a paragraph with manual breaks. All but the last continue in the next. */
function brokenLines(line: Line): Line[] {
  const [first = '', ...more] = line.text.split(/[\v\u2028\u2029]/)
  const lines = [{ ...line, text: first }, ...more.map((text) => ({ ...line, text, mark: null, notes: [] }))]
  return lines.map((one, index) => ({ ...one, full: index < more.length ? true : one.full }))
}

function checkLimits(all: Line[], { lines, lineLength, characters }: typeof bounds): void {
  const length = all.reduce((sum, { text }) => sum + text.length, 0)
  if (all.length > lines) throw new Refusal(`${all.length} lines, the bound is ${lines}`)
  if (length > characters) throw new Refusal(`${length} characters, the bound is ${characters}`)
  if (all.some(({ text }) => text.length > lineLength)) {
    throw new Refusal(`a line of more than ${lineLength} characters: not an outcome document`)
  }
}

const convert = 'open it in Word or LibreOffice and save it as .docx'

/** The format, detected by the first bytes. Throws Refusal for other common formats. */
function formatOf(bytes: Buffer): 'txt' | 'docx' | 'pdf' {
  const start = bytes.toString('latin1', 0, 1024)
  if (start.includes('opendocument.text')) throw new Refusal(`an OpenDocument file: ${convert}`)
  if (start.startsWith('PK\x03\x04')) return 'docx'
  if (start.includes('%PDF-')) return 'pdf'
  if (start.startsWith('{\\rtf')) throw new Refusal(`an RTF file: ${convert}`)
  if (/^\s*<(?:!doctype|html|\?xml)/i.test(start)) throw new Refusal('a web page or XML file: save it as .docx or .txt')
  if (!start.startsWith('\xd0\xcf\x11\xe0')) return 'txt'
  const isEncrypted = bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))
  throw new Refusal(isEncrypted ? 'encrypted: save it without a password' : `a Word file of before 2007: ${convert}`)
}

/** The line with its length as its extent, for text files. */
const measured = (line: Line): Line => ({
  ...line,
  extent: { end: line.indent + line.text.length, first: line.text.split(' ', 1).join().length + 1 },
})

/** Determines whether a text file is hard-wrapped, and reports it if that makes a difference. */
function unwrap(lines: Line[], report: Report): void {
  const width = markFull(lines, 120)
  const isTogether = lines.some(({ text }, index) => text !== '' && lines[index + 1]?.text)
  const text = `read as ${width === null ? 'one paragraph a line' : `hard-wrapped at ${width} characters`}`
  if (isTogether) adapt(report, { location: '1' }, text)
}

// A whole word in lower case, not a list number such as "ii." or "b)".
const continuation = /^\s*(?![ivx]+[.)])\p{Ll}[\p{L}'’-]+(?:[\s,;:.!?]|$)/u

/**
 * Marks each line whose next line may continue its paragraph: in a hard-wrapped document, if the first word of the next
 * line did not fit. Returns the wrapping width; null if the lines are not wrapped.
 */
function markFull(all: Line[], widest = Number.POSITIVE_INFINITY): number | null {
  const lines = all.flatMap((line) => (line.extent ? [{ line, ...line.extent }] : []))
  const pairs = lines.flatMap((one, index) => {
    const next = lines[index + 1]
    return next && one.line.text !== '' && next.line.text !== '' && next.line.mark !== 'page' ? [{ ...one, next }] : []
  })
  const width = pairs.reduce((most, { end }) => Math.max(most, end), 0)
  const cut = pairs.filter(({ line, next }) => /[\p{L},]\s*$/u.test(line.text) && continuation.test(next.line.text))
  const isFull = ({ end, next }: (typeof pairs)[number]) => end + next.first > width
  if (width > widest || cut.length === 0 || cut.filter(isFull).length < cut.length / 2) return null
  for (const pair of pairs) pair.line.full ||= isFull(pair)
  return width
}
