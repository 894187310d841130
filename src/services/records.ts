import { absolute } from '../formats/format.ts'
import type { Site } from '../http/site.ts'
import type { ActionLine } from '../nouns/action-lines.ts'
import type { Agency } from '../nouns/agencies.ts'
import type { Coordination } from '../nouns/coordinations.ts'
import type { Edition } from '../nouns/editions.ts'
import { hrefOf, type Link } from '../nouns/shapes.ts'
import { wholeOf } from '../store/collection.ts'
import type { Directory } from '../store/directory.ts'
import type { NamedNoun } from '../vocabulary.ts'

/** The records that texts and copies are compared with, in the order of their lists: editions oldest first. */
export interface Records {
  lines: Map<string, ActionLine>
  agencies: Map<string, Agency>
  editions: Map<string, Edition>
  /** The newest edition that names coordinators or facilitators. */
  newest: Edition
  /** Within a line from the oldest to the newest. */
  statements: Coordination[]
  linkOf(noun: NamedNoun, id: string): Link
}

/** What reads all lines, agencies, editions and statements when it is first called, with the addresses that they are answered with. */
export function recordsIn(directory: Directory, site: Site): () => Records {
  let records: Records | undefined
  return () => {
    records ??= readRecords(directory, site)
    return records
  }
}

function readRecords({ collections }: Directory, site: Site): Records {
  const all = <Item>(noun: string): Item[] =>
    JSON.parse(`[${absolute(site, [...wholeOf(collections, noun).batches].join(','))}]`)
  const lines = new Map(all<ActionLine>('action-lines').map((line) => [line.id, line]))
  const agencies = new Map(all<Agency>('agencies').map((agency) => [agency.id, agency]))
  const editions = all<Edition>('editions')
  const link = (noun: string, id: string, title: string): [string, Link] => [
    id,
    { id, title, href: site.base + hrefOf(noun, id) },
  ]
  const links: Record<NamedNoun, Map<string, Link>> = {
    'action-line': new Map([...lines.values()].map(({ id, title }) => link('action-lines', id, title))),
    agency: new Map([...agencies.values()].map(({ id, name }) => link('agencies', id, name))),
  }
  return {
    lines,
    agencies,
    editions: new Map(editions.map((edition) => [edition.id, edition])),
    // The checks of the seed have made sure that the default edition is one.
    newest: editions.findLast(({ role }) => role !== 'contact') as Edition,
    statements: all<Coordination>('coordinations'),
    linkOf: (noun, id) => links[noun].get(id) as Link,
  }
}
