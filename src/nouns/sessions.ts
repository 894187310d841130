import { type Static, Type } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import { and, asc, eq, sql } from '../drizzle.ts'
import type { CalendarEvent } from '../http/calendar.ts'
import { collection, type Noun } from '../http/collection.ts'
import { Link, linker, nullable, ref, type Site } from '../http/shapes.ts'
import type { Directory } from '../store/directory.ts'
import { among, equals, grouped, isUnderLine, namesAgency, type PageOfIds, pager, unless } from '../store/queries.ts'
import {
  actionLines,
  agencies,
  sessions as meetings,
  outcomeDocuments,
  type Party as SeedParty,
  sessionAgencies,
  sessionLines,
} from '../store/tables.ts'
import { bases, oneOf } from '../vocabulary.ts'

const Party = Type.Object(
  {
    name: Type.String({ description: 'The name as printed.' }),
    agency: nullable(
      ref(Link),
      'The body that it certainly is; null where that is not certain, or where it is none of ours.',
    ),
  },
  { $id: 'Party', description: 'Who organizes or facilitates a session.' },
)

const SessionLine = Type.Object(
  {
    ...Link.properties,
    basis: oneOf(bases, {
      description:
        'Where the link was read: in the list of lines of the page, in the title, in the line of the organizers, in the description, or on another site.',
    }),
  },
  { $id: 'SessionLine', description: 'An action line that a session is about, and where that was read.' },
)

export const Session = Type.Object(
  {
    id: Type.String({ description: 'The forum year and the number, or the year and a slug.', examples: ['2023-366'] }),
    forumYear: Type.Integer({ description: 'The year of the forum, which is not always the year of the date.' }),
    number: nullable(Type.Integer(), 'The number at ITU, which begins anew each year; null where it is not known.'),
    title: Type.String({ description: 'The title as printed.' }),
    organizers: Type.Array(ref(Party), {
      description: 'The organizers as printed; empty where none were read, which does not mean that there were none.',
    }),
    facilitators: Type.Array(ref(Party), { description: 'The facilitators as printed; empty where none were read.' }),
    date: nullable(Type.String(), 'The local day, as YYYY-MM-DD; null where it is not known.'),
    start: nullable(Type.String(), 'The local time of the begin, as HH:MM; null where it is not known.'),
    end: nullable(Type.String(), 'The local time of the end, as HH:MM; null where it is not known.'),
    utcOffset: nullable(
      Type.String(),
      'The offset of these times, as +HH:MM; null where none was printed, and then nothing is inferred.',
    ),
    printedZone: nullable(
      Type.String(),
      'The word for the time zone as printed, which may be wrong for the season (`CET` in April); null where none was printed.',
    ),
    type: nullable(Type.String(), 'The type of session as printed; null where it is not known.'),
    actionLines: Type.Array(ref(SessionLine), {
      description:
        'The action lines that it is about; empty where none were read, which does not mean that there were none.',
    }),
    actionLinesComplete: nullable(
      Type.Boolean(),
      'False where the page lists more lines than could be read; null where that was not noted.',
    ),
    sdgs: Type.Array(Type.Integer(), {
      description: 'The numbers of the Sustainable Development Goals listed; empty where none were read.',
    }),
    url: nullable(Type.String(), 'The page of the session; null where none is known.'),
    outcomeDocument: nullable(ref(Link), 'Its outcome document, if the directory holds it.'),
    source: Type.Object(
      {
        title: nullable(Type.String(), 'The title of the page or document; null where it was not noted.'),
        url: Type.String({ description: 'Its address.' }),
      },
      { description: 'Where the session was read.' },
    ),
  },
  { $id: 'Session', description: 'A session of the WSIS Forum.' },
)
export type Session = Static<typeof Session>

/** The schemas that Session refers to, and itself. */
export const sessionSchemas = [Party, SessionLine, Session]

const PartialDate = (description: string, example: string) =>
  Type.Optional(Type.String({ format: 'partial-date', description, examples: [example] }))

