import { join } from 'node:path'
import type { OutcomeFile } from '../seed/outcome-documents.ts'
import { writeWhole } from '../seed/whole-file.ts'
import { Refusal } from './line.ts'

/** The text of a seed file: two blanks a level, and a newline at its end. */
export const textOf = (outcome: OutcomeFile) => `${JSON.stringify(outcome, null, 2)}\n`

/**
 * Writes the seed file and gives its path.
 * Throws Refusal when it is there already and `force` is not set, and when it cannot be written.
 */
export function writeSeedFile(folder: string, outcome: OutcomeFile, force: boolean): string {
  const path = join(folder, `${outcome.session}.json`)
  try {
    writeWhole(path, textOf(outcome), force)
  } catch (error) {
    const { code, syscall, message } = error as NodeJS.ErrnoException
    const exists = code === 'EEXIST' && syscall === 'link'
    throw new Refusal(exists ? `${path} is there already: --force overwrites it` : `cannot be written: ${message}`)
  }
  return path
}
