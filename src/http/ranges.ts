import type { FastifyReply, FastifyRequest } from 'fastify'
import rangeParser from 'range-parser'
import type { Content } from './body-cache.ts'
import { HttpProblem } from './problem-details.ts'

/** True if a range of the response is requested. */
export const asksForPart = ({ method, headers }: FastifyRequest): boolean =>
  headers.range !== undefined && method === 'GET'

/**
 * Sends the requested range, or the whole body if there are several ranges or If-Range is not the ETag: a date is too
 * weak.
 */
export function sendPart({ headers, body }: Content, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const ifRange = request.headers['if-range']
  const isSame = ifRange === undefined || ifRange === reply.getHeader('etag')
  const ranges = isSame ? rangeParser(body.length, String(request.headers.range)) : -2
  if (ranges === -1)
    throw new HttpProblem(416, `The file has ${body.length} bytes. Request a part of them, such as bytes=0-99.`, {
      headers: { 'content-range': `bytes */${body.length}` },
    })
  reply.headers(headers)
  const [range, ...more] = ranges === -2 || ranges.type !== 'bytes' ? [] : ranges
  if (!range || more.length > 0) return reply.send(body)
  const part = body.subarray(range.start, range.end + 1)
  return reply
    .code(206)
    .headers({ 'content-range': `bytes ${range.start}-${range.end}/${body.length}`, 'content-length': part.length })
    .send(part)
}
