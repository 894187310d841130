import type { AddError } from './findings.ts'

/** The files that every seed has. */
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

/** A valid record of a seed file, with the JSON pointer to it. */
export interface Placed<T> {
  place: string
  value: T
}

/** A seed file: its valid records, and every id in it, including those of invalid records. */
export interface PlacedRecords<T> {
  addError: AddError
  records: Placed<T>[]
  /** Undefined if one could not be read: then no reference to this file can be reported as broken. */
  ids: Set<string> | undefined
  /** True if the file and all its records are valid. */
  whole: boolean
}

/** False only if no record can have the id. */
export function mayHave(records: PlacedRecords<unknown>, id: string): boolean {
  return records.ids === undefined || records.ids.has(id)
}

export function valuesOf<T>({ records }: PlacedRecords<T>): T[] {
  return records.map(({ value }) => value)
}
