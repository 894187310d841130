import { integer, sql, text } from '../drizzle.ts'
import { type Static, Type } from '../typebox.ts'
import { roles } from '../vocabulary.ts'
import { plain } from './columns.ts'
import { dateLike, editionNamed, nameOf, wordOf } from './filters.ts'
import type { Noun } from './noun.ts'
import {
  Authority,
  DateBasis,
  EditionRole,
  isAppointment,
  Link,
  nullable,
  partialDate,
  Role,
  ref,
  Status,
} from './shapes.ts'
import { formerSources } from './sources.ts'
import { idOf, linkTable, nounTable } from './tables.ts'

export const Coordination = Type.Object(
  {
    id: Type.String({
      description: 'The source, the line and the agency, with colons between.',
      examples: ['annex-draft:C1:ECOSOC'],
    }),
    actionLine: ref(Link),
    agency: ref(Link),
    role: ref(Role),
    roleAsWorded: nullable(Type.String(), 'The role in the words of the source; null if they were not noted.'),
    appointment: isAppointment,
    position: nullable(Type.Integer(), 'The place in the printed cell of an edition, from 1; null for a report.'),
    date: nullable(
      Type.String(),
      `The date that the document gives, as ${partialDate}: that of the statement, otherwise that of its source; null if it gives none.`,
    ),
    dateBasis: nullable(
      ref(DateBasis),
      "Whether the date is the statement's own or its source's; null without a date.",
    ),
    authority: ref(Authority),
    source: ref(Link),
    url: nullable(
      Type.String(),
      'The address of the document; where none is known, that of the copy or account that was read. Null if neither is on the web.',
    ),
    readIn: nullable(
      Type.String(),
      'The address of the copy or account that was read; null if the document itself was read, or if the copy is not on the web.',
    ),
  },
  { $id: 'Coordination', description: 'One statement: the role that one source gives one agency for one line.' },
)
export type Coordination = Static<typeof Coordination>

export const coordinationTable = nounTable('coordinations', {
  source: text().notNull().references(idOf('sources')),
  role: text({ enum: roles }).notNull(),
  appointment: integer().notNull(),
  /** The last possible day of the statement; null if that is open. */
  lastDay: text('last_day'),
})
export const coordinationActionLines = linkTable('coordination_action_lines', 'coordinations', 'action_lines')
export const coordinationAgencies = linkTable('coordination_agencies', 'coordinations', 'agencies')

export const coordinations: Noun<Coordination> = {
  name: 'coordinations',
  kind: 'coordination',
  operations: ['Coordination', 'Coordinations'],
  one: 'coordination',
  many: 'coordinations',
  tag: 'Coordinations',
  title: 'Statements: which document names whom',
  description: {
    list: 'Every statement of every source, one per action line, agency and source: by line, and within a line from the oldest to the newest. Statements without a date come last.',
    item: 'One statement: the source that makes it, its date and authority, and the address where it was read.',
  },
  example: 'annex-draft:C1:ECOSOC',
  item: Coordination,
  schemas: [Role, EditionRole, Authority, Status, DateBasis, Coordination],
  table: coordinationTable,
  filters: {
    actionLine: {
      ...nameOf('action-lines', 'Only statements on this line; `C7` also finds its sub-lines.', 'C7.e-government'),
      links: coordinationActionLines,
      value: ({ actionLine }, { lineAndAbove }) => lineAndAbove(actionLine.id),
    },
    agency: {
      ...nameOf('agencies', 'Only statements that name this agency or a group that it belongs to.', 'UNDP'),
      links: coordinationAgencies,
      value: ({ agency }, { agencyAndMembers }) => agencyAndMembers(agency.id),
    },
    source: {
      ...nameOf('sources', 'Only statements of this source.', 'annex-adopted'),
      column: coordinationTable.source,
    },
    role: {
      schema: wordOf(roles, 'Only statements of this role.', 'facilitator'),
      column: coordinationTable.role,
    },
    appointment: {
      schema: Type.Boolean({
        description:
          'Only statements that name the agency as responsible (coordinator, focal point, facilitator, co-facilitator), or only other statements.',
        examples: [true],
      }),
      column: coordinationTable.appointment,
    },
    edition: {
      ...editionNamed(
        'Only statements of this edition; `latest` is the newest that names coordinators or facilitators.',
      ),
      where: (edition) => sql`${coordinationTable.source} = ${edition}`,
    },
    asOf: {
      schema: dateLike(
        'Only statements dated up to this day, or the end of this month or year, not the state on that day. A statement without a date counts by the end of the date range of its source, and is omitted if that is open.',
        '2016',
      ),
      column: coordinationTable.lastDay,
      value: ({ id }, { lastDays }) => lastDays.get(id) ?? null,
      where: (asOf) => sql`${coordinationTable.lastDay} <= substr(${asOf} || '-99-99', 1, 10)`,
    },
  },
  columns: {
    id: (statement) => statement.id,
    actionLine: (statement) => statement.actionLine.id,
    agency: (statement) => statement.agency.id,
    ...plain<Coordination>('role', 'roleAsWorded', 'appointment', 'position', 'date', 'dateBasis'),
    source: (statement) => statement.source.id,
    ...plain<Coordination>('url', 'authority', 'readIn'),
  },
  records: ({ statements, lineLink, agencyLink, reportOf }) =>
    statements.map((statement): Coordination => {
      const { role, roleAsWorded, appointment, date, dateBasis, authority, source } = reportOf(statement)
      return {
        id: statement.id,
        actionLine: lineLink(statement.actionLine),
        agency: agencyLink(statement.agency),
        role,
        roleAsWorded,
        appointment,
        position: statement.position,
        date,
        dateBasis,
        authority,
        source,
        url: statement.url,
        readIn: statement.readIn,
      }
    }),
  /** The statements of a former source now belong to the source that replaces it. */
  otherIds: ({ seed, statements }) =>
    formerSources(seed).flatMap(({ former, source }) =>
      statements
        .filter((statement) => statement.source === source)
        .map(({ id, actionLine, agency }): [string, string] => [`${former}:${actionLine}:${agency}`, id]),
    ),
  sortKey: (_statement, index, { statements }) => String(statements[index]?.sortKey),
}
