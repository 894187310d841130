import type { Names } from '../names/names.ts'
import type { AddError } from './findings.ts'

const namedProperties = ['code', 'id', 'acronym', 'name', 'title', 'genevaTitle', 'aliases']

/** Adds all names of a record. A name of another record is an error, one for each such record. */
export function addNames(
  names: Names,
  record: { id: string; value: object; all: string[] },
  noun: string,
  addError: AddError,
  place: string,
): void {
  const others = new Set<string>()
  for (const name of record.all) {
    const other = names.add(record.id, name)
    if (other === undefined || others.has(other)) continue
    others.add(other)
    addError(
      place + pointerTo(record.value, name),
      `the name "${name}" of ${record.id} already means ${other}; one name must mean one ${noun}`,
    )
  }
}

/** The JSON pointer to a name in its record; empty if the name combines several properties. */
function pointerTo(value: object, name: string): string {
  const { names = [] } = value as { names?: { name: string }[] }
  const other = names.findIndex((one) => one.name === name)
  if (other >= 0) return `/names/${other}/name`
  for (const [property, content] of Object.entries(value).filter(([one]) => namedProperties.includes(one))) {
    if (content === name) return `/${property}`
    if (Array.isArray(content) && content.includes(name)) return `/${property}/${content.indexOf(name)}`
  }
  return ''
}
