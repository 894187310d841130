import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import type { SheetData } from 'write-excel-file/node'
import { cellOf } from '../nouns/columns.ts'
import type { Columns, List, Rows } from '../nouns/noun.ts'
import { hrefOf, ref } from '../nouns/shapes.ts'
import { dataLicense, directoryName } from '../openapi-info.ts'
import { isPartialDate } from '../schema.ts'
import { Type } from '../typebox.ts'
import { descriptionOf } from './column-descriptions.ts'
import { type DataFormat, type Origin, parsed } from './format.ts'

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
  isPaged: false,
  fits: () => true,
  schema: () => ref(Workbook),
  item: {
    fits: ({ rows }) => rows !== undefined,
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
  async *parts({ list: { name, item, columns, columnsNote }, batches, site, links }) {
    yield await workbookOf(
      [{ name, item, columns, columnsNote, records: [...batches].flatMap((items) => parsed(site, items)) }],
      site,
      links.self,
    )
  },
}

/**
 * The time of every file in the archive: the earliest that ZIP allows, fixed so that equal records give equal bytes.
 */
const mtime = new Date(1980, 0, 1)

/** The maximum length of a cell in Excel, in characters. */
const maxCharacters = 32_767

/** A sheet of a workbook. */
interface Sheet {
  name: string
  columns: Columns<never>
  /** The schema of an item, which describes the columns. */
  item?: List['item']
  columnsNote?: string | undefined
  records: Iterable<never>
}

/**
 * A workbook (.xlsx) of the data at a URL: the sheets, each with a filterable header row, then a sheet on the origin of
 * the data and the meaning of each column. Whole dates and times become spreadsheet dates. Months, years and offsets
 * stay text.
 */
export async function workbookOf(all: Sheet[], origin: Origin, url: string): Promise<Buffer> {
  // Loaded on first use: the library is large, and workbooks are rarely requested.
  const { default: writeWorkbook } = await import('write-excel-file/node')
  const sheets = all.map(({ name, columns, records }) => {
    const header = Object.keys(columns).map((value) => ({ value, fontWeight: 'bold' as const }))
    const rows = [...records].map((record) => Object.values(columns).map((column) => sheetCell(cellOf(column, record))))
    const widths = header.map(({ value }, index) => ({ width: widthOf([{ value }, ...rows.map((row) => row[index])]) }))
    return { sheet: name, data: [header, ...rows] as SheetData, columns: widths, stickyRowsCount: 1 }
  })
  const readme = {
    sheet: 'readme',
    data: readmeOf(origin, url, all) as SheetData,
    columns: [{ width: 40 }, { width: 100 }],
  }
  const workbook = await writeWorkbook([...sheets, readme]).toBuffer()
  const files = unzipSync(workbook)
  for (const [index, { data }] of sheets.entries()) addFilter(files, index + 1, data[0]?.length ?? 0, data.length)
  return Buffer.from(zipSync(files, { mtime }))
}

const readmeOf = ({ dataset, releasedOn }: Origin, url: string, all: Sheet[]) =>
  [
    ['Title', directoryName],
    ['Source', url],
    ['Documents', 'Each statement names its source document; they are in the sheet or list "sources".'],
    ['Dataset', dataset],
    ['Date', releasedOn ?? 'not released'],
    ['Licence', `${dataLicense.sentence} ${dataLicense.url}`],
    ...all.flatMap(({ name, columns, item, columnsNote }) => [
      ...(columnsNote ? [[name, columnsNote]] : []),
      ...(item
        ? Object.keys(columns).map((column) => [`${name}: ${column}`, descriptionOf({ item, columns }, column)])
        : []),
    ]),
  ].map(([name = '', text = '']) => [{ value: name, type: String, fontWeight: 'bold' as const }, sheetCell(text)])

/** Adds a filter to the header row of a sheet. */
function addFilter(files: Record<string, Uint8Array>, number: number, columns: number, rows: number): void {
  const path = `xl/worksheets/sheet${number}.xml`
  const filter = `</sheetData><autoFilter ref="A1:${columnName(columns)}${rows}"/>`
  files[path] = strToU8(strFromU8(files[path] as Uint8Array).replace('</sheetData>', filter))
}

/** `A` for 1, `AA` for 27. */
const columnName = (number: number): string =>
  number === 0 ? '' : columnName(Math.floor((number - 1) / 26)) + String.fromCharCode(65 + ((number - 1) % 26))

/** Day 0 of spreadsheet dates. */
const epoch = Date.UTC(1899, 11, 30)
const dayMs = 86_400_000

/** A cell. Texts get the type text, so that none is run as a formula. */
function sheetCell(value: string | number | boolean | null | undefined) {
  if (value === null || value === undefined || value === '') return null
  if (typeof value !== 'string') return { value, type: value.constructor as typeof Number }
  if (/^(?:19|2\d)\d\d-\d\d-\d\d$/.test(value) && isPartialDate(value))
    return { value: (Date.parse(value) - epoch) / dayMs, type: Number, format: 'yyyy-mm-dd' }
  if (/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(value))
    return { value: Date.parse(`1970-01-01T${value}Z`) / dayMs, type: Number, format: 'hh:mm' }
  return { value: value.slice(0, maxCharacters), type: String }
}

/** The width of a column in characters: that of its longest line, within bounds. */
function widthOf(cells: ({ value: unknown } | null | undefined)[]): number {
  const lengths = cells
    .flatMap((cell) => (typeof cell?.value === 'string' ? cell.value.split('\n') : []))
    .map(({ length }) => length)
  return Math.min(Math.max(10, ...lengths) + 2, 60)
}
