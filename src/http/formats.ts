import { stringify } from 'csv-stringify/sync'
import type { FastifyRequest } from 'fastify'
import Negotiator from 'negotiator'
import { nodesOf } from '../nouns/linked-data.ts'
import { between, type Columns, type List, type Noun, type Revision, type Rows } from '../nouns/noun.ts'
import { dataset, hrefOf, nullable, ref } from '../nouns/shapes.ts'
import { type TSchema, Type } from '../typebox.ts'
import { calendarOf } from './calendar.ts'
import { feedOf } from './feed.ts'
import { html as page, pageHeaders, plainAccept } from './page.ts'
import { HttpProblem } from './problem.ts'
import { absolute, type ListPage, type Site } from './site.ts'

type RevisionOf = (id: string) => Revision | undefined

/** A way to write a list. */
export interface Format {
  /** As `format` takes it, and as files end. */
  name: string
  mediaType: string
  /** What a page calls it. */
  label: string
  /** Whether a list is offered in it. */
  fits(list: List): boolean
  /** Whether it is given in pages if nothing is asked; a file is whole. */
  isPaged: boolean
  /** The most items of a list that is not asked for in pages: then the newest. Absent if there is no bound. */
  most?: number
  /** What the OpenAPI document says of a page; absent if it says nothing, as of what is for people. */
  schema?(list: List): TSchema
  /** What it says of a whole noun as a file; absent if there are no such files. */
  fileSchema?: TSchema
  /** Headers of its own, sent with a 304, too: a browser takes them over. */
  headers?: Record<string, string>
  /** The text of a page, in parts: one for each batch, so that the whole of a long list is never held. */
  parts(page: ListPage): Iterable<string | Buffer> | AsyncIterable<Buffer>
  /** How one item is written; absent if items are not offered in it. `text` has addresses from the root of the host. */
  item?: {
    fits(noun: Noun): boolean
    /** Set if what is written depends only on the record, not on the rest of the dataset. */
    isOfRecord?: true
    schema?(noun: Noun): TSchema
    write(noun: Noun, text: string, site: Site, revisionOf: RevisionOf): string
  }
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
      nextCursor: nullable(Type.String(), 'The `cursor` of the next page; null on the last one.'),
    },
    { $id: `${pascal(many)}Page`, description: `A page of ${many}.` },
  )
}

/** Words as the name of a type. */
export const pascal = (words: string) => words.replace(/(?:^| )(.)/g, (_, letter: string) => letter.toUpperCase())

const json: Format = {
  name: 'json',
  label: 'JSON',
  mediaType: 'application/json; charset=utf-8',
  isPaged: true,
  fits: () => true,
  schema: pageSchema,
  fileSchema: anyObject('As the list, with all items on one page.'),
  *parts({ site, total, batches, links, nextCursor }) {
    yield `{"dataset":"${site.dataset}","total":${total},"items":[`
    yield* listed(batches, (items) => absolute(site, items))
    yield `],"next":${JSON.stringify(links.next)},"nextCursor":${JSON.stringify(nextCursor)}}`
  },
  item: {
    fits: () => true,
    isOfRecord: true,
    schema: (noun) => ref(noun.item),
    write: (_noun, text, site) => absolute(site, text),
  },
}

function* csvParts({ list: { columns }, batches, site }: ListPage): Iterable<string> {
  yield stringify([Object.keys(columns)], rfc4180)
  for (const items of batches) yield rowsOf(columns, parsed(site, items))
}

const csvItem: Required<Format>['item'] = {
  fits: ({ rows }) => rows !== undefined,
  isOfRecord: true,
  schema: ({ rows }) =>
    Type.String({
      description: `RFC 4180 with a header row: ${Object.keys((rows as Rows).columns).join(', ')}. ${(rows as Rows).description}`,
    }),
  write({ rows }, text, site) {
    const [item] = parsed(site, text)
    const { columns, of } = rows as Rows
    return stringify([Object.keys(columns)], rfc4180) + rowsOf(columns, of(item as never) as never[])
  },
}

