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

/** What every report says, beside the body or the line that it is seen from. */
export const reportProperties = {
  role: oneOf(roles, {
    description: 'What the source says that the body does. `meeting-organizer` and `reporter` are no appointments.',
  }),
  asOf: nullable(
    Type.String(),
    'When that was so, as YYYY-MM-DD, YYYY-MM or YYYY; null where the source does not say.',
  ),
  source: ref(Link),
  statement: Type.String({ description: 'The address of the coordination that says so.' }),
}

export const Count = Type.Object(
  {
    total: Type.Integer({ description: 'How many there are.' }),
    href: Type.String({ description: 'The address of the list of them.' }),
  },
  { $id: 'Count', description: 'A list that is not repeated here: how long it is and where it stands.' },
)
export type Count = Static<typeof Count>

/** What every answer is about: which data, which code, under which address. */
export interface Site {
  /** Where the service is reached, without a slash at the end; empty where it does not know. */
  base: string
  /** Of the service, from package.json. */
  version: string
  /** The digest of the seed. */
  dataset: string
  /** Of the dataset, the log of changes and the code that reads them. */
  stamp: string
}

/** The address of a collection, or of one of its members. */
export function hrefOf(site: Site, collection: string, id?: string): string {
  const tail = id === undefined ? '' : `/${encodeURIComponent(id).replaceAll('%3A', ':')}`
  return `${site.base}/v1/${collection}${tail}`
}

/** Makes links to members of collections. */
export function linker(site: Site): (collection: string, id: string, title: string) => Link {
  return (collection, id, title) => ({ id, title, href: hrefOf(site, collection, id) })
}
