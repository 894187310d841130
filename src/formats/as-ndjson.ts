import { between } from '../nouns/noun.ts'
import { absolute } from '../nouns/shapes.ts'
import { Type } from '../typebox.ts'
import type { Format } from './format.ts'

const lines = Type.String({ description: 'One item per line, each as in the JSON list.' })

export const ndjson: Format = {
  name: 'ndjson',
  label: 'NDJSON',
  mediaType: 'application/x-ndjson; charset=utf-8',
  isPaged: false,
  fits: () => true,
  schema: () => lines,
  fileSchema: lines,
  *parts({ site, batches }) {
    for (const items of batches)
      if (items.length > 0) yield `${absolute(site, String(items)).replaceAll(between, '\n')}\n`
  },
}
