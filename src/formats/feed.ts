import { hash } from 'node:crypto'
import Builder from 'fast-xml-builder'
import type { FeedEntry } from '../nouns/noun.ts'
import { dataLicense, directoryName } from '../openapi-info.ts'

/** The head of a feed. */
interface FeedHead {
  /** A `mailto:` or `https:` URL, or empty. */
  contact: string
  /** The name that its id is made from, as for an entry. */
  name: string
  title: string
  /** The URLs of this page, the first page, the next page, and this page as JSON. */
  links: { self: string; first: string; next: string | null; alternate: string }
}

const builder = new Builder({
  ignoreAttributes: false,
  suppressEmptyNode: true,
  // Control characters other than line feed: most are not allowed in XML, even escaped.
  tagValueProcessor: (_name, value) => String(value).replace(/(?!\n)[\p{Cc}\p{Cs}\p{NChar}]/gu, '\uFFFD'),
})

/** The id of an Atom element: a UUID of version 8 (RFC 9562) made from a name, the same at every public URL. */
function feedId(name: string): string {
  const digits = hash('sha256', `action-line-directory\n${name}`)
  const parts = [digits.slice(0, 8), digits.slice(8, 12), `8${digits.slice(13, 16)}`, `8${digits.slice(17, 20)}`]
  return `urn:uuid:${[...parts, digits.slice(20, 32)].join('-')}`
}

const midnight = (date: string) => `${date}T00:00:00Z`

const linkOf = (rel: string, href: string, type: string) => ({ '@_rel': rel, '@_href': href, '@_type': type })

function elementOf({ name, title, date, href, category, paragraphs }: FeedEntry, base: string) {
  return {
    id: feedId(name),
    title,
    updated: midnight(date),
    link: linkOf('alternate', base + href, 'text/html'),
    category: { '@_term': category },
    content: { '@_type': 'xhtml', div: { '@_xmlns': 'http://www.w3.org/1999/xhtml', p: paragraphs } },
  }
}

function atomContact(contact: string): { uri?: string; email?: string } {
  if (contact === '') return {}
  return contact.startsWith('https:') ? { uri: contact } : { email: contact.replace(/^mailto:/i, '') }
}

/** An Atom text (RFC 4287). */
export function feedOf({ name, title, contact, links }: FeedHead, entries: FeedEntry[], base: string): string {
  const { alternate, ...pages } = links
  const link = Object.entries(pages).flatMap(([rel, href]) =>
    href === null ? [] : linkOf(rel, href, 'application/atom+xml'),
  )
  const xml: string = builder.build({
    '?xml': { '@_version': '1.0', '@_encoding': 'utf-8' },
    feed: {
      '@_xmlns': 'http://www.w3.org/2005/Atom',
      id: feedId(name),
      title,
      // Atom requires a date, and an empty feed has none.
      updated: midnight(entries[0]?.date ?? '1970-01-01'),
      author: { name: directoryName, ...atomContact(contact) },
      rights: dataLicense.sentence,
      link: [...link, linkOf('alternate', alternate, 'application/json')],
      entry: entries.map((entry) => elementOf(entry, base)),
    },
  })
  return `${xml}\n`
}
