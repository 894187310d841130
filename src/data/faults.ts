import type { Static, TSchema } from '@sinclair/typebox'
import { type ValueError, ValueErrorType } from '@sinclair/typebox/errors'
import { Value } from '@sinclair/typebox/value'

/** Thrown with every fault of a seed at once. Each says `seed/<file>:<place>: what is wrong, and what would be right`. */
export class SeedError extends Error {
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(`the seed has ${faults.length} fault${faults.length === 1 ? '' : 's'}:\n${faults.join('\n')}`)
    this.name = 'SeedError'
    this.faults = faults
  }
}

/** The faults found so far; a place is a JSON pointer, a line number, or empty for the whole file. */
export class Faults {
  readonly list: string[] = []

  add(file: string, place: string | number, text: string): void {
    this.list.push(`seed/${file}${place === '' ? '' : `:${place}`}: ${text}`)
  }
}

/** A record of a seed file that has the right shape, with the JSON pointer to it. */
export interface Placed<T> {
  place: string
  value: T
}

/** One seed file: the records of the right shape, and every id that stands in it, of a faulty record too. */
export interface Records<T> {
  file: string
  records: Placed<T>[]
  /** Undefined where the file could not be read, so that nothing is said against what refers to it. */
  ids: Set<string> | undefined
}

/** Reports each departure of `value` from its shape; gives true where there is none. */
export function hasShape<Schema extends TSchema>(
  schema: Schema,
  value: unknown,
  faults: Faults,
  file: string,
  place: string,
): value is Static<Schema> {
  const seen = new Set<string>()
  for (const error of Value.Errors(schema, value)) {
    if (seen.has(error.path)) continue
    seen.add(error.path)
    faults.add(file, place + error.path, wordsFor(error))
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
  if (content === undefined) return { file, records: [], ids: undefined }
  if (!Array.isArray(content)) {
    faults.add(file, '', `is ${kindOf(content)}; it must be a list of records: [ { … }, { … } ]`)
    return { file, records: [], ids: undefined }
  }
  const records: Placed<Static<Schema>>[] = []
  const ids = new Set<string>()
  for (const [index, value] of content.entries()) {
    const place = `/${index}`
    if (hasShape(schema, value, faults, file, place)) records.push({ place, value })
    const id: unknown = key === undefined || value === null ? undefined : value[key]
    if (typeof id !== 'string') continue
    if (ids.has(id)) faults.add(file, `${place}/${key}`, `"${id}" stands twice; each ${key} must stand once`)
    ids.add(id)
  }
  return { file, records, ids }
}

function wordsFor(error: ValueError): string {
  const right = error.schema.description ?? expected(error.schema)
  if (error.type === ValueErrorType.ObjectRequiredProperty) return `is missing; it must be ${right}`
  if (error.type === ValueErrorType.ObjectAdditionalProperties)
    return 'is not a property of this record; remove it or mend its name'
  return `is ${kindOf(error.value)}; it must be ${right}`
}

function expected(schema: TSchema): string {
  if (schema.enum) return `one of ${schema.enum.join(', ')}`
  if (schema.anyOf) return schema.anyOf.map((one: TSchema) => one.description ?? expected(one)).join(' or ')
  if (schema.minItems) return `a list of at least ${schema.minItems}`
  return schema.type === 'object'
    ? `a record with ${Object.keys(schema.properties).join(', ')}`
    : schema.type === 'array'
      ? 'a list'
      : `${schema.type}`
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object' && value !== null) return 'a record'
  return value === undefined ? 'missing' : JSON.stringify(value)
}
