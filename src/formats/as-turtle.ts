import { ref } from '../nouns/shapes.ts'
import { Type } from '../typebox.ts'
import { jsonld } from './as-jsonld.ts'
import type { Format } from './format.ts'
import { turtleOf } from './turtle.ts'

export const Turtle = Type.String({ $id: 'Turtle', description: 'RDF 1.1 Turtle with the triples of the JSON-LD.' })

export const turtle: Format = {
  ...jsonld,
  name: 'ttl',
  label: 'Turtle',
  mediaType: 'text/turtle; charset=utf-8',
  schema: () => ref(Turtle),
  fileSchema: ref(Turtle),
  finish: turtleOf,
  item: { ...(jsonld.item as NonNullable<Format['item']>), schema: () => ref(Turtle) },
}
