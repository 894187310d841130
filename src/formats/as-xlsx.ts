import type { Rows } from '../nouns/noun.ts'
import { ref } from '../nouns/shapes.ts'
import { Type } from '../typebox.ts'
import { type Format, parsed } from './format.ts'

const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const Workbook = Type.String({
  $id: 'Workbook',
  contentMediaType: mediaType,
  description: 'A workbook with the columns of the CSV, real dates and times, and a sheet `readme`.',
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
      const { columns, of } = rows as Rows
      return workbookOf([{ name, columns, records: of(parsed(site, text)[0] as never) as never[] }], site)
    },
  },
  async *parts({ list: { name, columns }, batches, site }) {
    const { workbookOf } = await import('./workbook.ts')
    yield await workbookOf([{ name, columns, records: [...batches].flatMap((items) => parsed(site, items)) }], site)
  },
}
