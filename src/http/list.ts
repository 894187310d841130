import type { FastifyInstance, preHandlerAsyncHookHandler } from 'fastify'
import { textInput } from '../nouns/filters.ts'
import {
  batchesFrom,
  type Collection,
  idFilter,
  type List,
  type Lookup,
  type NameSet,
  type Noun,
  type Parameter,
} from '../nouns/noun.ts'
import { hrefOf } from '../nouns/shapes.ts'
import { Type } from '../typebox.ts'
import { bytesOf, joinedInTurns } from './body-cache.ts'
import { respond, type Written } from './caching.ts'
import { cursorAfter, cursorLookup, foreignCursor, sortKeyIn } from './cursor.ts'
import { contentOf, type Format, formatFor, formatParameter, formats, html, wantsPage } from './negotiation.ts'
import { type Operation, operation } from './operation.ts'
import { type Lookups, type Query, querySchema, queryString } from './query.ts'
import type { Site } from './site.ts'

/** A list as an operation. */
export interface ListOperation extends Pick<Operation, 'operationId' | 'summary' | 'description'> {
  list: List
  /** The noun of the list, if it has one. */
  noun?: Noun
  /** Its pages; the names by which items can be requested, if they can; their revisions, if the list is a calendar. */
  stored: Pick<Collection, 'page'> & Partial<Pick<Collection, 'names' | 'revision'>>
}

const idsOf = (many: string, example: string): Parameter => ({
  schema: textInput(`Only ${many} with these ids, separated by commas.`, example, 2000),
})

const pageQuery = (offered: Format[], name: string) => ({
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 500,
      default: 100,
      description: 'The maximum number of items. Default: 100 per page of JSON, all in a file.',
      examples: [50],
    }),
  ),
  cursor: Type.Optional(textInput('The `nextCursor` of the previous page.', cursorAfter(name, '0'), 1000)),
  format: formatParameter(offered),
})

/** Registers a list. */
export function list(app: FastifyInstance, site: Site, listed: ListOperation, names: Record<NameSet, Lookup>): void {
  const { list, noun, operationId, summary, description, stored } = listed
  const offered = formats.filter((format) => format.fits(list))
  const filters = Object.entries({ ...(noun && { id: idsOf(list.many, noun.example) }), ...list.filters }).map(
    ([name, { schema, isRequired }]) => [name, isRequired ? schema : Type.Optional(schema)],
  )
  const query = querySchema({
    ...Object.fromEntries(filters),
    ...(list.sort && { sort: Type.Optional(list.sort) }),
    ...pageQuery(offered, list.name),
  })
  const sorts = ['', ...((list.sort?.enum as string[] | undefined) ?? [])]
  const lookups: Lookups = { cursor: cursorLookup(list.name, sorts) }
  if (stored.names) lookups[idFilter] = severalOf(stored.names)
  for (const [name, filter] of Object.entries(list.filters)) if (filter.names) lookups[name] = names[filter.names]
  const content = contentOf(offered, ({ schema }) => schema?.(list))
  const required = Object.keys(list.filters).filter((name) => list.filters[name]?.isRequired)
  const described: Operation = {
    path: hrefOf(list.name),
    operationId,
    summary,
    description,
    tag: list.tag,
    query,
    lookups,
    response: [`A page of ${list.many}.`, content],
    ...(required.length > 0 && { preHandler: formWithout(required, site, listed) }),
  }
  operation(app, site, described, (settled, request, reply) => {
    const format = formatFor(request, offered, settled.format)
    const part = partOf(list, format, settled)
    const write = () => written(site, listed, format, part)
    // A place in a ranking exists only for its query.
    const mayFail = noun === undefined && part.cursor !== undefined
    return respond(site, request, reply, { url: part.urlOf(part.cursor), format, mayFail, write })
  })
}

/** Responds to a browser with only the search form if a required filter is missing, such as the words of a search. */
function formWithout(required: string[], site: Site, { list, noun }: ListOperation): preHandlerAsyncHookHandler {
  const self = hrefOf(list.name)
  const links = { self, first: self, next: null, alternate: self }
  const page = { site, list, noun, batches: [], total: 0, nextCursor: null, links, name: self, filters: {} }
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

/** The part of a list that a query requests in a format, and its URLs. */
function partOf(list: List, format: Format, { limit, cursor, format: formatGiven, ...query }: Query) {
  const sort = String(query.sort ?? ((format.name === 'html' && list.pageSort) || ''))
  const order = list.name + sort
  const after = cursor === undefined ? '' : sortKeyIn(order, String(cursor))
  if (after === undefined) throw foreignCursor('It belongs to another sort order.')
  // Feed readers send no Accept header, so the URLs in a feed must name the format.
  const formatInUrl = format.name === 'atom' ? format.name : formatGiven
  // A file cannot say that it was cut, so it is complete unless a page is requested.
  const isWhole = !format.isPaged && cursor === undefined && limit === undefined
  const pageSize = Number(limit ?? 100)
  const isUsual = isWhole || (pageSize === 100 && (format.isPaged || cursor !== undefined))
  const urlOf = (from: unknown, format = formatInUrl) =>
    hrefOf(list.name) +
    queryString({
      ...query,
      ...(!isUsual && { limit: pageSize }),
      ...(from !== undefined && { cursor: String(from) }),
      ...(format && { format }),
    })
  return { query, sort, order, after, limit: pageSize, isWhole, cursor, urlOf }
}

/** A page of a list or the whole list, with its Link header. */
function written(
  site: Site,
  { list, noun, stored }: ListOperation,
  format: Format,
  { query, sort, order, after, limit, isWhole, cursor, urlOf }: ReturnType<typeof partOf>,
): Written | Promise<Written> {
  const { sort: _, ...given } = query
  const filters = { ...given, ...(given.id !== undefined && { id: String(given.id).split(',') }) }
  const isReversed = sort.startsWith('-')
  const read = (after: string) => stored.page(filters, after, isWhole ? atOnce : limit, isReversed)
  const begin = read(after)
  const next = isWhole || begin.last === null ? null : begin.last
  const hrefOfNext = next === null ? null : site.base + urlOf(cursorAfter(order, next))
  const first = site.base + urlOf(undefined)
  const parts = format.parts({
    site,
    list,
    noun,
    batches: isWhole ? batchesFrom(begin, read) : [begin.items],
    total: begin.total,
    nextCursor: next === null ? null : cursorAfter(order, next),
    links: { self: site.base + urlOf(cursor), first, next: hrefOfNext, alternate: site.base + urlOf(cursor, 'json') },
    name: urlOf(undefined),
    filters: sort === '' ? query : { ...query, sort },
    revisionOf: stored.revision,
  })
  const links = { next: hrefOfNext, first }
  const isLong = isWhole && begin.last !== null
  if (Symbol.iterator in parts && !isLong) return { links, body: Buffer.concat([...parts].map(bytesOf)) }
  return site.bodies.inTurn(async () => ({ links, body: await joinedInTurns(parts) }))
}

/** The number of items of a whole list that are read at once. */
const atOnce = 100
