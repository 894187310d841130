import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Type } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import { fixedRoute } from './fixed-route.ts'
import type { Site } from './site.ts'

// What the OpenAPI document says once for all operations, and the routes that serve it.

type Node = Record<string, unknown>
type Operation = { operationId?: string; parameters: Node[]; responses: Record<string, Node> }
export type Document = {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: Record<string, Node>
  servers: unknown
  security: unknown
}

export const documentFile = join(import.meta.dirname, '../../openapi/openapi.json')

const text = (description: string, example?: string) => ({
  description,
  schema: { type: 'string', ...(example && { examples: [example] }) },
})

const headers = {
  ETag: text(
    'Strong: it changes with the dataset, the log of changes, the service, the address, the format and the content coding, and with nothing else.',
    '"q1w2e3r4t5y6u7i8o9p0aa"',
  ),
  'Cache-Control': text(
    'How long a copy may be used, and that an old one may be used while the service is out of reach.',
  ),
  Vary: text('The request headers that the answer depends on.'),
  'Dataset-Version': text(
    'Which data this is: the first 12 hex digits of SHA-256 over the seed files.',
    'ee4118547059',
  ),
  Link: text(
    'RFC 8288: `self`, `next` and `first` of a list, `collection` of a member, `describedby` to this document.',
  ),
  'X-Request-Id': text('The id under which the request was logged: your own, if you sent X-Request-Id or traceparent.'),
  'Retry-After': text('After how many seconds to ask again.', '5'),
  Location: text('The canonical address.'),
  Allow: text('The methods that the path takes.', 'GET, HEAD, OPTIONS'),
  'Content-Disposition': text(
    'The name to save the file under, with its dataset.',
    'attachment; filename="sources-ee4118547059.csv"',
  ),
}
type Header = keyof typeof headers
const headersOf = (names: Header[]) =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
const cached: Header[] = ['ETag', 'Cache-Control', 'Vary', 'Dataset-Version']

const problem = (description: string, names: Header[] = []) => ({
  description,
  headers: headersOf(['X-Request-Id', ...names]),
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
})

const responses = {
  NotModified: {
    description: 'Your copy is the current one. No query was run.',
    headers: headersOf([...cached, 'X-Request-Id']),
  },
  Redirected: {
    description: 'Another spelling of what is held, or a slash at the end: the canonical address is in Location.',
    headers: headersOf(['Location', 'X-Request-Id']),
  },
  BadRequest: problem('A parameter is unknown, repeated, empty or wrong; every error is in `errors`.'),
  NotFound: problem('Nothing has this name; what is near is in `suggestions`.'),
  MethodNotAllowed: problem('The path does not take this method; Allow names those that it takes.', ['Allow']),
  Gone: problem('The bytes with this checksum are no longer held; the current file is in `suggestions`.'),
  NotAcceptable: problem('None of the formats of this path is acceptable to you.'),
  ContentTooLarge: problem('The body is larger than what is read at once; the bounds are in `detail`.'),
  UnsupportedMediaType: problem('The body is of a type or coding that is not read.'),
  UriTooLong: problem('The address is longer than 4096 bytes.'),
  HeadersTooLarge: {
    ...problem('The address and the headers together are larger than 16 kB. The connection is closed.'),
    headers: {},
  },
  Unavailable: problem('It cannot answer now; try again after the seconds of Retry-After.', ['Retry-After']),
  ServerError: problem('The service failed; it was logged under the id in X-Request-Id.'),
}

const refTo = (name: keyof typeof responses) => ({ $ref: `#/components/responses/${name}` })

const IfNoneMatch = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  description: 'The ETag of your copy, or several with commas; the answer is 304 if it is still the current one.',
  schema: { type: 'string', maxLength: 8000 },
}

/** Adds to every operation what all of them share, and makes a component of each name whose parameter is used twice. */
export function completeDescription(document: Document): Document {
  const uses = new Map<string, { name: string; operations: Operation[]; parameter: Node }>()
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(methods)) {
      completeOperation(path, method, operation)
      for (const parameter of operation.parameters) {
        const key = JSON.stringify(parameter)
        const use = uses.get(key) ?? { name: String(parameter.name), operations: [], parameter }
        use.operations.push(operation)
        uses.set(key, use)
      }
    }
  const parameters: Node = {}
  for (const { name, operations, parameter } of uses.values()) {
    // Lists and items take other formats under one name.
    if (operations.length === 1 || name in parameters) continue
    parameters[name] = parameter
    const isSame = (one: Node) => JSON.stringify(one) === JSON.stringify(parameter)
    for (const operation of operations)
      operation.parameters = operation.parameters.map((one) =>
        isSame(one) ? { $ref: `#/components/parameters/${name}` } : one,
      )
  }
  document.components = { ...document.components, parameters, headers, responses }
  return document
}

function completeOperation(path: string, method: string, operation: Operation): void {
  const isPost = method === 'post'
  const isCached = !isPost && /^\/(v1|openapi)/.test(path)
  const isMember = path.includes('{')
  const isFile = path.endsWith('{file}')
  const answer = operation.responses[200] as Node
  const parameters = ((operation.parameters as Node[] | undefined) ?? []).map(quietExample)
  operation.parameters = isCached ? [...parameters, IfNoneMatch] : parameters
  const sent: Header[] = isCached ? [...cached, 'Link'] : isPost ? ['Cache-Control', 'Dataset-Version'] : []
  answer.headers = headersOf([...sent, ...(isFile ? ['Content-Disposition' as const] : []), 'X-Request-Id'])
  Object.assign(operation.responses, {
    400: refTo('BadRequest'),
    ...(isCached && { 304: refTo('NotModified') }),
    ...((isCached || isPost) && { 406: refTo('NotAcceptable') }),
    ...(isPost && { 413: refTo('ContentTooLarge'), 415: refTo('UnsupportedMediaType') }),
    308: refTo('Redirected'),
    ...(isMember && { 404: refTo('NotFound') }),
    405: refTo('MethodNotAllowed'),
    ...(isFile && { 410: refTo('Gone'), 503: refTo('Unavailable') }),
    414: refTo('UriTooLong'),
    431: refTo('HeadersTooLarge'),
    ...((path === '/health/ready' || isPost) && { 503: refTo('Unavailable') }),
    500: refTo('ServerError'),
  })
}

/** A page of documentation fills in an example: what is required needs one, a filter must be asked for on purpose. */
function quietExample({ example, ...parameter }: Node): Node {
  const { examples: _, ...schema } = parameter.schema as Node
  return { ...parameter, ...(parameter.required === true && { example }), schema }
}

/** The document as it is published: that of openapi/openapi.json, with the address of this host. */
export function publishedDocument(site: Site): Document {
  const document: Document = JSON.parse(readFileSync(documentFile, 'utf8'))
  return site.base ? { ...document, servers: [{ url: site.base }] } : document
}

/** Registers /openapi.json. */
export function description(app: FastifyInstance, site: Site): void {
  fixedRoute(app, site, {
    path: '/openapi.json',
    operationId: 'getOpenApi',
    summary: 'Get this document',
    description: 'The OpenAPI 3.1 document of the service, with an example of every answer.',
    tag: 'Directory',
    answer: ['The document.', Type.Object({}, { description: 'An OpenAPI 3.1 document.', additionalProperties: true })],
    links: { 'service-doc': `${site.base}/docs` },
    write: () => JSON.stringify(publishedDocument(site)),
  })
}
