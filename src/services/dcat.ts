import type { FastifyInstance } from 'fastify'
import { mediaTypes } from '../formats/data-formats.ts'
import { turtleOf } from '../formats/turtle.ts'
import { respond } from '../http/caching.ts'
import { linkHeader } from '../http/fixed-route.ts'
import { formatFor } from '../http/formats.ts'
import { queryString, settleQuery } from '../http/query.ts'
import type { Site } from '../http/site.ts'
import { dataLicense } from '../openapi-info.ts'
import { oneOf } from '../schema.ts'
import type { Directory } from '../store/directory.ts'
import type { Records } from '../store/records.ts'
import type { StoredExport } from '../store/stored-exports.ts'
import { Type } from '../typebox.ts'
import { type Exports, exportKinds } from './export-files.ts'

// The dataset for data catalogues: DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/), with the fields that CKAN harvesters
// need.

const datasetPath = '/v1/dataset'

const context = {
  adms: 'http://www.w3.org/ns/adms#',
  dcat: 'http://www.w3.org/ns/dcat#',
  dcterms: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  spdx: 'http://spdx.org/rdf/terms#',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
}

const title = 'Action Line directory'
const keywords = [
  'WSIS',
  'WSIS Action Lines',
  'World Summit on the Information Society',
  'United Nations',
  'WSIS Forum',
]

const english = (text: string) => ({ '@value': text, '@language': 'en' })
const iri = (id: string) => ({ '@id': id })
const typed = (type: string, value: string | number) => ({ '@type': `xsd:${type}`, '@value': String(value) })

const offered = [
  { name: 'jsonld', mediaType: mediaTypes.jsonld },
  { name: 'ttl', mediaType: 'text/turtle; charset=utf-8' },
]
const DatasetQuery = Type.Object(
  {
    format: Type.Optional(
      oneOf(['jsonld', 'ttl'], { description: 'The format. It takes precedence over `Accept`.', examples: ['jsonld'] }),
    ),
  },
  { additionalProperties: false },
)

interface Options {
  open(): Promise<Exports>
  records: Records
  /** The contact as a URL; empty if there is none. */
  contact: string
}

/** Registers the description of the dataset. */
export function datasetDescription(app: FastifyInstance, data: Directory, site: Site, options: Options): void {
  const written = async () => JSON.stringify(descriptionOf(data, site, await options.open(), options))
  app.get(datasetPath, {
    attachValidation: true,
    schema: {
      operationId: 'getDataset',
      summary: 'Describe the dataset',
      description:
        'The dataset in DCAT 3: title, version, licence, period, contact, and each exported file with its length and checksum.',
      tags: ['Exports'],
      querystring: DatasetQuery,
      response: {
        200: {
          description: 'The description.',
          content: {
            'application/ld+json': {
              schema: Type.Object({}, { description: 'JSON-LD 1.1 with its own context.', additionalProperties: true }),
            },
            'text/turtle': { schema: Type.String({ description: 'The same triples as RDF 1.1 Turtle.' }) },
          },
        },
      },
    },
    handler: (request, reply) => {
      const query = settleQuery(site, request, DatasetQuery, {})
      const format = formatFor(request, offered, query.format)
      const url = datasetPath + queryString(query)
      return respond(site, request, reply, {
        url,
        format,
        about: { link: linkHeader(site, url, { collection: `${site.base}/v1/exports` }) },
        write: async () => (format.name === 'ttl' ? turtleOf(await written(), site) : written()),
      })
    },
  })
}

function descriptionOf({ releasedOn }: Directory, site: Site, files: Exports, { records, contact }: Options): object {
  const { base, dataset } = site
  const modified = releasedOn && { 'dcterms:modified': typed('date', releasedOn) }
  const publisher = { '@id': `${base}/`, '@type': 'foaf:Agent', 'foaf:name': title }
  const description = {
    '@id': base + datasetPath,
    '@type': 'dcat:Dataset',
    'dcterms:title': english(title),
    'dcterms:description': english(
      `Who in the UN system coordinates which WSIS Action Line, in the draft, as adopted and today, and which document says so. ${dataLicense.sentence}`,
    ),
    'dcterms:identifier': base + datasetPath,
    'dcat:version': dataset,
    ...modified,
    'dcterms:license': iri(dataLicense.url),
    'dcterms:accessRights': iri('http://publications.europa.eu/resource/authority/access-right/PUBLIC'),
    'dcterms:language': iri('http://publications.europa.eu/resource/authority/language/ENG'),
    'dcterms:publisher': publisher,
    ...(contact && {
      'dcat:contactPoint': {
        '@type': 'vcard:Kind',
        'vcard:fn': title,
        [/^mailto:/i.test(contact) ? 'vcard:hasEmail' : 'vcard:hasURL']: iri(contact),
      },
    }),
    'dcat:keyword': keywords.map(english),
    'dcterms:temporal': periodOf(records),
    'dcterms:provenance': {
      '@type': 'dcterms:ProvenanceStatement',
      'dcterms:description': english('Read in the documents that /v1/sources lists; every statement names its source.'),
    },
    'dcat:landingPage': iri(`${base}/`),
    'foaf:page': iri(`${base}/docs`),
    'dcat:distribution': exportKinds.map((kind) => distributionOf(site, kind, files.get(kind.name) as StoredExport)),
  }
  return { '@context': context, '@graph': [description] }
}

/** The period from the first to the last dated statement. */
function periodOf(records: Records): object {
  const dates = records
    .all('coordinations')
    .flatMap(({ date }) => (date && date.length === 10 ? date : []))
    .sort()
  const [first, last] = [dates.at(0), dates.at(-1)]
  return {
    '@type': 'dcterms:PeriodOfTime',
    ...(first && { 'dcat:startDate': typed('date', first) }),
    ...(last && { 'dcat:endDate': typed('date', last) }),
  }
}

function distributionOf({ base }: Site, kind: (typeof exportKinds)[number], { bytes, sha256 }: StoredExport): object {
  const { name, format } = kind
  const mediaType = format.mediaType.replace(/;.*/, '')
  return {
    '@id': `${base}${datasetPath}#${name}`,
    '@type': 'dcat:Distribution',
    'dcterms:title': english(name),
    'dcat:accessURL': iri(`${base}/v1/exports/current/${name}`),
    'dcat:downloadURL': iri(`${base}/v1/exports/current/${name}`),
    'dcat:mediaType': iri(`https://www.iana.org/assignments/media-types/${mediaType}`),
    'dcterms:license': iri(dataLicense.url),
    'dcat:byteSize': typed('nonNegativeInteger', bytes),
    'spdx:checksum': {
      '@type': 'spdx:Checksum',
      'spdx:algorithm': iri('http://spdx.org/rdf/terms#checksumAlgorithm_sha256'),
      'spdx:checksumValue': typed('hexBinary', sha256),
    },
  }
}
