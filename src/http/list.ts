import type { FastifyInstance, preHandlerAsyncHookHandler } from 'fastify'
import { type Format, fits } from '../formats/format.ts'
import { textInput } from '../nouns/filters.ts'
import { batchesFrom, type Collection, idFilter, isNoun, type List, type Lookup } from '../nouns/noun.ts'
import { hrefOf } from '../nouns/shapes.ts'
import { Type } from '../typebox.ts'
import { bytesOf, joinedInTurns } from './body-cache.ts'
import { type Fixed, respond, type Written } from './caching.ts'
import { formatFor, formatParameter, formatsOf, html, schemasOf, wantsPage } from './negotiation.ts'
import { type Operation, operation } from './operation.ts'
import { badRequest, type HttpProblem, queryError } from './problem-details.ts'
import { type Lookups, type Query, querySchema, queryString } from './query.ts'
import type { Site } from './site.ts'

/** A list as an operation. */
export interface ListOperation extends Pick<Operation, 'operationId' | 'summary' | 'description'> {
  list: List
  /** Its pages; the names by which items can be requested, if they can; their revisions, if the list is a calendar. */
  stored: Pick<Collection, 'page'> & Partial<Pick<Collection, 'names' | 'revision'>>
}

/** Registers a list. */
export function list(app: FastifyInstance, site: Site, listed: ListOperation): void {
  const { list, stored, operationId, summary, description } = listed
  const offered = formatsOf(site).filter((format) => fits(format, list))
  const filters = Object.entries(list.filters)
  const required = filters.flatMap(([name, { isRequired }]) => (isRequired ? name : []))
  const query = querySchema({
    ...(isNoun(list) && {
      [idFilter]: Type.Optional(
        textInput(`Only ${list.many} with these ids, separated by commas.`, list.example, 2000),
      ),
    }),
    ...Object.fromEntries(
      filters.map(([name, { schema, isRequired }]) => [name, isRequired ? schema : Type.Optional(schema)]),
    ),
    ...(list.sort && { sort: Type.Optional(list.sort) }),
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 500,
        default: 100,
        description: 'The maximum number of items. Default: 100 per page of JSON, all in a file.',
        examples: [50],
      }),
    ),
    cursor: Type.Optional(textInput('The `nextCursor` of the previous page.', cursorAfter(list.name, '0'), 1000)),
    format: formatParameter(offered),
  })
  const sorts = ['', ...((list.sort?.enum as string[] | undefined) ?? [])]
  const lookups: Lookups = { cursor: cursorLookup(list.name, sorts) }
  if (stored.names) lookups[idFilter] = severalOf(stored.names)
  for (const [name, filter] of filters) if (filter.names) lookups[name] = site.lookups[filter.names]
  operation(app, site, {
    path: hrefOf(list.name),
    operationId,
    summary,
    description,
    tag: list.tag,
    query,
    lookups,
    response: [`A page of ${list.many}.`, schemasOf(offered, ({ schema }) => schema?.(list))],
    ...(required.length > 0 && { preHandler: formWithout(required, site, listed) }),
    handle(settled, request, reply) {
      const format = formatFor(request, offered, settled.format)
      return respond(site, request, reply, partOf(site, listed, format, settled))
    },
  })
}

/** Responds to a browser with only the search form if a required filter is missing, such as the words of a search. */
function formWithout(required: string[], site: Site, { list }: ListOperation): preHandlerAsyncHookHandler {
  const self = hrefOf(list.name)
  const links = { self, first: self, next: null, alternate: self }
  const page = { site, list, batches: [], total: 0, nextCursor: null, links, filters: {} }
  return async (request, reply) => {
    if (!wantsPage(request) || required.every((name) => name in Object(request.query))) return
    return respond(site, request, reply, { url: self, format: html, write: () => site.pages.list(page) })
  }
}

/** Looks up each of several ids separated by commas; an error names those not found. */
function severalOf(ids: Lookup): Lookup {
  const parts = (text: string) => text.split(',').map((part) => part.trim())
  return {
    find(text) {
      const found = parts(text).map((part) => ids.find(part))
      return found.includes(undefined) ? undefined : [...new Set(found)].join(',')
    },
    suggest: (text) => ids.suggest(String(parts(text).find((part) => ids.find(part) === undefined))),
  }
}

