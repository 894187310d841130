import { type Static, type TObject, Type } from '@sinclair/typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { settleCaching } from './caching.ts'
import { type Columns, csvOf, type Format, formatFor, mediaTypes, ndjsonOf } from './formats.ts'
import { badRequest, HttpProblem } from './problem.ts'
import { type Lookup, type Lookups, queryString, settleQuery } from './query.ts'
import { hrefOf, nullable, ref, type Site } from './shapes.ts'

/** All that a noun says of itself to become two operations: its list and its members. */
export interface Collection<Item extends TObject, Filters extends TObject> {
  /** The last part of the path of the list, such as `action-lines`. */
  name: string
  /** The noun in operation ids, one and many: `ActionLine`, `ActionLines`. */
  operations: [string, string]
  /** The noun in sentences, one and many. */
  words: [string, string]
  tag: string
  /** What the list and a member are, in a paragraph each. */
  description: { list: string; item: string }
  key: 'code' | 'id'
  keyExample: string
  item: Item
  filters: Filters
  /** The filters that name something, and what finds it. */
  lookups: Lookups
  /** What finds a member by the last part of its path. */
  names: Lookup
  columns: Columns<Static<Item>>
  /** The ids after a sort key, at most `limit`, of what matches; a filter that was not asked for is null. */
  page(
    filters: Record<string, unknown>,
    after: string,
    limit: number,
  ): { total: number; ids: string[]; last: string | null }
  /** The members with these ids, which `page` or `names` has given, in the order of the list. */
  read(ids: string[]): Static<Item>[]
}

const pageQuery = {
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
    }),
  ),
  format: Type.Optional(
    Type.Unsafe<Format>({
      type: 'string',
      enum: Object.keys(mediaTypes),
      description: 'The format of the answer; it wins over the header Accept.',
      examples: ['csv'],
    }),
  ),
}

/** Registers the list of a noun and its members. */
export function collection<Item extends TObject, Filters extends TObject>(
  app: FastifyInstance,
  site: Site,
  it: Collection<Item, Filters>,
): void {
  const path = `/v1/${it.name}`
  const query = Type.Object({ ...it.filters.properties, ...pageQuery }, { additionalProperties: false })
  const { list, item } = it.description
  const [one, many] = it.words

  app.get(path, {
    attachValidation: true,
    config: { fixed: true },
    schema: {
      operationId: `list${it.operations[1]}`,
      summary: `List ${many}`,
      description: list,
      tags: [it.tag],
      querystring: query,
      response: { 200: { description: `A page of ${many}.`, content: listContent(it) } },
    },
    handler: (request, reply) => answerList(site, it, query, request, reply),
  })

  app.get(`${path}/:${it.key}`, {
    attachValidation: true,
    config: { fixed: true },
    schema: {
      operationId: `get${it.operations[0]}`,
      summary: `Get one ${one}`,
      description: item,
      tags: [it.tag],
      params: Type.Object({
        [it.key]: Type.String({
          description: `The ${it.key} of the ${one}. Other spellings are answered with 308 to the right one.`,
          examples: [it.keyExample],
        }),
      }),
      querystring: Type.Object({}, { additionalProperties: false }),
      response: {
        200: { description: `The ${one}.`, content: { 'application/json': { schema: ref(it.item) } } },
      },
    },
    handler: (request, reply) => answerItem(site, it, request, reply),
  })
}

function listContent<Item extends TObject, Filters extends TObject>(it: Collection<Item, Filters>) {
  const page = Type.Object(
    {
      dataset: Type.String({
        description: 'Which data this is: the first 12 hex digits of SHA-256 over the seed files.',
      }),
      total: Type.Integer({ description: 'How many items match, on all pages together.' }),
      items: Type.Array(ref(it.item), { description: 'The items of this page, in the order of the list.' }),
      next: nullable(Type.String(), 'The address of the next page; null on the last one.'),
    },
    { description: `A page of ${it.words[1]}.` },
  )
  return {
    'application/json': { schema: page },
    'text/csv': {
      schema: Type.String({
        description: `RFC 4180 with a header row: ${Object.keys(it.columns).join(', ')}. Several values in one cell are separated by "; ".`,
      }),
    },
    'application/x-ndjson': {
      schema: Type.String({ description: 'One item per line, each as in the JSON list.' }),
    },
  }
}

