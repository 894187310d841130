import type { Lookup } from '../nouns/noun.ts'
import { badRequest, type HttpProblem, queryError } from './problem-details.ts'

// A cursor names its list and order, so that no other list accepts it.

export function cursorAfter(list: string, sortKey: string): string {
  return Buffer.from(`${list}\n${sortKey}`).toString('base64url')
}

/** The place in this list that a cursor encodes; undefined if it is not a cursor of this list. */
export function sortKeyIn(list: string, cursor: string): string | undefined {
  const [of, sortKey, ...rest] = Buffer.from(cursor, 'base64url').toString().split('\n')
  return of === list && sortKey && rest.length === 0 && cursorAfter(list, sortKey) === cursor ? sortKey : undefined
}

/** Recognizes the cursors of the list of this name, in each of its orders. */
export function cursorLookup(name: string, sorts: readonly string[]): Lookup {
  return {
    find: (cursor) => (sorts.some((sort) => sortKeyIn(name + sort, cursor) !== undefined) ? cursor : undefined),
    suggest: () => [],
    refusal,
  }
}
const refusal = 'This cursor belongs to another list or has expired. Start again without "cursor" and follow "next".'

/** The error for a cursor that has the right form but cannot be used. */
export function foreignCursor(why: string): HttpProblem {
  return badRequest([queryError('cursor', `${refusal} ${why}`)])
}
