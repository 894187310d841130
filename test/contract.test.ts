// Every response over a socket is declared in the OpenAPI document: status, media type, headers and shape.

import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import tap, { type Test, test } from 'tap'
import { documentFile } from '../src/http/description.ts'
import { target } from './fuzz/document.ts'
import { type Answer, startService } from './service.ts'

// biome-ignore lint/suspicious/noExplicitAny: the test walks the document, whatever it holds.
type Any = any
const document: Any = JSON.parse(readFileSync(documentFile, 'utf8'))
const service = await startService()
service.app.server.unref()
tap.teardown(service.close)

const follow = (node: Any): Any => target(document, node)

interface Operation {
  method: string
  path: string
  parameters: Any[]
  responses: Any
  content: Any
}
const operations: Operation[] = Object.entries<Any>(document.paths).flatMap(([path, methods]) =>
  Object.entries<Any>(methods).map(([method, { parameters = [], responses, requestBody }]) => ({
    method: method.toUpperCase(),
    path,
    parameters: parameters.map(follow),
    responses,
    content: requestBody?.content,
  })),
)

const exampleOf = ({ example, examples }: Any) => example ?? examples?.example.value

/** The URL of an operation with the examples of these parameters, `more` among them. */
function urlOf({ path, parameters }: Operation, isSent: (parameter: Any) => boolean, more: object = {}): string {
  const filled = parameters.reduce((url, one) => url.replace(`{${one.name}}`, encodeURIComponent(exampleOf(one))), path)
  const sent = parameters.filter((one) => one.in === 'query' && isSent(one)).map((one) => [one.name, exampleOf(one)])
  const query = new URLSearchParams({ ...Object.fromEntries(sent), ...more })
  return query.size > 0 ? `${filled}?${query}` : filled
}
const required = ({ required }: Any) => required === true
/** One record is enough where no schema describes the body. */
const limitOf = ({ parameters }: Operation, type: string) =>
  parameters.some(({ name }) => name === 'limit') && !isJson(type) ? { limit: 1 } : {}
const isJson = (type: string) => /json$/.test(type) && !type.includes('ndjson')

/** The body and the headers of the example of an operation, in one of its media types. */
function bodyOf({ content }: Operation, type = Object.keys(content ?? {})[0]): [Record<string, string>, string?] {
  if (!type) return [{}]
  const schema = follow(content[type].schema)
  const value = Object.values<Any>(content[type].examples ?? {})[0]?.value ?? schema.examples[0]
  const isForm = type.includes('form')
  const text = typeof value === 'string' ? value : isForm ? String(new URLSearchParams(value)) : JSON.stringify(value)
  return [{ 'content-type': type }, text]
}

const ajv = new Ajv2020({
  strict: true,
  strictTypes: false,
  allErrors: true,
  keywords: ['x-extensible-enum', 'components'],
  formats: { int32: true, 'partial-date': true },
})
ajv.addSchema({ $id: 'https://directory.invalid/', components: document.components } as never)
const validators = new Map<string, ReturnType<typeof ajv.compile>>()
function errorsOf(schema: Any, value: unknown): string {
  const text = JSON.stringify(schema).replaceAll('"#/', '"https://directory.invalid/#/')
  const validate = validators.get(text) ?? ajv.compile(JSON.parse(text))
  validators.set(text, validate)
  return validate(value) ? '' : ajv.errorsText(validate.errors)
}

/** The differences between a response and its declaration, in both directions; empty if there are none. */
function undeclared({ responses }: Operation, { status, headers, bytes, text }: Answer): string[] {
  const declared = follow(responses[status])
  if (!declared) return [`status ${status}`]
  const missing = Object.keys(declared.headers ?? {})
    .filter((name) => follow(declared.headers[name]).required && headers[name.toLowerCase()] === undefined)
    .map((name) => `no header ${name}`)
  const type = headers['content-type']?.replace(/;.*/, '')
  if (bytes.length === 0) return [...missing, ...(declared.content && status !== 304 ? ['no body'] : [])]
  const media = declared.content?.[String(type)] ?? declared.content?.['*/*']
  if (!media) return [...missing, `media type ${type}`]
  if (!isJson(String(type)) || status === 206) return missing
  const wrong = errorsOf(media.schema, JSON.parse(text))
  return wrong ? [...missing, wrong] : missing
}

const seen = new Map<string, Set<string>>()
let calls = 0
async function expectDeclared(
  t: Test,
  operation: Operation,
  url: string,
  headers = {},
  method = operation.method,
  body?: string,
) {
  const response = await service.send(url, headers, method, body)
  const name = `${operation.method} ${operation.path}`
  seen.set(name, (seen.get(name) ?? new Set()).add(String(response.status)))
  calls++
  t.same(undeclared(operation, response), [], `${response.status} ${method} ${url} ${JSON.stringify(headers)}`)
  return response
}

const asPage = { accept: 'text/html' }

test('every operation with the examples of all its parameters is a 200 with results', async (t) => {
  for (const operation of operations) {
    for (const parameter of operation.parameters)
      t.ok(exampleOf(parameter) !== undefined, `${operation.path} ${parameter.name}`)
    const [type, body] = bodyOf(operation)
    // Tools of the kind of Postman send the first media type in Accept.
    const accept = String(Object.keys(operation.responses[200].content)[0])
    const sent = { ...type, accept, 'if-none-match': '"q1w2e3r4t5y6u7i8o9p0aa"' }
    const { status, json } = await expectDeclared(
      t,
      operation,
      urlOf(operation, () => true),
      sent,
      operation.method,
      body,
    )
    t.equal(status, 200, operation.path)
    // No session has a goal.
    if (json?.items && operation.path !== '/v1/sessions') t.ok(json.items.length > 0, `${operation.path} has results`)
  }
})

