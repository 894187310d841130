import { stringify } from 'csv-stringify/sync'
import type { FastifyRequest } from 'fastify'
import Negotiator from 'negotiator'
import { HttpProblem } from './problem.ts'

/** The formats of lists and files, by the names that `format` takes and that files end in. */
export const mediaTypes = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson; charset=utf-8',
  ics: 'text/calendar; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  jsonld: 'application/ld+json',
  sqlite: 'application/vnd.sqlite3',
} as const
export type Format = keyof typeof mediaTypes

/** The formats that every list has. */
export const listFormats: Format[] = ['json', 'csv', 'ndjson']

/** The columns of a CSV file in their order: the name in the header row, and the cell of an item. */
export type Columns<Item> = Record<string, (item: Item) => string | number | boolean | null | undefined>

/**
 * The format to answer in: the one asked for with `format`, else the best that `Accept` allows.
 * Throws HttpProblem 406 where none is acceptable.
 */
export function formatFor(request: FastifyRequest, offered: readonly Format[], asked?: Format): Format {
  if (asked) return asked
  const bare = offered.map((format) => mediaTypes[format].replace(/;.*/, ''))
  // Parameters such as charset narrow nothing here, and Negotiator would take them for another type.
  const accept = request.headers.accept?.replace(/;\s*(?!q=)[^,;]+/gi, '')
  const best = new Negotiator({ headers: { accept } }).mediaType(bare)
  const format = offered[bare.indexOf(best ?? '')]
  if (format) return format
  const way =
    offered.length > 1
      ? `ask for one of them in Accept, or add ?format=${offered.join('|')}`
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
export function csvOf<Item>(columns: Columns<Item>, items: readonly Item[]): string {
  const cells = items.map((item) => Object.values(columns).map((cell) => cell(item)))
  return stringify([Object.keys(columns), ...cells], {
    record_delimiter: 'windows',
    escape_formulas: true,
    cast: { boolean: String },
  })
}

/** One JSON text per line, each item as in the JSON list. */
export function ndjsonOf(items: readonly unknown[]): string {
  return items.map((item) => `${JSON.stringify(item)}\n`).join('')
}
