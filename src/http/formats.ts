import { type TSchema, Type } from '@sinclair/typebox'
import { stringify } from 'csv-stringify/sync'
import type { FastifyRequest } from 'fastify'
import Negotiator from 'negotiator'
import { nodesOf } from '../nouns/linked-data.ts'
import type { Columns, List, Noun } from '../nouns/noun.ts'
import { dataset, hrefOf, nullable, ref } from '../nouns/shapes.ts'
import { calendarOf } from './calendar.ts'
import { feedOf } from './feed.ts'
import { html as page, pageHeaders } from './page.ts'
import { HttpProblem } from './problem.ts'
import { absolute, type Site } from './site.ts'

/** A page of a list to be written: its items as JSON texts, in which addresses begin at the root of the host. */
export interface ListPage {
  site: Site
  list: List
  /** The noun of the list, if it has one. */
  noun: Noun | undefined
  items: string[]
  total: number
  /** The addresses of this page, of the first, of the next (null on the last), and of this page as JSON. */
  links: { self: string; first: string; next: string | null; alternate: string }
  /** The address of the list without place and public address, which a feed is known by. */
  name: string
  filters: Record<string, unknown>
  /** The first item of the whole list. */
  newest(): string | undefined
}

/** A way to write a list. */
export interface Format {
  /** As `format` takes it, and as files end. */
  name: string
  mediaType: string
  /** Whether a list is offered in it. */
  fits(list: List): boolean
  /** What the OpenAPI document says of a page; absent if it says nothing, as of what is for people. */
  schema?(list: List): TSchema
  /** What it says of a whole noun as a file; absent if there are no such files. */
  fileSchema?: TSchema
  /** Headers of its own. */
  headers?: Record<string, string>
  write(page: ListPage): string
}

const anyObject = (description: string) => Type.Object({}, { description, additionalProperties: true })
const lines = Type.String({ description: 'One item per line, each as in the JSON list.' })
const graph = anyObject('JSON-LD 1.1: the items as nodes of a graph, with the context of /v1/context.jsonld.')

function pageSchema({ item, many }: List): TSchema {
  return Type.Object(
    {
      dataset,
      total: Type.Integer({ description: 'How many items match, on all pages together.' }),
      items: Type.Array(ref(item), { description: 'The items of this page, in the order of the list.' }),
      next: nullable(Type.String(), 'The address of the next page; null on the last one.'),
    },
    { description: `A page of ${many}.` },
  )
}

const json: Format = {
  name: 'json',
  mediaType: 'application/json; charset=utf-8',
  fits: () => true,
  schema: pageSchema,
  fileSchema: anyObject('As the list, with all items on one page.'),
  write: ({ site, total, items, links }) =>
    `{"dataset":"${site.dataset}","total":${total},"items":[${absolute(site, items.join(','))}],"next":${JSON.stringify(links.next)}}`,
}

const csv: Format = {
  name: 'csv',
  mediaType: 'text/csv; charset=utf-8; header=present',
  fits: () => true,
  fileSchema: Type.String({ description: 'RFC 4180 with a header row, as the list.' }),
  schema: ({ columns }) =>
    Type.String({
      description: `RFC 4180 with a header row: ${Object.keys(columns).join(', ')}. Several values in one cell are separated by "; ", passages of text by line breaks.`,
    }),
  write: (page) => csvOf(page.list.columns, parsed(page)),
}

const ndjson: Format = {
  name: 'ndjson',
  mediaType: 'application/x-ndjson; charset=utf-8',
  fits: () => true,
  schema: () => lines,
  fileSchema: lines,
  write: ({ site, items }) => absolute(site, items.map((item) => `${item}\n`).join('')),
}

const ics: Format = {
  name: 'ics',
  mediaType: 'text/calendar; charset=utf-8',
  fits: ({ calendar }) => calendar !== undefined,
  schema: () =>
    Type.String({
      description:
        'RFC 5545. All that match, unless `limit` is given. Times are in UTC where the offset is known, else they float; a member without a date is left out, and the calendar says how many are.',
    }),
  write(page) {
    const events = parsed(page).flatMap((item) => page.list.calendar?.(item) ?? [])
    const undated = page.items.length - events.length
    const more = page.total - page.items.length
    const description = [
      `${events.length} of ${page.total} ${page.list.many}.`,
      undated > 0 && `${undated} without a date cannot stand in a calendar.`,
      more > 0 && `${more} more were not asked for: leave "limit" and "cursor" out.`,
    ]
    return calendarOf(`WSIS Forum ${page.list.many}`, description.filter(Boolean).join(' '), events)
  },
}

