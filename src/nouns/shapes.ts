import {
  type SchemaOptions,
  type Static,
  type TNull,
  type TSchema,
  type TUnion,
  type TUnsafe,
  Type,
} from '@sinclair/typebox'
import { oneOf, roles } from '../vocabulary.ts'

/** A reference to a schema that has an `$id`, so that it becomes a component of the OpenAPI document. */
export function ref<Schema extends TSchema>(schema: Schema): TUnsafe<Static<Schema>> {
  return Type.Unsafe<Static<Schema>>({ $ref: `${schema.$id}#` })
}

/** A value or null; null always means "not known" or "there is none", as the description says. */
export function nullable<Schema extends TSchema>(
  schema: Schema,
  description: string,
  options: SchemaOptions = {},
): TUnion<[Schema, TNull]> {
  return Type.Union([schema, Type.Null()], { description, ...options })
}

export const Link = Type.Object(
  {
    id: Type.String({ description: 'The code or id of the resource linked to.', examples: ['ITU'] }),
    title: Type.String({
      description: 'Its title or name.',
      examples: ['International Telecommunication Union'],
    }),
    href: Type.String({
      description:
        'Its address: absolute where the service knows its own (PUBLIC_URL), else from the root of this host.',
      examples: ['/v1/agencies/ITU'],
    }),
  },
  { $id: 'Link', description: 'A resource seen from another one.' },
)
export type Link = Static<typeof Link>

export const Count = Type.Object(
  {
    total: Type.Integer({ description: 'How many there are.' }),
    href: Type.String({ description: 'The address of the list of them.' }),
  },
  { $id: 'Count', description: 'A list that is not repeated here: how long it is and where it stands.' },
)
export type Count = Static<typeof Count>

/** The address of a coordination, in a record that gives the statement without its id. */
export const statementHref = Type.String({ description: 'The address of the coordination that says so.' })

/** What every report says, beside the agency or the line that it is seen from. */
export const reportProperties = {
  role: oneOf(roles, {
    description: 'What the source says that the body does. `meeting-organizer` and `reporter` are no appointments.',
  }),
  asOf: nullable(
    Type.String(),
    'When that was so, as YYYY-MM-DD, YYYY-MM or YYYY; null where the source does not say.',
  ),
  source: ref(Link),
  href: statementHref,
}

export const dataset = Type.String({
  description: 'Which data this is: the first 12 hex digits of SHA-256 over the seed files.',
})

/** The address of a collection, or of one of its members, from the root of the host. */
export function hrefOf(collection: string, id?: string): string {
  return `/v1/${collection}${id === undefined ? '' : `/${encodeURIComponent(id).replaceAll('%3A', ':')}`}`
}

/** A link to a member of a collection. */
export function linkTo(collection: string, id: string, title: string): Link {
  return { id, title, href: hrefOf(collection, id) }
}

/** A count of the members of a collection that a filter gives. */
export function countOf(total: number, collection: string, filter: string, id: string): Count {
  return { total, href: `${hrefOf(collection)}?${filter}=${id}` }
}
