import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { beginningOf } from '../characters.ts'
import { mediaTypes } from '../formats/data-formats.ts'
import { cacheControl, cacheControlForever, cacheControlYear, respond } from '../http/caching.ts'
import { formatFor, schemasOf } from '../http/negotiation.ts'
import { fixedRoute, operation, redirect } from '../http/operation.ts'
import { HttpProblem } from '../http/problem-details.ts'
import { querySchema, queryString } from '../http/query.ts'
import type { Site } from '../http/site.ts'
import { Names } from '../names/names.ts'
import { textInput } from '../nouns/filters.ts'
import { dataset, hrefOf, nullable, ref, shape, words } from '../nouns/shapes.ts'
import { dataLicense } from '../openapi-info.ts'
import type { StoredExport } from '../store/database-file.ts'
import type { Directory } from '../store/directory.ts'
import { type Static, Type } from '../typebox.ts'
import { exportKinds, type Exports as Files, fileFormats } from './export-files.ts'

const ExportFormat = words(
  'ExportFormat',
  [...fileFormats.map(({ name }) => name), 'sqlite', 'xlsx'],
  'The format of a file. `json` is the list on one page, `ndjson` and `csv` are those of the list, `jsonld` and `ttl` have the same triples, `sqlite` is a database with views for common questions, and `xlsx` has a sheet for each collection.',
)

const ExportFile = shape('ExportFile', 'A file.', {
  name: Type.String({ description: 'The name of the file.', examples: ['action-lines.csv'] }),
  noun: nullable(Type.String(), 'The collection in it. Null for a file of all collections.'),
  format: ref(ExportFormat),
  mediaType: Type.String({ description: 'Its Content-Type.' }),
  bytes: Type.Integer({ description: 'The length in bytes, before content coding.' }),
  sha256: Type.String({ description: 'SHA-256 of these bytes, as 64 hex digits.' }),
  records: nullable(Type.Integer(), 'The number of records. Null for a file of all collections.'),
  href: Type.String({ description: 'The URL of exactly these bytes, cached for a year. After the next release: 410.' }),
  current: Type.String({ description: 'The URL of the latest file.' }),
})

export const Exports = shape('Exports', 'All data as files.', {
  dataset,
  version: Type.String({ description: 'The version of the service.' }),
  license: Type.String({ description: 'The licence of the compilation (SPDX).' }),
  files: Type.Array(ref(ExportFile), {
    description: 'Every collection in five formats, a database, a workbook, and the description of the CSV files.',
  }),
})
type Exports = Static<typeof Exports>

const FileParameters = Type.Object({
  dataset: Type.String({
    description: '`current`, or the id of the current dataset. 410 for a former one.',
    maxLength: 100,
    examples: ['current'],
  }),
  file: Type.String({
    maxLength: 100,
    description: 'The name of the file. Other spellings redirect (308).',
    examples: ['sources.csv'],
  }),
})

const FileQuery = querySchema({
  sha256: Type.Optional(
    textInput(
      'The expected checksum, 64 hex digits as in `href` of the list. 410 if the file has another.',
      '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      100,
    ),
  ),
})

const lookups = {
  sha256: {
    find: (text: string) => (/^[0-9a-f]{64}$/i.test(text) ? text.toLowerCase() : undefined),
    suggest: () => [],
    refusal: '"sha256" must be a checksum of 64 hex digits, as in the list of files. Otherwise omit it.',
  },
}

const sqliteDescription =
  'A SQLite 3 database with a table for each collection, which has the columns of its CSV in snake_case, and the tables `session_action_lines`, `session_organizers`, `agency_members`. Query its views, which are stable within `/v1`: `who_coordinates` (every edition of coordinators or facilitators), `who_coordinates_today` (the newest edition with the line), `lead_contacts_today`, `who_reported`, `sessions_on_lines`, `sessions_of_forums`. The view `about` has the dataset and the licence.'

/** Sorts CSV first, because tools that send the first media type in Accept then get the file of the example. */
const csvFirst = (one: { name: string }, other: { name: string }) =>
  Number(other.name === 'csv') - Number(one.name === 'csv')

const xlsxDescription =
  'A workbook with a sheet for each collection, which has the columns of its CSV with real dates and times, and a sheet `readme`. A text longer than a cell (32,767 characters) is cut there.'

const binary = (contentMediaType: string, description: string) => Type.String({ contentMediaType, description })

const fileSchemas = {
  ...schemasOf(fileFormats.toSorted(csvFirst), ({ fileSchema }) => fileSchema),
  [mediaTypes.sqlite]: binary(mediaTypes.sqlite, sqliteDescription),
  [mediaTypes.xlsx]: binary(mediaTypes.xlsx, xlsxDescription),
}

const pathOf = (dataset: string, file: string, query = {}) => `/v1/exports/${dataset}/${file}${queryString(query)}`

const unzip = promisify<Buffer, Buffer>(gunzip)

