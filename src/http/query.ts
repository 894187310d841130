import type { FastifyRequest, FastifySchemaValidationError } from 'fastify'
import { nearestOf } from '../names/names.ts'
import type { Lookup } from '../nouns/noun.ts'
import { type Static, type TObject, type TProperties, type TSchema, Type, Value } from '../typebox.ts'
import { badRequest, bodyError, type ParameterError } from './problem-details.ts'

/** The schema of a query, which rejects other parameters. */
export const querySchema = <Properties extends TProperties>(properties: Properties) =>
  Type.Object(properties, { additionalProperties: false })

/** The lookups of the query parameters that are names, by parameter. */
export type Lookups = Record<string, Lookup>

export const queryError = (
  name: string,
  detail: string,
  allowed: string[] | null = null,
  suggestion: string | null = null,
): ParameterError => ({
  location: 'query',
  name,
  detail,
  allowed,
  suggestion,
})

/** Parameter names of other APIs, and our equivalent, if there is one. */
const otherNames = new Map(
  Object.entries({
    page: 'cursor',
    offset: 'cursor',
    start: 'cursor',
    per_page: 'limit',
    pagesize: 'limit',
    page_size: 'limit',
    size: 'limit',
    count: 'limit',
    order: 'sort',
    orderby: 'sort',
    order_by: 'sort',
    code: 'id',
    ids: 'id',
    accept: 'format',
    output: 'format',
  }),
)
/** The sentence for a parameter of other APIs that has no equivalent. */
function insteadOf(name: string, { format }: TObject['properties'], base: string): string | undefined {
  if (['fields', 'select'].includes(name))
    return `Responses are complete.${format?.enum?.includes('csv') ? ' CSV has one column for each property.' : ''}`
  if (['q', 'search'].includes(name)) return `Find words with ${base}/v1/search?q=, names with ${base}/v1/resolve?q=.`
  return undefined
}

/** The names of the parameters, without those that only specific tools send. */
const documented = (properties: TObject['properties']): string[] =>
  Object.keys(properties).filter((name) => !properties[name]?.['x-undocumented'])

/** The parameter that was probably intended, and a sentence that suggests it. */
function suggestionFor(
  name: string,
  properties: TObject['properties'],
  base: string,
): { near: string | null; sentence: string } {
  const known = documented(properties)
  const other = otherNames.get(name.toLowerCase()) ?? ''
  const hint = insteadOf(name.toLowerCase(), properties, base)
  if (known.includes(other)) return { near: other, sentence: `Use ${other}.` }
  if (hint && !known.includes('q')) return { near: null, sentence: hint }
  const near = nearestOf(name, known) ?? null
  if (near) return { near, sentence: `Did you mean ${near}?` }
  if (known.length === 0) return { near, sentence: 'This path takes no parameters.' }
  return {
    near,
    sentence: known.length === 1 ? `The only parameter is ${known}.` : `The parameters are ${known.join(', ')}.`,
  }
}

/** The error text for one error of the query schema, with the fix. */
function wordsFor(
  error: FastifySchemaValidationError,
  request: FastifyRequest,
  { properties, required = [] }: TObject,
  lookups: Lookups,
  base: string,
): ParameterError {
  if (error.keyword === 'additionalProperties') {
    const name = String(error.params.additionalProperty)
    const { near, sentence } = suggestionFor(name, properties, base)
    return queryError(name, `Unknown parameter "${name}". ${sentence}`, documented(properties), near)
  }
  const isMissing = error.keyword === 'required'
  const name = isMissing ? String(error.params.missingProperty) : error.instancePath.slice(1)
  const { enum: words, examples } = properties[name] as { enum?: string[]; examples?: unknown[] }
  const allowed: string[] | null = words ? [...words] : null
  const read = (request.query as Record<string, unknown>)[name]
  const value = typeof read === 'number' ? rawValue(request, name).slice(0, 100) : read
  const example = examples ? `, for example ${name}=${examples[0]}` : ''
  if (isMissing) return queryError(name, `"${name}" is required${example}.`, allowed)
  if (Array.isArray(value))
    return queryError(name, `"${name}" has ${value.length} values. Send one request for each value.`, allowed)
  const { refusal } = lookups[name] ?? {}
  if (refusal) return queryError(name, refusal)
  const way = required.includes(name) ? 'Give it' : 'Omit it or give it'
  if (value === '') return queryError(name, `"${name}" is empty. ${way} a value${example}.`, allowed)
  const several = splitValues(String(value))
  if (allowed && several.length > 1 && several.every((part) => allowed.includes(part)))
    return queryError(name, oneValue(name, String(value), several.length), allowed)
  if (allowed) {
    const near = nearestOf(String(value), allowed) ?? null
    return queryError(name, `"${name}" cannot be "${value}". Use one of ${allowed.join(', ')}.`, allowed, near)
  }
  const right =
    error.keyword === 'format'
      ? 'must be a real date: YYYY-MM-DD, YYYY-MM or YYYY'
      : (typeErrors[error.params.type as string] ?? error.message)
  return queryError(name, `"${name}" cannot be "${value}": it ${right}${example}.`)
}

