import { getDocumentProxy } from 'unpdf'
import { bounds } from './bounds.ts'
import { doubt, type Line, lineOf, newReport, Refusal, type Report } from './document-line.ts'
import { type Extract, withLinkTargets } from './extract.ts'
import { joined, type Row, rowsOf, wordsOf } from './pdf-rows.ts'
import { tableLines } from './table.ts'
import { type Measured, markFull } from './wrap.ts'

/** The lines of a PDF's text layer, told from where the words are on the page. Throws Refusal. */
export async function readPdf(bytes: Buffer): Promise<Extract> {
  const pdf = await open(bytes)
  if (pdf.numPages > bounds.pages) throw new Refusal(`${pdf.numPages} pages, the bound is ${bounds.pages}`)
  const report = newReport()
  const targets: string[] = []
  const pages: Page[] = []
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number)
    const place = { place: `page ${number}` }
    const { items } = await page.getTextContent()
    const texts = items.filter((item) => 'str' in item)
    const words = wordsOf(texts, place, report)
    if (words.length === 0) doubt(report, place, 'no text: check whether the page is a scan, and add it by hand')
    for (const { subtype, url, fieldValue, contentsObj } of await page.getAnnotations()) {
      targets.push(`${url}`)
      const text = [fieldValue, contentsObj?.str].flat().filter(Boolean).join(' ')
      // What a link shows is on the page.
      if (subtype !== 'Link' && text !== '') doubt(report, place, `left out, a form field or a comment: check ${text}`)
    }
    const left = Math.min(...words.map(({ x }) => x))
    pages.push({ rows: rowsOf(words), right: Number(page.view[2]) - left, place: place.place })
    page.cleanup()
  }
  return withLinkTargets(targets, { lines: linesOf(pages, report), report })
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

/** The rows of a page, and where its text may end: as far from the edge as it begins. */
type Page = { rows: Row[]; right: number; place: string }

/** How far each row is below the one before, in heights of its letters; 0 for the first. */
const distances = (rows: Row[]) =>
  rows.map(({ top, height }, index) => ((rows[index - 1]?.bottom ?? top) - top) / height)

const quartile = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 4)] ?? 1

/** The lines of the pages, with an empty one where the distance is larger than within a paragraph. */
function linesOf(pages: Page[], report: Report): Line[] {
  const gap = 1.35 * quartile(pages.flatMap(({ rows }) => distances(rows).filter((distance) => distance > 0)))
  const height = quartile(pages.flatMap(({ rows }) => rows.map((row) => row.height)))
  const measured: Measured[] = []
  const lines = pages.flatMap((page, number) => {
    const below = distances(page.rows)
    return page.rows.flatMap(({ cells }, index) => {
      const place = `${page.place} line ${index + 1}`
      const mark = index === 0 && number > 0 ? 'page' : null
      const [before, after] = [-1, 1].map((step) => (page.rows[index + step]?.cells.length ?? 1) > 1)
      const isOneLine = cells.every(({ length }) => length === 1) && !before && !after
      const [words] = cells.flat()
      // A foot with an address at the left and a number at the right is no table.
      if (words && (cells.length === 1 || isOneLine)) {
        const text = cells.flatMap((cell) => cell.map((one) => one.text)).join(' ')
        // Two characters are about as wide as a letter is high; three quarters of that count.
        const line = lineOf(place, text, { mark, notes: words.notes, indent: (1.5 * words.x) / height })
        measured.push({ line, end: words.end, first: words.first })
        return before || Number(below[index]) > gap || Number(below[index]) < 0 ? [lineOf(place, ''), line] : [line]
      }
      if (before) return []
      const rest = page.rows.slice(index)
      const table = rest.slice(0, rest.findIndex((row) => row.cells.length === 1) >>> 0)
      doubt(report, { place }, 'a table, read from where its words are: check which belong together')
      return [
        lineOf(place, '', { mark }),
        ...tableLines(
          table.map((row) => joined(row, page.right, place)),
          report,
        ),
      ]
    })
  })
  markFull(measured)
  return lines
}
