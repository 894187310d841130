import { between } from '../nouns/noun.ts'
import { absolute, ref } from '../nouns/shapes.ts'
import { Type } from '../typebox.ts'
import type { DataFormat } from './format.ts'

const Ndjson = Type.String({ $id: 'Ndjson', description: 'One item of the JSON list per line.' })

export const format: DataFormat = {
  name: 'ndjson',
  position: 3,
  label: 'NDJSON',
  mediaType: 'application/x-ndjson; charset=utf-8',
  schema: () => ref(Ndjson),
  fileSchema: ref(Ndjson),
  *parts({ site, batches }) {
    for (const items of batches)
      if (items.length > 0) yield `${absolute(site, String(items)).replaceAll(between, '\n')}\n`
  },
}
