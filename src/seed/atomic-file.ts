import { randomUUID } from 'node:crypto'
import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'

/**
 * Writes a file piece by piece, so that it appears complete or not at all, creating its folder if it is missing. Throws
 * the error of the file system: no space, no permission, EEXIST if the file exists and `force` is not set.
 */
export function writeWhole(path: string, pieces: Iterable<string | Buffer>, force = false): void {
  const folder = dirname(path)
  try {
    // Not recursive: below some folders, such as /proc, a recursive mkdir never ends.
    mkdirSync(folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
  }
  sweep(path)
  // A hidden name beside the target: on the same disk, so that the rename is atomic, and ignored as a seed file.
  const draft = join(folder, `${draftName(path)}${randomUUID()}.tmp`)
  try {
    for (const piece of pieces) appendFileSync(draft, piece, { flush: true })
    if (force) renameSync(draft, path)
    else linkSync(draft, path)
    flush(folder)
  } finally {
    rmSync(draft, { force: true })
  }
}

const draftName = (path: string) => `.${basename(path)}-`

/** Makes a rename in a folder survive a power failure. */
function flush(folder: string): void {
  const open = openSync(folder, 'r')
  try {
    fsyncSync(open)
  } finally {
    closeSync(open)
  }
}

/** Removes drafts left by a killed process. A draft younger than an hour may belong to a running one. */
function sweep(path: string): void {
  const name = draftName(path)
  const isDraft = (file: string) => file.startsWith(name) && /^[0-9a-f-]{36}\.tmp$/.test(file.slice(name.length))
  for (const file of readdirSync(dirname(path)).filter(isDraft)) {
    const draft = join(dirname(path), file)
    if (Date.now() - (statSync(draft, { throwIfNoEntry: false })?.mtimeMs ?? 0) > 3_600_000)
      rmSync(draft, { force: true })
  }
}
