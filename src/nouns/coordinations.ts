import { integer, sql, text } from '../drizzle.ts'
import { type Static, Type } from '../typebox.ts'
import { roles } from '../vocabulary.ts'
import { columnsAt } from './columns.ts'
import { dateLike, editionNamed, nameFilter, wordFilter } from './filters.ts'
import { type Noun, nounWords } from './noun.ts'
import { idIn, linkTable, nounTable } from './noun-table.ts'
import { Authority, DateBasis, isAppointment, Link, nullable, partialDate, Role, ref, shape } from './shapes.ts'
import { formerSources } from './sources.ts'

export const Coordination = shape(
  'Coordination',
  'A statement: the role that one source gives one agency for one line.',
  {
    id: Type.String({
      description: 'Source, line and agency, separated by colons.',
      examples: ['annex-draft:C1:ECOSOC'],
    }),
    actionLine: ref(Link),
    agency: ref(Link),
    role: ref(Role),
    roleAsWorded: nullable(Type.String(), 'The role in the words of the source, if noted.'),
    appointment: isAppointment,
    position: nullable(Type.Integer(), 'The position in the printed cell, from 1. Null for a report.'),
    date: nullable(
      Type.String(),
      `The date of the statement, otherwise of its source, as ${partialDate}. Null if undated.`,
    ),
    dateBasis: nullable(ref(DateBasis), 'The origin of the date. Null if undated.'),
    authority: ref(Authority),
    source: ref(Link),
    url: nullable(
      Type.String(),
      'The URL of the document, otherwise of the copy or account that was read. Null if neither is online.',
    ),
    readIn: nullable(Type.String(), 'The URL of the copy or account that was read, if any is online.'),
  },
)
export type Coordination = Static<typeof Coordination>

export const coordinationTable = nounTable('coordinations', {
  source: idIn('sources').notNull(),
  role: text({ enum: roles }).notNull(),
  appointment: integer().notNull(),
  /** The last possible day of the statement; null if that is open. */
  lastDay: text('last_day'),
})
export const coordinationActionLines = linkTable(
  'coordination_action_lines',
  'coordinations',
  idIn('action_lines').notNull(),
)
export const coordinationAgencies = linkTable('coordination_agencies', 'coordinations', idIn('agencies').notNull())

export const coordinations: Noun<Coordination> = {
  ...nounWords('coordination', 'coordinations'),
  title: 'Statements: which document names whom',
  description: {
    list: 'Each record is a statement by one document of a kind (`source`, `role`) and date: the role that it gives one agency for one line. The draft of 2005 names coordinators. The adopted annex lists possible facilitators, and the list of today still lists them. Contacts are not facilitators. Reports name agencies in any role. The order is by line, then oldest first, undated statements last.',
    item: 'One statement, with its source, date and authority, and the URL that was read.',
  },
  example: 'annex-draft:C1:ECOSOC',
  item: Coordination,
  table: coordinationTable,
  filters: {
    actionLine: {
      ...nameFilter('action-lines', 'Only statements on this line. `C7` includes its sub-lines.', 'C7.e-government'),
      links: coordinationActionLines,
      value: ({ actionLine }, { lineAndAbove }) => lineAndAbove(actionLine.id),
    },
    agency: {
      ...nameFilter('agencies', 'Only statements that name this agency or its group.', 'UNDP'),
      links: coordinationAgencies,
      value: ({ agency }, { agencyAndMembers }) => agencyAndMembers(agency.id),
    },
    source: nameFilter('sources', 'Only statements in this source.', 'annex-adopted'),
    role: wordFilter(roles, 'Only statements with this role.', 'facilitator'),
    appointment: {
      schema: Type.Boolean({
        description:
          'Only statements that name the agency as responsible (coordinator, focal point, facilitator, co-facilitator), or only the other statements.',
        examples: [true],
      }),
    },
    edition: {
      ...editionNamed('Only statements in this edition. `latest`: the newest of coordinators or facilitators.'),
      where: (edition) => sql`${coordinationTable.source} = ${edition}`,
    },
    asOf: {
      schema: dateLike(
        'Only statements dated up to this day, or the end of this month or year. This is not the state on that day. An undated statement counts by the end of the date range of its source, if any.',
        '2016',
      ),
      column: coordinationTable.lastDay,
      value: ({ id }, { lastDays }) => lastDays.get(id) ?? null,
      where: (asOf) => sql`${coordinationTable.lastDay} <= substr(${asOf} || '-99-99', 1, 10)`,
    },
  },
  columns: {
    ...columnsAt('id', 'actionLine', 'agency', 'role', 'roleAsWorded', 'appointment', 'position', 'date', 'dateBasis'),
    ...columnsAt('source', 'url', 'authority', 'readIn'),
  },
  records: ({ statements }) => statements,
  /** The statements of a former source now belong to the source that replaces it. */
  otherIds: ({ seed, statements }) =>
    formerSources(seed).flatMap(([former, source]) =>
      statements
        .filter((statement) => statement.source.id === source)
        .map(({ id, actionLine, agency }): [string, string] => [`${former}:${actionLine.id}:${agency.id}`, id]),
    ),
  sortKey: (_statement, index, { statements }) => String(statements[index]?.sortKey),
}
