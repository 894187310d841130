import { isUtf8 } from 'node:buffer'
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify'
import { require } from '../commonjs.ts'
import { badRequest, bodyError, HttpProblem, parsedText } from './problem-details.ts'

/** The maximum size of a body, in bytes. */
export const maxBytes = 256 * 1024
export const maxRows = 500
const maxColumns = 100

/** One row of a body, by column or property. */
export type Row = Record<string, unknown>

/** The readers of rows by media type. */
const readers: Record<string, (text: string) => Row[]> = {
  'application/json': rowsOfJson,
  'application/x-ndjson': rowsOfNdjson,
  'text/csv': rowsOfCsv,
  'text/tab-separated-values': rowsOfCsv,
}
const mediaTypes = Object.keys(readers)
const bounds = `the maximum is ${maxBytes} bytes and ${maxRows} rows. Send it in parts`

/** Makes the routes of a scope read rows as JSON, NDJSON or CSV, and reject any other body. */
export function readRows(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  const options = { parseAs: 'buffer' as const, bodyLimit: maxBytes }
  for (const [type, rowsOf] of Object.entries(readers))
    scope.addContentTypeParser(type, options, async (_request: FastifyRequest, body: Buffer) => {
      const rows = rowsOf(decodedText(body))
      if (rows.length > maxRows) throw tooLarge(`The body has ${rows.length} rows`)
      return rows
    })
  scope.addHook('preParsing', async ({ headers }) => {
    const coding = headers['content-encoding'] ?? 'identity'
    if (coding !== 'identity') throw unreadable(`Content-Encoding is "${coding}"`)
  })
  rejectBodies(scope, (type) => ({
    413: tooLarge('The body is too large'),
    415: unreadable(`Content-Type is "${type}"`),
  }))
}

/** Makes the routes of a scope reject a body that is too large, or of another media type, with these problems. */
export function rejectBodies(
  scope: FastifyInstance,
  problemsOf: (mediaType: string) => Record<413 | 415, HttpProblem>,
): void {
  scope.setErrorHandler((error: FastifyError, { headers }) => {
    const problems: Record<number, HttpProblem> = problemsOf(headers['content-type'] ?? '')
    throw problems[Number(error.statusCode)] ?? error
  })
}

function unreadable(what: string): HttpProblem {
  const headers = { 'accept-post': mediaTypes.join(', ') }
  return new HttpProblem(415, `${what}. Send ${mediaTypes.join(' or ')}, without content coding.`, { headers })
}

function tooLarge(what: string): HttpProblem {
  return new HttpProblem(413, `${what}: ${bounds}.`)
}

/** The text of a body, without a byte order mark. */
function decodedText(body: Buffer): string {
  if (!isUtf8(body)) throw badRequest([bodyError('', 'The body is not valid UTF-8.')])
  return new TextDecoder().decode(body)
}

function rowsOfJson(text: string): Row[] {
  const wanted = 'For example, send {"rows": [{"id": "C1", "label": "…", "coordinators": ["ITU"]}]}'
  const sent = parsedText('', text, JSON.parse, (why) => `The body is not JSON (${why}). ${wanted}.`)
  const rows: unknown = Array.isArray(sent) ? sent : (sent?.rows ?? sent?.items)
  if (!Array.isArray(rows))
    throw badRequest([bodyError('/rows', `The body must be a list, or an object with a list "rows". ${wanted}.`)])
  return rows
}

/** NDJSON: one JSON row per line. A single line is read as JSON. */
function rowsOfNdjson(text: string): Row[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const rowOf = (line: string, index: number) =>
    parsedText(
      `/rows/${index}`,
      line,
      JSON.parse,
      (why) => `Line ${index + 1} is not JSON (${why}). Send one row per line.`,
    )
  return lines.map(rowOf)
}

function rowsOfCsv(text: string): Row[] {
  const { parse }: typeof import('csv-parse/sync') = require('csv-parse/sync')
  const [header = ''] = text.replace(/"[^"]*"/g, '').split(/\r?\n/, 1)
  const delimiter = [',', ';', '\t'].toSorted((a, b) => header.split(b).length - header.split(a).length)[0]
  const rowsIn = (text: string): Row[] =>
    parse(text, {
      columns: columnsOf,
      on_record: (row: Row) =>
        Object.fromEntries(Object.entries(row).filter(([name, cell]) => cell !== '' || !unnamed.test(name))),
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      delimiter: String(delimiter),
    })
  return parsedText('', text, rowsIn, (why) => `The body is not CSV (${why}). The first row must name the columns.`)
}

/** A column without a name, by its number; an error only in rows where it has a value. */
const unnamed = /^column \d+$/

function columnsOf(titles: string[]): string[] {
  const header = titles.map((title, index) => (title.trim() === '' ? `column ${index + 1}` : title))
  if (new Set(header).size < header.length || header.length > maxColumns)
    throw badRequest([bodyError('', `Each column must have its own name. The maximum is ${maxColumns} columns.`)])
  return header
}
