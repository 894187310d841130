import type { FastifyInstance } from 'fastify'
import type { TObject } from '../typebox.ts'
import { inPieces } from './body-cache.ts'
import { codingFor, encoded } from './coding.ts'
import { wantsPage } from './negotiation.ts'
import type { Site } from './site.ts'

// The first and last steps of every response.

/** The headers of every response. A page of any origin may read it; nothing in it may be run or framed. */
const everywhere = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': '*',
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
}
/**
 * The additional headers of a page: the defaults of helmet, except X-Frame-Options, which `frame-ancestors` replaces.
 */
const onPages = {
  'cross-origin-opener-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
}
/** Only for this host, and only if the public URL is https. */
const overTls = { 'strict-transport-security': 'max-age=31536000' }

/** CORS preflight: a page of any origin may read everything and send any header. */
const preflight = {
  'access-control-allow-methods': 'GET, HEAD, OPTIONS, POST',
  'access-control-allow-headers': '*',
  'access-control-max-age': '86400',
}

/**
 * Makes every GET route handle HEAD as the same route, so that schemas and caches are shared. Node omits the body. Call
 * it before the first route.
 */
export function handleHead(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (route.method === 'GET') route.method = ['GET', 'HEAD']
  })
}

/** Sends recalled responses. Call it before the hooks that reject requests. */
export function recallResponses(app: FastifyInstance, { recalled }: Site): void {
  app.addHook('onRequest', (request, reply, next) => {
    if (!recalled.send(request, reply)) next()
  })
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
    const kept = pairs.filter((pair) => !/^[^=]+=$/.test(pair) && Object.hasOwn(properties, nameIn(pair)))
    if (kept.length === pairs.length) return next()
    const href = [path, kept.join('&')].filter(Boolean).join('?')
    reply.header('vary', 'accept, accept-encoding').redirect(base + href, 307)
  })
}

/** The decoded name of a parameter; the URL is already validated. */
const nameIn = (pair: string): string => String([...new URLSearchParams(pair).keys()][0])

/** Completes every response: constant headers, coding and length. */
export function completeResponses(app: FastifyInstance, { base, recalled, isEnding }: Site): void {
  const all = Object.entries({ ...everywhere, ...(base.startsWith('https:') && overTls) })
  const page = [...all, ...Object.entries(onPages)]
  app.addHook('onSend', (request, reply, payload, done) => {
    const isPage = String(reply.getHeader('content-type')).startsWith('text/html')
    for (const [name, value] of isPage ? page : all) if (!reply.hasHeader(name)) reply.header(name, value)
    if (request.method === 'OPTIONS') reply.headers(preflight)
    if (isEnding()) reply.header('connection', 'close')
    reply.header('x-request-id', request.id)
    const finish = (body?: Buffer) => {
      if (body) reply.header('content-length', String(body.length))
      recalled.note(request, reply, body)
      done(null, body && request.method !== 'HEAD' ? inPieces(body) : body)
    }
    const isBodiless = reply.statusCode === 204 || reply.statusCode === 304
    if (isBodiless) return finish()
    // Bodies from the cache have their length already.
    const isComplete = reply.hasHeader('content-length')
    const bytes = Buffer.isBuffer(payload) ? payload : Buffer.from(String(payload ?? ''))
    if (isComplete || bytes.length === 0) return finish(bytes)
    if (!reply.hasHeader('vary')) reply.header('vary', 'accept-encoding')
    const coding = codingFor(request.headers['accept-encoding'])
    if (coding === 'identity') return finish(bytes)
    reply.header('content-encoding', coding)
    encoded(bytes, coding).then(finish, done)
  })
}
