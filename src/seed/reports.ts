import { oneOf } from '../schema.ts'
import type { Static } from '../typebox.ts'
import { roles } from '../vocabulary.ts'
import { files, type PlacedRecords } from './placed.ts'
import type { SeedSource } from './sources.ts'
import { Id, LineCode, orNull, PartialDate, record, Text, Url } from './types.ts'

/** A record of seed/reports.json. */
export const SeedReport = record({
  source: Id('the id of a source without an edition', files.sources),
  actionLine: LineCode,
  agency: Id('the id of an agency', files.agencies),
  role: oneOf(roles, {}),
  roleAsWorded: orNull(Text('the role in the words of the source')),
  asOf: orNull(PartialDate),
  url: orNull(Url),
})
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
