import { createHash, hash } from 'node:crypto'
import { appendFileSync, closeSync, fstatSync, mkdtempSync, openSync, read, readSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { type Format, formats, mediaTypes } from '../http/formats.ts'
import type { Site } from '../http/site.ts'
import { nouns } from '../nouns/index.ts'
import type { Noun } from '../nouns/noun.ts'
import { hrefOf } from '../nouns/shapes.ts'
import { makeWhole } from '../seed/whole-file.ts'
import { recordsOf, wholeOf } from '../store/collection.ts'
import type { Directory } from '../store/directory.ts'
import { portableBytes } from '../store/portable.ts'

// All exports are in one file, written once for a dataset, a version and a public address: one after the other, then
// the list of them, then the length and the checksum of that list. So it appears at once and whole, and a part of it is a part of a file.

/** What kind of file it is. */
export interface ExportKind {
  name: string
  /** Null for those that hold all nouns. */
  noun: string | null
  format: { name: string; mediaType: string }
}

/** A file, and where it is. */
export interface ExportedFile extends ExportKind {
  /** How many records of the noun it holds; null for those that hold all nouns. */
  records: number | null
  start: number
  bytes: number
  sha256: string
}

/** Reads the exports of a file that is open, so that nothing that happens to its name matters. */
export class ExportFiles {
  readonly #descriptor: number
  readonly files: readonly ExportedFile[]
  /** Why the file is a temporary one, which each start writes anew; undefined if it is where it should be. */
  readonly isElsewhere: unknown

  constructor(descriptor: number, files: readonly ExportedFile[], isElsewhere?: unknown) {
    this.#descriptor = descriptor
    this.files = files
    this.isElsewhere = isElsewhere
  }

  file(name: string): ExportedFile {
    return this.files.find((file) => file.name === name) as ExportedFile
  }

  /** The bytes of a file from `first` up to `end`: as they are if they are few, else as a stream. */
  read({ start, bytes }: ExportedFile, first = 0, end = bytes): Buffer | Readable {
    const length = end - first
    if (length <= mostHeld) return readAt(this.#descriptor, start + first, length)
    return Readable.from(piecesAt(this.#descriptor, start + first, length))
  }

  close(): void {
    closeSync(this.#descriptor)
  }
}

/** The longest part of a file that is held in memory to be sent and cached, in bytes. */
const mostHeld = 1024 * 1024

/** How much is read at once of a longer one. */
const pieceBytes = 64 * 1024

const readNext = promisify(read)

/** As `readAt`, piece by piece. Not by a stream of Node's own, which closes the file when it ends early. */
async function* piecesAt(descriptor: number, start: number, length: number): AsyncIterable<Buffer> {
  for (let at = 0; at < length; at += pieceBytes) {
    const piece = Buffer.allocUnsafe(Math.min(pieceBytes, length - at))
    whole((await readNext(descriptor, piece, 0, piece.length, start + at)).bytesRead, piece)
    yield piece
  }
}

/** What the exports of a site rest on. */
const stampOf = ({ stamp, version, base }: Site) => [stamp, version, base].join('\n')

/**
 * Opens the exports at `path` after writing them if they are missing or rest on something else; where nothing can be
 * written, in a folder for temporary files, in a file without a name. Throws what the file system says if that cannot
 * be written either.
 */
export async function openExports(path: string, data: Directory, site: Site): Promise<ExportFiles> {
  const held = openHeld(path, site)
  if (held) return held
  const { workbookOf } = await import('../http/workbook.ts')
  const workbook = await workbookOf(
    nouns.map(({ name, columns }) => ({ name, columns, records: recordsOf(data.collections, name) })),
  )
  const write = (path: string, isElsewhere?: unknown) => {
    let written: ExportFiles | undefined
    const fill = (draft: string) => {
      for (const piece of contentOf(data, site, workbook)) appendFileSync(draft, piece)
      // Opened before it gets its name: another service may replace the file of that name.
      written = openHeld(draft, site, isElsewhere)
    }
    makeWhole(path, fill, true)
    return written as ExportFiles
  }
  try {
    return write(path)
  } catch (error) {
    return inTemporaryFolder((folder) => write(join(folder, 'exports'), error), error)
  }
}

/** What `write` returns for a folder that is then removed. Throws Error with both causes if there can be none. */
function inTemporaryFolder<Written>(write: (folder: string) => Written, cause: unknown): Written {
  try {
    const folder = mkdtempSync(join(tmpdir(), 'exports-'))
    try {
      return write(folder)
    } finally {
      rmSync(folder, { recursive: true })
    }
  } catch (error) {
    throw new AggregateError([cause, error], `${(cause as Error).message}; ${(error as Error).message}`)
  }
}

/** The files of a site that are at a path; undefined if there are none, or others. */
function openHeld(path: string, site: Site, isElsewhere?: unknown): ExportFiles | undefined {
  let descriptor: number | undefined
  try {
    // To open a pipe would wait for who writes to it.
    if (!statSync(path).isFile()) return undefined
    descriptor = openSync(path, 'r')
    const { size } = fstatSync(descriptor)
    const end = JSON.parse(readAt(descriptor, size - endBytes, endBytes).toString())
    const bytes = readAt(descriptor, size - endBytes - end.bytes, end.bytes)
    const list = JSON.parse(bytes.toString())
    const isWhole = hash('sha256', bytes) === end.sha256 && isUndamaged(descriptor, list.files)
    if (isWhole && list.stamp === stampOf(site)) return new ExportFiles(descriptor, list.files, isElsewhere)
  } catch {
    // What cannot be read is written anew.
  }
  if (descriptor !== undefined) closeSync(descriptor)
  return undefined
}

function isUndamaged(descriptor: number, files: ExportedFile[]): boolean {
  return files.every(({ start, bytes, sha256 }) => {
    const digest = createHash('sha256')
    for (let at = 0; at < bytes; at += mostHeld)
      digest.update(readAt(descriptor, start + at, Math.min(mostHeld, bytes - at)))
    return digest.digest('hex') === sha256
  })
}

/** How long the end of the file is, which says how long the list before it is, and its checksum. */
const endBytes = 128

/** Throws Error if the file ends before. */
function readAt(descriptor: number, start: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length)
  return whole(readSync(descriptor, bytes, 0, length, start), bytes)
}

function whole(read: number, bytes: Buffer): Buffer {
  if (read < bytes.length) throw new Error('the file ends too early')
  return bytes
}

/** The formats in which every noun is a file. */
export const fileFormats = formats.filter(({ fileSchema }) => fileSchema)

const kindOf = (noun: Noun | null, { name, mediaType }: ExportKind['format']): ExportKind => ({
  name: `${noun?.name ?? 'directory'}.${name}`,
  noun: noun?.name ?? null,
  format: { name, mediaType },
})

const database = kindOf(null, { name: 'sqlite', mediaType: mediaTypes.sqlite })
const workbook = kindOf(null, { name: 'xlsx', mediaType: mediaTypes.xlsx })

/** Every file, in the order of the list. */
export const exportKinds: ExportKind[] = [
  ...nouns.flatMap((noun) => fileFormats.map((format) => kindOf(noun, format))),
  database,
  workbook,
]

/** A file to be written, in parts. */
interface Export extends ExportKind {
  records: number | null
  parts: Iterable<string | Buffer>
}

/** The file that holds all others, in pieces. */
function* contentOf(data: Directory, site: Site, workbookBytes: Buffer): Iterable<Buffer> {
  const exports: Export[] = [
    ...nouns.flatMap((noun) => fileFormats.map((format) => exportOf(data, site, noun, format))),
    { ...database, records: null, parts: [portableBytes(data)] },
    { ...workbook, records: null, parts: [workbookBytes] },
  ]
  const files: ExportedFile[] = []
  let start = 0
  for (const { parts, ...file } of exports) {
    const digest = createHash('sha256')
    let bytes = 0
    for (const part of parts) {
      const piece = Buffer.from(part)
      digest.update(piece)
      bytes += piece.length
      yield piece
    }
    files.push({ ...file, start, bytes, sha256: digest.digest('hex') })
    start += bytes
  }
  const list = Buffer.from(JSON.stringify({ stamp: stampOf(site), files }))
  yield list
  yield Buffer.from(JSON.stringify({ bytes: list.length, sha256: hash('sha256', list) }).padEnd(endBytes))
}

/** A noun as the list of all its records. */
function exportOf({ collections }: Directory, site: Site, noun: Noun, format: Format): Export {
  const { total, batches } = wholeOf(collections, noun.name)
  const self = site.base + hrefOf(noun.name)
  const links = { self, first: self, next: null, alternate: self }
  const page = { site, list: noun, noun, batches, total, nextCursor: null, links, name: self, filters: {} }
  // Files are never written with an asynchronous format.
  const parts = format.parts(page) as Iterable<string | Buffer>
  return { ...kindOf(noun, format), records: total, parts: format.name === 'csv' ? marked(parts) : parts }
}

/** Spreadsheets take a CSV file for UTF-8 if it says so; no other file and no list has a byte order mark. */
function* marked(parts: Iterable<string | Buffer>): Iterable<string | Buffer> {
  yield '\ufeff'
  yield* parts
}
