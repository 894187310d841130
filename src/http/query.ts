import { type TObject, Type } from '@sinclair/typebox'
import type { FastifyRequest, FastifySchemaValidationError } from 'fastify'
import { nearestOf } from '../names/near-words.ts'
import type { Lookup } from '../nouns/noun.ts'
import { badRequest, type ParameterError } from './problem.ts'

/** Which query parameters name something, and what finds it. */
export type Lookups = Record<string, Lookup>

const errorOf = (
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

/** One fault that the schema of the query found, in words that say how to mend it. */
function wordsFor(
  error: FastifySchemaValidationError,
  sent: Record<string, unknown>,
  properties: TObject['properties'],
): ParameterError {
  const known = Object.keys(properties)
  if (error.keyword === 'additionalProperties') {
    const name = String(error.params.additionalProperty)
    const near = nearestOf(name, known) ?? null
    const meant = near
      ? `Did you mean ${near}?`
      : known.length > 0
        ? `It takes ${known.join(', ')}.`
        : 'It takes no parameters.'
    return errorOf(name, `There is no parameter "${name}" here. ${meant}`, known, near)
  }
  const isMissing = error.keyword === 'required'
  const name = isMissing ? String(error.params.missingProperty) : error.instancePath.slice(1)
  const { enum: words, examples } = properties[name] as { enum?: string[]; examples: unknown[] }
  const allowed: string[] | null = words ? [...words] : null
  const value = sent[name]
  const example = `, for example ${name}=${examples[0]}`
  if (isMissing) return errorOf(name, `"${name}" is missing; give it a value${example}.`, allowed)
  if (Array.isArray(value)) return errorOf(name, `"${name}" is given ${value.length} times; give it once.`, allowed)
  if (value === '') return errorOf(name, `"${name}" is empty; leave it out or give it a value${example}.`, allowed)
  if (allowed) {
    const near = nearestOf(String(value), allowed) ?? null
    return errorOf(name, `"${name}" cannot be "${value}"; it is one of ${allowed.join(', ')}.`, allowed, near)
  }
  const right = error.keyword === 'format' ? 'must be a real date: YYYY-MM-DD, YYYY-MM or YYYY' : error.message
  return errorOf(name, `"${name}" cannot be "${value}": it ${right}${example}.`)
}

/**
 * The query of a request with every name in its canonical spelling.
 * Throws HttpProblem 400 with all faults at once: what the schema found, and names that lead nowhere.
 */
export function settleQuery(
  request: FastifyRequest,
  schema: TObject,
  lookups: Lookups,
): Record<string, string | number | boolean> {
  const sent = request.query as Record<string, unknown>
  const found = request.validationError?.validation ?? []
  const faults = new Map<string, ParameterError>()
  for (const error of found) {
    const fault = wordsFor(error, sent, schema.properties)
    if (!faults.has(fault.name)) faults.set(fault.name, fault)
  }
  const query: Record<string, string | number | boolean> = {}
  for (const name of Object.keys(schema.properties)) {
    const value = sent[name]
    if (value === undefined || faults.has(name)) continue
    if (typeof value === 'number' && !/^(0|[1-9]\d*)$/.test(rawValue(request, name))) {
      faults.set(
        name,
        errorOf(name, `"${name}" is "${rawValue(request, name)}"; write it in digits alone, as ${value}.`),
      )
      continue
    }
    const lookup = lookups[name]
    const id = lookup ? lookup.find(String(value)) : undefined
    if (lookup && id === undefined) faults.set(name, unknownName(name, String(value), lookup))
    else query[name] = id ?? (value as string | number | boolean)
  }
  if (faults.size > 0) throw badRequest([...faults.values()])
  return query
}

/** A parameter as it was sent: validation has made a number of `0x10`. */
function rawValue(request: FastifyRequest, name: string): string {
  return String(new URLSearchParams(request.raw.url?.replace(/^[^?]*/, '')).get(name))
}

function unknownName(name: string, value: string, lookup: Lookup): ParameterError {
  if (lookup.refusal) return errorOf(name, lookup.refusal)
  const near = lookup.suggest(value)
  const meant = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ''
  return errorOf(
    name,
    `"${name}" names nothing that is held: "${value.slice(0, 100)}".${meant}`,
    near.length > 0 ? near : null,
    near[0] ?? null,
  )
}

/** The query string in the order of the schema, so that the same question has one address. */
export function queryString(query: Record<string, string | number | boolean>): string {
  const pairs = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)])
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`
}

export const NoParameters = Type.Object({}, { additionalProperties: false })

/** What a route without query parameters is registered with, so that it refuses those that are sent. */
export const withoutParameters = {
  attachValidation: true,
  preHandler: async (request: FastifyRequest): Promise<void> => {
    settleQuery(request, NoParameters, {})
  },
}
/** Its part of the schema. */
export const noParameters = { querystring: NoParameters }
