import { Type } from '@sinclair/typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Collection, List, Lookup, NameSet, Noun } from '../nouns/noun.ts'
import { hrefOf } from '../nouns/shapes.ts'
import { settleCaching } from './caching.ts'
import { cursorAfter, cursorLookup, foreignCursor, sortKeyIn } from './cursor.ts'
import { linkHeader } from './fixed-route.ts'
import { type Format, formatFor, formats } from './formats.ts'
import { refill } from './page.ts'
import { type Lookups, queryString, settleQuery } from './query.ts'
import type { Site } from './site.ts'

/** A list as an operation. */
export interface ListOperation {
  list: List
  /** The noun of the list, if it has one. */
  noun?: Noun
  operationId: string
  summary: string
  description: string
  page: Collection['page']
}

const pageQuery = (offered: Format[]) => ({
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 500,
      default: 100,
      description: 'How many items to give at most, 1 to 500; 100 where it is left out.',
      examples: [50],
    }),
  ),
  cursor: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'Where the page begins: copied from `next` of the page before. It stays valid while rows are added.',
      examples: ['YWdlbmNpZXMKY3N0ZA'],
    }),
  ),
  format: Type.Optional(
    Type.Unsafe<string>({
      type: 'string',
      enum: offered.map(({ name }) => name),
      description: 'The format of the answer; it wins over the header Accept.',
      examples: ['csv'],
    }),
  ),
})

/** Registers a list. */
export function list(app: FastifyInstance, site: Site, operation: ListOperation, names: Record<NameSet, Lookup>): void {
  const { list } = operation
  const offered = formats.filter((format) => format.fits(list))
  const filters = Object.entries(list.filters).map(([name, { schema, isRequired }]) => [
    name,
    isRequired ? schema : Type.Optional(schema),
  ])
  const query = Type.Object(
    {
      ...Object.fromEntries(filters),
      ...(list.sort && { sort: Type.Optional(list.sort) }),
      ...pageQuery(offered),
    },
    { additionalProperties: false },
  )
  const sorts = ['', ...((list.sort?.enum as string[] | undefined) ?? [])]
  const lookups: Lookups = { cursor: cursorLookup(list.name, sorts) }
  for (const [name, filter] of Object.entries(list.filters)) if (filter.names) lookups[name] = names[filter.names]
  const content = Object.fromEntries(
    offered.flatMap(({ mediaType, schema }) =>
      schema ? [[mediaType.replace(/;.*/, ''), { schema: schema(list) }]] : [],
    ),
  )
  app.get(hrefOf(list.name), {
    attachValidation: true,
    config: { fixed: true },
    schema: {
      operationId: operation.operationId,
      summary: operation.summary,
      description: operation.description,
      tags: [list.tag],
      querystring: query,
      response: { 200: { description: `A page of ${list.many}.`, content } },
    },
    handler: (request, reply) => {
      if (refill(site, request, reply)) return reply
      const asked = settleQuery(request, query, lookups)
      return answer(site, operation, offered, asked, request, reply)
    },
  })
}

/** The list: 304, or a page in the format asked for; in that order, so that a query runs only for a page. */
function answer(
  site: Site,
  { list, noun, page }: ListOperation,
  offered: Format[],
  query: ReturnType<typeof settleQuery>,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { limit: limitAsked, cursor, format: formatGiven, ...inOrder } = query
  const { sort = '', ...filters } = inOrder
  const order = list.name + sort
  const after = cursor === undefined ? '' : sortKeyIn(order, String(cursor))
  if (after === undefined) throw foreignCursor('It is of another order.')
  const format = formatFor(request, offered, formatGiven)
  // A program that reads feeds sends no Accept of its own: the addresses in one must lead back to it.
  const formatAsked = format.name === 'atom' ? format.name : formatGiven
  // A calendar is subscribed to whole: no program follows its pages.
  const usual = format.name === 'ics' ? Number.MAX_SAFE_INTEGER - 1 : 100
  const limit = Number(limitAsked ?? usual)
  const addressOf = (from: unknown, format = formatAsked) =>
    hrefOf(list.name) +
    queryString({
      ...inOrder,
      ...(limit !== usual && { limit }),
      ...(from !== undefined && { cursor: String(from) }),
      ...(format && { format }),
    })
  const own = addressOf(cursor)
  // Before a 304, too: a browser takes over its headers.
  reply.headers(format.headers ?? {})
  if (settleCaching(site, request, reply, own, format.name)) return reply

  const isReversed = String(sort).startsWith('-')
  const { total, items, last } = page(filters, after, limit, isReversed)
  const next = last === null ? null : site.base + addressOf(cursorAfter(order, last))
  const first = site.base + addressOf(undefined)
  reply.header('link', linkHeader(site, own, { next, first })).type(format.mediaType)
  return reply.send(
    format.write({
      site,
      list,
      noun,
      items,
      total,
      links: { self: site.base + own, first, next, alternate: site.base + addressOf(cursor, 'json') },
      name: addressOf(undefined),
      filters: inOrder,
      newest: () => page(filters, '', 1, isReversed).items[0],
    }),
  )
}
