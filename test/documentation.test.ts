// The documentation of the service is true: the OpenAPI document, README.md and CHANGELOG.md.

import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { Ajv2020 } from 'ajv/dist/2020.js'
import t from 'tap'
import { parse } from 'yaml'
import packageJson from '../package.json' with { type: 'json' }
import { Config } from '../src/config.ts'
import { documentFile } from '../src/http/description.ts'
import { target } from './fuzz/document.ts'
import { builtDatabase, publicUrl, serve } from './service.ts'
import { temporaryFolder } from './wrong-seed.ts'

// biome-ignore lint/suspicious/noExplicitAny: the test walks the document, whatever it holds.
type Any = any
const root = join(import.meta.dirname, '..')
const shell = promisify(execFile)
const document: Any = JSON.parse(readFileSync(documentFile, 'utf8'))
const operations: [string, Any][] = Object.entries<Any>(document.paths).map(([path, { get, post }]) => [
  path,
  get ?? post,
])
const follow = (node: Any): Any => target(document, node)

const service = await serve(t)
const has = (command: string) =>
  shell(command, ['--version']).then(
    () => true,
    () => false,
  )
const hasTools = (await has('curl')) && (await has('jq'))

t.test('the file of openapi/ is what npm run openapi writes today', async (t) => {
  const folder = temporaryFolder(t)
  const env = { ...process.env, DATABASE: builtDatabase }
  await shell(process.execPath, [join(root, 'src/openapi.ts'), folder], { env })
  t.equal(readFileSync(join(folder, basename(documentFile)), 'utf8'), readFileSync(documentFile, 'utf8'))
})

t.test('/openapi.yaml is the document as YAML, with the public address', async (t) => {
  const behind = await serve(t, { publicUrl })
  const { text, headers } = await behind.ask('/openapi.yaml')
  t.equal(headers['content-type'], 'application/yaml')
  const yaml = parse(text)
  t.same(yaml, (await behind.ask('/openapi.json')).json)
  t.equal(yaml.servers[0].url, 'https://directory.example.org/wsis')
})

t.test('/openapi.yaml is cached, and answers HEAD and other formats as every address does', async (t) => {
  const { headers, text } = await service.send('/openapi.yaml')
  const held = { 'if-none-match': String(headers.etag) }
  t.equal((await service.send('/openapi.yaml', held)).status, 304)
  t.not(headers.etag, (await service.send('/openapi.json')).headers.etag)
  const head = await service.send('/openapi.yaml', {}, 'HEAD')
  t.same([head.status, head.text, head.headers['content-length']], [200, '', String(Buffer.byteLength(text))])
  t.equal((await service.send('/openapi.yaml', { 'accept-encoding': 'gzip' })).headers['content-encoding'], 'gzip')
  t.equal((await service.send('/openapi.yaml', { accept: 'application/json' })).status, 406)
  const [{ 'service-desc': described }] = (await service.send('/.well-known/api-catalog')).json.linkset
  t.same(described.at(-1), { href: '/openapi.yaml', type: 'application/yaml' })
})

