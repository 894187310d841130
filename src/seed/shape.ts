import { type Static, type TSchema, Value, type ValueError, ValueErrorType } from '../typebox.ts'
import type { Findings } from './errors.ts'
import type { Placed, Records } from './records.ts'

/** True if `value` has the shape; adds an error for each part that has not. */
export function hasShape<Schema extends TSchema>(
  schema: Schema,
  value: unknown,
  findings: Findings,
  file: string,
  place: string,
): value is Static<Schema> {
  // Whether there is an error is known sooner than which.
  if (Value.Check(schema, value)) return true
  const seen = new Set<string>()
  for (const error of errorsOf(schema, value, place)) {
    if (seen.has(error.path)) continue
    seen.add(error.path)
    findings.error(file, error.path, wordsFor(error))
  }
  return seen.size === 0
}

/** Checks a file that is a list of records; `key` names the property that identifies one. */
export function recordsOf<Schema extends TSchema>(
  schema: Schema,
  content: unknown,
  findings: Findings,
  file: string,
  key?: string,
): Records<Static<Schema>> {
  if (!Array.isArray(content)) {
    if (content !== undefined)
      findings.error(file, '', `is ${kindOf(content)}; it must be a list of records: [ { … }, { … } ]`)
    return { file, records: [], ids: undefined, whole: false }
  }
  const records: Placed<Static<Schema>>[] = []
  const ids = new Set<string>()
  let readable = true
  for (const [index, value] of content.entries()) {
    const place = `/${index}`
    if (hasShape(schema, value, findings, file, place)) records.push({ place, value })
    if (key === undefined) continue
    const id: unknown = value?.[key]
    if (!Value.Check(schema.properties[key], id)) readable = false
    else if (ids.has(id as string))
      findings.error(file, `${place}/${key}`, `"${id}" appears twice; each ${key} must be unique`)
    ids.add(id as string)
  }
  return { file, records, ids: readable ? ids : undefined, whole: records.length === content.length }
}

/** The errors with their full places. For a record that might have been null, they are those inside the record. */
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
    return `is not a property of this record; remove it, or correct its name: ${Object.keys(schema.properties).join(', ')}`
  if (type === ValueErrorType.ArrayUniqueItems && Array.isArray(value)) {
    const twice = value.find((one, index) => value.indexOf(one) !== index)
    return `has ${kindOf(twice)} twice; each must appear once`
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

/** What a person sees in the file, cut if it is long. */
function kindOf(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object' && value !== null) return 'a record'
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
