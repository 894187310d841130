import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import swagger from '@fastify/swagger'
import { parse } from 'csv-parse/sync'
import { stringify as csvOf } from 'csv-stringify/sync'
import type { FastifyInstance } from 'fastify'
import { buildApp } from './app.ts'
import { readConfig } from './config.ts'
import { turtleOf } from './formats/as-turtle.ts'
import { dataFormats } from './formats/data-formats.ts'
import { bareType } from './formats/format.ts'
import { about, tags } from './openapi-info.ts'
import { complete, type Document, type MediaTypes, type Operation, type Parameter } from './openapi-shared.ts'
import { openDirectory } from './store/directory.ts'

// Writes openapi/openapi.json: the description of every route, with an example of each parameter
// and media type, fetched from the service and shortened. `npm run openapi` names the folder.

/** The request for the example of each problem. */
const problems = {
  BadRequest: ['GET', '/v1/action-lines?agecny=ITU&kind=lines', '*/*'],
  NotFound: ['GET', '/v1/action-lines/C12', '*/*'],
  Gone: ['GET', `/v1/exports/current/sources.csv?sha256=${'0'.repeat(64)}`, '*/*'],
  NotAcceptable: ['GET', '/v1/agencies', 'image/png'],
} as const

/** Lets the document be made of what the routes say. */
async function readRoutes(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: about, tags, security: [] },
    convertConstToEnum: false,
    refResolver: { buildLocalReference: (schema) => String(schema.$id) },
  })
}

/** The document with examples, from a service with the database of the settings. */
async function describeService(): Promise<Document> {
  const directory = openDirectory(readConfig(process.env).DATABASE)
  const app = await buildApp({ directory, watch: readRoutes })
  try {
    if (directory.releasedOn === null)
      throw new Error('The examples need a released dataset; first run "npm run release".')
    await app.ready()
    const document = JSON.parse(JSON.stringify(app.swagger()), forGenerators) as Document
    for (const [path, { get, post }] of Object.entries(document.paths)) {
      if (get) await addExamples(app, path, get)
      if (post) await addBodies(app, path, post)
    }
    const responses = complete(document)
    for (const [name, [method, url, accept]] of Object.entries(problems)) {
      const { payload } = await app.inject({ method, url, headers: { accept } })
      const media = responses[name as keyof typeof problems].content['application/problem+json']
      const summary = `${method} ${url}, Accept: ${accept}`
      Object.assign(media, { examples: { problem: { summary, value: shortened(JSON.parse(payload)) } } })
    }
    return document
  } finally {
    await app.close()
  }
}

/**
 * The schema in the form that most generators understand: `type: [T, "null"]` for T or null, and a format for integers.
 */
function forGenerators(_key: string, node: unknown): unknown {
  const { anyOf = [], type, ...rest } = Object(node) as { anyOf?: Record<string, unknown>[]; type?: unknown }
  const [one, none, ...more] = anyOf
  if (none?.type === 'null' && typeof one?.type === 'string' && more.length === 0)
    return { ...one, type: [one.type, 'null'], ...rest }
  return String(type).startsWith('integer') ? { type, format: 'int32', ...rest } : node
}

/** The example request body of each operation that takes one. */
const bodies: Record<string, string | object> = {
  'application/json': { rows: [{ id: 'C7.e-health', label: 'E-health', coordinators: ['WHO', 'ITU'] }] },
  'application/x-ndjson': '{"id":"C7.e-health","label":"E-health","coordinators":["WHO","ITU"]}\n',
  'text/csv': 'id,label,coordinators\nC7.e-health,E-health,WHO; ITU\n',
  'text/tab-separated-values': 'id\tlabel\tcoordinators\nC7.e-health\tE-health\tWHO; ITU\n',
}

async function addBodies(app: FastifyInstance, url: string, { requestBody, responses }: Operation): Promise<void> {
  for (const [type, media] of Object.entries(requestBody?.content ?? {})) {
    const value = bodies[type]
    if (value === undefined) continue
    media.examples = { [keyOf(type)]: { value } }
    const { payload } = await app.inject({ method: 'POST', url, headers: { 'content-type': type }, payload: value })
    const [sent, response] = Object.entries(responses[200].content)[0] as [string, MediaTypes[string]]
    response.examples = { [keyOf(sent)]: { value: shortened(JSON.parse(payload)) } }
  }
}

