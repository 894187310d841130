import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { nearestOf } from '../names/names.ts'
import { varies } from './caching.ts'
import { html, wantsPage } from './negotiation.ts'
import { redirect } from './operation.ts'
import { HttpProblem, problemOf, STATUS_CODES } from './problem-details.ts'
import type { Site } from './site.ts'

// All error responses: wrong paths, wrong methods, errors of the request and of the service.

/**
 * The longest accepted URL, in bytes. The longest URL that the service itself writes is the next page of a search for
 * 200 four-byte characters: about 2700.
 */
export const maxUrl = 4096

const problemType = 'application/problem+json'

/** The handler of everything thrown. Unexpected errors are logged, and the client gets no details. */
export const errorHandler =
  ({ pages }: Site) =>
  (error: FastifyError | HttpProblem, request: FastifyRequest, reply: FastifyReply): void => {
    const { status, message, more } = error instanceof HttpProblem ? error : problemFor(error)
    if (status >= 500) request.log.error({ requestId: request.id, err: error }, 'request failed')
    const problem = problemOf(status, message, more.instance ?? String(request.raw.url), more)
    reply
      .code(status)
      .headers({ 'cache-control': 'no-cache', vary: varies, ...more.headers })
      .removeHeader('etag')
      .removeHeader('last-modified')
    if (wantsPage(request))
      reply.headers({ 'content-type': html.mediaType, ...html.headers }).send(pages.problem(problem))
    else reply.header('content-type', problemType).send(JSON.stringify(problem))
  }

/** The problem for an error that Fastify or a library throws. */
function problemFor({ statusCode = 500, message }: FastifyError): HttpProblem {
  if (statusCode < 500) return new HttpProblem(statusCode, message)
  return new HttpProblem(statusCode, 'Internal error. The log has the details under the id in the header X-Request-Id.')
}

/** The problem of a URL that is too long (414) or has an invalid percent-encoding (400); undefined for any other. */
function addressProblem(url: string): HttpProblem | undefined {
  if (url.length > maxUrl)
    return new HttpProblem(414, `The URL has ${url.length} bytes. The maximum is ${maxUrl}. Request less at once.`)
  try {
    decodeURIComponent(url)
    return undefined
  } catch {
    return new HttpProblem(400, 'The URL contains an invalid percent-encoding. Write a literal percent sign as %25.')
  }
}

/** Handles URLs that Fastify rejects before routing, when no hook has run. */
export const badAddressHandler =
  (site: Site) =>
  (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    const { id, method, ip, raw } = request
    const problem = addressProblem(String(raw.url)) ?? problemFor(error)
    reply.headers({ 'x-request-id': id, ...readableByAll })
    request.log.info({ requestId: id, method, url: raw.url, status: problem.status, ip }, 'request completed')
    errorHandler(site)(problem, request, reply)
  }

/** The headers that let a page of another origin read an error that no hook has processed. */
const readableByAll = { 'access-control-allow-origin': '*', 'x-content-type-options': 'nosniff' }

/** An error as raw HTTP, for a socket without a reply object; it closes the connection. */
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

/** Handles errors that Node finds before there is a request: responds on the socket and closes it. */
export function handleClientError(this: FastifyInstance, error: NodeJS.ErrnoException, socket: Socket): void {
  const [status, detail] = socketErrorText(error)
  if (socket.writable && error.code !== 'ECONNRESET') {
    this.log.info({ status, code: error.code }, 'connection rejected')
    socket.write(refusalOnSocket(status, detail))
  }
  socket.destroySoon()
}

/** Node's limit for URL and headers together, in bytes; it reads at most 1000 headers. */
const maxHeaderBytes = 16 * 1024

function socketErrorText(error: NodeJS.ErrnoException & { bytesParsed?: number }): [number, string] {
  const { code, bytesParsed = 0 } = error
  if (code === 'HPE_HEADER_OVERFLOW' && bytesParsed < maxHeaderBytes)
    return [431, 'The request has more than 1000 headers. Send fewer.']
  if (code === 'HPE_HEADER_OVERFLOW') return [431, 'The URL and the headers are larger than 16 kB. Send less.']
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return [408, 'The request was not complete in time. Send it again.']
  return [400, 'The request is not valid HTTP. Check the request line and the headers.']
}

