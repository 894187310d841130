import { resolve } from '../names/resolution.ts'
import { oneOf, type Static, Type } from '../typebox.ts'
import { authorities, bases, sessionIdPattern } from '../vocabulary.ts'
import type { AddError, Findings } from './findings.ts'
import { Day, files, LineCode, Matching, Offset, orNull, record, Sdg, Text, Time, Url } from './types.ts'
import type { NamedRecords, PlacedRecords } from './validate.ts'

const Page = record({ title: orNull(Text('the title of the page or document')), url: Url })

/** A record of seed/forums.json. */
export const SeedForum = record({
  id: Matching('^\\d{4}$', 'the year of the forum, such as 2023'),
  name: Text('the name as printed'),
  from: Day,
  to: Day,
  place: orNull(Text('the place as printed')),
  theme: orNull(Text('the theme as printed')),
  hosts: Type.Array(Text('a host as printed'), { uniqueBy: [] }),
  authority: oneOf(authorities, {}),
  source: Page,
  note: orNull(Text('a remark')),
})
export type SeedForum = Static<typeof SeedForum>

/** Checks that a forum ends after it begins, in its year. */
export function checkForum({ id, from, to }: SeedForum, addError: AddError): void {
  if (from > to) addError('/to', `is ${to}, before "from" (${from}); it must be later`)
  if (!from.startsWith(id)) addError('/from', `is ${from}, which is not in the year ${id}; correct it, or the id`)
}

/** A record of seed/sessions.json. */
export const SeedSession = record({
  id: Matching(
    sessionIdPattern,
    'the forum year and the number, such as 2023-366, or the year and a slug in lower case',
  ),
  forumYear: orNull(
    Type.Integer({ minimum: 2009, maximum: 2100, refersTo: files.forums, description: 'the year of the forum' }),
  ),
  number: orNull(Type.Integer({ minimum: 1, description: 'the number of the session in that forum' })),
  title: Text('the title as printed'),
  organizers: Type.Array(Text('an organizer as printed'), { uniqueBy: [] }),
  facilitators: Type.Array(Text('a facilitator as printed'), { uniqueBy: [] }),
  date: orNull(Day),
  start: orNull(Time),
  end: orNull(Time),
  utcOffset: orNull(Offset),
  printedZone: orNull(Text('the word for the time zone as printed')),
  type: orNull(Text('the type of session as printed')),
  room: Type.Optional(orNull(Text('the room as printed'))),
  track: Type.Optional(orNull(Text('the track as printed'))),
  actionLines: Type.Array(record({ code: LineCode, basis: oneOf(bases, {}) }), { uniqueBy: ['code'] }),
  actionLinesComplete: orNull(
    Type.Boolean({ description: 'false if the page lists more lines than could be read, true if all were read' }),
  ),
  sdgs: Type.Array(Sdg, { uniqueBy: [] }),
  url: orNull(Url),
  note: Type.Optional(orNull(Text('a remark'))),
  source: Page,
})
export type SeedSession = Static<typeof SeedSession>

/** Checks that the id of a session matches its record, and that its times are consistent. */
export function checkSession(session: SeedSession, addError: AddError): void {
  const { id, forumYear, number, date, start, end } = session
  const begin = `${forumYear ?? date?.slice(0, 4) ?? id.slice(0, 4)}-${number ?? ''}`
  if (number === null ? !id.startsWith(begin) || /^\d+-\d+$/.test(id) : id !== begin)
    addError('/id', `"${id}" does not match forumYear and number; it must be ${number ? begin : `${begin}<slug>`}`)
  if (forumYear === null && number !== null)
    addError('/number', `is ${number} for a session without a forum; it must be null`)
  if (start === null && end !== null) addError('/end', 'has an end without a start; add the start, or null')
  if (date === null && start !== null) addError('/start', 'has a time without a date; add the date, or null')
}

/** A code such as C7, or С7 with a Cyrillic letter. */
const code = /(?<![\p{L}\p{N}])[CС] ?\d{1,2}(?![\p{L}\p{N}])/iu

/** Warns of a session without a line whose title contains codes, with the meaning of the title. */
export function warnOfTitles(
  sessions: PlacedRecords<SeedSession>,
  { names }: NamedRecords<unknown>,
  findings: Findings,
): void {
  for (const { place, value } of sessions.records) {
    if (value.actionLines.length > 0 || !code.test(value.title)) continue
    const found = resolve(value.title, [names]).matches.map(({ id, certain }) => (certain ? id : `${id} (uncertain)`))
    findings.warning(
      files.sessions,
      `${place}/actionLines`,
      `is empty, but the title "${value.title}" names lines by code; it resolves to: ${found.join(', ')}`,
    )
  }
}
