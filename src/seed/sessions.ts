import { oneOf } from '../schema.ts'
import { type Static, Type } from '../typebox.ts'
import { bases, sessionIdPattern } from '../vocabulary.ts'
import type { AddError } from './findings.ts'
import type { OutcomeFile } from './outcome-documents.ts'
import { files, type PlacedRecords } from './placed.ts'
import { Day, LineCode, Matching, Offset, orNull, record, Sdg, Text, Time, Url } from './types.ts'

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
  organizers: Type.Array(Text('an organizer as printed'), { uniqueItems: true }),
  facilitators: Type.Array(Text('a facilitator as printed'), { uniqueItems: true }),
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
  sdgs: Type.Array(Sdg, { uniqueItems: true }),
  url: orNull(Url),
  note: Type.Optional(orNull(Text('a remark'))),
  source: record({ title: orNull(Text('the title of the page or document')), url: Url }),
})
export type SeedSession = Static<typeof SeedSession>

/** Checks that ids match their records, and that times are consistent. */
export function checkSessions(sessions: PlacedRecords<SeedSession>): void {
  for (const { place, value } of sessions.records) {
    const wrong = (property: string, text: string) => sessions.addError(`${place}/${property}`, text)
    const year = value.forumYear ?? value.date?.slice(0, 4) ?? value.id.slice(0, 4)
    const begin = `${year}-${value.number ?? ''}`
    if (value.number === null ? !value.id.startsWith(begin) || /^\d+-\d+$/.test(value.id) : value.id !== begin)
      wrong(
        'id',
        `"${value.id}" does not match forumYear and number; it must be ${value.number ? begin : `${begin}<slug>`}`,
      )
    if (value.forumYear === null && value.number !== null)
      wrong('number', `is ${value.number} for a session without a forum; it must be null`)
    if (value.start === null && value.end !== null) wrong('end', 'has an end without a start; add the start, or null')
    if (value.date === null && value.start !== null) wrong('start', 'has a time without a date; add the date, or null')
  }
}

/** Checks that an outcome document is named after its session. */
export function checkOutcome(file: string, { session }: OutcomeFile, addError: AddError): void {
  if (file !== `outcomes/${session}.json`)
    addError('/session', `is "${session}"; it must be the name of the file without .json`)
}
