import { getDocumentProxy } from 'unpdf'
import { bounds } from './bounds.ts'
import { type Extract, withLinkTargets } from './extract.ts'
import { doubt, type Line, lineOf, newReport, Refusal, type Report } from './line.ts'
import { notesOf, type Row, rowsOf, type Words, wordsOf } from './pdf-rows.ts'
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
    const rows = rowsOf(
      wordsOf(
        items.flatMap((item) => ('str' in item ? [item] : [])),
        place,
        report,
      ),
    )
    if (rows.length === 0) doubt(report, place, 'the page has no text: check whether it is a scan, and add it by hand')
    for (const { subtype, url, fieldValue, contentsObj } of await page.getAnnotations()) {
      if (typeof url === 'string') targets.push(url)
      const text = [fieldValue, contentsObj?.str].flat().filter(Boolean).join(' ')
      // What a link shows is on the page.
      if (subtype !== 'Link' && text !== '') doubt(report, place, `left out, a form field or a comment: check ${text}`)
    }
    const left = Math.min(...rows.flat(2).map(({ x }) => x))
    pages.push({ rows, right: Number(page.view[2]) - left })
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
type Page = { rows: Row[]; right: number }

const topOf = (row: Row) => Math.max(...row.flat().map(({ y }) => y))
const bottomOf = (row: Row) => Math.min(...row.flat().map(({ y }) => y))
const heightOf = (row: Row) => row[0]?.[0]?.height ?? 1

/** How far each row is below the one before, in heights of its letters; 0 for the first. */
const distances = (rows: Row[]) =>
  rows.map((row, index) => {
    const above = rows[index - 1]
    return above ? (bottomOf(above) - topOf(row)) / heightOf(row) : 0
  })

const quartile = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 4)]

/** The lines of the pages, with an empty one where the distance is larger than within a paragraph. */
function linesOf(pages: Page[], report: Report): Line[] {
  const gap = 1.35 * (quartile(pages.flatMap(({ rows }) => distances(rows).filter((distance) => distance > 0))) ?? 1)
  const height = quartile(pages.flatMap(({ rows }) => rows).map(heightOf)) ?? 1
  const measured: Measured[] = []
  const lines = pages.flatMap(({ rows: all, right }, number) => {
    const rows = notesOf(all, 0.95 * height)
    const below = distances(rows)
    const lineAt = (words: Words, index: number, mark: Line['mark'] = null) => {
      const { text, x, notes } = words
      // Two characters are about as wide as a letter is high.
      const line = lineOf(`page ${number + 1} line ${index + 1}`, text, { mark, notes, indent: (2 * x) / height })
      measured.push({ line, end: words.end, first: words.first })
      return line
    }
    return rows.flatMap((row, index) => {
      const [[words] = []] = row
      const isPage = index === 0 && number > 0
      const place = `page ${number + 1} line ${index + 1}`
      const isAlone = (rows[index - 1]?.length ?? 1) === 1 && (rows[index + 1]?.length ?? 1) === 1
      // A foot with an address at the left and a number at the right is no table.
      if (words && (row.length === 1 || (isAlone && row.every(({ length }) => length === 1)))) {
        const text = row
          .flat()
          .map((one) => one.text)
          .join(' ')
        const line = lineAt(
          { ...words, text, notes: row.flat().flatMap(({ notes }) => notes) },
          index,
          isPage ? 'page' : null,
        )
        const isApart = Number(below[index]) > gap || Number(below[index]) < 0 || (rows[index - 1]?.length ?? 1) > 1
        return isApart ? [lineOf(place, ''), line] : [line]
      }
      if ((rows[index - 1]?.length ?? 1) > 1) return []
      const until = rows.findIndex((later, at) => at > index && later.length === 1)
      const table = rows.slice(index, until < 0 ? rows.length : until)
      doubt(report, { place }, 'a table, read from where its words are: check which belong together')
      const cells = table.map((cells) =>
        cells.map((cell, at) => {
          const limit = cells[at + 1]?.[0]?.x ?? right
          return joined(cell, limit).map((one) => lineOf(place, one.text, { notes: one.notes }))
        }),
      )
      return [lineOf(place, '', { mark: isPage ? 'page' : null }), ...tableLines(cells, report)]
    })
  })
  markFull(measured)
  return lines
}

/** The lines of a cell: those that fill its width go on in the next. */
function joined(cell: Words[], limit: number): Words[] {
  const lines: Words[] = []
  for (const words of cell) {
    const before = lines.at(-1)
    const goesOn = before && (before.end + words.first > limit || /^\p{Ll}/u.test(words.text))
    if (goesOn)
      lines.splice(-1, 1, { ...words, text: `${before.text} ${words.text}`, notes: [...before.notes, ...words.notes] })
    else lines.push(words)
  }
  return lines
}
