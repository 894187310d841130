import { promisify } from 'node:util'
import { type BrotliOptions, brotliCompress, constants, gzip } from 'node:zlib'

/** The content coding of a response. */
export type Coding = 'br' | 'gzip' | 'identity'

/** Matches a coding that a client lists without `q=0`. deploy/nginx.conf has the same expressions. */
const accepts = (coding: string) =>
  new RegExp(`(?:^|,)[ \\t]*${coding}[ \\t]*(?:;[ \\t]*q=(?:1(?:\\.0*)?|0\\.0*[1-9]\\d*)[ \\t]*)?(?:,|$)`, 'i')
const [acceptsBrotli, acceptsGzip] = [accepts('br'), accepts('gzip')]

/** Brotli if the client accepts it, otherwise gzip, otherwise none. Preferences between them are ignored. */
export function codingFor(acceptEncoding = ''): Coding {
  if (acceptsBrotli.test(acceptEncoding)) return 'br'
  return acceptsGzip.test(acceptEncoding) ? 'gzip' : 'identity'
}

const brotli = promisify(brotliCompress)
const gzipped = promisify<Buffer, Buffer>(gzip)

/**
 * Not the best quality, which takes 30 times as long for a sixth less. The window is not larger than the body, to save
 * memory.
 */
function brotliOptions({ length }: Buffer): BrotliOptions {
  const window = Math.ceil(Math.log2(length + 16))
  return {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 5,
      [constants.BROTLI_PARAM_LGWIN]: Math.min(Math.max(window, constants.BROTLI_MIN_WINDOW_BITS), 22),
      [constants.BROTLI_PARAM_SIZE_HINT]: length,
    },
  }
}

/** A body in a coding, compressed off the event loop. */
export const encoded = (body: Buffer, coding: Exclude<Coding, 'identity'>): Promise<Buffer> =>
  coding === 'br' ? brotli(body, brotliOptions(body)) : gzipped(body)
