import { appendFileSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { codeDigest, openDirectory } from '../src/store/directory.ts'
import { builtDatabase, serve } from './service.ts'
import { temporaryFolder } from './wrong-seed.ts'

// The digest of the code is in every ETag, and shows when the database must be rebuilt.

const clone = join(import.meta.dirname, '..')

/** A copy of all files that the digest may read. */
const copy = temporaryFolder(t)
for (const path of ['src', 'migrations', 'openapi', 'package-lock.json'])
  cpSync(join(clone, path), join(copy, path), { recursive: true })

/** The digest of the copy with this text at the end of a file. The copy is restored. */
function digestWith(path: string, text: string): string | number {
  const file = join(copy, path)
  const before = existsSync(file) ? readFileSync(file) : undefined
  appendFileSync(file, text)
  const digest = codeDigest(copy)
  if (before) writeFileSync(file, before)
  else rmSync(file)
  return digest
}

/** The folders of src/. */
const rooms = readdirSync(join(clone, 'src'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => `src/${name}`)

const filesIn = (path: string) => readdirSync(join(clone, path), { recursive: true, encoding: 'utf8' })
const firstIn = (path: string, ending: string) =>
  join(path, String(filesIn(path).find((name) => name.endsWith(ending))))

t.test('a copy of the code has the digest of the code', async (t) => {
  t.equal(codeDigest(copy), codeDigest())
})

for (const path of [
  ...rooms.map((room) => firstIn(room, '.ts')),
  'src/openapi-info.ts',
  'src/app.ts',
  'src/characters.ts',
  'src/commonjs.ts',
  'src/drizzle.ts',
  'src/typebox.ts',
  'src/vocabulary.ts',
  firstIn('migrations', '.sql'),
  'openapi/openapi.json',
  'package-lock.json',
])
  t.test(`a change in ${path} is another digest`, async (t) => {
    t.not(digestWith(path, '\n'), codeDigest())
  })

for (const room of rooms)
  t.test(`a new file in ${room} is another digest`, async (t) => {
    t.not(digestWith(join(room, 'new.ts'), ''), codeDigest())
  })

for (const path of [
  'src/server.ts',
  'src/config.ts',
  'src/release.ts',
  'src/openapi.ts',
  'src/openapi-shared.ts',
  'src/seed-check.ts',
  'src/build-database.ts',
])
  t.test(`a comment in ${path}, which decides no byte, leaves the digest as it was`, async (t) => {
    t.equal(digestWith(path, '// A comment.\n'), codeDigest())
  })

t.test('the digest is in the database that is served', async (t) => {
  await serve(t)
  const { client } = openDirectory(builtDatabase)
  t.equal(client.pragma('user_version', { simple: true }), codeDigest())
  client.close()
})
