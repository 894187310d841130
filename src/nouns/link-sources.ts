import type { LinkSource as SeedLinkSource } from '../seed/link-sources.ts'
import { type Static, Type } from '../typebox.ts'
import { Authority, nullable, ref } from './shapes.ts'

export const LinkSource = Type.Object(
  {
    id: Type.String({ description: 'The id used in `sources` of each link.', examples: ['wsis-sdg-matrix-app'] }),
    title: Type.String({ description: 'The title of the document.' }),
    authority: ref(Authority),
    url: nullable(Type.String(), 'The address of the document itself; null if it is not known.'),
    readIn: nullable(Type.String(), 'The address where it was read; null if that is `url`.'),
  },
  { $id: 'LinkSource', description: 'A document that links action lines to goals, commitments or keywords.' },
)
export type LinkSource = Static<typeof LinkSource>

/** The sources with these ids, in the order of the file. */
export function linkSources(all: readonly SeedLinkSource[], ids: readonly string[]): LinkSource[] {
  return all
    .filter(({ id }) => ids.includes(id))
    .map(({ id, title, authority, url, readIn }) => ({ id, title, authority, url, readIn }))
}
