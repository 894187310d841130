import Sqlite from 'better-sqlite3'
import { writeDatabase } from './database-file.ts'

/** An exported file as it is stored. */
export interface StoredExport {
  name: string
  /** The number of records in its collection; null for a file of all collections. */
  records: number | null
  /** The length of the file, and its SHA-256 in hex, before any content coding. */
  bytes: number
  sha256: string
  gzip: Buffer
  br: Buffer
}

/** The stored exports for this public URL, by name; empty if there are none. Their bytes are read when needed. */
export function storedExports(client: Sqlite.Database, publicUrl: string): Map<string, StoredExport> {
  const files = client
    .prepare<[string], Omit<StoredExport, 'gzip' | 'br'>>(
      'select name, records, bytes, sha256 from exports where public_url = ?',
    )
    .all(publicUrl)
  const reader = (coding: 'gzip' | 'br') => {
    const read = client.prepare(`select ${coding} from exports where public_url = ? and name = ?`).pluck()
    return (name: string) => read.get(publicUrl, name) as Buffer
  }
  const [gzipOf, brOf] = [reader('gzip'), reader('br')]
  const stored = (file: (typeof files)[number]): StoredExport => ({
    ...file,
    get gzip() {
      return gzipOf(file.name)
    },
    get br() {
      return brOf(file.name)
    },
  })
  return new Map(files.map((file) => [file.name, stored(file)]))
}

/** Stores exported files in a database file, replacing those for another public URL. */
export function storeExports(
  { client, path }: { client: Sqlite.Database; path: string },
  publicUrl: string,
  files: Iterable<StoredExport>,
): void {
  const copy = new Sqlite(client.serialize())
  try {
    copy.exec('delete from exports')
    const insert = copy.prepare('insert into exports values (:name, :publicUrl, :records, :bytes, :sha256, :gzip, :br)')
    copy.transaction(() => {
      for (const file of files) insert.run({ ...file, publicUrl })
    })()
    writeDatabase(path, copy.serialize())
  } finally {
    copy.close()
  }
}
