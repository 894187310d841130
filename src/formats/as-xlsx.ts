import { setImmediate } from 'node:timers/promises'
import { require } from '../commonjs.ts'
import { cellIn } from '../nouns/columns.ts'
import type { Cell, Columns, List, Rows } from '../nouns/noun.ts'
import { hrefOf, ref } from '../nouns/shapes.ts'
import { dataLicense, directoryName } from '../openapi-info.ts'
import { isPartialDate } from '../schema.ts'
import { Type } from '../typebox.ts'
import { descriptionOf } from './column-descriptions.ts'
import { type DataFormat, type Origin, parsed } from './format.ts'

const main = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const mediaType = `${main}.sheet`

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
  async *parts({ list, batches, site, links }) {
    yield await workbookOf([{ ...list, records: recordsIn(batches, site) }], site, links.self)
  },
}

function* recordsIn(batches: Iterable<Buffer>, site: Origin): Iterable<never> {
  for (const items of batches) yield* parsed(site, items)
}

/** A sheet of a workbook. */
interface Sheet {
  name: string
  columns: Columns<never>
  /** The schema of an item, which describes the columns. */
  item?: List['item']
  columnsNote?: string | undefined
  records: Iterable<never>
}

/** The number of rows that are read or written in one turn of the event loop. */
const maxRows = 100

/**
 * A workbook (.xlsx, ECMA-376) of the data at a URL: the sheets, each with a filterable header row, then a sheet on the
 * origin of the data and the meaning of each column. Whole dates and times become spreadsheet dates. Months, years and
 * offsets stay text. Other requests run between each hundred rows.
 */
export async function workbookOf(sheets: Sheet[], origin: Origin, url: string): Promise<Buffer> {
  const { Zip, ZipDeflate, strToU8 }: typeof import('fflate') = require('fflate')
  const pieces: Uint8Array[] = []
  const zip = new Zip((_error, piece) => pieces.push(piece))
  const add = async (path: string, parts: Iterable<string>) => {
    const file = new ZipDeflate(path)
    // The earliest time that ZIP allows, so that equal records give equal bytes.
    file.mtime = new Date(1980, 0, 1)
    zip.add(file)
    for (const part of ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', ...parts]) {
      file.push(strToU8(part))
      await setImmediate()
    }
    file.push(new Uint8Array(), true)
  }
  const tables = [...sheets.map(rowsOf), readmeOf(origin, url, sheets)]
  for (const [path, text] of Object.entries(frameOf([...sheets.map(({ name }) => name), 'readme'])))
    await add(path, [text])
  for (const [index, table] of tables.entries()) {
    const rows: Cell[][] = []
    const widths: number[] = []
    for (const row of table) {
      for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, widthOf(cell))
      if (rows.push(row) % maxRows === 0) await setImmediate()
    }
    await add(sheetPath(index + 1), sheetParts(rows, widths))
  }
  zip.end()
  return Buffer.concat(pieces)
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

/** The width that a column needs for a cell, in characters: that of its longest line, within bounds. */
function widthOf(cell: Cell): number {
  const lengths = typeof cell === 'string' ? cell.split('\n').map(({ length }) => length) : []
  return Math.min(Math.max(10, ...lengths) + 2, 60)
}

const schemas = 'http://schemas.openxmlformats.org'
const namespace = `xmlns="${schemas}/spreadsheetml/2006/main"`
const sheetPath = (number: number) => `xl/worksheets/sheet${number}.xml`

