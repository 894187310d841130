import type { Lookup } from '../nouns/noun.ts'
import { badRequest, type HttpProblem } from './problem.ts'

// A cursor says of which list it is and in which order, so that no other list takes it.

export function cursorAfter(list: string, sortKey: string): string {
  return Buffer.from(`${list}\n${sortKey}`).toString('base64url')
}

/** The place that a cursor of this list means; undefined if the list did not give it. */
export function sortKeyIn(list: string, cursor: string): string | undefined {
  const [of, sortKey, ...rest] = Buffer.from(cursor, 'base64url').toString().split('\n')
  return of === list && sortKey && rest.length === 0 && cursorAfter(list, sortKey) === cursor ? sortKey : undefined
}

/** Knows the cursors that the list of this name gives, in each of its orders, and no others. */
export function cursorLookup(name: string, sorts: readonly string[]): Lookup {
  return {
    find: (cursor) => (sorts.some((sort) => sortKeyIn(name + sort, cursor) !== undefined) ? cursor : undefined),
    suggest: () => [],
    refusal,
  }
}
const refusal = '"cursor" was not given by this list; begin again without it and follow "next".'

/** What to throw if a cursor cannot be taken, although it has the form of one of this list. */
export function foreignCursor(why: string): HttpProblem {
  return badRequest([
    { location: 'query', name: 'cursor', detail: `${refusal} ${why}`, allowed: null, suggestion: null },
  ])
}
