import { integer } from '../drizzle.ts'
import type { Point as SeedPoint } from '../seed/outcome-documents.ts'
import type { SeedSession } from '../seed/sessions.ts'
import { type Static, Type } from '../typebox.ts'
import { sectionKinds } from '../vocabulary.ts'
import { plain } from './columns.ts'
import { forumYear, nameOf } from './filters.ts'
import type { Noun } from './noun.ts'
import { Authority, Link, linkTo, nullable, ref, refAs, words } from './shapes.ts'
import { Fidelity } from './sources.ts'
import { linkTable, nounTable } from './tables.ts'

const SectionKind = words(
  'SectionKind',
  sectionKinds,
  'What a section is about, recognized by the start of its heading; `other` for a heading that the template does not have.',
)

const Speaker = Type.Object(
  {
    name: nullable(
      Type.String(),
      'The name with its honorifics, as printed; null if only the affiliation is given, as in a report that speaks of agencies.',
    ),
    role: nullable(Type.String(), 'The role as printed; null if none is printed.'),
    affiliation: nullable(
      Type.String(),
      'What is printed after the role: agency, ministry, country; null if nothing is.',
    ),
  },
  {
    $id: 'Speaker',
    description:
      'The speaker of a point. If `fidelity` of the document is `summary`, the point is what was said in summary, in words of this directory: never quote it as the words of the speaker.',
  },
)

interface Point {
  text: string
  speaker: Static<typeof Speaker> | null
  place: string | null
  points: Point[]
}

const Point = Type.Object(
  {
    text: Type.String({ description: 'What the point says: the words of the document, or a summary; see `fidelity`.' }),
    speaker: nullable(ref(Speaker), 'The speaker; null if nobody is named.'),
    place: nullable(Type.String(), 'The place in the document, such as `para 2`; null if none was noted.'),
    points: Type.Array(Type.Unsafe<Point>({ $ref: 'Point#' }), {
      description: 'The points under this point, in the printed order; mostly none.',
    }),
  },
  { $id: 'Point', description: 'One bullet, quotation or paragraph.' },
)

const Section = Type.Object(
  {
    kind: ref(SectionKind),
    heading: Type.String({ description: 'The heading as printed; empty for text without a heading.' }),
    notApplicable: Type.Boolean({ description: 'True if the document says "N/A" and nothing else.' }),
    intro: nullable(Type.String(), 'The text before the points; null if there is none.'),
    points: Type.Array(ref(Point), { description: 'The points in the printed order.' }),
  },
  { $id: 'Section', description: 'One section of the document.' },
)

export const OutcomeDocument = Type.Object(
  {
    id: Type.String({ description: 'The id of its session.', examples: ['2023-366'] }),
    session: ref(Link),
    title: nullable(Type.String(), 'The title as printed; null if none was found.'),
    organizer: nullable(Type.String(), 'The organizers as printed, in one text; null if none was found.'),
    date: nullable(Type.String(), 'The local day, as YYYY-MM-DD; null if it was not printed.'),
    start: nullable(Type.String(), 'The local start time, as HH:MM; null if it was not printed.'),
    end: nullable(Type.String(), 'The local end time, as HH:MM; null if it was not printed.'),
    utcOffset: nullable(Type.String(), 'The offset of these times, as +HH:MM; null if none was printed.'),
    printedZone: nullable(Type.String(), 'The word for the time zone as printed; null if none was printed.'),
    url: nullable(Type.String(), 'The address of the session as printed; null if none was printed.'),
    template: nullable(
      Type.String(),
      'The year of the template that the document follows; null if that cannot be told.',
    ),
    fidelity: refAs(
      Fidelity,
      'Whether the sentences are those of the document or a summary by the curators. Titles, names and numbers are as printed in both.',
    ),
    complete: Type.Boolean({
      description: 'False if only a part of the document could be read: then silence in it means nothing.',
    }),
    authority: nullable(ref(Authority), 'Where it was read; null if that was not noted.'),
    readIn: nullable(Type.String(), 'The address where it was read; null if that was not noted.'),
    note: nullable(Type.String(), 'A remark on the document or on what was read of it; null if there is none.'),
    sections: Type.Array(ref(Section), { description: 'The sections in the printed order.' }),
  },
  { $id: 'OutcomeDocument', description: 'The outcome document of a session.' },
)
export type OutcomeDocument = Static<typeof OutcomeDocument>

export const outcomeDocumentTable = nounTable('outcome_documents', { forumYear: integer('forum_year') })
export const outcomeDocumentActionLines = linkTable(
  'outcome_document_action_lines',
  'outcome_documents',
  'action_lines',
)

