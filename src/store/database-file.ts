import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { writeWhole } from '../seed/atomic-file.ts'

// The database file: an SQLite file followed by its checksum, so that damaged bytes are never served.

/**
 * The application id in the header of every file built here ("WSIS"), so that no other database is mistaken for one.
 */
export const applicationId = 0x57534953

/** The input of the build of a database: the digests of the seed, of the log of changes, and of the code. */
export function stampIn(client: Sqlite.Database): { dataset: string; log: string; builder: number } {
  const builder = client.pragma('user_version', { simple: true }) as number
  return { ...(client.prepare('select dataset, log from release').get() as { dataset: string; log: string }), builder }
}

const checksumOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest()
const checksumBytes = 32

/**
 * The database in a file with a valid checksum. Undefined if there is no file, or if it is a damaged file of the
 * directory, which may be replaced. Throws Error for any other file, which is left unchanged.
 */
export function readDatabase(path: string): Buffer | undefined {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat || (stat.isFile() && stat.size === 0)) return undefined
  const file = stat.isFile() ? readFileSync(path) : Buffer.alloc(0)
  if (!isDirectory(file))
    throw new Error(
      `${path} is there but is no database of this directory; move it away, or let DATABASE name another file`,
    )
  const bytes = file.subarray(0, -checksumBytes)
  return checksumOf(bytes).equals(file.subarray(-checksumBytes)) ? bytes : undefined
}

/** True if the header of a file shows that it was built here, even if the rest is damaged. */
const isDirectory = (file: Buffer) =>
  file.toString('latin1', 0, 16) === 'SQLite format 3\0' && file.length >= 72 && file.readInt32BE(68) === applicationId

/**
 * Writes a database file atomically. On failure the old file is kept. Throws the error of the file system: no space, no
 * permission.
 */
export function writeDatabase(path: string, bytes: Buffer): void {
  try {
    writeWhole(path, [bytes, checksumOf(bytes)], true)
  } catch (error) {
    throw new Error(`${path} cannot be written; set DATABASE to a file that can: ${(error as Error).message}`, {
      cause: error,
    })
  }
}

/** An exported file as it is stored. */
export interface StoredExport {
  name: string
  /** The length of the file, and its SHA-256 in hex, before any content coding. */
  bytes: number
  sha256: string
  gzip: Buffer
  br: Buffer
}

/** The stored exports for this public URL, by name; empty if there are none. Their bytes are read when needed. */
export function storedExports(client: Sqlite.Database, publicUrl: string): Map<string, StoredExport> {
  const list = 'select name, bytes, sha256 from exports where public_url = ?'
  const files = client.prepare<[string], Omit<StoredExport, 'gzip' | 'br'>>(list).all(publicUrl)
  const read = (name: string, coding: 'gzip' | 'br') =>
    client.prepare(`select ${coding} from exports where public_url = ? and name = ?`).pluck().get(publicUrl, name)
  const stored = (file: (typeof files)[number]): StoredExport => ({
    ...file,
    get gzip() {
      return read(file.name, 'gzip') as Buffer
    },
    get br() {
      return read(file.name, 'br') as Buffer
    },
  })
  return new Map(files.map((file) => [file.name, stored(file)]))
}

/** Stores exported files in a database file, replacing those for another public URL. */
export function storeExports(
  client: Sqlite.Database,
  path: string,
  publicUrl: string,
  files: Iterable<StoredExport>,
): void {
  const copy = new Sqlite(client.serialize())
  try {
    copy.exec('delete from exports')
    const insert = copy.prepare('insert into exports values (:name, :publicUrl, :bytes, :sha256, :gzip, :br)')
    copy.transaction(() => {
      for (const file of files) insert.run({ ...file, publicUrl })
    })()
    writeDatabase(path, copy.serialize())
  } finally {
    copy.close()
  }
}
