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
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'

/**
 * Writes a file, piece by piece, that appears at once and whole, or not at all; its folder is made if it is missing.
 * Throws what the file system says: no space, no permission, EEXIST if the file is there and `force` is not set.
 */
export function writeWhole(path: string, pieces: Iterable<string | Buffer>, force = false): void {
  const folder = dirname(path)
  // One folder and no more: in some places, such as /proc, making all of them never ends.
  if (!existsSync(folder)) mkdirSync(folder)
  sweep(path)
  // A hidden name beside the target: on the same disk, so that renaming is one step, and no file of the seed.
  const draft = join(folder, `${draftName(path)}${randomUUID()}.tmp`)
  try {
    writeFileSync(draft, '', { flag: 'wx' })
    for (const piece of pieces) appendFileSync(draft, piece)
    flush(draft)
    if (force) renameSync(draft, path)
    else linkSync(draft, path)
    flush(folder)
  } finally {
    rmSync(draft, { force: true })
  }
}

const draftName = (path: string) => `.${basename(path)}-`

/** Makes what was written, or a rename in a folder, last through a loss of power. */
function flush(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Removes what a killed process left an hour ago or earlier; a younger draft may belong to one that still runs. */
function sweep(path: string): void {
  const name = draftName(path)
  const isDraft = (file: string) => file.startsWith(name) && /^[0-9a-f-]{36}\.tmp$/.test(file.slice(name.length))
  for (const file of readdirSync(dirname(path)).filter(isDraft)) {
    const draft = join(dirname(path), file)
    if (Date.now() - (statSync(draft, { throwIfNoEntry: false })?.mtimeMs ?? 0) > 3_600_000)
      rmSync(draft, { force: true })
  }
}
