import { HtmlPage } from './html.ts'

// The headers and the responses that the operations of the OpenAPI document share.

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
export type Header = keyof typeof headers
/** The headers by component name. */
export const headerComponents = Object.fromEntries(
  Object.entries(headers).map(([name, header]) => [components[name] ?? name, header]),
)
const onAll: Header[] = ['X-Request-Id', 'Access-Control-Allow-Origin']
export const headersOf = (names: Header[], all = onAll) =>
  Object.fromEntries(
    [...names, ...all].map((name) => [name, { $ref: `#/components/headers/${components[name] ?? name}` }]),
  )
export const cached: Header[] = ['ETag', 'Last-Modified', 'Cache-Control', 'Vary', 'Dataset-Version']
/** The additional headers of a file. */
export const ofFile: Header[] = ['Content-Disposition', 'Accept-Ranges']

const page = { 'text/html': { schema: { $ref: `#/components/schemas/${HtmlPage.$id}` } } }
const problem = (description: string, names: Header[] = []) => ({
  description,
  headers: headersOf(names),
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } }, ...page },
})

export const responses = {
  NotModified: { description: 'Your copy is current.', headers: headersOf(cached) },
  SeeOther: {
    description: 'Location has the URL of the newest record, or of the page without empty and third-party parameters.',
    headers: headersOf(['Location']),
  },
  Redirected: {
    description: 'Location has the canonical URL.',
    headers: headersOf(['Location']),
  },
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

export const refTo = (name: keyof typeof responses) => ({ $ref: `#/components/responses/${name}` })
