import { Names } from '../names/names.ts'
import { oneOf, type Static, Type } from '../typebox.ts'
import { authorities, editionRoles, fidelities, roles, sourceKinds, sourceStatuses } from '../vocabulary.ts'
import type { Findings } from './findings.ts'
import { DateRange, Day, files, Id, LineCode, orNull, PartialDate, record, Text, Url } from './types.ts'
import type { PlacedRecords } from './validate.ts'

const Edition = record({
  default: Type.Boolean({
    description: 'true for the one edition that the coordinators of a line are taken from, false for any other',
  }),
  role: oneOf(editionRoles, {}),
  roleAsWorded: Text('the word that the table uses for the role'),
  description: Text('one or two sentences on what the table is'),
  lacks: Type.Array(Id('the code of a line that the table does not have', files.actionLines), { uniqueBy: [] }),
})

const Passage = record({
  place: Text('where it is in the document, such as para 22'),
  text: Text('the passage'),
  fidelity: oneOf(fidelities, {}),
})

/** A record of seed/sources.json. */
export const SeedSource = record({
  id: Id('an id such as annex-draft'),
  kind: oneOf(sourceKinds, {}),
  title: Text('the title of the document'),
  document: orNull(Text('the document number')),
  date: orNull(PartialDate),
  dateRange: orNull(DateRange),
  status: oneOf(sourceStatuses, {}),
  complete: Type.Boolean({ description: 'true or false: does silence in it mean "not named"?' }),
  authority: oneOf(authorities, {}),
  url: orNull(Url),
  readIn: orNull(Url),
  host: orNull(Text('who hosts the copy or account that was read')),
  readOn: orNull(Day),
  note: orNull(Text('a remark')),
  edition: Type.Optional(Edition),
  formerIds: Type.Optional(
    Type.Array(Id('an id that the source had before, or the id of a source that it was part of')),
  ),
  passages: Type.Array(Passage),
})
export type SeedSource = Static<typeof SeedSource>

/** Checks ids, the order of dates, where each source was read, and the properties of editions. */
export function checkSources(sources: PlacedRecords<SeedSource>): void {
  const ids = new Names()
  let latest = ''
  for (const { value, addError } of sources.records) {
    const other = ids.add(value.id, value.id)
    if (other !== undefined)
      addError(
        '/id',
        `"${value.id}" is "${other}" in another spelling; ids must differ in more than case and punctuation`,
      )
    if (value.date && value.date < latest)
      addError('/date', `is ${value.date}, before that of a source above it (${latest}); sort the file by date`)
    latest = value.date ?? latest
    const { from, to } = value.dateRange ?? {}
    if (from && to && from > to)
      addError('/dateRange', `starts (${from}) after its end (${to}); "from" must be the earlier date`)
    if (value.authority === 'official' && value.readIn !== null)
      addError(
        '/readIn',
        'is the address of a copy or an account; an official source is read at its "url", so it must be null',
      )
    if (value.complete !== (value.edition !== undefined))
      addError(
        '/complete',
        `is ${value.complete} for a source ${value.edition ? 'with' : 'without'} "edition"; it must be true for an edition, false for any other source`,
      )
  }
  checkDefault(sources)
}

/** Checks that exactly one edition is the default, and that it has every line. */
function checkDefault(sources: PlacedRecords<SeedSource>): void {
  const [first, ...more] = sources.records.filter(({ value }) => value.edition?.default)
  if (first?.value.edition?.lacks.length)
    first.addError('/edition/lacks', 'has lines; the default edition must have a row for every line, so it must be []')
  for (const { value, addError } of more)
    addError(
      '/edition/default',
      `${value.id} is a second default edition beside ${first?.value.id}; exactly one must be the default`,
    )
  if (!first && sources.whole)
    sources.addError('', 'no source is the default edition; one must have an "edition" with "default": true')
}

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
  const editions = new Set(sources.values.filter(({ edition }) => edition).map(({ id }) => id))
  for (const { value, addError } of reports.records)
    if (editions.has(value.source))
      addError('/source', `"${value.source}" is an edition; what an edition says belongs in its CSV file`)
}

/** Warns of a source with an earlier date than its statements, and of statements dated by the range of their source. */
export function warnOfDates(
  sources: PlacedRecords<SeedSource>,
  reports: PlacedRecords<SeedReport>,
  findings: Findings,
): void {
  for (const { place, value } of sources.records) {
    const [property, end] = value.date ? ['date', value.date] : ['dateRange/to', value.dateRange?.to]
    if (!end) continue
    const warn = (text: string) => findings.warning(files.sources, `${place}/${property}`, text)
    const dates = reports.values.filter(({ source }) => source === value.id).map(({ asOf }) => asOf)
    // Only as far as both dates are known: 2011-05 is not after 2011.
    const after = dates.filter((date) => date !== null && date.slice(0, end.length) > end).sort()
    if (!value.date && dates.includes(end))
      warn(
        `is ${end}, and so is "asOf" of a statement of ${value.id}: keep it only if the document gives that date, not for the end of a range`,
      )
    if (after.length > 0)
      warn(
        `is ${end}, but ${after.length} of the ${dates.length} statements of ${value.id} are dated later, up to ${after.at(-1)}`,
      )
  }
}
