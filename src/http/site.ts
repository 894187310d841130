import type { Pages } from './page.ts'

/** What every answer is about: which data, which code, under which address. */
export interface Served {
  /** The address from outside, without a slash at the end; empty if the service does not know it. */
  base: string
  /** Where errors are reported: a `mailto:` or `https:` URL; empty if the operator gave none. */
  contact: string
  /** Of the service, from package.json. */
  version: string
  /** The digest of the seed. */
  dataset: string
  /** Of the dataset, the log of changes and the code that reads them. */
  stamp: string
}

/** What is served, and what makes pages of it. */
export interface Site extends Served {
  pages: Pages
}

/**
 * A JSON text of records with absolute addresses. In a record every address of the service is a property `href`; within
 * a JSON string the quotes around it would be escaped, so that nothing else can look like one.
 */
export function absolute<Text extends string | Buffer>({ base }: Served, json: Text): Text | string {
  return base === '' ? json : String(json).replaceAll('"href":"/', () => `"href":"${base}/`)
}
