import t, { type Test } from 'tap'
import { type Document, operationsOf, type Response, readDocument } from './fuzz/document.ts'
import { type Findings, fuzz } from './fuzz/fuzz.ts'
import { memoryOf, startProcess } from './process.ts'

// FUZZ_SECONDS=60 runs for a minute instead of one pass; FUZZ_SEED=7 sends other requests.
const seconds = Number(process.env.FUZZ_SECONDS ?? 0)
const seed = Number(process.env.FUZZ_SEED ?? 1)
t.setTimeout((seconds + 900) * 1000)

// For the longer run, as in a container of 256 MB: the half for the heap, the rest for code, SQLite and buffers.
const flags = ['--max-old-space-size=128', '--max-semi-space-size=4']

const { url, child } = await startProcess(t, {}, { flags: seconds >= 60 ? flags : [] })
let found: Findings

t.test('every answer keeps what the document promises, whatever is asked', async (t) => {
  found = await fuzz(url, readDocument(), { seed, seconds })
  t.comment(`${found.asked} requests; ${Math.round(memoryOf(child))} MiB at the end`)
  t.equal(found.errors.length, 0, found.errors.slice(0, 10).join('\n'))
  if (seconds >= 60) t.ok(memoryOf(child) < 256, `after a minute it holds less than 256 MiB: ${memoryOf(child)}`)
})

t.test('every operation is answered and refused in each way that it has in common with others', async (t) => {
  const operations = operationsOf(readDocument())
  t.same(Object.keys(found.statuses).sort(), operations.map(({ id }) => id).sort())
  for (const { id, responses } of operations)
    for (const status of [200, 304, 308, 400, 404, 405, 406, 415])
      if (responses[status] && !(status === 404 && id === 'listExports'))
        t.ok(found.statuses[id]?.[status], `${id} was answered with ${status}`)
})

/** The findings of a fuzz of one path with a falsified document; the one above found nothing with the true one. */
async function findsWith(t: Test, path: string, falsify: (document: Document) => void): Promise<string> {
  const document = readDocument()
  document.paths = { [path]: document.paths[path] ?? t.fail(`there is no ${path}`) } as Document['paths']
  falsify(document)
  return (await fuzz(url, document, { seed, count: 40 })).errors.join('\n')
}

/** The declared responses of one operation. */
const responsesOf = ({ paths }: Document, path: string) => paths[path]?.get?.responses as Record<string, Response>

/** A part that the document defines once for all operations. */
function componentOf(
  { components }: Document,
  kind: string,
  name: string,
): { properties: Record<string, object>; headers: object } {
  return components[kind]?.[name] as { properties: Record<string, object>; headers: object }
}

const falsehoods: [title: string, path: string, falsify: (document: Document) => void, finding: RegExp][] = [
  [
    'a status that is not documented is found',
    '/v1/action-lines/{id}',
    (document) => delete responsesOf(document, '/v1/action-lines/{id}')[404],
    /^404 is not documented/m,
  ],
  [
    'a media type that is not documented is found',
    '/v1/sources',
    (document) => delete responsesOf(document, '/v1/sources')[200]?.content?.['text/csv'],
    /^200 is text\/csv; documented: application\/json/m,
  ],
  [
    'a property of another type is found',
    '/v1/agencies',
    (document) => Object.assign(componentOf(document, 'schemas', 'Agency').properties.name ?? {}, { type: 'integer' }),
    /^the body is not of .*name must be integer/m,
  ],
  [
    'a property that is not documented is found',
    '/v1/agencies/{id}',
    (document) => delete componentOf(document, 'schemas', 'Agency').properties.kind,
    /^the body is not of .*additional properties/m,
  ],
  [
    'a problem without what is documented is found',
    '/v1/search',
    (document) => delete componentOf(document, 'schemas', 'Problem').properties.instance,
    /^the body is not of .*additional properties/m,
  ],
  [
    'a header that is promised and not sent is found',
    '/v1/editions/{id}',
    (document) => Object.assign(componentOf(document, 'responses', 'NotFound').headers, { 'X-Promised': {} }),
    /^404 lacks the header X-Promised/m,
  ],
]

t.test('a document that is false is found out', async (t) => {
  for (const [title, path, falsify, finding] of falsehoods)
    await t.test(title, async (t) => {
      t.match(await findsWith(t, path, falsify), finding)
    })
})