const csv: Format = {
  name: 'csv',
  label: 'CSV',
  mediaType: 'text/csv; charset=utf-8; header=present',
  isPaged: false,
  fits: () => true,
  fileSchema: Type.String({ description: 'RFC 4180 with a header row, as the list.' }),
  schema: ({ columns, columnsNote = '' }) =>
    Type.String({
      description:
        `RFC 4180 with a header row: ${Object.keys(columns).join(', ')}. Several values in one cell are separated by "; ", passages of text by line breaks. ${columnsNote}`.trim(),
    }),
  parts: csvParts,
  item: csvItem,
}

/** Spreadsheet programs read a CSV file as UTF-8 only if it begins with the mark of it. */
const byteOrderMark = '\uFEFF'

const { fileSchema: _, ...csvOnWire } = csv

const csvWithMark: Format = {
  ...csvOnWire,
  name: 'csv-bom',
  label: 'CSV with byte order mark',
  *parts(page) {
    yield byteOrderMark
    yield* csvParts(page)
  },
  item: { ...csvItem, write: (...item) => byteOrderMark + csvItem.write(...item) },
}

const xlsx: Format = {
  name: 'xlsx',
  label: 'Spreadsheet (xlsx)',
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  isPaged: false,
  fits: () => true,
  schema: () =>
    Type.String({
      contentMediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      description: 'A workbook with one sheet, which has the columns of the CSV.',
    }),
  async *parts({ list: { name, columns }, batches, site }) {
    const { workbookOf } = await import('./workbook.ts')
    yield await workbookOf([{ name, columns, records: [...batches].flatMap((items) => parsed(site, items)) }])
  },
}

const ndjson: Format = {
  name: 'ndjson',
  label: 'NDJSON',
  mediaType: 'application/x-ndjson; charset=utf-8',
  isPaged: false,
  fits: () => true,
  schema: () => lines,
  fileSchema: lines,
  *parts({ site, batches }) {
    for (const items of batches)
      if (items.length > 0) yield `${absolute(site, String(items)).replaceAll(between, '\n')}\n`
  },
}

const ics: Format = {
  name: 'ics',
  label: 'Calendar',
  mediaType: 'text/calendar; charset=utf-8',
  isPaged: false,
  // The largest calendar that the programs of people take well.
  most: 1000,
  fits: ({ calendar }) => calendar !== undefined,
  schema: () =>
    Type.String({
      description:
        'RFC 5545. All that match, of more than 1,000 the newest 1,000, unless `limit` is given. Times are in UTC if the offset is known, else they float (local time at the venue). A session without a date is left out, and the calendar says how many are. `SEQUENCE` and `LAST-MODIFIED` come from the log of releases.',
    }),
  parts: ({ site, list, batches, total, revisionOf }) =>
    calendarParts(site, list, batches, total, revisionOf as RevisionOf),
  item: {
    fits: ({ calendar }) => calendar !== undefined,
    schema: () => Type.String({ description: 'RFC 5545: a calendar with this one event.' }),
    write: (noun, text, site, revisionOf) =>
      [...calendarParts(site, noun, [Buffer.from(text)], 1, revisionOf)].join(''),
  },
}

/** A calendar: of all its events the text says first how many there are, and so they are read at once. */
function* calendarParts(
  site: Site,
  list: List,
  batches: Iterable<Buffer>,
  total: number,
  revisionOf: RevisionOf,
): Iterable<string> {
  const items = [...batches].flatMap((some) => parsed(site, some))
  const events = items.flatMap((item) => {
    const event = list.calendar?.eventOf(item)
    return event ? { ...event, revision: revisionOf(event.id) } : []
  })
  const undated = items.length - events.length
  const more = total - items.length
  const description = [
    `${events.length} of ${total} ${list.many}.`,
    undated > 0 && `${undated} without a date cannot be in a calendar.`,
    more > 0 && `${more} more are not in it: ask with "from" and "to", or in pages with "limit" and "cursor".`,
  ]
  yield* calendarOf(String(list.calendar?.title), description.filter(Boolean).join(' '), events)
}

