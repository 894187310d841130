import { oneOf } from '../schema.ts'
import { type Static, Type } from '../typebox.ts'
import { roles } from '../vocabulary.ts'
import { files, type PlacedRecords } from './placed.ts'
import type { SeedSource } from './sources.ts'
import { closed, Id, LineCode, orNull, PartialDate, Text, Url } from './types.ts'

/** A record of seed/reports.json. */
export const SeedReport = Type.Object(
  {
    source: Id('the id of a source without an edition', files.sources),
    actionLine: LineCode,
    agency: Id('the id of an agency', files.agencies),
    role: oneOf(roles, {}),
    roleAsWorded: orNull(Text('the role in the words of the source')),
    asOf: orNull(PartialDate),
    url: orNull(Url),
  },
  closed,
)
export type SeedReport = Static<typeof SeedReport>

/** Checks that no report belongs to an edition. */
export function checkReports(reports: PlacedRecords<SeedReport>, sources: PlacedRecords<SeedSource>): void {
  const editions = new Set(sources.records.filter(({ value }) => value.edition).map(({ value }) => value.id))
  for (const { place, value } of reports.records)
    if (editions.has(value.source))
      reports.addError(
        `${place}/source`,
        `"${value.source}" is an edition; what an edition says belongs in its CSV file`,
      )
}
