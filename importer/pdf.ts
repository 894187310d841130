import { getDocumentProxy, getResolvedPDFJS } from 'unpdf'
import type { PDFDocumentProxy, PDFPageProxy } from 'unpdf/pdfjs'
import { bounds } from './bounds.ts'
import { type DocumentLine, documentLine, type Extract, type Table } from './document-line.ts'
import { paintings } from './painting.ts'
import { PageReader } from './pdf-page.ts'
import { type PaintedPage, type Piece, piecesOf } from './pdf-painting.ts'
import { cellsOf, type Row, rowsOf, wordsOf } from './pdf-words.ts'
import { doubt, newReport, omit, Refusal, type Report } from './report.ts'

/** The rows of a page, the pieces outside them, and the right end of its text: as far from the edge as the left. */
interface Page {
  rows: Row[]
  apart: Piece[]
  right: number
  location: string
}

/** The lines of a PDF's text layer, from the positions and formatting of its words. Throws Refusal. */
export async function readPdf(bytes: Buffer): Promise<Extract> {
  const pdf = await open(bytes)
  if (pdf.numPages > bounds.pages) throw new Refusal(`${pdf.numPages} pages, the bound is ${bounds.pages}`)
  const report = newReport()
  const targets: string[] = []
  const pages: Page[] = []
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number)
    pages.push(await readPage(pdf, page, report))
    targets.push(...(await readAnnotations(page, report)))
    page.cleanup()
  }
  reportApart(pages, report)
  return { blocks: blocksOf(pages, report), targets, report }
}

async function open(bytes: Buffer): Promise<PDFDocumentProxy> {
  try {
    // 0: errors only. pdf.js would otherwise write its warnings to the console.
    return await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 })
  } catch (error) {
    const encrypted = error instanceof Error && error.name === 'PasswordException'
    throw new Refusal(encrypted ? 'encrypted: save it without a password' : 'damaged: the PDF cannot be opened')
  }
}

async function readPage(pdf: PDFDocumentProxy, page: PDFPageProxy, report: Report): Promise<Page> {
  const location = `page ${page.pageNumber}`
  const painted = await paintedPage(pdf, page)
  if (isScan(painted)) {
    for (const glyph of painted.glyphs) if (glyph.painting === paintings.hidden) glyph.painting = null
    painted.areas = []
    doubt(report, { location }, 'a scan with recognized text: check every word')
  }
  const { words, apart } = wordsOf(piecesOf(painted))
  if (words.length === 0) doubt(report, { location }, 'no text: check whether the page is a scan, and add it by hand')
  const left = Math.min(...words.map(({ x }) => x))
  return { rows: rowsOf(words), apart, right: painted.box.right - left, location }
}

/** A page as painted, rotated so that most of its text is upright. */
async function paintedPage(pdf: PDFDocumentProxy, page: PDFPageProxy): Promise<PaintedPage> {
  const { OPS } = await getResolvedPDFJS()
  const names = new Map(Object.entries(OPS).map(([name, number]) => [number, name]))
  const layers = await pdf.getOptionalContentConfig()
  const { fnArray, argsArray } = await page.getOperatorList()
  const paint = (turn: number) => {
    const reader = new PageReader(page, turn, (layer) => layers.isVisible(layer))
    for (const [index, number] of fnArray.entries()) reader.paint(`${names.get(number)}`, argsArray[index] ?? [])
    return reader.page
  }
  const upright = paint(0)
  const turns = Map.groupBy(upright.glyphs, ({ angle }) => (Math.round(angle / 90) * 90 + 360) % 360)
  const [turn = 0] = [...turns].toSorted(([, one], [, other]) => other.length - one.length)[0] ?? []
  return turn === 0 ? upright : paint(turn)
}

/** True if all words of a page are invisible over a picture that fills at least half of it. */
function isScan({ box, areas, glyphs }: PaintedPage): boolean {
  const size = box.right * box.top
  const picture = areas.find(
    (area) => area.isPicture && (area.box.right - area.box.left) * (area.box.top - area.box.bottom) > size / 2,
  )
  const isUnseen = ({ painting, order }: PaintedPage['glyphs'][number]) =>
    painting === paintings.hidden || order < Number(picture?.order)
  return picture !== undefined && glyphs.length > 0 && glyphs.every(isUnseen)
}

