import { type Static, Type } from '../typebox.ts'
import { bases } from '../vocabulary.ts'
import { Link, nullable, ref, words } from './shapes.ts'

export const Basis = words(
  'Basis',
  bases,
  'Where the link of a session to a line was read: the list of lines of its page, its title, the line of its organizers, its description, or another site.',
)

export const Party = Type.Object(
  {
    name: Type.String({ description: 'The name as printed.' }),
    agency: nullable(
      ref(Link),
      'The agency that it certainly is; null if that is not certain, or if the directory does not have it.',
    ),
  },
  { $id: 'Party', description: 'Who organizes or facilitates a session, or hosts a forum.' },
)

export const SessionLine = Type.Object(
  {
    ...Link.properties,
    basis: ref(Basis),
  },
  { $id: 'SessionLine', description: 'An action line that a session is about, and where that was read.' },
)

export const SessionSource = Type.Object(
  {
    title: nullable(Type.String(), 'The title of the page or document; null if it was not noted.'),
    url: Type.String({ description: 'Its address.' }),
  },
  { $id: 'SessionSource', description: 'Where a session or a forum was read.' },
)

export const Session = Type.Object(
  {
    id: Type.String({ description: 'The forum year and the number, or the year and a slug.', examples: ['2023-366'] }),
    forumYear: nullable(
      Type.Integer(),
      'The year of the forum, which is not always the year of the date; null for a meeting before the first forum (2009).',
    ),
    forum: nullable(ref(Link), 'The forum that it belongs to; null for a meeting before the first forum (2009).'),
    number: nullable(Type.Integer(), 'The number at ITU, which starts again each year; null if it is not known.'),
    title: Type.String({ description: 'The title as printed; in words of this directory if `note` says so.' }),
    organizers: Type.Array(ref(Party), {
      description: 'The organizers as printed; empty if none were read, which does not mean that there were none.',
    }),
    facilitators: Type.Array(ref(Party), { description: 'The facilitators as printed; empty if none were read.' }),
    date: nullable(Type.String(), 'The local day, as YYYY-MM-DD; null if it is not known.'),
    start: nullable(Type.String(), 'The local start time, as HH:MM; null if it is not known.'),
    end: nullable(Type.String(), 'The local end time, as HH:MM; null if it is not known.'),
    utcOffset: nullable(
      Type.String(),
      'The offset of these times, as +HH:MM; null if none was printed, and then nothing is inferred.',
    ),
    printedZone: nullable(
      Type.String(),
      'The word for the time zone as printed, which may be wrong for the season (`CET` in April); null if none was printed.',
    ),
    type: nullable(Type.String(), 'The type of session as printed; null if it is not known.'),
    room: nullable(Type.String(), 'The room as printed; null if it is not known.'),
    track: nullable(Type.String(), 'The track as printed; null if it is not known.'),
    actionLines: Type.Array(ref(SessionLine), {
      description:
        'The action lines that it is about; empty if none were read, which does not mean that there were none.',
    }),
    actionLinesComplete: nullable(
      Type.Boolean(),
      'False if the page lists more lines than could be read; null if that was not noted.',
    ),
    sdgs: Type.Array(Type.Integer(), {
      description: 'The numbers of the Sustainable Development Goals listed; empty if none were read.',
    }),
    url: nullable(Type.String(), 'The page of the session; null if none is known.'),
    outcomeDocument: nullable(ref(Link), 'Its outcome document, if the directory holds it.'),
    note: nullable(Type.String(), 'A remark on what was read; null if there is none.'),
    source: ref(SessionSource),
  },
  { $id: 'Session', description: 'A session of the WSIS Forum, or a meeting on a line before the first forum.' },
)
export type Session = Static<typeof Session>

/** The year at the start of an id: that of the forum, otherwise that of the meeting. */
export const yearOf = ({ id }: Pick<Session, 'id'>): string => id.slice(0, 4)
