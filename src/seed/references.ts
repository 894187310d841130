import type { TSchema } from '../typebox.ts'
import type { AddError } from './findings.ts'
import { mayHave, type PlacedRecords } from './placed.ts'

// The declarations in the schemas of the seed beyond shapes, checked in one traversal. `refersTo` names the file with
// the record whose id a value is, or the list of the same file. `uniqueBy` lists the properties that identify an entry
// of a list.

/** A valid value, with the JSON pointer to it. */
export interface Part {
  addError: AddError
  place: string
  schema: TSchema
  value: unknown
}

/** Adds an error for each broken reference in a part, and for each duplicate entry of a list. */
export function checkReferences(part: Part, lists: ReadonlyMap<string, PlacedRecords<unknown>>): void {
  const { addError } = part
  const has = (target: string, id: string): boolean => {
    const list = lists.get(target)
    if (list) return mayHave(list, id)
    const [key] = part.schema.properties[target].uniqueBy
    return (part.value as Record<string, Entry[]>)[target]?.some((one) => String(one[key]) === id) ?? false
  }
  const visit = (schema: TSchema, value: unknown, place: string): void => {
    if (value === null || value === undefined) return
    const { refersTo, uniqueBy, anyOf, items, properties = {} } = schema
    if (refersTo && !has(refersTo, String(value))) {
      const target = lists.has(refersTo) ? `seed/${refersTo}` : `"${refersTo}" of this file`
      addError(place, `"${value}" is not in ${target}; add it there, or correct it`)
    }
    if (uniqueBy) checkUnique(place, value as Entry[], uniqueBy, addError)
    if (anyOf) visit(anyOf[0], value, place)
    if (items) for (const [index, one] of (value as unknown[]).entries()) visit(items, one, `${place}/${index}`)
    for (const [name, property] of Object.entries<TSchema>(properties))
      visit(property, (value as Entry)[name], `${place}/${name}`)
  }
  visit(part.schema, part.value, part.place)
}

type Entry = Record<string, unknown>

/** Adds an error for each entry with the same values of `keys` as an earlier one; entries may have any shape. */
export function checkUnique(place: string, entries: unknown[], keys: string[], addError: AddError): void {
  const seen = new Set<string>()
  for (const [index, entry] of entries.entries()) {
    const values = keys.map((key) => (entry as Entry | null)?.[key])
    if (values.some((value) => typeof (value ?? '') === 'object' || value === undefined)) continue
    const id = values.filter((value) => value !== null).join(':')
    const at = keys.length === 1 ? `/${keys}` : ''
    if (seen.has(id))
      addError(`${place}/${index}${at}`, `"${id}" appears twice; each ${keys.join(' and ')} must be unique`)
    seen.add(id)
  }
}
