import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { nearestOf } from '../names/names.ts'
import { varies } from './caching.ts'
import { redirect } from './fixed-route.ts'
import { html, pageHeaders, wantsPage } from './page.ts'
import { HttpProblem, problemOf, STATUS_CODES } from './problem.ts'
import type { Site } from './site.ts'

// Every answer that is not the one asked for: wrong paths, wrong methods, errors of the request and of the service.

/**
 * The longest address that is read, in bytes. The longest that the service itself writes is the next page of a search
 * for 200 characters of four bytes each: about 2700.
 */
export const mostUrl = 4096

const problemType = 'application/problem+json'

function refuse({ pages }: Site, reply: FastifyReply, status: number, error: Error): FastifyReply {
  const more = error instanceof HttpProblem ? error.more : {}
  const detail =
    status < 500 || error instanceof HttpProblem
      ? error.message
      : 'The service failed; it was logged under the request id of the header X-Request-Id.'
  const problem = problemOf(status, detail, more.instance ?? String(reply.request.raw.url), more)
  reply
    .code(status)
    .headers({ 'cache-control': 'no-cache', vary: varies, ...more.headers })
    .removeHeader('etag')
  if (wantsPage(reply.request))
    return reply.headers({ 'content-type': html.mediaType, ...pageHeaders }).send(pages.problem(problem))
  return reply.header('content-type', problemType).send(JSON.stringify(problem))
}

/** The handler of everything thrown. What was not meant for the client is logged and not told. */
export const errorHandler =
  (site: Site) =>
  (error: FastifyError | HttpProblem, request: FastifyRequest, reply: FastifyReply): void => {
    const status = error instanceof HttpProblem ? error.status : (error.statusCode ?? 500)
    if (status >= 500) request.log.error({ requestId: request.id, err: error }, 'the answer failed')
    refuse(site, reply, status, error)
  }

/** What is wrong with an address before anything is looked up; undefined if nothing is. */
function addressProblem(url: string): HttpProblem | undefined {
  return url.length > mostUrl || !isEncoded(url) ? badAddress(url) : undefined
}

/** A bad address is too long (414), or has a percent sign that encodes nothing (400). */
function badAddress(url: string): HttpProblem {
  if (url.length > mostUrl)
    return new HttpProblem(
      414,
      `The address has ${url.length} bytes; at most ${mostUrl} are read. Ask for less at once.`,
    )
  const detail = 'The address has a percent sign that encodes nothing in UTF-8; write a percent sign itself as %25.'
  return new HttpProblem(400, detail)
}

/** For what Fastify finds wrong before it looks for a route, and so without hooks: an address that is no address. */
export const badAddressHandler =
  (site: Site) =>
  (_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    const { id, method, ip, raw } = request
    const problem = badAddress(String(raw.url))
    reply.headers({ 'x-request-id': id, ...readableByAll })
    request.log.info({ requestId: id, method, url: raw.url, status: problem.status, ip }, 'answered')
    refuse(site, reply, problem.status, problem)
  }

/** What a page of another origin needs to read a refusal that no hook has seen. */
const readableByAll = { 'access-control-allow-origin': '*', 'x-content-type-options': 'nosniff' }

