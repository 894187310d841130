// Clients generated from the OpenAPI document compile and return the service's responses.

import { execFile, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createClient } from '@hey-api/openapi-ts'
import { generateSource } from 'oazapfts'
import openapiTS, { astToString } from 'openapi-typescript'
import t from 'tap'
import { documentFile } from '../src/http/description.ts'
import { agenciesOf, regionalCommissions } from './founding-documents.ts'
import { serve } from './service.ts'

const root = join(import.meta.dirname, '..')
const shell = promisify(execFile)
const service = await serve(t)

/**
 * The requests of every client, and the same over plain HTTP. `copy` has each kind of coordinator that a row may have.
 */
const copy = { rows: [{ id: 'C1', label: null, coordinators: ['ECOSOC', { agency: { id: 'ITU' } }] }, { id: 'C12' }] }
const json = { 'content-type': 'application/json' }
const wanted = {
  line: (await service.ask('/v1/action-lines/C7.e-environment')).json,
  page: (await service.ask('/v1/agencies?memberOf=UN-Regional-Commissions&limit=2')).json,
  edition: (await service.ask('/v1/editions/annex-adopted?comparedTo=annex-draft')).json,
  check: (await service.ask('/v1/check', json, 'POST', JSON.stringify(copy))).json,
  problem: (await service.ask('/v1/action-lines/C12')).json,
}

const openapiFetch = `
import createClient from 'openapi-fetch'
import type { components, paths } from './directory.ts'

type Schemas = components['schemas']
const client = createClient<paths, 'application/json' | 'application/problem+json'>({ baseUrl: String(process.argv[2]) })
const query = { memberOf: 'UN-Regional-Commissions', limit: 2 }
const comparison = { path: { id: 'annex-adopted' }, query: { comparedTo: 'annex-draft' } }
const line: Schemas['ActionLine'] | undefined = (
  await client.GET('/v1/action-lines/{id}', { params: { path: { id: 'c7.E-Environment' } } })
).data
const page: Schemas['AgenciesPage'] | undefined = (await client.GET('/v1/agencies', { params: { query } })).data
const edition: Schemas['Edition'] | undefined = (await client.GET('/v1/editions/{id}', { params: comparison })).data
const check: Schemas['Check'] | undefined = (await client.POST('/v1/check', { body: ${JSON.stringify(copy)} })).data
const problem: Schemas['Problem'] | undefined = (
  await client.GET('/v1/action-lines/{id}', { params: { path: { id: 'C12' } } })
).error
// @ts-expect-error a property that the document does not have
void line?.facilitators
// @ts-expect-error a word that the parameter does not take
void client.GET('/v1/agencies', { params: { query: { format: 'ics' } } })
console.log(JSON.stringify({ line, page, edition, check, problem }))
`

const heyApi = `
import type { ActionLine, AgenciesPage, Check, Edition, Problem } from './client/index.ts'
import { check as checkCopy, getActionLine, getEdition, listAgencies } from './client/index.ts'
import { client } from './client/client.gen.ts'

client.setConfig({ baseUrl: String(process.argv[2]) })
const query = { memberOf: 'UN-Regional-Commissions', limit: 2 }
const comparison = { path: { id: 'annex-adopted' }, query: { comparedTo: 'annex-draft' } }
const line: ActionLine | undefined = (await getActionLine({ path: { id: 'c7.E-Environment' } })).data
const page: AgenciesPage | undefined = (await listAgencies({ query })).data
const edition: Edition | undefined = (await getEdition(comparison)).data
const check: Check | undefined = (await checkCopy({ body: ${JSON.stringify(copy)} })).data
const problem: Problem | undefined = (await getActionLine({ path: { id: 'C12' } })).error
const tooMany: unknown = (await listAgencies({ query: { limit: 501 } })).error
client.setConfig({ fetch: async () => Response.json({ ...line, title: 5 }) })
const otherShape: unknown = (await getActionLine({ path: { id: 'C1' } })).error
const refused = [tooMany, otherShape].map((error) => (error instanceof Error ? error.name : error))
console.log(JSON.stringify({ line, page, edition, check, problem, refused }))
`

const oazapfts = `
import type { ActionLine, AgenciesPage, Check, Edition, Problem } from './client.ts'
import { check as checkCopy, defaults, getActionLine, getEdition, listAgencies } from './client.ts'

defaults.baseUrl = String(process.argv[2])
const held = await getActionLine('c7.E-Environment')
const line: ActionLine | undefined = held.status === 200 ? held.data : undefined
const listed = await listAgencies({ memberOf: 'UN-Regional-Commissions', limit: 2 })
const page: AgenciesPage | undefined = listed.status === 200 && typeof listed.data === 'object' ? listed.data : undefined
const compared = await getEdition('annex-adopted', { comparedTo: 'annex-draft' })
const edition: Edition | undefined = compared.status === 200 && typeof compared.data === 'object' ? compared.data : undefined
const checked = await checkCopy(${JSON.stringify(copy)})
const check: Check | undefined = checked.status === 200 ? checked.data : undefined
const missed = await getActionLine('C12')
const problem: Problem | undefined = missed.status === 404 ? missed.data : undefined
console.log(JSON.stringify({ line, page, edition, check, problem }))
`

/** A typical project with strict types. */
const tsconfig = {
  compilerOptions: {
    target: 'ES2024',
    lib: ['ES2024', 'DOM', 'DOM.Iterable'],
    module: 'NodeNext',
    types: ['node'],
    strict: true,
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
  },
  include: ['.'],
}

const generators = {
  async 'openapi-typescript with openapi-fetch'(folder: string) {
    writeFileSync(
      join(folder, 'directory.ts'),
      astToString(await openapiTS(JSON.parse(readFileSync(documentFile, 'utf8')))),
    )
    return openapiFetch
  },
  async '@hey-api/openapi-ts with validation by zod'(folder: string) {
    await createClient({
      input: documentFile,
      output: { path: join(folder, 'client'), module: { extension: '.ts' } },
      logs: { level: 'silent' },
      plugins: ['@hey-api/client-fetch', '@hey-api/typescript', 'zod', { name: '@hey-api/sdk', validator: true }],
    })
    return heyApi
  },
  async oazapfts(folder: string) {
    writeFileSync(join(folder, 'client.ts'), await generateSource(documentFile))
    return oazapfts
  },
}

mkdirSync(join(root, '.data'), { recursive: true })
const folder = mkdtempSync(join(root, '.data/clients-'))
t.teardown(() => rmSync(folder, { recursive: true }))
writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig))
const clients = new Map(Object.keys(generators).map((name, index) => [name, join(folder, `${index}`)]))
for (const [name, generate] of Object.entries(generators)) {
  const client = String(clients.get(name))
  mkdirSync(client)
  writeFileSync(join(client, 'call.ts'), await generate(client))
}
// One run for all: most of its time goes into the types that they share.
const compiled = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], {
  encoding: 'utf8',
})

for (const [name, client] of clients)
  t.test(`a client made by ${name} compiles and gives what the service answers`, async (t) => {
    t.equal(compiled.stdout, '')
    const { stdout } = await shell(process.execPath, [join(client, 'call.ts'), service.url])
    const { refused = [], ...given } = JSON.parse(stdout)
    t.same(given, wanted)
    t.same(
      given.line.coordinators.map(({ agency }: { agency: { id: string } }) => agency.id),
      agenciesOf('C7.e-environment'),
    )
    t.equal(given.page.total, regionalCommissions.length)
    if (name.includes('validation')) t.same(refused, ['ZodError', 'ZodError'])
  })
