/** The files of the seed that are always there. */
export const files = {
  actionLines: 'action-lines.json',
  agencies: 'agencies.json',
  otherBodies: 'other-bodies.json',
  sources: 'sources.json',
  reports: 'reports.json',
  sdg: 'sdg-links.json',
  gdc: 'gdc-links.json',
  keywords: 'keywords.json',
  forums: 'forums.json',
  sessions: 'sessions.json',
}

/** A record of a seed file that has the right shape, with the JSON pointer to it. */
export interface Placed<T> {
  place: string
  value: T
}

/** One seed file: the records of the right shape, and every id of the file, also those of records of a wrong shape. */
export interface Records<T> {
  file: string
  records: Placed<T>[]
  /** Undefined if one could not be read: then no reference to this file can be called wrong. */
  ids: Set<string> | undefined
  /** True if the file and each of its records could be read. */
  whole: boolean
}

/** False only if it is certain that no record has the id. */
export function mayHave(records: Records<unknown>, id: string): boolean {
  return records.ids === undefined || records.ids.has(id)
}

export function valuesOf<T>({ records }: Records<T>): T[] {
  return records.map(({ value }) => value)
}
