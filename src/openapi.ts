import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { buildApp } from './app.ts'
import { formatNames, keyOf, shortened, shortenedText } from './examples.ts'
import { completeDescription, type Document } from './http/description.ts'
import { about, tags } from './openapi-info.ts'
import { openDirectory } from './store/directory.ts'

// Writes openapi/openapi.json: the description of every route, with an example of each parameter
// and media type, fetched from the service and shortened. `npm run openapi` names the folder.

interface Reference {
  $ref: string
}
interface Parameter {
  name: string
  in: string
  schema: Reference | { examples?: unknown[] }
  required?: boolean
  example?: unknown
  examples?: { example: { value: unknown } }
}
type Example = { summary?: string; value?: unknown; $ref?: string }
type Media = { examples?: Record<string, Example> }
type MediaTypes = Record<string, Media>
interface Operation {
  parameters: (Parameter | Reference)[]
  requestBody?: { content: MediaTypes }
  responses: { 200: { content: MediaTypes } }
}

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
    transformObject: (described) => {
      const { openapiObject: document } = described as { openapiObject: Document }
      // The document states once that each GET also takes HEAD.
      for (const methods of Object.values(document.paths)) delete methods.head
      return completeDescription(document) as never
    },
    refResolver: { buildLocalReference: (schema) => String(schema.$id) },
  })
}

/** The document with examples, from a service with a newly built database. */
async function describeService(): Promise<Document> {
  const folder = mkdtempSync(join(tmpdir(), 'directory-'))
  const app = await buildApp({
    directory: openDirectory(join(folder, 'directory.sqlite')),
    watch: readRoutes,
  })
  try {
    await app.ready()
    const document = JSON.parse(JSON.stringify(app.swagger())) as Document
    for (const [path, methods] of Object.entries(document.paths)) {
      const { get, post } = methods as unknown as Record<'get' | 'post', Operation | undefined>
      if (get) await addExamples(app, document, path, get)
      if (post) await addBodies(app, path, post)
    }
    const { responses } = document.components as unknown as {
      responses: Record<keyof typeof problems, { content: MediaTypes }>
    }
    for (const [name, [method, url, accept]] of Object.entries(problems)) {
      const { payload } = await app.inject({ method, url, headers: { accept } })
      const media = responses[name as keyof typeof problems].content['application/problem+json'] as Media
      media.examples = {
        problem: { summary: `${method} ${url}, Accept: ${accept}`, value: shortened(JSON.parse(payload)) },
      }
    }
    return document
  } finally {
    await app.close()
    rmSync(folder, { recursive: true })
  }
}

/** The example request body of each operation that takes one. */
const bodies: Record<string, unknown> = {
  'application/json': { rows: [{ id: 'C7.e-health', label: 'E-health', coordinators: ['WHO', 'ITU'] }] },
  'application/x-ndjson': '{"id":"C7.e-health","label":"E-health","coordinators":["WHO","ITU"]}\n',
  'text/csv': 'id,label,coordinators\nC7.e-health,E-health,WHO; ITU\n',
  'text/tab-separated-values': 'id\tlabel\tcoordinators\nC7.e-health\tE-health\tWHO; ITU\n',
}

async function addBodies(app: FastifyInstance, path: string, { requestBody, responses }: Operation): Promise<void> {
  for (const [type, media] of Object.entries(requestBody?.content ?? {})) {
    const value = bodies[type]
    if (value === undefined) continue
    media.examples = { [keyOf(type)]: { value } }
    const { payload } = await app.inject({
      method: 'POST',
      url: path,
      headers: { 'content-type': type },
      payload: value as string,
    })
    const [sent, response] = Object.entries(responses[200].content)[0] as [string, Media]
    response.examples = { [keyOf(sent)]: { value: shortened(JSON.parse(payload)) } }
  }
}

