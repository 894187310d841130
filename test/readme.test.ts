import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import packageJson from '../package.json' with { type: 'json' }
import { Config } from '../src/config.ts'
import { serve } from './service.ts'

const root = join(import.meta.dirname, '..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const shell = promisify(execFile)

/** The commands of the console blocks, each with the lines that it is said to print. */
const commands = [...readme.matchAll(/```console\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
  block
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command = '', ...printed] = part.split('\n')
      return { command, printed: printed.join('\n').trimEnd() }
    }),
)

const hasCurl = await shell('curl', ['--version']).then(
  () => true,
  () => false,
)

t.test(
  'the curl lines of the README print what it says',
  {
    skip: hasCurl ? false : 'there is no curl here',
  },
  async (t) => {
    const service = await serve(t)
    t.ok(commands.length >= 10)
    for (const { command, printed } of commands) {
      const { stdout } = await shell('bash', ['-c', command.replaceAll('http://127.0.0.1:3000', service.url)])
      const said = stdout.replaceAll(service.url, 'http://127.0.0.1:3000').replaceAll('\r', '').trimEnd()
      let from = 0
      for (const [index, part] of printed.split('…').entries()) {
        const at = said.indexOf(part, from)
        t.ok(index === 0 ? at === 0 : at >= 0, `${command} prints ${part}`)
        from = at + part.length
      }
      if (!printed.endsWith('…') && !printed.includes('…')) t.equal(said, printed, command)
    }
  },
)

t.test('every setting is in the README with its default, and no other', (t) => {
  const rows = [...readme.matchAll(/^\| `([A-Z_]+)` \| (.+?) \|/gm)].map(([, name, value]) => [
    name,
    value?.replaceAll('`', ''),
  ])
  const settings = Object.entries(Config.properties).map(([name, { default: value }]) => [
    name,
    value === '' ? 'none' : String(value),
  ])
  t.same(rows, settings)
  t.end()
})

t.test('every dependency is argued in the README, and every command of it is there', (t) => {
  const argued = readme.slice(readme.indexOf('## Dependencies'))
  for (const name of [...Object.keys(packageJson.dependencies), ...Object.keys(packageJson.devDependencies)])
    if (!name.startsWith('@types/')) t.ok(argued.includes(`\`${name}\``), name)
  for (const name of Object.keys(packageJson.scripts)) t.match(readme, new RegExp(`npm (run )?${name}\\b`), name)
  for (const [, name = ''] of readme.matchAll(/`npm run ([\w:-]+)/g)) t.ok(name in packageJson.scripts, name)
  t.end()
})

t.test('the changelog and the package have the same version', (t) => {
  const [, version] = /^## (\S+)/m.exec(readFileSync(join(root, 'CHANGELOG.md'), 'utf8')) ?? []
  t.equal(version, packageJson.version)
  t.end()
})
