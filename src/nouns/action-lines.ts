import { type Static, Type } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import { alias, and, asc, countDistinct, eq, or, sql } from '../drizzle.ts'
import { collection, type Noun } from '../http/collection.ts'
import { Count, hrefOf, Link, linker, nullable, ref, reportProperties, type Site } from '../http/shapes.ts'
import type { Directory } from '../store/directory.ts'
import { among, equals, grouped, pager, unless } from '../store/queries.ts'
import {
  agencies,
  agencyReach,
  annexRows,
  coordinations,
  actionLines as lines,
  outcomeDocuments,
  sdgLinks,
  sessionLines,
  sources,
} from '../store/tables.ts'
import { actionLineKinds, oneOf } from '../vocabulary.ts'

const Coordinator = Type.Object(
  {
    agency: ref(Link),
    position: Type.Integer({ description: 'The place in the printed cell, from 1.' }),
    statement: Type.String({ description: 'The address of the coordination that says so.' }),
  },
  { $id: 'Coordinator', description: 'A body that the annex names for a line; a group is named as a group.' },
)

const LineReport = Type.Object(
  { agency: ref(Link), ...reportProperties },
  { $id: 'LineReport', description: 'What a later document says of a body and this line.' },
)

const SdgLink = Type.Object(
  {
    goal: Type.Integer({ description: 'The number of the Sustainable Development Goal, 1 to 17.' }),
    title: Type.String({ description: 'The title of the goal (UN Statistics Division).' }),
    iri: Type.String({ description: 'The IRI of the goal at metadata.un.org.' }),
    targets: Type.Array(Type.String(), {
      description: 'The targets linked, such as `9.c`; empty where the goal is linked as a whole.',
    }),
    source: Type.Object(
      {
        title: Type.String({ description: 'The title of the document.' }),
        url: Type.String({ description: 'Its address.' }),
      },
      { description: 'Where the link was read.' },
    ),
  },
  {
    $id: 'SdgLink',
    description: 'A link of a line to a Sustainable Development Goal, after the WSIS-SDG Matrix.',
  },
)

export const ActionLine = Type.Object(
  {
    code: Type.String({
      description: 'The code: `C1` to `C11`, `C7.e-…` for the sub-lines of C7, `B`, `D`, `E`.',
      examples: ['C7.e-environment'],
    }),
    kind: oneOf(actionLineKinds, {
      description: 'Whether it is a line, a sub-line of C7, or one of the sections B, D and E.',
    }),
    title: Type.String({ description: 'The title as the draft annex prints it.' }),
    genevaTitle: Type.String({
      description: 'The title in the Geneva Plan of Action (WSIS-03/GENEVA/DOC/5-E, 12 December 2003).',
    }),
    parent: nullable(ref(Link), 'The line that a sub-line belongs to; null for a line or section.'),
    subLines: Type.Array(ref(Link), {
      description: 'The sub-lines in the printed order; empty except for C7.',
    }),
    position: Type.Integer({ description: 'The place of the row in the table of the annex, from 1.' }),
    coordinators: Type.Array(ref(Coordinator), {
      description: 'The bodies that the annex names, in the printed order. C7 itself has none; its sub-lines have.',
    }),
    annex: Type.Object(
      {
        source: ref(Link),
        printedLabel: Type.String({
          description: 'The first cell of the row, byte for byte, with its stray blanks and Cyrillic letters.',
        }),
        printedCoordinators: Type.String({
          description: 'The second cell of the row, byte for byte; empty for C7.',
        }),
      },
      { description: 'The row of the annex that `coordinators` were read from.' },
    ),
    reports: Type.Array(ref(LineReport), {
      description: 'What later documents say, oldest first. Reports are partial: silence in them means nothing.',
    }),
    sdgs: Type.Array(ref(SdgLink), {
      description: 'The Sustainable Development Goals that the line is linked to, by number.',
    }),
    sessions: ref(Count),
    outcomeDocuments: ref(Count),
  },
  {
    $id: 'ActionLine',
    description: 'An action line of the WSIS, who coordinates it, and which document says so.',
  },
)
export type ActionLine = Static<typeof ActionLine>

/** The schemas that ActionLine refers to, and itself. */
export const actionLineSchemas = [Coordinator, LineReport, SdgLink, ActionLine]

