import { parse } from 'csv-parse/sync'
import { stringify as csvOf } from 'csv-stringify/sync'
import { turtleOf } from './formats/as-turtle.ts'
import { dataFormats } from './formats/data-formats.ts'
import { bareType } from './formats/format.ts'

// Shortens a response to an example of the OpenAPI document.

/** The names of the data formats, by media type. */
export const formatNames = new Map(dataFormats.map((format) => [bareType(format), format.name]))

/** The key of an example. Documentation tools show one of several examples with the same key for all media types. */
export const keyOf = (type: string) => formatNames.get(type) ?? type.replace(/^.*[/+-]/, '')

/** The maximum length of a text in an example, and of a record where no schema requires its properties. */
const [maxText, maxProperties] = [24, 2]

/** The first words of a text. */
const firstWordsOf = (text: string) =>
  text.length > maxText
    ? `${text
        .slice(0, maxText)
        .toWellFormed()
        .replace(/\s+\S*$/, '')} …`
    : text

const lengthOf = (value: unknown) => JSON.stringify(value).length

/** The shortest of these values, shortened; an empty list if there are none. */
const shortestOf = (values: unknown[]): unknown[] =>
  values
    .map(shortened)
    .toSorted((one, other) => lengthOf(one) - lengthOf(other))
    .slice(0, 1)

/** A JSON value with the shortest element of each list, and the beginning of each long text. */
export function shortened(value: unknown): unknown {
  if (typeof value === 'string') return value.includes(' ') ? firstWordsOf(value) : value
  if (Array.isArray(value)) return shortestOf(value)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shortened(one)]))
}

/** The first properties of a record that have a value, shortened. */
const firstOf = (record: object) =>
  shortened(
    Object.fromEntries(
      Object.entries(record)
        .filter(([, value]) => value !== null && value?.length !== 0)
        .slice(0, maxProperties),
    ),
  )

/** A JSON-LD text with the first properties of its shortest node. */
function firstNode(text: string): Record<string, unknown> {
  const { '@graph': nodes, ...rest } = JSON.parse(text)
  if (!nodes) return { '@context': firstOf(rest['@context']) }
  return { ...rest, '@graph': shortestOf(nodes.map(firstOf)) }
}

/** The functions that make the example of a media type, the beginning of a body in its form, by key of the example. */
export const exampleMakers: Record<string, (body: string) => unknown> = {
  json: (body) => shortened(JSON.parse(body)),
  jsonld: firstNode,
  ttl: turtleOfFirstNode,
  ndjson(body) {
    const records = body.trim().split('\n')
    return `${JSON.stringify(shortestOf(records.map((line) => firstOf(JSON.parse(line))))[0])}\n`
  },
  csv: (body) => csvOf(shortenedRows(body), { record_delimiter: 'windows' }),
  ics: (body) => body,
  atom: (body) => body.replace(/>([^<]+)</g, (_, text: string) => `>${shortened(text)}<`),
}

/** The first node of a JSON-LD text as Turtle, with the prefixes that it uses. */
function turtleOfFirstNode(body: string): string {
  const turtle = turtleOf(JSON.stringify(firstNode(body)), { base: '' })
  const isUsed = (prefix: string) =>
    turtle.split('\n').some((line) => !line.startsWith('@prefix') && line.includes(`${prefix}:`))
  return turtle.replaceAll(/^@prefix ([\w]*):.*\n/gm, (line, prefix) => (isUsed(prefix) ? line : ''))
}

function shortenedRows(body: string): unknown[][] {
  const [header = [], ...rows] = parse(body, { bom: true }) as string[][]
  const shortest = rows.map((row) => row.map(shortened)).toSorted((one, other) => lengthOf(one) - lengthOf(other))
  return [header, ...shortest.slice(0, 1)]
}
