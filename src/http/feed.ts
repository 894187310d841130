import { hash } from 'node:crypto'
import Builder from 'fast-xml-builder'

/** What a member is in a feed. */
export interface FeedEntry {
  /** What it is and always will be, to make an id of: the dataset and the id of the member. */
  name: string
  title: string
  /** YYYY-MM-DD. */
  date: string
  href: string
  category: string
  /** What it says, one paragraph each. */
  paragraphs: string[]
}

/** What a feed says of itself. */
export interface FeedHead {
  title: string
  /** YYYY-MM-DD; of the release and not of the answer, so that the same question gives the same bytes. */
  date: string
  /** The addresses of the feed: of this page, of the first and of the next one. */
  self: string
  first: string
  next: string | null
}

const builder = new Builder({
  ignoreAttributes: false,
  suppressEmptyNode: true,
  // What XML cannot hold, not even escaped.
  tagValueProcessor: (_name, value) => String(value).replace(/(?!\n)[\p{Cc}\p{Cs}\p{NChar}]/gu, '\uFFFD'),
})

/** The id of an Atom element: a UUID of version 8 (RFC 9562) made of a name, wherever the service is reached. */
function idOf(name: string): string {
  const digits = hash('sha256', `action-line-directory\n${name}`)
  const parts = [digits.slice(0, 8), digits.slice(8, 12), `8${digits.slice(13, 16)}`, `8${digits.slice(17, 20)}`]
  return `urn:uuid:${[...parts, digits.slice(20, 32)].join('-')}`
}

const midnight = (date: string) => `${date}T00:00:00Z`

/** An Atom text (RFC 4287), one page of a feed (RFC 5005) where there is a next one. */
export function feedOf({ title, date, self, first, next }: FeedHead, name: string, entries: FeedEntry[]): string {
  const link = (rel: string, href: string, type: string) => ({ '@_rel': rel, '@_href': href, '@_type': type })
  const atom = 'application/atom+xml'
  const xml: string = builder.build({
    '?xml': { '@_version': '1.0', '@_encoding': 'utf-8' },
    feed: {
      '@_xmlns': 'http://www.w3.org/2005/Atom',
      id: idOf(name),
      title,
      updated: midnight(date),
      author: { name: 'The curators of the Action Line directory' },
      link: [link('self', self, atom), link('first', first, atom), ...(next ? [link('next', next, atom)] : [])],
      entry: entries.map(({ name, title, date, href, category, paragraphs }) => ({
        id: idOf(name),
        title,
        updated: midnight(date),
        link: link('alternate', href, 'application/json'),
        category: { '@_term': category },
        content: { '@_type': 'xhtml', div: { '@_xmlns': 'http://www.w3.org/1999/xhtml', p: paragraphs } },
      })),
    },
  })
  return `${xml}\n`
}
