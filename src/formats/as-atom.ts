import type { List } from '../nouns/noun.ts'
import { Type } from '../typebox.ts'
import { feedOf } from './feed.ts'
import { type Format, parsed } from './format.ts'

export const atom: Format = {
  name: 'atom',
  label: 'Feed',
  mediaType: 'application/atom+xml; charset=utf-8',
  isPaged: false,
  fits: ({ feed }) => feed !== undefined,
  schema: () => Type.String({ description: 'RFC 4287 with one entry per release.' }),
  *parts({ site, list, batches, total, links, name, filters }) {
    const { feed } = list as Required<List>
    const items = [...batches].flatMap((some) => parsed(site, some))
    const title = `Action Line directory: ${feed.titleOf(filters)}`
    yield feedOf(
      { name, title, contact: site.contact, links },
      feed.entriesOf(items, filters, items.length < total),
      site.base,
    )
  },
}
