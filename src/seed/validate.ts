import type { NounNames } from '../names/noun-names.ts'
import { type Static, type TSchema, Value, type ValueError, ValueErrorType } from '../typebox.ts'
import type { AddError } from './findings.ts'

// The checks that apply to every file: shapes, references, unique entries and unique names.

/** A valid record of a seed file, with the JSON pointer to it, and a function that adds an error at a place in it. */
interface Placed<T> {
  place: string
  value: T
  addError: AddError
}

/** A seed file: its valid records, and every id in it, including those of invalid records. */
export interface PlacedRecords<T> {
  addError: AddError
  records: Placed<T>[]
  values: T[]
  /** Undefined if one could not be read: then no reference to this file can be reported as broken. */
  ids: Set<string> | undefined
  /** True if the file and all its records are valid. */
  whole: boolean
}

/** Records with names. If the file is not `whole`, invalid records may have more, so none is reported as unknown. */
export interface NamedRecords<T> extends PlacedRecords<T> {
  names: NounNames
}

/** False only if no record can have the id. */
export function mayHave({ ids }: PlacedRecords<unknown>, id: string): boolean {
  return ids === undefined || ids.has(id)
}

/** A function that adds errors of a part, whose place it begins with. */
export const errorsBelow =
  (addError: AddError, place: string): AddError =>
  (inner, text) =>
    addError(`${place}${inner}`, text)

/** True if `value` is valid; otherwise adds an error for each invalid part. */
export function hasShape<Schema extends TSchema>(
  schema: Schema,
  value: unknown,
  addError: AddError,
): value is Static<Schema> {
  // The check is much faster than the list of errors.
  if (Value.Check(schema, value)) return true
  const errors = Map.groupBy(errorsOf(schema, value, ''), ({ path }) => path)
  for (const [path, [first]] of errors) addError(path, wordsFor(first as ValueError))
  return errors.size === 0
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
    return { addError, records: [], values: [], ids: undefined, whole: false }
  }
  const records = content.flatMap((value, index): Placed<Static<Schema>>[] => {
    const place = `/${index}`
    const own = errorsBelow(addError, place)
    return hasShape(schema, value, own) ? [{ place, value, addError: own }] : []
  })
  checkUnique(content, keys, addError)
  const ids: unknown[] = content.map((value) => value?.[String(keys[0])])
  const areRead = ids.every((id) => Value.Check(schema.properties[String(keys[0])], id))
  return {
    addError,
    records,
    values: records.map(({ value }) => value),
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

// The declarations in the schemas of the seed beyond shapes, checked in one traversal. `refersTo` names the file with
// the record whose id a value is, or the list of the same file. `uniqueBy` lists the properties that identify an entry
// of a list; none if the entry is a text or a number.

/** Adds an error for each broken reference in a valid value, and for each duplicate entry of a list. */
export function checkReferences(
  schema: TSchema,
  record: unknown,
  addError: AddError,
  lists: ReadonlyMap<string, PlacedRecords<unknown>>,
): void {
  const has = (target: string, id: string): boolean => {
    const list = lists.get(target)
    if (list) return mayHave(list, id)
    const [key] = schema.properties[target].uniqueBy
    return (record as Record<string, Entry[]>)[target]?.some((one) => String(one[key]) === id) ?? false
  }
  const visit = (schema: TSchema, value: unknown, place: string): void => {
    if (value === null || value === undefined) return
    const { refersTo, uniqueBy, anyOf, items, properties = {} } = schema
    if (refersTo && !has(refersTo, String(value))) {
      const target = lists.has(refersTo) ? `seed/${refersTo}` : `"${refersTo}" of this file`
      addError(place, `"${value}" is not in ${target}; add it there, or correct it`)
    }
    if (uniqueBy) checkUnique(value as Entry[], uniqueBy, errorsBelow(addError, place))
    if (anyOf) visit(anyOf[0], value, place)
    if (items) for (const [index, one] of (value as unknown[]).entries()) visit(items, one, `${place}/${index}`)
    for (const [name, property] of Object.entries<TSchema>(properties))
      visit(property, (value as Entry)[name], `${place}/${name}`)
  }
  visit(schema, record, '')
}

type Entry = Record<string, unknown>

/** Adds an error for each entry with the same values of `keys` as an earlier one; entries may have any shape. */
function checkUnique(entries: unknown[], keys: string[], addError: AddError): void {
  const seen = new Set<string>()
  for (const [index, entry] of entries.entries()) {
    const values = keys.length === 0 ? [entry] : keys.map((key) => (entry as Entry | null)?.[key])
    if (values.some((value) => typeof (value ?? '') === 'object' || value === undefined)) continue
    const id = values.filter((value) => value !== null).join(':')
    const at = keys.length === 1 ? `/${keys}` : ''
    const what = keys.join(' and ') || 'entry'
    if (seen.has(id)) addError(`/${index}${at}`, `"${id}" appears twice; each ${what} must be unique`)
    seen.add(id)
  }
}

/** Adds all names of a record. A name of another record is an error, one for each such record. */
export function addNames(
  names: NounNames,
  id: string,
  all: string[],
  noun: string,
  { value, addError }: Placed<object>,
): void {
  const others = new Set<string>()
  for (const name of all) {
    const other = names.add(id, name)
    if (other === undefined || others.has(other)) continue
    others.add(other)
    addError(
      pointerTo(value, name),
      `the name "${name}" of ${id} already means ${other}; one name must mean one ${noun}`,
    )
  }
}

/** The JSON pointer to a name in its record; empty if the name combines several properties. */
function pointerTo(value: object, name: string): string {
  const { names = [] } = value as { names?: { name: string }[] }
  const other = names.findIndex((one) => one.name === name)
  if (other >= 0) return `/names/${other}/name`
  for (const [property, content] of Object.entries(value)) {
    if (content === name) return `/${property}`
    if (Array.isArray(content) && content.includes(name)) return `/${property}/${content.indexOf(name)}`
  }
  return ''
}
