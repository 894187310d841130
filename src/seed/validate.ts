import { type Static, type TSchema, Value, type ValueError, ValueErrorType } from '../typebox.ts'
import type { AddError } from './findings.ts'
import type { Placed, PlacedRecords } from './placed.ts'
import { checkUnique } from './references.ts'

/** True if `value` is valid; otherwise adds an error for each invalid part. */
export function hasShape<Schema extends TSchema>(
  schema: Schema,
  value: unknown,
  addError: AddError,
  place = '',
): value is Static<Schema> {
  // The check is much faster than the list of errors.
  if (Value.Check(schema, value)) return true
  const seen = new Set<string>()
  for (const error of errorsOf(schema, value, place)) {
    if (seen.has(error.path)) continue
    seen.add(error.path)
    addError(error.path, wordsFor(error))
  }
  return seen.size === 0
}

/**
 * Checks a file with a list of records. `keys` are the properties that identify a record, one of them if it is an id.
 */
export function recordsOf<Schema extends TSchema>(
  schema: Schema,
  content: unknown,
  addError: AddError,
  keys: string[],
): PlacedRecords<Static<Schema>> {
  if (!Array.isArray(content)) {
    if (content !== undefined) addError('', `is ${typeName(content)}; it must be a list of records: [ { … }, { … } ]`)
    return { addError, records: [], ids: undefined, whole: false }
  }
  const records: Placed<Static<Schema>>[] = []
  for (const [index, value] of content.entries())
    if (hasShape(schema, value, addError, `/${index}`)) records.push({ place: `/${index}`, value })
  checkUnique('', content, keys, addError)
  const ids: unknown[] = content.map((value) => value?.[String(keys[0])])
  const areRead = ids.every((id) => Value.Check(schema.properties[String(keys[0])], id))
  return {
    addError,
    records,
    ids: areRead ? new Set(ids.map(String)) : undefined,
    whole: records.length === content.length,
  }
}

/** The errors with their full places. For a nullable record, the errors inside the record. */
function* errorsOf(schema: TSchema, value: unknown, place: string): Generator<ValueError> {
  for (const error of Value.Errors(schema, value)) {
    const path = place + error.path
    const record = (error.schema.anyOf as TSchema[] | undefined)?.find(({ type }) => type === 'object')
    if (record && typeName(error.value) === 'a record') yield* errorsOf(record, error.value, path)
    else yield { ...error, path }
  }
}

function wordsFor({ type, schema, value }: ValueError): string {
  if (type === ValueErrorType.ObjectRequiredProperty) return `is missing; it must be ${expected(schema)}`
  if (type === ValueErrorType.ObjectAdditionalProperties)
    return `is not a property of this record; remove it, or correct its name: ${Object.keys(schema.properties).join(', ')}`
  if (type === ValueErrorType.ArrayUniqueItems && Array.isArray(value)) {
    const twice = value.find((one, index) => value.indexOf(one) !== index)
    return `has ${typeName(twice)} twice; each must appear once`
  }
  return `is ${typeName(value)}; it must be ${expected(schema)}`
}

function expected(schema: TSchema): string {
  if (schema.enum) return `one of ${schema.enum.join(', ')}`
  if (schema.anyOf) return schema.anyOf.map(expected).join(' or ')
  if (schema.description) return schema.description
  if (schema.type === 'object') return `a record with ${Object.keys(schema.properties).join(', ')}`
  return schema.type === 'array' ? `a list, each ${expected(schema.items)}` : schema.type
}

/** The value as it appears in the file, cut if it is long. */
function typeName(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object' && value !== null) return 'a record'
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
