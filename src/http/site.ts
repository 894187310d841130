import type { List, Noun, Revision } from '../nouns/noun.ts'
import type { BodyCache } from './body-cache.ts'
import type { Problem } from './problem.ts'
import type { Recalled } from './recalled.ts'

/** What every response rests on: data, code and public URL. */
export interface Served {
  /** The public URL, without a slash at the end; empty if the service does not know it. */
  base: string
  /** Where errors are reported: a `mailto:` or `https:` URL; empty if the operator gave none. */
  contact: string
  /** The version of the service, from package.json. */
  version: string
  /** The digest of the seed. */
  dataset: string
  /** Changes with the dataset, the log of changes and the code that reads them. */
  stamp: string
  /** Changes with the code that decides the bytes of a response. */
  code: string
}

/** What writes the pages: each a whole document of HTML. */
export interface Pages {
  list(page: ListPage): string
  /** `record` is a record of the noun as it is stored, or compared to another one. */
  item(noun: Noun, record: string): string
  problem(problem: Problem): string
}

/** A page of a list to be written, or the whole list. */
export interface ListPage {
  site: Site
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
  revisionOf?: ((id: string) => Revision | undefined) | undefined
}

/** What all routes share. */
export interface Site extends Served {
  pages: Pages
  bodies: BodyCache
  recalled: Recalled
  /** True once the service has been told to end: then every response closes its connection. */
  isEnding(): boolean
}

/**
 * A JSON text of records with absolute addresses. In a record every address of the service is a property `href`; within
 * a JSON string the quotes around it would be escaped, so that nothing else can look like one.
 */
export function absolute<Text extends string | Buffer>({ base }: Served, json: Text): Text | string {
  return base === '' ? json : String(json).replaceAll('"href":"/', () => `"href":"${base}/`)
}