/** Registers the list of files, and the files. */
export function exportFiles(app: FastifyInstance, data: Directory, site: Site, open: () => Promise<Files>): void {
  registerList(app, site, open)

  const names = new Names()
  for (const { name } of exportKinds) names.add(name, name)
  const datasets = new Names()
  for (const name of ['current', site.dataset]) datasets.add(name, name)
  operation(app, site, {
    path: '/v1/exports/:dataset/:file',
    operationId: 'getExport',
    summary: 'Get one file',
    description:
      'A collection as `.json`, `.ndjson`, `.csv`, `.jsonld` or `.ttl`, or all of them as `directory.sqlite` or `directory.xlsx`. `datapackage.json` describes the CSV files (Frictionless), which start with a byte order mark. `current`: the latest file, cached for 5 minutes. With a dataset: cached for a year. With `sha256`: exactly these bytes, or 410. Resume a download with `Range` and `If-Match`: after a release, the response is 412, so that no file mixes old and new bytes.',
    tag: 'Exports',
    params: FileParameters,
    query: FileQuery,
    lookups,
    response: ['The file.', fileSchemas],
    async handle({ sha256 }, request, reply) {
      const { dataset: requested, file: fileName } = request.params as Static<typeof FileParameters>
      const kind = exportKinds.find(({ name }) => name === names.find(fileName))
      if (!kind) throw unknownFile(site, fileName, names.suggest(fileName))
      const { name, format } = kind
      const dataset = datasets.find(requested)
      if (dataset === undefined) {
        const former = data.releases.find((one) => one === requested.toLowerCase())
        throw former ? gone(site, `Dataset ${former}`, name) : unknownDataset(site, requested, name)
      }
      const url = pathOf(dataset, name, { sha256 })
      if (dataset !== requested || name !== fileName) return redirect(reply, site.base + url)
      formatFor(request, [format])
      const file = (await open()).get(name) as StoredExport
      if (sha256 && sha256 !== file.sha256) throw gone(site, `The ${name} with the checksum ${sha256}`, name)
      return respond(site, request, reply, {
        url,
        format,
        restsOn: file.sha256,
        lifetime: dataset === 'current' ? cacheControl : sha256 ? cacheControlForever : cacheControlYear,
        links: { collection: site.base + hrefOf('exports') },
        about: {
          'content-disposition': `attachment; filename="${name.replace('.', `-${site.dataset}.`)}"`,
          'accept-ranges': 'bytes',
        },
        coded: file,
        write: () => site.bodies.inTurn(() => unzip(file.gzip)),
      })
    },
  })
}

function registerList(app: FastifyInstance, site: Site, open: () => Promise<Files>): void {
  const { base, dataset, version, collections } = site
  fixedRoute(app, site, {
    path: '/v1/exports',
    operationId: 'listExports',
    summary: 'List the files',
    description:
      'Every collection as JSON, CSV, NDJSON, JSON-LD and Turtle, and all of them as one SQLite file and one workbook, with sizes and checksums. To update a copy, request this list with If-None-Match, then download the files with a new checksum.',
    tag: 'Exports',
    response: ['The files.', { json: ref(Exports) }],
    async write() {
      const files = await open()
      const entries = exportKinds.map(({ name, noun, format }) => {
        const { bytes, sha256 } = files.get(name) as StoredExport
        const records = noun === null ? null : Number(collections.get(noun)?.page({}, '', 1, false).total)
        const href = base + pathOf(dataset, name, { sha256 })
        const current = base + pathOf('current', name)
        return { name, noun, format: format.name, mediaType: format.mediaType, bytes, sha256, records, href, current }
      })
      const response: Exports = { dataset, version, license: dataLicense.id, files: entries }
      return JSON.stringify(response)
    },
  })
}

function unknownFile(site: Site, requested: string, near: string[]): HttpProblem {
  const suggestion =
    near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `GET ${site.base + hrefOf('exports')} lists them.`
  return new HttpProblem(404, `No file is called "${beginningOf(requested)}". ${suggestion}`, {
    suggestions: near.map((name) => ({ id: name, href: site.base + pathOf('current', name) })),
  })
}

function unknownDataset(site: Site, requested: string, file: string): HttpProblem {
  const href = site.base + pathOf('current', file)
  const detail = `No dataset "${beginningOf(requested)}" was released. The current dataset is ${site.dataset}, at ${href}.`
  return new HttpProblem(404, detail, { suggestions: [{ id: 'current', href }] })
}

/** A 410 with a link to the current file. */
function gone(site: Site, what: string, file: string): HttpProblem {
  const href = site.base + pathOf('current', file)
  return new HttpProblem(410, `${what} is no longer available. The current dataset is ${site.dataset}, at ${href}.`, {
    suggestions: [{ id: site.dataset, href }],
    headers: { link: `<${href}>; rel="latest-version"` },
  })
}
