import { once } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { beginningOf } from '../characters.ts'
import { cellIn, descriptionOf } from '../nouns/columns.ts'
import type { Cell, List, Rows } from '../nouns/noun.ts'
import { hrefOf, ref } from '../nouns/shapes.ts'
import { dataLicense, directoryName } from '../openapi-info.ts'
import { isPartialDate, Type } from '../typebox.ts'
import { type DataFormat, type Origin, parsed } from './format.ts'
import type { SheetCell, Table } from './workbook-writer.ts'

const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const Workbook = Type.String({
  $id: 'Workbook',
  contentMediaType: mediaType,
  description:
    'A workbook with the columns of the CSV, real dates and times, and a sheet `readme` with the meaning of each column.',
})

export const format: DataFormat = {
  name: 'xlsx',
  position: 8,
  label: 'Spreadsheet (xlsx)',
  mediaType,
  schema: () => ref(Workbook),
  item: {
    needs: 'rows',
    // Not `isOfRecord`: the `readme` sheet names the dataset.
    schema: () => ref(Workbook),
    async write({ name, rows }, text, site) {
      const { columns, of, description } = rows as Rows
      const [record] = parsed(site, text)
      const { id } = Object(record)
      return workbookOf(
        [{ name, columns, columnsNote: description, records: of(record as never) as never[] }],
        site,
        site.base + hrefOf(name, String(id)),
      )
    },
  },
  async *parts({ list, batches, site, links }) {
    yield await workbookOf([{ ...list, records: recordsIn(batches, site) }], site, links.self)
  },
}

function* recordsIn(batches: Iterable<Buffer>, site: Origin): Iterable<never> {
  for (const items of batches) yield* parsed(site, items)
}

/** A sheet of a workbook. `item` describes its columns. */
interface Sheet extends Pick<List, 'name' | 'columns' | 'columnsNote'>, Partial<Pick<List, 'item'>> {
  records: Iterable<never>
}

/** The number of rows that are read in one turn of the event loop, and written without a thread. */
const [maxRows, maxRowsHere] = [100, 500]

/**
 * A workbook (.xlsx) of the data at a URL: the sheets, each with a filterable header row, then a sheet on the origin of
 * the data and the meaning of each column. Whole dates and times become spreadsheet dates. Months, years and offsets
 * stay text. The library writes all rows at once: many are written by a thread, so that other requests run meanwhile.
 */
export async function workbookOf(sheets: Sheet[], origin: Origin, url: string): Promise<Buffer> {
  const tables: Table[] = []
  let count = 0
  const readme = { name: 'readme', table: readmeOf(origin, url, sheets) }
  for (const { name, table } of [...sheets.map((sheet) => ({ name: sheet.name, table: rowsOf(sheet) })), readme]) {
    const rows: SheetCell[][] = []
    for (const row of table) {
      rows.push(row.map(sheetCell))
      count += 1
      if (count % maxRows === 0) await setImmediate()
    }
    tables.push({ sheet: name, rows })
  }
  if (count > maxRowsHere) return writtenByThread(tables)
  // Loaded on first use: the library is large, and workbooks are rarely requested.
  const { workbook } = await import('./workbook-writer.ts')
  return Buffer.from(await workbook(tables))
}

async function writtenByThread(tables: Table[]): Promise<Buffer> {
  const writer = new Worker(new URL('workbook-writer.ts', import.meta.url))
  try {
    const written = once(writer, 'message')
    for (const { sheet, rows } of tables)
      while (rows.length > 0) {
        writer.postMessage({ sheet, rows: rows.splice(0, maxRows) })
        await setImmediate()
      }
    writer.postMessage('end')
    const [bytes] = await written
    return Buffer.from(bytes)
  } finally {
    await writer.terminate()
  }
}

/** The header and the rows of a sheet. */
function* rowsOf({ columns, records }: Sheet): Iterable<Cell[]> {
  yield Object.keys(columns)
  for (const record of records) yield Object.values(columns).map((column) => cellIn(column, record))
}

/** The rows of the sheet `readme`. */
const readmeOf = ({ dataset, releasedOn }: Origin, url: string, sheets: Sheet[]): Cell[][] => [
  ['Title', directoryName],
  ['Source', url],
  ['Documents', 'Each statement names its source document; they are in the sheet or list "sources".'],
  ['Dataset', dataset],
  ['Date', releasedOn ?? 'not released'],
  ['Licence', `${dataLicense.sentence} ${dataLicense.url}`],
  ...sheets.flatMap(({ name, columns, item, columnsNote }) => [
    ...(columnsNote ? [[name, columnsNote]] : []),
    ...(item
      ? Object.keys(columns).map((column) => [`${name}: ${column}`, descriptionOf({ item, columns }, column)])
      : []),
  ]),
]

const dayMs = 86_400_000

/** The maximum length of a cell in Excel, in characters. */
const maxCharacters = 32_767

/** A cell: a whole date or time with its format, a text as long as Excel allows. */
function sheetCell(value: Cell): SheetCell {
  if (value === '') return null
  if (typeof value !== 'string') return value
  if (/^(?:19|2\d)\d\d-\d\d-\d\d$/.test(value) && isPartialDate(value))
    return { value: new Date(value), format: 'yyyy-mm-dd' }
  if (/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(value))
    return { value: Date.parse(`1970-01-01T${value}Z`) / dayMs, format: 'hh:mm' }
  return beginningOf(value, maxCharacters)
}
