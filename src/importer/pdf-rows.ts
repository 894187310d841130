import { doubt, type Line, Refusal, type Report } from './line.ts'
import { raised } from './raised.ts'

type Item = { str: string; transform: number[]; width: number; height: number }

/** Words side by side without a wide gap; `first` is the room that the first one needs, in points as all the rest. */
export type Words = { text: string; x: number; y: number; end: number; height: number; first: number; notes: string[] }

/** What is side by side on a page: cells of lines, one cell for text that is no table. */
export type Row = Words[][]

/** The items of a page joined: same height, not before what was written last, and no wide gap. Throws Refusal. */
export function wordsOf(items: Item[], place: Pick<Line, 'place'>, report: Report): Words[] {
  const all: Words[] = []
  for (const { str, transform, width, height } of items) {
    if (/[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}\p{sc=Thaana}]/u.test(str)) {
      const text = 'holds text from right to left, which a PDF keeps in the order of its shapes'
      throw new Refusal(`${text}: import the .docx from which it was made, or copy its text into a .txt and check it`)
    }
    if (str.trim() === '') continue
    const [x = 0, y = 0] = transform.slice(4)
    const last = all.at(-1)
    const size = Math.max(last?.height ?? 0, height)
    if (last && Math.abs(last.y - y) < size / 2 && x > last.x && x - last.end < 2.5 * size) {
      const isShifted = height < 0.85 * last.height && Math.abs(last.y - y) > 0.05 * last.height
      const position = y > last.y ? 'superscript' : 'subscript'
      if (isShifted) doubt(report, place, `${position}: check "${last.text.slice(-20)}${str}"`)
      last.text += `${x - last.end > 0.15 * height ? ' ' : ''}${isShifted ? raised(str, position) : str}`
      last.end = x + width
      if (height > last.height) Object.assign(last, { y, height })
    } else all.push({ text: str, x, y, end: x + width, height, first: 0, notes: [] })
  }
  for (const words of all) {
    const share = (words.text.split(' ', 1).join().length + 1) / words.text.length
    words.first = share * (words.end - words.x)
  }
  return all
}

const isBeside = (one: Words, other: Words) => Math.abs(one.y - other.y) < one.height / 2 && other.x > one.end

/** The rows of a page from top to bottom. Cells are written one after the other, row by row. */
export function rowsOf(all: Words[]): Row[] {
  const rows: Row[] = []
  for (const words of all) {
    const row = rows.at(-1)
    const cell = row?.at(-1)
    const [first] = cell ?? []
    const beside = cell?.findIndex((one) => isBeside(one, words)) ?? -1
    if (!row || !cell || !first) rows.push([[words]])
    else if (beside >= 0 && row.length === 1) rows.splice(-1, 1, [cell.slice(0, beside)], [cell.slice(beside), [words]])
    else if (beside >= 0) row.push([words])
    else if (row.length === 1 || (words.x > first.x - 2 && words.y < first.y)) cell.push(words)
    else rows.push([[words]])
  }
  const single = rows.flatMap((row) =>
    row.length === 1 ? row.flatMap((cell) => cell.map((words) => [[words]])) : [row],
  )
  return single.toSorted((one, other) => Number(other[0]?.[0]?.y) - Number(one[0]?.[0]?.y))
}

/** The rows without the notes in small letters at the foot of the page, which go to the words with their marks. */
export function notesOf(rows: Row[], height: number): Row[] {
  const foot = rows.findLastIndex((row) => row.some((cell) => cell.some((words) => words.height >= height))) + 1
  const kept = rows.slice(0, foot)
  let marked: Words | undefined
  for (const row of rows.slice(foot)) {
    const text = row
      .flat()
      .map((words) => words.text)
      .join(' ')
    const [, number = '', note = ''] = /^(\d{1,2})\s*(.+)$/.exec(text) ?? []
    const mark = number === '' ? '' : raised(number, 'superscript')
    const found = mark === '' ? undefined : kept.flat(2).find((words) => words.text.includes(mark))
    if (found) {
      found.text = found.text.replace(mark, '')
      found.notes.push(note)
      marked = found
    } else if (marked) marked.notes.push(`${marked.notes.pop()} ${text}`)
    else kept.push(row)
  }
  return kept
}
