import { hash } from 'node:crypto'
import { dataFormats, mediaTypes } from '../formats/data-formats.ts'
import type { Format } from '../formats/format.ts'
import { encodedNow } from '../http/coding.ts'
import type { Site } from '../http/site.ts'
import { nouns } from '../nouns/index.ts'
import type { Noun } from '../nouns/noun.ts'
import { hrefOf } from '../nouns/shapes.ts'
import { recordsOf, wholeOf } from '../store/collection.ts'
import type { Directory } from '../store/directory.ts'
import { portableBytes } from '../store/exported-database.ts'
import { type StoredExport, storedExports, storeExports } from '../store/stored-exports.ts'
import { dataPackage } from './data-package.ts'

/** The exported files by name. */
export type Exports = Map<string, StoredExport>

/** A kind of exported file. */
export interface ExportKind {
  name: string
  /** Null for files with all nouns. */
  noun: string | null
  format: { name: string; mediaType: string }
}

/** The formats in which every noun is exported. */
export const fileFormats = dataFormats.filter(({ fileSchema }) => fileSchema)

const exportKind = (noun: Noun | null, { name, mediaType }: ExportKind['format']): ExportKind => ({
  name: `${noun?.name ?? 'directory'}.${name}`,
  noun: noun?.name ?? null,
  format: { name, mediaType },
})

const database = exportKind(null, { name: 'sqlite', mediaType: mediaTypes.sqlite })
const workbook = exportKind(null, { name: 'xlsx', mediaType: mediaTypes.xlsx })

const description: ExportKind = {
  ...exportKind(null, { name: 'json', mediaType: mediaTypes.json }),
  name: 'datapackage.json',
}

/** All files, in list order. */
export const exportKinds: ExportKind[] = [
  ...nouns.flatMap((noun) => fileFormats.map((format) => exportKind(noun, format))),
  database,
  workbook,
  description,
]

/**
 * The exported files of a directory, by name: read from its database file, or made and stored there. If that file is
 * not writable, they are made at each start.
 */
export async function exportsOf(data: Directory, site: Site): Promise<Exports> {
  const stored = storedExports(data.client, site.base)
  if (stored.size > 0) return stored
  const made: Exports = new Map()
  for await (const file of makeExports(data, site)) made.set(file.name, file)
  try {
    if (data.path !== undefined) storeExports({ client: data.client, path: data.path }, site.base, made.values())
  } catch {
    // Served from memory.
  }
  return made
}

async function* makeExports(data: Directory, site: Site): AsyncIterable<StoredExport> {
  const csv = new Map<string, StoredExport>()
  for (const noun of nouns) {
    const { total } = wholeOf(data.collections, noun.name)
    for (const format of fileFormats) {
      const file = exported(exportKind(noun, format).name, total, encodedList(data, site, noun, format))
      if (format.name === 'csv') csv.set(noun.name, file)
      yield file
    }
  }
  yield exported(database.name, null, portableBytes(data))
  const { workbookOf } = await import('../formats/as-xlsx.ts')
  const sheets = nouns.map(({ name, item, columns, columnsNote }) => ({
    name,
    item,
    columns,
    columnsNote,
    records: recordsOf(data.collections, name),
  }))
  yield exported(workbook.name, null, await workbookOf(sheets, site, `${site.base}/v1/exports/current/directory.xlsx`))
  const described = dataPackage(data, (noun) => csv.get(noun) as StoredExport)
  yield exported(description.name, null, Buffer.from(JSON.stringify(described)))
}

const exported = (name: string, records: number | null, file: Buffer): StoredExport => ({
  name,
  records,
  bytes: file.length,
  sha256: hash('sha256', file),
  ...encodedNow(file),
})

/**
 * The complete list of a noun's records. Spreadsheet programs read a CSV file as UTF-8 only if it begins with a byte
 * order mark.
 */
function encodedList({ collections }: Directory, site: Site, noun: Noun, format: Format): Buffer {
  const { total, batches } = wholeOf(collections, noun.name)
  const self = site.base + hrefOf(noun.name)
  const links = { self, first: self, next: null, alternate: self }
  const page = { site, list: noun, noun, batches, total, nextCursor: null, links, name: self, filters: {} }
  // No file format is asynchronous.
  const parts = [...(format.parts(page) as Iterable<string | Buffer>)].map((part) => Buffer.from(part))
  return Buffer.concat([Buffer.from(format.name === 'csv' ? '\ufeff' : ''), ...parts])
}
