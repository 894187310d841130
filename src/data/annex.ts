import { CsvError, parse } from 'csv-parse/sync'
import type { Faults } from './faults.ts'
import type { Names } from './naming.ts'

/** One row of an annex table: the cells as printed, and what they mean. */
export interface AnnexRow {
  line: number
  actionLine: string
  printedLabel: string
  printedCoordinators: string
  /** Ids of the bodies named, in the printed order. */
  agencies: string[]
}

const header = ['Action Line', 'Coordinator(s)']

/** The rows of a CSV file as [line number, cells]; a broken file is one fault and no rows. */
function cellsOf(text: string, file: string, faults: Faults): [number, string[]][] {
  try {
    const rows = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as {
      info: { lines: number }
      record: string[]
    }[]
    return rows.map(({ info, record }) => [info.lines, record])
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    faults.add(
      file,
      Number(error.lines ?? 1),
      `is not CSV: ${error.message}; put each cell in double quotes and double those inside`,
    )
    return []
  }
}

/**
 * The rows of an annex table (`Action Line`, `Coordinator(s)`, one row per line of the table). A label is found by
 * its folded text; a cell is parted at each slash, and empty parts (a slash at the end) are passed over.
 */
export function annexRows(text: string, file: string, lines: Names, agencies: Names, faults: Faults): AnnexRow[] {
  const [first, ...rest] = cellsOf(text, file, faults)
  if (first && first[1].join() !== header.join())
    faults.add(file, first[0], `the header is "${first[1].join(',')}"; it must be "${header.join('","')}"`)
  return rest.flatMap(([line, cells]): AnnexRow[] => {
    const [printedLabel = '', printedCoordinators = ''] = cells
    if (cells.length !== 2) {
      faults.add(
        file,
        line,
        `has ${cells.length} cell${cells.length === 1 ? '' : 's'}; it must have 2: the label and the coordinators, each in double quotes`,
      )
      return []
    }
    const actionLine = lines.find(printedLabel)
    if (!actionLine) {
      const near = lines.suggest(printedLabel).join(', ') || 'a code and title of seed/action-lines.json'
      faults.add(
        file,
        line,
        `"${printedLabel}" is no line that seed/action-lines.json knows; it must be the printed label of one (near: ${near})`,
      )
      return []
    }
    return [
      {
        line,
        actionLine,
        printedLabel,
        printedCoordinators,
        agencies: bodiesIn(printedCoordinators, file, line, agencies, faults),
      },
    ]
  })
}

function bodiesIn(cell: string, file: string, line: number, agencies: Names, faults: Faults): string[] {
  const parts = cell
    .split('/')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  return parts.flatMap((part, index) => {
    const agency = agencies.find(part)
    if (!agency) {
      const near = agencies.suggest(part).join(', ')
      faults.add(
        file,
        line,
        `"${part}" is no body that seed/agencies.json knows; add it there, or mend it${near && ` (near: ${near})`}`,
      )
      return []
    }
    if (parts.slice(0, index).some((before) => agencies.find(before) === agency)) {
      faults.add(file, line, `names ${agency} twice; a body must stand once in a cell`)
      return []
    }
    return [agency]
  })
}