const Filters = Type.Object({
  kind: Type.Optional(oneOf(actionLineKinds, { description: 'Only lines of this kind.', examples: ['sub-line'] })),
  parent: Type.Optional(
    Type.String({ minLength: 1, description: 'Only the sub-lines of this line.', examples: ['C7'] }),
  ),
  agency: Type.Optional(
    Type.String({
      minLength: 1,
      description:
        'Only lines that this body coordinates according to the annex, by its own name or through a group. What later documents say is found with `/v1/coordinations?agency=`.',
      examples: ['ITU'],
    }),
  ),
  sdg: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 17,
      description: 'Only lines that are linked to this Sustainable Development Goal.',
      examples: [9],
    }),
  ),
})

/** Registers the action lines. */
export function actionLines(app: FastifyInstance, { db, names }: Directory, site: Site): Noun {
  return collection(app, site, {
    page: pageOf(db),
    read: readerOf(db, site),
    name: 'action-lines',
    operations: ['ActionLine', 'ActionLines'],
    words: ['action line', 'action lines'],
    tag: 'Action lines',
    description: {
      list: 'The 22 rows of the annex table: C1 to C11, the eight sub-lines of C7, and the sections B, D and E, in the printed order, each with its coordinators.',
      item: 'Who coordinates this line: the bodies that the annex names, with the printed cells that say so, and what later documents say.',
    },
    key: 'code',
    keyExample: 'C7.e-environment',
    item: ActionLine,
    filters: Filters,
    lookups: { parent: names.actionLine, agency: names.agency },
    names: names.actionLine,
    columns: {
      code: (line) => line.code,
      kind: (line) => line.kind,
      title: (line) => line.title,
      genevaTitle: (line) => line.genevaTitle,
      parent: (line) => line.parent?.id,
      position: (line) => line.position,
      coordinators: (line) => line.coordinators.map(({ agency }) => agency.id).join('; '),
      annexSource: (line) => line.annex.source.id,
      printedLabel: (line) => line.annex.printedLabel,
      printedCoordinators: (line) => line.annex.printedCoordinators,
      reports: (line) =>
        line.reports.map(({ agency, role, asOf }) => `${agency.id} ${role}${asOf ? ` ${asOf}` : ''}`).join('; '),
      sdgs: (line) => line.sdgs.map(({ goal }) => goal).join('; '),
      sessions: (line) => line.sessions.total,
      outcomeDocuments: (line) => line.outcomeDocuments.total,
    },
    linked: (all) => linkedOf(all, hrefOf(site, 'action-lines')),
  })
}

/** The lines as concepts of a scheme. SKOS allows no label to be preferred and alternative at once. */
function linkedOf(all: ActionLine[], inScheme: string): object[] {
  const top = all.filter(({ parent }) => parent === null).map(({ code }) => ({ '@id': `${inScheme}/${code}` }))
  const scheme = {
    '@id': inScheme,
    '@type': 'skos:ConceptScheme',
    title: 'WSIS action lines',
    'skos:hasTopConcept': top,
  }
  const concepts = all.map((line) => ({
    ...line,
    inScheme,
    topConceptOf: line.parent ? null : inScheme,
    altLabel: line.genevaTitle === line.title ? null : line.genevaTitle,
    relatedMatch: line.sdgs.map(({ iri }) => iri),
  }))
  return [scheme, ...concepts]
}

/** The pages of the list. */
function pageOf(db: Directory['db']) {
  const isLinkedTo = sql`${lines.code} in (select ${sdgLinks.actionLine} from ${sdgLinks} where ${sdgLinks.goal} = ${sql.placeholder('sdg')})`
  const isCoordinatedBy = sql`${lines.code} in (select ${coordinations.actionLine} from ${coordinations}
    join ${sources} on ${sources.id} = ${coordinations.source} and ${sources.isDefault}
    join ${agencyReach} on ${agencyReach.namedAs} = ${coordinations.agency} where ${agencyReach.agency} = ${sql.placeholder('agency')})`
  return pager(
    db,
    lines,
    lines.code,
    and(
      equals(lines.kind, 'kind'),
      equals(lines.parent, 'parent'),
      unless('sdg', isLinkedTo),
      unless('agency', isCoordinatedBy),
    ),
  )
}

