import { require } from '../commonjs.ts'
import type { SeedActionLine } from './action-lines.ts'
import type { SeedAgency } from './agencies.ts'
import type { AddError } from './findings.ts'
import type { SeedSource } from './sources.ts'
import { files } from './types.ts'
import type { NamedRecords } from './validate.ts'

/** One row of the table of an edition: the cells as printed, and their meaning. */
export interface TableRow {
  line: number
  actionLine: string
  printedLabel: string
  printedCoordinators: string
  /** Ids of the agencies named, in the printed order. */
  agencies: string[]
}

type Lines = NamedRecords<SeedActionLine>
type Agencies = NamedRecords<SeedAgency>

/**
 * The rows of a table, one for each line: its label and its coordinators. The first row has the column titles. A label
 * is matched by its folded text. A cell is split at each slash; empty parts (a slash at the end) are ignored. An
 * invalid row adds an error and is undefined; so is an invalid file.
 */
function tableRows(text: string, lines: Lines, agencies: Agencies, addError: AddError): (TableRow | undefined)[] {
  const cells = csvRows(text, addError)
  if (!cells) return [undefined]
  const [[place, header] = [1, []], ...rest] = cells
  const found = headerError(header, lines)
  if (found) {
    addError(place, `${found}; the first row must be the titles of the two columns: "Action Line","Coordinator(s)"`)
    return [undefined]
  }
  return rest.map(([line, row]) => {
    const [printedLabel = '', printedCoordinators = ''] = row
    const wrong = (text: string) => addError(line, text)
    if (row.length !== 2) {
      wrong(`has ${cellCount(row)}; it must have 2: the label and the coordinators, each in double quotes`)
      return undefined
    }
    const actionLine = labelledLine(printedLabel, lines, wrong)
    const named = agenciesInCell(printedCoordinators, agencies, wrong)
    return actionLine === undefined
      ? undefined
      : { line, actionLine, printedLabel, printedCoordinators, agencies: named }
  })
}

/**
 * The error in the first row, if any. A line's label in it means that the header is missing and the row would be lost.
 */
function headerError(header: string[], lines: Lines): string | undefined {
  const [label] = header
  if (label === undefined) return 'has no row'
  if (header.length !== 2) return `has ${cellCount(header)}`
  return lines.names.find(label) && `"${label}" is the label of a line`
}

const cellCount = (row: string[]) => (row.length === 1 ? '1 cell' : `${row.length} cells`)

type Wrong = (text: string) => void

function labelledLine(label: string, { names, whole }: Lines, wrong: Wrong): string | undefined {
  const found = names.find(label)
  if (found || !whole) return found
  const near = names.suggest(label).join(', ')
  wrong(
    `"${label}" is not the name of a line in seed/action-lines.json; it must be the printed label of one${near && ` (near: ${near})`}`,
  )
  return undefined
}

function agenciesInCell(cell: string, { names, whole }: Agencies, wrong: Wrong): string[] {
  const parts = cell.split('/').map((part) => part.trim())
  const found = new Set<string>()
  for (const part of parts.filter((part) => part !== '')) {
    const agency = names.find(part)
    if (agency !== undefined && found.has(agency)) wrong(`names ${agency} twice; a cell must name an agency once`)
    else if (agency !== undefined) found.add(agency)
    else if (whole) {
      const near = names.suggest(part).join(', ')
      wrong(
        `"${part}" is not the name of an agency in seed/agencies.json; add it there, or correct it${near && ` (near: ${near})`}`,
      )
    }
  }
  return [...found]
}

/**
 * The rows of the table of an edition. Adds errors unless it has each line once, lacks only those that its source lists
 * as absent, and has no empty cells.
 */
export function editionRows(
  { edition }: SeedSource,
  text: string,
  lines: Lines,
  agencies: Agencies,
  addError: AddError,
): TableRow[] {
  const rows = tableRows(text, lines, agencies, addError)
  const understood = rows.filter((row) => row !== undefined)
  const parents = new Set(lines.values.map(({ parent }) => parent))
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
    for (const { code } of lines.values.filter(({ code }) => edition?.default || !parents.has(code)))
      if (!seen.has(code) && !edition?.lacks.includes(code))
        addError(
          '',
          `has no row for ${code}; add it, or if the document does not have it, name it in "lacks" of the source`,
        )
  return understood
}

function checkOrder(rows: TableRow[], lines: Lines, addError: AddError): void {
  const order = lines.values.map(({ code }) => code)
  const places = rows.map(({ actionLine }) => order.indexOf(actionLine))
  const moved = rows.find((_, index) => index > 0 && Number(places[index]) < Number(places[index - 1]))
  if (moved)
    addError(
      moved.line,
      `${moved.actionLine} comes after a line that follows it in seed/${files.actionLines}; both must have the order of the printed table`,
    )
}

/**
 * The rows of a CSV file as [number of the first line, cells]; undefined, with one error added, for an invalid file.
 */
function csvRows(text: string, addError: AddError): [number, string[]][] | undefined {
  const { parse }: typeof import('csv-parse/sync') = require('csv-parse/sync')
  const rows: [number, string[]][] = []
  let next = 1
  const onRow = (row: string[], { lines }: { lines: number }) => {
    rows.push([lines - row.join().split('\n').length + 1, row])
    next = lines + 1
    return null
  }
  try {
    parse(text.replaceAll('\r\n', '\n'), { on_record: onRow, relax_column_count: true, skip_empty_lines: true })
    return rows
  } catch {
    addError(
      next,
      'the row that begins here is not CSV; put each cell in double quotes, a comma between them, and double a quote inside',
    )
    return undefined
  }
}