/** The error text for a value of the wrong type. */
const typeErrors: Record<string, string> = { boolean: 'must be true or false', integer: 'must be a whole number' }

/** The nouns of the parameters that are not called by one. */
const typeNames: Record<string, string> = {
  actionLine: 'action line',
  comparedTo: 'edition',
  memberOf: 'group',
  parent: 'action line',
}

const splitValues = (value: string) => value.split(/[,;|]/).map((part) => part.trim())

const oneValue = (name: string, value: string, count: number) =>
  `"${name}" takes one value, but "${value.slice(0, 100)}" has ${count}. Send one request for each value.`

/**
 * The query of a request with every name in its canonical spelling. Throws HttpProblem 400 with all errors at once, of
 * the schema and of the lookups; they name paths below `base`.
 */
export function settleQuery(
  { base }: { base: string },
  request: FastifyRequest,
  schema: TObject,
  lookups: Lookups,
): Record<string, string | number | boolean> {
  const sent = request.query as Record<string, unknown>
  const errors = new Map<string, ParameterError>()
  for (const error of request.validationError?.validation ?? []) {
    const found = wordsFor(error, request, schema, lookups, base)
    if (!errors.has(found.name)) errors.set(found.name, found)
  }
  const query: Record<string, string | number | boolean> = {}
  for (const name of Object.keys(schema.properties)) {
    const value = sent[name]
    if (value === undefined || errors.has(name)) continue
    if (typeof value === 'number' && !/^(0|[1-9]\d*)$/.test(rawValue(request, name))) {
      errors.set(
        name,
        queryError(name, `"${name}" is "${rawValue(request, name)}". Use only digits, for example ${name}=${value}.`),
      )
      continue
    }
    const lookup = lookups[name]
    const id = lookup ? lookup.find(String(value)) : undefined
    if (lookup && id === undefined) errors.set(name, unknownName(name, String(value), lookup))
    else query[name] = id ?? (value as string | number | boolean)
  }
  if (errors.size > 0) throw badRequest([...errors.values()])
  return query
}

/** A parameter as it was sent: validation has turned `0x10` into a number. */
function rawValue(request: FastifyRequest, name: string): string {
  return String(new URLSearchParams(request.raw.url?.replace(/^[^?]*/, '')).get(name))
}

function unknownName(name: string, value: string, lookup: Lookup): ParameterError {
  const several = splitValues(value)
  if (name !== 'id' && several.length > 1 && several.every((part) => lookup.find(part) !== undefined))
    return queryError(name, oneValue(name, value, several.length))
  const unknown = several.find((part) => lookup.find(part) === undefined)
  const shown = name === 'id' && unknown !== undefined ? unknown : value
  const near = lookup.suggest(value)
  if (lookup.refusal) return queryError(name, lookup.refusal)
  const note = lookup.note?.(value)
  const suggestion = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : note ? ` ${note}` : ''
  return queryError(
    name,
    `No ${typeNames[name] ?? name} matches "${shown.slice(0, 100)}".${suggestion}`,
    near.length > 0 ? near : null,
    near[0] ?? null,
  )
}

/** The JSON in a parameter or a field of a form. Throws HttpProblem 400 if it is not JSON of this schema. */
export function parsedJson<Schema extends TSchema>(name: string, json: string, schema: Schema): Static<Schema> {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (error) {
    throw badRequest([bodyError(name, `"${name}" is not JSON (${(error as Error).message}).`)])
  }
  if (Value.Check(schema, value)) return value
  const byPath = Map.groupBy(Value.Errors(schema, value), ({ path }) => path)
  const errors = [...byPath].map(([path, [error]]) => {
    const { message, value, schema } = error ?? {}
    const allowed: string[] | undefined = schema?.enum ?? schema?.anyOf?.[0]?.enum
    if (!allowed || value === undefined) return bodyError(name + path, `"${name}${path}" is wrong: ${message}.`)
    const wrong =
      [value]
        .flat()
        .map(String)
        .find((one) => !allowed.includes(one)) ?? ''
    return {
      ...bodyError(name + path, `Unknown ${schema?.title} "${wrong.slice(0, 100)}". Use one of ${allowed.join(', ')}.`),
      allowed,
    }
  })
  throw badRequest(errors.slice(0, 20))
}

/** The query string in the order of the schema, so that equal queries have one URL. */
export function queryString(query: Record<string, string | number | boolean>): string {
  const pairs = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)])
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`
}

export const NoParameters = querySchema({})

/** The options of a route without query parameters, which rejects any that are sent. */
export const withoutParameters = (site: { base: string }) => ({
  attachValidation: true,
  preHandler: async (request: FastifyRequest): Promise<void> => {
    settleQuery(site, request, NoParameters, {})
  },
})
/** The querystring part of its schema. */
export const noParameters = { querystring: NoParameters }
