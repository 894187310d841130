import type { FastifyRequest } from 'fastify'
import { beginningOf } from '../characters.ts'
import type { Origin } from '../formats/format.ts'
import { nearestOf } from '../names/names.ts'
import { idFilter, type Lookup } from '../nouns/noun.ts'
import { OptionalKind, type Static, type TObject, type TProperties, type TSchema, Type, Value } from '../typebox.ts'
import { badRequest, bodyError, type ParameterError, parsedText, queryError } from './problem-details.ts'

/** The schema of a query, which rejects other parameters. */
export const querySchema = <Properties extends TProperties>(properties: Properties) =>
  Type.Object(properties, { additionalProperties: false })

const isOptional = (schema: TSchema) => schema[OptionalKind] === 'Optional'

/** A query with numbers and booleans as such, and every name in its canonical spelling. */
export type Query = Record<string, string | number | boolean>

/** The lookups of the query parameters that are names, by parameter. */
export type Lookups = Record<string, Lookup>

/** The names that other APIs give to our parameters. */
const otherNames: Record<string, string[]> = {
  cursor: ['page', 'offset', 'start'],
  limit: ['per_page', 'pagesize', 'page_size', 'size', 'count'],
  sort: ['order', 'orderby', 'order_by'],
  id: ['code', 'ids'],
  format: ['accept', 'output'],
}

/** The sentence for a parameter of other APIs that has no equivalent. */
function insteadOf(name: string, { format }: TObject['properties'], base: string): string | undefined {
  if (['fields', 'select'].includes(name))
    return `Responses are complete.${format?.enum?.includes('csv') ? ' CSV has one column for each property.' : ''}`
  if (['q', 'search'].includes(name)) return `Find words with ${base}/v1/search?q=, names with ${base}/v1/resolve?q=.`
  return undefined
}

/** The error for a parameter that the path does not take, with the one that was probably intended. */
function unknownParameter(name: string, { properties }: TObject, base: string): ParameterError {
  // Without those that only specific tools send.
  const known = Object.keys(properties).filter((name) => !properties[name]?.['x-undocumented'])
  const errorWith = (sentence: string, near?: string) =>
    queryError(name, `Unknown parameter "${name}". ${sentence}`, known, near ?? null)
  const other = known.find((one) => otherNames[one]?.includes(name.toLowerCase()))
  if (other) return errorWith(`Use ${other}.`, other)
  const hint = insteadOf(name.toLowerCase(), properties, base)
  if (hint && !known.includes('q')) return errorWith(hint)
  const near = nearestOf(name, known)
  if (near) return errorWith(`Did you mean ${near}?`, near)
  if (known.length === 0) return errorWith('This path takes no parameters.')
  return errorWith(known.length === 1 ? `The only parameter is ${known}.` : `The parameters are ${known.join(', ')}.`)
}

/** The spellings of true and false that programs and spreadsheets write. */
const booleans = new Map(Object.entries({ true: true, yes: true, 1: true, false: false, no: false, 0: false }))

/** A value in the form of its schema, also from other spellings: `TRUE`, `2023-01-01T00:00:00Z`, `id=C1&id=C2`. */
function plainValue(name: string, sent: unknown, { type, format }: TSchema): unknown {
  if (name === idFilter && Array.isArray(sent)) return sent.join(',')
  if (typeof sent !== 'string') return sent
  if (type === 'boolean') return booleans.get(sent.toLowerCase()) ?? sent
  if (type === 'integer') return /^(0|[1-9]\d*)$/.test(sent) ? Number(sent) : sent
  return format === 'partial-date' ? sent.replace(/^(\d{4}-\d{2}-\d{2})T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?$/i, '$1') : sent
}

/** True if a value matches a schema. Lengths count characters; TypeBox counts UTF-16 units, two for some characters. */
const isValid = (schema: TSchema, value: unknown): boolean =>
  Value.Check(schema, typeof value === 'string' ? value.replace(/[\u{10000}-\u{10ffff}]/gu, '_') : value)

/** The requirement of a schema, in words that follow "it must". */
function requirementOf({ type, format, pattern, minimum, maximum, maxLength }: TSchema): string {
  if (type === 'boolean') return 'be true or false'
  if (type === 'integer') return `be a whole number from ${minimum} to ${maximum}`
  if (format) return 'be a real date: YYYY-MM-DD, YYYY-MM or YYYY'
  return pattern ? `match ${pattern}` : `have at most ${maxLength} characters`
}

