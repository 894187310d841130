import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp } from './app.ts'
import { openDirectory } from './data/database.ts'
import { completeDescription, type Document, documentFile } from './http/description.ts'

// Writes openapi/openapi.json: what the routes say of themselves, with an example of every answer, fetched from them:
// `npm run openapi`, or into another file behind `--`.

type Parameter = { name: string; in: string; example?: unknown; schema?: { examples?: unknown[] } }
type Content = Record<string, { schema: unknown; examples?: Record<string, { summary: string; value: unknown }> }>

/** What is asked to get an example of each problem. */
const problems: Record<string, ['GET' | 'POST', url: string, accept: string]> = {
  BadRequest: ['GET', '/v1/action-lines?agecny=ITU&kind=lines', '*/*'],
  NotFound: ['GET', '/v1/action-lines/C12', '*/*'],
  MethodNotAllowed: ['POST', '/v1/agencies', '*/*'],
  NotAcceptable: ['GET', '/v1/agencies', 'image/png'],
}

/** The document of the service as it is, with examples. The database is built afresh from the seed. */
async function describeService(): Promise<Document> {
  const folder = mkdtempSync(join(tmpdir(), 'directory-'))
  const app = await buildApp({
    directory: openDirectory(join(folder, 'directory.sqlite')),
  })
  try {
    await app.ready()
    const document = completeDescription(JSON.parse(JSON.stringify(app.swagger())))
    for (const [path, { get }] of Object.entries(document.paths)) {
      const answer = get?.responses[200] as { content?: Content } | undefined
      if (!get || !answer?.content || ['/openapi.json', '/metrics'].includes(path)) continue
      const parameters = (get.parameters ?? []) as unknown as Parameter[]
      for (const [type, media] of Object.entries(answer.content)) {
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
    const { responses } = document.components as { responses: Record<string, { content: Content }> }
    for (const [name, [method, url, accept]] of Object.entries(problems)) {
      const { payload } = await app.inject({ method, url, headers: { accept } })
      const value = JSON.parse(payload)
      Object.assign(responses[name]?.content['application/problem+json'] ?? {}, {
        examples: { example: { summary: `${method} ${url}, Accept: ${accept}`, value } },
      })
    }
    return document
  } finally {
    await app.close()
    rmSync(folder, { recursive: true })
  }
}

/** The address of an operation with the examples of its path, two items of a list, and the format that `type` asks for. */
function exampleUrl(path: string, parameters: Parameter[], type: string): string {
  const filled = parameters.reduce(
    (url, { name, schema, example }) => url.replace(`{${name}}`, String(example ?? schema?.examples?.[0])),
    path,
  )
  const isList = parameters.some((parameter) => JSON.stringify(parameter).includes('/limit'))
  if (!isList) return filled
  const format =
    { 'text/csv': '&format=csv', 'application/x-ndjson': '&format=ndjson', 'text/calendar': '&format=ics' }[type] ?? ''
  return `${filled}?limit=2${format}`
}

const file = process.argv[2] ?? documentFile
writeFileSync(file, `${JSON.stringify(await describeService(), null, 2)}\n`)
process.stdout.write(`Wrote ${file}\n`)
