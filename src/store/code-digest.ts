import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const clone = join(import.meta.dirname, '../..')

/** The files in src/ that do not count: those that start a process, or write the OpenAPI document or a release. */
const others = /^src\/(?:build-database|config|examples|openapi|openapi-shared|release|seed-check|server)\.ts$/

/**
 * Changes with every file under `root` that affects a byte of the database or of a response, so that neither outlives
 * its code. The locked versions of packages do, too.
 */
export function codeDigest(root = clone): number {
  const hash = createHash('sha256')
  const paths = ['openapi/openapi.json', 'package-lock.json', ...filesIn(root, 'migrations'), ...filesIn(root, 'src')]
  for (const path of paths) hash.update(path).update(readFileSync(join(root, path)))
  return hash.digest().readInt32BE(0)
}

const filesIn = (root: string, folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => /\.(ts|sql|css|js|svg)$/.test(path) && !others.test(path))
    .sort()
