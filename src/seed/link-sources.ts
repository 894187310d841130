import { oneOf } from '../schema.ts'
import { type Static, Type } from '../typebox.ts'
import { authorities } from '../vocabulary.ts'
import { DateRange, Id, orNull, PartialDate, record, Text, Url } from './types.ts'

/** A source of links or keywords. */
export const LinkSource = record({
  id: Id('an id such as ungis-gdc-matrix'),
  title: Text('the title of the document'),
  date: orNull(PartialDate),
  dateRange: orNull(DateRange),
  url: orNull(Url),
  readIn: orNull(Url),
  authority: oneOf(authorities, {}),
  note: orNull(Text('a remark')),
})
export type LinkSource = Static<typeof LinkSource>

/** The list of sources at the head of a file. */
export const LinkSources = Type.Array(LinkSource, { uniqueBy: ['id'] })

/** The id of an entry in that list. */
export const SourceId = Id('the id of one of the "sources" of this file', 'sources')
export const SourceIds = Type.Array(SourceId, {
  minItems: 1,
  uniqueItems: true,
  description: 'a list of at least one id of the "sources" of this file',
})