/** What is asked of the database for given codes. */
function statementsOf(db: Directory['db']) {
  const above = alias(lines, 'above')
  const under = alias(lines, 'under')
  const rows = db
    .select({
      line: lines,
      above: { code: above.code, title: above.title },
      annex: annexRows,
      source: { id: sources.id, title: sources.title },
    })
    .from(lines)
    .innerJoin(sources, eq(sources.isDefault, true))
    .innerJoin(annexRows, and(eq(annexRows.source, sources.id), eq(annexRows.actionLine, lines.code)))
    .leftJoin(above, eq(above.code, lines.parent))
    .where(among(lines.code, 'codes'))
    .orderBy(asc(lines.sortKey))
    .prepare()
  const below = db.select().from(lines).where(among(lines.parent, 'codes')).orderBy(asc(lines.sortKey)).prepare()
  const said = db
    .select({
      statement: coordinations,
      agency: agencies.name,
      source: sources.title,
      isDefault: sources.isDefault,
    })
    .from(coordinations)
    .innerJoin(agencies, eq(agencies.id, coordinations.agency))
    .innerJoin(sources, eq(sources.id, coordinations.source))
    .where(among(coordinations.actionLine, 'codes'))
    .orderBy(asc(coordinations.sortKey))
    .prepare()
  const linked = db
    .select()
    .from(sdgLinks)
    .where(among(sdgLinks.actionLine, 'codes'))
    .orderBy(asc(sdgLinks.goal))
    .prepare()

  const counted = db
    .select({
      code: lines.code,
      sessions: countDistinct(sessionLines.session),
      outcomes: countDistinct(outcomeDocuments.id),
    })
    .from(lines)
    .innerJoin(under, or(eq(under.code, lines.code), eq(under.parent, lines.code)))
    .leftJoin(sessionLines, eq(sessionLines.actionLine, under.code))
    .leftJoin(outcomeDocuments, eq(outcomeDocuments.id, sessionLines.session))
    .where(among(lines.code, 'codes'))
    .groupBy(lines.code)
    .prepare()
  return { rows, below, said, linked, counted }
}

/** The lines with given codes, in the order of the table, by five queries however many they are. */
function readerOf(db: Directory['db'], site: Site): (codes: string[]) => ActionLine[] {
  const link = linker(site)
  const { rows, below, said, linked, counted } = statementsOf(db)
  const countTo = (collection: string, code: string, totals: number[]) => ({
    total: Number(totals[0]),
    href: `${hrefOf(site, collection)}?actionLine=${code}`,
  })
  return (codes) => {
    const wanted = { codes: JSON.stringify(codes) }
    const subLines = grouped(below.all(wanted), ({ parent }) => parent)
    const statements = grouped(said.all(wanted), ({ statement }) => statement.actionLine)
    const counts = grouped(counted.all(wanted), ({ code }) => code)
    const sdgs = grouped(linked.all(wanted), ({ actionLine }) => actionLine)
    return rows.all(wanted).map(({ line, above, annex, source }) => {
      const ofLine = statements(line.code).map(
        ({ statement: { id, agency, role, asOf, position, source }, ...about }) => ({
          isDefault: about.isDefault,
          agency: link('agencies', agency, about.agency),
          position: Number(position),
          role,
          asOf,
          source: link('sources', source, about.source),
          statement: hrefOf(site, 'coordinations', id),
        }),
      )
      return {
        code: line.code,
        kind: line.kind,
        title: line.title,
        genevaTitle: line.genevaTitle,
        parent: above && link('action-lines', above.code, above.title),
        subLines: subLines(line.code).map(({ code, title }) => link('action-lines', code, title)),
        position: line.position,
        coordinators: ofLine
          .filter(({ isDefault }) => isDefault)
          .map(({ agency, position, statement }) => ({ agency, position, statement })),
        annex: {
          source: link('sources', source.id, source.title),
          printedLabel: annex.printedLabel,
          printedCoordinators: annex.printedCoordinators,
        },
        reports: ofLine
          .filter(({ isDefault }) => !isDefault)
          .map(({ agency, role, asOf, source, statement }) => ({ agency, role, asOf, source, statement })),
        sdgs: sdgs(line.code).map(({ goal, title, iri, targets, sourceTitle, sourceUrl }) => ({
          goal,
          title,
          iri,
          targets,
          source: { title: sourceTitle, url: sourceUrl },
        })),
        sessions: countTo(
          'sessions',
          line.code,
          counts(line.code).map(({ sessions }) => sessions),
        ),
        outcomeDocuments: countTo(
          'outcome-documents',
          line.code,
          counts(line.code).map(({ outcomes }) => outcomes),
        ),
      }
    })
  }
}
