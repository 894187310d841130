import { between, type List, type Noun, type Revision } from '../nouns/noun.ts'
import { absolute } from '../nouns/shapes.ts'
import type { TSchema } from '../typebox.ts'

export type RevisionOf = (id: string) => Revision | undefined

/** The service and dataset that records come from. */
export interface Origin {
  /** The public URL, without a slash at the end; empty if unknown. */
  base: string
  /** The dataset: a digest of the seed. */
  dataset: string
  /** The day of its release, YYYY-MM-DD; null if it is not released. */
  releasedOn: string | null
  /** Where to report errors: a `mailto:` or `https:` URL; empty if none is set. */
  contact: string
}

/** A page of a list, or the whole list. */
export interface ListPage {
  site: Origin
  list: List
  /**
   * Its items in batches, read lazily. Each batch is a JSON text with `between` between the items and addresses from
   * the root of the host.
   */
  batches: Iterable<Buffer>
  total: number
  /** The start of the next page; null on the last. */
  nextCursor: string | null
  /** The URLs of this page, the first, the next (null on the last), and this page as JSON. */
  links: { self: string; first: string; next: string | null; alternate: string }
  filters: Record<string, unknown>
  /** The revision of an item in the log of releases; absent if the list is not a calendar. */
  revisionOf?: RevisionOf | undefined
}

/** A format in which a list can be written. */
export interface Format {
  /** The value of `format`, and the file extension. */
  name: string
  mediaType: string
  /** Its label on pages. */
  label: string
  /** The property that a list must have to be offered in this format. */
  needs?: 'records' | 'calendar' | 'feed'
  /** Set if the list is paged by default; a file is always complete. */
  isPaged?: true
  /** The schema of a page in the OpenAPI document; absent for formats that are only for people. */
  schema?(list: List): TSchema
  /** The schema of the exported file of a noun; absent if no such file is exported. */
  fileSchema?: TSchema
  /** The variant of the format that browsers get. */
  inBrowser?: Format
  /** Additional headers. They are sent with a 304, too, because a browser updates its copy with them. */
  headers?: Record<string, string>
  /** The text of a page in parts, one for each batch, so that a long list is never in memory as a whole. */
  parts(page: ListPage): Iterable<string | Buffer> | AsyncIterable<Buffer>
  /**
   * Writes one item; absent if items are not offered in this format. `text` has addresses from the root of the host.
   */
  item?: {
    /** The property that the noun must have, besides that of the list. */
    needs?: 'rows'
    /** Set if the output depends only on the record, not on the rest of the dataset. */
    isOfRecord?: true
    schema?(noun: Noun): TSchema
    write(noun: Noun, text: string, site: Origin, revisionOf: RevisionOf): string | Promise<Buffer>
  }
}

/** A format of data, defined in the file `as-<name>.ts`. */
export interface DataFormat extends Format {
  /** Its place among the formats, each with its own; the first is sent to a client that accepts any. */
  position: number
}

/** True if a list has the property that a format needs. */
export const fits = ({ needs }: { needs?: string }, list: List): boolean => needs === undefined || needs in list

/** A media type without its parameters. */
export const bareType = ({ mediaType }: { mediaType: string }): string => mediaType.replace(/;.*/, '')

/** Items with absolute addresses. */
export function parsed(site: Origin, items: Buffer | string): never[] {
  return JSON.parse(`[${absolute(site, items)}]`)
}

/** The parts written for each batch, separated by commas. */
export function* withCommas(
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