const atom: Format = {
  name: 'atom',
  label: 'Feed',
  mediaType: 'application/atom+xml; charset=utf-8',
  isPaged: false,
  fits: ({ feed }) => feed !== undefined,
  schema: () =>
    Type.String({
      description:
        'RFC 4287, one entry for each release. Ids are UUIDs made of the data, the same wherever the service is reached.',
    }),
  *parts({ site, list, batches, links, name, filters }) {
    const { feed } = list as Required<List>
    const title = `Action Line directory: ${feed.titleOf(filters)}`
    yield feedOf(
      { name, title, contact: site.contact, links },
      feed.entriesOf([...batches].flatMap((some) => parsed(site, some))),
      site.base,
    )
  },
}

const jsonld: Format = {
  name: 'jsonld',
  label: 'JSON-LD',
  mediaType: 'application/ld+json',
  isPaged: false,
  fits: (list) => 'records' in list,
  schema: () => graph,
  fileSchema: graph,
  parts: ({ site, batches, noun }) => graphOf(noun as Noun, batches, site),
  item: {
    fits: () => true,
    isOfRecord: true,
    schema: () => graph,
    write: (noun, text, site) => [...graphOf(noun, [Buffer.from(text)], site)].join(''),
  },
}

function* graphOf(noun: Noun, batches: Iterable<Buffer>, { base }: Site): Iterable<string | Buffer> {
  yield `{"@context":${JSON.stringify(base + hrefOf('context.jsonld'))},"@graph":[`
  yield* listed(batches, (items) =>
    nodesOf(noun, JSON.parse(`[${items}]`), base)
      .map((node) => JSON.stringify(node))
      .join(between),
  )
  yield ']}'
}

/** For people: offered last, so that a client that takes anything gets data. */
const html: Format = {
  ...page,
  label: 'Page',
  isPaged: true,
  fits: () => true,
  headers: pageHeaders,
  parts: (list) => [list.site.pages.list(list)],
  item: { fits: () => true, write: (noun, text, site) => site.pages.item(noun, text) },
}

/** Every format of a list or of a file that holds one, in the order in which they are offered. */
export const formats: Format[] = [json, csv, ndjson, ics, atom, jsonld, csvWithMark, xlsx, html]

export const mediaTypes = {
  json: json.mediaType,
  jsonld: jsonld.mediaType,
  yaml: 'application/yaml',
  sqlite: 'application/vnd.sqlite3',
  xlsx: xlsx.mediaType,
}

/** What is written of each batch, with commas between. */
function* listed(batches: Iterable<Buffer>, write: (items: Buffer) => string | Buffer): Iterable<string | Buffer> {
  let isFirst = true
  for (const items of batches) {
    if (items.length === 0) continue
    if (!isFirst) yield between
    yield write(items)
    isFirst = false
  }
}

/** Items as they are answered. */
function parsed(site: Site, items: Buffer | string): never[] {
  return JSON.parse(`[${absolute(site, items)}]`)
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
  const accept = plainAccept(request.headers.accept)
  if (accept === '') return offered[0] as Offered
  const bare = offered.map(({ mediaType }) => mediaType.replace(/;.*/, ''))
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
        location: 'header',
        name: 'Accept',
        detail: `"${request.headers.accept}" allows none of ${bare.join(', ')}.`,
        allowed: bare,
        suggestion: String(bare[0]),
      },
    ],
  })
}

const rfc4180 = { record_delimiter: 'windows', cast: { boolean: String } } as const

/** Rows of CSV; a cell that a spreadsheet would run as a formula gets an apostrophe before it. */
function rowsOf(columns: Columns<never>, items: never[]): string {
  return stringify(
    items.map((item) => Object.values(columns).map((cell) => guarded(cell(item)))),
    rfc4180,
  )
}

/** What starts a formula; a number or an offset such as +02:00 is none. */
const formula = /^(?![+-][\d:.]+$)[=+\-@\t\r]/

function guarded<Cell>(cell: Cell): Cell | string {
  return typeof cell === 'string' && formula.test(cell) ? `'${cell}` : cell
}
