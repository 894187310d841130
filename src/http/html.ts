import type { FastifyInstance, FastifyRequest } from 'fastify'
import Negotiator from 'negotiator'
import { type TObject, Type } from '../typebox.ts'

// The HTTP side of the HTML pages.

/** The format of every page: it loads only from this service and runs no inline script or style. */
export const html = {
  name: 'html',
  mediaType: 'text/html; charset=utf-8',
  headers: {
    'content-security-policy':
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  },
}

/** The schema of every page. */
export const HtmlPage = Type.String({ $id: 'HtmlPage', description: 'An HTML page.' })

/**
 * Accept without parameters such as charset: they are irrelevant here, and Negotiator would treat them as another type.
 */
export const plainAccept = (accept = ''): string => accept.replace(/;(?!\s*q=)[^,;]*/gi, '').trim()

/** True if Accept prefers a page; a client that accepts anything gets data. */
export function wantsPage({ headers: { accept } }: Pick<FastifyRequest, 'headers'>): boolean {
  if (!accept?.includes('html')) return false
  return (
    new Negotiator({ headers: { accept: plainAccept(accept) } }).mediaType(['application/json', 'text/html']) ===
    'text/html'
  )
}

/**
 * Redirects a browser to the URL without unused parameters: those that others add to links (`utm_source`), and empty
 * fields of a form. A program gets a 400 for both.
 */
export function cleanUrls(app: FastifyInstance, base: string): void {
  app.addHook('preValidation', (request, reply, next) => {
    const [path = '', query] = String(request.raw.url).split(/\?(.*)/s)
    const { properties } = (request.routeOptions.schema?.querystring ?? {}) as Partial<TObject>
    if (query === undefined || !properties || !wantsPage(request)) return next()
    const pairs = query.split('&')
    const kept = pairs.filter((pair) => !/^[^=]+=$/.test(pair) && nameIn(pair) in properties)
    if (kept.length === pairs.length) return next()
    const href = [path, kept.join('&')].filter(Boolean).join('?')
    reply.header('vary', 'accept, accept-encoding').redirect(base + href, 307)
  })
}

/** The decoded name of a parameter; the URL is already validated. */
const nameIn = (pair: string): string => String([...new URLSearchParams(pair).keys()][0])
