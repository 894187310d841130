import type { Names } from '../names/names.ts'
import type { SeedActionLine } from './action-lines.ts'
import { cellsOf } from './csv.ts'
import type { Faults, Records } from './seed-errors.ts'
import type { SeedSource } from './sources.ts'

/** One row of an annex table: the cells as printed, and what they mean. */
export interface AnnexRow {
  line: number
  actionLine: string
  printedLabel: string
  printedCoordinators: string
  /** Ids of the bodies named, in the printed order. */
  agencies: string[]
}

/** The names of one noun; `whole` is false where a faulty record may have more, so that none is called unknown. */
export interface Known {
  names: Names
  whole: boolean
}

const header = ['Action Line', 'Coordinator(s)']

/**
 * The rows of an annex table (`Action Line`, `Coordinator(s)`, one row per line of the table). A label is found by
 * its folded text; a cell is parted at each slash, and empty parts (a slash at the end) are passed over.
 * A row that is not understood is a fault and undefined, and so is a file that is no table.
 */
export function annexRows(
  text: string,
  file: string,
  lines: Known,
  agencies: Known,
  faults: Faults,
): (AnnexRow | undefined)[] {
  const cells = cellsOf(text, file, faults)
  if (!cells) return [undefined]
  const [first, ...rest] = cells
  if (first?.[1].join() !== header.join()) {
    const found = first ? `the header is ${quoted(first[1])}` : 'has no row'
    faults.add(file, first?.[0] ?? 1, `${found}; the first line must be ${quoted(header)}`)
    return [undefined]
  }
  return rest.map(([line, row]) => {
    const [printedLabel = '', printedCoordinators = ''] = row
    if (row.length !== 2) {
      const count = row.length === 1 ? '1 cell' : `${row.length} cells`
      faults.add(file, line, `has ${count}; it must have 2: the label and the coordinators, each in double quotes`)
      return undefined
    }
    const actionLine = lineOf(printedLabel, file, line, lines, faults)
    const bodies = bodiesIn(printedCoordinators, file, line, agencies, faults)
    if (actionLine === undefined) return undefined
    return { line, actionLine, printedLabel, printedCoordinators, agencies: bodies }
  })
}

function quoted(cells: string[]): string {
  return cells.map((cell) => `"${cell}"`).join(',')
}

function lineOf(label: string, file: string, line: number, lines: Known, faults: Faults): string | undefined {
  const found = lines.names.find(label)
  if (found || !lines.whole) return found
  const near = label.trim() && lines.names.suggest(label).join(', ')
  faults.add(
    file,
    line,
    `"${label}" is no line that seed/action-lines.json knows; it must be the printed label of one${near && ` (near: ${near})`}`,
  )
  return undefined
}

function bodiesIn(cell: string, file: string, line: number, agencies: Known, faults: Faults): string[] {
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
        faults.add(
          file,
          line,
          `"${part}" is no body that seed/agencies.json knows; add it there, or mend it${near && ` (near: ${near})`}`,
        )
    } else if (found.has(agency)) faults.add(file, line, `names ${agency} twice; a body must stand once in a cell`)
    else found.add(agency)
  }
  return [...found]
}

/** Checks that a table names each line once, that a complete one leaves none out, and that only a line with sub-lines has no coordinator. */
export function checkAnnex(
  file: string,
  source: SeedSource,
  rows: (AnnexRow | undefined)[],
  lines: Records<SeedActionLine>,
  faults: Faults,
): AnnexRow[] {
  const understood = rows.filter((row) => row !== undefined)
  const parents = new Set(lines.records.map(({ value }) => value.parent))
  const seen = new Map<string, number>()
  for (const row of understood) {
    const before = seen.get(row.actionLine)
    if (before !== undefined)
      faults.add(
        file,
        row.line,
        `${row.actionLine} stands on line ${before} already; each line of the table must stand once`,
      )
    seen.set(row.actionLine, row.line)
    const empty = row.printedCoordinators.replaceAll('/', '').trim() === ''
    if (empty && lines.whole && !parents.has(row.actionLine))
      faults.add(
        file,
        row.line,
        `${row.actionLine} has no coordinator; only a line with sub-lines may have an empty cell`,
      )
  }
  const order = lines.records.map(({ value }) => value.code)
  const moved = understood.find(
    ({ actionLine }, index) =>
      index > 0 && order.indexOf(actionLine) < order.indexOf((understood[index - 1] as AnnexRow).actionLine),
  )
  if (moved && source.annex?.default && lines.whole && seen.size === understood.length)
    faults.add(
      file,
      moved.line,
      `${moved.actionLine} stands after a line that follows it in seed/${lines.file}; both must have the order of the printed table`,
    )
  // A row that was not understood may be the one that seems to be missing.
  if (source.complete && understood.length === rows.length)
    for (const { value } of lines.records)
      if (!seen.has(value.code))
        faults.add(
          file,
          '',
          `has no row for ${value.code}; a complete table must have one for every line, or the source must say "complete": false`,
        )
  return understood
}
