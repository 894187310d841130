import type { BodyCache } from './body-cache.ts'
import type { Pages } from './page.ts'
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
