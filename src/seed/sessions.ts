import { type Static, Type } from '@sinclair/typebox'
import { bases, oneOf } from '../vocabulary.ts'
import type { SeedActionLine } from './action-lines.ts'
import { type OutcomeFile, sessionIdPattern } from './outcome-documents.ts'
import { type Faults, mayHave, type Records } from './seed-errors.ts'
import { closed, Day, Id, Offset, orNull, Text, Time, Url } from './values.ts'

/** A record of seed/sessions.json. */
export const SeedSession = Type.Object(
  {
    id: Type.String({
      pattern: sessionIdPattern,
      description: 'the forum year and the number, such as 2023-366, or the year and a slug in small letters',
    }),
    forumYear: Type.Integer({ minimum: 2006, maximum: 2100, description: 'the year of the forum' }),
    number: orNull(Type.Integer({ minimum: 1, description: 'the number of the session in that forum' })),
    title: Text('the title as printed'),
    organizers: Type.Array(Text('an organizer as printed'), { uniqueItems: true }),
    facilitators: Type.Array(Text('a facilitator as printed'), { uniqueItems: true }),
    date: orNull(Day),
    start: orNull(Time),
    end: orNull(Time),
    utcOffset: orNull(Offset),
    printedZone: orNull(Text('the word for the time zone as printed')),
    type: orNull(Text('the type of session as printed')),
    actionLines: Type.Array(Type.Object({ code: Id('the code of a line'), basis: oneOf(bases, {}) }, closed)),
    actionLinesComplete: orNull(
      Type.Boolean({ description: 'false where the page lists more lines than could be read, true where all were' }),
    ),
    sdgs: Type.Array(Type.Integer({ minimum: 1, maximum: 17, description: 'the number of a goal, 1 to 17' }), {
      uniqueItems: true,
    }),
    url: orNull(Url),
    source: Type.Object({ title: orNull(Text('the title of the page or document')), url: Url }, closed),
  },
  closed,
)
export type SeedSession = Static<typeof SeedSession>

/** Checks that ids say what the records say, that times make sense, and that links lead to lines. */
export function checkSessions(sessions: Records<SeedSession>, lines: Records<SeedActionLine>, faults: Faults): void {
  for (const { place, value } of sessions.records) {
    const wrong = (property: string, text: string) => faults.add(sessions.file, `${place}/${property}`, text)
    const begin = `${value.forumYear}-${value.number ?? ''}`
    if (value.number === null ? !value.id.startsWith(begin) || /^\d+-\d+$/.test(value.id) : value.id !== begin)
      wrong(
        'id',
        `"${value.id}" does not fit forumYear and number; it must be ${value.number ? begin : `${begin}<slug>`}`,
      )
    if (value.start === null && value.end !== null) wrong('end', 'has an end without a start; add the start, or null')
    if (value.date === null && value.start !== null) wrong('start', 'has a time without a date; add the date, or null')
    const seen = new Set<string>()
    for (const [index, { code }] of value.actionLines.entries()) {
      const at = `actionLines/${index}/code`
      if (!mayHave(lines, code)) wrong(at, `"${code}" is no action line; it must be a code of seed/${lines.file}`)
      if (seen.has(code)) wrong(at, `"${code}" stands twice; each line must stand once in a session`)
      seen.add(code)
    }
  }
}

/** Checks that an outcome document is named after its session, and that the session is there. */
export function checkOutcome(file: string, outcome: OutcomeFile, sessions: Records<SeedSession>, faults: Faults): void {
  if (file !== `outcomes/${outcome.session}.json`)
    faults.add(file, '/session', `is "${outcome.session}"; it must be the name of the file without .json`)
  else if (!mayHave(sessions, outcome.session))
    faults.add(file, '/session', `"${outcome.session}" is no session; add it to seed/${sessions.file}, or mend the id`)
}
