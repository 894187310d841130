import { type Operation, operationsOf, readDocument } from './fuzz/document.ts'
import { publicUrl as base } from './service.ts'

// Requests that are refused, and the changes that an error proposes to them.

export interface Asked {
  method: string
  path: string
  headers: Record<string, string>
  body?: string | Buffer | undefined
}

export const operations = operationsOf(readDocument())

/** A GET without headers. */
export const get = (path: string): Asked => ({ method: 'GET', path, headers: {} })

/** The request with these values of a query parameter; none: without it. */
export function set(asked: Asked, name: string, ...values: string[]): Asked {
  const [path, text = ''] = asked.path.split(/\?(.*)/s)
  const query = new URLSearchParams(text)
  query.delete(name)
  for (const value of values) query.append(name, value)
  return { ...asked, path: query.size > 0 ? `${path}?${query}` : String(path) }
}

export const valuesOf = ({ path }: Asked, name: string) => new URLSearchParams(path.split(/\?(.*)/s)[1]).getAll(name)
export const send = (asked: Asked, name: string, value: string) => ({
  ...asked,
  headers: { ...asked.headers, [name]: value },
})

/** The request without these headers. */
export const without = (asked: Asked, names: RegExp): Asked => ({
  ...asked,
  headers: Object.fromEntries(Object.entries(asked.headers).filter(([name]) => !names.test(name))),
})

/** A URL of an error as a request. One that is not under the public address is outside of the service. */
export const within = (href: string) => get(href.startsWith(`${base}/`) ? href.slice(base.length) : `/outside/${href}`)

/** The documented example of a parameter. */
export const exampleOf = (parameter: { example?: unknown; examples?: Record<string, { value: unknown }> }): string =>
  String(parameter.example ?? Object.values(parameter.examples ?? {})[0]?.value)

/** The documented request of an operation: its required parameters, and its body in one of its media types. */
export function usual({ path, method, parameters, bodies }: Operation, type = Object.keys(bodies ?? {})[0]): Asked {
  const isIn = (place: string) => parameters.filter((one) => one.in === place && one.required)
  const filled = isIn('path').reduce(
    (url, one) => url.replace(`{${one.name}}`, encodeURIComponent(exampleOf(one))),
    path,
  )
  const asked = isIn('query').reduce((asked, one) => set(asked, one.name, exampleOf(one)), { ...get(filled), method })
  if (!type) return asked
  const [value] = Object.values(bodies?.[type]?.examples ?? {}).map(({ value }) => value)
  const text = type.includes('form') ? 'queries={"q0":{"query":"ITU"}}' : value
  return { ...asked, headers: { 'content-type': type }, body: typeof text === 'string' ? text : JSON.stringify(text) }
}

export const operationAt = (path: string, method = '') =>
  operations.find(
    (one) => one.method.includes(method) && new RegExp(`^${one.path.replace(/{\w+}/g, '[^/]+')}$`).test(path),
  )

/** A documented path as the example of its operation; any other URL unchanged. */
export function visit(href: string): Asked {
  const asked = within(href)
  const operation = operationAt(asked.path)
  return operation && operation.path === asked.path ? usual(operation) : asked
}

/** Values that only the data have, by path and parameter: they take precedence over the documented examples. */
export const known = new Map<string, string>()

export const exampleFor = ({ path: url, method }: Asked, name: string) => {
  const [path = ''] = url.split('?')
  const parameter = operationAt(path, method)?.parameters.find((one) => one.name === name)
  return known.get(`${path} ${name}`) ?? exampleOf(parameter ?? {})
}

/** Changes the JSON in a field of a form or of the query. */
export function inField(asked: Asked, field: string, change: (json: unknown) => unknown): Asked {
  const form = new URLSearchParams(asked.body?.toString() ?? asked.path.split('?')[1])
  const text = JSON.stringify(change(JSON.parse(String(form.get(field)))))
  if (asked.body === undefined) return set(asked, field, text)
  form.set(field, text)
  return { ...asked, body: String(form) }
}

/** The JSON with this value at this place; undefined: without it. */
export function placed(json: unknown, [key, ...place]: string[], value: unknown): unknown {
  if (key === undefined) return value
  const one = placed(Object(Object(json)[key]), place, value)
  return Array.isArray(json) ? json.with(Number(key), one) : { ...Object(json), [key]: one }
}

export const rows = (asked: Asked, ...rows: unknown[]): Asked => ({
  ...send(asked, 'content-type', 'application/json'),
  body: JSON.stringify({ rows }),
})
export const csv = (asked: Asked, body: string): Asked => ({ ...send(asked, 'content-type', 'text/csv'), body })

/** The requests that a sentence proposes; `name` is the parameter of the error. */
export type Reading = (asked: Asked, found: string[], name: string) => Asked[]
/** A sentence without advice. */
export const nothing: Reading = () => []
/** A request for each word of a list. */
export const each = (text: string, change: (one: string) => Asked, separator = /, | or |\|/) =>
  text.split(separator).map(change)

/** A pattern and its advice. */
export type Sentence = [RegExp, Reading]
