import { absolute, type Site } from '../http/site.ts'
import type { ActionLine } from '../nouns/action-lines.ts'
import type { Agency } from '../nouns/agencies.ts'
import type { Coordination } from '../nouns/coordinations.ts'
import type { Edition } from '../nouns/editions.ts'
import { type Link, linkTo } from '../nouns/shapes.ts'
import { wholeOf } from '../store/collection.ts'
import type { Directory } from '../store/directory.ts'
import type { NamedNoun } from '../vocabulary.ts'

/** The records that texts and copies are compared with, in the order of their lists. */
export interface Records {
  lines: Map<string, ActionLine>
  agencies: Map<string, Agency>
  editions: Map<string, Edition>
  /** The id of the edition that `coordinators` of a line are taken from. */
  defaultEdition: string
  /** Within a line from the oldest to the newest. */
  statements: Coordination[]
  linkOf(noun: NamedNoun, id: string): Link
}

/** Reads all lines, agencies, editions and statements, with the addresses that they are answered with. */
export function readRecords({ collections }: Directory, site: Site): Records {
  const all = <Item>(noun: string): Item[] =>
    JSON.parse(`[${absolute(site, [...wholeOf(collections, noun).batches].join(','))}]`)
  const lines = new Map(all<ActionLine>('action-lines').map((line) => [line.id, line]))
  const agencies = new Map(all<Agency>('agencies').map((agency) => [agency.id, agency]))
  const titles = {
    'action-line': (id: string) => ['action-lines', lines.get(id)?.title],
    agency: (id: string) => ['agencies', agencies.get(id)?.name],
  }
  return {
    lines,
    agencies,
    editions: new Map(all<Edition>('editions').map((edition) => [edition.id, edition])),
    defaultEdition: String([...lines.values()][0]?.annex.edition.id),
    statements: all<Coordination>('coordinations'),
    linkOf(noun, id) {
      const [collection, title] = titles[noun](id)
      const { href, ...link } = linkTo(String(collection), id, String(title))
      return { ...link, href: site.base + href }
    },
  }
}
