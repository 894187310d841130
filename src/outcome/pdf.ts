import { getDocumentProxy } from 'unpdf'
import { bounds } from './bounds.ts'
import { type Extract, withLinkTargets } from './extract.ts'
import { type Line, Refusal } from './line.ts'

type Item = { str: string; transform: number[]; width: number; height: number }
type Row = { text: string; x: number; y: number; end: number; height: number }

/** The lines of a PDF's text layer, told from where the words stand on the page. Throws Refusal. */
export async function readPdf(bytes: Buffer): Promise<Extract> {
  const pdf = await open(bytes)
  if (pdf.numPages > bounds.pages) throw new Refusal(`${pdf.numPages} pages, the bound is ${bounds.pages}`)
  const pages: Row[][] = []
  const targets: string[] = []
  const doubts: string[] = []
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number)
    const content = await page.getTextContent()
    const rows = inReadingOrder(
      rowsOf(content.items.filter((item): item is Item & typeof item => 'str' in item)),
    )
    if (rows.length === 0) doubts.push(`page ${number} has no text: if it is a scan, add its text by hand`)
    for (const note of await page.getAnnotations()) {
      if (typeof note.url === 'string') targets.push(note.url)
      if (note.fieldValue || note.contentsObj?.str) {
        doubts.push(`page ${number} has form fields or comments, which are not read: add their text by hand`)
      }
    }
    pages.push(rows)
    page.cleanup()
  }
  await pdf.destroy()
  const gap = 1.35 * lineSpacing(pages)
  const lines = pages.flatMap((rows, index) => linesOf(rows, index + 1, gap))
  return withLinkTargets(targets, { lines, leftOut: [], doubts: [...new Set(doubts)] })
}

async function open(bytes: Buffer) {
  try {
    // 0: errors only. pdf.js would otherwise write its warnings to the console.
    return await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 })
  } catch (error) {
    const encrypted = error instanceof Error && error.name === 'PasswordException'
    throw new Refusal(
      encrypted ? 'encrypted: save it without a password' : 'damaged: the PDF cannot be opened',
    )
  }
}

/** The words of a page joined to rows: same height, and not before what was written last. */
function rowsOf(items: Item[]): Row[] {
  const rows: Row[] = []
  for (const { str, transform, width, height } of items) {
    if (str.trim() === '') continue
    const [x = 0, y = 0] = transform.slice(4)
    const row = rows.at(-1)
    if (row && Math.abs(row.y - y) < Math.max(row.height, height) / 2 && x > row.x) {
      row.text += x - row.end > 0.15 * height ? ` ${str}` : str
      row.end = x + width
    } else rows.push({ text: str, x, y, end: x + width, height })
  }
  return rows
}

/** From top to bottom; as written where rows stand side by side, because there columns would be mixed. */
function inReadingOrder(rows: Row[]): Row[] {
  const sorted = rows.toSorted((a, b) => b.y - a.y)
  const sideBySide = sorted.some((row, index) => (sorted[index - 1]?.y ?? Infinity) - row.y < row.height / 2)
  return sideBySide ? rows : sorted
}

/** The usual distance between two lines of a paragraph, in heights of the letters: the lower quartile. */
function lineSpacing(pages: Row[][]): number {
  const distances = pages
    .flatMap((rows) => rows.slice(1).map((row, index) => ((rows[index]?.y ?? 0) - row.y) / (row.height || 1)))
    .filter((distance) => distance > 0)
    .sort((a, b) => a - b)
  return distances[Math.floor(distances.length / 4)] ?? 1
}

/** The lines of a page, with a blank one where the distance is larger than within a paragraph. */
function linesOf(rows: Row[], page: number, gap: number): Line[] {
  const lines: Line[] = []
  rows.forEach(({ text, y, height }, index) => {
    const distance = ((rows[index - 1]?.y ?? y) - y) / (height || 1)
    const place = `page ${page} line ${index + 1}`
    if (distance > gap || distance < 0) lines.push({ place, text: '', mark: null })
    lines.push({ place, text, mark: index === 0 && page > 1 ? 'page' : null })
  })
  return lines
}
