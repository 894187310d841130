import { STATUS_CODES } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { stringFormats } from '../../src/typebox.ts'
import type { Answer } from '../service.ts'
import { type Document, type Operation, type Response, schemaPointer } from './document.ts'
import type { Question } from './questions.ts'

// The document's promises about a response, and the general rules for all responses.

/** The schemas without examples, each object closed: a property without a description is an error. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed)
  if (typeof node !== 'object' || node === null) return node
  const inner: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(node))
    if (key !== 'examples' && key !== 'example') inner[key] = key === 'enum' ? value : closed(value)
  const isOpen = inner.type === 'object' && inner.properties && inner.additionalProperties === undefined
  return isOpen ? { ...inner, additionalProperties: false } : inner
}

const base = 'https://directory.invalid/openapi.json'
const typeOf = ({ headers }: Answer) => headers['content-type']?.replace(/;.*/, '') ?? ''
const negotiates = ({ responses }: Operation) => '406' in responses

const unpack: Record<string, (bytes: Buffer) => Buffer> = { br: brotliDecompressSync, gzip: gunzipSync }

/** The text of a response in any coding. */
function textOf({ bytes, headers }: Answer): string {
  const coding = headers['content-encoding'] ?? 'identity'
  const plain = coding === 'identity' ? bytes : unpack[coding]?.(bytes)
  if (!plain) throw new Error(`the coding ${coding} was not asked for`)
  return plain.toString()
}

/** Validates responses against a document. Each method returns the errors, in words. */
export class Promises {
  readonly #ajv = new Ajv2020({ strict: false, allErrors: false, formats: { ...stringFormats, int32: true } })
  readonly #validators = new Map<string, ValidateFunction>()
  /** The first body seen with each tag. */
  readonly #tagged = new Map<string, Buffer>()

  constructor(document: Document) {
    this.#ajv.addSchema({ $id: base, ...(closed(document) as object) })
  }

  /** A single response: status, media type, headers, body. */
  errorsOf({ operation, method, path, headers }: Question, answer: Answer): string[] {
    const { status } = answer
    if (method === 'OPTIONS') return status === 204 || status >= 400 ? [] : [`OPTIONS is answered with ${status}`]
    if (isForPeople(path, headers) && isPage(answer)) return errorsOfPage(method, answer)
    if (status >= 500) return [`${status}: ${answer.text}`]
    const promised = operation.responses[status]
    if (!promised) return [`${status} is not documented: ${answer.text.slice(0, 300)}`]
    const missing = missingHeaders(promised, answer)
    if (method === 'HEAD') return [...missing, ...(answer.bytes.length > 0 ? ['HEAD has a body'] : [])]
    const { etag } = answer.headers
    const before = status === 200 && etag ? this.#tagged.get(etag) : undefined
    if (before) return before.equals(answer.bytes) ? missing : [...missing, `the tag ${etag} had other bytes before`]
    if (status === 200 && etag) this.#tagged.set(etag, answer.bytes)
    return [...missing, ...this.#errorsOfBody(operation, promised, path, answer)]
  }

  #errorsOfBody(operation: Operation, promised: Response, path: string, answer: Answer): string[] {
    const { status, bytes } = answer
    const type = typeOf(answer)
    if (!promised.content) return bytes.length > 0 ? [`${status} has a body`] : []
    if (!promised.content[type])
      return [`${status} is ${type || 'of no type'}; documented: ${Object.keys(promised.content)}`]
    const text = textOf(answer)
    const isJson = /[/+]json$/.test(type)
    const value = isJson ? JSON.parse(text) : text
    const wrong = this.#wrong(schemaPointer(operation, status, type), value)
    return [...wrong, ...(type === 'application/problem+json' ? errorsOfProblem(value, status, path) : [])]
  }

