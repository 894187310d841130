import { oneOf } from '../schema.ts'
import { type Static, type TSchema, Type } from '../typebox.ts'
import { authorities, fidelities, sectionKinds, sessionIdPattern } from '../vocabulary.ts'
import { files } from './placed.ts'
import { Day, Offset, Text, Time, Url } from './types.ts'

const strict = { additionalProperties: false }
const nullable = <T extends TSchema>(schema: T, description: string) =>
  Type.Union([schema, Type.Null()], { description })
/** The speaker of a point, as printed after the quotation. */
export const Speaker = Type.Object(
  {
    name: nullable(
      Type.String({ minLength: 1 }),
      'The name with its honorifics, as printed; null if only the affiliation is given.',
    ),
    role: nullable(Type.String(), 'The role as printed; null when none is printed.'),
    affiliation: nullable(
      Type.String(),
      'Everything printed after the role: organization, ministry, country; null if nothing is printed.',
    ),
  },
  { ...strict, description: 'Who said a point, as printed.' },
)
export type Speaker = Static<typeof Speaker>

/** A point of a section: a bullet, a quotation or a paragraph, with the points below it. */
export const Point = Type.Recursive(
  (This) =>
    Type.Object(
      {
        text: Type.String({
          minLength: 1,
          description: 'The words of the point, without bullet and without the outer quotation marks.',
        }),
        speaker: nullable(Speaker, 'The person quoted; null if the document does not name one.'),
        place: Type.Optional(Text('the place in the document, such as para 2')),
        points: Type.Optional(
          Type.Array(This, {
            minItems: 1,
            description: 'The points under this one, and the notes to it, in the printed order; absent for none.',
          }),
        ),
      },
      { ...strict, description: 'A bullet, quotation or paragraph.' },
    ),
  { $id: 'OutcomePoint' },
)
export type Point = Static<typeof Point>

/** One section: its heading and its points. */
export const Section = Type.Object(
  {
    kind: oneOf(sectionKinds, { description: 'What the section is about, told from how its heading begins.' }),
    heading: Type.String({
      description: 'The heading as printed, joined to one line; empty for text without a heading.',
    }),
    notApplicable: Type.Boolean({ description: 'True if the text is only "N/A".' }),
    intro: nullable(
      Type.String(),
      'The text before the points, paragraphs separated by an empty line; null if there is none.',
    ),
    points: Type.Array(Point, { description: 'The points in the order in which they are printed.' }),
  },
  { ...strict, description: 'A section of the document.' },
)
export type Section = Static<typeof Section>

const header = {
  title: nullable(
    Text('the title of the session as printed'),
    'The title of the session as printed; null when none was found.',
  ),
  organizer: nullable(
    Text('the organizers as printed'),
    'The organizers as printed, in one string, lines separated by "; "; null when none was found.',
  ),
  date: nullable(Day, 'The day, as YYYY-MM-DD; null when not known.'),
  start: nullable(Time, 'The local start time, as HH:MM; null when not known.'),
  end: nullable(Time, 'The local end time, as HH:MM; null when not known.'),
  utcOffset: nullable(Offset, 'The printed offset from UTC, as +HH:MM; null when none was printed.'),
  printedZone: nullable(
    Text('the time zone word as printed'),
    'The time zone word as printed, such as "CEST"; null when none was printed.',
  ),
  url: nullable(Url, 'The address of the session at ITU, as printed; null when none was printed.'),
}

/** An outcome document: the content of `seed/outcomes/<session id>.json`. */
export const OutcomeFile = Type.Object(
  {
    session: Type.String({
      pattern: sessionIdPattern,
      refersTo: files.sessions,
      description: 'The id of the session: forum year and number, or forum year and a slug.',
    }),
    ...header,
    template: nullable(
      Type.String(),
      'The year of the template, told from the forum that a heading names; null when no heading tells it.',
    ),
    fidelity: oneOf(fidelities, {
      description: 'Whether the sentences are as printed (verbatim) or in our own words (summary).',
    }),
    complete: Type.Optional(
      Type.Boolean({ description: 'False if only a part of the document could be read; true if it is absent.' }),
    ),
    authority: Type.Optional(oneOf(authorities, { description: 'Where the document was read.' })),
    readIn: Type.Optional(Url),
    note: Type.Optional(Text('a remark')),
    sections: Type.Array(Section, { description: 'The sections in the order in which they are printed.' }),
  },
  { ...strict, description: 'One session outcome document.' },
)
export type OutcomeFile = Static<typeof OutcomeFile>
