import { between, type List, type Noun, type Revision } from '../nouns/noun.ts'
import { absolute } from '../nouns/shapes.ts'
import type { TSchema } from '../typebox.ts'

export type RevisionOf = (id: string) => Revision | undefined

/** Where the records that are written come from. */
export interface Origin {
  /** The public URL, without a slash at the end; empty if the service does not know it. */
  base: string
  /** The digest of the seed. */
  dataset: string
  /** The day of its release, as YYYY-MM-DD; null if it is not released. */
  releasedOn: string | null
  /** Where errors are reported: a `mailto:` or `https:` URL; empty if the operator gave none. */
  contact: string
}

/** A page of a list to be written, or the whole list. */
export interface ListPage {
  site: Origin
  list: List
  /** The noun of the list, if it has one. */
  noun: Noun | undefined
  /**
   * Its items in batches, each read when it is needed: each a JSON text with `between` between the items, in which
   * addresses start at the root of the host.
   */
  batches: Iterable<Buffer>
  total: number
  /** Where the next page starts; null on the last. */
  nextCursor: string | null
  /** The addresses of this page, of the first, of the next (null on the last), and of this page as JSON. */
  links: { self: string; first: string; next: string | null; alternate: string }
  /** The address of the list without place and public address, which a feed is known by. */
  name: string
  filters: Record<string, unknown>
  /** What the log of releases says of an item; absent if the list is no calendar. */
  revisionOf?: RevisionOf | undefined
}

/** A way to write a list; `Page` is what it needs to know of one. */
export interface Format<Page extends ListPage = ListPage> {
  /** As `format` takes it, and as files end. */
  name: string
  mediaType: string
  /** What a page calls it. */
  label: string
  /** Whether a list is offered in it. */
  fits(list: List): boolean
  /** Whether it is given in pages if nothing is asked; a file is whole. */
  isPaged: boolean
  /** The most items of a list that is not asked for in pages: then the newest. Absent if there is no bound. */
  most?: number
  /** What the OpenAPI document says of a page; absent if it says nothing, as of what is for people. */
  schema?(list: List): TSchema
  /** What it says of a whole noun as a file; absent if there are no such files. */
  fileSchema?: TSchema
  /** The same format as browsers get it. */
  inBrowser?: Format<Page>
  /** Headers of its own, sent with a 304, too: a browser takes them over. */
  headers?: Record<string, string>
  /** The text of a page, in parts: one for each batch, so that the whole of a long list is never held. */
  parts(page: Page): Iterable<string | Buffer> | AsyncIterable<Buffer>
  /** What is made of the whole text of `parts` or of an item, before it is sent; absent if it is sent as it is. */
  finish?(text: string, site: Page['site']): Promise<string>
  /** How one item is written; absent if items are not offered in it. `text` has addresses from the root of the host. */
  item?: {
    fits(noun: Noun): boolean
    /** Set if what is written depends only on the record, not on the rest of the dataset. */
    isOfRecord?: true
    schema?(noun: Noun): TSchema
    write(noun: Noun, text: string, site: Page['site'], revisionOf: RevisionOf): string | Promise<Buffer>
  }
}

/** Items with absolute addresses. */
export function parsed(site: Origin, items: Buffer | string): never[] {
  return JSON.parse(`[${absolute(site, items)}]`)
}

/** What is written of each batch, with commas between. */
export function* listed(
  batches: Iterable<Buffer>,
  write: (items: Buffer) => string | Buffer,
): Iterable<string | Buffer> {
  let isFirst = true
  for (const items of batches) {
    if (items.length === 0) continue
    if (!isFirst) yield between
    yield write(items)
    isFirst = false
  }
}
