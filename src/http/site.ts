import type { ListPage, Origin } from '../formats/format.ts'
import type { Collection, Lookup, NameSet, Noun } from '../nouns/noun.ts'
import type { BodyCache } from './body-cache.ts'
import type { Problem } from './problem-details.ts'
import type { Recalled } from './recalled.ts'

/** Writes the pages, each a complete HTML document. */
export interface Pages {
  list(page: ListPage): string
  /** `record` is the stored JSON of a record, or its comparison with another one. */
  item(noun: Noun, record: string): string
  problem(problem: Problem): string
}

/** The objects that all routes share: the data, the code and the public URL of every response, and the caches. */
export interface Site extends Origin {
  /** The version of the service, from package.json. */
  version: string
  /** A digest of the dataset, the log of changes and the code that reads them. */
  stamp: string
  /** A digest of the code that determines the bytes of a response. */
  code: string
  /** The Last-Modified of every response; absent if the dataset is not released. */
  lastModified?: string | undefined
  /** The day of the last release, of this dataset or a former one; null if there was none. */
  lastReleasedOn: string | null
  /** True if the seed build failed and the previous database is served. */
  isOld: boolean
  /** The records of each noun, by name of the noun. */
  collections: ReadonlyMap<string, Collection>
  /** The lookups for the values of filters. */
  lookups: Record<NameSet, Lookup>
  pages: Pages
  bodies: BodyCache
  recalled: Recalled
  /** True once shutdown has begun: then every response closes its connection. */
  isEnding(): boolean
}
