import type { Noun } from './noun.ts'
import { hrefOf } from './shapes.ts'

const typesByLength: Record<number, string> = { 4: 'xsd:gYear', 7: 'xsd:gYearMonth', 10: 'xsd:date' }
const dates = ['date', 'asOf', 'from', 'to']
const addresses = ['@id', 'href', 'actionLine', 'inScheme', 'topConceptOf', 'record', 'changeNoteOf']
/** The properties that the context treats as JSON, in which nothing is linked. */
const texts = ['before', 'after']

/** Records as JSON-LD nodes, with absolute URLs below `base` and dates typed by their precision. */
export function nodesOf(noun: Noun, records: object[], base: string): Record<string, unknown>[] {
  const nodes = noun.linked?.(records as never[]) ?? records
  return nodes.map(
    (node) =>
      typedValue(
        {
          '@id': hrefOf(noun.name, (node as { id?: string }).id),
          '@type': noun.operations[0],
          ...node,
        },
        base,
      ) as Record<string, unknown>,
  )
}

function typedValue(value: unknown, base: string, name = ''): unknown {
  if (typeof value === 'string') {
    if (dates.includes(name)) return { '@value': value, '@type': typesByLength[value.length] }
    return addresses.includes(name) ? value.replace(/^(?=\/)/, base) : value
  }
  if (typeof value !== 'object' || value === null || texts.includes(name)) return value
  if (Array.isArray(value)) return value.map((one) => typedValue(one, base))
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, typedValue(one, base, key)]))
}
