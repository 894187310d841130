import { type Static, Type } from '../typebox.ts'
import { bases } from '../vocabulary.ts'
import { Link, nullable, ref, shape, words } from './shapes.ts'

const Basis = words(
  'Basis',
  bases,
  'The evidence that links a session to a line: the lines on its page, its title, its organizers, its description, or another site.',
)

export const Party = shape('Party', 'An organizer or facilitator of a session, or a host of a forum.', {
  name: Type.String({ description: 'The name as printed.' }),
  agency: nullable(ref(Link), 'The agency, if it could be identified with certainty. Otherwise null.'),
})
export type Party = Static<typeof Party>

const SessionLine = shape('SessionLine', 'An action line of a session, and the evidence.', {
  ...Link.properties,
  basis: ref(Basis),
})

export const SessionSource = shape('SessionSource', 'The source of a session or forum.', {
  title: nullable(Type.String(), 'The title, if noted.'),
  url: Type.String({ description: 'Its URL.' }),
})

export const Session = shape('Session', 'A session of the WSIS Forum, or a meeting on a line before the first forum.', {
  id: Type.String({ description: 'The year, and the number or a slug.', examples: ['2023-366'] }),
  forumYear: nullable(
    Type.Integer(),
    'The year of the forum, which can differ from the year of the date. Null before 2009.',
  ),
  forum: nullable(ref(Link), 'The forum. Null for a meeting before the first forum (2009).'),
  number: nullable(Type.Integer(), 'The number at ITU, unique within a year, if known.'),
  title: Type.String({ description: 'The title as printed, or a description if `note` says so.' }),
  organizers: Type.Array(ref(Party), { description: 'The organizers as printed. Empty means that none were read.' }),
  facilitators: Type.Array(ref(Party), {
    description: 'The facilitators as printed. Empty means that none were read.',
  }),
  date: nullable(Type.String(), 'The local day, as YYYY-MM-DD, if known.'),
  start: nullable(Type.String(), 'The local start time, as HH:MM, if known.'),
  end: nullable(Type.String(), 'The local end time, as HH:MM, if known.'),
  utcOffset: nullable(Type.String(), 'The offset from UTC as printed, as +HH:MM, otherwise null.'),
  printedZone: nullable(
    Type.String(),
    'The time zone as printed, if any. It may be wrong for the season (`CET` in April).',
  ),
  type: nullable(Type.String(), 'The type as printed, if known.'),
  room: nullable(Type.String(), 'The room as printed, if known.'),
  track: nullable(Type.String(), 'The track as printed, if known.'),
  actionLines: Type.Array(ref(SessionLine), {
    description: 'The action lines of the session. Empty means that none were read.',
  }),
  actionLinesComplete: nullable(
    Type.Boolean(),
    'False if the page lists more lines than were read. Null if not noted.',
  ),
  sdgs: Type.Array(Type.Integer(), {
    maxItems: 17,
    description: 'The numbers of the Sustainable Development Goals listed. Empty means that none were read.',
  }),
  url: nullable(Type.String(), 'The page of the session, if known.'),
  outcomeDocument: nullable(ref(Link), 'Its outcome document, if listed here.'),
  note: nullable(Type.String(), 'A remark, if any.'),
  source: ref(SessionSource),
})
export type Session = Static<typeof Session>

/** The year at the start of an id: that of the forum, otherwise that of the meeting. */
export const sessionYear = ({ id }: Pick<Session, 'id'>): string => id.slice(0, 4)
