import type { NounNames } from '../names/noun-names.ts'
import { resolve } from '../names/resolution.ts'
import type { Findings } from './findings.ts'
import { files, type PlacedRecords } from './placed.ts'
import type { SeedReport } from './reports.ts'
import type { SeedSession } from './sessions.ts'
import type { SeedSource } from './sources.ts'

// Contradictions within the data. A person decides which side is right.

/** Warns of a source with an earlier date than its statements, and of statements dated by the range of their source. */
export function warnOfDates(
  sources: PlacedRecords<SeedSource>,
  reports: PlacedRecords<SeedReport>,
  findings: Findings,
): void {
  for (const { place, value } of sources.records) {
    const [property, end] = value.date ? ['date', value.date] : ['dateRange/to', value.dateRange?.to]
    if (!end) continue
    const own = reports.records.filter(({ value: { source } }) => source === value.id)
    // Only as far as both dates are known: 2011-05 is not after 2011.
    const after = own.flatMap(({ value: { asOf } }) => (asOf && asOf.slice(0, end.length) > end ? [asOf] : [])).sort()
    if (!value.date && own.some(({ value: { asOf } }) => asOf === end))
      findings.warning(
        files.sources,
        `${place}/${property}`,
        `is ${end}, and so is "asOf" of a statement of ${value.id}: keep it only if the document gives that date, not for the end of a range`,
      )
    if (after.length > 0)
      findings.warning(
        files.sources,
        `${place}/${property}`,
        `is ${end}, but ${after.length} of the ${own.length} statements of ${value.id} are dated later, up to ${after.at(-1)}`,
      )
  }
}

/** A code such as C7, or С7 with a Cyrillic letter. */
const code = /(?<![\p{L}\p{N}])[CС] ?\d{1,2}(?![\p{L}\p{N}])/iu

/** Warns of a session without a line whose title contains codes, with the meaning of the title. */
export function warnOfTitles(sessions: PlacedRecords<SeedSession>, lines: NounNames, findings: Findings): void {
  for (const { place, value } of sessions.records) {
    if (value.actionLines.length > 0 || !code.test(value.title)) continue
    const found = resolve(value.title, [lines]).matches.map(({ id, certain }) => (certain ? id : `${id} (uncertain)`))
    findings.warning(
      files.sessions,
      `${place}/actionLines`,
      `is empty, but the title "${value.title}" names lines by code; it resolves to: ${found.join(', ')}`,
    )
  }
}
