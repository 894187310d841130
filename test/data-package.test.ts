import { hash } from 'node:crypto'
import { parse } from 'csv-parse/sync'
import tap, { test } from 'tap'
import { nouns } from '../src/nouns/index.ts'
import { startService } from './service.ts'

// The rules of Frictionless (Data Package 1.0, Table Schema 1.0), applied to the files as they are downloaded.

const service = await startService()
service.app.server.unref()
tap.teardown(service.close)
const { send } = service
const folder = '/v1/exports/current'

interface Field {
  name: string
  type: string
  description?: string
}
interface Key {
  fields: string
  reference: { resource: string; fields: string }
}
interface Resource {
  name: string
  path: string
  bytes: number
  hash: string
  schema: { fields: Field[]; primaryKey: string; missingValues: string[]; foreignKeys?: Key[] }
}

const { resources } = (await send(`${folder}/datapackage.json`)).json as { resources: Resource[] }
const tables = new Map<string, { header: string[]; rows: Record<string, string>[]; bytes: Buffer }>()
for (const { name, path } of resources) {
  const { bytes } = await send(`${folder}/${path}`)
  const cells: string[][] = parse(bytes, { bom: true })
  const [header = [], ...rows] = cells
  tables.set(name, {
    header,
    bytes,
    rows: rows.map((row) => Object.fromEntries(header.map((one, at) => [one, row[at] ?? '']))),
  })
}

const isOfType: Record<string, (text: string) => boolean> = {
  string: () => true,
  boolean: (text) => text === 'true' || text === 'false',
  integer: (text) => /^-?\d+$/.test(text),
  number: (text) => text.trim() !== '' && Number.isFinite(Number(text)),
}

test('the data package describes every CSV file, with its length and checksum', async (t) => {
  t.same(
    resources.map(({ path }) => path),
    nouns.map(({ name }) => `${name}.csv`),
  )
  for (const { name, bytes, hash: digest } of resources) {
    const file = tables.get(name)?.bytes as Buffer
    t.equal(file.length, bytes)
    t.equal(`sha256:${hash('sha256', file)}`, digest)
  }
})

test('every cell of every CSV file has the type that the data package says', async (t) => {
  for (const { name, schema } of resources) {
    const { header, rows } = tables.get(name) as { header: string[]; rows: Record<string, string>[] }
    t.same(
      header,
      schema.fields.map((field) => field.name),
      `the columns of ${name}`,
    )
    for (const field of schema.fields) {
      const wrong = rows
        .map((row) => row[field.name] ?? '')
        .filter((cell) => cell !== '' && !isOfType[field.type]?.(cell))
      t.same(wrong, [], `${name}.${field.name} is ${field.type}`)
    }
  }
})

test('ids are unique, and each foreign key leads to a row', async (t) => {
  const idsOf = (resource: string) => tables.get(resource)?.rows.map(({ id }) => id) ?? []
  for (const { name, schema } of resources) {
    const ids = idsOf(name)
    t.equal(schema.primaryKey, 'id')
    t.equal(new Set(ids).size, ids.length, `ids of ${name}`)
    t.notOk(ids.includes(''))
    for (const { fields, reference } of schema.foreignKeys ?? []) {
      const targets = new Set(idsOf(reference.resource || name))
      const cells = tables.get(name)?.rows.map((row) => row[fields] ?? '') ?? []
      t.same(
        cells.filter((cell) => cell !== '' && !targets.has(cell)),
        [],
        `${name}.${fields}`,
      )
    }
  }
  const keysOf = (resource: string) =>
    resources.find(({ name }) => name === resource)?.schema.foreignKeys?.map(({ fields }) => fields) ?? []
  t.same(
    keysOf('action-lines').filter((one) => one === 'parent'),
    ['parent'],
  )
  for (const one of ['actionLine', 'agency', 'source']) t.ok(keysOf('coordinations').includes(one), one)
})

test('every column has a description, that of what it shows', async (t) => {
  for (const { name, schema } of resources)
    for (const field of schema.fields) t.ok(field.description, `${name}.${field.name}`)
  const descriptionOf = (resource: string, column: string) =>
    resources.find(({ name }) => name === resource)?.schema.fields.find(({ name }) => name === column)?.description
  const { CurrentEdition, Identifiers } = (await send('/openapi.json')).json.components.schemas
  t.equal(
    descriptionOf('action-lines', 'currentAgencies'),
    `In the newest list of facilitators, or the draft if no later list has the line: ${CurrentEdition.properties.agencies.description}`,
  )
  t.match(descriptionOf('action-lines', 'currentContacts'), /^In the newest list of lead contacts: /)
  t.match(descriptionOf('action-lines', 'status'), /^In the draft of 2005: /)
  t.equal(descriptionOf('agencies', 'wikidata'), Identifiers.properties.wikidata.description)
})

test('numbers and truth values are typed', async (t) => {
  const field = (resource: string, column: string) =>
    resources.find(({ name }) => name === resource)?.schema.fields.find(({ name }) => name === column)
  t.equal(field('action-lines', 'position')?.type, 'integer')
  t.equal(field('coordinations', 'appointment')?.type, 'boolean')
  t.equal(field('coordinations', 'date')?.type, 'string')
})
