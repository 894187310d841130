import { type TProperties, type TSchema, Type } from '../typebox.ts'

/** The files that every seed has. */
export const files = {
  actionLines: 'action-lines.json',
  agencies: 'agencies.json',
  otherBodies: 'other-bodies.json',
  sources: 'sources.json',
  reports: 'reports.json',
  sdg: 'sdg-links.json',
  gdc: 'gdc-links.json',
  keywords: 'keywords.json',
  forums: 'forums.json',
  sessions: 'sessions.json',
}

// The value types of the seed files. A description is the second half of an error message for curators.

/** A single-line text. */
export const Text = (what: string) =>
  Type.String({ format: 'text', description: `${what}, in one line without leading or trailing spaces` })

/** A text that serves as a name: it must have a letter or a digit. */
export const Name = (what: string) =>
  Type.String({ format: 'name', description: `${what}, in one line without leading or trailing spaces` })

/** A string of this pattern. */
export const Matching = (pattern: string, description: string) => Type.String({ pattern, description })

/** An id; `checkReferences` checks `refersTo`. */
export const Id = (description: string, refersTo?: string) =>
  Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9.-]*$', description, ...(refersTo && { refersTo }) })

export const LineCode = Id('the code of a line', files.actionLines)

export const Url = Type.String({ format: 'web-url', description: 'an address that begins with http:// or https://' })

/** The addresses where a record was read. */
export const ReadAt = Type.Array(Url, {
  minItems: 1,
  uniqueBy: [],
  description: 'a list of at least one address where this was read',
})

export const PartialDate = Type.String({
  format: 'partial-date',
  description: 'a real date: YYYY-MM-DD, YYYY-MM or YYYY',
})

export const Day = Type.String({ format: 'day', description: 'a real day: YYYY-MM-DD' })

export const Time = Matching('^([01]\\d|2[0-3]):[0-5]\\d$', 'a local time such as 09:30')

export const Offset = Matching('^[+-](0\\d|1[0-4]):[0-5]\\d$', 'an offset from UTC such as +02:00')

export const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** A record without further properties: otherwise the value of a misspelt property would be lost. */
export const record = <Properties extends TProperties>(properties: Properties) =>
  Type.Object(properties, { additionalProperties: false })

export const DateRange = record({ from: orNull(PartialDate), to: orNull(PartialDate) })

export const Sdg = Type.Integer({ minimum: 1, maximum: 17, description: 'the number of a goal, 1 to 17' })
