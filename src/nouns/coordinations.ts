import { type Static, Type } from '@sinclair/typebox'
import { text } from '../drizzle.ts'
import { oneOf, roles } from '../vocabulary.ts'
import type { Noun } from './noun.ts'
import { relationsOf } from './relations.ts'
import { Link, nullable, ref } from './shapes.ts'
import { idOf, linkTable, nounTable } from './tables.ts'

export const Coordination = Type.Object(
  {
    id: Type.String({
      description: 'The source, the line and the body, with colons between.',
      examples: ['annex-draft:C1:ECOSOC'],
    }),
    actionLine: ref(Link),
    agency: ref(Link),
    role: oneOf(roles, {
      description: 'What the source says that the body does. `meeting-organizer` and `reporter` are no appointments.',
    }),
    roleAsWorded: nullable(Type.String(), 'The role in the words of the source; null where they were not noted.'),
    position: nullable(Type.Integer(), 'The place in the printed cell of an annex, from 1; null for a report.'),
    asOf: nullable(
      Type.String(),
      'When that was so, as YYYY-MM-DD, YYYY-MM or YYYY; null where the source does not say.',
    ),
    source: ref(Link),
    url: nullable(Type.String(), 'Where this statement was read; null where it is not on the web.'),
  },
  { $id: 'Coordination', description: 'One statement: what one source says of one body and one line.' },
)
export type Coordination = Static<typeof Coordination>

export const coordinationTable = nounTable('coordinations', {
  source: text().notNull().references(idOf('sources')),
  role: text({ enum: roles }).notNull(),
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
  title: 'Every statement on who coordinates what',
  description: {
    list: 'Every statement of every source, one per action line, body and source: by line, and within a line from the oldest to the newest.',
    item: 'One statement, with the source that makes it and the address where it was read.',
  },
  key: 'id',
  keyExample: 'annex-draft:C1:ECOSOC',
  item: Coordination,
  schemas: [Coordination],
  table: coordinationTable,
  filters: {
    actionLine: {
      schema: Type.String({
        minLength: 1,
        description: 'Only statements on this line; `C7` also finds its sub-lines.',
        examples: ['C7.e-environment'],
      }),
      names: 'action-lines',
      links: coordinationActionLines,
      value: ({ actionLine }, seed) => relationsOf(seed).lineAndAbove(actionLine.id),
    },
    agency: {
      schema: Type.String({
        minLength: 1,
        description: 'Only statements that name this body or a group that it belongs to.',
        examples: ['UNDESA'],
      }),
      names: 'agencies',
      links: coordinationAgencies,
      value: ({ agency }, seed) => relationsOf(seed).agencyAndMembers(agency.id),
    },
    source: {
      schema: Type.String({ minLength: 1, description: 'Only statements of this source.', examples: ['annex-draft'] }),
      names: 'sources',
      column: coordinationTable.source,
      value: ({ source }) => source.id,
    },
    role: {
      schema: oneOf(roles, { description: 'Only statements of this role.', examples: ['facilitator'] }),
      column: coordinationTable.role,
      value: ({ role }) => role,
    },
  },
  columns: {
    id: (statement) => statement.id,
    actionLine: (statement) => statement.actionLine.id,
    agency: (statement) => statement.agency.id,
    role: (statement) => statement.role,
    roleAsWorded: (statement) => statement.roleAsWorded,
    position: (statement) => statement.position,
    asOf: (statement) => statement.asOf,
    source: (statement) => statement.source.id,
    url: (statement) => statement.url,
  },
  records(seed) {
    const { statements, lineLink, agencyLink, sourceLink } = relationsOf(seed)
    return statements.map(
      ({ actionLine, agency, source, ...statement }): Coordination => ({
        id: statement.id,
        actionLine: lineLink(actionLine),
        agency: agencyLink(agency),
        role: statement.role,
        roleAsWorded: statement.roleAsWorded,
        position: statement.position,
        asOf: statement.asOf,
        source: sourceLink(source),
        url: statement.url,
      }),
    )
  },
  sortKey: (_statement, index, seed) => String(relationsOf(seed).statements[index]?.sortKey),
  titleOf: ({ agency, actionLine }) => `${agency.title}: ${actionLine.title}`,
}
