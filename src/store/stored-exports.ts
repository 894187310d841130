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

/** The stored exports for this public URL, by name; empty if there are none. */
export function storedExports(client: Sqlite.Database, publicUrl: string): Map<string, StoredExport> {
  const files = client
    .prepare<[string], StoredExport>('select name, records, bytes, sha256, gzip, br from exports where public_url = ?')
    .all(publicUrl)
  return new Map(files.map((file) => [file.name, file]))
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
