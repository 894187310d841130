import { type CsvError, parse } from 'csv-parse/sync'
import type { Names } from '../names/names.ts'
import type { SeedActionLine } from './action-lines.ts'
import type { AddError } from './findings.ts'
import type { SeedSource } from './sources.ts'
import { files } from './types.ts'
import type { PlacedRecords } from './validate.ts'

/** One row of the table of an edition: the cells as printed, and their meaning. */
export interface TableRow {
  line: number
  actionLine: string
  printedLabel: string
  printedCoordinators: string
  /** Ids of the agencies named, in the printed order. */
  agencies: string[]
}

/**
 * The names of one noun. If `whole` is false, invalid records may have further names, so no name is reported as
 * unknown.
 */
export interface Known {
  names: Names
  whole: boolean
}

/**
 * The rows of a table, one for each line: its label and its coordinators. The first row has the column titles. A label
 * is matched by its folded text. A cell is split at each slash; empty parts (a slash at the end) are ignored. An
 * invalid row adds an error and is undefined; so is an invalid file.
 */
export function editionRows(text: string, lines: Known, agencies: Known, addError: AddError): (TableRow | undefined)[] {
  const cells = csvRows(text, addError)
  if (!cells) return [undefined]
  const [header, ...rest] = cells
  const found = header ? headerError(header[1], lines) : 'has no row'
  if (found) {
    addError(
      header?.[0] ?? 1,
      `${found}; the first row must be the titles of the two columns: "Action Line","Coordinator(s)"`,
    )
    return [undefined]
  }
  return rest.map(([line, row]) => {
    const [printedLabel = '', printedCoordinators = ''] = row
    if (row.length !== 2) {
      addError(line, `has ${cellCount(row)}; it must have 2: the label and the coordinators, each in double quotes`)
      return undefined
    }
    const actionLine = labelledLine(printedLabel, line, lines, addError)
    const named = agenciesInCell(printedCoordinators, line, agencies, addError)
    if (actionLine === undefined) return undefined
    return { line, actionLine, printedLabel, printedCoordinators, agencies: named }
  })
}

/**
 * The error in the first row, if any. A line's label in it means that the header is missing and the row would be lost.
 */
function headerError(header: string[], lines: Known): string | undefined {
  if (header.length !== 2) return `has ${cellCount(header)}`
  const [label = ''] = header
  return lines.names.find(label) && `"${label}" is the label of a line`
}

const cellCount = (row: string[]) => (row.length === 1 ? '1 cell' : `${row.length} cells`)

function labelledLine(label: string, line: number, lines: Known, addError: AddError): string | undefined {
  const found = lines.names.find(label)
  if (found || !lines.whole) return found
  const near = label.trim() && lines.names.suggest(label).join(', ')
  addError(
    line,
    `"${label}" is not the name of a line in seed/action-lines.json; it must be the printed label of one${near && ` (near: ${near})`}`,
  )
  return undefined
}

function agenciesInCell(cell: string, line: number, agencies: Known, addError: AddError): string[] {
  const parts = cell
    .split('/')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const found = new Set<string>()
  for (const part of parts) {
    const agency = agencies.names.find(part)
    if (agency === undefined) {
      const near = agencies.names.suggest(part).join(', ')
      if (agencies.whole)
        addError(
          line,
          `"${part}" is not the name of an agency in seed/agencies.json; add it there, or correct it${near && ` (near: ${near})`}`,
        )
    } else if (found.has(agency)) addError(line, `names ${agency} twice; a cell must name an agency once`)
    else found.add(agency)
  }
  return [...found]
}

/** Checks that a table has each line once, lacks only those that its source lists as absent, and has no empty cells. */
export function checkEdition(
  { edition }: SeedSource,
  rows: (TableRow | undefined)[],
  lines: PlacedRecords<SeedActionLine>,
  addError: AddError,
): TableRow[] {
  const understood = rows.filter((row) => row !== undefined)
  const parents = new Set(lines.records.map(({ value }) => value.parent))
  const seen = new Map<string, number>()
  for (const { actionLine, line, printedCoordinators } of understood) {
    const before = seen.get(actionLine)
    if (before !== undefined) addError(line, `${actionLine} is on line ${before} already; each line must have one row`)
    seen.set(actionLine, line)
    if (edition?.lacks.includes(actionLine))
      addError(line, `${actionLine} has a row, but "lacks" of the source names it; remove one of them`)
    const empty = printedCoordinators.replaceAll('/', '').trim() === ''
    if (empty && lines.whole && !parents.has(actionLine))
      addError(line, `${actionLine} has no coordinator; only a line with sub-lines may have an empty cell`)
  }
  if (edition?.default && lines.whole && seen.size === understood.length) checkOrder(understood, lines, addError)
  // An invalid row may be the one that seems to be missing.
  if (understood.length === rows.length)
    // A line with sub-lines is covered by them.
    for (const { value } of lines.records)
      if (
        !seen.has(value.code) &&
        !edition?.lacks.includes(value.code) &&
        (edition?.default || !parents.has(value.code))
      )
        addError(
          '',
          `has no row for ${value.code}; add it, or if the document does not have it, name it in "lacks" of the source`,
        )
  return understood
}

function checkOrder(rows: TableRow[], lines: PlacedRecords<SeedActionLine>, addError: AddError): void {
  const order = lines.records.map(({ value }) => value.code)
  const places = rows.map(({ actionLine }) => order.indexOf(actionLine))
  const moved = rows.find((_, index) => index > 0 && Number(places[index]) < Number(places[index - 1]))
  if (moved)
    addError(
      moved.line,
      `${moved.actionLine} comes after a line that follows it in seed/${files.actionLines}; both must have the order of the printed table`,
    )
}

interface CsvRow {
  /** The line where the row ends. */
  info: { lines: number }
  record: string[]
}

function parsedRows(text: string, options: { to?: number } = {}): CsvRow[] {
  return parse(text, {
    ...options,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
  }) as unknown as CsvRow[]
}

/**
 * The rows of a CSV file as [number of the first line, cells]; undefined, with one error added, for an invalid file.
 */
export function csvRows(text: string, addError: AddError): [number, string[]][] | undefined {
  const plain = text.replaceAll('\r\n', '\n')
  try {
    return parsedRows(plain).map(({ info, record }) => [info.lines - record.join().split('\n').length + 1, record])
  } catch (error) {
    const sound = Number((error as CsvError).records)
    const before = sound === 0 ? undefined : parsedRows(plain, { to: sound }).at(-1)
    addError(
      (before?.info.lines ?? 0) + 1,
      'the row that begins here is not CSV; put each cell in double quotes, a comma between them, and double a quote inside',
    )
    return undefined
  }
}
