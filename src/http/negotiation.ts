import type { FastifyRequest } from 'fastify'
import Negotiator from 'negotiator'
import { dataFormats } from '../formats/data-formats.ts'
import { bareType, type Format, type ListPage } from '../formats/format.ts'
import { ref } from '../nouns/shapes.ts'
import { oneOf, type TSchema, Type } from '../typebox.ts'
import { HttpProblem, headerError } from './problem-details.ts'
import type { Site } from './site.ts'

/** The schema of every page. */
export const HtmlPage = Type.String({ $id: 'HtmlPage', description: 'An HTML page.' })

/** A page. It loads only from this service and runs no inline script or style. */
export const html = {
  name: 'html',
  mediaType: 'text/html; charset=utf-8',
  headers: {
    'content-security-policy':
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  },
}

/** Every format of a list or an item, in the order in which they are offered: a client that accepts any gets data. */
export function formatsOf({ pages }: Site): Format[] {
  const schema = () => ref(HtmlPage)
  const parts = (list: ListPage) => [pages.list(list)]
  return [...dataFormats, { ...html, label: 'Page', isPaged: true, schema, parts, item: { schema, write: pages.item } }]
}

/** The schemas of a response in these formats, by media type; those without a schema are omitted. */
export function schemasOf<Offered extends { mediaType: string }>(
  offered: readonly Offered[],
  schemaOf: (format: Offered) => TSchema | undefined,
): Record<string, TSchema> {
  const schemas: Record<string, TSchema> = {}
  for (const format of offered) {
    const schema = schemaOf(format)
    if (schema) schemas[bareType(format)] = schema
  }
  return schemas
}

/** The `format` parameter for these formats. */
export function formatParameter(offered: readonly { name: string }[]) {
  const names = offered.map(({ name }) => name)
  return Type.Optional(
    oneOf(names, { description: 'The format. It takes precedence over `Accept`.', examples: [names[0]] }),
  )
}

/**
 * The best of these media types for an Accept header; undefined if none is acceptable. Parameters such as charset are
 * irrelevant here, and Negotiator would treat them as another type.
 */
function bestOf(types: string[], accept = ''): string | undefined {
  const plain = accept.replace(/;(?!\s*q=)[^,;]*/gi, '').trim()
  return new Negotiator({ headers: { accept: plain || '*/*' } }).mediaType(types)
}

/** True if Accept prefers a page; a client that accepts anything gets data. */
export const wantsPage = ({ headers: { accept = '' } }: Pick<FastifyRequest, 'headers'>): boolean =>
  /html/i.test(accept) && bestOf(['application/json', 'text/html'], accept) === 'text/html'

/**
 * The format of the response: the one in `format`, otherwise the best that `Accept` allows. Throws HttpProblem 406 if
 * none is acceptable.
 */
export function formatFor<Offered extends { name: string; mediaType: string; inBrowser?: Offered }>(
  request: FastifyRequest,
  offered: readonly Offered[],
  formatName?: unknown,
): Offered {
  const named = offered.find(({ name }) => name === formatName)
  if (named) return (wantsPage(request) && named.inBrowser) || named
  const bare = offered.map(bareType)
  const format = offered[bare.indexOf(bestOf(bare, request.headers.accept) ?? '')]
  if (format) return format
  const way =
    offered.length > 1
      ? `Request one of them in Accept, or add ?format=${offered.map(({ name }) => name).join('|')}`
      : `Request it with Accept: */* or ${bare}`
  throw new HttpProblem(406, `The available formats are ${bare.join(', ')}. ${way}.`, {
    errors: [headerError('Accept', `"${request.headers.accept}" allows none of ${bare.join(', ')}.`, bare, bare[0])],
  })
}
