import type { TSchema } from '../typebox.ts'
import { propertyWords } from './change-summary.ts'
import type { Cell, Column, List } from './noun.ts'
import { components, type Link } from './shapes.ts'

// The columns of a CSV file or a workbook: the cell of an item, and the meaning of each column.

/** Columns with the values at these paths, each named after the last step of its path. */
export const columnsAt = (...paths: string[]): Record<string, string> =>
  Object.fromEntries(paths.map((path) => [String(path.split('/').at(-1)), path]))

/** The cell of a column for an item. */
export const cellIn = <Item>(column: Column<Item>, item: Item): Cell =>
  typeof column === 'string' ? inCell(valueAt(item, column.split('/'))) : column(item)

/** The value at a path; of a list, the values in its items that are known. */
function valueAt(value: unknown, path: string[]): unknown {
  if (value === null || value === undefined) return value
  if (Array.isArray(value)) return path.length === 0 ? value : value.flatMap((one) => valueAt(one, path) ?? [])
  const [name, ...rest] = path
  return name === undefined ? value : valueAt((value as Record<string, unknown>)[name], rest)
}

/** A link as its id, a name as such, a count as its number, and several values separated by semicolons. */
function inCell(value: unknown): Cell {
  if (Array.isArray(value)) return value.map(inCell).join('; ')
  if (typeof value !== 'object' || value === null) return value as Cell
  const { id, name, total } = value as { id?: string; name?: string; total?: number }
  return id ?? name ?? total
}

/** Reports in one cell: agency or line, role and date of each, as `UNDESA focal-point 2006-05-16`. */
export const reportsIn = <Report extends { role: string; date: string | null }>(
  reports: readonly Report[],
  ofReport: (report: Report) => Link,
): string => reports.map((one) => `${ofReport(one).id} ${one.role}${one.date ? ` ${one.date}` : ''}`).join('; ')

/** The noun whose ids a column contains, by column. */
export const nounsOfColumns: Record<string, string> = {
  parent: 'action-lines',
  actionLine: 'action-lines',
  agency: 'agencies',
  edition: 'editions',
  currentEdition: 'editions',
  contactsEdition: 'editions',
  source: 'sources',
  forum: 'forums',
  session: 'sessions',
}

/** The place in the JSON schema of a column whose cells are composed, if it is not the property of the same name. */
const places: Record<string, string> = {
  currentLines: 'current/actionLines',
  contactFor: 'current/contactFor',
  points: 'sections/points',
  speakers: 'sections/points/speaker',
  text: 'sections/points/text',
  before: 'properties/before',
  after: 'properties/after',
}

/** The schema behind a reference, a nullable value, or a list. */
function targetOf(schema: TSchema | undefined): TSchema | undefined {
  const inner: TSchema | undefined = schema?.$ref
    ? components.get(schema.$ref.slice(0, -1))
    : (schema?.anyOf?.[0] ?? schema?.items)
  return inner ? targetOf(inner) : schema
}

/** The table that a column of a line is about, by the beginning of its place. */
const tables = {
  'annex/': 'In the draft of 2005',
  'current/contacts/': 'In the newest list of lead contacts',
  'current/': 'In the newest list of facilitators, or the draft if no later list has the line',
}

/** The description of a column of a list, from the JSON schema of its items. */
export function descriptionOf({ item, columns }: Pick<List, 'item' | 'columns'>, column: string): string | undefined {
  const given = columns[column]
  const place = typeof given === 'string' ? given : places[column]
  const path = (item.properties[column] ? column : String(place)).split('/')
  const schema = path.reduce<TSchema | undefined>((one, name) => targetOf(one)?.properties?.[name], item)
  const description = schema?.description ?? shortReference(schema?.$ref, column) ?? targetOf(schema)?.description
  const [, table] =
    Object.entries(tables).find(([place]) => item.properties.annex && path.join('/').startsWith(place)) ?? []
  return table && description ? `${table}: ${description}` : description
}

/** The property of a link, or of the count of a list, that a column contains. */
function shortReference(reference: string | undefined, column: string): string | undefined {
  if (reference === 'Count#') return `The number of ${propertyWords(column)}.`
  return reference === 'Link#' ? `The id of the record in ${nounsOfColumns[column]}.` : undefined
}
