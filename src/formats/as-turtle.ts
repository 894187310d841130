import { Type } from '../typebox.ts'
import { jsonld } from './as-jsonld.ts'
import type { Format } from './format.ts'
import { turtleOf } from './turtle.ts'

const triples = Type.String({ description: 'RDF 1.1 Turtle: the triples of the JSON-LD.' })

export const turtle: Format = {
  ...jsonld,
  name: 'ttl',
  label: 'Turtle',
  mediaType: 'text/turtle; charset=utf-8',
  schema: () => triples,
  fileSchema: triples,
  finish: turtleOf,
  item: { ...(jsonld.item as NonNullable<Format['item']>), schema: () => triples },
}
