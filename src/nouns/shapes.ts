import { type Static, type TProperties, type TSchema, type TUnsafe, Type } from '../typebox.ts'
import { authorities, dateBases, editionRoles, roles, sourceStatuses } from '../vocabulary.ts'

/** The components of the OpenAPI document: every schema with an `$id` that another one or a route refers to, by its id. */
export const components = new Map<string, TSchema>()

/**
 * A reference to a schema with an `$id`, which makes the schema a component. Call it outside `app.register`: a scope is
 * loaded after the components were added.
 */
export function ref<Schema extends TSchema>(schema: Schema): TUnsafe<Static<Schema>> {
  components.set(String(schema.$id), schema)
  return Type.Unsafe<Static<Schema>>({ $ref: `${schema.$id}#` })
}

/** The schema of an object, with its name and description in the OpenAPI document. */
export const shape = <Properties extends TProperties>($id: string, description: string, properties: Properties) =>
  Type.Object(properties, { $id, description })

/** A reference with another description. */
export function refAs<Schema extends TSchema>(schema: Schema, description: string): TUnsafe<Static<Schema>> {
  return Type.Unsafe<Static<Schema>>({ ...ref(schema), description })
}

/** A value or null. Null means "unknown" or "none", as the description states. */
export function nullable<Schema extends TSchema>(schema: Schema, description: string): TUnsafe<Static<Schema> | null> {
  if (schema.$ref) return Type.Unsafe({ anyOf: [schema, { type: 'null' }], description })
  return Type.Unsafe({ ...schema, type: [schema.type, 'null'], description })
}

/** A value with only the properties that its schema has, in its order, at every depth. */
export function shaped(schema: TSchema, value: unknown): unknown {
  const { $ref, anyOf, items, properties } = schema
  if (value === null || value === undefined) return value
  if ($ref) return shaped(components.get($ref.slice(0, -1)) as TSchema, value)
  // The other one is null.
  if (anyOf) return shaped(anyOf[0], value)
  if (items) return (value as unknown[]).map((one) => shaped(items, one))
  if (!properties) return value
  const given = new Map(Object.entries(value))
  const names = Object.keys(properties).filter((name) => given.has(name))
  return Object.fromEntries(names.map((name) => [name, shaped(properties[name], given.get(name))]))
}

/** Words of a list that may grow within /v1, as a component. Clients must treat an unknown word like any other. */
export function words<const Words extends readonly string[]>(
  $id: string,
  all: Words,
  description: string,
): TUnsafe<Words[number]> {
  return Type.Unsafe<Words[number]>({
    $id,
    type: 'string',
    'x-extensible-enum': all,
    description: all.every((word) => description.includes(`\`${word}\``))
      ? `${description} More words may be added.`
      : `${description} Known words: ${all.join(', ')}.`,
  })
}

export const Link = shape('Link', 'A link to another record.', {
  id: Type.String({ description: 'The id of the record.', examples: ['ITU'] }),
  title: Type.String({ description: 'Its title or name.', examples: ['International Telecommunication Union'] }),
  href: Type.String({
    description: 'Its URL: absolute if PUBLIC_URL is set, otherwise relative to this host.',
    examples: ['/v1/agencies/ITU'],
  }),
})
export type Link = Static<typeof Link>

export const Count = shape('Count', 'The number of records in a list, and its URL.', {
  total: Type.Integer({ description: 'The number of records.' }),
  href: Type.String({ description: 'The URL of the list.' }),
})
export type Count = Static<typeof Count>

export const Party = shape('Party', 'An organizer or facilitator of a session, or a host of a forum.', {
  name: Type.String({ description: 'The name as printed.' }),
  agency: nullable(ref(Link), 'The agency, if it could be identified with certainty. Otherwise null.'),
})
export type Party = Static<typeof Party>

export const SessionSource = shape('SessionSource', 'The source of a session or forum.', {
  title: nullable(Type.String(), 'The title, if noted.'),
  url: Type.String({ description: 'Its URL.' }),
})

/** The address of a coordination, in a record that gives the statement without its id. */
export const statementHref = Type.String({ description: 'The URL of the coordination.' })

/** The format of a date that may be partial. */
export const partialDate = 'YYYY-MM-DD, YYYY-MM or YYYY'

export const Role = words('Role', roles, 'The role of the agency for the line, according to the source.')
export const EditionRole = words(
  'EditionRole',
  editionRoles,
  'The function that the table lists. `coordinator` (the draft) and `facilitator` (later tables) are one function in two wordings. A `contact` does not replace the facilitators.',
)
export const Authority = words(
  'Authority',
  authorities,
  'The version that was read: from the author (`official`), hosted elsewhere (`copy`), or an account by others (`secondary`).',
)
export const Status = words('Status', sourceStatuses, 'The status of a document.')
export const DateBasis = words('DateBasis', dateBases, 'The date is that of the `statement` or of its `source`.')

export const isAppointment = Type.Boolean({
  description: 'True if the role is coordinator, facilitator, co-facilitator or focal point.',
})

/** The properties of a report, without its agency or line. */
export const reportProperties = {
  role: ref(Role),
  roleAsWorded: nullable(Type.String(), 'The role in the words of the source, if noted.'),
  appointment: isAppointment,
  date: nullable(Type.String(), `The date in the document, as ${partialDate}. Null if undated.`),
  dateBasis: nullable(ref(DateBasis), 'The origin of the date. Null if undated.'),
  authority: ref(Authority),
  source: ref(Link),
  href: statementHref,
}

/** The properties of an edition in a record that refers to it. */
export const editionProperties = {
  edition: ref(Link),
  role: ref(EditionRole),
  status: ref(Status),
  date: nullable(Type.String(), `The date of the edition, as ${partialDate}. Null if undated.`),
  authority: ref(Authority),
}

export const Dataset = Type.String({
  $id: 'Dataset',
  description: 'The version of the data: the first 12 hex digits of SHA-256 over the seed files.',
})
export const dataset = ref(Dataset)

/** The path of a collection, or of one of its members. */
export function hrefOf(collection: string, id?: string): string {
  return `/v1/${collection}${id === undefined ? '' : `/${encodeURIComponent(id).replaceAll('%3A', ':')}`}`
}

/**
 * A JSON text of records with absolute URLs. Every URL of the service in a record is a property `href`. Within a JSON
 * string its quotes would be escaped, so nothing else can match.
 */
export function absolute<Text extends string | Buffer>({ base }: { base: string }, json: Text): Text | string {
  return base === '' ? json : String(json).replaceAll('"href":"/', () => `"href":"${base}/`)
}

/** A link to a member of a collection. */
export function linkTo(collection: string, id: string, title: string): Link {
  return { id, title, href: hrefOf(collection, id) }
}

/** The links of a list that another list lacks. */
export const without = (links: readonly Link[], others: readonly Link[]): Link[] =>
  links.filter(({ id }) => !others.some((other) => other.id === id))

/** A count of the members of a collection that match a filter. */
export function countOf(total: number, collection: string, filter: string, id: string): Count {
  return { total, href: `${hrefOf(collection)}?${filter}=${id}` }
}
