import { type DocumentLine, documentLine, type Line, lineOf, type Table, textOf } from './document-line.ts'
import { isHeaderLabel } from './header.ts'
import { headingKind } from './heading.ts'
import { doubt, omit, type Report } from './report.ts'
import { beginsWithHonorific } from './speaker.ts'

// Column titles in the first row of a table.
const person = /^(?:speakers?|(?:full )?names?|who|panell?ists?|moderators?|said by)$/i
const ofPerson = /^(?:roles?|titles?|positions?|functions?|affiliations?|organi[sz]ations?|countr(?:y|ies))$/i
const other =
  /^(?:(?:no|nr)\.?|[#№]|(?:key )?(?:messages?|points?|issues?)|statements?|quot(?:e|ation)s?|what was said|topics?|themes?|items?|actions?|outcomes?|responsible|deadlines?|remarks?)$/i
const isColumn = (text: string) => [person, ofPerson, other].some((titles) => titles.test(text.trim()))
const rowNumber = /^[([]?(?:\p{N}{1,3}|\p{L}|[ivx]{1,4})?[.)\]:]?$|^[^\p{L}\p{N}]$/iu

/**
 * The lines of a table, row by row: a cell with a person becomes the speaker of the cell beside it, a heading or a
 * label of the header precedes its text, and any other row is one line. Reports guesses.
 */
export function tableLines(rows: Line[][][], report: Report): Line[] {
  const filled = rows.map((row) => row.map((cell) => cell.filter(({ text }) => text.trim() !== '')))
  const [first = []] = filled
  const titles = first.map((cell) => cell.map(({ text }) => text.trim()).join(' '))
  const isHead = filled.length > 1 && titles.length > 1 && titles.every(isColumn)
  const line = first.flat()[0] ?? lineOf('', '')
  const cut = (texts: string[], reason: string) => omit(report, line, texts.join(' | '), reason)
  if (isHead) cut(titles, 'header row of a table')
  const isOfPerson = titles.map((title) => person.test(title) || ofPerson.test(title))
  const people = isHead && titles.some((title) => person.test(title)) ? isOfPerson : []
  const numbers: string[] = []
  const lines = (isHead ? filled.slice(1) : filled).flatMap((row) => [
    lineOf(line.location, ''),
    ...rowLines(row, people, numbers, report),
  ])
  if (numbers.length > 0) cut(numbers, 'numbers of table rows')
  return lines
}

function rowLines(row: Line[][], people: boolean[], numbers: string[], report: Report): Line[] {
  const cells = row.filter((cell) => cell.length > 0)
  const [first = []] = cells
  const [line] = first
  if (line === undefined || cells.length === 1) return first
  const text = line.text.trim()
  if (first.length === 1 && rowNumber.test(text)) {
    numbers.push(text)
    const rest = row.map((cell) => (cell === first ? [] : cell))
    const lines = rowLines(rest, people, numbers, report)
    return lines.map((one, index) => (index === 0 ? { ...one, mark: 'item' } : one))
  }
  if (isHeaderLabel(text) || headingKind(text) !== null) return cells.flat()
  const isPerson = (cell: Line[], index: number) =>
    people[index] ?? (people.length === 0 && cell.length === 1 && beginsWithHonorific(`${cell[0]?.text.trim()}`))
  const speaker = row.filter(isPerson).flatMap((cell) => cell.map((one) => one.text.trim()))
  const [said = [], ...more] = cells.filter((cell) => !isPerson(cell, row.indexOf(cell)))
  if (speaker.length > 0 && said.length > 0 && more.length === 0) {
    return said.map((one) => ({ ...one, mark: 'item', speaker: speaker.join(', ') }))
  }
  if (cells.some(({ length }) => length > 1)) {
    doubt(report, line, `the cells of a table row were read one after the other: check "${text}" and what follows`)
    return cells.flat()
  }
  const joined = cells.flat().map((one) => one.text)
  doubt(report, line, `a table row of ${cells.length} cells was read as one line: check "${joined.join(' ')}"`)
  return [{ ...line, text: joined.join(' '), notes: cells.flat().flatMap(({ notes }) => notes), mark: 'item' }]
}

/** The lines of a text with its tables: cells separated by tabs, or one cell per line under titles. */
export function withTables(lines: DocumentLine[]): Array<DocumentLine | Table> {
  const cells = lines.map(({ runs }) => splitCells(textOf(runs)))
  const result: Array<DocumentLine | Table> = []
  for (let index = 0; index < lines.length; ) {
    const { length, width } = tableAt(cells, index)
    const table = lines
      .slice(index, index + length)
      .flatMap(({ location }, at) => (cells[index + at] ?? []).map((text) => [documentLine(location, text)]))
    if (length === 0) result.push(...lines.slice(index, index + 1))
    else result.push({ rows: table.flatMap((_, at) => (at % width === 0 ? [table.slice(at, at + width)] : [])) })
    index += Math.max(length, 1)
  }
  return result
}

const splitCells = (text: string) => (/\S\t+\S/.test(text) ? text.trim().split(/\t+/) : [text])

const maxColumns = 12

/** The number of lines of the table that begins here, 0 for none, and the number of its columns. */
function tableAt(lines: string[][], index: number): { length: number; width: number } {
  const [title = '', ...more] = lines[index] ?? []
  const isTabbed = more.length > 0
  let end = index
  while (end - index < maxColumns && isColumn(`${lines[end] ?? ''}`)) end++
  const width = isTabbed ? more.length + 1 : end - index
  if (width < 2 || rowNumber.test(title)) return { length: 0, width }
  const goesOn = (cells: string[]) => (isTabbed ? cells.length === width : cells.join('').trim() !== '')
  for (end = index; end < lines.length && goesOn(lines[end] ?? []); ) end++
  const count = lines.slice(index, end).flat().length
  return { length: count > width && count % width === 0 ? end - index : 0, width }
}
