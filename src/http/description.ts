import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { FastifyInstance } from 'fastify'
import { pascal } from '../formats/as-json.ts'
import { Type } from '../typebox.ts'
import { fixedRoute } from './fixed-route.ts'
import type { Site } from './site.ts'

// What the OpenAPI document says once for all operations, and the routes that serve it.

type Node = Record<string, unknown>
type Operation = { operationId?: string; parameters: Node[]; responses: Record<string, Node> }
export type Document = {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: Record<string, Node>
  info: unknown
  servers: unknown
  security: unknown
}

export const documentFile = join(import.meta.dirname, '../../openapi/openapi.json')

const text = (description: string, example?: string) => ({
  description,
  schema: { type: 'string', ...(example && { examples: [example] }) },
})

const headers = {
  'Access-Control-Allow-Origin': text('Always `*`: a page of any origin may read the answer.', '*'),
  ETag: text(
    'Strong: that of a list changes with the dataset, that of an item or a file with its own data, each also with the service, URL, format and content coding.',
    '"q1w2e3r4t5y6u7i8o9p0aa"',
  ),
  'Last-Modified': text(
    'The day of the release. The time only tells apart what was released or deployed on the same day; a condition must have exactly this date. Absent while the dataset is not released.',
    'Mon, 30 Nov 2026 00:12:34 GMT',
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
const onAll: Header[] = ['X-Request-Id', 'Access-Control-Allow-Origin']
const headersOf = (names: Header[]) =>
  Object.fromEntries([...names, ...onAll].map((name) => [name, { $ref: `#/components/headers/${name}` }]))
const cached: Header[] = ['ETag', 'Last-Modified', 'Cache-Control', 'Vary', 'Dataset-Version']

const problem = (description: string, names: Header[] = []) => ({
  description,
  headers: headersOf(names),
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
})

const responses = {
  NotModified: {
    description: 'Your copy is the current one. No query was run.',
    headers: headersOf(cached),
  },
  Redirected: {
    description: 'Another spelling of what is held, or a slash at the end: the canonical address is in Location.',
    headers: headersOf(['Location']),
  },
  BadRequest: problem('A parameter is unknown, repeated, empty or wrong; every error is in `errors`.'),
  NotFound: problem('Nothing has this name; what is near is in `suggestions`.'),
  MethodNotAllowed: problem('The path does not take this method; Allow names those that it takes.', ['Allow']),
  Gone: problem('The bytes with this checksum are no longer held; the current file is in `suggestions`.'),
  PreconditionFailed: problem(
    'The response is not the one that If-Match or If-Unmodified-Since names; request it again.',
  ),
  RangeNotSatisfiable: problem('The file ends before the requested part; Content-Range has its length.'),
  TooManyRequests: problem('A proxy before the service limits requests; wait for the seconds of Retry-After.', [
    'Retry-After',
  ]),
  NotAcceptable: problem('None of the formats of this path is acceptable to you.'),
  ContentTooLarge: problem('The body is larger than what is read at once; the bounds are in `detail`.'),
  UnsupportedMediaType: problem('The body is of a type or coding that is not read.'),
  UriTooLong: problem('The address is longer than 4096 bytes.'),
  HeadersTooLarge: {
    ...problem('The address and the headers together are larger than 16 kB. The connection is closed.'),
    headers: undefined,
  },
  Unavailable: problem('It cannot answer now; try again after the seconds of Retry-After.', ['Retry-After']),
  ServerError: problem('The service failed; it was logged under the id in X-Request-Id.'),
}

/** Where the service is; `x-internal` says that anyone may ask it. */
const server = { url: '/', description: 'Production: the host that serves this document.', 'x-internal': false }

const refTo = (name: keyof typeof responses) => ({ $ref: `#/components/responses/${name}` })

const IfNoneMatch = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  description: 'The ETag of your copy, or several with commas; the answer is 304 if it is still the current one.',
  schema: { type: 'string', maxLength: 8000 },
}

/**
 * Adds to every operation what all of them share. Makes a component of each parameter that is the same in all operations
 * that have it, and a type with a name of each list of words that a parameter takes.
 */
export function completeDescription(document: Document): Document {
  const { paths, schemas } = JSON.parse(
    JSON.stringify({ paths: document.paths, schemas: document.components.schemas }),
    forGenerators,
  ) as { paths: Document['paths']; schemas: Node }
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => completeOperation(path, method, operation)),
  )
  const parameters: Node = {}
  const uses = Map.groupBy(
    operations.flatMap((operation) => operation.parameters),
    (parameter) => `${parameter.in} ${parameter.name}`,
  )
  for (const operation of operations)
    operation.parameters = operation.parameters.map((parameter) => {
      const same = uses.get(`${parameter.in} ${parameter.name}`) as Node[]
      const name = String(parameter.name)
      if (same.length > 1 && same.every((one) => isDeepStrictEqual(one, parameter))) {
        parameters[name] = parameter
        return { $ref: `#/components/parameters/${name}` }
      }
      const schema = parameter.schema as Node
      if (!schema.enum) return parameter
      const type = pascal(`${operation.operationId} ${name}`)
      schemas[type] = { ...schema, description: parameter.description }
      return { ...parameter, schema: { $ref: `#/components/schemas/${type}` } }
    })
  document.paths = paths
  document.servers = [server]
  document.components = { ...document.components, schemas, parameters, headers, responses }
  return document
}

