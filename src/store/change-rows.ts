import type { SeedChange } from '../seed/changes.ts'
import type { Seed } from '../seed/seed.ts'
import { statementsOf } from './statements.ts'
import type { ChangedProperty, changes } from './tables.ts'

const digits = (number: number, length: number) => String(number).padStart(length, '0')

/** The rows of the log, those of the newest release first. */
export function changeRowsOf(seed: Seed): (typeof changes.$inferInsert)[] {
  const titles = titlesOf(seed)
  return seed.releases.flatMap(({ changes }, index) =>
    changes.map(({ noun, id: record, change, properties }, place) => ({
      id: `${digits(index + 1, 4)}:${noun}:${record}`,
      sortKey: `${digits(9999 - index, 4)} ${digits(place, 6)}`,
      release: index + 1,
      noun,
      record,
      title: titles[noun].get(record) ?? null,
      change,
      properties: change === 'added' ? [] : propertiesOf(properties),
    })),
  )
}

function propertiesOf(properties: SeedChange['properties']): ChangedProperty[] {
  return Object.entries(properties).map(([name, { before = null, after = null }]) => ({ name, before, after }))
}

/** The title of every record that is held. A statement has none of its own: it gets those of its body and its line. */
function titlesOf(seed: Seed): Record<SeedChange['noun'], Map<string, string>> {
  const lines = new Map(seed.actionLines.map(({ code, title }) => [code, title]))
  const agencies = new Map(seed.agencies.map(({ id, name }) => [id, name]))
  const sessions = new Map(seed.sessions.map(({ id, title }) => [id, title]))
  const said = statementsOf(seed).map(({ id, agency, actionLine }): [string, string] => [
    id,
    `${agencies.get(agency)}: ${lines.get(actionLine)}`,
  ])
  return {
    'action-lines': lines,
    agencies,
    coordinations: new Map(said),
    sources: new Map(seed.sources.map(({ id, title }) => [id, title])),
    sessions,
    'outcome-documents': new Map(seed.outcomes.map(({ session }) => [session, String(sessions.get(session))])),
  }
}
