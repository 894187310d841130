import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Test } from 'tap'
import { seedFolder } from '../src/seed/seed.ts'
import { type Directory, openDirectory } from '../src/store/directory.ts'
import { builtDatabase } from './service.ts'
import { temporaryFolder } from './wrong-seed.ts'

/** The directory at a path, closed with the test; `warnings` collects its warnings. */
export function open(t: Test, path: string, seed = seedFolder, warnings: unknown[] = []): Directory {
  const directory = openDirectory(path, (warning) => warnings.push(warning), seed)
  t.teardown(() => directory.client.close())
  return directory
}

/** A copy of the built database of the real seed in a temporary folder, so that a test need not build one. */
export function copyOfBuilt(t: Test, folder = temporaryFolder(t)): string {
  const path = join(folder, 'directory.sqlite')
  openDirectory(builtDatabase).client.close()
  copyFileSync(builtDatabase, path)
  return path
}

/** The number of action lines in a directory: 22 if it is complete. */
export function linesIn(directory: Directory): unknown {
  return directory.client.prepare('select count(*) from action_lines').pluck().get()
}

/** The content of every table of a database file, in the order of its rows. */
export function rowsOf(path: string): Map<string, unknown[]> {
  const client = new Sqlite(path, { readonly: true })
  const tables = client
    .prepare(
      "select name from sqlite_schema where type = 'table' and name not like '\\_\\_%' escape '\\' order by name",
    )
    .pluck()
    .all()
  const rows = tables.map((name): [string, unknown[]] => [`${name}`, client.prepare(`select * from "${name}"`).all()])
  client.close()
  return new Map(rows)
}
