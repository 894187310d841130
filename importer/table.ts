import { doubt, type Line, lineOf, type Report } from './document-line.ts'
import { isHeaderLabel } from './header.ts'
import { headingKind } from './heading.ts'
import { beginsWithHonorific } from './speaker.ts'

// What the first row of a table says of its columns.
const person = /^(?:speakers?|(?:full )?names?|who|panell?ists?|moderators?|said by)$/i
const ofPerson = /^(?:roles?|titles?|positions?|functions?|affiliations?|organi[sz]ations?|countr(?:y|ies))$/i
const other =
  /^(?:(?:no|nr)\.?|[#№]|(?:key )?(?:messages?|points?|issues?)|statements?|quot(?:e|ation)s?|what was said|topics?|themes?|items?|actions?|outcomes?|responsible|deadlines?|remarks?)$/i
const isColumn = (text: string) => [person, ofPerson, other].some((titles) => titles.test(text.trim()))
const rowNumber = /^[([]?(?:\p{N}{1,3}|\p{L}|[ivx]{1,4})?[.)\]:]?$|^[^\p{L}\p{N}]$/iu

/**
 * The lines of a table, row by row: a person's cell becomes the speaker of the cell beside it, a heading or a label
 * of the header comes before what it is about, and any other row is one line. Reports what it guesses.
 */
export function tableLines(rows: Line[][][], report: Report): Line[] {
  const filled = rows.map((row) => row.map((cell) => cell.filter(({ text }) => text.trim() !== '')))
  const [first = []] = filled
  const titles = first.map((cell) => cell.map(({ text }) => text.trim()).join(' '))
  const isHead = filled.length > 1 && titles.length > 1 && titles.every(isColumn)
  const { place } = first.flat()[0] ?? lineOf('', '')
  // Its words are in no line, so that they account for none.
  const cut = (texts: string[], reason: string) =>
    report.told.push({ place, text: `left out, ${reason}: ${texts.join(' | ')}`, words: '' })
  if (isHead) cut(titles, 'header row of a table')
  const isOfPerson = titles.map((title) => person.test(title) || ofPerson.test(title))
  const people = isHead && titles.some((title) => person.test(title)) ? isOfPerson : []
  const numbers: string[] = []
  const lines = (isHead ? filled.slice(1) : filled).flatMap((row) => [
    lineOf(place, ''),
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

/** The lines of a text with those of its tables row by row: cells parted by tabs, or a cell a line under titles. */
export function textTables(lines: Line[], report: Report): Line[] {
  const cellsOf = ({ text }: Line) => (/\S\t+\S/.test(text) ? text.trim().split(/\t+/) : [text])
  const result: Line[] = []
  for (let index = 0; index < lines.length; ) {
    const rest = lines.slice(index)
    const [[title = '', ...more] = []] = rest.map(cellsOf)
    const titles = rest.findIndex(({ text }) => !isColumn(text))
    const width = more.length > 0 ? more.length + 1 : titles
    const end = rest.findIndex((line) => (more.length > 0 ? cellsOf(line).length !== width : line.text.trim() === ''))
    const own = end < 0 ? rest : rest.slice(0, end)
    const cells = own.flatMap((line) => cellsOf(line).map((text) => [lineOf(line.place, text)]))
    const isTable = width > 1 && cells.length > width && cells.length % width === 0 && !rowNumber.test(title)
    const rows = cells.flatMap((_, at) => (isTable && at % width === 0 ? [cells.slice(at, at + width)] : []))
    result.push(...(isTable ? tableLines(rows, report) : rest.slice(0, 1)))
    index += isTable ? own.length : 1
  }
  return result
}
