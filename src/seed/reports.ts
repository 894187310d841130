import { oneOf } from '../schema.ts'
import { type Static, Type } from '../typebox.ts'
import { roles } from '../vocabulary.ts'
import type { SeedActionLine } from './action-lines.ts'
import type { SeedAgency } from './agencies.ts'
import type { Findings } from './errors.ts'
import { mayHave, type Records } from './records.ts'
import type { SeedSource } from './sources.ts'
import { closed, Id, orNull, PartialDate, Text, Url } from './values.ts'

/** A record of seed/reports.json. */
export const SeedReport = Type.Object(
  {
    source: Id('the id of a source without an edition'),
    actionLine: Id('the code of a line'),
    agency: Id('the id of an agency'),
    role: oneOf(roles, {}),
    roleAsWorded: orNull(Text('the role in the words of the source')),
    asOf: orNull(PartialDate),
    url: orNull(Url),
  },
  closed,
)
export type SeedReport = Static<typeof SeedReport>

/** Checks that each report refers to records that exist, and that none appears twice. */
export function checkReports(
  reports: Records<SeedReport>,
  sources: Records<SeedSource>,
  lines: Records<SeedActionLine>,
  agencies: Records<SeedAgency>,
  findings: Findings,
): void {
  const editions = new Set(sources.records.filter(({ value }) => value.edition).map(({ value }) => value.id))
  const seen = new Map<string, string>()
  for (const { place, value } of reports.records) {
    const wrong = (property: string, text: string) => findings.error(reports.file, `${place}/${property}`, text)
    if (!mayHave(sources, value.source))
      wrong('source', `"${value.source}" is not a source; add it to seed/${sources.file}, or correct the id`)
    if (editions.has(value.source))
      wrong('source', `"${value.source}" is an edition; what an edition says belongs in its CSV file`)
    if (!mayHave(lines, value.actionLine))
      wrong('actionLine', `"${value.actionLine}" is not an action line; it must be a code of seed/${lines.file}`)
    if (!mayHave(agencies, value.agency))
      wrong('agency', `"${value.agency}" is not an agency; add it to seed/${agencies.file}, or correct the id`)
    const statement = `${value.source}:${value.actionLine}:${value.agency}`
    const before = seen.get(statement)
    if (before !== undefined)
      findings.error(
        reports.file,
        place,
        `${statement} is at ${before} already; one source must say one thing about an agency and a line`,
      )
    seen.set(statement, place)
  }
}
