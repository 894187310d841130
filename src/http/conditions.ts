import { hash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'

// Conditional requests (RFC 9110, section 13). A date must equal the Last-Modified of the response: a later date proves
// nothing, since a release is dated by its day and may be deployed later.

/**
 * The Last-Modified of a release: its day. The hour counts the earlier releases of that day; minutes and seconds come
 * from `state`, so that another release of the day or other code gives another date.
 */
export function modifiedOn(day: string, earlier: number, state: string): string {
  const seconds = Math.min(earlier, 23) * 3_600 + (Number.parseInt(hash('sha256', state).slice(0, 8), 16) % 3_600)
  return new Date(Date.parse(day) + seconds * 1_000).toUTCString()
}

/** True if the client has the current response (304). If-None-Match takes precedence over If-Modified-Since. */
export function isCurrent({ headers }: FastifyRequest, etag: string, lastModified?: string): boolean {
  const named = headers['if-none-match']
  // Quotes never occur within a tag, so searching for it with its quotes is exact. A weak `W/` makes no difference
  // here.
  if (named !== undefined) return named.includes(etag) || named.trim() === '*'
  return isSameDate(headers['if-modified-since'], lastModified) === true
}

/** True if the client's copy is of another response (412). If-Match takes precedence over If-Unmodified-Since. */
export function isOther({ headers }: FastifyRequest, etag: string, lastModified?: string): boolean {
  const named = headers['if-match']
  if (named !== undefined) return named.trim() !== '*' && !named.split(',').some((one) => one.trim() === etag)
  return isSameDate(headers['if-unmodified-since'], lastModified) === false
}

/** Undefined if there is no date to compare: then the condition is ignored. */
function isSameDate(given: string | undefined, lastModified: string | undefined): boolean | undefined {
  if (given === undefined) return undefined
  const date = Date.parse(given)
  return Number.isNaN(date) ? undefined : date === Date.parse(String(lastModified))
}

/** True if conditions or Range may change the response to anything but a 304 by tag. */
export const hasMoreConditions = ({ headers }: FastifyRequest): boolean =>
  headers.range !== undefined ||
  headers['if-match'] !== undefined ||
  headers['if-unmodified-since'] !== undefined ||
  (headers['if-modified-since'] !== undefined && headers['if-none-match'] === undefined)
