import { pascal } from '../nouns/noun.ts'
import { absolute, dataset, nullable, ref, shape } from '../nouns/shapes.ts'
import { Type } from '../typebox.ts'
import { type DataFormat, withCommas } from './format.ts'

export const format: DataFormat = {
  name: 'json',
  position: 1,
  label: 'JSON',
  mediaType: 'application/json; charset=utf-8',
  isPaged: true,
  schema({ item, many, emptyNote }) {
    const page = shape(`${pascal(many)}Page`, `A page of ${many}.`, {
      dataset,
      total: Type.Integer({ description: 'The total number of items.' }),
      items: Type.Array(ref(item), { maxItems: 500, description: 'The items.' }),
      next: nullable(Type.String(), 'The URL of the next page, if any.'),
      nextCursor: nullable(Type.String(), 'The cursor of the next page, if any.'),
      ...(emptyNote && { note: nullable(Type.String(), 'The searchable contents, if `total` is 0. Otherwise null.') }),
    })
    return ref(page)
  },
  fileSchema: Type.Object({}, { description: 'The list, with all items on one page.', additionalProperties: true }),
  *parts({ site, list: { emptyNote }, total, batches, links, nextCursor }) {
    yield `{"dataset":"${site.dataset}","total":${total},"items":[`
    yield* withCommas(batches, (items) => absolute(site, items))
    const note = emptyNote ? `,"note":${total === 0 ? JSON.stringify(emptyNote) : null}` : ''
    yield `],"next":${JSON.stringify(links.next)},"nextCursor":${JSON.stringify(nextCursor)}${note}}`
  },
  item: { isOfRecord: true, schema: (noun) => ref(noun.item), write: (_noun, text, site) => absolute(site, text) },
}
