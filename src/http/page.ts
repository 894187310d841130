import type { FastifyReply, FastifyRequest } from 'fastify'
import Negotiator from 'negotiator'
import type { Site } from './site.ts'

// What http knows of the pages for people.

export const html = { name: 'html', mediaType: 'text/html; charset=utf-8' }

/** The headers of every page: nothing is loaded but from this service, and no script or style inside the page itself is run. */
export const pageHeaders = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
}

/** Accept without parameters such as charset: they narrow nothing here, and Negotiator would take them for another type. */
export const plainAccept = (accept = ''): string => accept.replace(/;(?!\s*q=)[^,;]*/gi, '').trim()

/** True if the client says in Accept that it wants a page; one that says nothing, or that takes anything, gets data. */
export function wantsPage({ headers: { accept } }: Pick<FastifyRequest, 'headers'>): boolean {
  if (!accept?.includes('html')) return false
  return (
    new Negotiator({ headers: { accept: plainAccept(accept) } }).mediaType(['application/json', 'text/html']) ===
    'text/html'
  )
}

/**
 * Sends a form to the address without its empty fields: a form sends each of them, and one that was left empty asks for
 * nothing. Returns true if it did: send nothing more.
 */
export function refill(site: Site, request: FastifyRequest, reply: FastifyReply): boolean {
  const [path = '', query = ''] = String(request.raw.url).split(/\?(.*)/s)
  const pairs = query.split('&')
  const filled = pairs.filter((pair) => !/^[^=]+=$/.test(pair))
  if (filled.length === pairs.length || !wantsPage(request)) return false
  const href = [path, filled.join('&')].filter(Boolean).join('?')
  reply.header('vary', 'accept, accept-encoding').redirect(site.base + href, 307)
  return true
}
