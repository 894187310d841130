import { type Static, Type } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import { and, asc, eq } from '../drizzle.ts'
import { collection, type Noun } from '../http/collection.ts'
import { Link, linker, nullable, ref, type Site } from '../http/shapes.ts'
import type { Directory } from '../store/directory.ts'
import { among, equals, isUnderLine, namesAgency, pager } from '../store/queries.ts'
import { actionLines, agencies, sources, coordinations as statements } from '../store/tables.ts'
import { oneOf, roles } from '../vocabulary.ts'

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

const Filters = Type.Object({
  actionLine: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'Only statements on this line; `C7` also finds its sub-lines.',
      examples: ['C7.e-environment'],
    }),
  ),
  agency: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'Only statements that name this body or a group that it belongs to.',
      examples: ['UNDESA'],
    }),
  ),
  source: Type.Optional(
    Type.String({ minLength: 1, description: 'Only statements of this source.', examples: ['annex-draft'] }),
  ),
  role: Type.Optional(oneOf(roles, { description: 'Only statements of this role.', examples: ['facilitator'] })),
})

/** Registers the coordinations: every statement that the directory rests on. */
export function coordinations(app: FastifyInstance, { db, names }: Directory, site: Site): Noun {
  return collection(app, site, {
    ...queries(db, site),
    name: 'coordinations',
    operations: ['Coordination', 'Coordinations'],
    words: ['coordination', 'coordinations'],
    tag: 'Coordinations',
    description: {
      list: 'Every statement of every source, one per action line, body and source: by line, and within a line from the oldest to the newest.',
      item: 'One statement, with the source that makes it and the address where it was read.',
    },
    key: 'id',
    keyExample: 'annex-draft:C1:ECOSOC',
    item: Coordination,
    filters: Filters,
    lookups: { actionLine: names.actionLine, agency: names.agency, source: names.source },
    names: names.coordination,
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
  })
}

function queries(db: Directory['db'], site: Site) {
  const link = linker(site)
  const page = pager(
    db,
    statements,
    statements.id,
    and(
      isUnderLine(statements.actionLine, 'actionLine'),
      namesAgency(statements.agency, 'agency'),
      equals(statements.source, 'source'),
      equals(statements.role, 'role'),
    ),
  )
  const rows = db
    .select({ statement: statements, line: actionLines.title, agency: agencies.name, source: sources.title })
    .from(statements)
    .innerJoin(actionLines, eq(actionLines.code, statements.actionLine))
    .innerJoin(agencies, eq(agencies.id, statements.agency))
    .innerJoin(sources, eq(sources.id, statements.source))
    .where(among(statements.id, 'ids'))
    .orderBy(asc(statements.sortKey))
    .prepare()

  function read(ids: string[]): Coordination[] {
    return rows.all({ ids: JSON.stringify(ids) }).map(({ statement, line, agency, source }) => ({
      id: statement.id,
      actionLine: link('action-lines', statement.actionLine, line),
      agency: link('agencies', statement.agency, agency),
      role: statement.role,
      roleAsWorded: statement.roleAsWorded,
      position: statement.position,
      asOf: statement.asOf,
      source: link('sources', statement.source, source),
      url: statement.url,
    }))
  }

  return { page, read }
}
