import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { pascal } from '../nouns/noun.ts'
import { Type } from '../typebox.ts'
import {
  cached,
  type Header,
  headerComponents as headers,
  headersOf,
  ofFile,
  refTo,
  responses,
} from './described-responses.ts'
import { fixedRoute } from './fixed-route.ts'
import type { Site } from './site.ts'

// The parts of the OpenAPI document that all operations share, and the routes that serve the document.

type Node = Record<string, unknown>
type DescribedOperation = { operationId?: string; parameters: Node[]; responses: Record<string, Node> }
export type Document = {
  openapi: string
  paths: Record<string, Record<string, DescribedOperation>>
  components: Record<string, Node> & { schemas: Node }
  info: unknown
  servers: unknown
  security: unknown
}

export const documentFile = join(import.meta.dirname, '../../openapi/openapi.json')

/** The URL of the service. `x-internal` marks the public one. */
const server = { url: '/', description: 'Production: the host that serves this document.', 'x-internal': false }

const IfNoneMatch = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  description: 'One or more ETags, separated by commas. The response is 304 if one of them is current.',
  schema: { type: 'string', maxLength: 8000, examples: ['"q1w2e3r4t5y6u7i8o9p0aa"'] },
}

/**
 * Adds the shared parts to every operation. Parameters that are equal in all their operations and the enums of
 * parameters become components. `exampleOf` returns the example of a parameter whose values come from the data,
 * otherwise undefined.
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
  const all = operations.flatMap((operation) =>
    operation.parameters.map((parameter) => ({ operation, name: String(parameter.name), parameter })),
  )
  for (const same of Map.groupBy(all, ({ parameter }) => JSON.stringify(parameter)).values()) {
    const [{ name, parameter, operation }] = same as [(typeof all)[number]]
    const ofOne = `${operation.operationId} ${name}`
    const isFirst = same.length > 1 && !Object.hasOwn(parameters, name)
    const named = withNamedType(parameter, isFirst ? `one ${name}` : ofOne, schemas)
    const shared = isFirst ? name : pascal(ofOne)
    if (same.length > 1) parameters[shared] = named
    for (const { operation, parameter } of same)
      operation.parameters[operation.parameters.indexOf(parameter)] =
        same.length > 1 ? { $ref: `#/components/parameters/${shared}` } : named
  }
  document.paths = paths
  // Examples of complete responses show the same.
  for (const [name, schema] of Object.entries(schemas) as [string, { properties?: Record<string, Node> }][])
    if (!/^Held|Form$/.test(name))
      for (const property of Object.values(schema.properties ?? {})) delete property.examples
  document.servers = [server]
  const sorted = Object.fromEntries(Object.entries(schemas).sort(([one], [other]) => (one < other ? -1 : 1)))
  document.components = { ...document.components, schemas: sorted, parameters, headers, responses }
  return document
}

/** The parameter with its enum as a reference to a named type. */
function withNamedType(parameter: Node, words: string, schemas: Node): Node {
  const schema = parameter.schema as Node
  if (!schema.enum) return parameter
  schemas[pascal(words)] = schema
  return { ...parameter, schema: { $ref: `#/components/schemas/${pascal(words)}` } }
}

/**
 * The schema in the form that most generators understand: `type: [T, "null"]` for T or null, and a format for integers.
 */
function forGenerators(_key: string, node: unknown): unknown {
  const { anyOf = [], type, ...rest } = Object(node) as { anyOf?: Node[]; type?: unknown }
  const [one, none, ...more] = anyOf
  if (none?.type === 'null' && typeof one?.type === 'string' && more.length === 0)
    return { ...one, type: [one.type, 'null'], ...rest }
  return String(type).startsWith('integer') ? { type, format: 'int32', ...rest } : node
}

function completeOperation(path: string, method: string, operation: DescribedOperation): DescribedOperation {
  const isPost = method === 'post'
  const isManifest = !isPost && path === '/v1/reconcile'
  const isCached = !isPost && !isManifest && /^\/(v1|openapi)/.test(path)
  const isPreview = path.endsWith('/preview')
  const isMember = path.includes('{')
  const isFile = path.endsWith('{file}')
  const success = operation.responses[200] as Node
  const parameters = ((operation.parameters as Node[] | undefined) ?? []).filter(
    ({ schema }) => !(schema as Node)['x-undocumented'],
  )
  const isList = parameters.some(({ name }) => name === 'cursor')
  operation.parameters = (isCached ? [...parameters, IfNoneMatch] : parameters).map(withExample)
  const sent: Header[] = isCached ? cached : isPost || isManifest ? ['Cache-Control', 'Dataset-Version'] : []
  const links: Header[] = isCached && !path.startsWith('/v1/reconcile') ? ['Link'] : []
  // These headers are described once, in `info`.
  success.headers = headersOf(
    [...sent, ...links, ...(isFile ? ofFile : [])].filter((name) => name !== 'Vary'),
    [],
  )
  Object.assign(operation.responses, {
    ...(isFile && {
      206: {
        description: 'A part of the file.',
        headers: headersOf([...sent, ...links, ...ofFile, 'Content-Range']),
        content: { '*/*': { schema: { type: 'string', description: 'The bytes of the range.' } } },
      },
      410: refTo('Gone'),
      416: refTo('RangeNotSatisfiable'),
    }),
    307: refTo('SeeOther'),
    308: refTo('Redirected'),
    ...(isCached && { 304: refTo('NotModified'), 412: refTo('Changed') }),
    400: refTo('BadRequest'),
    ...((isMember || isPreview) && { 404: refTo('NotFound') }),
    ...(!isPreview && (isCached || isManifest || path === '/v1/check') && { 406: refTo('NotAcceptable') }),
    ...(isPost && { 413: refTo('ContentTooLarge'), 415: refTo('UnsupportedMediaType') }),
    429: refTo('TooMany'),
    405: refTo('Other'),
    414: refTo('Other'),
    417: refTo('Other'),
    431: refTo('Other'),
    500: refTo('Other'),
    ...((isList || isFile || path === '/v1/check' || path === '/health/ready') && { 503: refTo('Unavailable') }),
  })
  return operation
}

/** A page of documentation fills in an example unless it is disabled: a filter must be asked for on purpose. */
function withExample({ example, examples: _, required, ...parameter }: Node): Node {
  const { examples = [example], ...schema } = parameter.schema as Node & { examples?: unknown[] }
  const [value] = examples
  if (required === true) return { ...parameter, schema, required, example: value }
  return { ...parameter, schema, examples: { example: { value, 'x-disabled': true } } }
}

/** The published document: openapi/openapi.json with the URL of this host. */
function publishedDocument(site: Site): Document {
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

/** A JSON value as YAML 1.2, with strings as in JSON. A library takes 300 ms for the document. */
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
    description: 'The OpenAPI 3.1 document of the service.',
    tag: 'Directory',
    response: [
      'The document.',
      { json: Type.Object({}, { description: 'An OpenAPI 3.1 document.', additionalProperties: true }) },
    ],
    links,
    write: () => JSON.stringify(publishedDocument(site)),
  })
  fixedRoute(app, site, {
    path: '/openapi.yaml',
    operationId: 'getOpenApiYaml',
    summary: 'Get this document as YAML',
    description: 'The document of `/openapi.json` as YAML.',
    tag: 'Directory',
    response: ['The document.', { yaml: Type.String({ description: 'An OpenAPI 3.1 document, as YAML 1.2.' }) }],
    links,
    write: () => yamlOf(publishedDocument(site)).trimStart(),
  })
}
