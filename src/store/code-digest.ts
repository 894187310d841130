import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const clone = join(import.meta.dirname, '../..')

/**
 * The folders and files that determine the bytes of the database or of a response. The locked versions of packages do,
 * too.
 */
const deciding = [
  'migrations',
  'openapi/openapi.json',
  'package-lock.json',
  'src/openapi-info.ts',
  'src/app.ts',
  'src/characters.ts',
  'src/commonjs.ts',
  'src/drizzle.ts',
  'src/schema.ts',
  'src/typebox.ts',
  'src/vocabulary.ts',
  'src/formats',
  'src/http',
  'src/names',
  'src/nouns',
  'src/pages',
  'src/seed',
  'src/services',
  'src/store',
]

/**
 * Changes with every file under `root` that affects a byte of the database or of a response, so that neither outlives
 * its code.
 */
export function codeDigest(root = clone): number {
  const hash = createHash('sha256')
  for (const path of deciding.flatMap((path) => filesIn(root, path)))
    hash.update(path).update(readFileSync(join(root, path)))
  return hash.digest().readInt32BE(0)
}

function filesIn(root: string, path: string): string[] {
  if (!statSync(join(root, path)).isDirectory()) return [path]
  const names = readdirSync(join(root, path), { recursive: true, encoding: 'utf8' })
  return names
    .filter((name) => /\.(ts|sql|css|js|svg)$/.test(name))
    .sort()
    .map((name) => join(path, name))
}
