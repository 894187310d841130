import { HtmlPage } from './http/negotiation.ts'
import { pascal } from './nouns/noun.ts'

// The parts of the OpenAPI document that all operations share: headers, errors, and parameters that are equal.

type Node = Record<string, unknown>
export interface Parameter {
  name: string
  in: string
  required?: boolean
  example?: unknown
  schema: Node & { examples?: unknown[] }
  [more: string]: unknown
}
export type MediaTypes = Record<string, { examples?: Record<string, { summary?: string; value: unknown }> }>
/** An operation as its route describes it, and then as the document does. */
export interface Operation {
  operationId: string
  parameters: Parameter[]
  requestBody?: { content: MediaTypes }
  responses: { 200: { content: MediaTypes; headers?: Node } }
}
export interface Document {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Node & { properties?: Record<string, Node> }> }
  servers: unknown
}

/** The URL of the service. `x-internal` marks the public one. */
const server = { url: '/', description: 'Production: the host that serves this document.', 'x-internal': false }

const header = (description: string, example?: string) => ({
  description,
  required: true,
  schema: { type: 'string', ...(example && { examples: [example] }) },
})
const headers = {
  'Access-Control-Allow-Origin': header('Always `*`: a page of any origin may read the response.', '*'),
  ETag: header(
    'Strong. A list has a new tag with each dataset, an item or a file with each change of its data. URL, format, content coding and version of the service also change it.',
    '"q1w2e3r4t5y6u7i8o9p0aa"',
  ),
  'Last-Modified': {
    ...header(
      'The day of the release. The time only distinguishes releases of one day. Absent while the dataset is not released.',
    ),
    required: false,
  },
  'Cache-Control': header('The seconds for which a copy is fresh, and may be used while stale if the service is down.'),
  Vary: header('Request headers that select the response.'),
  'Dataset-Version': header(
    'The version of the data: the first 12 hex digits of SHA-256 over the seed files.',
    'ee4118547059',
  ),
  Link: header(
    'RFC 8288: `self`, `next` and `first` of a list, `collection` of an item, `describedby` for this document.',
  ),
  'X-Request-Id': header('The id of the request in the log, taken from X-Request-Id or traceparent if sent.'),
  'Retry-After': header('The number of seconds to wait before the next request.', '5'),
  Location: header('The URL to request instead.'),
  'Accept-Post': header('The media types of bodies that are supported.', 'text/csv'),
  'Accept-Ranges': header('`bytes`: a part of the file may be requested with Range.', 'bytes'),
  'Content-Range': header('The bytes in this response, and the length of the file.', 'bytes 0-99/50311'),
  'Content-Disposition': header(
    'A file name that includes the dataset.',
    'attachment; filename="sources-ee4118547059.csv"',
  ),
}
/** Names of components that are shorter than the header's, because they occur in every response. */
const components: Record<string, string> = {
  'Access-Control-Allow-Origin': 'CORS',
  'Cache-Control': 'Cache',
  'Dataset-Version': 'Dataset',
  'X-Request-Id': 'Id',
}
type Header = keyof typeof headers
/** The headers by component name. */
const headerComponents = Object.fromEntries(
  Object.entries(headers).map(([name, header]) => [components[name] ?? name, header]),
)
const onAll: Header[] = ['X-Request-Id', 'Access-Control-Allow-Origin']
const headersOf = (names: Header[], all = onAll) =>
  Object.fromEntries(
    [...names, ...all].map((name) => [name, { $ref: `#/components/headers/${components[name] ?? name}` }]),
  )
const cached: Header[] = ['ETag', 'Last-Modified', 'Cache-Control', 'Vary', 'Dataset-Version']
/** The additional headers of a file. */
const ofFile: Header[] = ['Content-Disposition', 'Accept-Ranges']

const page = { 'text/html': { schema: { $ref: `#/components/schemas/${HtmlPage.$id}` } } }
const problem = (description: string, names: Header[] = []) => ({
  description,
  headers: headersOf(names),
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } }, ...page },
})

const responses = {
  NotModified: { description: 'Your copy is current.', headers: headersOf(cached) },
  SeeOther: {
    description: 'Location has the URL of the newest record, or of the page without empty and third-party parameters.',
    headers: headersOf(['Location']),
  },
  Redirected: { description: 'Location has the canonical URL.', headers: headersOf(['Location']) },
  BadRequest: problem('A parameter is unknown, repeated, empty or invalid. `errors` lists every error.'),
  NotFound: problem('No record has this id. `suggestions` lists similar ones.'),
  NotAcceptable: problem('No available format matches `Accept`.'),
  Gone: problem('This checksum or dataset is no longer available. `suggestions` has the current file.'),
  Changed: problem('The response has changed: `If-Match` or `If-Unmodified-Since` names another version.'),
  ContentTooLarge: problem('The body is too large. `detail` states the limits.'),
  UnsupportedMediaType: problem('Unsupported media type or content encoding.', ['Accept-Post']),
  RangeNotSatisfiable: problem('The range begins after the end of the file.', ['Content-Range']),
  TooMany: problem('Sent by a proxy that limits the rate of requests.', ['Retry-After']),
  Other: {
    ...problem(
      '405: the path does not take this method, see `Allow`. 414: the URL is longer than 4096 bytes. 417: `Expect` is not `100-continue`. 431: URL and headers are larger than 16 kB, or there are more than 1000 headers. 500: internal error, logged with the id in X-Request-Id.',
    ),
    headers: { 'Access-Control-Allow-Origin': { $ref: '#/components/headers/CORS' } },
  },
  Unavailable: problem('Not available now. Retry after the seconds in Retry-After.', ['Retry-After']),
}