/** Reports form fields and comments. Returns the targets of links. */
async function readAnnotations(page: PDFPageProxy, report: Report): Promise<string[]> {
  const annotations = await page.getAnnotations()
  for (const { subtype, fieldValue, contentsObj } of annotations) {
    const text = [fieldValue, contentsObj?.str].flat().filter(Boolean).join(' ')
    // The text of a link is on the page.
    const isOwn = subtype !== 'Link' && text.trim() !== ''
    if (isOwn) omit(report, { location: `page ${page.pageNumber}` }, text, 'a form field or a comment', true)
  }
  return annotations.map(({ url }) => `${url}`)
}

/** Reports the pieces outside the lines, those in the margins once for the document. */
function reportApart(pages: Page[], report: Report): void {
  const numbers = pages.flatMap(({ apart }) => apart.filter(({ painting }) => painting === paintings.margin))
  const { reason } = paintings.margin
  const found = pages.find(({ apart }) => apart.includes(numbers[0] as Piece))
  if (found) omit(report, found, numbers.map(({ text }) => text).join(' '), reason, true)
  for (const { apart, rows, location } of pages) {
    const groups: Piece[][] = []
    for (const piece of apart.filter(({ painting }) => painting !== paintings.margin)) {
      const last = groups.at(-1)?.[0]
      const isSame = last?.painting === piece.painting && lineOf(rows, last) === lineOf(rows, piece)
      if (isSame) groups.at(-1)?.push(piece)
      else groups.push([piece])
    }
    for (const pieces of groups) {
      const [piece] = pieces as [Piece]
      const line = piece.painting === paintings.rotated ? 0 : lineOf(rows, piece)
      const words = pieces.map(({ text }) => text).join(' ')
      const at = { location: line > 0 ? `${location} line ${line}` : location }
      omit(report, at, words, `${piece.painting?.reason}`, true)
    }
  }
}

/** The number of the line with a piece, or otherwise of the one before it; 0 for none. */
const lineOf = (rows: Row[], { y, height }: Piece): number => rows.filter(({ top }) => top > y - height / 2).length

/** The distance of each row from the previous one, in letter heights; 0 for the first. */
const distances = (rows: Row[]) =>
  rows.map(({ top, height }, index) => ((rows[index - 1]?.bottom ?? top) - top) / height)

const quartile = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 4)] ?? 1

/** The lines and tables of the pages, with an empty line where the distance is larger than within a paragraph. */
function blocksOf(pages: Page[], report: Report): Array<DocumentLine | Table> {
  const gap = 1.35 * quartile(pages.flatMap(({ rows }) => distances(rows).filter((distance) => distance > 0)))
  const height = quartile(pages.flatMap(({ rows }) => rows.map((row) => row.height)))
  return pages.flatMap(({ rows, right, location: page }, number) => {
    const below = distances(rows)
    return rows.flatMap((row, index) => {
      const { cells } = row
      const location = `${page} line ${index + 1}`
      const mark = index === 0 && number > 0 ? 'page' : null
      const [before, after] = [-1, 1].map((step) => (rows[index + step]?.cells.length ?? 1) > 1)
      const isOneLine = cells.every(({ length }) => length === 1) && !before && !after
      // A footer with a URL at the left and a number at the right is not a table.
      if (cells.length === 1 || isOneLine) {
        const line = lineOfRow(row, location, mark, height)
        return before || Number(below[index]) > gap || Number(below[index]) < 0
          ? [documentLine(location, ''), line]
          : [line]
      }
      if (before) return []
      const rest = rows.slice(index)
      const table = rest.slice(0, rest.findIndex((one) => one.cells.length === 1) >>> 0)
      doubt(report, { location }, 'a table, read from where its words are: check which belong together')
      return [documentLine(location, '', { mark }), { rows: table.map((one) => cellsOf(one, right, location)) }]
    })
  })
}

function lineOfRow({ cells }: Row, location: string, mark: 'page' | null, height: number): DocumentLine {
  const all = cells.flat()
  const runs = all.flatMap((words, index) => [...(index > 0 ? [{ text: ' ', painting: null }] : []), ...words.runs])
  const [{ x, end, first, notes }] = all as [(typeof all)[number]]
  // Two characters are about as wide as a letter is high. Three quarters of that allow for variation.
  return documentLine(location, runs, { mark, notes, indent: (1.5 * x) / height, extent: { end, first } })
}