/** The files of a workbook besides its sheets: their text by path. */
function frameOf(sheets: string[]): Record<string, string> {
  const each = (write: (number: number, name: string) => string) =>
    sheets.map((name, index) => write(index + 1, name)).join('')
  const part = (path: string, type: string) => `<Override PartName="/${path}" ContentType="${main}.${type}+xml"/>`
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${schemas}/officeDocument/2006/relationships/${type}" Target="/${target}"/>`
  const relations = (all: string) =>
    `<Relationships xmlns="${schemas}/package/2006/relationships">${all}</Relationships>`
  return {
    '[Content_Types].xml': `<Types xmlns="${schemas}/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
${part('xl/workbook.xml', 'sheet.main')}${part('xl/styles.xml', 'styles')}${each((number) => part(sheetPath(number), 'worksheet'))}
</Types>`,
    '_rels/.rels': relations(relation('workbook', 'officeDocument', 'xl/workbook.xml')),
    'xl/_rels/workbook.xml.rels': relations(
      relation('styles', 'styles', 'xl/styles.xml') +
        each((number) => relation(`sheet${number}`, 'worksheet', sheetPath(number))),
    ),
    'xl/workbook.xml': `<workbook ${namespace} xmlns:r="${schemas}/officeDocument/2006/relationships">
<bookViews><workbookView/></bookViews>
<sheets>${each((number, name) => `<sheet name="${name}" sheetId="${number}" r:id="sheet${number}"/>`)}</sheets>
</workbook>`,
    'xl/styles.xml': `<styleSheet ${namespace}>
<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/><numFmt numFmtId="165" formatCode="hh:mm"/></numFmts>
<fonts count="2"><font/><font><b/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border/></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="4"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/></cellXfs>
</styleSheet>`,
  }
}

/** The styles of cells: their places in `cellXfs`. */
const styles = { bold: 1, date: 2, time: 3 }

/** A sheet in parts. Its first row is a header: in bold, always in view, and with a filter. */
function* sheetParts(rows: Cell[][], widths: number[]): Iterable<string> {
  const names = widths.map((_, at) => columnName(at + 1))
  const rowXml = (cells: Cell[], row: number) => {
    const written = cells.map((cell, column) => cellXml(`${names[column]}${row}`, cell, row === 1))
    return `<row r="${row}">${written.join('')}</row>`
  }
  const cols = widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`)
  yield `<worksheet ${namespace}>
<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>
<cols>${cols.join('')}</cols>
<sheetData>`
  for (let at = 0; at < rows.length; at += maxRows)
    yield rows
      .slice(at, at + maxRows)
      .map((cells, index) => rowXml(cells, at + index + 1))
      .join('')
  yield `</sheetData><autoFilter ref="A1:${names.at(-1)}${rows.length}"/></worksheet>`
}

/** `A` for 1, `AA` for 27. */
const columnName = (number: number): string =>
  number === 0 ? '' : columnName(Math.floor((number - 1) / 26)) + String.fromCharCode(65 + ((number - 1) % 26))

/** Day 0 of spreadsheet dates. */
const epoch = Date.UTC(1899, 11, 30)
const dayMs = 86_400_000

/** The maximum length of a cell in Excel, in characters. */
const maxCharacters = 32_767

/** A cell; '' for an empty one. Texts get the type text, so that none is run as a formula. */
function cellXml(reference: string, value: Cell, isBold: boolean): string {
  if (value === null || value === undefined || value === '') return ''
  const numeric = (number: number, attributes = '') => `<c r="${reference}"${attributes}><v>${number}</v></c>`
  if (typeof value === 'boolean') return numeric(Number(value), ' t="b"')
  if (typeof value === 'number') return numeric(value)
  if (/^(?:19|2\d)\d\d-\d\d-\d\d$/.test(value) && isPartialDate(value))
    return numeric((Date.parse(value) - epoch) / dayMs, ` s="${styles.date}"`)
  if (/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(value))
    return numeric(Date.parse(`1970-01-01T${value}Z`) / dayMs, ` s="${styles.time}"`)
  const style = isBold ? ` s="${styles.bold}"` : ''
  const text = escaped(value.slice(0, maxCharacters))
  return `<c r="${reference}"${style} t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** A text in XML, without the characters that XML does not allow, even escaped: most control characters. */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(/(?![\t\n\r])[\p{Cc}\p{NChar}]/gu, '')
    .replace(/[&<>]/g, (sign) => String(entities[sign]))