/** The error for a value that is missing or does not match the schema of its parameter, with the fix. */
function invalidValue(name: string, sent: unknown, schema: TSchema, lookup: Lookup | undefined): ParameterError {
  const { enum: words, examples } = schema as { enum?: string[]; examples?: unknown[] }
  const allowed = words ? [...words] : null
  const example = examples ? `, for example ${name}=${examples[0]}` : ''
  if (sent === undefined) return queryError(name, `"${name}" is required${example}.`, allowed)
  if (Array.isArray(sent))
    return queryError(name, `"${name}" has ${sent.length} values. Send one request for each value.`, allowed)
  if (lookup?.refusal) return queryError(name, lookup.refusal)
  const value = String(sent)
  const way = isOptional(schema) ? 'Omit it or give it' : 'Give it'
  if (value === '') return queryError(name, `"${name}" is empty. ${way} a value${example}.`, allowed)
  const shown = beginningOf(value)
  if (!allowed) return queryError(name, `"${name}" cannot be "${shown}": it must ${requirementOf(schema)}${example}.`)
  const several = splitValues(value)
  if (several.length > 1 && several.every((part) => allowed.includes(part)))
    return queryError(name, oneValue(name, value, several.length), allowed)
  const near = nearestOf(value, allowed) ?? null
  return queryError(name, `"${name}" cannot be "${shown}". Use one of ${allowed.join(', ')}.`, allowed, near)
}

/** The nouns of the parameters that are not called by one. */
const typeNames: Record<string, string> = {
  actionLine: 'action line',
  comparedTo: 'edition',
  memberOf: 'group',
  parent: 'action line',
}

const splitValues = (value: string) => value.split(/[,;|]/).map((part) => part.trim())

const oneValue = (name: string, value: string, count: number) =>
  `"${name}" takes one value, but "${beginningOf(value)}" has ${count}. Send one request for each value.`

/**
 * The query of a request. Throws HttpProblem 400 with all errors at once, of the schema and of the lookups; they name
 * paths below `base`.
 */
export function settleQuery({ base }: Origin, request: FastifyRequest, schema: TObject, lookups: Lookups): Query {
  const sent = request.query as Record<string, unknown>
  const errors = Object.keys(sent)
    .filter((name) => !Object.hasOwn(schema.properties, name))
    .map((name) => unknownParameter(name, schema, base))
  const query: Query = {}
  for (const [name, expected] of Object.entries(schema.properties)) {
    if (sent[name] === undefined && isOptional(expected)) continue
    const lookup = lookups[name]
    const value = plainValue(name, sent[name], expected)
    if (!isValid(expected, value)) errors.push(invalidValue(name, sent[name], expected, lookup))
    else {
      const id = lookup ? lookup.find(String(value)) : (value as string | number | boolean)
      if (id !== undefined) query[name] = id
      else if (lookup) errors.push(unknownName(name, String(value), lookup))
    }
  }
  if (errors.length > 0) throw badRequest(errors)
  return query
}

function unknownName(name: string, value: string, lookup: Lookup): ParameterError {
  const several = splitValues(value)
  if (name !== 'id' && several.length > 1 && several.every((part) => lookup.find(part) !== undefined))
    return queryError(name, oneValue(name, value, several.length))
  const unknown = several.find((part) => lookup.find(part) === undefined)
  const shown = name === 'id' && unknown !== undefined ? unknown : value
  const near = lookup.suggest(value)
  if (lookup.refusal) return queryError(name, lookup.refusal)
  const suggestion = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : lookup.note?.(value)
  return queryError(
    name,
    [`No ${typeNames[name] ?? name} matches "${beginningOf(shown)}".`, suggestion].filter(Boolean).join(' '),
    near.length > 0 ? near : null,
    near[0] ?? null,
  )
}

/** The JSON in a parameter or a field of a form. Throws HttpProblem 400 if it is not JSON of this schema. */
export function parsedJson<Schema extends TSchema>(name: string, json: string, schema: Schema): Static<Schema> {
  const value: unknown = parsedText(name, json, JSON.parse, (why) => `"${name}" is not JSON (${why}).`)
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
    const detail = `Unknown ${schema?.title} "${beginningOf(wrong)}". Use one of ${allowed.join(', ')}.`
    return bodyError(name + path, detail, allowed)
  })
  throw badRequest(errors.slice(0, 20))
}

/** The query string in the order of the schema, so that equal queries have one URL; undefined values are omitted. */
export function queryString(query: Record<string, Query[string] | undefined>): string {
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]): [string, string] => [name, String(value)])
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`
}

/** The query of a route without parameters. */
export const NoParameters = querySchema({})
