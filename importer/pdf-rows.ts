import { doubt, type Line, lineOf, Refusal, type Report } from './document-line.ts'
import { raised } from './superscript.ts'

type Item = { str: string; transform: number[]; width: number; height: number }

/** Words side by side without a wide gap; `first` is the room that the first one needs, in points as all the rest. */
export type Words = { text: string; x: number; y: number; end: number; height: number; first: number; notes: string[] }

/** What is side by side on a page: cells of lines, one cell for text that is no table. */
export type Row = { cells: Words[][]; top: number; bottom: number; height: number }

/** The items of a page joined: same height, not before what was written last, and no wide gap. Throws Refusal. */
export function wordsOf(items: Item[], place: Pick<Line, 'place'>, report: Report): Words[] {
  const all: Words[] = []
  for (const { str, transform, width, height } of items) {
    if (/[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}\p{sc=Thaana}]/u.test(str)) {
      const text = 'holds text from right to left, which a PDF keeps in the order of its shapes'
      throw new Refusal(`${text}: import the .docx from which it was made, or copy its text into a .txt and check it`)
    }
    if (str.trim() === '') continue
    const [x, y] = [Number(transform[4]), Number(transform[5])]
    const last = all.at(-1)
    const size = Math.max(last?.height ?? 0, height)
    // The gap after a bullet or a list number is wide; others part columns.
    const widest = /^(?:[^\p{L}\p{N}]|\w{1,3}[.)])$/u.test(`${last?.text}`) ? 4 : 1.5
    if (last && Math.abs(last.y - y) < size / 2 && x > last.x && x - last.end < widest * size) {
      const isShifted = height < 0.85 * last.height && Math.abs(last.y - y) > 0.05 * last.height
      const position = y > last.y ? 'superscript' : 'subscript'
      if (isShifted) doubt(report, place, `${position}: check "${last.text.slice(-20)}${str}"`)
      last.text += `${x - last.end > 0.15 * height ? ' ' : ''}${isShifted ? raised(str, position) : str}`
      last.end = x + width
      if (height > last.height) Object.assign(last, { y, height })
    } else all.push({ text: str, x, y, end: x + width, height, first: 0, notes: [] })
  }
  for (const words of all) {
    const letters = words.text.split(' ', 1).join().length + 1
    words.first = (letters / words.text.length) * (words.end - words.x)
  }
  return withNotes(all)
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

/** The words of a page without the notes in smaller letters at its foot, which go to the words with their marks. */
function withNotes(all: Words[]): Words[] {
  let open: Words | undefined
  return all.filter((words) => {
    const [, number = '', note = ''] = /^(\d{1,2})\s+(.+)$/.exec(words.text) ?? []
    const mark = raised(number, 'superscript')
    const isMarked = ({ text, y, height }: Words) => text.includes(mark) && y > words.y && height > words.height
    const marked = all.find(isMarked)
    if (number !== '' && marked) {
      open = marked
      marked.text = marked.text.replace(mark, '')
      marked.notes.push(note)
    } else if (open && words.height < open.height) open.notes.push(`${open.notes.pop()} ${words.text}`)
    else return true
    return false
  })
}

/** The cells of a row as lines: those that fill the width of the cell go on in the next. */
export const joined = ({ cells }: Row, right: number, place: string): Line[][] =>
  cells.map((cell, index) => {
    const limit = cells[index + 1]?.[0]?.x ?? right
    const lines: Array<{ line: Line; end: number }> = []
    for (const { text, end, first, notes } of cell) {
      const last = lines.at(-1)
      const goesOn = last && (last.end + first > limit || /^\p{Ll}/u.test(text))
      const before = goesOn ? lines.pop()?.line : undefined
      const line = lineOf(place, before ? `${before.text} ${text}` : text, {
        notes: [...(before?.notes ?? []), ...notes],
      })
      lines.push({ line, end })
    }
    return lines.map(({ line }) => line)
  })
