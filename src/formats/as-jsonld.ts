import { nodesOf } from '../nouns/linked-data.ts'
import { between, type Noun } from '../nouns/noun.ts'
import { hrefOf, ref } from '../nouns/shapes.ts'
import { Type } from '../typebox.ts'
import { type DataFormat, type Origin, withCommas } from './format.ts'

const JsonLd = Type.Object(
  {},
  { $id: 'JsonLd', description: 'JSON-LD 1.1 with the context /v1/context.jsonld.', additionalProperties: true },
)

export const format: DataFormat = {
  name: 'jsonld',
  position: 6,
  label: 'JSON-LD',
  mediaType: 'application/ld+json',
  needs: 'records',
  schema: () => ref(JsonLd),
  fileSchema: ref(JsonLd),
  parts: ({ site, batches, list }) => graphOf(list as Noun, batches, site),
  item: {
    isOfRecord: true,
    schema: () => ref(JsonLd),
    write: (noun, text, site) => [...graphOf(noun, [Buffer.from(text)], site)].join(''),
  },
}

function* graphOf(noun: Noun, batches: Iterable<Buffer>, { base }: Pick<Origin, 'base'>): Iterable<string | Buffer> {
  yield `{"@context":${JSON.stringify(base + hrefOf('context.jsonld'))},"@graph":[`
  yield* withCommas(batches, (items) =>
    nodesOf(noun, JSON.parse(`[${items}]`), base)
      .map((node) => JSON.stringify(node))
      .join(between),
  )
  yield ']}'
}
