import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/**
 * Writes a file that appears at once and whole, or not at all; its folder is made if it is missing.
 * Throws what the file system says: no space, no permission, EEXIST if the file exists and `force` is not set.
 */
export function writeWhole(path: string, text: string, force = false): void {
  mkdirSync(dirname(path), { recursive: true })
  // A hidden name beside the target: on the same disk, so that renaming is one step, and no file of the seed.
  const draft = join(dirname(path), `.${basename(path)}-${randomUUID()}.tmp`)
  try {
    writeFileSync(draft, text, { flag: 'wx', flush: true })
    if (force) renameSync(draft, path)
    else linkSync(draft, path)
  } finally {
    rmSync(draft, { force: true })
  }
}