/** A schema in the words that most generators read: `type: [T, "null"]` for T or null, and how wide an integer is. */
function forGenerators(_key: string, node: unknown): unknown {
  const { anyOf = [], type, ...rest } = Object(node) as { anyOf?: Node[]; type?: unknown }
  const [one, none, ...more] = anyOf
  if (none?.type === 'null' && typeof one?.type === 'string' && more.length === 0)
    return { ...one, type: [one.type, 'null'], ...rest }
  return String(type).startsWith('integer') ? { type, format: 'int32', ...rest } : node
}

function completeOperation(path: string, method: string, operation: Operation): Operation {
  const isPost = method === 'post'
  const isCached = !isPost && /^\/(v1|openapi)/.test(path)
  const isMember = path.includes('{')
  const isFile = path.endsWith('{file}')
  const answer = operation.responses[200] as Node
  const parameters = ((operation.parameters as Node[] | undefined) ?? []).map(quietExample)
  operation.parameters = isCached ? [...parameters, IfNoneMatch] : parameters
  const sent: Header[] = isCached ? [...cached, 'Link'] : isPost ? ['Cache-Control', 'Dataset-Version'] : []
  answer.headers = headersOf([...sent, ...(isFile ? ['Content-Disposition' as const] : [])])
  const newest = operation.responses[307]
  Object.assign(operation.responses, {
    ...(newest && { 307: { ...newest, headers: headersOf(['Location']) } }),
    400: refTo('BadRequest'),
    ...(isCached && { 304: refTo('NotModified') }),
    ...((isCached || isPost) && { 406: refTo('NotAcceptable') }),
    ...(isPost && { 413: refTo('ContentTooLarge'), 415: refTo('UnsupportedMediaType') }),
    308: refTo('Redirected'),
    ...(isMember && { 404: refTo('NotFound') }),
    405: refTo('MethodNotAllowed'),
    ...(isFile && { 206: { ...answer, description: 'The part that `Range` names.' }, 410: refTo('Gone') }),
    ...(isCached && { 412: refTo('PreconditionFailed') }),
    ...(isFile && { 416: refTo('RangeNotSatisfiable') }),
    429: refTo('TooManyRequests'),
    ...(path.startsWith('/v1/exports') && { 503: refTo('Unavailable') }),
    414: refTo('UriTooLong'),
    431: refTo('HeadersTooLarge'),
    ...(path === '/health/ready' && { 503: refTo('Unavailable') }),
    500: refTo('ServerError'),
  })
  return operation
}

/** A page of documentation fills in an example: what is required needs one, a filter must be asked for on purpose. */
function quietExample({ example, ...parameter }: Node): Node {
  const { examples: _, ...schema } = parameter.schema as Node
  return { ...parameter, ...(parameter.required === true && { example }), schema }
}

/** The document as it is published: that of openapi/openapi.json, with the address of this host. */
export function publishedDocument(site: Site): Document {
  const document: Document = JSON.parse(readFileSync(documentFile, 'utf8'))
  return {
    ...document,
    info: { ...(document.info as Node), ...infoOf(site) },
    ...(site.base && { servers: [{ ...server, url: site.base }] }),
  }
}

/** The contact, if the operator gave one. */
function infoOf({ contact }: Site): { contact?: { name: string; email?: string; url?: string } } {
  if (contact === '') return {}
  const way = contact.startsWith('https:') ? { url: contact } : { email: contact.replace(/^mailto:/i, '') }
  return { contact: { name: 'Report an error', ...way } }
}

/** A JSON value as YAML 1.2, in which a string of JSON is a string. A library takes 300 ms for the document. */
function yamlOf(value: unknown, indent = ''): string {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0)
    return ` ${JSON.stringify(value)}\n`
  const lines = Object.entries(value).map(([key, one]) => {
    const start = Array.isArray(value) ? '-' : `${JSON.stringify(key)}:`
    return indent + start + yamlOf(one, `${indent}  `)
  })
  return `\n${lines.join('')}`
}

/** Registers /openapi.json and /openapi.yaml. */
export function description(app: FastifyInstance, site: Site): void {
  const links = { 'service-doc': `${site.base}/docs` }
  fixedRoute(app, site, {
    path: '/openapi.json',
    operationId: 'getOpenApi',
    summary: 'Get this document',
    description: 'The OpenAPI 3.1 document of the service, with an example of every answer.',
    tag: 'Directory',
    answer: ['The document.', Type.Object({}, { description: 'An OpenAPI 3.1 document.', additionalProperties: true })],
    links,
    write: () => JSON.stringify(publishedDocument(site)),
  })
  fixedRoute(app, site, {
    path: '/openapi.yaml',
    operationId: 'getOpenApiYaml',
    summary: 'Get this document as YAML',
    description: 'The same as `/openapi.json`, for people and tools that prefer YAML.',
    tag: 'Directory',
    format: 'yaml',
    answer: ['The document.', Type.String({ description: 'An OpenAPI 3.1 document, as YAML 1.2.' })],
    links,
    write: () => yamlOf(publishedDocument(site)).trimStart(),
  })
}
