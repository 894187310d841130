import { Type } from '../typebox.ts'
import { type Format, parsed } from './format.ts'

export const xlsx: Format = {
  name: 'xlsx',
  label: 'Spreadsheet (xlsx)',
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  isPaged: false,
  fits: () => true,
  schema: () =>
    Type.String({
      contentMediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      description: 'A workbook with one sheet, which has the columns of the CSV.',
    }),
  async *parts({ list: { name, columns }, batches, site }) {
    const { workbookOf } = await import('./workbook.ts')
    yield await workbookOf([{ name, columns, records: [...batches].flatMap((items) => parsed(site, items)) }])
  },
}