/** The part of a list that a query requests in a format. */
function partOf(
  site: Site,
  { list, stored }: ListOperation,
  format: Format,
  { sort: sortGiven, limit, cursor, format: formatGiven, ...filters }: Query,
): Fixed {
  const sort = String(sortGiven ?? ((format.name === 'html' && list.pageSort) || ''))
  const order = list.name + sort
  const after = cursor === undefined ? '' : sortKeyIn(order, String(cursor))
  if (after === undefined) throw foreignCursor('It belongs to another sort order.')
  // Feed readers send no Accept header, so the URLs in a feed must name the format.
  const formatInUrl = format.name === 'atom' ? format.name : formatGiven
  // A file cannot say that it was cut, so it is complete unless a page is requested.
  const isWhole = !format.isPaged && cursor === undefined && limit === undefined
  const pageSize = Number(limit ?? 100)
  const isUsual = isWhole || (pageSize === 100 && (format.isPaged || cursor !== undefined))
  const limitInUrl = isUsual ? undefined : pageSize
  const urlOf = (cursor: Query[string] | undefined, format = formatInUrl) =>
    hrefOf(list.name) + queryString({ ...filters, sort: sortGiven, limit: limitInUrl, cursor, format })
  const write = (): Written | Promise<Written> => {
    const compared = { ...filters, ...(filters.id !== undefined && { id: String(filters.id).split(',') }) }
    const read = (after: string) => stored.page(compared, after, isWhole ? atOnce : pageSize, sort.startsWith('-'))
    const begin = read(after)
    const nextCursor = isWhole || begin.last === null ? null : cursorAfter(order, begin.last)
    const next = nextCursor === null ? null : site.base + urlOf(nextCursor)
    const first = site.base + urlOf(undefined)
    const links = { next, first }
    const parts = format.parts({
      site,
      list,
      batches: isWhole ? batchesFrom(begin, read) : [begin.items],
      total: begin.total,
      nextCursor,
      links: { self: site.base + urlOf(cursor), first, next, alternate: site.base + urlOf(cursor, 'json') },
      filters: sort === '' ? filters : { ...filters, sort },
      revisionOf: stored.revision,
    })
    const isLong = isWhole && begin.last !== null
    if (Symbol.iterator in parts && !isLong) return { links, body: Buffer.concat([...parts].map(bytesOf)) }
    return site.bodies.inTurn(async () => ({ links, body: await joinedInTurns(parts) }))
  }
  // A place in a ranking exists only for its query.
  return { url: urlOf(cursor), format, mayFail: !isNoun(list) && cursor !== undefined, write }
}

/** The number of items of a whole list that are read at once. */
const atOnce = 100

/** The cursor for the page after a place. It names its list and order, so that no other list accepts it. */
function cursorAfter(list: string, sortKey: string): string {
  return Buffer.from(`${list}\n${sortKey}`).toString('base64url')
}

/** The place in this list that a cursor encodes; undefined if it is not a cursor of this list. */
function sortKeyIn(list: string, cursor: string): string | undefined {
  const [of, sortKey, ...rest] = Buffer.from(cursor, 'base64url').toString().split('\n')
  return of === list && sortKey && rest.length === 0 && cursorAfter(list, sortKey) === cursor ? sortKey : undefined
}

/** Recognizes the cursors of the list of this name, in each of its orders. */
function cursorLookup(name: string, sorts: readonly string[]): Lookup {
  return {
    find: (cursor) => (sorts.some((sort) => sortKeyIn(name + sort, cursor) !== undefined) ? cursor : undefined),
    suggest: () => [],
    refusal,
  }
}
const refusal = 'This cursor belongs to another list or has expired. Start again without "cursor" and follow "next".'

/** The error for a cursor that has the right form but cannot be used. */
export function foreignCursor(why: string): HttpProblem {
  return badRequest([queryError('cursor', `${refusal} ${why}`)])
}
