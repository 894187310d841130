import { parse } from 'csv-parse/sync'
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify'
import { badRequest, HttpProblem, type ParameterFault } from './problem.ts'
import { handleError } from './refusals.ts'

/** The most that a body may hold. */
export const mostBytes = 1024 * 1024
export const mostRows = 1_000

/** One row of a body: what its columns or properties hold. */
export type Row = Record<string, unknown>

const mediaTypes = ['application/json', 'text/csv']
const bounds = `at most ${mostBytes} bytes and ${mostRows} rows are read; send it in parts`

/** Makes the routes of a scope read rows as JSON or CSV, and refuse every other body. */
export function readRows(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  const options = { parseAs: 'buffer' as const, bodyLimit: mostBytes }
  scope.addContentTypeParser('application/json', options, async (_request: FastifyRequest, body: Buffer) =>
    rowsOfJson(body),
  )
  scope.addContentTypeParser('text/csv', options, async (_request: FastifyRequest, body: Buffer) => rowsOfCsv(body))
  scope.addContentTypeParser('*', async ({ headers }: FastifyRequest) => {
    throw unreadable(`Content-Type is "${headers['content-type'] ?? ''}"; send ${mediaTypes.join(' or ')}.`)
  })
  scope.addHook('preParsing', async ({ headers }) => {
    const coding = headers['content-encoding'] ?? 'identity'
    if (coding !== 'identity') throw unreadable(`Content-Encoding is "${coding}"; send the body as it is.`)
  })
  scope.setErrorHandler((error: FastifyError, request, reply) => {
    const isTooLarge = error.statusCode === 413
    handleError(isTooLarge ? tooLarge('The body is too large') : error, request, reply)
  })
}

function unreadable(detail: string): HttpProblem {
  return new HttpProblem(415, detail, { headers: { 'accept-post': mediaTypes.join(', ') } })
}

function tooLarge(what: string): HttpProblem {
  return new HttpProblem(413, `${what}: ${bounds}.`)
}

const fault = (name: string, detail: string): ParameterFault => ({
  in: 'body',
  name,
  detail,
  allowed: null,
  suggestion: null,
})

function textOf(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw badRequest([fault('', 'The body is not UTF-8 text; send it with the encoding UTF-8.')])
  }
}

function rowsOfJson(body: Buffer): Row[] {
  const wanted = 'send {"rows": [{"code": "C1", "label": "…", "coordinators": ["ITU"]}]}'
  let rows: unknown
  try {
    rows = JSON.parse(textOf(body))?.rows
  } catch (error) {
    if (error instanceof HttpProblem) throw error
    throw badRequest([fault('', `The body is not JSON (${(error as Error).message}); ${wanted}.`)])
  }
  if (!Array.isArray(rows)) throw badRequest([fault('/rows', `The body has no list "rows"; ${wanted}.`)])
  return bounded(rows)
}

function rowsOfCsv(body: Buffer): Row[] {
  const text = textOf(body)
  const [header = ''] = text.split(/\r?\n/, 1)
  const delimiter = [',', ';', '\t'].toSorted((a, b) => header.split(b).length - header.split(a).length)[0]
  try {
    return bounded(
      parse(text, { columns: true, bom: true, skip_empty_lines: true, delimiter: String(delimiter) }) as Row[],
    )
  } catch (error) {
    if (error instanceof HttpProblem) throw error
    throw badRequest([fault('', `The body is not CSV (${(error as Error).message}); the first row names the columns.`)])
  }
}

function bounded(rows: Row[]): Row[] {
  if (rows.length > mostRows) throw tooLarge(`The body has ${rows.length} rows`)
  return rows
}
