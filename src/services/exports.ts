import { hash } from 'node:crypto'
import { type Static, Type } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import { linkHeader, redirect } from '../http/answers.ts'
import { cacheControl, cacheControlForever, cacheControlYear, settleCaching } from '../http/caching.ts'
import type { Noun } from '../http/collection.ts'
import { type Format, formatFor, mediaTypes, ndjsonOf } from '../http/formats.ts'
import { HttpProblem } from '../http/problem.ts'
import { noParameters, queryString, settleQuery, withoutParameters } from '../http/query.ts'
import { hrefOf, nullable, ref, type Site } from '../http/shapes.ts'
import { Names } from '../names/names.ts'
import { type Directory, portableBytes } from '../store/directory.ts'
import { oneOf } from '../vocabulary.ts'

const formats = ['json', 'ndjson', 'csv', 'jsonld', 'sqlite'] as const satisfies Format[]

const ExportFile = Type.Object(
  {
    name: Type.String({ description: 'The last part of its address.', examples: ['action-lines.csv'] }),
    noun: nullable(Type.String(), 'The collection that it holds, whole; null for the database, which holds all.'),
    format: oneOf(formats, {
      description:
        'The format. `json` is the list on one page, `ndjson` and `csv` are those of the list; `jsonld` is linked data; `sqlite` is the database that the service reads, without the mark (`user_version`) of the code that built it.',
    }),
    mediaType: Type.String({ description: 'Its Content-Type.' }),
    bytes: Type.Integer({ description: 'How long it is, in bytes, before any content coding.' }),
    sha256: Type.String({ description: 'SHA-256 of these bytes, before any content coding, as 64 hex digits.' }),
    records: nullable(Type.Integer(), 'How many members of the collection are in it; null for the database.'),
    href: Type.String({
      description:
        'Where these very bytes stand, to be cached for a year and never asked for again; 410 as soon as they are not held any more.',
    }),
    current: Type.String({ description: 'Where the file stands as it is at any time.' }),
  },
  { $id: 'ExportFile', description: 'A file to take with you.' },
)

export const Exports = Type.Object(
  {
    dataset: Type.String({
      description: 'Which data this is: the first 12 hex digits of SHA-256 over the seed files.',
    }),
    version: Type.String({ description: 'The version of the service, which may change bytes too.' }),
    files: Type.Array(ref(ExportFile), { description: 'Every collection in four formats, then the database.' }),
  },
  { $id: 'Exports', description: 'All that can be taken with you.' },
)

/** The schemas of the list of files. */
export const exportSchemas = [ExportFile, Exports]

const FileParameters = Type.Object({
  dataset: Type.String({
    description: '`current`, or the dataset, which is then the only one that it may be.',
    examples: ['current'],
  }),
  file: Type.String({
    description: 'The name of the file; other spellings are answered with 308 to the right one.',
    examples: ['sources.csv'],
  }),
})

const FileQuery = Type.Object(
  {
    sha256: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'The checksum that the file must have, 64 hex digits as in `href` of the list; 410 where it has another.',
        examples: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
      }),
    ),
  },
  { additionalProperties: false },
)

const lookups = {
  sha256: {
    find: (text: string) => (/^[0-9a-f]{64}$/i.test(text) ? text.toLowerCase() : undefined),
    refusal: '"sha256" must be a checksum of 64 hex digits, as in the list of files; or leave it out.',
  },
}

const anyObject = (description: string) => Type.Object({}, { description, additionalProperties: true })
const fileContent = {
  'application/json': { schema: anyObject('As the list, with all items on one page.') },
  'application/x-ndjson': { schema: Type.String({ description: 'One item per line, each as in the JSON list.' }) },
  'text/csv': { schema: Type.String({ description: 'RFC 4180 with a header row, as the list.' }) },
  'application/ld+json': {
    schema: anyObject('JSON-LD 1.1: the items as nodes of a graph, with the context of /v1/context.jsonld.'),
  },
  'application/vnd.sqlite3': {
    schema: Type.String({ contentMediaType: 'application/vnd.sqlite3', description: 'A SQLite 3 database.' }),
  },
}

/** A file; its content is made when it is first asked for, and kept. */
interface File {
  name: string
  noun: string | null
  format: (typeof formats)[number]
  content(): { bytes: Buffer; sha256: string; records: number | null }
}

function fileOf(name: string, noun: Noun | null, format: File['format'], make: () => Buffer | string): File {
  let kept: ReturnType<File['content']> | undefined
  const content = () => {
    if (kept) return kept
    const bytes = Buffer.from(make())
    kept = { bytes, sha256: hash('sha256', bytes), records: noun?.all().length ?? null }
    return kept
  }
  return { name: `${name}.${format}`, noun: noun?.name ?? null, format, content }
}

function filesOf(data: Directory, site: Site, nouns: Noun[]): File[] {
  const { dataset } = site
  const ofNouns = nouns.flatMap((noun) => {
    const { name, all, csv, linked } = noun
    const list = () => ({ dataset, total: all().length, items: all(), next: null })
    const graph = () => ({ '@context': hrefOf(site, 'context.jsonld'), '@graph': linked() })
    return [
      fileOf(name, noun, 'json', () => JSON.stringify(list())),
      fileOf(name, noun, 'ndjson', () => ndjsonOf(all())),
      fileOf(name, noun, 'csv', csv),
      fileOf(name, noun, 'jsonld', () => JSON.stringify(graph())),
    ]
  })
  return [...ofNouns, fileOf('directory', null, 'sqlite', () => portableBytes(data))]
}

