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

/** The example of a media type: the beginning of a body, in its form; undefined if it has none. */
export function shortenedText(type: string, body: string): unknown {
  switch (formatNames.get(type) ?? keyOf(type)) {
    case 'json':
      return shortened(JSON.parse(body))
    case 'jsonld':
      return firstNode(body)
    case 'ttl': {
      const turtle = turtleOf(JSON.stringify(firstNode(body)), { base: '' })
      const used = ([, prefix]: string[]) =>
        turtle.split('\n').some((line) => !line.startsWith('@prefix') && line.includes(`${prefix}:`))
      return turtle.replaceAll(/^@prefix ([\w]*):.*\n/gm, (line, prefix) => (used(['', prefix]) ? line : ''))
    }
    case 'ndjson':
      return `${JSON.stringify(
        shortestOf(
          body
            .trim()
            .split('\n')
            .map((line) => firstOf(JSON.parse(line))),
        )[0],
      )}\n`
    case 'csv':
      return csvOf(shortenedRows(body), { record_delimiter: 'windows' })
    case 'ics':
      return body
    case 'atom':
      return body.replace(/>([^<]+)</g, (_, text: string) => `>${shortened(text)}<`)
    default:
      return undefined
  }
}

function shortenedRows(body: string): unknown[][] {
  const [header = [], ...rows] = parse(body, { bom: true }) as string[][]
  const shortest = rows.map((row) => row.map(shortened)).toSorted((one, other) => lengthOf(one) - lengthOf(other))
  return [header, ...shortest.slice(0, 1)]
}