/** Adds examples of all media types, and of parameters whose values come from the data. */
async function addExamples(app: FastifyInstance, path: string, operation: Operation): Promise<void> {
  const { parameters = [], responses } = operation
  const get = async (url: string) => {
    const { statusCode, payload } = await app.inject({ url })
    if (statusCode !== 200) throw new Error(`GET ${url}: ${payload}`)
    return JSON.parse(payload)
  }
  const set = (name: string, value: unknown) => {
    const parameter = parameters.find((one) => one.name === name)
    if (parameter) parameter.schema.examples = [value]
  }
  if (hasName(parameters, 'limit') && hasName(parameters, 'cursor')) {
    const filters = parameters.filter(({ name }) => !['cursor', 'id', 'limit'].includes(name))
    const { items } = await get(urlOf(path, filters))
    const ids = items.slice(0, 2).map(({ id }: { id: string }) => id)
    if (ids.length > 0) set('id', ids.join(','))
    const inOrder = path.startsWith('/v1/search') ? filters : parameters.filter(({ name }) => name === 'sort')
    const { nextCursor } = await get(urlOf(path, inOrder, { limit: '1' }))
    if (nextCursor !== null) set('cursor', nextCursor)
  }
  if (path.endsWith('{file}')) {
    const inPath = parameters.filter((one) => one.in === 'path')
    const file = urlOf(path, inPath).replace(/.*\//, '')
    const { files } = await get('/v1/exports')
    set('sha256', files.find(({ name }: { name: string }) => name === file).sha256)
  }
  if (path.startsWith('/openapi.') || path === '/metrics') return
  for (const [type, media] of Object.entries(responses[200].content)) {
    const make = exampleMakers[keyOf(type)]
    if (!make) continue
    // Turtle is written from the shortened JSON-LD, so both have the same triples.
    const url = exampleUrl(path, parameters, type).replace(/\bttl$/, 'jsonld')
    const { payload } = await app.inject({ url })
    media.examples = { [keyOf(type)]: { value: make(payload) } }
  }
}

const hasName = (parameters: Parameter[], name: string) => parameters.some((one) => one.name === name)

/** The URL of an operation with the examples of these parameters. */
function urlOf(path: string, parameters: Parameter[], more: Record<string, string> = {}): string {
  const exampleOf = ({ example, schema }: Parameter) => String(schema.examples?.[0] ?? example)
  const filled = parameters.reduce((url, one) => url.replace(`{${one.name}}`, encodeURIComponent(exampleOf(one))), path)
  const examples = parameters.filter((one) => one.in === 'query').map((one) => [one.name, exampleOf(one)])
  const query = new URLSearchParams({ ...Object.fromEntries(examples), ...more })
  return query.size > 0 ? `${filled}?${query}` : filled
}

/** The URL that gets an example: with the required parameters, and the format or file of the type. A calendar or feed has one entry. */
function exampleUrl(path: string, parameters: Parameter[], type: string): string {
  const required = parameters.filter(({ required }) => required)
  const format = formatNames.get(type)
  if (path.endsWith('{file}')) return urlOf(path, required).replace(/\w+$/, format ?? 'json')
  return urlOf(path, required, {
    ...(hasName(parameters, 'limit') && { limit: format === 'ics' || format === 'atom' ? '1' : '500' }),
    ...(hasName(parameters, 'format') && format && format !== 'json' && { format }),
  })
}

/** The names of the data formats, by media type. */
const formatNames = new Map(dataFormats.map((format) => [bareType(format), format.name]))

/** The key of an example. Documentation tools show one of several examples with the same key for all media types. */
const keyOf = (type: string) => formatNames.get(type) ?? type.replace(/^.*[/+-]/, '')

/** The maximum length of a text in an example, and of a record where no schema requires its properties. */
const [maxText, maxProperties] = [24, 2]

/** The first words of a text. */
function firstWordsOf(text: string): string {
  if (text.length <= maxText) return text
  const begin = text.slice(0, maxText).toWellFormed()
  return `${begin.replace(/\s+\S*$/, '')} …`
}

const lengthOf = (value: unknown) => JSON.stringify(value).length

/** The shortest of these values; an empty list if there are none. */
const shortestOf = <Value>(values: Value[]): Value[] =>
  values.toSorted((one, other) => lengthOf(one) - lengthOf(other)).slice(0, 1)

/** A JSON value with the shortest element of each list, and the beginning of each long text. */
function shortened(value: unknown): unknown {
  if (typeof value === 'string') return value.includes(' ') ? firstWordsOf(value) : value
  if (Array.isArray(value)) return shortestOf(value.map(shortened))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shortened(one)]))
}

/** The first properties of a record that have a value, shortened. */
function firstOf(record: object): unknown {
  const known = Object.entries(record).filter(([, value]) => value !== null && value?.length !== 0)
  return shortened(Object.fromEntries(known.slice(0, maxProperties)))
}

/** A JSON-LD text with the first properties of its shortest node. */
function firstNode(text: string): Record<string, unknown> {
  const { '@graph': nodes, ...rest } = JSON.parse(text)
  if (!nodes) return { '@context': firstOf(rest['@context']) }
  return { ...rest, '@graph': shortestOf(nodes.map(firstOf)) }
}

/** The functions that make the example of a media type, the beginning of a body in its form, by key of the example. */
const exampleMakers: Record<string, (body: string) => unknown> = {
  json: (body) => shortened(JSON.parse(body)),
  jsonld: firstNode,
  ttl: turtleOfFirstNode,
  ndjson(body) {
    const records = body.trim().split('\n')
    return `${JSON.stringify(shortestOf(records.map((line) => firstOf(JSON.parse(line))))[0])}\n`
  },
  csv: (body) => csvOf(shortenedRows(body), { record_delimiter: 'windows' }),
  ics: (body) => body,
  atom: (body) => body.replace(/>([^<]+)</g, (_, text: string) => `>${shortened(text)}<`),
}

/** The first node of a JSON-LD text as Turtle, with the prefixes that it uses. */
function turtleOfFirstNode(body: string): string {
  const turtle = turtleOf(JSON.stringify(firstNode(body)), { base: '' })
  const isUsed = (prefix: string) =>
    turtle.split('\n').some((line) => !line.startsWith('@prefix') && line.includes(`${prefix}:`))
  return turtle.replaceAll(/^@prefix ([\w]*):.*\n/gm, (line, prefix) => (isUsed(prefix) ? line : ''))
}

function shortenedRows(body: string): unknown[][] {
  const [header = [], ...rows] = parse(body, { bom: true }) as string[][]
  return [header, ...shortestOf(rows.map((row) => row.map(shortened)))]
}

const file = join(String(process.argv[2]), 'openapi.json')
try {
  writeFileSync(file, `${JSON.stringify(await describeService(), null, 2)}\n`)
  process.stdout.write(`Wrote ${file}\n`)
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 1
}
