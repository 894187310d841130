import { require } from '../commonjs.ts'
import { cellIn } from '../nouns/columns.ts'
import type { Columns, Rows } from '../nouns/noun.ts'
import { ref, refAs } from '../nouns/shapes.ts'
import { Type } from '../typebox.ts'
import { type DataFormat, type Format, parsed } from './format.ts'

const Csv = Type.String({
  $id: 'Csv',
  description:
    'RFC 4180 with a header row. "; " separates several values in a cell, and line breaks separate passages of text. For a browser (`Accept: text/html`), a byte order mark comes first.',
})

const csv = {
  name: 'csv',
  label: 'CSV',
  mediaType: 'text/csv; charset=utf-8; header=present',
  schema: ({ columnsNote }) => (columnsNote ? refAs(Csv, columnsNote) : ref(Csv)),
  *parts({ list: { columns }, batches, site }) {
    yield csvOf([Object.keys(columns)])
    for (const items of batches) yield csvLines(columns, parsed(site, items))
  },
  item: {
    needs: 'rows',
    isOfRecord: true,
    schema: ({ rows }) => Type.String({ description: `RFC 4180 with a header row. ${(rows as Rows).description}` }),
    write({ rows }, text, site) {
      const [item] = parsed(site, text)
      const { columns, of } = rows as Rows
      return csvOf([Object.keys(columns)]) + csvLines(columns, of(item as never) as never[])
    },
  },
} satisfies Format

/** Spreadsheet programs read a CSV file saved by a browser as UTF-8 only if it begins with a byte order mark. */
const byteOrderMark = '\uFEFF'

export const format: DataFormat = {
  ...csv,
  position: 2,
  fileSchema: Type.String({ description: 'RFC 4180 with a header row, like the list.' }),
  inBrowser: {
    ...csv,
    // The name is part of the ETag.
    name: 'csv-bom',
    *parts(page) {
      yield byteOrderMark
      yield* csv.parts(page)
    },
    item: { ...csv.item, write: (noun, text, site) => byteOrderMark + csv.item.write(noun, text, site) },
  },
}

/** A CSV text (RFC 4180). */
function csvOf(rows: unknown[][]): string {
  const { stringify }: typeof import('csv-stringify/sync') = require('csv-stringify/sync')
  return stringify(rows, { record_delimiter: 'windows', cast: { boolean: String } })
}

/** CSV rows. A cell that a spreadsheet would run as a formula is prefixed with an apostrophe. */
function csvLines(columns: Columns<never>, items: never[]): string {
  return csvOf(items.map((item) => Object.values(columns).map((column) => guarded(cellIn(column, item)))))
}

/** The start of a formula. Numbers and offsets such as +02:00 are not formulas. */
const formula = /^(?![+-][\d:.]+$)[=+\-@\t\r]/

function guarded<Cell>(cell: Cell): Cell | string {
  return typeof cell === 'string' && formula.test(cell) ? `'${cell}` : cell
}
