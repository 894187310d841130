import type { FastifyInstance, FastifyReply, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify'
import { mediaTypes } from '../formats/data-formats.ts'
import type { TObject, TSchema } from '../typebox.ts'
import { cacheControl, type Responded, respond } from './caching.ts'
import { formatFor, formatParameter, schemasOf } from './negotiation.ts'
import { type Lookups, NoParameters, type Query, querySchema, queryString, settleQuery } from './query.ts'
import type { Site } from './site.ts'

/** Schemas by media type. */
type Schemas = Record<string, TSchema>

/** An operation of the OpenAPI document. */
export interface Operation {
  path: string
  operationId: string
  summary: string
  description: string
  tag: string
  params?: TObject
  /** Absent if it takes no parameters. */
  query?: TObject
  lookups?: Lookups
  /** The bodies that it takes: then its method is POST, otherwise GET. */
  body?: Schemas
  /** The description of the response, and its schemas. */
  response: [description: string, schemas: Schemas]
  /** Runs before the parameters are checked. */
  preHandler?: preHandlerAsyncHookHandler
  /** Responds. It gets the parameters in their canonical spelling. */
  handle(query: Query, request: FastifyRequest, reply: FastifyReply): Responded
}

/** Registers an operation. */
export function operation(app: FastifyInstance, site: Site, given: Operation): void {
  const { path, tag, lookups = {}, body, response, preHandler, query = NoParameters, handle, ...described } = given
  const [description, schemas] = response
  app.route({
    method: body ? 'POST' : 'GET',
    url: path,
    schema: {
      ...described,
      tags: [tag],
      querystring: query,
      ...(body && { body: { content: contentOf(body) } }),
      response: { 200: { description, content: contentOf(schemas) } },
    },
    ...(preHandler && { preHandler }),
    handler: (request, reply) => handle(settleQuery(site, request, query, lookups), request, reply),
  })
}

/** Schemas in the form of the OpenAPI document. */
const contentOf = (schemas: Schemas) =>
  Object.fromEntries(Object.entries(schemas).map(([type, schema]) => [type, { schema }]))

/** An operation whose response depends only on the data, the code and its URL. */
export interface FixedRoute extends Omit<Operation, 'response' | 'handle'> {
  /** The description of the response, and its schema in each format. With several, `format` is the only parameter. */
  response: [description: string, schemas: { [format in keyof typeof mediaTypes]?: TSchema }]
  /** Additional relations of the Link header. */
  links?: Record<string, string>
  /** Writes the body. */
  write(query: Query, format: string): string | Promise<string>
}

/** Registers an operation with a fixed response. A 304 is sent before anything is read. */
export function fixedRoute(app: FastifyInstance, site: Site, given: FixedRoute): void {
  const { response, links = {}, write, ...described } = given
  const [description, schemas] = response
  const formats = Object.entries(schemas).map(([name, schema]) => {
    return { name, mediaType: mediaTypes[name as keyof typeof mediaTypes], schema }
  })
  operation(app, site, {
    ...described,
    ...(formats.length > 1 && { query: querySchema({ format: formatParameter(formats) }) }),
    response: [description, schemasOf(formats, ({ schema }) => schema)],
    handle(query, request, reply) {
      const format = formatFor(request, formats, query.format)
      return respond(site, request, reply, {
        url: described.path + queryString(query),
        format,
        links,
        write: () => write(query, format.name),
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
  app.get(path, { schema: { hide: true, querystring: NoParameters } }, (request, reply) => {
    settleQuery(site, request, NoParameters, {})
    return respond(site, request, reply, { url: path, format: { name: 'file', ...format }, lifetime, write })
  })
}

/** 308 to the canonical URL, or 307 to the current target. */
export function redirect(reply: FastifyReply, href: string, status: 307 | 308 = 308): FastifyReply {
  return reply.code(status).headers({ location: href, 'cache-control': 'public, max-age=300' }).send()
}
