import { nouns } from '../nouns/index.ts'
import type { Noun } from '../nouns/noun.ts'
import { dataLicense } from '../openapi-info.ts'
import { recordsOf } from '../store/collection.ts'
import type { Directory } from '../store/directory.ts'
import type { StoredExport } from '../store/stored-exports.ts'
import type { TSchema } from '../typebox.ts'

// datapackage.json: the CSV files and their columns, as Frictionless Data Package 1.0 describes them.

/** The noun whose ids a column contains, by column. */
const nounsOfColumns: Record<string, string> = {
  parent: 'action-lines',
  actionLine: 'action-lines',
  agency: 'agencies',
  edition: 'editions',
  currentEdition: 'editions',
  contactsEdition: 'editions',
  source: 'sources',
  forum: 'forums',
  session: 'sessions',
}

type Cell = string | number | boolean | null | undefined

/** The description of the CSV files; `csv` returns the exported file of a noun. */
export function dataPackage({ collections, dataset }: Directory, csv: (noun: string) => StoredExport): object {
  const ids = new Map(nouns.map(({ name }) => [name, new Set([...recordsOf(collections, name)].map(idOf))]))
  return {
    profile: 'tabular-data-package',
    name: 'action-line-directory',
    title: 'Action Line directory',
    description: 'Who in the UN system coordinates which WSIS Action Line, and which document says so.',
    version: dataset,
    licenses: [{ name: dataLicense.id, path: dataLicense.url }],
    resources: nouns.map((noun) => {
      const { bytes, sha256 } = csv(noun.name)
      const records = [...recordsOf(collections, noun.name)]
      return {
        profile: 'tabular-data-resource',
        name: noun.name,
        title: noun.title,
        description: [noun.description.list, noun.columnsNote].filter(Boolean).join(' '),
        path: `${noun.name}.csv`,
        format: 'csv',
        mediatype: 'text/csv',
        encoding: 'utf-8',
        bytes,
        hash: `sha256:${sha256}`,
        schema: schemaOf(noun, records, ids),
      }
    }),
  }
}

const idOf = (record: object): string => (record as { id: string }).id

function schemaOf(noun: Noun, records: object[], ids: Map<string, Set<string>>): object {
  const columns = Object.entries(noun.columns).map(([name, cell]) => ({
    name,
    cells: records.map((record) => (cell as (record: object) => Cell)(record)).filter((value) => (value ?? '') !== ''),
  }))
  // A column with ids of several nouns, or several ids in a cell, cannot be a foreign key.
  const foreignKeys = columns.flatMap(({ name, cells }) => {
    const target = nounsOfColumns[name] ?? ''
    const isKey = cells.every((value) => ids.get(target)?.has(String(value)))
    return isKey && ids.has(target)
      ? [{ fields: name, reference: { resource: target === noun.name ? '' : target, fields: 'id' } }]
      : []
  })
  return {
    fields: columns.map(({ name, cells }) => ({ name, type: columnType(cells), ...descriptionOf(noun, name) })),
    missingValues: [''],
    primaryKey: 'id',
    ...(foreignKeys.length > 0 && { foreignKeys }),
  }
}

/** The Table Schema type of all cells. Dates may be partial, so they are strings. */
function columnType(cells: Cell[]): string {
  if (cells.length > 0 && cells.every((value) => typeof value === 'boolean')) return 'boolean'
  if (cells.length > 0 && cells.every((value) => Number.isInteger(value))) return 'integer'
  return cells.length > 0 && cells.every((value) => typeof value === 'number') ? 'number' : 'string'
}

/** The place of a column in the JSON schema, if it is not the property of the same name. */
const places: Record<string, string> = {
  currentAgencies: 'current/agencies',
  currentRole: 'current/role',
  currentEdition: 'current/edition',
  currentDate: 'current/date',
  currentAuthority: 'current/authority',
  currentContacts: 'current/contacts/agencies',
  contactsEdition: 'current/contacts/edition',
  currentLines: 'current/actionLines',
  contactFor: 'current/contactFor',
  edition: 'annex/edition',
  status: 'annex/status',
  date: 'annex/date',
  printedLabel: 'annex/printedLabel',
  printedCoordinators: 'annex/printedCoordinators',
  dateFrom: 'dateRange/from',
  dateTo: 'dateRange/to',
  city: 'headquarters/city',
  country: 'headquarters/country',
  ror: 'identifiers/ror',
  isni: 'identifiers/isni',
  wikidata: 'identifiers/wikidata',
  dacChannel: 'identifiers/dacChannel',
  sourceTitle: 'source/title',
  sourceUrl: 'source/url',
  bases: 'actionLines/basis',
  points: 'sections/points',
  speakers: 'sections/points/speaker',
  text: 'sections/points/text',
  before: 'properties/before',
  after: 'properties/after',
}

const schemas = new Map(nouns.flatMap((noun) => noun.schemas.map((schema) => [`${schema.$id}#`, schema])))

/** The schema behind a reference, a nullable value, or a list. */
function targetOf(schema: TSchema | undefined): TSchema | undefined {
  const inner: TSchema | undefined = schema?.$ref ? schemas.get(schema.$ref) : (schema?.anyOf?.[0] ?? schema?.items)
  return inner ? targetOf(inner) : schema
}

/** The description of a column, from the JSON schema. */
function descriptionOf({ item }: Noun, column: string): { description?: string } {
  // The agencies of a forum are its hosts, those of a session its organizers.
  const party = column === 'agencies' ? `${item.properties.hosts ? 'hosts' : 'organizers'}/agency` : column
  const path = (item.properties[column] ? column : (places[column] ?? party)).split('/')
  const schema = path.reduce<TSchema | undefined>((one, name) => targetOf(one)?.properties?.[name], item)
  const description = schema?.description ?? targetOf(schema)?.description ?? shortReference(schema?.$ref, column)
  return description === undefined ? {} : { description }
}

/** The property of a link, or of the count of a list, that a column contains. */
function shortReference(reference: string | undefined, column: string): string | undefined {
  const words = column.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  if (reference === 'Count#') return `The number of ${words}.`
  return reference === 'Link#' ? `The id of the record in ${nounsOfColumns[column]}.` : undefined
}
