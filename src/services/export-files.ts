import { hash } from 'node:crypto'
import { workbookOf } from '../formats/as-xlsx.ts'
import { dataFormats, mediaTypes } from '../formats/data-formats.ts'
import type { Format, Origin } from '../formats/format.ts'
import { joinedInTurns } from '../http/body-cache.ts'
import { encoded } from '../http/coding.ts'
import { cellIn, descriptionOf, nounsOfColumns } from '../nouns/columns.ts'
import { nouns } from '../nouns/index.ts'
import type { Cell, Column, Noun } from '../nouns/noun.ts'
import { hrefOf } from '../nouns/shapes.ts'
import { about, dataLicense, directoryName } from '../openapi-info.ts'
import { recordsOf, wholeOf } from '../store/collection.ts'
import { type StoredExport, storedExports, storeExports } from '../store/database-file.ts'
import type { Directory } from '../store/directory.ts'
import { portableBytes } from '../store/exported-database.ts'

/** The exported files by name. */
export type Exports = Map<string, StoredExport>

/** A directory under a public URL. */
type Exported = Directory & Origin

/** A kind of exported file. */
interface ExportKind {
  name: string
  /** Null for files with all nouns. */
  noun: string | null
  format: { name: string; mediaType: string }
  /** The bytes of the file; `made`: the files before it. */
  make(data: Exported, made: Exports): Buffer | Promise<Buffer>
}

/** The formats in which every noun is exported. */
export const fileFormats = dataFormats.filter(({ fileSchema }) => fileSchema)

const formatOf = (name: keyof typeof mediaTypes) => ({ name, mediaType: mediaTypes[name] })

/** All files, in list order. */
export const exportKinds: ExportKind[] = [
  ...nouns.flatMap((noun) =>
    fileFormats.map(
      (format): ExportKind => ({
        name: `${noun.name}.${format.name}`,
        noun: noun.name,
        format,
        make: (data) => wholeList(data, noun, format),
      }),
    ),
  ),
  { name: 'directory.sqlite', noun: null, format: formatOf('sqlite'), make: portableBytes },
  {
    name: 'directory.xlsx',
    noun: null,
    format: formatOf('xlsx'),
    make(data) {
      const sheets = nouns.map((noun) => ({ ...noun, records: recordsOf(data.collections, noun.name) }))
      return workbookOf(sheets, data, `${data.base}/v1/exports/current/directory.xlsx`)
    },
  },
  {
    name: 'datapackage.json',
    noun: null,
    format: formatOf('json'),
    make: (data, made) => Buffer.from(JSON.stringify(dataPackage(data, made))),
  },
]

/**
 * The exported files of a directory under a public URL, by name: read from its database file, or made and stored there.
 * If that file is not writable, they are made at each start.
 */
export async function exportsOf(directory: Directory, publicUrl: string): Promise<Exports> {
  const { client, path } = directory
  const stored = storedExports(client, publicUrl)
  if (stored.size > 0) return stored
  const data = { ...directory, base: publicUrl, contact: '' }
  const made: Exports = new Map()
  for (const { name, make } of exportKinds) {
    const file = await make(data, made)
    const [gzip, br] = [await encoded(file, 'gzip'), await encoded(file, 'br')]
    made.set(name, { name, bytes: file.length, sha256: hash('sha256', file), gzip, br })
  }
  try {
    if (path !== undefined) storeExports(client, path, publicUrl, made.values())
  } catch {
    // Served from memory.
  }
  return made
}

/** The complete list of a noun's records, as a browser gets it: a CSV file with a byte order mark. */
function wholeList(site: Exported, noun: Noun, format: Format): Promise<Buffer> {
  const { total, items } = wholeOf(site.collections, noun.name)
  const self = site.base + hrefOf(noun.name)
  const links = { self, first: self, next: null, alternate: self }
  const page = { site, list: noun, batches: [items], total, nextCursor: null, links, filters: {} }
  return joinedInTurns((format.inBrowser ?? format).parts(page))
}

/** The CSV files and their columns, as Frictionless Data Package 1.0 describes them. */
function dataPackage({ collections, dataset }: Directory, files: Exports): object {
  const recordsIn = (noun: string): { id: string }[] => [...recordsOf(collections, noun)]
  const records = new Map(nouns.map(({ name }) => [name, recordsIn(name)]))
  const ids = new Map([...records].map(([name, all]) => [name, new Set(all.map(({ id }) => id))]))
  return {
    profile: 'tabular-data-package',
    name: 'action-line-directory',
    title: directoryName,
    description: about.summary,
    version: dataset,
    licenses: [{ name: dataLicense.id, path: dataLicense.url }],
    resources: nouns.map((noun) => {
      const { bytes, sha256 } = files.get(`${noun.name}.csv`) as StoredExport
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
        schema: schemaOf(noun, records.get(noun.name) ?? [], ids),
      }
    }),
  }
}

function schemaOf(noun: Noun, records: object[], ids: Map<string, Set<string>>): object {
  const columns = Object.entries(noun.columns).map(([name, column]) => ({
    name,
    cells: records.map((record) => cellIn(column as Column<object>, record)).filter((value) => (value ?? '') !== ''),
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
    fields: columns.map(({ name, cells }) => ({
      name,
      type: columnType(cells),
      description: descriptionOf(noun, name),
    })),
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
