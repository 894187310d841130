import { isHeaderLabel } from './header.ts'
import { headingKind } from './heading.ts'
import { doubt, type Line, leaveOut, lineOf, type Report } from './line.ts'
import { beginsWithHonorific, beginsWithQuotation } from './speaker.ts'

// What the first row of a table says of its columns.
const column =
  /^(?:(?:no|nr)\.?|[#№]|speakers?|(?:full )?names?|who|panell?ists?|moderators?|said by|(?:key )?(?:messages?|points?|issues?)|statements?|quot(?:e|ation)s?|what was said|topics?|themes?|items?|actions?|outcomes?|countr(?:y|ies)|responsible|deadlines?|remarks?)$/i
const person = /^(?:speakers?|(?:full )?names?|who|panell?ists?|moderators?|said by)$/i
const rowNumber = /^[([]?(?:\p{N}{1,3}|\p{L}|[ivx]{1,4})?[.)\]:]?$|^[^\p{L}\p{N}]$/iu

/**
 * The lines of a table, row by row: a person's cell becomes the speaker of the cell beside it, a heading or a label
 * of the header comes before what it is about, and any other row is one line. Reports what it guesses.
 */
export function tableLines(rows: Line[][][], report: Report): Line[] {
  const filled = rows.map((row) => row.map((cell) => cell.filter(({ text }) => text.trim() !== '')))
  const [first = []] = filled
  const titles = first.flat().map(({ text }) => text.trim())
  const isHead = filled.length > 1 && titles.length > 1 && titles.every((text) => column.test(text))
  const [place = lineOf('', '')] = first.flat()
  if (isHead) leaveOut(report, place, titles.join(' | '), 'header row of a table')
  const speakers = isHead ? first.findIndex(([cell]) => person.test(cell?.text.trim() ?? '')) : -1
  const numbers: string[] = []
  const lines = (isHead ? filled.slice(1) : filled).flatMap((row) => [
    lineOf(row.flat()[0]?.place ?? '', ''),
    ...rowLines(row, speakers, numbers, report),
  ])
  if (numbers.length > 0) leaveOut(report, place, numbers.join(' '), 'numbers of table rows')
  return lines
}

function rowLines(row: Line[][], speakers: number, numbers: string[], report: Report): Line[] {
  const named = row[speakers]
  const [first = [], ...others] = row.filter((cell) => cell.length > 0)
  const [line] = first
  if (line === undefined || others.length === 0) return first
  if (first.length === 1 && rowNumber.test(line.text.trim())) {
    numbers.push(line.text.trim())
    return rowLines([[], ...others].slice(0, row.length), speakers, [], report).map((one, index) =>
      index === 0 ? { ...one, mark: one.mark ?? 'item' } : one,
    )
  }
  const cells = [first, ...others]
  if (isHeaderLabel(line.text.trim()) || headingKind(line.text) !== null) return cells.flat()
  if (cells.every(({ length }) => length === 1)) {
    const texts = cells.flat()
    const isPerson = ({ text }: Line) => (named ? text === named[0]?.text : beginsWithHonorific(text.trim()))
    const speaker = texts.find(isPerson)
    const [said, ...more] = texts.filter((one) => one !== speaker)
    if (speaker && said && more.length === 0) return [{ ...said, mark: 'item', speaker: speaker.text }]
    const text = texts.map((one) => one.text).join(' ')
    doubt(report, line, `a table row of ${cells.length} cells was read as one line: check "${text}"`)
    const notes = texts.flatMap((one) => one.notes)
    return [{ ...line, text, notes, mark: beginsWithQuotation(text) ? line.mark : 'item' }]
  }
  doubt(report, line, `the cells of a table row were read one after the other: check "${line.text}" and what follows`)
  return cells.flat()
}

/** The lines of a text with those of its tables row by row: cells parted by tabs, or a cell a line under titles. */
export function textTables(lines: Line[], report: Report): Line[] {
  const cellsOf = ({ text }: Line | undefined = lineOf('', '')) =>
    /\S\t+\S/.test(text) ? text.trim().split(/\t+/) : [text]
  const isTabbed = (line: Line | undefined, count: number) => line !== undefined && cellsOf(line).length === count
  const result: Line[] = []
  for (let index = 0; index < lines.length; ) {
    const rest = lines.slice(index)
    const count = cellsOf(rest[0]).length
    const titles = rest.findIndex(({ text }) => !column.test(text.trim()))
    const end = rest.findIndex((line) => (count > 1 ? !isTabbed(line, count) : line.text.trim() === ''))
    const own = end < 0 ? rest : rest.slice(0, end)
    const isTable =
      count > 1 ? own.length > 1 && !rowNumber.test(`${cellsOf(rest[0])[0]}`) : titles > 1 && own.length % titles === 0
    if (isTable) {
      const cells = own.flatMap((line) => cellsOf(line).map((text) => [lineOf(line.place, text)]))
      const width = Math.max(count, titles)
      const rows = Array.from({ length: cells.length / width }, (_, row) => cells.slice(row * width, (row + 1) * width))
      result.push(...tableLines(rows, report))
    }
    if (!isTable) result.push(...rest.slice(0, 1))
    index += isTable ? own.length : 1
  }
  return result
}
