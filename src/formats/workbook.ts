import { unzipSync, zipSync } from 'fflate'
import writeWorkbook, { type SheetData } from 'write-excel-file/node'
import type { Columns } from '../nouns/noun.ts'

/** The time of every file in the archive: the earliest that one can have, so that equal records give equal bytes. */
const mtime = new Date(1980, 0, 1)

/** What a cell of a spreadsheet can hold, in characters. */
const mostCharacters = 32_767

/** A sheet of a workbook. */
interface Sheet {
  name: string
  columns: Columns<never>
  records: Iterable<never>
}

/** A workbook (.xlsx), each sheet with a header row. */
export async function workbookOf(all: Sheet[]): Promise<Buffer> {
  const sheets = all.map(({ name, columns, records }) => {
    const header = Object.keys(columns).map((value) => ({ value, fontWeight: 'bold' as const }))
    const rows = [...records].map((record) => Object.values(columns).map((cell) => cellOf(cell(record))))
    return { sheet: name, data: [header, ...rows] as SheetData, stickyRowsCount: 1 }
  })
  const workbook = await writeWorkbook(sheets).toBuffer()
  return Buffer.from(zipSync(unzipSync(workbook), { mtime }))
}

/** Texts are cells of the type text, so that none is run as a formula. */
function cellOf(value: string | number | boolean | null | undefined) {
  if (value === null || value === undefined || value === '') return null
  if (typeof value !== 'string') return { value, type: value.constructor as typeof Number }
  return { value: value.slice(0, mostCharacters), type: String }
}
