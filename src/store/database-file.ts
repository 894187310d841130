import { closeSync, openSync, readSync, statSync } from 'node:fs'
import Sqlite from 'better-sqlite3'

/** In the header of every file that is built ("WSIS"), so that no other database is taken for one of the directory. */
export const applicationId = 0x57534953

/** What a file was built from: the digests of the seed, of the log of changes, and of the code. */
export interface Stamp {
  dataset: string
  log: string
  builder: number
}

export function stampIn(client: Sqlite.Database): Stamp | undefined {
  const release = client.prepare('select dataset, log from release').get() as Omit<Stamp, 'builder'> | undefined
  return release && { ...release, builder: client.pragma('user_version', { simple: true }) as number }
}

/**
 * What an existing file was built from; undefined if there is none, or if it is the directory's but damaged and may be
 * replaced. Throws Error if the file is another one; it is left as it is.
 */
export function stampOf(path: string): Stamp | undefined {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat || (stat.isFile() && stat.size === 0)) return undefined
  if (!stat.isFile() || !isDirectory(path))
    throw new Error(
      `${path} is there but is no database of this directory; move it away, or let DATABASE name another file`,
    )
  try {
    const client = new Sqlite(path, { readonly: true })
    try {
      if (client.pragma('quick_check', { simple: true }) !== 'ok') return undefined
      return stampIn(client)
    } finally {
      client.close()
    }
  } catch {
    return undefined
  }
}

/** True if the header of a file, which a damage further on leaves alone, says that it was built here. */
function isDirectory(path: string): boolean {
  const header = Buffer.alloc(72)
  const file = openSync(path, 'r')
  try {
    readSync(file, header, 0, header.length, 0)
  } finally {
    closeSync(file)
  }
  return header.toString('latin1', 0, 16) === 'SQLite format 3\0' && header.readInt32BE(68) === applicationId
}
