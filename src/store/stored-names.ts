import type Sqlite from 'better-sqlite3'
import type { Names } from '../names/names.ts'
import type { Lookup } from '../nouns/noun.ts'

/** The stored names of a set, in the order in which they were added. */
export function storedNames(client: Sqlite.Database, set: string): { folded: string; id: string; name: string }[] {
  return client
    .prepare<[string], { folded: string; id: string; name: string }>(
      'select folded, id, name from names where name_set = ? order by rowid',
    )
    .all(set)
}

/** Adds the names of a set. */
export function addSet<Known extends Names>(client: Sqlite.Database, set: string, names: Known): Known {
  for (const { id, name, folded } of storedNames(client, set)) names.addFolded(id, name, folded)
  return names
}

/** The lookup of released datasets, newest first; none if the log does not include the served dataset. */
export function releasedDatasets(datasets: string[], dataset: string, released: string | null): Lookup {
  const unnamed = { suggest: () => [] }
  if (released === dataset)
    return {
      ...unnamed,
      find: (text) => datasets.find((one) => one === text.toLowerCase()),
      refusal: `"since" must be a dataset that was released, the latest first: ${datasets.slice(0, 5).join(', ')}. If your copy has none of them, download a new one.`,
    }
  const end = released === null ? 'is empty' : `ends with dataset ${released}`
  return {
    ...unnamed,
    find: () => undefined,
    refusal: `"since" is not available: the served dataset ${dataset} is not released, and the log of changes ${end}. Download a new copy.`,
  }
}
