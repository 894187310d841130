import { hash } from 'node:crypto'
import { require } from '../commonjs.ts'
import type { FeedEntry, List } from '../nouns/noun.ts'
import { dataLicense, directoryName } from '../openapi-info.ts'
import { Type } from '../typebox.ts'
import { type DataFormat, type ListPage, parsed } from './format.ts'

export const format: DataFormat = {
  name: 'atom',
  position: 5,
  label: 'Feed',
  mediaType: 'application/atom+xml; charset=utf-8',
  needs: 'feed',
  schema: () => Type.String({ description: 'RFC 4287 with one entry per release.' }),
  *parts(page) {
    yield feedOf(page)
  },
}

/** The id of an Atom element: a UUID of version 8 (RFC 9562) made from a name, the same at every public URL. */
function feedId(name: string): string {
  const digits = hash('sha256', `action-line-directory\n${name}`)
  const parts = [digits.slice(0, 8), digits.slice(8, 12), `8${digits.slice(13, 16)}`, `8${digits.slice(17, 20)}`]
  return `urn:uuid:${[...parts, digits.slice(20, 32)].join('-')}`
}

const midnight = (date: string) => `${date}T00:00:00Z`

const linkOf = (rel: string, href: string, type: string) => ({ '@_rel': rel, '@_href': href, '@_type': type })

function elementOf({ name, title, date, href, paragraphs }: FeedEntry, base: string) {
  return {
    id: feedId(name),
    title,
    updated: midnight(date),
    link: linkOf('alternate', base + href, 'text/html'),
    category: { '@_term': 'release' },
    content: { '@_type': 'xhtml', div: { '@_xmlns': 'http://www.w3.org/1999/xhtml', p: paragraphs } },
  }
}

function atomContact(contact: string): { uri?: string; email?: string } {
  if (contact === '') return {}
  return contact.startsWith('https:') ? { uri: contact } : { email: contact.replace(/^mailto:/i, '') }
}

/** An Atom text (RFC 4287). */
function feedOf({ site, list, batches, total, filters, links }: ListPage): string {
  const { feed } = list as Required<List>
  const items = [...batches].flatMap((some) => parsed(site, some))
  const { title, entries } = feed(items, filters, items.length < total)
  const { alternate, ...pages } = links
  const link = Object.entries(pages).flatMap(([rel, href]) =>
    href === null ? [] : linkOf(rel, href, 'application/atom+xml'),
  )
  const text = xmlOf({
    '?xml': { '@_version': '1.0', '@_encoding': 'utf-8' },
    feed: {
      '@_xmlns': 'http://www.w3.org/2005/Atom',
      id: feedId(pages.first.slice(site.base.length)),
      title: `Action Line directory: ${title}`,
      // Atom requires a date, and an empty feed has none.
      updated: midnight(entries[0]?.date ?? '1970-01-01'),
      author: { name: directoryName, ...atomContact(site.contact) },
      rights: dataLicense.sentence,
      link: [...link, linkOf('alternate', alternate, 'application/json')],
      entry: entries.map((entry) => elementOf(entry, site.base)),
    },
  })
  return `${text}\n`
}

/** A text of XML, without the characters that XML does not allow, even escaped: most control characters. */
function xmlOf(tree: object): string {
  const { default: Builder }: typeof import('fast-xml-builder') = require('fast-xml-builder')
  return new Builder({
    ignoreAttributes: false,
    suppressEmptyNode: true,
    tagValueProcessor: (_name, value) => String(value).replace(/(?!\n)[\p{Cc}\p{Cs}\p{NChar}]/gu, '\uFFFD'),
  }).build(tree)
}