const pathOf = (dataset: string, file: string, query = {}) => `/v1/exports/${dataset}/${file}${queryString(query)}`

/** Registers the list of the files, and the files. */
export function exportFiles(app: FastifyInstance, data: Directory, site: Site, nouns: Noun[]): void {
  const files = new Map(filesOf(data, site, nouns).map((file) => [file.name, file]))
  registerList(app, site, files)

  const names = new Names()
  for (const name of files.keys()) names.add(name, name)
  const datasets = new Names()
  for (const name of ['current', site.dataset]) datasets.add(name, name)
  app.get('/v1/exports/:dataset/:file', {
    attachValidation: true,
    config: { fixed: true },
    schema: {
      operationId: 'getExport',
      summary: 'Get one file',
      description:
        'A collection, whole, as `.json`, `.ndjson`, `.csv` or `.jsonld`, or the database as `directory.sqlite`. Under `current` it is the file as it is at any time, with five minutes of caching; under its dataset it is that of this dataset, with a year of caching, although another version or public address of the service may write it otherwise; with `sha256` as well it is those bytes or none, and so `immutable`.',
      tags: ['Exports'],
      params: FileParameters,
      querystring: FileQuery,
      response: { 200: { description: 'The file.', content: fileContent } },
    },
    handler: (request, reply) => {
      const { sha256 } = settleQuery(request, FileQuery, lookups)
      const { dataset: asked, file: askedName } = request.params as Static<typeof FileParameters>
      const file = files.get(names.find(askedName) ?? '')
      if (!file) throw unknownFile(site, askedName, names.suggest(askedName))
      const dataset = datasets.find(asked)
      if (dataset === undefined) throw unknownDataset(site, asked, file.name)
      const own = pathOf(dataset, file.name, sha256 && { sha256 })
      if (dataset !== asked || file.name !== askedName) return redirect(reply, site.base + own)
      formatFor(request, [file.format])
      if (sha256 && sha256 !== file.content().sha256)
        throw gone(site, `The ${file.name} with the checksum ${sha256}`, file.name)
      const lifetime = dataset === 'current' ? cacheControl : sha256 ? cacheControlForever : cacheControlYear
      if (settleCaching(site, request, reply, own, file.format, lifetime)) return reply
      return reply
        .headers({
          link: linkHeader(site, own, { collection: hrefOf(site, 'exports') }),
          'content-disposition': `attachment; filename="${file.name.replace('.', `-${site.dataset}.`)}"`,
        })
        .type(mediaTypes[file.format])
        .send(file.content().bytes)
    },
  })
}

function registerList(app: FastifyInstance, site: Site, files: Map<string, File>): void {
  const { base, dataset, version } = site
  const entryOf = ({ name, noun, format, content }: File) => {
    const { bytes, sha256, records } = content()
    return {
      name,
      noun,
      format,
      mediaType: mediaTypes[format],
      bytes: bytes.length,
      sha256,
      records,
      href: base + pathOf(dataset, name, { sha256 }),
      current: base + pathOf('current', name),
    }
  }
  app.get('/v1/exports', {
    ...withoutParameters,
    config: { fixed: true },
    schema: {
      operationId: 'listExports',
      summary: 'List the files to take with you',
      description:
        'Every collection, whole, as JSON, NDJSON, CSV and JSON-LD, and the SQLite file itself, with sizes and checksums. To keep a copy: ask for this list with If-None-Match, and fetch what has another checksum than yours.',
      tags: ['Exports'],
      ...noParameters,
      response: { 200: { description: 'The files.', content: { 'application/json': { schema: ref(Exports) } } } },
    },
    handler: (request, reply) => {
      formatFor(request, ['json'])
      if (settleCaching(site, request, reply, '/v1/exports', 'json')) return reply
      reply.header('link', linkHeader(site, '/v1/exports', {})).type(mediaTypes.json)
      return reply.send({ dataset, version, files: [...files.values()].map(entryOf) } satisfies Static<typeof Exports>)
    },
  })
}

function unknownFile(site: Site, asked: string, near: string[]): HttpProblem {
  const meant = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `GET ${hrefOf(site, 'exports')} lists them.`
  return new HttpProblem(404, `No file is called "${asked.slice(0, 100)}". ${meant}`, {
    suggestions: near.map((name) => ({ id: name, href: site.base + pathOf('current', name) })),
  })
}

function unknownDataset(site: Site, asked: string, file: string): HttpProblem {
  if (/^[0-9a-f]{12}$/i.test(asked)) return gone(site, `The ${file} of dataset ${asked}`, file)
  const detail = `No dataset is called "${asked.slice(0, 100)}". It is "current" or 12 hex digits, now ${site.dataset}.`
  return new HttpProblem(404, detail, {
    suggestions: [{ id: 'current', href: site.base + pathOf('current', file) }],
  })
}

/** A 410 that leads to the current file. */
function gone(site: Site, what: string, file: string): HttpProblem {
  const href = site.base + pathOf('current', file)
  return new HttpProblem(410, `${what} is not held any more; the current dataset is ${site.dataset}, at ${href}.`, {
    suggestions: [{ id: site.dataset, href }],
  })
}
