import type { Static, TSchema } from '@sinclair/typebox'
import { type ValueError, ValueErrorType } from '@sinclair/typebox/errors'
import { Value } from '@sinclair/typebox/value'
import type { Faults, Placed, Records } from './seed-errors.ts'

/** Reports each departure of `value` from its shape; gives true where there is none. */
export function hasShape<Schema extends TSchema>(
  schema: Schema,
  value: unknown,
  faults: Faults,
  file: string,
  place: string,
): value is Static<Schema> {
  const seen = new Set<string>()
  for (const error of errorsOf(schema, value, place)) {
    if (seen.has(error.path)) continue
    seen.add(error.path)
    faults.add(file, error.path, wordsFor(error))
  }
  return seen.size === 0
}

/** Checks a file that is a list of records; `key` names the property that identifies one. */
export function recordsOf<Schema extends TSchema>(
  schema: Schema,
  content: unknown,
  faults: Faults,
  file: string,
  key?: string,
): Records<Static<Schema>> {
  if (!Array.isArray(content)) {
    if (content !== undefined)
      faults.add(file, '', `is ${kindOf(content)}; it must be a list of records: [ { … }, { … } ]`)
    return { file, records: [], ids: undefined, whole: false }
  }
  const records: Placed<Static<Schema>>[] = []
  const ids = new Set<string>()
  let readable = true
  for (const [index, value] of content.entries()) {
    const place = `/${index}`
    if (hasShape(schema, value, faults, file, place)) records.push({ place, value })
    if (key === undefined) continue
    const id: unknown = value?.[key]
    if (!Value.Check(schema.properties[key], id)) readable = false
    else if (ids.has(id as string))
      faults.add(file, `${place}/${key}`, `"${id}" stands twice; each ${key} must stand once`)
    ids.add(id as string)
  }
  return { file, records, ids: readable ? ids : undefined, whole: records.length === content.length }
}

/** The errors with their full places; inside a record that might have been null, those of the record. */
function* errorsOf(schema: TSchema, value: unknown, place: string): Generator<ValueError> {
  for (const error of Value.Errors(schema, value)) {
    const path = place + error.path
    const record = (error.schema.anyOf as TSchema[] | undefined)?.find(({ type }) => type === 'object')
    if (record && kindOf(error.value) === 'a record') yield* errorsOf(record, error.value, path)
    else yield { ...error, path }
  }
}

function wordsFor({ type, schema, value }: ValueError): string {
  if (type === ValueErrorType.ObjectRequiredProperty) return `is missing; it must be ${expected(schema)}`
  if (type === ValueErrorType.ObjectAdditionalProperties)
    return `is no property of this record; remove it, or mend its name: ${Object.keys(schema.properties).join(', ')}`
  if (type === ValueErrorType.ArrayUniqueItems && Array.isArray(value)) {
    const twice = value.find((one, index) => value.indexOf(one) !== index)
    return `has ${kindOf(twice)} twice; each must stand once`
  }
  return `is ${kindOf(value)}; it must be ${expected(schema)}`
}

function expected(schema: TSchema): string {
  if (schema.enum) return `one of ${schema.enum.join(', ')}`
  if (schema.anyOf) return schema.anyOf.map(expected).join(' or ')
  if (schema.description) return schema.description
  if (schema.type === 'object') return `a record with ${Object.keys(schema.properties).join(', ')}`
  return schema.type === 'array' ? `a list, each ${expected(schema.items)}` : schema.type
}

/** What a person sees in the file, cut where it is long. */
function kindOf(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object' && value !== null) return 'a record'
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
