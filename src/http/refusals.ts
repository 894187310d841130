import type { Socket } from 'node:net'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { HttpProblem, problemBody } from './problem.ts'

// Every answer that is not the one asked for: wrong paths, wrong methods, faults of the request and of our own.

/** The longest address that is read, in bytes. The longest that the service itself writes has a tenth of it. */
export const mostUrl = 4096

export const problemType = 'application/problem+json'

function refuse(reply: FastifyReply, status: number, problem: Error): FastifyReply {
  const more = problem instanceof HttpProblem ? problem.more : {}
  const detail =
    status < 500 || problem instanceof HttpProblem
      ? problem.message
      : 'The service failed; it was logged under the request id of the header X-Request-Id.'
  return reply
    .code(status)
    .headers({ 'content-type': problemType, 'cache-control': 'no-cache', ...more.headers })
    .send(problemBody(status, detail, reply.request.raw.url ?? '', more))
}

/** The handler of everything thrown. What was not meant for the client is logged and not told. */
export function handleError(error: FastifyError | HttpProblem, request: FastifyRequest, reply: FastifyReply): void {
  const status = error instanceof HttpProblem ? error.status : (error.statusCode ?? 500)
  if (status >= 500) request.log.error({ err: error }, 'the answer failed')
  refuse(reply, status, error)
}

/** For what Fastify finds wrong before it looks for a route: an address that is no address. */
export function handleBadAddress(_error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  const detail = 'The address has a percent sign that encodes nothing in UTF-8; write a percent sign itself as %25.'
  refuse(reply, 400, new HttpProblem(400, detail))
}

/** For what Node finds wrong before there is a request: answers on the socket, and closes it. */
export function handleClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  const [status, detail] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? [431, 'The headers of the request are larger than 16 kB; send fewer or shorter ones.']
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? [408, 'The request was not complete in time; send it again.']
        : [400, 'This is not HTTP that can be read; check the request line and the headers.']
  if (socket.writable && error.code !== 'ECONNRESET') {
    const body = problemBody(Number(status), String(detail), '')
    const head = [
      `HTTP/1.1 ${status} ${JSON.parse(body).title}`,
      `content-type: ${problemType}`,
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
    ]
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
  }
  socket.destroySoon()
}

/**
 * Refuses what no route answers: an address that is too long (414), a slash at the end (308 to the address without),
 * a method that a known path does not have (405, or 204 for OPTIONS, both with Allow), an unknown path (404).
 * Register it before the routes, after CORS.
 */
export function refuseTheRest(app: FastifyInstance, collections: () => string[]): void {
  const paths: { pattern: RegExp; methods: Set<string> }[] = []
  app.addHook('onRoute', ({ url, method }) => {
    const source = `^${url
      .replace(/[.+?()]/g, '\\$&')
      .replace(/:\w+/g, '[^/]+')
      .replace('*', '.*')}$`
    const known = paths.find(({ pattern }) => pattern.source === new RegExp(source).source)
    const methods = known?.methods ?? new Set(['OPTIONS'])
    for (const one of [method].flat()) methods.add(one)
    if (!known && url !== '*') paths.push({ pattern: new RegExp(source), methods })
  })

  app.addHook('onRequest', async (request, reply) => {
    const url = request.raw.url ?? ''
    if (url.length > mostUrl)
      throw new HttpProblem(
        414,
        `The address has ${url.length} bytes; at most ${mostUrl} are read. Ask for less at once.`,
      )
    const isUnrouted = request.is404 || request.routeOptions.url === '*'
    if (!isUnrouted) return
    const [path = '', query] = url.split(/\?(.*)/s)
    const bare = path.replace(/\/+$/, '')
    const methodsOf = (wanted: string) => paths.find(({ pattern }) => pattern.test(wanted))?.methods
    if (bare !== path && methodsOf(bare))
      return reply
        .code(308)
        .header('location', bare + (query === undefined ? '' : `?${query}`))
        .send()
    const methods = methodsOf(path)
    if (!methods) {
      const detail = `There is nothing at this path. The collections are ${collections().join(', ')}; GET /v1 lists them.`
      throw new HttpProblem(404, detail)
    }
    const allow = [...methods].sort().join(', ')
    if (request.method === 'OPTIONS') return reply.code(204).header('allow', allow).send()
    throw new HttpProblem(405, `This path does not take ${request.method}; it takes ${allow}.`, {
      headers: { allow },
    })
  })
}
