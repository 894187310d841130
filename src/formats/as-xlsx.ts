import type { Rows } from '../nouns/noun.ts'
import { ref } from '../nouns/shapes.ts'
import { Type } from '../typebox.ts'
import { type Format, parsed } from './format.ts'

const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const Workbook = Type.String({
  $id: 'Workbook',
  contentMediaType: mediaType,
  description:
    'A workbook with the columns of the CSV, real dates and times, and a sheet `readme` with the meaning of each column.',
})

export const xlsx: Format = {
  name: 'xlsx',
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
      const { workbookOf } = await import('./workbook.ts')
      const { columns, of, description } = rows as Rows
      return workbookOf(
        [{ name, columns, columnsNote: description, records: of(parsed(site, text)[0] as never) as never[] }],
        site,
      )
    },
  },
  async *parts({ list: { name, item, columns, columnsNote }, batches, site }) {
    const { workbookOf } = await import('./workbook.ts')
    yield await workbookOf(
      [{ name, item, columns, columnsNote, records: [...batches].flatMap((items) => parsed(site, items)) }],
      site,
    )
  },
}
