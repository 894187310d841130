import { oneOf } from '../schema.ts'
import { type Static, Type } from '../typebox.ts'
import { authorities } from '../vocabulary.ts'
import type { Findings } from './errors.ts'
import { closed, DateRange, Id, orNull, PartialDate, Text, Url } from './values.ts'

/** A document that links or keywords of lines were read in. */
export const LinkSource = Type.Object(
  {
    id: Id('an id such as ungis-gdc-matrix'),
    title: Text('the title of the document'),
    date: orNull(PartialDate),
    dateRange: orNull(DateRange),
    url: orNull(Url),
    readIn: orNull(Url),
    authority: oneOf(authorities, {}),
    note: orNull(Text('a remark')),
  },
  closed,
)
export type LinkSource = Static<typeof LinkSource>

export const SourceIds = Type.Array(Id('the id of one of the "sources" of this file'), {
  minItems: 1,
  uniqueItems: true,
  description: 'a list of at least one id of the "sources" of this file',
})

/** The ids of the sources of a file; adds an error for each that appears twice. */
export function idsOf(file: string, sources: LinkSource[], findings: Findings): Set<string> {
  const ids = new Set<string>()
  for (const [index, { id }] of sources.entries()) {
    if (ids.has(id)) findings.error(file, `/sources/${index}/id`, `"${id}" appears twice; each id must be unique`)
    ids.add(id)
  }
  return ids
}

/** Adds an error for each id that is not one of `known`. */
export function checkSourceIds(
  file: string,
  place: string,
  ids: string[],
  known: Set<string>,
  findings: Findings,
): void {
  for (const id of ids.filter((one) => !known.has(one)))
    findings.error(file, place, `"${id}" is not one of the "sources" of this file; add it there, or correct the id`)
}
