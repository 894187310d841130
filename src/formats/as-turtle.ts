import { nodesOf } from '../nouns/linked-data.ts'
import type { Noun } from '../nouns/noun.ts'
import { ref } from '../nouns/shapes.ts'
import { Type } from '../typebox.ts'
import { jsonld } from './as-jsonld.ts'
import type { Format, Origin } from './format.ts'
import { TurtleWriter } from './turtle.ts'

export const Turtle = Type.String({ $id: 'Turtle', description: 'RDF 1.1 Turtle with the triples of the JSON-LD.' })

export const turtle: Format = {
  ...jsonld,
  name: 'ttl',
  label: 'Turtle',
  mediaType: 'text/turtle; charset=utf-8',
  schema: () => ref(Turtle),
  fileSchema: ref(Turtle),
  parts: ({ site, batches, noun }) => turtleOf(noun as Noun, batches, site),
  item: {
    ...(jsonld.item as NonNullable<Format['item']>),
    schema: () => ref(Turtle),
    write: (noun, text, site) => [...turtleOf(noun, [Buffer.from(text)], site)].join(''),
  },
}

function* turtleOf(noun: Noun, batches: Iterable<Buffer>, { base }: Pick<Origin, 'base'>): Iterable<string> {
  const turtle = new TurtleWriter(base)
  for (const items of batches) yield turtle.write(nodesOf(noun, JSON.parse(`[${items}]`), base))
  yield turtle.end()
}
