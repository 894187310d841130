import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { about, tags } from './about.ts'
import { buildApp } from './app.ts'
import { mediaTypes } from './formats/index.ts'
import { completeDescription, type Document } from './http/description.ts'
import { openDirectory } from './store/directory.ts'

// Writes openapi/openapi.json: what the routes say of themselves, with an example of every
// answer, fetched from them. `npm run openapi` names the folder.

type Parameter = { name: string; in: string; required?: boolean; example?: unknown }
type Media = { examples?: Record<string, { summary: string; value: unknown }> }
type Operation = { parameters: Parameter[]; responses: { 200: { content: Record<string, Media> } } }

/** What is asked to get an example of each problem. */
const problems = {
  BadRequest: ['GET', '/v1/action-lines?agecny=ITU&kind=lines', '*/*'],
  NotFound: ['GET', '/v1/action-lines/C12', '*/*'],
  Gone: ['GET', `/v1/exports/current/sources.csv?sha256=${'0'.repeat(64)}`, '*/*'],
  MethodNotAllowed: ['POST', '/v1/agencies', '*/*'],
  NotAcceptable: ['GET', '/v1/agencies', 'image/png'],
} as const

/** Lets the document be made of what the routes say. */
async function readRoutes(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: about, tags, security: [] },
    convertConstToEnum: false,
    transformObject: (described) => {
      const { openapiObject: document } = described as { openapiObject: Document }
      // Each GET is a HEAD too, which the document says in words.
      for (const methods of Object.values(document.paths)) delete methods.head
      return completeDescription(document) as never
    },
    refResolver: {
      buildLocalReference: (schema) => String(schema.$id),
    },
  })
}

/** The document of the service as it is, with examples. The database is built afresh from the seed. */
async function describeService(): Promise<Document> {
  const folder = mkdtempSync(join(tmpdir(), 'directory-'))
  const app = await buildApp({
    directory: openDirectory(join(folder, 'directory.sqlite')),
    watch: readRoutes,
  })
  try {
    await app.ready()
    const document = JSON.parse(JSON.stringify(app.swagger())) as Document
    await addBodies(app, document)
    for (const [path, methods] of Object.entries(document.paths)) {
      if (!methods.get || path.startsWith('/openapi.') || path === '/metrics') continue
      const { responses, parameters } = methods.get as unknown as Operation
      for (const [type, media] of Object.entries(responses[200].content)) {
        if (isBinary(type)) continue
        const url = exampleUrl(path, parameters, type)
        const { payload } = await app.inject({ url })
        media.examples = {
          example: {
            summary: `GET ${url}`,
            value: type.includes('json') && !type.includes('ndjson') ? JSON.parse(payload) : payload,
          },
        }
      }
    }
    const { responses } = document.components as unknown as {
      responses: Record<keyof typeof problems, { content: { 'application/problem+json': Media } }>
    }
    for (const [name, [method, url, accept]] of Object.entries(problems)) {
      const { payload } = await app.inject({ method, url, headers: { accept } })
      const value = JSON.parse(payload)
      const media = responses[name as keyof typeof problems].content['application/problem+json']
      media.examples = { example: { summary: `${method} ${url}, Accept: ${accept}`, value } }
    }
    return document
  } finally {
    await app.close()
    rmSync(folder, { recursive: true })
  }
}

/** What is sent to get an example of each operation that takes a body. */
const bodies = {
  'application/json': {
    rows: [
      { id: 'C7.e-health', label: 'E-health', coordinators: ['WHO', 'ITU'] },
      { id: 'e-gov', coordinators: ['UNDP'] },
    ],
  },
  'application/x-ndjson':
    '{"id":"C7.e-health","label":"E-health","coordinators":["WHO","ITU"]}\n{"id":"e-gov","coordinators":["UNDP"]}\n',
  'text/csv': 'id,label,coordinators\nC7.e-health,E-health,WHO; ITU\ne-gov,,UNDP\n',
  'text/tab-separated-values': 'id\tlabel\tcoordinators\nC7.e-health\tE-health\tWHO; ITU\ne-gov\t\tUNDP\n',
}

async function addBodies(app: FastifyInstance, document: Document): Promise<void> {
  type Post = { requestBody: { content: Record<keyof typeof bodies, Media> } } & Operation
  for (const [path, { post }] of Object.entries(document.paths)) {
    if (!post) continue
    const { requestBody, responses } = post as unknown as Post
    const [, answer] = Object.entries(responses[200].content)[0] as [string, Media]
    for (const [type, value] of Object.entries(bodies) as [keyof typeof bodies, unknown][])
      requestBody.content[type].examples = { example: { summary: `POST ${path} as ${type}`, value } }
    const { payload } = await app.inject({ method: 'POST', url: path, payload: bodies['application/json'] })
    answer.examples = { example: { summary: `POST ${path}`, value: JSON.parse(payload) } }
  }
}

/** Whether files of the type are no text, so that they have no example. */
const isBinary = (type: string) => type === mediaTypes.sqlite || type === mediaTypes.xlsx

/** The address of an operation with the examples of what it needs, two items of a list, and the format that `type` asks for or the file that is in it. */
function exampleUrl(path: string, parameters: Parameter[], type: string): string {
  const exampleOf = ({ example }: Parameter) => String(example)
  const filled = parameters.reduce((url, one) => url.replace(`{${one.name}}`, exampleOf(one)), path)
  const needed = parameters.filter((one) => one.in === 'query' && one.required)
  const query = needed.map((one): [string, string] => [one.name, exampleOf(one)])
  const isList = parameters.some((parameter) => JSON.stringify(parameter).includes('/limit'))
  if (isList) query.push(['limit', '2'])
  const formats: Record<string, string> = {
    'text/csv': 'csv',
    'application/x-ndjson': 'ndjson',
    'text/calendar': 'ics',
    'application/atom+xml': 'atom',
    'application/ld+json': 'jsonld',
    'text/turtle': 'ttl',
  }
  if (path.endsWith('{file}')) return filled.replace(/\w+$/, formats[type] ?? 'json')
  const takesFormat = parameters.some(({ name }) => name === 'format')
  if (takesFormat && formats[type]) query.push(['format', formats[type]])
  return query.length > 0 ? `${filled}?${new URLSearchParams(query)}` : filled
}

const folder = String(process.argv[2])
const document = await describeService()
const file = join(folder, 'openapi.json')
writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`)
process.stdout.write(`Wrote ${file}\n`)
