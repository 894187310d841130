import { integer } from '../drizzle.ts'
import type { OutcomePoint as SeedPoint } from '../seed/outcome-documents.ts'
import { type Static, Type } from '../typebox.ts'
import { sectionKinds } from '../vocabulary.ts'
import { columnsAt } from './columns.ts'
import { forumYear, nameFilter } from './filters.ts'
import { type Noun, nounWords } from './noun.ts'
import { idIn, linkTable, nounTable } from './noun-table.ts'
import { Authority, Link, linkTo, nullable, ref, refAs, shape, words } from './shapes.ts'
import { Fidelity } from './sources.ts'

const SectionKind = words('SectionKind', sectionKinds, 'The topic, recognized by the start of the heading, or `other`.')

const Speaker = shape(
  'Speaker',
  'The speaker of a point. If `fidelity` is `summary`, do not quote the point as the words of the speaker.',
  {
    name: nullable(Type.String(), 'The name with its honorifics, as printed. Null if only the affiliation is printed.'),
    role: nullable(Type.String(), 'The role as printed, if any.'),
    affiliation: nullable(Type.String(), 'The agency, ministry or country as printed, if any.'),
  },
)

export interface Point {
  text: string
  speaker: Static<typeof Speaker> | null
  place: string | null
  points: Point[]
}

const Point = shape('Point', 'A bullet, quotation or paragraph.', {
  text: Type.String({ description: 'The words of the document, or a summary: see `fidelity`.' }),
  speaker: nullable(ref(Speaker), 'The speaker, if named.'),
  place: nullable(Type.String(), 'The place in the document, such as `para 2`, if noted.'),
  points: Type.Array(Type.Unsafe<Point>({ $ref: 'Point#' }), {
    description: 'The points under this point, in the printed order.',
  }),
})

const Section = shape('Section', 'A section of the document.', {
  kind: ref(SectionKind),
  heading: Type.String({ description: 'The heading as printed, or empty.' }),
  notApplicable: Type.Boolean({ description: 'True if the text is only "N/A".' }),
  intro: nullable(Type.String(), 'The text before the points, if any.'),
  points: Type.Array(ref(Point), { description: 'The points in the printed order.' }),
})

export const OutcomeDocument = shape('OutcomeDocument', 'The outcome document of a session.', {
  id: Type.String({ description: 'The id of its session.', examples: ['2023-366'] }),
  session: ref(Link),
  title: nullable(Type.String(), 'The title as printed, if any.'),
  organizer: nullable(Type.String(), 'The organizers as printed, in one string, if any.'),
  date: nullable(Type.String(), 'The local day, as YYYY-MM-DD, if printed.'),
  start: nullable(Type.String(), 'The local start time, as HH:MM, if printed.'),
  end: nullable(Type.String(), 'The local end time, as HH:MM, if printed.'),
  utcOffset: nullable(Type.String(), 'The offset from UTC, as +HH:MM, if printed.'),
  printedZone: nullable(Type.String(), 'The time zone as printed, if any.'),
  url: nullable(Type.String(), 'The URL of the session as printed, if any.'),
  template: nullable(Type.String(), 'The year of the template, if recognized.'),
  fidelity: refAs(
    Fidelity,
    'Whether the sentences are those of the document or a summary by the curators. Titles, names and numbers are as printed in both.',
  ),
  complete: Type.Boolean({ description: 'False if only a part could be read: then absence means nothing.' }),
  authority: nullable(ref(Authority), 'The version that was read, if noted.'),
  readIn: nullable(Type.String(), 'The URL that was read, if noted.'),
  note: nullable(Type.String(), 'A remark, if any.'),
  sections: Type.Array(ref(Section), { description: 'The sections in the printed order.' }),
})
export type OutcomeDocument = Static<typeof OutcomeDocument>

export const outcomeDocumentTable = nounTable('outcome_documents', { forumYear: integer('forum_year') })
export const outcomeDocumentActionLines = linkTable(
  'outcome_document_action_lines',
  'outcome_documents',
  idIn('action_lines').notNull(),
)

export const outcomeDocuments: Noun<OutcomeDocument> = {
  ...nounWords('outcome document', 'outcome documents'),
  title: 'Session outcome documents',
  description: {
    list: 'The outcome documents of sessions, by the date of the session.',
    item: 'The outcome document of one session: key issues, outcomes and plans, each point with its speaker. If `fidelity` is `summary`, the directory summarizes the points.',
  },
  example: '2023-366',
  item: OutcomeDocument,
  table: outcomeDocumentTable,
  filters: {
    actionLine: {
      ...nameFilter(
        'action-lines',
        'Only documents of sessions about this line. `C7` includes its sub-lines.',
        'C7.e-environment',
      ),
      links: outcomeDocumentActionLines,
      value: ({ id }, { session, lineAndAbove }) => session(id).actionLines.flatMap(({ code }) => lineAndAbove(code)),
    },
    forumYear: {
      schema: forumYear('Only documents of the forum of this year.'),
      value: ({ id }, { session }) => session(id).forumYear,
    },
  },
  columns: {
    ...columnsAt('id', 'title', 'organizer', 'date', 'start', 'end', 'utcOffset', 'url', 'template', 'fidelity'),
    sections: 'sections/kind',
    points: (document) => pointsIn(document).length,
    speakers: (document) =>
      pointsIn(document)
        .flatMap(({ speaker }) => speaker?.name ?? speaker?.affiliation ?? [])
        .join('; '),
    printedZone: 'printedZone',
    text: (document) => document.sections.map((section) => outcomeText(section, document.fidelity)).join('\n\n'),
    ...columnsAt('complete', 'authority', 'readIn', 'note'),
  },
  records: ({ seed, session }) =>
    seed.outcomes.map(
      (outcome): OutcomeDocument => ({
        complete: true,
        authority: null,
        readIn: null,
        note: null,
        ...outcome,
        id: outcome.session,
        session: linkTo('sessions', outcome.session, session(outcome.session).title),
        sections: outcome.sections.map((section) => ({ ...section, points: section.points.map(pointOf) })),
      }),
    ),
  // The date and time of the session; sessions without them come first.
  sortKey({ id }, _index, { session }) {
    const { date, start } = session(id)
    return [date, start, id].join(' ')
  },
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

/** A section as lines: its heading, the text before the points, and each point after its speaker. */
function outcomeText(
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
