import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { Test } from 'tap'
import { SeedError } from '../src/seed/findings.ts'
import { readSeed, seedFolder } from '../src/seed/seed.ts'

/** A record of a seed file as written by a person: of any shape. */
export type Loose = Record<string, unknown>

/**
 * A fault in a seed: its title, the change, and the expected error: `<file>:<place> <word>`, or for some the whole
 * line.
 */
export interface WrongSeed {
  title: string
  spoil: (seed: SeedCopy) => void
  errors: string[]
}

/** True if an error is the one expected. */
export function isError(error: string, expected: string): boolean {
  if (expected.startsWith('seed/')) return error === expected
  const at = expected.lastIndexOf(' ')
  const place = `seed/${expected.slice(0, at)}: `
  return error.startsWith(place) && error.slice(place.length).includes(expected.slice(at + 1))
}

/** A folder that goes away with the test. */
export function temporaryFolder(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'action-line-directory-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A copy of a seed, for changes: of the real one, unless `from` is the folder of another. */
export class SeedCopy {
  readonly folder: string

  /**
   * Without `log` it has no log of changes, most of a seed's bytes, as if it was never released. If `isShort`, it has
   * only ten sessions, no outcome document and no log.
   */
  constructor(t: Test, { from = seedFolder, log = true, isShort = false } = {}) {
    this.folder = join(temporaryFolder(t), 'seed')
    const omitted = isShort ? ['changes', 'outcomes'] : log ? [] : ['changes']
    cpSync(from, this.folder, { recursive: true, filter: (path) => !omitted.includes(basename(dirname(path))) })
    if (isShort) this.change('sessions.json', (sessions) => sessions.splice(10))
  }

  path(file: string): string {
    return join(this.folder, file)
  }

  text(file: string): string {
    return readFileSync(this.path(file), 'utf8')
  }

  write(file: string, content: string | Uint8Array): void {
    writeFileSync(this.path(file), content)
  }

  remove(file: string): void {
    rmSync(this.path(file))
  }

  /** Replaces the first of one text by another. */
  replace(file: string, from: string, to: string): void {
    const before = this.text(file)
    if (!before.includes(from)) throw new Error(`seed/${file} has no ${from}`)
    this.write(
      file,
      before.replace(from, () => to),
    )
  }

  /** Changes the content of a JSON file. */
  change<Content = Loose[]>(file: string, change: (content: Content) => void): void {
    const records: Content = JSON.parse(this.text(file))
    change(records)
    this.write(file, JSON.stringify(records, null, 2))
  }

  /** Sets one property of one record. */
  set(file: string, index: number, property: string, value: unknown): void {
    this.change(file, (records) => Object.assign(records[index] ?? {}, { [property]: value }))
  }

  /** Its errors; empty if it is valid. Any error but SeedError is rethrown. */
  errors(): readonly string[] {
    try {
      readSeed(this.folder)
      return []
    } catch (error) {
      if (error instanceof SeedError) return error.errors
      throw error
    }
  }
}
