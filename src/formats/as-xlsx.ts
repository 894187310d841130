import type { Rows } from '../nouns/noun.ts'
import { hrefOf, ref } from '../nouns/shapes.ts'
import { Type } from '../typebox.ts'
import { type Format, parsed } from './format.ts'

const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const Workbook = Type.String({
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
    const { workbookOf } = await import('./workbook.ts')
    yield await workbookOf(
      [{ name, item, columns, columnsNote, records: [...batches].flatMap((items) => parsed(site, items)) }],
      site,
      links.self,
    )
  },
}