/** A refusal as bytes, for a socket on which there is no reply to send; the connection ends with it. */
function refusalOnSocket(status: number, detail: string): string {
  const body = JSON.stringify(problemOf(status, detail, ''))
  const headers = {
    'content-type': problemType,
    'content-length': Buffer.byteLength(body),
    ...readableByAll,
    connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('\r\n')}\r\n\r\n${body}`
}

/** For what Node finds wrong before there is a request: answers on the socket, and closes it. */
export function handleClientError(this: FastifyInstance, error: NodeJS.ErrnoException, socket: Socket): void {
  const [status, detail] = wordsFor(error)
  if (socket.writable && error.code !== 'ECONNRESET') {
    this.log.info({ status, code: error.code }, 'refused on the socket')
    socket.write(refusalOnSocket(status, detail))
  }
  socket.destroySoon()
}

/** The most that Node reads of the address and the headers together, in bytes; it reads 1000 headers. */
const mostHeaderBytes = 16 * 1024

function wordsFor({ code, bytesParsed = 0 }: NodeJS.ErrnoException & { bytesParsed?: number }): [number, string] {
  if (code === 'HPE_HEADER_OVERFLOW' && bytesParsed < mostHeaderBytes)
    return [431, 'There are more than 1000 headers; send fewer of them.']
  if (code === 'HPE_HEADER_OVERFLOW')
    return [431, 'The address and the headers together are larger than 16 kB; send less of them.']
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return [408, 'The request was not complete in time; send it again.']
  return [400, 'This is not HTTP that can be read; check the request line and the headers.']
}

/** Refuses HTTP/1.1 with no Host or several, with a problem instead of Node's empty answer. Call it before answers are recalled. */
export function requireHost(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, next) => {
    const { httpVersion, rawHeaders } = request.raw
    let hosts = 0
    for (let at = 0; at < rawHeaders.length; at += 2) if (rawHeaders[at]?.toLowerCase() === 'host') hosts += 1
    if (hosts === 1 || (hosts === 0 && httpVersion !== '1.1')) return next()
    const detail =
      hosts === 0 ? 'The header Host is missing; HTTP/1.1 needs it.' : 'There are several headers Host; send one.'
    next(new HttpProblem(400, detail, { headers: { connection: 'close' } }))
  })
}

/** Refuses what Node would answer without a body: an Expect that is not 100-continue, and CONNECT. */
export function refuseOnSocket(app: FastifyInstance): void {
  const refuse = (socket: Duplex, status: number, detail: string) => {
    app.log.info({ status }, 'refused on the socket')
    socket.end(refusalOnSocket(status, detail))
  }
  app.server.on('checkExpectation', ({ socket }) =>
    refuse(socket, 417, 'Nothing is expected here but 100-continue; leave Expect out.'),
  )
  app.server.on('connect', (_request, socket) => refuse(socket, 405, 'This is no proxy; ask with GET.'))
}

/** Gives the methods of a path that some route has; undefined for any other path. */
type MethodsOf = (path: string) => Set<string> | undefined

/** Notes every path and its methods. Call it before the first route. */
export function notePaths(app: FastifyInstance): MethodsOf {
  const noted = new Map<string, { pattern: RegExp; methods: Set<string> }>()
  app.addHook('onRoute', ({ url, method }) => {
    const source = url.replace(/[.+?()]/g, '\\$&').replace(/:\w+/g, '[^/]+')
    const { methods } = noted.get(url) ?? { methods: new Set(['OPTIONS']) }
    for (const one of [method].flat()) methods.add(one)
    noted.set(url, { pattern: new RegExp(`^${source}$`), methods })
  })
  return (path) => [...noted.values()].find(({ pattern }) => pattern.test(path))?.methods
}

function isEncoded(url: string): boolean {
  try {
    decodeURIComponent(url)
    return true
  } catch {
    return false
  }
}

/** A 404 that says all that there is under /v1, and what of it the path is near to. */
function nothingAt(path: string, base: string, names: string[]): HttpProblem {
  const hrefOf = (name: string) => `${base}/v1/${name}`
  const [first, second = ''] = path.toLowerCase().split('/').filter(Boolean)
  const near = first === 'v1' ? nearestOf(second, names) : names.find((name) => name === first)
  const meant = near ? `Did you mean ${hrefOf(near)}? ` : ''
  const detail = `There is nothing at this path. ${meant}There are ${names.map(hrefOf).join(', ')}; GET ${base}/v1 lists them.`
  return new HttpProblem(404, detail, { suggestions: near ? [{ id: near, href: hrefOf(near) }] : [] })
}

/** A URL without scheme and host, which a request in absolute form names as it likes. */
export function pathOnly(url: string): string {
  if (url.startsWith('/')) return url
  const path = url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?]*/i, '')
  return path.startsWith('?') || path === '' ? `/${path}` : path
}

/** The path and the query of an address. */
function partsOf(url: string): [path: string, query: string | undefined] {
  const [path = '', query] = url.split(/\?(.*)/s)
  return [path, query]
}

/**
 * Refuses what no route answers: an address that is too long (414) or whose query encodes nothing (400), a method that
 * a known path does not have (405, or 204 for OPTIONS, both with Allow), an unknown path (404). A slash at the end leads
 * to the address without (308). Call it before the routes, after CORS.
 */
export function refuseTheRest(app: FastifyInstance, base: string, methodsOf: MethodsOf, names: string[]): void {
  app.addHook('onRequest', (request, reply, next) => {
    const url = String(request.raw.url)
    const problem = addressProblem(url)
    if (problem) throw problem
    const hasSlash = /[^/]\/+(?:\?|$)/.test(url)
    if (!request.is404 && !hasSlash) return next()
    const [path, query] = partsOf(url)
    const bare = path.replace(/(?<=[^/])\/+$/, '')
    const methods = methodsOf(bare)
    const allow = [...(methods ?? [])].sort().join(', ')
    if (methods && request.method === 'OPTIONS') return void reply.code(204).header('allow', allow).send()
    if (methods && bare !== path) return void redirect(reply, base + bare + (query === undefined ? '' : `?${query}`))
    if (!request.is404) return next()
    if (!methods) throw nothingAt(path, base, names)
    throw new HttpProblem(405, `This path does not take ${request.method}; it takes ${allow}.`, {
      headers: { allow },
    })
  })
}
