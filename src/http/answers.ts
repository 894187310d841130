import { type TObject, Type } from '@sinclair/typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { settleCaching } from './caching.ts'
import { type CalendarEvent, calendarOf } from './calendar.ts'
import type { Collection, List } from './collection.ts'
import { feedOf } from './feed.ts'
import { csvOf, type Format, formatFor, listFormats, mediaTypes, ndjsonOf } from './formats.ts'
import { badRequest, HttpProblem } from './problem.ts'
import { type Lookups, queryString, settleQuery } from './query.ts'
import { hrefOf, type Site } from './shapes.ts'

/** The list: refused, 304, or a page in the format asked for; in that order, so that a query runs only for a page. */
export function answerList<Item extends TObject, Filters extends TObject>(
  site: Site,
  it: List<Item, Filters>,
  schema: TObject,
  lookups: Lookups,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const query = settleQuery(request, schema, lookups)
  const { limit: limitAsked, cursor, format: formatGiven, ...filters } = query
  const list = it.name + (filters.sort ?? '')
  const after = cursor === undefined ? '' : sortKeyIn(list, String(cursor))
  if (after === undefined) throw foreignCursor('It is of another order.')
  const format = formatFor(request, formatsOf(it), formatGiven as Format | undefined)
  // A program that reads feeds sends no Accept of its own: the addresses in one must lead back to it.
  const formatAsked = format === 'atom' ? format : formatGiven
  // A calendar is subscribed to whole: no program follows its pages.
  const usual = format === 'ics' ? Number.MAX_SAFE_INTEGER - 1 : 100
  const limit = Number(limitAsked ?? usual)
  const path = `/v1/${it.name}`
  const addressOf = (from: unknown, format = formatAsked) =>
    path +
    queryString({
      ...filters,
      ...(limit !== usual && { limit }),
      ...(from !== undefined && { cursor: String(from) }),
      ...(format && { format }),
    })
  const own = addressOf(cursor)
  if (settleCaching(site, request, reply, own, format)) return reply

  const unasked = Object.fromEntries(Object.keys(it.filters.properties).map((name) => [name, null]))
  const asked = { ...unasked, ...filters }
  const { total, items, last } = it.page(asked, after, limit)
  const next = last === null ? null : site.base + addressOf(cursorAfter(list, last))
  const first = site.base + addressOf(undefined)
  reply.header('link', linkHeader(site, own, { next, first })).type(mediaTypes[format])
  if (format === 'csv') return reply.send(csvOf(it.columns, items))
  if (format === 'ndjson') return reply.send(ndjsonOf(items))
  if (format === 'ics' && it.calendar) return reply.send(calendarAnswer(it.many, it.calendar, items, total))
  if (format === 'atom' && it.feed) {
    const { entryOf, titleOf } = it.feed
    const head = {
      name: addressOf(undefined),
      title: `Action Line directory: ${titleOf(filters)}`,
      newest: it.page(asked, '', 1).items.map(entryOf)[0],
      links: { self: site.base + own, first, next, alternate: site.base + addressOf(cursor, 'json') },
    }
    return reply.send(feedOf(head, items.map(entryOf)))
  }
  return reply.send({ dataset: site.dataset, total, items, next })
}

/** What a list is offered in. */
export function formatsOf({ calendar, feed }: { calendar?: unknown; feed?: unknown }): Format[] {
  return [...listFormats, ...(calendar ? (['ics'] as const) : []), ...(feed ? (['atom'] as const) : [])]
}

function calendarAnswer<Item>(
  many: string,
  eventOf: (item: Item) => CalendarEvent | null,
  items: Item[],
  total: number,
) {
  const events = items.flatMap((item) => eventOf(item) ?? [])
  const undated = items.length - events.length
  const more = total - items.length
  const description = [
    `${events.length} of ${total} ${many}.`,
    undated > 0 && `${undated} without a date cannot stand in a calendar.`,
    more > 0 && `${more} more were not asked for: leave "limit" and "cursor" out.`,
  ]
  return calendarOf(`WSIS Forum ${many}`, description.filter(Boolean).join(' '), events)
}

/** A member: refused, sent on to its canonical address, 304, or itself. */
export function answerItem<Item extends TObject, Filters extends TObject>(
  site: Site,
  it: Collection<Item, Filters>,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { [it.key]: asked = '' } = request.params as Record<string, string>
  // The router takes the slash at the end of `/v1/agencies/` for a member without a name.
  if (asked === '') return redirect(reply, hrefOf(site, it.name) + String(request.raw.url).replace(/^[^?]*/, ''))
  settleQuery(request, Type.Object({}), {})
  const id = it.names.find(asked)
  if (id === undefined) {
    const near = it.names.suggest(asked)
    const meant = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `GET ${hrefOf(site, it.name)} lists them.`
    throw new HttpProblem(404, `No ${it.words[0]} is called "${asked.slice(0, 100)}". ${meant}`, {
      suggestions: near.map((one) => ({ id: one, href: hrefOf(site, it.name, one) })),
    })
  }
  const href = hrefOf(site, it.name, id)
  if (id !== asked) return redirect(reply, href)
  formatFor(request, ['json'])
  const own = href.slice(site.base.length)
  if (settleCaching(site, request, reply, own, 'json')) return reply
  return reply
    .header('link', linkHeader(site, own, { collection: hrefOf(site, it.name) }))
    .type(mediaTypes.json)
    .send(it.read([id])[0])
}

/** 308 to the canonical address. */
export function redirect(reply: FastifyReply, href: string): FastifyReply {
  return reply.code(308).headers({ location: href, 'cache-control': 'public, max-age=300' }).send()
}

/** RFC 8288. */
export function linkHeader(site: Site, own: string, more: Record<string, string | null>): string {
  const links = Object.entries({ self: site.base + own, ...more }).filter(([, href]) => href !== null)
  return [
    ...links.map(([rel, href]) => `<${href}>; rel="${rel}"`),
    `<${site.base}/openapi.json>; rel="describedby"; type="application/json"`,
  ].join(', ')
}

/** A cursor says of which list it is and in which order, so that no other list takes it. */
function cursorAfter(list: string, sortKey: string): string {
  return Buffer.from(`${list}\n${sortKey}`).toString('base64url')
}

function sortKeyIn(list: string, cursor: string): string | undefined {
  const [of, sortKey, ...rest] = Buffer.from(cursor, 'base64url').toString().split('\n')
  return of === list && sortKey && rest.length === 0 && cursorAfter(list, sortKey) === cursor ? sortKey : undefined
}

/** Knows the cursors that the list of this name gives, in each of its orders, and no others. */
export function cursorLookup(name: string, sorts: readonly string[]): Lookups[string] {
  return {
    find: (cursor) => (sorts.some((sort) => sortKeyIn(name + sort, cursor) !== undefined) ? cursor : undefined),
    refusal,
  }
}
const refusal = '"cursor" was not given by this list; begin again without it and follow "next".'

/** What to throw where a cursor cannot be taken, although it has the form of one of this list. */
export function foreignCursor(why: string): HttpProblem {
  return badRequest([{ in: 'query', name: 'cursor', detail: `${refusal} ${why}`, allowed: null, suggestion: null }])
}
