import { dataFormats, mediaTypes } from '../formats/data-formats.ts'
import type { Served } from '../http/site.ts'
import { nouns } from '../nouns/index.ts'
import { dataLicense, directoryName } from '../openapi-info.ts'
import type { Records } from '../store/records.ts'

const keywords = [
  'WSIS',
  'World Summit on the Information Society',
  'WSIS Action Lines',
  'Tunis Agenda',
  'United Nations',
  'WSIS Forum',
  'Sustainable Development Goals',
]

/** The directory as a schema.org `Dataset`, with every exported file if the service knows its own URL. */
export function datasetOf(site: Served, records: Records, description: string): object {
  const { base, dataset, contact } = site
  const { date } = records.release()
  const contactPoint = /^mailto:/i.test(contact) ? { email: contact.slice('mailto:'.length) } : { url: contact }
  const creator = {
    '@type': 'Organization',
    name: directoryName,
    ...(base && { url: base }),
    ...(contact && { contactPoint: { '@type': 'ContactPoint', contactType: 'data corrections', ...contactPoint } }),
  }
  return {
    '@type': 'Dataset',
    name: directoryName,
    description,
    version: dataset,
    ...(date && { dateModified: date }),
    license: dataLicense.url,
    creator,
    keywords,
    temporalCoverage: coverageOf(records),
    inLanguage: 'en',
    isAccessibleForFree: true,
    ...(base && { distribution: distributionsOf(base) }),
  }
}

/** From the first dated statement to the last: `2005-11-18/2026-04-06`. */
function coverageOf(records: Records): string {
  const dates = records.all('coordinations').flatMap(({ date }) => date ?? [])
  const [first = '..', last = '..'] = [dates.sort().at(0), dates.at(-1)]
  return `${first}/${last}`
}

function distributionsOf(base: string): object[] {
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
    encodingFormat: String(mediaType).replace(/;.*/, ''),
    contentUrl: `${base}/v1/exports/current/${name}`,
  }))
}
