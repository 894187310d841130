import { oneOf } from '../schema.ts'
import { type Static, Type } from '../typebox.ts'
import { authorities } from '../vocabulary.ts'
import type { PlacedRecords } from './placed.ts'
import { Day, Matching, orNull, record, Text, Url } from './types.ts'

/** A record of seed/forums.json. */
export const SeedForum = record({
  id: Matching('^\\d{4}$', 'the year of the forum, such as 2023'),
  name: Text('the name as printed'),
  from: Day,
  to: Day,
  place: orNull(Text('the place as printed')),
  theme: orNull(Text('the theme as printed')),
  hosts: Type.Array(Text('a host as printed'), { uniqueItems: true }),
  authority: oneOf(authorities, {}),
  source: record({ title: orNull(Text('the title of the page or document')), url: Url }),
  note: orNull(Text('a remark')),
})
export type SeedForum = Static<typeof SeedForum>

/** Checks that a forum ends after it begins, in its year. */
export function checkForums(forums: PlacedRecords<SeedForum>): void {
  for (const { place, value } of forums.records) {
    const { id, from, to } = value
    if (from > to) forums.addError(`${place}/to`, `is ${to}, before "from" (${from}); it must be later`)
    if (!from.startsWith(id))
      forums.addError(`${place}/from`, `is ${from}, which is not in the year ${id}; correct it, or the id`)
  }
}
