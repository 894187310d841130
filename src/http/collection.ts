import { type Static, type TObject, Type } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import { answerItem, answerList, cursorLookup, formatsOf } from './answers.ts'
import type { CalendarEvent } from './calendar.ts'
import type { FeedEntry } from './feed.ts'
import { type Columns, csvOf, type Format } from './formats.ts'
import { withTypedDates } from './linked.ts'
import { keptMembers } from './members.ts'
import type { Lookup, Lookups } from './query.ts'
import { hrefOf, nullable, ref, type Site } from './shapes.ts'

/** A page of a list; `last` is where the next one begins, null where there is none. */
export interface Page<Item> {
  total: number
  items: Item[]
  last: string | null
}

/** All that a list says of itself to become an operation. */
export interface List<Item extends TObject, Filters extends TObject> {
  /** The last part of its path, such as `action-lines`. */
  name: string
  operationId: string
  summary: string
  description: string
  /** What its items are called, such as `action lines`. */
  many: string
  tag: string
  item: Item
  filters: Filters
  /** The filters that name something, and what finds it. */
  lookups: Lookups
  columns: Columns<Static<Item>>
  /** Where the items have a date: what one is in a calendar, null where its date is not known. */
  calendar?: (item: Static<Item>) => CalendarEvent | null
  /** Where the items are news, the newest first: what one is in a feed, and the title of a feed with these filters. */
  feed?: { entryOf: (item: Static<Item>) => FeedEntry; titleOf: (filters: Record<string, unknown>) => string }
  /** At most `limit` items of what matches, after the place `after` ('' for the first); a filter that was not asked for is null. */
  page(filters: Record<string, unknown>, after: string, limit: number): Page<Static<Item>>
}

/** All that a noun says of itself to become two operations: its list and its members. */
export interface Collection<Item extends TObject, Filters extends TObject>
  extends Omit<List<Item, Filters>, 'operationId' | 'summary' | 'description' | 'many' | 'page'> {
  /** The noun in operation ids, one and many: `ActionLine`, `ActionLines`. */
  operations: [string, string]
  /** The noun in sentences, one and many. */
  words: [string, string]
  /** What the list and a member are, in a paragraph each. */
  description: { list: string; item: string }
  key: 'code' | 'id'
  keyExample: string
  /** What finds a member by the last part of its path. */
  names: Lookup
  /** The ids after a sort key, at most `limit`, of what matches; a filter that was not asked for is null. */
  page(
    filters: Record<string, unknown>,
    after: string,
    limit: number,
  ): { total: number; ids: string[]; last: string | null }
  /** The members with these ids, which `page` or `names` has given, in the order of the list. */
  read(ids: string[]): Static<Item>[]
  /** What the members are as JSON-LD, where that is not each as it stands; the rest is said by the context. */
  linked?(items: Static<Item>[]): object[]
}

const pageQuery = (formats: Format[]) => ({
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
    Type.Unsafe<Format>({
      type: 'string',
      enum: formats,
      description: 'The format of the answer; it wins over the header Accept.',
      examples: ['csv'],
    }),
  ),
})

/** A noun as it is taken whole: all its members in the order of its list, the same as CSV, and as nodes of JSON-LD. */
export interface Noun {
  name: string
  many: string
  all(): object[]
  csv(): string
  linked(): unknown[]
}

/** Registers the list of a noun and its members. */
export function collection<Item extends TObject, Filters extends TObject>(
  app: FastifyInstance,
  site: Site,
  noun: Collection<Item, Filters>,
): Noun {
  const it = { ...noun, read: keptMembers<Static<Item>>(noun.key as keyof Static<Item>, noun.read) }
  const path = `/v1/${it.name}`
  const [one, many] = it.words
  const page: List<Item, Filters>['page'] = (filters, after, limit) => {
    const { ids, ...about } = it.page(filters, after, limit)
    return { ...about, items: it.read(ids) }
  }
  const asList = {
    ...it,
    page,
    many,
    operationId: `list${it.operations[1]}`,
    summary: `List ${many}`,
    description: it.description.list,
  }
  list(app, site, asList)

  app.get(`${path}/:${it.key}`, {
    attachValidation: true,
    config: { fixed: true },
    schema: {
      operationId: `get${it.operations[0]}`,
      summary: `Get one ${one}`,
      description: it.description.item,
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
  const unfiltered = Object.fromEntries(Object.keys(it.filters.properties).map((name) => [name, null]))
  const all = () => page(unfiltered, '', Number.MAX_SAFE_INTEGER - 1).items
  const nodeOf = (node: object) => ({
    '@id': hrefOf(site, it.name, (node as Record<string, string>)[it.key]),
    '@type': it.operations[0],
    ...node,
  })
  const linked = () => (it.linked?.(all()) ?? all()).map((node) => withTypedDates(nodeOf(node)))
  return { name: it.name, many, all, csv: () => csvOf(it.columns, all()), linked }
}

/** Registers a list. */
export function list<Item extends TObject, Filters extends TObject>(
  app: FastifyInstance,
  site: Site,
  it: List<Item, Filters>,
): void {
  const query = Type.Object({ ...it.filters.properties, ...pageQuery(formatsOf(it)) }, { additionalProperties: false })
  const lookups = {
    ...it.lookups,
    cursor: cursorLookup(it.name, ['', ...((it.filters.properties.sort?.enum as string[] | undefined) ?? [])]),
  }
  app.get(`/v1/${it.name}`, {
    attachValidation: true,
    config: { fixed: true },
    schema: {
      operationId: it.operationId,
      summary: it.summary,
      description: it.description,
      tags: [it.tag],
      querystring: query,
      response: { 200: { description: `A page of ${it.many}.`, content: listContent(it) } },
    },
    handler: (request, reply) => answerList(site, it, query, lookups, request, reply),
  })
}

function listContent<Item extends TObject, Filters extends TObject>(it: List<Item, Filters>) {
  const page = Type.Object(
    {
      dataset: Type.String({
        description: 'Which data this is: the first 12 hex digits of SHA-256 over the seed files.',
      }),
      total: Type.Integer({ description: 'How many items match, on all pages together.' }),
      items: Type.Array(ref(it.item), { description: 'The items of this page, in the order of the list.' }),
      next: nullable(Type.String(), 'The address of the next page; null on the last one.'),
    },
    { description: `A page of ${it.many}.` },
  )
  return {
    'application/json': { schema: page },
    'text/csv': {
      schema: Type.String({
        description: `RFC 4180 with a header row: ${Object.keys(it.columns).join(', ')}. Several values in one cell are separated by "; ", passages of text by line breaks.`,
      }),
    },
    ...(it.calendar && {
      'text/calendar': {
        schema: Type.String({
          description:
            'RFC 5545. All that match, unless `limit` is given. Times are in UTC where the offset is known, else they float; a member without a date is left out, and the calendar says how many are.',
        }),
      },
    }),
    ...(it.feed && {
      'application/atom+xml': {
        schema: Type.String({
          description:
            'RFC 4287, one entry for each item of the page; the next page is linked as RFC 5005 says. Ids are UUIDs made of the data, the same wherever the service is reached.',
        }),
      },
    }),
    'application/x-ndjson': {
      schema: Type.String({ description: 'One item per line, each as in the JSON list.' }),
    },
  }
}
