import { dataFormats, mediaTypes } from '../formats/data-formats.ts'
import { bareType } from '../formats/format.ts'
import type { Served } from '../http/site.ts'
import { nouns } from '../nouns/index.ts'
import { dataLicense, directoryName, keywords } from '../openapi-info.ts'
import type { Records } from '../store/records.ts'

/** The directory as a schema.org `Dataset`, with every exported file if the service knows its own URL. */
export function datasetOf({ base, dataset, contact }: Served, records: Records, description: string): object {
  const address = /^mailto:/i.test(contact) ? { email: contact.slice('mailto:'.length) } : { url: contact }
  const contactPoint = { '@type': 'ContactPoint', contactType: 'data corrections', ...address }
  return {
    '@type': 'Dataset',
    name: directoryName,
    description,
    version: dataset,
    dateModified: records.release().date,
    license: dataLicense.url,
    creator: { '@type': 'Organization', name: directoryName, url: base, contactPoint: contact && contactPoint },
    keywords,
    temporalCoverage: records.period().join('/'),
    inLanguage: 'en',
    isAccessibleForFree: true,
    distribution: base && filesAt(base),
  }
}

function filesAt(base: string): object[] {
  const formats = dataFormats.filter(({ fileSchema }) => fileSchema)
  const files = [
    ...nouns.flatMap(({ name }) => formats.map((format) => [`${name}.${format.name}`, format.mediaType])),
    ['directory.sqlite', mediaTypes.sqlite],
    ['directory.xlsx', mediaTypes.xlsx],
    ['datapackage.json', mediaTypes.json],
  ]
  return files.map(([name, mediaType]) => ({
    '@type': 'DataDownload',
    name,
    encodingFormat: bareType({ mediaType: String(mediaType) }),
    contentUrl: `${base}/v1/exports/current/${name}`,
  }))
}
