import { integer, sql, text } from '../drizzle.ts'
import type { SeedSession } from '../seed/sessions.ts'
import { oneOf, type Static, Type } from '../typebox.ts'
import { bases } from '../vocabulary.ts'
import { columnsAt } from './columns.ts'
import { dateLike, forumYear, goalNumber, nameFilter } from './filters.ts'
import { type CalendarEvent, type Noun, nounWords } from './noun.ts'
import { idIn, linkTable, nounTable } from './noun-table.ts'
import type { Relations } from './relations.ts'
import { Link, linkTo, nullable, Party, ref, SessionSource, shape, words } from './shapes.ts'

const Basis = words(
  'Basis',
  bases,
  'The evidence that links a session to a line: the lines on its page, its title, its organizers, its description, or another site.',
)

const SessionLine = shape('SessionLine', 'An action line of a session, and the evidence.', {
  ...Link.properties,
  basis: ref(Basis),
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

export const sessionTable = nounTable('sessions', {
  forumYear: integer('forum_year'),
  date: text(),
  type: text(),
  hasOutcome: integer('has_outcome').notNull(),
})
export const sessionActionLines = linkTable('session_action_lines', 'sessions', idIn('action_lines').notNull())
export const sessionAgencies = linkTable('session_agencies', 'sessions', idIn('agencies').notNull())
export const sessionGoals = linkTable('session_goals', 'sessions', integer().notNull())

export const sessions: Noun<Session> = {
  ...nounWords('session', 'sessions'),
  title: 'Sessions of the WSIS Forum',
  description: {
    list: 'Sessions of the WSIS Forum since 2009, and meetings on the lines from 2006 to 2008, by date. The list is a selection. Also as a calendar (`format=ics`).',
    item: 'One session: organizers, time, action lines, source, and outcome document.',
  },
  example: '2023-366',
  item: Session,
  table: sessionTable,
  filters: {
    actionLine: {
      ...nameFilter('action-lines', 'Only sessions about this line. `C7` includes its sub-lines.', 'C7.e-environment'),
      links: sessionActionLines,
      value: ({ actionLines }, { lineAndAbove }) => actionLines.flatMap(({ id }) => lineAndAbove(id)),
    },
    agency: {
      ...nameFilter(
        'agencies',
        'Only sessions certainly organized by this agency, or by a group through which an edition names it.',
        'ITU',
      ),
      links: sessionAgencies,
      value: ({ organizers }, { agencyAndMembers }) =>
        organizers.flatMap(({ agency }) => (agency ? agencyAndMembers(agency.id) : [])),
    },
    forumYear: { schema: forumYear('Only sessions of the forum of this year.') },
    from: {
      schema: dateLike('Only sessions on or after this day, month or year. Undated sessions are omitted.', '2009-05'),
      column: sessionTable.date,
      value: (session) => session.date,
      where: (from) => sql`${sessionTable.date} >= ${from}`,
      // The sort key begins with the date.
      range: (from) => sql`${sessionTable.sortKey} >= ${from}`,
    },
    to: {
      schema: dateLike(
        'Only sessions on or before this day, or the end of this month or year. Undated sessions are omitted.',
        '2009',
      ),
      // Sorts after every day of a month or year, and after a day itself.
      where: (to) => sql`${sessionTable.date} <= ${to} || '-99'`,
      range: (to) => sql`${sessionTable.sortKey} < ${to} || '-99'`,
    },
    type: nameFilter('session-types', 'Only sessions of this type.', 'Facilitation meeting'),
    sdg: {
      schema: goalNumber('Only sessions that list this Sustainable Development Goal.'),
      links: sessionGoals,
      value: (session) => session.sdgs,
    },
    hasOutcome: {
      schema: Type.Boolean({
        description: 'Only sessions with an outcome document here, or only those without.',
        examples: [true],
      }),
      value: (session) => session.outcomeDocument !== null,
    },
  },
  sort: oneOf(['date', '-date'], {
    description:
      'Oldest first (`date`, the default) or newest first (`-date`). Undated sessions come first in their forum year.',
    examples: ['-date'],
  }),
  pageSort: '-date',
  columns: {
    ...columnsAt('id', 'forumYear', 'number', 'title', 'organizers'),
    agencies: 'organizers/agency',
    ...columnsAt('facilitators', 'date', 'start', 'end', 'utcOffset', 'printedZone', 'type', 'actionLines'),
    bases: 'actionLines/basis',
    ...columnsAt('sdgs', 'url', 'outcomeDocument'),
    sourceUrl: 'source/url',
    actionLinesComplete: 'actionLinesComplete',
    sourceTitle: 'source/title',
    ...columnsAt('room', 'track', 'forum', 'note'),
  },
  records: (relations) => relations.seed.sessions.map((session) => sessionRecord(session, relations)),
  // It must begin with the date, because `from` and `to` compare it.
  sortKey: (session) => `${session.date ?? sessionYear(session)} ${session.start ?? ''} ${session.id}`,
  found: (session, { acronymOf }) => ({
    title: session.title,
    titles: [session.title],
    texts: [
      session.number === null ? sessionYear(session) : session.id,
      session.forum?.title ?? null,
      ...[...session.organizers, ...session.facilitators].flatMap(({ name, agency }) =>
        agency ? [name, agency.id, acronymOf(agency.id), agency.title] : [name],
      ),
      session.type,
      session.note,
      ...session.actionLines.map(({ id, title }) => `${id} ${title}`),
    ],
  }),
  calendar: { title: 'WSIS Forum sessions', eventOf },
  linked: (all) => all.map(linkedSession),
}

function sessionRecord(session: SeedSession, { seed, lineLink, party, hasOutcome }: Relations): Session {
  const { id, title, forumYear, organizers, facilitators, actionLines } = session
  const forum = seed.forums.find((one) => one.id === String(forumYear))
  return {
    room: null,
    track: null,
    note: null,
    ...session,
    forum: forum ? linkTo('forums', forum.id, forum.name) : null,
    organizers: organizers.map(party),
    facilitators: facilitators.map(party),
    actionLines: actionLines.map(({ code, basis }) => ({ ...lineLink(code), basis })),
    outcomeDocument: hasOutcome(id) ? linkTo('outcome-documents', id, title) : null,
  }
}

/**
 * A session with the IRIs of its goals, and with organizing agencies beside their printed names. The basis of a link is
 * separate from the line; as its property it would be a statement about the line.
 */
function linkedSession({ actionLines, sdgs, ...session }: Session) {
  return {
    ...session,
    organizer: session.organizers.map(({ name, agency }) => (agency ? { '@id': agency.href } : { name })),
    actionLines: actionLines.map(({ basis: _, ...line }) => line),
    bases: actionLines.map(({ href: actionLine, basis }) => ({ actionLine, basis })),
    sdgs: sdgs.map((goal) => `http://metadata.un.org/sdg/${goal}`),
  }
}

function eventOf(session: Session): CalendarEvent | null {
  const { date, start, utcOffset, organizers, actionLines, printedZone, room, type, note } = session
  if (date === null) return null
  const lines = actionLines.map(({ id, title }) => `${id} ${title}`)
  const allTexts = [
    organizers.length > 0 && `Organized by ${organizers.map(({ name }) => name).join(', ')}.`,
    lines.length > 0 && `Action lines: ${lines.join('; ')}.`,
    start !== null && utcOffset === null && 'The time is local time at the venue; no offset from UTC was read.',
    printedZone && `Printed time zone: ${printedZone}.`,
    note,
  ]
  return {
    ...session,
    date,
    location: room,
    categories: [...(type ? [type] : []), ...actionLines.map(({ id }) => id)],
    description: allTexts.filter(Boolean).join('\n'),
  }
}