  #wrong(pointer: string, value: unknown): string[] {
    const validate = this.#validators.get(pointer) ?? this.#ajv.compile({ $ref: base + pointer })
    this.#validators.set(pointer, validate)
    return validate(value) ? [] : [`the body is not of ${pointer}: ${this.#ajv.errorsText(validate.errors)}`]
  }
}

/**
 * Pages are not data, so the document does not describe them: a client that requests one gets one, or is redirected to
 * one.
 */
const isForPeople = (path: string, { accept = '' }: Question['headers']) =>
  /html|text\/\*/.test(accept) || path.includes('format=html')
const isPage = (answer: Answer) => typeOf(answer) === 'text/html' || answer.status === 307

function errorsOfPage(method: string, answer: Answer): string[] {
  const { status, headers } = answer
  if (status >= 500) return [`a page is answered with ${status}`]
  if (status === 307) return headers.location ? [] : ['a 307 lacks Location']
  const isWhole = method === 'HEAD' || /^<!doctype html>.*<\/html>\s*$/is.test(textOf(answer))
  return isWhole ? [] : ['the page is not whole']
}

function missingHeaders({ headers = {} }: Response, answer: Answer): string[] {
  return Object.keys(headers).flatMap((name) =>
    answer.headers[name.toLowerCase()] ? [] : [`${answer.status} lacks the header ${name}`],
  )
}

/** True if two URLs are equal, each in its encoding. */
function isSame(one: string, other: string): boolean {
  const plain = (address: string) => {
    const [path = '', query = ''] = address.split(/\?(.*)/s)
    return `${decodeURIComponent(path)}?${new URLSearchParams(query)}`
  }
  return one === other || plain(one) === plain(other)
}

function errorsOfProblem(problem: Record<string, unknown>, status: number, path: string): string[] {
  const { title, detail } = problem
  return [
    ...(problem.status === status ? [] : [`the problem says ${problem.status} in a ${status}`]),
    ...(title === STATUS_CODES[status] ? [] : [`the problem of a ${status} is called ${title}`]),
    // Node refuses long headers before it knows the address.
    ...(status === 431 || isSame(String(problem.instance), path) ? [] : [`the problem is about ${problem.instance}`]),
    ...(/\S[.?]$/.test(String(detail)) ? [] : [`the detail is no sentence: ${detail}`]),
    ...(/node_modules|\.ts:|SQLITE/.test(String(detail)) ? [`the detail tells of the inside: ${detail}`] : []),
  ]
}

const compared = [
  'content-type',
  'etag',
  'cache-control',
  'vary',
  'content-encoding',
  'dataset-version',
  'location',
  'link',
]

/**
 * The properties of a second response to the same request that the first does not have; `isHead` if it was a HEAD
 * request.
 */
export function differences(first: Answer, second: Answer, isHead: boolean): string[] {
  const names =
    first.status === second.status ? compared.filter((name) => first.headers[name] !== second.headers[name]) : []
  const length = second.headers['content-length']
  return [
    ...(first.status === second.status ? [] : [`${first.status} and then ${second.status}`]),
    ...names.map((name) => `${name}: ${first.headers[name]} and then ${second.headers[name]}`),
    ...(!isHead && !first.bytes.equals(second.bytes) ? ['the bytes differ'] : []),
    ...(isHead && second.bytes.length > 0 ? ['HEAD has a body'] : []),
    ...(isHead && length !== undefined && length !== String(first.bytes.length)
      ? [`HEAD says that the length is ${length}`]
      : []),
  ]
}

/** The errors in the Vary header of a response that depends on Accept or Accept-Encoding. */
export function errorsOfVary({ operation }: Question, { status, headers }: Answer): string[] {
  const vary = String(headers.vary ?? '').toLowerCase()
  const needs = [
    ...(negotiates(operation) && status === 200 && headers.etag ? ['accept', 'accept-encoding'] : []),
    ...(headers['content-encoding'] ? ['accept-encoding'] : []),
  ]
  return needs.filter((name) => !vary.split(/, */).includes(name)).map((name) => `Vary lacks ${name}`)
}