export const outcomeDocuments: Noun<OutcomeDocument> = {
  name: 'outcome-documents',
  kind: 'outcome-document',
  operations: ['OutcomeDocument', 'OutcomeDocuments'],
  one: 'outcome document',
  many: 'outcome documents',
  tag: 'Outcome documents',
  title: 'Session outcome documents',
  description: {
    list: 'The outcome documents of sessions, by the date of the session.',
    item: 'The outcome document of one session: key issues, tangible outcomes, plans, each point with its speaker. If `fidelity` is `summary`, points are in words of this directory.',
  },
  example: '2023-366',
  item: OutcomeDocument,
  schemas: [SectionKind, Speaker, Point, Section, OutcomeDocument],
  table: outcomeDocumentTable,
  filters: {
    actionLine: {
      ...nameOf(
        'action-lines',
        'Only documents of sessions about this line; `C7` also finds its sub-lines. A document names no line itself.',
        'C7.e-environment',
      ),
      links: outcomeDocumentActionLines,
      value: ({ id }, { session, lineAndAbove }) => session(id).actionLines.flatMap(({ code }) => lineAndAbove(code)),
    },
    forumYear: {
      schema: forumYear('Only documents of the forum of this year.', 2009),
      column: outcomeDocumentTable.forumYear,
      value: ({ id }, { session }) => session(id).forumYear,
    },
  },
  columns: {
    ...plain<OutcomeDocument>('id', 'title', 'organizer', 'date', 'start', 'end', 'utcOffset', 'url'),
    ...plain<OutcomeDocument>('template', 'fidelity'),
    sections: (document) => document.sections.map(({ kind }) => kind).join('; '),
    points: (document) => pointsIn(document).length,
    speakers: (document) =>
      pointsIn(document)
        .flatMap(({ speaker }) => speaker?.name ?? speaker?.affiliation ?? [])
        .join('; '),
    printedZone: (document) => document.printedZone,
    text: (document) => document.sections.map((section) => textOf(section, document.fidelity)).join('\n\n'),
    ...plain<OutcomeDocument>('complete', 'authority', 'readIn', 'note'),
  },
  records: ({ seed, session }) =>
    seed.outcomes
      .map(
        ({ session: id, sections, complete, authority, readIn, note, ...outcome }): OutcomeDocument => ({
          id,
          session: linkTo('sessions', id, session(id).title),
          ...outcome,
          complete: complete ?? true,
          authority: authority ?? null,
          readIn: readIn ?? null,
          note: note ?? null,
          sections: sections.map((section) => ({ ...section, points: section.points.map(pointOf) })),
        }),
      )
      .sort((a, b) => (placeOf(session(a.id)) < placeOf(session(b.id)) ? -1 : 1)),
  sortKey: ({ id }, _index, { session }) => placeOf(session(id)),
  found: ({ id, session, title, organizer, note, sections }) => ({
    title: session.title,
    titles: [session.title, title],
    texts: [
      `session ${id}`,
      organizer,
      note,
      ...sections.flatMap(({ heading, intro, points }) => [
        heading,
        intro,
        ...points
          .flatMap(withPoints)
          .flatMap(({ text, speaker, place }) => [text, place, ...Object.values(speaker ?? {})]),
      ]),
    ],
  }),
}

function pointOf({ text, speaker, place, points = [] }: SeedPoint): Point {
  return { text, speaker, place: place ?? null, points: points.map(pointOf) }
}

/** A point and all points below it, in printed order. */
function withPoints(point: Point): Point[] {
  return [point, ...point.points.flatMap(withPoints)]
}

const pointsIn = ({ sections }: OutcomeDocument) => sections.flatMap(({ points }) => points.flatMap(withPoints))

/** The sort key: date and time of the session. Sessions without them come first. */
function placeOf({ id, date, start }: SeedSession): string {
  return [date, start, id].join(' ')
}

/** A section as lines: its heading, the text before the points, and each point after its speaker. */
function textOf(
  { heading, notApplicable, intro, points }: Static<typeof Section>,
  fidelity: OutcomeDocument['fidelity'],
): string {
  const lines = points.flatMap(withPoints).map(({ speaker, place, text }) => {
    const before =
      speaker && `${[speaker.name, speaker.role, speaker.affiliation].filter(Boolean).join(', ')}${inSummary(fidelity)}`
    return `${before ? `${before}: ` : ''}${text}${place ? ` [${place}]` : ''}`
  })
  return [heading, notApplicable && 'N/A', intro, ...lines].filter(Boolean).join('\n')
}

/** The suffix of a speaker whose words are summarized. */
export const inSummary = (fidelity: OutcomeDocument['fidelity']): string =>
  fidelity === 'summary' ? ' (in summary)' : ''
