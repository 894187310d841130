import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OutcomeFile } from '../data/seed-outcomes.ts'
import { Refusal } from './line.ts'

/** The text of a seed file: two blanks a level, and a newline at its end. */
export const textOf = (outcome: OutcomeFile) => `${JSON.stringify(outcome, null, 2)}\n`

/**
 * Writes the seed file and gives its path. It appears at once and whole, or not at all.
 * Throws Refusal when it is there already and `force` is not set, and when it cannot be written.
 */
export function writeSeedFile(folder: string, outcome: OutcomeFile, force: boolean): string {
  const path = join(folder, `${outcome.session}.json`)
  try {
    mkdirSync(folder, { recursive: true })
    // A hidden name beside the target: on the same disk, so that renaming is one step.
    writeThrough(join(folder, `.${outcome.session}-${randomUUID()}.tmp`), path, textOf(outcome), force)
  } catch (error) {
    const { code, syscall, message } = error as NodeJS.ErrnoException
    const exists = code === 'EEXIST' && syscall === 'link'
    throw new Refusal(exists ? `${path} is there already: --force overwrites it` : `cannot be written: ${message}`)
  }
  return path
}

function writeThrough(draft: string, path: string, text: string, force: boolean): void {
  try {
    writeFileSync(draft, text, { flag: 'wx', flush: true })
    if (force) renameSync(draft, path)
    else linkSync(draft, path)
  } finally {
    rmSync(draft, { force: true })
  }
}