const refTo = (name: keyof typeof responses) => ({ $ref: `#/components/responses/${name}` })

const IfNoneMatch: Parameter = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  description: 'One or more ETags, separated by commas. The response is 304 if one of them is current.',
  schema: { type: 'string', maxLength: 8000, examples: ['"q1w2e3r4t5y6u7i8o9p0aa"'] },
}

/**
 * Adds the shared parts to every operation. Parameters that are equal in all their operations and the enums of
 * parameters become components. Returns the shared responses.
 */
export function complete(document: Document): typeof responses {
  // The document states once that each GET also takes HEAD.
  for (const methods of Object.values(document.paths)) delete methods.head
  const { schemas } = document.components
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => completeOperation(path, method, operation)),
  )
  // Examples of complete responses show the same.
  for (const [name, { properties = {} }] of Object.entries(schemas))
    if (!/^Held|Form$/.test(name)) for (const property of Object.values(properties)) delete property.examples
  const parameters = shareParameters(operations, schemas)
  const sorted = Object.fromEntries(Object.entries(schemas).sort(([one], [other]) => (one < other ? -1 : 1)))
  document.servers = [server]
  Object.assign(document.components, { schemas: sorted, parameters, headers: headerComponents, responses })
  return responses
}

/** The parameters of several operations, as components by name; in each operation they become references. */
function shareParameters(operations: Operation[], schemas: Document['components']['schemas']): Node {
  const shared: Node = {}
  const all = operations.flatMap((operation) => operation.parameters.map((parameter) => ({ operation, parameter })))
  for (const same of Map.groupBy(all, ({ parameter }) => JSON.stringify(parameter)).values()) {
    const [{ parameter, operation }] = same as [(typeof all)[number]]
    const { name, schema } = parameter
    const ofOne = `${operation.operationId} ${name}`
    const isFirst = same.length > 1 && !Object.hasOwn(shared, name)
    let named: object = parameter
    if (schema.enum) {
      const type = pascal(isFirst ? `one ${name}` : ofOne)
      schemas[type] = schema
      named = { ...parameter, schema: { $ref: `#/components/schemas/${type}` } }
    }
    if (same.length > 1) {
      const component = isFirst ? name : pascal(ofOne)
      shared[component] = named
      named = { $ref: `#/components/parameters/${component}` }
    }
    for (const { operation, parameter } of same)
      operation.parameters[operation.parameters.indexOf(parameter)] = named as Parameter
  }
  return shared
}

function completeOperation(path: string, method: string, operation: Operation): Operation {
  const isPost = method === 'post'
  const isManifest = !isPost && path === '/v1/reconcile'
  const isCached = !isPost && !isManifest && /^\/(v1|openapi)/.test(path)
  const isPreview = path.endsWith('/preview')
  const isFile = path.endsWith('{file}')
  const { parameters = [], responses } = operation
  const documented = parameters.filter(({ schema }) => !schema['x-undocumented'])
  const isList = documented.some(({ name }) => name === 'cursor')
  operation.parameters = (isCached ? [...documented, IfNoneMatch] : documented).map(withExample)
  const sent: Header[] = isCached ? cached : isPost || isManifest ? ['Cache-Control', 'Dataset-Version'] : []
  const links: Header[] = isCached && !path.startsWith('/v1/reconcile') ? ['Link'] : []
  const all = [...sent, ...links, ...(isFile ? ofFile : [])]
  // Vary and the headers of every response are described once, in `info`.
  const own = all.filter((name) => name !== 'Vary')
  responses[200].headers = headersOf(own, [])
  Object.assign(responses, {
    ...(isFile && {
      206: {
        description: 'A part of the file.',
        headers: headersOf([...all, 'Content-Range']),
        content: { '*/*': { schema: { type: 'string', description: 'The bytes of the range.' } } },
      },
      410: refTo('Gone'),
      416: refTo('RangeNotSatisfiable'),
    }),
    307: refTo('SeeOther'),
    308: refTo('Redirected'),
    ...(isCached && { 304: refTo('NotModified'), 412: refTo('Changed') }),
    400: refTo('BadRequest'),
    ...((path.includes('{') || isPreview) && { 404: refTo('NotFound') }),
    ...(!isPreview && (isCached || isManifest || path === '/v1/check') && { 406: refTo('NotAcceptable') }),
    ...(isPost && { 413: refTo('ContentTooLarge'), 415: refTo('UnsupportedMediaType') }),
    429: refTo('TooMany'),
    ...Object.fromEntries([405, 414, 417, 431, 500].map((status) => [status, refTo('Other')])),
    ...((isList || isFile || path === '/v1/check' || path === '/health/ready') && { 503: refTo('Unavailable') }),
  })
  return operation
}

/** A page of documentation fills in an example unless it is disabled: a filter must be asked for on purpose. */
function withExample({ example, required, ...parameter }: Parameter): Parameter {
  const { examples = [example], ...schema } = parameter.schema
  const [value] = examples
  if (required === true) return { ...parameter, schema, required, example: value }
  return { ...parameter, schema, examples: { example: { value, 'x-disabled': true } } }
}
