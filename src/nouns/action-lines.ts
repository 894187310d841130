import { type Static, Type } from '@sinclair/typebox'
import { text } from '../drizzle.ts'
import type { Seed } from '../seed/seed.ts'
import { actionLineKinds, oneOf } from '../vocabulary.ts'
import { type Noun, placeOf } from './noun.ts'
import { relationsOf, type Statement } from './relations.ts'
import { Count, countOf, hrefOf, Link, nullable, ref, reportProperties, statementHref } from './shapes.ts'
import { idOf, linkTable, nounTable, numberTable } from './tables.ts'

const Coordinator = Type.Object(
  {
    agency: ref(Link),
    position: Type.Integer({ description: 'The place in the printed cell, from 1.' }),
    href: statementHref,
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

export const actionLineTable = nounTable('action_lines', {
  kind: text({ enum: actionLineKinds }).notNull(),
  parent: text().references(idOf('action_lines')),
})
export const actionLineAgencies = linkTable('action_line_agencies', 'action_lines', 'agencies')
export const actionLineGoals = numberTable('action_line_goals', 'action_lines')

export const actionLines: Noun<ActionLine> = {
  name: 'action-lines',
  kind: 'action-line',
  operations: ['ActionLine', 'ActionLines'],
  one: 'action line',
  many: 'action lines',
  tag: 'Action lines',
  title: 'The action lines and who coordinates them',
  description: {
    list: 'The 22 rows of the annex table: C1 to C11, the eight sub-lines of C7, and the sections B, D and E, in the printed order, each with its coordinators.',
    item: 'Who coordinates this line: the bodies that the annex names, with the printed cells that say so, and what later documents say.',
  },
  key: 'code',
  keyExample: 'C7.e-environment',
  item: ActionLine,
  schemas: [Coordinator, LineReport, SdgLink, ActionLine],
  table: actionLineTable,
  filters: {
    kind: {
      schema: oneOf(actionLineKinds, { description: 'Only lines of this kind.', examples: ['sub-line'] }),
      column: actionLineTable.kind,
      value: (line) => line.kind,
    },
    parent: {
      schema: Type.String({ minLength: 1, description: 'Only the sub-lines of this line.', examples: ['C7'] }),
      names: 'action-lines',
      column: actionLineTable.parent,
      value: (line) => line.parent?.id ?? null,
    },
    agency: {
      schema: Type.String({
        minLength: 1,
        description:
          'Only lines that this body coordinates according to the annex, by its own name or through a group. What later documents say is found with `/v1/coordinations?agency=`.',
        examples: ['ITU'],
      }),
      names: 'agencies',
      links: actionLineAgencies,
      value: (line, seed) => line.coordinators.flatMap(({ agency }) => relationsOf(seed).agencyAndMembers(agency.id)),
    },
    sdg: {
      schema: Type.Integer({
        minimum: 1,
        maximum: 17,
        description: 'Only lines that are linked to this Sustainable Development Goal.',
        examples: [9],
      }),
      links: actionLineGoals,
      value: (line) => line.sdgs.map(({ goal }) => goal),
    },
  },
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
  records: (seed) => seed.actionLines.map((line, index) => recordOf(line, index, seed)),
  sortKey: (_line, index) => placeOf(index),
  titleOf: (line) => line.title,
  found: (line, seed) => ({
    names: [line.code, line.title, line.genevaTitle, ...aliasesOf(line.code, seed)],
    coordinators: line.coordinators.map(({ agency }) => `${relationsOf(seed).acronymOf(agency.id)} ${agency.title}`),
    texts: [],
  }),
  linked: linkedOf,
}

const aliasesOf = (code: string, seed: Seed) => seed.actionLines.find((line) => line.code === code)?.aliases ?? []

function recordOf({ aliases: _, ...line }: Seed['actionLines'][number], index: number, seed: Seed): ActionLine {
  const relations = relationsOf(seed)
  const { lineLink, sourceLink } = relations
  const below = seed.actionLines.filter(({ parent }) => parent === line.code)
  const statements = relations.statementsOnLine(line.code)
  // checkSources and checkAnnex have made sure that one table is the default, and that it has every line.
  const source = String(seed.sources.find(({ annex }) => annex?.default)?.id)
  const row = seed.annexes.get(source)?.find(({ actionLine }) => actionLine === line.code)
  return {
    code: line.code,
    kind: line.kind,
    title: line.title,
    genevaTitle: line.genevaTitle,
    parent: line.parent === null ? null : lineLink(line.parent),
    subLines: below.map(({ code }) => lineLink(code)),
    position: index + 1,
    coordinators: statements.filter(({ isDefault }) => isDefault).map((one) => coordinatorOf(one, seed)),
    annex: {
      source: sourceLink(source),
      printedLabel: String(row?.printedLabel),
      printedCoordinators: String(row?.printedCoordinators),
    },
    reports: statements
      .filter(({ isDefault }) => !isDefault)
      .map(({ id, agency, role, asOf, source }) => ({
        agency: relations.agencyLink(agency),
        role,
        asOf,
        source: sourceLink(source),
        href: hrefOf('coordinations', id),
      })),
    sdgs: goalsOf(line.code, seed),
    sessions: countOf(relations.sessionsOnLine(line.code), 'sessions', 'actionLine', line.code),
    outcomeDocuments: countOf(relations.outcomesOnLine(line.code), 'outcome-documents', 'actionLine', line.code),
  }
}

function coordinatorOf({ id, agency, position }: Statement, seed: Seed): ActionLine['coordinators'][number] {
  return { agency: relationsOf(seed).agencyLink(agency), position: Number(position), href: hrefOf('coordinations', id) }
}

function goalsOf(code: string, { sdg }: Seed): ActionLine['sdgs'] {
  const { title, url } = sdg.source
  const linked = sdg.links.find(({ actionLine }) => actionLine === code)?.goals ?? []
  return linked
    .toSorted((a, b) => a.goal - b.goal)
    .map(({ goal, targets }) => {
      // checkSdgLinks has made sure that the goal is there.
      const about = sdg.goals.find((one) => one.goal === goal) as Seed['sdg']['goals'][number]
      return { goal, title: about.title, iri: about.iri, targets, source: { title, url } }
    })
}

/** The lines as concepts of a scheme. SKOS allows no label to be preferred and alternative at once. */
function linkedOf(all: ActionLine[]): object[] {
  const inScheme = hrefOf('action-lines')
  const top = all.filter(({ parent }) => parent === null).map(({ code }) => ({ '@id': hrefOf('action-lines', code) }))
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
