import type { List } from '../nouns/noun.ts'
import { components } from '../nouns/shapes.ts'
import type { TSchema } from '../typebox.ts'

// The meaning of each column of a CSV file or a workbook.

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
  const words = column.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  if (reference === 'Count#') return `The number of ${words}.`
  return reference === 'Link#' ? `The id of the record in ${nounsOfColumns[column]}.` : undefined
}
