import { type DocumentLine, documentLine, type Run, textOf } from './document-line.ts'
import { paintings } from './painting.ts'
import type { Piece } from './pdf-painting.ts'
import { Refusal } from './report.ts'

/** Adjacent words without a wide gap. `first` is the width of the first one, in points, like all the rest. */
interface Words {
  runs: Run[]
  x: number
  y: number
  end: number
  height: number
  first: number
  notes: string[]
}

/** Lines side by side on a page: cells of lines, or a single cell for text outside tables. */
export interface Row {
  cells: Words[][]
  top: number
  bottom: number
  height: number
}

const rightToLeft = /[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}\p{sc=Thaana}]/u

/**
 * The pieces of a page joined into words: same height, in writing order, and no wide gap. `apart` are the pieces outside
 * its lines: rotated, off the page, hidden, in the margin. Throws Refusal.
 */
export function wordsOf(pieces: Piece[]): { words: Words[]; apart: Piece[] } {
  const words: Words[] = []
  const apart: Piece[] = []
  const margin = marginNumbers(pieces)
  for (const piece of pieces) {
    if (rightToLeft.test(piece.text)) {
      const text = 'holds text from right to left, which a PDF keeps in the order of its shapes'
      throw new Refusal(`${text}: import the .docx from which it was made, or copy its text into a .txt and check it`)
    }
    if (piece.text.trim() === '') continue
    const last = words.at(-1)
    if (margin.has(piece)) apart.push({ ...piece, painting: paintings.margin })
    else if (last && isBehind(piece, last)) append(last, piece)
    else if (piece.painting?.isOmitted) apart.push(piece)
    else words.push(wordsFrom(piece))
  }
  for (const one of words) {
    const text = textOf(one.runs)
    const letters = text.split(' ', 1).join().length + 1
    one.first = (letters / text.length) * (one.end - one.x)
  }
  return { words: withNotes(words), apart }
}

const wordsFrom = ({ text, painting, x, y, end, height }: Piece): Words => ({
  ...{ runs: [{ text, painting }], x, y, end, height, first: 0, notes: [] },
})

function isBehind(piece: Piece, last: Words): boolean {
  const size = Math.max(last.height, piece.height)
  const { painting } = piece
  const isInLine = !painting?.isOmitted || painting === paintings.struck || painting === paintings.covered
  if (!isInLine || Math.abs(last.y - piece.y) >= size / 2 || piece.x <= last.x) return false
  const gap = (piece.x - last.end) / size
  // The gap after a bullet or a list number is wide; other wide gaps separate columns.
  return gap < 1.5 || (gap < 4 && /^(?:[^\p{L}\p{N}]|\w{1,3}[.)])$/u.test(textOf(last.runs)))
}

function append(last: Words, piece: Piece): void {
  const { text, x, y, end, height } = piece
  const isShifted = height < 0.85 * last.height && Math.abs(last.y - y) > 0.05 * last.height
  const position = y > last.y ? paintings.superscript : paintings.subscript
  const painting = piece.painting ?? (isShifted ? position : null)
  const run = last.runs.at(-1)
  const isSame = run?.painting === painting
  const space = x - last.end > 0.15 * height ? ' ' : ''
  if (run && isSame && painting === null) run.text += space + text
  else {
    if (space !== '') last.runs.push({ text: space, painting: isSame ? painting : null })
    last.runs.push({ text, painting })
  }
  last.end = end
  if (height > last.height) Object.assign(last, { y, height })
}

/** Line numbers: three or more rising numbers, with all other words on one side. */
function marginNumbers(pieces: Piece[]): Set<Piece> {
  const visible = pieces.filter(({ text, painting }) => text.trim() !== '' && !painting?.isOmitted)
  const [numbers, others] = [true, false].map((is) => visible.filter(({ text }) => /^[§¶]?\d{1,4}$/.test(text) === is))
  const left = Math.min(...(others ?? []).map(({ x }) => x))
  const right = Math.max(...(others ?? []).map(({ end }) => end))
  const sides = [(numbers ?? []).filter(({ end }) => end < left), (numbers ?? []).filter(({ x }) => x > right)]
  const areRising = (side: Piece[]) => {
    const values = side.toSorted((one, other) => other.y - one.y).map(({ text }) => Number(text.replace(/^\D/, '')))
    return values.length > 2 && values.every((value, index) => index === 0 || value > Number(values[index - 1]))
  }
  return new Set(sides.filter(areRising).flat())
}

/** The words of a page without the footnotes in smaller letters, which move to the words with their marks. */
function withNotes(all: Words[]): Words[] {
  let open: Words | undefined
  return all.filter((words) => {
    const [, number, note = ''] = /^(\d{1,2})\s+(.+)$/.exec(textOf(words.runs)) ?? []
    const isMark = ({ text, painting }: Run) => painting === paintings.superscript && text.trim() === number
    const isMarked = ({ runs, y, height }: Words) => y > words.y && height > words.height && runs.some(isMark)
    const marked = number === undefined ? undefined : all.find(isMarked)
    if (marked) {
      open = marked
      marked.runs = marked.runs.filter((run) => !isMark(run))
      marked.notes.push(note)
    } else if (open && words.height < open.height) open.notes.push(`${open.notes.pop()} ${textOf(words.runs)}`)
    else return true
    return false
  })
}

const isBeside = (one: Words, other: Words) => Math.abs(one.y - other.y) < one.height / 2 && other.x > one.end

/** The rows of a page from top to bottom. Cells are written one after the other, row by row. */
export function rowsOf(all: Words[]): Row[] {
  const rows: Words[][][] = []
  for (const words of all) {
    const row = rows.at(-1) ?? []
    const cell = row.at(-1) ?? []
    const beside = cell.findIndex((one) => isBeside(one, words))
    if (beside >= 0 && row.length === 1) rows.splice(-1, 1, [cell.slice(0, beside)], [cell.slice(beside), [words]])
    else if (beside >= 0) row.push([words])
    else if (row.length === 1 || cell.some(({ x, y }) => words.x > x - 2 && words.y < y)) cell.push(words)
    else rows.push([[words]])
  }
  const single = rows.flatMap((row) => (row.length > 1 ? [row] : row.flatMap((cell) => cell.map((words) => [[words]]))))
  return single
    .map((cells) => {
      const all = cells.flat()
      const [top, bottom] = [Math.max(...all.map(({ y }) => y)), Math.min(...all.map(({ y }) => y))]
      return { cells, top, bottom, height: Math.max(...all.map(({ height }) => height)) }
    })
    .toSorted((one, other) => other.top - one.top)
}

/** The cells of a row as lines. A line that fills the width of its cell continues in the next. */
export const cellsOf = ({ cells }: Row, right: number, location: string): DocumentLine[][] =>
  cells.map((cell, index) => {
    const limit = cells[index + 1]?.[0]?.x ?? right
    const lines: Array<{ line: DocumentLine; end: number }> = []
    for (const { runs, end, first, notes } of cell) {
      const last = lines.at(-1)
      if (last && (last.end + first > limit || /^\p{Ll}/u.test(textOf(runs)))) {
        last.line.runs.push({ text: ' ', painting: null }, ...runs)
        last.line.notes.push(...notes)
        last.end = end
      } else lines.push({ line: documentLine(location, [...runs], { notes: [...notes] }), end })
    }
    return lines.map(({ line }) => line)
  })
