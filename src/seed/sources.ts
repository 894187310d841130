import { type Static, Type } from '@sinclair/typebox'
import { fold } from '../names/spellings.ts'
import { fidelities, oneOf, roles, sourceKinds, sourceStatuses } from '../vocabulary.ts'
import type { Faults, Records } from './seed-errors.ts'
import { closed, DateRange, Id, orNull, PartialDate, Text, Url } from './values.ts'

const Annex = Type.Object(
  {
    default: Type.Boolean({
      description: 'true for the one annex that the coordinators of a line are taken from, false for any other',
    }),
    role: oneOf(roles, {}),
    roleAsWorded: Text('the word that the table uses for the role'),
  },
  closed,
)

const Passage = Type.Object(
  {
    place: Text('where it stands, such as para 22'),
    text: Text('the passage'),
    fidelity: oneOf(fidelities, {}),
  },
  closed,
)

/** A record of seed/sources.json. */
export const SeedSource = Type.Object(
  {
    id: Id('an id such as annex-draft'),
    kind: oneOf(sourceKinds, {}),
    title: Text('the title of the document'),
    document: orNull(Text('the document number')),
    date: orNull(PartialDate),
    dateRange: orNull(DateRange),
    status: oneOf(sourceStatuses, {}),
    complete: Type.Boolean({ description: 'true or false: does silence in it mean "not named"?' }),
    url: orNull(Url),
    note: orNull(Text('a remark')),
    annex: Type.Optional(Annex),
    passages: Type.Array(Passage),
  },
  closed,
)
export type SeedSource = Static<typeof SeedSource>

/** Checks that no two ids are the same but for their spelling, that annexes say what they are, and that dates are in order. */
export function checkSources(sources: Records<SeedSource>, faults: Faults): void {
  const ids = new Map<string, string>()
  let latest = ''
  for (const { place, value } of sources.records) {
    const other = ids.get(fold(value.id)) ?? value.id
    ids.set(fold(value.id), other)
    if (other !== value.id)
      faults.add(
        sources.file,
        `${place}/id`,
        `"${value.id}" is "${other}" in another spelling; ids must differ in more than case and punctuation`,
      )
    if ((value.kind === 'annex') !== (value.annex !== undefined))
      faults.add(
        sources.file,
        `${place}/annex`,
        `a source of kind "${value.kind}" ${value.annex ? 'has' : 'lacks'} "annex"; annexes must have it, reports not`,
      )
    if (value.date && value.date < latest)
      faults.add(
        sources.file,
        `${place}/date`,
        `is ${value.date}, before that of a source above it (${latest}); the file must be in the order of time`,
      )
    latest = value.date ?? latest
    const { from, to } = value.dateRange ?? {}
    if (from && to && from > to)
      faults.add(
        sources.file,
        `${place}/dateRange`,
        `begins (${from}) after its end (${to}); "from" must be the earlier date`,
      )
  }
  checkDefault(sources, faults)
}

/** Checks that exactly one annex is the default, and that it is complete. */
function checkDefault(sources: Records<SeedSource>, faults: Faults): void {
  const [first, ...more] = sources.records.filter(({ value }) => value.annex?.default)
  if (first && !first.value.complete)
    faults.add(
      sources.file,
      `${first.place}/complete`,
      'is false; the default annex must be complete, so that every line has its row',
    )
  for (const { place, value } of more)
    faults.add(
      sources.file,
      `${place}/annex/default`,
      `${value.id} is a second default annex beside ${first?.value.id}; exactly one must be the default`,
    )
  if (!first && sources.whole)
    faults.add(sources.file, '', 'no source is the default annex; one of kind "annex" must have "default": true')
}