test('every declared media type and format of a 200 is sent as declared', async (t) => {
  for (const operation of operations) {
    const url = urlOf(operation, required)
    const types = Object.keys(operation.responses[200].content)
    for (const accept of types) {
      const isScript = accept === 'text/javascript'
      const extensions: Record<string, string> = {
        'application/json': 'json',
        'application/x-ndjson': 'ndjson',
        'text/csv': 'csv',
        'application/ld+json': 'jsonld',
        'text/turtle': 'ttl',
      }
      const other = accept.includes('sqlite')
        ? 'directory.sqlite'
        : accept.includes('sheet')
          ? 'directory.xlsx'
          : `sources.${extensions[accept]}`
      const path = operation.path.endsWith('{file}')
        ? url.replace(/[^/]+$/, other)
        : urlOf(operation, required, limitOf(operation, accept))
      const asked = isScript ? urlOf(operation, (one) => required(one) || one.name === 'callback') : path
      const [type, body] = bodyOf(operation)
      const { status, headers } = await expectDeclared(
        t,
        operation,
        asked,
        { ...type, ...(!isScript && { accept }) },
        operation.method,
        body,
      )
      t.equal(status, 200, `${asked} ${accept}`)
      t.match(headers['content-type'], accept, asked)
    }
    for (const type of Object.keys(operation.content ?? {}).slice(1)) {
      const [headers, body] = bodyOf(operation, type)
      t.equal((await expectDeclared(t, operation, url, headers, 'POST', body)).status, 200, type)
    }
    const format = operation.parameters.find(({ name }) => name === 'format')
    for (const name of follow(format?.schema)?.enum ?? []) {
      const { status } = await expectDeclared(
        t,
        operation,
        urlOf(operation, required, { format: name, ...limitOf(operation, name) }),
      )
      t.equal(status, 200, name)
    }
  }
})

test('every status that a request can provoke is declared, as JSON and as a page', async (t) => {
  for (const operation of operations) {
    const { method, path, parameters } = operation
    const url = urlOf(operation, required)
    const and = url.includes('?') ? '&' : '?'
    const [type, body] = bodyOf(operation)
    const ask = (url: string, headers = {}, sent = body) =>
      expectDeclared(t, operation, url, { ...type, ...headers }, method, sent)
    const isFile = path.endsWith('{file}')
    for (const accept of [{}, asPage]) {
      await ask(url, accept)
      await ask(`${url}${and}no-such=1`, accept)
      await ask(`${url}${and}no-such=`, accept)
      await ask(`${url}${and}utm_source=x&%zz`, accept)
      await ask(url.replace(/(?=$|\?)/, '/'), accept)
      await ask(`${url}${and}x=${'x'.repeat(4100)}`, accept)
      for (const { name } of parameters.filter((one) => one.in === 'path'))
        await ask(
          path.replace(`{${name}}`, 'no-such-thing').replace(/{\w+}/g, 'current') + url.replace(/^[^?]*/, ''),
          accept,
        )
      for (const one of parameters.filter((one) => one.in === 'query'))
        await ask(urlOf(operation, required, { [one.name]: 'no such' }), accept)
    }
    for (const value of ['latest', 'LATEST'].slice(0, path === '/v1/editions/{id}' ? 2 : 0))
      await ask(path.replace('{id}', value))
    await ask(url, { 'if-none-match': '*' })
    await ask(url, { accept: 'image/png' })
    await ask(url, { expect: 'nothing' })
    await ask(url, { 'x-long': 'x'.repeat(17_000) })
    if (method === 'POST') {
      await ask(url, {}, 'x'.repeat(256 * 1024 + 1))
      await ask(url, { 'content-type': 'text/no-such' })
      await ask(url, { 'content-encoding': 'gzip' })
    }
    await ask(url, { 'if-match': '"other"' })
    if (!isFile) continue
    for (const range of ['bytes=0-9', 'bytes=99999999-', 'bytes=0-1,3-4']) await ask(url, { range })
    await ask(url, { 'if-match': '"other"' })
    await ask(url, { 'if-unmodified-since': 'Thu, 01 Jan 2026 00:00:00 GMT' })
    await ask(`${url}?sha256=${'0'.repeat(64)}`)
    for (const dataset of ['95a5c12ecfdd', '0'.repeat(12)]) await ask(url.replace('current', dataset))
  }
  const provoked = ['200', '206', '304', '308', '400', '404', '406', '410', '412', '413', '415', '416']
  for (const { method, path, responses } of operations) {
    const statuses = seen.get(`${method} ${path}`) as Set<string>
    t.same(
      Object.keys(responses).filter((status) => provoked.includes(status) && !statuses.has(status)),
      [],
      `${path}: declared and never sent`,
    )
  }
  t.comment(`${calls} calls`)
})

test('each example has the key of its media type, and fits its schema', (t) => {
  for (const { path, responses, content } of operations) {
    const all = [...Object.entries<Any>(responses[200].content), ...Object.entries<Any>(content ?? {})]
    for (const [type, { examples = {}, schema }] of all)
      for (const [key, example] of Object.entries<Any>(examples)) {
        const { value } = follow(example)
        t.match(type, key === 'ics' ? 'calendar' : key === 'ttl' ? 'turtle' : key === 'jsonld' ? 'ld+json' : key, path)
        if (typeof value !== 'string') t.equal(errorsOf(schema, value), '', `${path} ${key}`)
      }
    const keys = Object.values<Any>(responses[200].content).flatMap(({ examples = {} }) => Object.keys(examples))
    t.equal(new Set(keys).size, keys.length, `${path} has one example for each media type`)
  }
  t.end()
})

test('the document is under 200 kB', async (t) => {
  t.ok((await service.send('/openapi.json')).bytes.length < 200_000)
})
