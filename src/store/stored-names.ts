import type Sqlite from 'better-sqlite3'
import type { Names } from '../names/names.ts'
import type { NounNames } from '../names/noun-names.ts'
import type { Lookup } from '../nouns/noun.ts'

interface StoredName {
  folded: string
  id: string
  name: string
}

/** The names of a set, in memory. */
export function namesOfSet<Known extends Names>(client: Sqlite.Database, set: string, names: Known): Known {
  const rows = client.prepare<[string], StoredName>(
    'select folded, id, name from names where name_set = ? order by rowid',
  )
  for (const { id, name, folded } of rows.all(set)) names.addFolded(id, name, folded)
  return names
}

/** Adds the keywords in the database to the names of the lines. */
export function addKeywords(client: Sqlite.Database, lines: NounNames): NounNames {
  const rows = client.prepare<[], StoredName>(
    "select folded, id, name from names where name_set = 'keywords' order by rowid",
  )
  for (const { id, name } of rows.all()) lines.addKeyword(id, name)
  return lines
}

/** Adds the bodies that coordinate no line to the names of the agencies. */
export function addOtherBodies(client: Sqlite.Database, agencies: NounNames): NounNames {
  const rows = client.prepare<[], StoredName>(
    "select folded, id, name from names where name_set = 'other-bodies' order by rowid",
  )
  for (const { id, name } of rows.all()) agencies.addOtherBody(id, name)
  return agencies
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