t.test('openapi/openapi.json passes the linter without a warning', (t) => {
  const { status, stderr } = spawnSync('redocly', ['lint', documentFile, '--config', join(root, '.redocly.yaml')], {
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}`,
      REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
    },
    encoding: 'utf8',
  })
  t.equal(status, 0, stderr)
  t.notMatch(stderr, /warning/i)
  t.end()
})

t.test('the document is served as JSON and as YAML, which say the same', async (t) => {
  const [json, yaml] = [await service.ask('/openapi.json'), await service.ask('/openapi.yaml')]
  t.match(yaml.headers['content-type'], 'application/yaml')
  t.same(parse(yaml.text), json.json)
  t.equal(json.json.openapi, '3.1.0')
})

t.test('every operation says what it is, what it takes and what it may answer', (t) => {
  t.equal(new Set(operations.map(([, { operationId }]) => operationId)).size, operations.length)
  for (const [path, operation] of operations) {
    for (const name of ['summary', 'description', 'operationId']) t.ok(operation[name], `${path} has ${name}`)
    t.ok(
      document.tags.some(({ name }: Any) => name === operation.tags[0]),
      `${path} has a tag that is described`,
    )
    for (const parameter of (operation.parameters ?? []).map(follow)) {
      t.match(parameter.description, /\.$/, `${path} ${parameter.name}`)
      t.ok('example' in parameter || 'examples' in parameter, `${path} ${parameter.name} has an example`)
    }
    const isCached = !operation.requestBody && path !== '/v1/reconcile' && /^\/(v1|openapi)/.test(path)
    const promised = [
      '200',
      '400',
      '429',
      '414',
      '500',
      ...(isCached ? ['304'] : []),
      ...(path.includes('{') ? ['308', '404'] : []),
      ...(operation.requestBody ? ['413', '415'] : []),
      ...(path === '/v1/editions/{id}' ? ['307'] : []),
    ]
    for (const status of promised) {
      const response = follow(operation.responses[status])
      t.match(response?.description, /\.$/, `${path} ${status}`)
      t.ok(response.headers, `${path} ${status} has headers`)
      for (const header of Object.values(response.headers)) t.match(follow(header).description, /\.$/)
      if (Number(status) >= 400)
        t.same(
          Object.values<Any>(response.content).map(({ schema }) => schema.$ref.split('/').at(-1)),
          ['Problem', 'HtmlPage'],
        )
    }
  }
  t.end()
})

t.test('an operation takes each format that it answers in, and besides them only the pages', async (t) => {
  let count = 0
  for (const [path, { parameters = [], responses }] of operations) {
    const format = parameters.map(follow).find(({ name }: Any) => name === 'format')
    if (!format) continue
    const url = path.replace('{id}', parameters.map(follow).find(({ in: place }: Any) => place === 'path')?.example)
    const limit = parameters.map(follow).some(({ name }: Any) => name === 'limit') ? '&limit=1' : ''
    const query = path === '/v1/search' ? '&q=C1' : ''
    const given = await Promise.all(
      follow(format.schema).enum.map((name: string) => service.ask(`${url}?format=${name}${limit}${query}`)),
    )
    const all = given.map(({ headers }) => headers['content-type']?.replace(/;.*/, ''))
    // CSV with and without a byte order mark are one media type.
    const types = [...new Set(all)]
    t.same(types.sort(), Object.keys(responses[200].content).sort(), path)
    count++
  }
  t.ok(count > 10)
})

t.test('every nested object and every list of words is a type with a name', (t) => {
  const isNullOr = ([one, none]: Any[]) => one?.$ref !== undefined && none?.type === 'null'
  const wrong: string[] = []
  let count = 0
  const walk = (node: Any, path: string, isNamed = false): void => {
    if (typeof node !== 'object' || node === null) return
    const isAnonymous = node.enum || node['x-extensible-enum'] || (node.type === 'object' && node.properties)
    count += 1
    if (!isNamed && isAnonymous && Object.keys(node.properties ?? { enum: 0 }).length > 0) wrong.push(path)
    if (node.anyOf && !path.startsWith('HeldRow') && !isNullOr(node.anyOf))
      wrong.push(`${path}: neither one type nor null`)
    for (const [key, inner] of Object.entries(node))
      if (!['example', 'examples', 'enum', 'x-extensible-enum'].includes(key)) walk(inner, `${path} ${key}`)
  }
  for (const [name, schema] of Object.entries(document.components.schemas)) walk(schema, name, true)
  walk(document.paths, 'paths')
  walk(document.components.parameters, 'parameters')
  t.ok(count > 1_000)
  t.same(wrong, [])
  t.end()
})

t.test('a list of words is closed in what a client sends, and open in what it gets', (t) => {
  const closed = new Set(
    operations.flatMap(([, { parameters = [] }]) => parameters.map((one: Any) => follow(one).schema.$ref)),
  )
  for (const [name, { enum: words }] of Object.entries<Any>(document.components.schemas))
    if (words) t.ok(closed.has(`#/components/schemas/${name}`), name)
  t.end()
})

t.test('whatever a client sends has bounds', (t) => {
  const walk = (schema: Any, path: string): void => {
    const { type, maxLength, maxItems, minimum, maximum, enum: words, properties, items, anyOf } = follow(schema)
    const types = [type].flat()
    if (types.includes('string')) t.ok(words || maxLength > 0, path)
    if (types.includes('integer')) t.ok(minimum < maximum, path)
    if (types.includes('array')) t.ok(maxItems > 0, path)
    for (const [name, property] of Object.entries(properties ?? {})) walk(property, `${path} ${name}`)
    if (items) walk(items, `${path} items`)
    for (const one of anyOf ?? []) walk(one, path)
  }
  for (const [path, { parameters = [], requestBody }] of operations) {
    for (const { name, schema } of parameters.map(follow)) walk(schema, `${path} ${name}`)
    for (const { schema } of Object.values<Any>(requestBody?.content ?? {})) walk(schema, `${path} body`)
  }
  t.end()
})

t.test('every object and every property is described', (t) => {
  const walk = (schema: Any, path: string): void => {
    if (schema.$ref) return
    const isDescribed = /\.$/.test(schema.description ?? '')
    if (schema.type === 'object') t.ok(isDescribed || path.includes(' or '), `${path} is described`)
    for (const [name, property] of Object.entries<Any>(schema.properties ?? {})) {
      t.ok(property.$ref || /\.$/.test(property.description ?? ''), `${path}.${name} is described`)
      walk(property, `${path}.${name}`)
    }
    if (schema.items) walk(schema.items, `${path}[]`)
    for (const one of schema.anyOf ?? []) walk(one, `${path} or `)
  }
  for (const [name, schema] of Object.entries(document.components.schemas)) walk(schema, name)
  t.end()
})

t.test('the example of a problem is the beginning of what the service sends', async (t) => {
  const isBeginning = (example: Any, sent: Any): boolean => {
    if (typeof example === 'string') return String(sent).startsWith(example.replace(/ …$/, ''))
    if (Array.isArray(example)) return example.every((one) => sent.some((other: Any) => isBeginning(one, other)))
    if (typeof example !== 'object' || example === null) return example === sent
    return Object.entries(example).every(([key, value]) => isBeginning(value, sent[key]))
  }
  let count = 0
  for (const { content } of Object.values<Any>(document.components.responses)) {
    const example = content?.['application/problem+json']?.examples?.problem
    if (!example) continue
    const [, method, url, accept] = /^(\w+) (\S+), Accept: (.+)$/.exec(example.summary) ?? []
    const { json } = await service.ask(String(url), { accept: String(accept) }, method)
    t.ok(isBeginning(example.value, json), example.summary)
    count++
  }
  t.ok(count > 3)
})

t.test('every answer has exactly the shape that is promised', async (t) => {
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { int32: true } })
  const closed = (node: Any): Any => {
    if (Array.isArray(node)) return node.map(closed)
    if (typeof node !== 'object' || node === null) return node
    const inner = Object.fromEntries(
      Object.entries(node).map(([key, value]) => [key, key === 'enum' || key === 'examples' ? value : closed(value)]),
    )
    return inner.type === 'object' && inner.properties && inner.additionalProperties === undefined
      ? { ...inner, additionalProperties: false }
      : inner
  }
  ajv.addSchema({ $id: 'https://directory.invalid/', components: closed(document.components) })
  const validators = new Map<string, ReturnType<typeof ajv.compile>>()
  const wrong: string[] = []
  let count = 0
  const check = (name: string, value: unknown) => {
    const schema = { $ref: `https://directory.invalid/#/components/schemas/${name}` }
    const validate = validators.get(name) ?? ajv.compile(schema)
    validators.set(name, validate)
    count += 1
    if (!validate(value)) wrong.push(`${name} ${JSON.stringify(validate.errors)}`)
  }
  for (const [path, name] of [
    ['action-lines', 'ActionLine'],
    ['editions', 'Edition'],
    ['agencies', 'Agency'],
    ['coordinations', 'Coordination'],
    ['sources', 'Source'],
    ['forums', 'Forum'],
    ['sessions', 'Session'],
    ['outcome-documents', 'OutcomeDocument'],
    ['changes', 'Change'],
  ] as const)
    for (const item of (await service.ask(`/v1/${path}?limit=500`)).json.items) check(name, item)
  for (const hit of (await service.ask('/v1/search?q=a&limit=500')).json.items) check('Hit', hit)
  check('Directory', (await service.ask('/v1')).json)
  check('Resolution', (await service.ask('/v1/resolve?q=C1,%20ITU,%20e-helth,%20nothing')).json)
  const copy = 'code,label,coordinators\nC1,Role,ITU; Nobody\nC12,,\n'
  check('Check', (await service.ask('/v1/check', { 'content-type': 'text/csv' }, 'POST', copy)).json)
  check('Edition', (await service.ask('/v1/editions/annex-draft?comparedTo=annex-adopted')).json)
  check('Exports', (await service.ask('/v1/exports')).json)
  check('Health', (await service.ask('/health/ready')).json)
  check('Problem', (await service.ask('/v1/action-lines/C12')).json)
  check('Problem', (await service.ask('/v1/action-lines?x=1&kind=no')).json)
  t.ok(count > 1_000)
  t.same(wrong, [])
})

