import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import t from 'tap'

// The import arrows of CONTRIBUTING.md, "The code". Types count: a file that needs another's types needs the other.

const root = join(import.meta.dirname, '..')
const files = globSync(['src/**/*.ts', 'importer/**/*.ts'], { cwd: root })

/** The project's files that a file imports, for values or for types only. */
const importsOf = (file: string): string[] =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+\.ts)'/g)].map(([, path]) =>
    relative(root, join(root, dirname(file), String(path))),
  )
const imports = new Map(files.map((file) => [file, importsOf(file)]))

/** The room of a file: its folder, or its name if it is at the top of src/. */
const roomOf = (file: string): string =>
  file
    .replace(/^src\/(?:(\w[\w-]*)\/)?.*?([\w-]+)\.ts$/, (_, folder, name) => folder ?? name)
    .replace(/^importer\/.*/, 'importer')

/** The tools that every room may use: texts and libraries. */
const tools = ['openapi-info', 'characters', 'commonjs', 'drizzle', 'typebox', 'vocabulary']
const arrows: Record<string, string[]> = {
  names: [],
  seed: ['names'],
  nouns: ['seed', 'names'],
  store: ['nouns', 'seed', 'names'],
  http: ['formats', 'nouns', 'names'],
  formats: ['nouns'],
  services: ['store', 'http', 'formats', 'nouns', 'seed', 'names'],
  pages: ['store', 'http', 'formats', 'nouns'],
  importer: ['seed', 'names'],
}

t.test('each folder imports only what its arrows lead to', async (t) => {
  for (const [file, imported] of imports)
    for (const other of imported) {
      const [from, to] = [roomOf(file), roomOf(other)]
      const allowed = arrows[from]
      if (allowed && from !== to && !tools.includes(to)) t.ok(allowed.includes(to), `${file} → ${other}`)
    }
})

t.test('no file imports itself by way of others, for types neither', async (t) => {
  const done = new Set<string>()
  const visit = (file: string, path: string[]): void => {
    const at = path.indexOf(file)
    if (at >= 0) t.fail([...path.slice(at), file].join(' → '))
    if (at >= 0 || done.has(file)) return
    for (const other of imports.get(file) ?? []) visit(other, [...path, file])
    done.add(file)
  }
  for (const file of files) visit(file, [])
  t.ok(done.size > 100)
})