/**
 * Rejects HTTP/1.1 requests with no Host header or several, with a problem instead of Node's empty response. Call it
 * before responses are recalled.
 */
export function requireHost(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, next) => {
    const { httpVersion, rawHeaders } = request.raw
    let hosts = 0
    for (let at = 0; at < rawHeaders.length; at += 2) if (rawHeaders[at]?.toLowerCase() === 'host') hosts += 1
    if (hosts === 1 || (hosts === 0 && httpVersion !== '1.1')) return next()
    const detail = hosts === 0 ? 'The header Host is missing. HTTP/1.1 requires it.' : 'Send exactly one Host header.'
    next(new HttpProblem(400, detail, { headers: { connection: 'close' } }))
  })
}

/** Rejects what Node would answer without a body: CONNECT, and an Expect other than 100-continue. */
export function refuseOnSocket(app: FastifyInstance): void {
  const refuse = (socket: Duplex, status: number, detail: string) => {
    app.log.info({ status }, 'connection rejected')
    socket.end(refusalOnSocket(status, detail))
  }
  app.server.on('checkExpectation', ({ socket }) => refuse(socket, 417, 'Only "Expect: 100-continue" is supported.'))
  app.server.on('connect', (_request, socket) => refuse(socket, 405, 'This server is not a proxy. Use GET.'))
}

/** A 404 that lists the resources under /v1 and suggests a similar path that takes the method. */
function nothingAt(path: string, base: string, names: string[], takesMethod: (path: string) => boolean): HttpProblem {
  const hrefOf = (name: string) => `${base}/v1/${name}`
  const [first, second = ''] = path.toLowerCase().split('/').filter(Boolean)
  const similar = names.filter((name) => (first === 'v1' || first === name) && takesMethod(`/v1/${name}`))
  const near = first === 'v1' ? nearestOf(second, similar) : similar[0]
  const suggestion = near ? `Did you mean ${hrefOf(near)}? ` : ''
  const detail = `Nothing exists at this path. ${suggestion}GET ${base}/v1 lists the paths: ${names.map(hrefOf).join(', ')}.`
  return new HttpProblem(404, detail, { suggestions: near ? [{ id: near, href: hrefOf(near) }] : [] })
}

/** A URL without scheme and host, which an absolute-form request may choose freely. */
export function pathOnly(url: string): string {
  if (url.startsWith('/')) return url
  const path = url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?]*/i, '')
  return path.startsWith('?') || path === '' ? `/${path}` : path
}

/**
 * Handles everything without a route: a URL that is too long (414) or has an invalid percent-encoding (400), a method
 * that the path does not support (405, or 204 for OPTIONS, both with Allow), an unknown path (404). A trailing slash
 * redirects (308). Call it before the first route, after CORS.
 */
export function refuseTheRest(app: FastifyInstance, base: string, names: string[]): void {
  const routes = new Map<string, { pattern: RegExp; methods: Set<string> }>()
  app.addHook('onRoute', ({ url, method }) => {
    const source = url.replace(/[.+?()]/g, '\\$&').replace(/:\w+/g, '[^/]+')
    const { methods } = routes.get(url) ?? { methods: new Set(['OPTIONS']) }
    for (const one of [method].flat()) methods.add(one)
    routes.set(url, { pattern: new RegExp(`^${source}$`), methods })
  })
  const methodsOf = (path: string) => [...routes.values()].find(({ pattern }) => pattern.test(path))?.methods
  app.addHook('onRequest', (request, reply, next) => {
    const url = String(request.raw.url)
    const problem = addressProblem(url)
    if (problem) throw problem
    const hasSlash = /[^/]\/+(?:\?|$)/.test(url)
    if (!request.is404 && !hasSlash) return next()
    const path = url.replace(/\?.*/s, '')
    const bare = path.replace(/(?<=[^/])\/+$/, '')
    const methods = methodsOf(bare)
    const allow = [...(methods ?? [])].sort().join(', ')
    if (methods && request.method === 'OPTIONS') return void reply.code(204).header('allow', allow).send()
    if (methods && bare !== path) return void redirect(reply, base + bare + url.slice(path.length))
    if (!request.is404) return next()
    if (!methods) throw nothingAt(path, base, names, (other) => methodsOf(other)?.has(request.method) === true)
    throw new HttpProblem(405, `This path does not take ${request.method}; it takes ${allow}.`, { headers: { allow } })
  })
}