/** A parameter with its schema, resolved if the document has a reference. */
function resolved({ components }: Document, parameter: Parameter | Reference): Parameter {
  const lastOf = ({ $ref }: Reference) => $ref.replace(/.*\//, '')
  const found =
    '$ref' in parameter ? (components.parameters as Record<string, Parameter>)[lastOf(parameter)] : parameter
  const { schema } = found as Parameter
  return '$ref' in schema
    ? ({ ...found, schema: components.schemas[lastOf(schema)] } as Parameter)
    : (found as Parameter)
}

const exampleOf = ({ example, examples }: Parameter) => String(example ?? examples?.example.value)

/** Adds examples of all media types, and of parameters whose values come from the data. */
async function addExamples(
  app: FastifyInstance,
  document: Document,
  path: string,
  operation: Operation,
): Promise<void> {
  const { parameters = [], responses } = operation
  const own = parameters.map((one) => resolved(document, one))
  const get = async (url: string) => {
    const { statusCode, payload } = await app.inject({ url })
    if (statusCode !== 200) throw new Error(`GET ${url}: ${payload}`)
    return JSON.parse(payload)
  }
  const set = (name: string, value: unknown) => {
    const parameter = own.find((one) => one.name === name)
    if (!parameter || value === undefined) return
    parameter.examples = { example: { ...parameter.examples?.example, value } }
  }
  if (own.some(({ name }) => name === 'limit') && own.some(({ name }) => name === 'cursor')) {
    const filters = own.filter(({ name }) => !['cursor', 'id', 'limit'].includes(name))
    const { items } = await get(urlOf(path, filters))
    if (items.length > 0)
      set(
        'id',
        items
          .slice(0, 2)
          .map(({ id }: { id: string }) => id)
          .join(','),
      )
    const inOrder = path.startsWith('/v1/search') ? filters : own.filter(({ name }) => name === 'sort')
    set('cursor', (await get(urlOf(path, inOrder, { limit: '1' }))).nextCursor)
  }
  if (path.endsWith('{file}')) {
    const inPath = own.filter((one) => one.in === 'path')
    const file = urlOf(path, inPath).replace(/.*\//, '')
    const { files } = await get('/v1/exports')
    set('sha256', files.find(({ name }: { name: string }) => name === file).sha256)
  }
  if (path.startsWith('/openapi.') || path === '/metrics') return
  for (const [type, media] of Object.entries(responses[200].content)) {
    const url = exampleUrl(path, own, type)
    // Turtle is written from the shortened JSON-LD, so both have the same triples.
    const { payload } = await app.inject({ url: url.replace(/\bttl$/, 'jsonld') })
    const value = shortenedText(type, payload)
    if (value !== undefined) media.examples = { [keyOf(type)]: { value } }
  }
}

/** The URL of an operation with the examples of these parameters. */
function urlOf(path: string, parameters: Parameter[], more: Record<string, string> = {}): string {
  const filled = parameters.reduce((url, one) => url.replace(`{${one.name}}`, encodeURIComponent(exampleOf(one))), path)
  const examples = parameters.filter((one) => one.in === 'query').map((one) => [one.name, exampleOf(one)])
  const query = new URLSearchParams({ ...Object.fromEntries(examples), ...more })
  return query.size > 0 ? `${filled}?${query}` : filled
}

/** The URL that gets an example: with the required parameters, and the format or file of the type. A calendar or feed has one entry. */
function exampleUrl(path: string, parameters: Parameter[], type: string): string {
  const required = parameters.filter(({ required }) => required)
  const needed = urlOf(path, required)
  const format = formatNames.get(type)
  if (path.endsWith('{file}')) return needed.replace(/\w+$/, format ?? 'json')
  const has = (name: string) => parameters.some((one) => one.name === name)
  const query = new URLSearchParams({
    ...(has('limit') && { limit: format === 'ics' || format === 'atom' ? '1' : '500' }),
    ...(has('format') && format && format !== 'json' && { format }),
  })
  if (query.size === 0) return needed
  return `${needed}${needed.includes('?') ? '&' : '?'}${query}`
}

const folder = String(process.argv[2])
const document = await describeService()
const file = join(folder, 'openapi.json')
writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`)
process.stdout.write(`Wrote ${file}\n`)
