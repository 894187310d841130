import type { FastifyRequest } from 'fastify'
import Negotiator from 'negotiator'
import type { Noun } from '../nouns/noun.ts'
import type { ListPage } from './formats.ts'
import type { Problem } from './problem.ts'

// What http knows of the pages for people, which src/pages makes of the records.

/** An item to be made a page of. */
export interface ItemPage {
  noun: Noun
  id: string
  /** The record as it is stored. */
  record: string
  /** What was asked of it. */
  query: Record<string, string>
}

/** What writes the pages: each a whole document of HTML. */
export interface Pages {
  list(page: ListPage): string
  item(page: ItemPage): string
  problem(problem: Problem): string
}

export const html = { name: 'html', mediaType: 'text/html; charset=utf-8' }

/** The headers of every page: nothing is loaded but from this service, and nothing runs that stands in the page itself. */
export const pageHeaders = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
}

/** True if the client says in Accept that it wants a page; one that says nothing, or that takes anything, gets data. */
export function wantsPage({ headers: { accept } }: Pick<FastifyRequest, 'headers'>): boolean {
  if (!accept?.includes('html')) return false
  return new Negotiator({ headers: { accept } }).mediaType(['application/json', 'text/html']) === 'text/html'
}

/**
 * The address without the parameters that are empty, if there are any: a form sends each of its fields, and one that
 * was left empty asks for nothing. Undefined if there are none.
 */
export function withoutEmpty(url: string): string | undefined {
  const [path, query = ''] = url.split(/\?(.*)/s)
  const pairs = query.split('&')
  const filled = pairs.filter((pair) => !/^[^=]+=$/.test(pair))
  if (filled.length === pairs.length) return undefined
  return [path, filled.join('&')].filter(Boolean).join('?')
}
