import { setImmediate } from 'node:timers/promises'
import { badRequest, bodyError, HttpProblem, type ParameterError } from '../http/problem-details.ts'
import { maxText } from '../names/resolution.ts'
import { oneOf } from '../schema.ts'
import { type Static, type TSchema, Type, Value } from '../typebox.ts'
import { type NamedNoun, namedNouns } from '../vocabulary.ts'
import {
  type Entities,
  type Hint,
  properties,
  propertyOf,
  type Query,
  typeOf,
  types,
} from './reconciliation-entities.ts'

// The two requests of the Reconciliation Service API with a body: a batch of queries, and a data extension.

/** The maximum number of queries, ids or properties in one request. */
export const maxBatch = 50
const maxLimit = 100

const Entity = Type.Object({ id: Type.String() })
const HintValue = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Entity])
const SentQuery = Type.Object(
  {
    query: Type.Optional(Type.String()),
    type: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())])),
    limit: Type.Optional(Type.Integer({ minimum: 1 })),
    properties: Type.Optional(
      Type.Array(Type.Object({ pid: Type.String(), v: Type.Union([HintValue, Type.Array(HintValue)]) })),
    ),
    type_strict: Type.Optional(oneOf(['any', 'should', 'all'], {})),
  },
  { additionalProperties: false },
)
const SentExtension = Type.Object({
  ids: Type.Array(Type.String()),
  properties: Type.Array(Type.Object({ id: Type.String() })),
})

/** Throws HttpProblem 400 if a text is not valid JSON of this schema. */
function parsed<Schema extends TSchema>(name: string, json: string, schema: Schema): Static<Schema> {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (error) {
    throw badRequest([bodyError(name, `"${name}" is not JSON (${(error as Error).message}).`)])
  }
  const errors = new Map<string, ParameterError>()
  for (const {
    path,
    message,
    value: wrong,
    schema: { enum: words },
  } of Value.Errors(schema, value)) {
    const place = name + path
    const error = words
      ? unknown(place, place.replace(/.*\//, ''), String(wrong), words)
      : bodyError(place, `"${place}" is wrong: ${message}.`)
    if (!errors.has(path)) errors.set(path, error)
  }
  if (errors.size > 0) throw badRequest([...errors.values()].slice(0, 20))
  return value as Static<Schema>
}

function checkBatch(count: number, what: string): void {
  if (count > maxBatch)
    throw new HttpProblem(413, `The request has ${count} ${what}; the maximum is ${maxBatch}. Send them in parts.`)
}

/** The candidates of each query. Other requests run between queries. */
export async function reconciled(entities: Entities, json: string): Promise<object> {
  const sent = Object.entries(parsed('queries', json, Type.Record(Type.String(), SentQuery)))
  checkBatch(sent.length, 'queries')
  const read = sent.map(([key, query]) => readQuery(key, query))
  const errors = read.flatMap(({ errors }) => errors)
  if (errors.length > 0) throw badRequest(errors)
  const results: Record<string, object> = {}
  for (const { key, query } of read) {
    const isTooLong = query.text.length > maxText
    const tooLong = { result: [], notes: [`The text has more than ${maxText} characters.`] }
    results[key] = isTooLong ? tooLong : entities.candidates(query)
    await setImmediate()
  }
  return results
}

function readQuery(
  key: string,
  sent: Static<typeof SentQuery>,
): { key: string; query: Query; errors: ParameterError[] } {
  const asked = [sent.type ?? []].flat()
  const nouns = (asked.length > 0 ? asked : namedNouns) as NamedNoun[]
  const errors = asked
    .filter((type) => !Object.hasOwn(types, type))
    .map((type) => unknown(`queries/${key}/type`, 'type', type, namedNouns))
  const hints: Hint[] = []
  for (const { pid, v } of sent.properties ?? []) {
    const property = propertyOf(pid, nouns)
    const values = [v].flat().map((value) => String(typeof value === 'object' ? value.id : value).slice(0, maxText))
    if (property) hints.push({ property, values })
    else errors.push(unknown(`queries/${key}/properties`, 'property', pid, propertyIds))
  }
  if (sent.query === undefined && hints.length === 0 && errors.length === 0)
    errors.push(bodyError(`queries/${key}`, `Query "${key}" has neither "query" nor "properties".`))
  const limit = Math.min(sent.limit ?? maxLimit, maxLimit)
  return { key, query: { text: sent.query ?? '', nouns, limit, hints }, errors }
}

const propertyIds = properties.map(({ id }) => id)

function unknown(place: string, what: string, value: string, allowed: readonly string[]): ParameterError {
  const detail = `Unknown ${what} "${value.slice(0, 100)}". Use one of ${allowed.join(', ')}.`
  return { ...bodyError(place, detail), allowed: [...allowed] }
}

/** The property values of entities (data extension). */
export function extended(entities: Entities, json: string): object {
  const { ids, properties: asked } = parsed('extend', json, SentExtension)
  checkBatch(ids.length, 'ids')
  checkBatch(asked.length, 'properties')
  const errors = asked.filter(({ id }) => !propertyOf(id))
  if (errors.length > 0)
    throw badRequest(errors.map(({ id }) => unknown('extend/properties', 'property', id, propertyIds)))
  const wanted = asked.flatMap(({ id }) => propertyOf(id) ?? [])
  return {
    meta: wanted.map(({ id, name, links }) => ({ id, name, ...(links && { type: typeOf(links) }) })),
    rows: Object.fromEntries(
      ids.map((id) => [id, Object.fromEntries(wanted.map((one) => [one.id, entities.values(id, one)]))]),
    ),
    notes: ids.filter((id) => !entities.get(id)).map((id) => `No line or agency has the id "${id.slice(0, 100)}".`),
  }
}