const Filters = Type.Object({
  actionLine: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'Only sessions about this line; `C7` also finds its sub-lines.',
      examples: ['C9'],
    }),
  ),
  agency: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'Only sessions that this body, or a group that it belongs to, certainly organizes.',
      examples: ['ITU'],
    }),
  ),
  forumYear: Type.Optional(Type.Integer({ description: 'Only sessions of the forum of this year.', examples: [2023] })),
  from: PartialDate(
    'Only sessions on or after this day, month or year. Sessions without a date are left out.',
    '2021-04',
  ),
  to: PartialDate(
    'Only sessions on or before this day, or the end of this month or year. Sessions without a date are left out.',
    '2021',
  ),
  type: Type.Optional(
    Type.String({ minLength: 1, description: 'Only sessions of this type.', examples: ['Thematic Workshop'] }),
  ),
  sdg: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 17,
      description: 'Only sessions that list this Sustainable Development Goal.',
      examples: [9],
    }),
  ),
  hasOutcome: Type.Optional(
    Type.Boolean({
      description: 'Only sessions with an outcome document here, or only those without.',
      examples: [true],
    }),
  ),
  sort: Type.Optional(
    oneOf(['date', '-date'], {
      description:
        'By date, the oldest first (`date`, so where it is left out) or the newest first (`-date`). One without a date stands at the begin of its forum year.',
      examples: ['-date'],
    }),
  ),
})

/** Registers the sessions of the WSIS Forum. */
export function sessions(app: FastifyInstance, { db, names }: Directory, site: Site): Noun {
  return collection(app, site, {
    page: pageOf(db),
    read: readerOf(db, site),
    name: 'sessions',
    operations: ['Session', 'Sessions'],
    words: ['session', 'sessions'],
    tag: 'Sessions',
    description: {
      list: 'Sessions of the WSIS Forum since 2010, by date. A selection, not a complete list: only sessions whose page or report was read. Also as a calendar, with `format=ics`.',
      item: 'One session: who organized it, when, about which action lines and where that was read, with its outcome document.',
    },
    key: 'id',
    keyExample: '2023-366',
    item: Session,
    filters: Filters,
    lookups: { actionLine: names.actionLine, agency: names.agency, type: names.sessionType },
    names: names.session,
    columns: {
      id: (session) => session.id,
      forumYear: (session) => session.forumYear,
      number: (session) => session.number,
      title: (session) => session.title,
      organizers: (session) => session.organizers.map(({ name }) => name).join('; '),
      agencies: (session) => session.organizers.flatMap(({ agency }) => agency?.id ?? []).join('; '),
      facilitators: (session) => session.facilitators.map(({ name }) => name).join('; '),
      date: (session) => session.date,
      start: (session) => session.start,
      end: (session) => session.end,
      utcOffset: (session) => session.utcOffset,
      printedZone: (session) => session.printedZone,
      type: (session) => session.type,
      actionLines: (session) => session.actionLines.map(({ id }) => id).join('; '),
      bases: (session) => session.actionLines.map(({ basis }) => basis).join('; '),
      sdgs: (session) => session.sdgs.join('; '),
      url: (session) => session.url,
      outcomeDocument: (session) => session.outcomeDocument?.href,
      sourceUrl: (session) => session.source.url,
      actionLinesComplete: (session) => session.actionLinesComplete,
      sourceTitle: (session) => session.source.title,
    },
    calendar: eventOf,
    linked: (all) => all.map(linkedOf),
  })
}

/**
 * A session with the IRIs of its goals, with the bodies that organize it beside what was printed of them, and with the
 * basis of a link apart from the line, of which it would be said.
 */
function linkedOf({ actionLines, sdgs, ...session }: Session) {
  return {
    ...session,
    organizer: session.organizers.map(({ name, agency }) => (agency ? { '@id': agency.href } : { name })),
    actionLines: actionLines.map(({ basis: _, ...line }) => line),
    bases: actionLines.map(({ href: actionLine, basis }) => ({ actionLine, basis })),
    sdgs: sdgs.map((goal) => `http://metadata.un.org/sdg/${goal}`),
  }
}