const readme = readFileSync(join(root, 'README.md'), 'utf8')

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

t.test(
  'the curl lines of the README print what it says',
  { skip: hasTools ? false : 'there is no curl or no jq here' },
  async (t) => {
    t.ok(commands.length >= 5)
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

t.test('the README has at most 1,400 words, and no cell of a table chains commands', (t) => {
  t.ok(readme.split(/\s+/).filter(Boolean).length <= 1400)
  for (const row of readme.match(/^\| `npm.*$/gm) ?? []) t.notMatch(row, ';.*;', row)
  t.end()
})

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

t.test(
  'the Python recipe of the README mirrors every file',
  { skip: (await has('python3')) ? false : 'there is no python3 here' },
  async (t) => {
    const [, recipe = ''] = /```python\n([\s\S]*?)```/.exec(readme) ?? []
    const folder = mkdtempSync(join(tmpdir(), 'mirror-'))
    t.teardown(() => rmSync(folder, { recursive: true }))
    await shell('python3', ['-c', recipe.replace('http://127.0.0.1:3000', service.url)], { cwd: folder })
    for (const { name, bytes } of (await service.ask('/v1/exports')).json.files)
      t.equal(readFileSync(join(folder, 'mirror', name)).length, bytes, name)
  },
)

t.test('every dependency is argued in CONTRIBUTING.md, and every command named in the README', (t) => {
  const argued = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')
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
