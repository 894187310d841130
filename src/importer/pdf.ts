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
    const rows = inReadingOrder(rowsOf(content.items.filter((item): item is Item & typeof item => 'str' in item)))
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
    throw new Refusal(encrypted ? 'encrypted: save it without a password' : 'damaged: the PDF cannot be opened')
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

/** How far each row is below the one before, in heights of its letters; NaN for the first. */
function distances(rows: Row[]): number[] {
  let above = Number.NaN
  return rows.map(({ y, height }) => {
    const distance = (above - y) / height
    above = y
    return distance
  })
}

/** From top to bottom; as written where rows stand side by side, because there columns would be mixed. */
function inReadingOrder(rows: Row[]): Row[] {
  const sorted = rows.toSorted((a, b) => b.y - a.y)
  return distances(sorted).some((distance) => distance < 0.5) ? rows : sorted
}

/** The usual distance between two lines of a paragraph: the lower quartile. */
function lineSpacing(pages: Row[][]): number {
  const all = pages.flatMap((rows) => distances(rows).filter((distance) => distance > 0)).sort((a, b) => a - b)
  return all[Math.floor(all.length / 4)] ?? 1
}

/** The lines of a page, with a blank one where the distance is larger than within a paragraph. */
function linesOf(rows: Row[], page: number, gap: number): Line[] {
  const below = distances(rows)
  return rows.flatMap(({ text }, index) => {
    const place = `page ${page} line ${index + 1}`
    const line: Line = { place, text, mark: index === 0 && page > 1 ? 'page' : null }
    const distance = Number(below[index])
    return distance > gap || distance < 0 ? [{ place, text: '', mark: null }, line] : [line]
  })
}
