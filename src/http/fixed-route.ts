import type { FastifyInstance, FastifyReply } from 'fastify'
import { mediaTypes } from '../formats/data-formats.ts'
import type { Static, TObject, TSchema } from '../typebox.ts'
import { cacheControl, respond } from './caching.ts'
import { contentOf, formatFor, formatParameter } from './formats.ts'
import {
  type Lookups,
  NoParameters,
  noParameters,
  querySchema,
  queryString,
  settleQuery,
  withoutParameters,
} from './query.ts'
import type { Site } from './site.ts'

/** An operation whose response depends only on the data, the code and its URL. */
export interface FixedRoute<Query extends TObject> {
  path: string
  operationId: string
  summary: string
  description: string
  tag: string
  /** Absent if it takes no parameters. */
  query?: Query
  lookups?: Lookups
  /** The description of the response, and its schema in each format. With several, `format` is the only parameter. */
  response: [description: string, content: { [format in keyof typeof mediaTypes]?: TSchema }]
  /** Additional relations of the Link header. */
  links?: Record<string, string>
  /** Writes the body. */
  write(query: Static<Query>, format: string): string | Promise<string>
}

/** Registers an operation with a fixed response. A 304 is sent before anything is read. */
export function fixedRoute<Query extends TObject>(app: FastifyInstance, site: Site, route: FixedRoute<Query>): void {
  const { path, operationId, summary, description, tag, response, links = {} } = route
  const content = Object.entries(response[1]).map(([name, schema]) => ({
    name,
    mediaType: mediaTypes[name as keyof typeof mediaTypes],
    schema,
  }))
  const query = content.length > 1 ? querySchema({ format: formatParameter(content) }) : (route.query ?? NoParameters)
  app.get(path, {
    schema: {
      operationId,
      summary,
      description,
      tags: [tag],
      querystring: query,
      response: {
        200: { description: response[0], content: contentOf(content, ({ schema }) => schema) },
      },
    },
    handler: (request, reply) => {
      const values = settleQuery(site, request, query, route.lookups ?? {})
      const url = path + queryString(values)
      const format = formatFor(request, content, values.format)
      return respond(site, request, reply, {
        url,
        format,
        about: { link: linkHeader(site, url, links) },
        write: () => route.write(values as Static<Query>, format.name),
      })
    },
  })
}

/** A file with a fixed text, such as robots.txt, which the OpenAPI document does not describe. */
export interface FixedFile {
  path: string
  mediaType: string
  headers?: Record<string, string>
  write(): Buffer | string
}

/** Registers a file, which takes no parameters. */
export function fileRoute(app: FastifyInstance, site: Site, file: FixedFile, lifetime = cacheControl): void {
  const { path, write, ...format } = file
  app.get(path, { ...withoutParameters(site), schema: { hide: true, ...noParameters } }, (request, reply) =>
    respond(site, request, reply, { url: path, format: { name: 'file', ...format }, lifetime, write }),
  )
}

/** 308 to the canonical URL, or 307 to the current target. */
export function redirect(reply: FastifyReply, href: string, status: 307 | 308 = 308): FastifyReply {
  return reply.code(status).headers({ location: href, 'cache-control': 'public, max-age=300' }).send()
}

/** The Link header (RFC 8288). */
export function linkHeader(site: Site, own: string, more: Record<string, string | null>): string {
  const links = Object.entries({ self: site.base + own, ...more }).filter(([, href]) => href !== null)
  return [
    ...links.map(([rel, href]) => `<${href}>; rel="${rel}"`),
    `<${site.base}/openapi.json>; rel="describedby"; type="application/json"`,
  ].join(', ')
}
