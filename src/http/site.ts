import type { ListPage, Origin } from '../formats/format.ts'
import type { Noun } from '../nouns/noun.ts'
import type { BodyCache } from './body-cache.ts'
import type { Problem } from './problem.ts'
import type { Recalled } from './recalled.ts'

/** What every response rests on: data, code and public URL. */
export interface Served extends Origin {
  /** The version of the service, from package.json. */
  version: string
  /** Changes with the dataset, the log of changes and the code that reads them. */
  stamp: string
  /** Changes with the code that decides the bytes of a response. */
  code: string
  /** The Last-Modified of every response; absent if the dataset is not released. */
  lastModified?: string | undefined
}

/** What writes the pages: each a whole document of HTML. */
export interface Pages {
  list(page: SitePage): string
  /** `record` is a record of the noun as it is stored, or compared to another one. */
  item(noun: Noun, record: string): string
  problem(problem: Problem): string
}

/** A page of a list that may be written as a page for people. */
export interface SitePage extends ListPage {
  site: Site
}

/** What all routes share. */
export interface Site extends Served {
  pages: Pages
  bodies: BodyCache
  recalled: Recalled
  /** True once the service has been told to end: then every response closes its connection. */
  isEnding(): boolean
}