function eventOf({
  id,
  title,
  date,
  start,
  end,
  utcOffset,
  url,
  organizers,
  actionLines,
  printedZone,
}: Session): CalendarEvent | null {
  if (date === null) return null
  const lines = actionLines.map(({ id, title }) => `${id} ${title}`)
  const said = [
    organizers.length > 0 && `Organized by ${organizers.map(({ name }) => name).join(', ')}.`,
    lines.length > 0 && `Action lines: ${lines.join('; ')}.`,
    printedZone && `Printed time zone: ${printedZone}.`,
  ]
  return { id, title, date, start, end, utcOffset, url, description: said.filter(Boolean).join('\n') }
}

/** The pages of the list. */
function pageOf(db: Directory['db']): (filters: Record<string, unknown>, after: string, limit: number) => PageOfIds {
  const given = sql.placeholder
  const isAbout = sql`${meetings.id} in (select ${sessionLines.session} from ${sessionLines} where ${isUnderLine(sessionLines.actionLine, 'actionLine')})`
  const isOrganizedBy = sql`${meetings.id} in (select ${sessionAgencies.session} from ${sessionAgencies} where ${namesAgency(sessionAgencies.agency, 'agency')})`
  const listsGoal = sql`${given('sdg')} in (select value from json_each(${meetings.sdgs}))`
  const hasOutcome = sql`(${meetings.id} in (select ${outcomeDocuments.id} from ${outcomeDocuments})) = ${given('hasOutcome')}`
  const found = pager(
    db,
    meetings,
    meetings.id,
    and(
      unless('actionLine', isAbout),
      unless('agency', isOrganizedBy),
      equals(meetings.forumYear, 'forumYear'),
      unless('from', sql`${meetings.date} >= ${given('from')}`),
      unless('to', sql`substr(${meetings.date}, 1, length(${given('to')})) <= ${given('to')}`),
      equals(meetings.type, 'type'),
      unless('sdg', listsGoal),
      unless('hasOutcome', hasOutcome),
    ),
  )
  return ({ sort, hasOutcome, ...filters }, after, limit) =>
    found({ ...filters, hasOutcome: hasOutcome === null ? null : Number(hasOutcome) }, after, limit, sort === '-date')
}

/** The members with given ids. */
function readerOf(db: Directory['db'], site: Site): (ids: string[]) => Session[] {
  const link = linker(site)
  const rows = db
    .select({ session: meetings, outcome: outcomeDocuments.id })
    .from(meetings)
    .leftJoin(outcomeDocuments, eq(outcomeDocuments.id, meetings.id))
    .where(among(meetings.id, 'ids'))
    .prepare()
  const about = db
    .select({
      session: sessionLines.session,
      code: actionLines.code,
      title: actionLines.title,
      basis: sessionLines.basis,
    })
    .from(sessionLines)
    .innerJoin(actionLines, eq(actionLines.code, sessionLines.actionLine))
    .where(among(sessionLines.session, 'ids'))
    .orderBy(asc(sessionLines.position))
    .prepare()
  const agencyNames = new Map(
    db
      .select({ id: agencies.id, name: agencies.name })
      .from(agencies)
      .all()
      .map(({ id, name }) => [id, name]),
  )
  const partyOf = ({ name, agency }: SeedParty) => ({
    name,
    agency: agency === null ? null : link('agencies', agency, String(agencyNames.get(agency))),
  })

  // In the order of the ids, by two queries however many they are.
  return (ids) => {
    const wanted = { ids: JSON.stringify(ids) }
    const lines = grouped(about.all(wanted), ({ session }) => session)
    const rowOf = grouped(rows.all(wanted), ({ session }) => session.id)
    return ids.flatMap((id) =>
      rowOf(id).map(({ session, outcome }) => ({
        id,
        forumYear: session.forumYear,
        number: session.number,
        title: session.title,
        organizers: session.organizers.map(partyOf),
        facilitators: session.facilitators.map(partyOf),
        date: session.date,
        start: session.start,
        end: session.end,
        utcOffset: session.utcOffset,
        printedZone: session.printedZone,
        type: session.type,
        actionLines: lines(id).map(({ code, title, basis }) => ({ ...link('action-lines', code, title), basis })),
        actionLinesComplete: session.actionLinesComplete,
        sdgs: session.sdgs,
        url: session.url,
        outcomeDocument: outcome === null ? null : link('outcome-documents', id, session.title),
        source: { title: session.sourceTitle, url: session.sourceUrl },
      })),
    )
  }
}
