import { hash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import rangeParser from 'range-parser'
import { bytesOf, type Content } from './body-cache.ts'
import { type Coding, codingFor, encoded } from './coding.ts'
import { isCurrent, isOther } from './conditions.ts'
import { HttpProblem } from './problem-details.ts'
import type { Site } from './site.ts'

export const cacheControl = 'public, max-age=300, stale-while-revalidate=86400, stale-if-error=604800'
/** For a URL that names its dataset: its bytes change only with the service or its public URL. */
export const cacheControlYear = 'public, max-age=31536000'
/** For a URL that contains the checksum of its bytes. */
export const cacheControlForever = `${cacheControlYear}, immutable`
export const varies = 'accept, accept-encoding'

/** Sends a response that depends on the body of its request, or on its host. */
export const sendUncached = ({ dataset }: Site, reply: FastifyReply, mediaType: string, body: string | object) =>
  reply.headers({ 'cache-control': 'no-store', 'dataset-version': dataset }).type(mediaType).send(body)

/** A body written by a route, or with links that are known only after writing. */
export type Written = string | Buffer | { body: Buffer; links: Links }

/** The targets of the Link header by relation; null for one that does not exist. */
type Links = Record<string, string | null>

/** A reply that is sent, or will be. */
export type Responded = FastifyReply | Promise<FastifyReply>

/** A response that depends only on the data, the code, its URL, format and coding. */
export interface Fixed {
  /** The canonical path and query. */
  url: string
  format: { name: string; mediaType: string; headers?: Record<string, string> }
  /** Cache-Control; five minutes by default. */
  lifetime?: string
  /** A digest of the data that the body depends on; by default that of the whole dataset. */
  restsOn?: string
  /** The links beside that to itself and to the OpenAPI document; without them there is no Link header. */
  links?: Links
  /** Headers that describe the body, such as Content-Disposition. */
  about?: Record<string, string>
  /** True if `write` may find an error of the request. Then it is called first: a wrong request has no conditions. */
  mayFail?: boolean
  /** Writes the body; called only if it is not cached. */
  write(): Written | Promise<Written>
  /** The body of a file in each coding. Ranges of a file may be requested. */
  coded?: { gzip: Buffer; br: Buffer }
}

/**
 * The path of every cacheable response that is not recalled, in order: 412, 304, the cached body, the newly written body.
 * Throws HttpProblem 412 if the client's copy is of another response.
 */
export function respond(site: Site, request: FastifyRequest, reply: FastifyReply, fixed: Fixed): Responded {
  const isPart = fixed.coded !== undefined && request.method === 'GET' && request.headers.range !== undefined
  // Ranges count bytes of the uncoded body.
  const coding = isPart ? 'identity' : codingFor(request.headers['accept-encoding'])
  const { format, lifetime = cacheControl } = fixed
  const plainTag = tagOf(site, fixed)
  // Bytes differ between codings, so a strong tag must, too (RFC 9110, section 8.8.3.3).
  const tag = coding === 'identity' ? plainTag : `${plainTag}-${coding}`
  const etag = `"${tag}"`
  const written = () => contentOf(site, fixed, plainTag, coding)
  const send = (content: Content) => {
    if (isPart) return sendPart(content, request, reply)
    site.bodies.sending(tag, content, reply.raw)
    return reply.headers(content.headers).send(content.body)
  }
  const sendIfNew = (content?: Content) => {
    if (isOther(request, etag, site.lastModified))
      throw new HttpProblem(412, 'The response has changed since you received it; request it again from the beginning.')
    reply.headers({
      etag,
      ...(site.lastModified && { 'last-modified': site.lastModified }),
      'cache-control': lifetime,
      vary: varies,
      'dataset-version': site.dataset,
      ...format.headers,
    })
    return isCurrent(request, etag, site.lastModified) ? reply.code(304).send() : soon(content ?? written(), send)
  }
  // A client that names the tag was sent the response.
  const exists = !fixed.mayFail || request.headers['if-none-match']?.includes(etag)
  return exists ? sendIfNew() : soon(written(), sendIfNew)
}

/** Not awaited if it is no promise: `await` would cost a turn of the microtask queue. */
const soon = <Value, Result>(value: Value | Promise<Value>, then: (value: Value) => Result | Promise<Result>) =>
  value instanceof Promise ? value.then(then) : then(value)

/**
 * Sends the requested range, or the whole body if there are several ranges or If-Range is not the ETag: a date is too
 * weak.
 */
function sendPart({ headers, body }: Content, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const ifRange = request.headers['if-range']
  const isSame = ifRange === undefined || ifRange === reply.getHeader('etag')
  // The library takes the last bytes of a file for unsatisfiable if it has fewer.
  const range = String(request.headers.range).replace(
    /(?<=[=,]\s*)-(\d+)/g,
    (_, last) => `-${Math.min(Number(last), body.length)}`,
  )
  const ranges = isSame ? rangeParser(body.length, range) : -2
  if (ranges === -1)
    throw new HttpProblem(416, `The file has ${body.length} bytes. Request a part of them, such as bytes=0-99.`, {
      headers: { 'content-range': `bytes */${body.length}` },
    })
  reply.headers(headers)
  const [one, ...more] = ranges === -2 || ranges.type !== 'bytes' ? [] : ranges
  if (!one || more.length > 0) return reply.send(body)
  const part = body.subarray(one.start, one.end + 1)
  return reply
    .code(206)
    .headers({ 'content-range': `bytes ${one.start}-${one.end}/${body.length}`, 'content-length': part.length })
    .send(part)
}

/** The ETag: a digest of the data, the code, the URL and the format of a response. */
function tagOf({ stamp, code, base }: Site, { restsOn = stamp, url, format }: Fixed): string {
  return hash('sha256', [restsOn, code, base + url, format.name].join('\n'), 'base64url').slice(0, 22)
}

/** The Link header (RFC 8288). */
function linkHeader({ base }: Site, own: string, more: Links): string {
  const links = Object.entries({ self: base + own, ...more }).filter(([, href]) => href !== null)
  return [
    ...links.map(([rel, href]) => `<${href}>; rel="${rel}"`),
    `<${base}/openapi.json>; rel="describedby"; type="application/json"`,
  ].join(', ')
}

function contentOf(site: Site, fixed: Fixed, plainTag: string, coding: Coding): Content | Promise<Content> {
  const { bodies } = site
  const complete = (written: Written): Content => {
    const { body, links } =
      typeof written === 'string' || Buffer.isBuffer(written) ? { body: written, links: fixed.links } : written
    const bytes = bytesOf(body)
    const about = { 'content-type': fixed.format.mediaType, 'content-length': String(bytes.length) }
    const link = links && { link: linkHeader(site, fixed.url, links) }
    return { headers: { ...about, ...fixed.about, ...link }, body: bytes }
  }
  const plain = () => bodies.of(plainTag, () => soon(fixed.write(), complete))
  if (coding === 'identity') return plain()
  return bodies.of(`${plainTag}-${coding}`, async () => {
    const { headers, body } = fixed.coded ? complete(fixed.coded[coding]) : await plain()
    const bytes = fixed.coded ? body : await encoded(body, coding)
    return { headers: { ...headers, 'content-encoding': coding, 'content-length': String(bytes.length) }, body: bytes }
  })
}
