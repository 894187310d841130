import { parentPort } from 'node:worker_threads'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import type { SheetData } from 'write-excel-file/node'
import writeWorkbook from 'write-excel-file/node'
import type { Cell } from '../nouns/noun.ts'

// Writes a workbook. As a thread it gets the rows of each sheet, in parts, then 'end', and sends the file.

/** A cell. The library writes each text as text, so that none is run as a formula. */
export type SheetCell = Cell | { value: Date | number; format: string }

/** The rows of a sheet, the headings first; of the sheet `readme`, the first column has the headings. */
export interface Table {
  sheet: string
  rows: SheetCell[][]
}

const received = new Map<string, Table>()

parentPort?.on('message', async (message: Table | 'end') => {
  if (message === 'end') return parentPort?.postMessage(await workbook([...received.values()]))
  const table = received.get(message.sheet)
  if (table) table.rows.push(...message.rows)
  else received.set(message.sheet, message)
})

/** The file. The headings are bold; the header row of a table stays in view and has a filter. */
export async function workbook(tables: Table[]): Promise<Uint8Array> {
  const all = tables.map(({ sheet, rows }) => {
    const isTable = sheet !== 'readme'
    const data = rows.map((row, place) =>
      row.map((cell, column) => ((isTable ? place : column) === 0 ? { value: cell, fontWeight: 'bold' } : cell)),
    )
    const widths = isTable ? (rows[0] ?? []).map((_, column) => widthOf(rows.map((row) => row[column]))) : [40, 100]
    const columns = widths.map((width) => ({ width }))
    return { sheet, data: data as SheetData, columns, isTable, ...(isTable && { stickyRowsCount: 1 }) }
  })
  const files = unzipSync(await writeWorkbook(all).toBuffer())
  for (const [index, { data, columns, isTable }] of all.entries())
    if (isTable) addFilter(files, index + 1, columns.length, data.length)
  // The earliest time that ZIP allows, so that equal records give equal bytes.
  return zipSync(files, { mtime: new Date(1980, 0, 1) })
}

/** The width of a column in characters: that of its longest line, within bounds. */
function widthOf(cells: SheetCell[]): number {
  let width = 10
  for (const cell of cells)
    if (typeof cell === 'string') for (const { length } of cell.split('\n')) width = Math.max(width, length)
  return Math.min(width + 2, 60)
}

/** Adds a filter to the header row of a sheet, for which the library has no option. */
function addFilter(files: Record<string, Uint8Array>, number: number, columns: number, rows: number): void {
  const path = `xl/worksheets/sheet${number}.xml`
  const filter = `</sheetData><autoFilter ref="A1:${columnName(columns)}${rows}"/>`
  files[path] = strToU8(strFromU8(files[path] as Uint8Array).replace('</sheetData>', filter))
}

/** `A` for 1, `AA` for 27. */
const columnName = (number: number): string =>
  number === 0 ? '' : columnName(Math.floor((number - 1) / 26)) + String.fromCharCode(65 + ((number - 1) % 26))
