import { type Static, Type } from '@sinclair/typebox'
import { oneOf, roles } from '../vocabulary.ts'
import type { SeedActionLine } from './action-lines.ts'
import type { SeedAgency } from './agencies.ts'
import { type Faults, mayHave, type Records } from './seed-errors.ts'
import type { SeedSource } from './sources.ts'
import { closed, Id, orNull, PartialDate, Text, Url } from './values.ts'

/** A record of seed/reports.json. */
export const SeedReport = Type.Object(
  {
    source: Id('the id of a source of kind report'),
    actionLine: Id('the code of a line'),
    agency: Id('the id of a body'),
    role: oneOf(roles, {}),
    roleAsWorded: orNull(Text('the role in the words of the source')),
    asOf: orNull(PartialDate),
    url: orNull(Url),
  },
  closed,
)
export type SeedReport = Static<typeof SeedReport>

/** Checks that each report refers to what is there, and that none stands twice. */
export function checkReports(
  reports: Records<SeedReport>,
  sources: Records<SeedSource>,
  lines: Records<SeedActionLine>,
  agencies: Records<SeedAgency>,
  faults: Faults,
): void {
  const annexes = new Set(sources.records.filter(({ value }) => value.kind === 'annex').map(({ value }) => value.id))
  const seen = new Map<string, string>()
  for (const { place, value } of reports.records) {
    const wrong = (property: string, text: string) => faults.add(reports.file, `${place}/${property}`, text)
    if (!mayHave(sources, value.source))
      wrong('source', `"${value.source}" is no source; add it to seed/${sources.file}, or mend the id`)
    if (annexes.has(value.source))
      wrong('source', `"${value.source}" is an annex; what an annex says must stand in its CSV file`)
    if (!mayHave(lines, value.actionLine))
      wrong('actionLine', `"${value.actionLine}" is no action line; it must be a code of seed/${lines.file}`)
    if (!mayHave(agencies, value.agency))
      wrong('agency', `"${value.agency}" is no body; add it to seed/${agencies.file}, or mend the id`)
    const statement = `${value.source}:${value.actionLine}:${value.agency}`
    const before = seen.get(statement)
    if (before !== undefined)
      faults.add(
        reports.file,
        place,
        `${statement} stands at ${before} already; one source must say one thing of a body and a line`,
      )
    seen.set(statement, place)
  }
}