function answerList<Item extends TObject, Filters extends TObject>(
  site: Site,
  it: Collection<Item, Filters>,
  schema: TObject,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const query = settleQuery(request, schema, it.lookups)
  const { limit: asked = 100, cursor, format: formatAsked, ...filters } = query
  const limit = Number(asked)
  const after = cursor === undefined ? '' : afterCursor(it.name, String(cursor))
  const format = formatFor(request, ['json', 'csv', 'ndjson'], formatAsked as Format | undefined)
  const path = `/v1/${it.name}`
  const addressOf = (from: string | undefined) =>
    path +
    queryString({
      ...filters,
      ...(limit !== 100 && { limit }),
      ...(from !== undefined && { cursor: from }),
      ...(formatAsked && { format: formatAsked }),
    })
  const own = addressOf(cursor === undefined ? undefined : String(cursor))
  if (settleCaching(site, request, reply, own, format)) return reply

  const unasked = Object.fromEntries(Object.keys(it.filters.properties).map((name) => [name, null]))
  const { total, ids, last } = it.page({ ...unasked, ...filters }, after, limit)
  const items = it.read(ids)
  const next = last === null ? null : site.base + addressOf(cursorAfter(it.name, last))
  reply
    .header('link', linkHeader(site, own, { next, first: site.base + addressOf(undefined) }))
    .type(mediaTypes[format])
  if (format === 'csv') return reply.send(csvOf(it.columns, items))
  if (format === 'ndjson') return reply.send(ndjsonOf(items))
  return reply.send({ dataset: site.dataset, total, items, next })
}

function answerItem<Item extends TObject, Filters extends TObject>(
  site: Site,
  it: Collection<Item, Filters>,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  settleQuery(request, Type.Object({}), {})
  const { [it.key]: asked = '' } = request.params as Record<string, string>
  const id = it.names.find(asked)
  if (id === undefined) {
    const near = it.names.suggest(asked)
    const meant = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `GET ${hrefOf(site, it.name)} lists them.`
    throw new HttpProblem(404, `No ${it.words[0]} is called "${asked.slice(0, 100)}". ${meant}`, {
      suggestions: near.map((one) => ({ id: one, href: hrefOf(site, it.name, one) })),
    })
  }
  const href = hrefOf(site, it.name, id)
  if (id !== asked) return reply.code(308).headers({ location: href, 'cache-control': 'public, max-age=300' }).send()
  formatFor(request, ['json'])
  const own = href.slice(site.base.length)
  if (settleCaching(site, request, reply, own, 'json')) return reply
  return reply
    .header('link', linkHeader(site, own, { collection: hrefOf(site, it.name) }))
    .type(mediaTypes.json)
    .send(it.read([id])[0])
}

/** RFC 8288. */
export function linkHeader(site: Site, own: string, more: Record<string, string | null>): string {
  const links = Object.entries({ self: site.base + own, ...more }).filter(([, href]) => href !== null)
  return [
    ...links.map(([rel, href]) => `<${href}>; rel="${rel}"`),
    `<${site.base}/openapi.json>; rel="describedby"; type="application/json"`,
  ].join(', ')
}

function cursorAfter(name: string, sortKey: string): string {
  return Buffer.from(`${name}\n${sortKey}`).toString('base64url')
}

/** Throws HttpProblem 400 for a cursor that this list has not given. */
function afterCursor(name: string, cursor: string): string {
  const [of, sortKey, ...rest] = Buffer.from(cursor, 'base64url').toString().split('\n')
  if (of === name && sortKey && rest.length === 0 && cursorAfter(name, sortKey) === cursor) return sortKey
  const detail = `"cursor" was not given by this list; begin again without it and follow "next".`
  throw badRequest([{ in: 'query', name: 'cursor', detail, allowed: null, suggestion: null }])
}
