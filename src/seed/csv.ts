import { type CsvError, parse } from 'csv-parse/sync'
import type { AddError } from './findings.ts'

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