const atom: Format = {
  name: 'atom',
  mediaType: 'application/atom+xml; charset=utf-8',
  fits: ({ feed }) => feed !== undefined,
  schema: () =>
    Type.String({
      description:
        'RFC 4287, one entry for each item of the page; the next page is linked as RFC 5005 says. Ids are UUIDs made of the data, the same wherever the service is reached.',
    }),
  write(page) {
    const { feed } = page.list as Required<List>
    const entries = parsed(page).map((item) => feed.entryOf(item))
    const newest = page.newest()
    return feedOf(
      {
        name: page.name,
        title: `Action Line directory: ${feed.titleOf(page.filters)}`,
        newest: newest === undefined ? undefined : feed.entryOf(JSON.parse(absolute(page.site, newest)) as never),
        links: page.links,
      },
      entries,
      page.site.base,
    )
  },
}

const jsonld: Format = {
  name: 'jsonld',
  mediaType: 'application/ld+json',
  fits: () => false,
  schema: () => graph,
  fileSchema: graph,
  write: ({ site, items, noun }) =>
    JSON.stringify({
      '@context': site.base + hrefOf('context.jsonld'),
      '@graph': nodesOf(
        noun as Noun,
        items.map((item) => JSON.parse(item)),
        site.base,
      ),
    }),
}

const html: Format = {
  ...page,
  fits: () => true,
  headers: pageHeaders,
  write: (list) => list.site.pages.list(list),
}

/** Every format of a list or of a file that holds one, in the order in which they are offered. */
export const formats: Format[] = [json, csv, ndjson, ics, atom, jsonld, html]

export const mediaTypes = {
  json: json.mediaType,
  jsonld: jsonld.mediaType,
  sqlite: 'application/vnd.sqlite3',
}

/** The items of a page, as they are answered. */
function parsed({ site, items }: ListPage): never[] {
  return JSON.parse(`[${absolute(site, items.join(','))}]`)
}

/**
 * The format to answer in: the one asked for with `format`, else the best that `Accept` allows.
 * Throws HttpProblem 406 if none is acceptable.
 */
export function formatFor<Offered extends { name: string; mediaType: string }>(
  request: FastifyRequest,
  offered: readonly Offered[],
  asked?: unknown,
): Offered {
  const named = offered.find(({ name }) => name === asked)
  if (named) return named
  const bare = offered.map(({ mediaType }) => mediaType.replace(/;.*/, ''))
  // Parameters such as charset narrow nothing here, and Negotiator would take them for another type.
  const accept = request.headers.accept?.replace(/;\s*(?!q=)[^,;]+/gi, '')
  const best = new Negotiator({ headers: { accept } }).mediaType(bare)
  const format = offered[bare.indexOf(best ?? '')]
  if (format) return format
  const way =
    offered.length > 1
      ? `ask for one of them in Accept, or add ?format=${offered.map(({ name }) => name).join('|')}`
      : `ask for it with Accept: */* or ${bare}`
  throw new HttpProblem(406, `This address answers in ${bare.join(', ')}; ${way}.`, {
    errors: [
      {
        in: 'header',
        name: 'Accept',
        detail: `"${request.headers.accept}" allows none of ${bare.join(', ')}.`,
        allowed: bare,
        suggestion: String(bare[0]),
      },
    ],
  })
}

/** RFC 4180 with a header row and CRLF; a cell that a spreadsheet would run as a formula gets an apostrophe before it. */
function csvOf(columns: Columns<never>, items: never[]): string {
  const cells = items.map((item) => Object.values(columns).map((cell) => cell(item)))
  return stringify([Object.keys(columns), ...cells], {
    record_delimiter: 'windows',
    escape_formulas: true,
    cast: { boolean: String },
  })
}
