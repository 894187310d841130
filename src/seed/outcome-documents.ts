import { oneOf, type Static, Type } from '../typebox.ts'
import { authorities, fidelities, sectionKinds, sessionIdPattern } from '../vocabulary.ts'
import type { AddError } from './findings.ts'
import { Day, files, Offset, orNull, record, Text, Time, Url } from './types.ts'

// The shapes of a file of an outcome document. nouns/outcome-documents.ts describes the properties.

/** The speaker of a point. */
export const Speaker = record({
  name: orNull(Type.String({ minLength: 1 })),
  role: orNull(Type.String()),
  affiliation: orNull(Type.String()),
})
export type Speaker = Static<typeof Speaker>

/** A point of a section: a bullet, a quotation or a paragraph, with the points below it. */
export const OutcomePoint = Type.Recursive(
  (This) =>
    record({
      text: Type.String({
        minLength: 1,
        description: 'The words of the point, without bullet and without the outer quotation marks.',
      }),
      speaker: orNull(Speaker),
      place: Type.Optional(Text('the place in the document, such as para 2')),
      points: Type.Optional(
        Type.Array(This, { minItems: 1, description: 'The points under this one; absent for none.' }),
      ),
    }),
  { $id: 'OutcomePoint' },
)
export type OutcomePoint = Static<typeof OutcomePoint>

/** A section: its heading and its points. */
export const Section = record({
  kind: oneOf(sectionKinds, {}),
  heading: Type.String({ description: 'The heading as printed, in one line; empty for text without a heading.' }),
  notApplicable: Type.Boolean(),
  intro: orNull(Type.String()),
  points: Type.Array(OutcomePoint),
})
export type Section = Static<typeof Section>

/** An outcome document: the content of `seed/outcomes/<session id>.json`. */
export const OutcomeFile = record({
  session: Type.String({
    pattern: sessionIdPattern,
    refersTo: files.sessions,
    description: 'The id of the session: forum year and number, or forum year and a slug.',
  }),
  title: orNull(Text('the title of the session as printed')),
  organizer: orNull(Text('the organizers as printed')),
  date: orNull(Day),
  start: orNull(Time),
  end: orNull(Time),
  utcOffset: orNull(Offset),
  printedZone: orNull(Text('the time zone word as printed')),
  url: orNull(Url),
  template: orNull(Type.String()),
  fidelity: oneOf(fidelities, {}),
  /** True if absent. */
  complete: Type.Optional(Type.Boolean()),
  authority: Type.Optional(oneOf(authorities, {})),
  readIn: Type.Optional(Url),
  note: Type.Optional(Text('a remark')),
  sections: Type.Array(Section),
})
export type OutcomeFile = Static<typeof OutcomeFile>

/** Checks that an outcome document is named after its session. */
export const checkOutcome =
  (file: string) =>
  ({ session }: OutcomeFile, addError: AddError): void => {
    if (file !== `outcomes/${session}.json`)
      addError('/session', `is "${session}"; it must be the name of the file without .json`)
  }
