import type { FastifyInstance } from 'fastify'
import { turtleOf } from '../formats/as-turtle.ts'
import { bareType } from '../formats/format.ts'
import { fixedRoute } from '../http/operation.ts'
import type { Site } from '../http/site.ts'
import { dataLicense, directoryName, keywords } from '../openapi-info.ts'
import type { StoredExport } from '../store/database-file.ts'
import type { Records } from '../store/records.ts'
import { Type } from '../typebox.ts'
import { type Exports, exportKinds } from './export-files.ts'

// The dataset for data catalogues: DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/), with the fields that CKAN harvesters
// need.

const datasetPath = '/v1/dataset'

const context = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dcterms: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  spdx: 'http://spdx.org/rdf/terms#',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
}

const english = (text: string) => ({ '@value': text, '@language': 'en' })
const iri = (id: string) => ({ '@id': id })
const typed = (type: string, value: string | number) => ({ '@type': `xsd:${type}`, '@value': String(value) })

/** Registers the description of the dataset. */
export function datasetDescription(
  app: FastifyInstance,
  records: Records,
  site: Site,
  open: () => Promise<Exports>,
): void {
  fixedRoute(app, site, {
    path: datasetPath,
    operationId: 'getDataset',
    summary: 'Describe the dataset',
    description:
      'The dataset in DCAT 3: title, version, licence, period, contact, and each exported file with its length and checksum.',
    tag: 'Exports',
    response: [
      'The description.',
      {
        jsonld: Type.Object({}, { description: 'JSON-LD 1.1 with its own context.', additionalProperties: true }),
        ttl: Type.String({ description: 'The same triples as RDF 1.1 Turtle.' }),
      },
    ],
    links: { collection: `${site.base}/v1/exports` },
    async write(_query, format) {
      const text = JSON.stringify(descriptionOf(records, site, await open()))
      return format === 'ttl' ? turtleOf(text, site) : text
    },
  })
}

function descriptionOf(records: Records, site: Site, files: Exports): object {
  const { base, dataset, lastReleasedOn, contact } = site
  const modified = lastReleasedOn && { 'dcterms:modified': typed('date', lastReleasedOn) }
  const publisher = { '@id': `${base}/`, '@type': 'foaf:Agent', 'foaf:name': directoryName }
  const description = {
    '@id': base + datasetPath,
    '@type': 'dcat:Dataset',
    'dcterms:title': english(directoryName),
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
        'vcard:fn': directoryName,
        [/^mailto:/i.test(contact) ? 'vcard:hasEmail' : 'vcard:hasURL']: iri(contact),
      },
    }),
    'dcat:keyword': keywords.map(english),
    'dcterms:temporal': periodOf(records.period()),
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
function periodOf([first, last]: string[]): object {
  return {
    '@type': 'dcterms:PeriodOfTime',
    ...(first && { 'dcat:startDate': typed('date', first) }),
    ...(last && { 'dcat:endDate': typed('date', last) }),
  }
}

function distributionOf({ base }: Site, kind: (typeof exportKinds)[number], { bytes, sha256 }: StoredExport): object {
  const { name, format } = kind
  const mediaType = bareType(format)
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
