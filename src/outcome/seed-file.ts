import { randomUUID } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { Refusal } from './line.ts'
import type { OutcomeFile } from './outcome-document.ts'

/** The text of a seed file: two blanks a level, and a newline at its end. */
export const textOf = (outcome: OutcomeFile) => `${JSON.stringify(outcome, null, 2)}\n`

/**
 * Writes the seed file and gives its path. It appears at once and whole, or not at all.
 * Throws Refusal when it is there already and `force` is not set, and when it cannot be written.
 */
export function writeSeedFile(folder: string, outcome: OutcomeFile, force: boolean): string {
  const path = join(folder, `${outcome.session}.json`)
  // A hidden name beside the target: on the same disk, so that renaming is one step.
  const draft = join(folder, `.${outcome.session}-${randomUUID()}.tmp`)
  try {
    mkdirSync(folder, { recursive: true })
    const file = openSync(draft, 'wx')
    try {
      writeFileSync(file, textOf(outcome))
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    if (force) renameSync(draft, path)
    else linkSync(draft, path)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new Refusal(
      code === 'EEXIST' ? `${path} is there already: --force overwrites it` : `cannot be written: ${message}`,
    )
  } finally {
    rmSync(draft, { force: true })
  }
  return path
}
