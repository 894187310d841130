import { text } from '../drizzle.ts'
import { oneOf } from '../schema.ts'
import { gdcPointOf } from '../seed/gdc-links.ts'
import { linkedGoals } from '../seed/sdg-links.ts'
import type { Seed } from '../seed/seed.ts'
import { type Static, Type } from '../typebox.ts'
import { actionLineKinds } from '../vocabulary.ts'
import { LinkSource, linkSources } from './link-sources.ts'
import { type Noun, placeOf } from './noun.ts'
import { type EditionTable, relationsOf } from './relations.ts'
import { reportOf } from './reports.ts'
import {
  Count,
  countOf,
  editionProperties,
  hrefOf,
  Link,
  nullable,
  ref,
  reportProperties,
  statementHref,
  words,
} from './shapes.ts'
import { idOf, linkTable, nounTable, numberTable, pairTable } from './tables.ts'

const ActionLineKind = words(
  'ActionLineKind',
  actionLineKinds,
  'C1 to C11, the sub-lines of C7, or the sections B, D, E.',
)

const Coordinator = Type.Object(
  {
    agency: ref(Link),
    position: Type.Integer({ description: 'The place in the printed cell, from 1.' }),
    href: statementHref,
  },
  { $id: 'Coordinator', description: 'An agency that the draft of 2005 names for a line; a group as a group.' },
)

const Annex = Type.Object(
  {
    ...editionProperties,
    printedLabel: Type.String({
      description: 'The first cell of the row, byte for byte, with its stray spaces and Cyrillic letters.',
    }),
    printedCoordinators: Type.String({ description: 'The second cell of the row, byte for byte; empty for C7.' }),
  },
  { $id: 'Annex', description: 'The row of the draft of 2005 from which `coordinators` were read.' },
)

const LineEdition = Type.Object(
  {
    ...editionProperties,
    agencies: Type.Array(ref(Link), { description: 'The agencies that it names for the line, in the printed order.' }),
  },
  { $id: 'LineEdition', description: 'The agencies that one edition names for a line.' },
)

const Contacts = Type.Object(
  {
    edition: ref(Link),
    date: editionProperties.date,
    authority: editionProperties.authority,
    agencies: Type.Array(ref(Link), { description: 'The agencies of the contacts, in the printed order.' }),
  },
  {
    $id: 'Contacts',
    description: 'The lead contacts for a line: agencies to write to, beside the facilitators and not instead of them.',
  },
)

export const CurrentEdition = Type.Object(
  {
    ...LineEdition.properties,
    contacts: nullable(
      ref(Contacts),
      'The lead contacts that the newest edition of contacts lists for the line; null if none does.',
    ),
  },
  {
    $id: 'CurrentEdition',
    description:
      'The newest edition that names coordinators or facilitators for a line, with the lead contacts beside it.',
  },
)

const LineReport = Type.Object(
  { agency: ref(Link), ...reportProperties },
  { $id: 'LineReport', description: 'A report that names an agency for this line.' },
)

const SdgTarget = Type.Object(
  {
    target: Type.String({ description: 'The number of the target.', examples: ['9.c'] }),
    sources: Type.Array(Type.String(), { description: 'The ids of the sources that link it.' }),
  },
  { $id: 'SdgTarget', description: 'A target of a goal that a line is linked to.' },
)

const SdgLink = Type.Object(
  {
    goal: Type.Integer({ description: 'The number of the Sustainable Development Goal, 1 to 17.' }),
    title: Type.String({ description: 'The title of the goal (UN Statistics Division).' }),
    iri: Type.String({ description: 'The IRI of the goal at metadata.un.org.' }),
    whole: Type.Array(Type.String(), { description: 'The ids of the sources that link the goal as a whole.' }),
    targets: Type.Array(ref(SdgTarget), { description: 'The targets that are linked, each with its sources.' }),
  },
  { $id: 'SdgLink', description: 'A link of a line to a Sustainable Development Goal, after the WSIS-SDG Matrix.' },
)

const GdcLink = Type.Object(
  {
    objective: Type.Integer({ description: 'The number of the objective of the Global Digital Compact, 1 to 5.' }),
    objectiveTitle: Type.String({ description: 'The title of the objective, as printed.' }),
    theme: nullable(Type.String(), 'The theme within the objective, as printed; null if it has none.'),
    point: Type.String({
      description: 'The paragraph of the Compact, with the letters of its commitments.',
      examples: ['para 21(a)'],
    }),
    title: Type.String({ description: 'The point in a few words, as the source summarizes it.' }),
    goals: nullable(
      Type.Array(Type.Integer(), {}),
      'The Sustainable Development Goals that the Compact prints there; null for all of them, empty if none is printed.',
    ),
    textSource: Type.String({
      description: 'The id of the text of the Compact: `objectiveTitle`, `theme`, `point` and `goals` were read in it.',
    }),
    sources: Type.Array(Type.String(), { description: 'The ids of the sources that link the point to the line.' }),
  },
  { $id: 'GdcLink', description: 'A link of a line to a point of the Global Digital Compact (2024); partial.' },
)

export const ActionLine = Type.Object(
  {
    id: Type.String({
      description: 'The code: `C1` to `C11`, `C7.e-…` for the sub-lines of C7, `B`, `D`, `E`.',
      examples: ['C7.e-environment'],
    }),
    kind: ref(ActionLineKind),
    title: Type.String({ description: 'The title as the draft annex prints it.' }),
    genevaTitle: Type.String({
      description: 'The title in the Geneva Plan of Action (WSIS-03/GENEVA/DOC/5-E, 12 December 2003).',
    }),
    parent: nullable(ref(Link), 'The line that a sub-line belongs to; null for a line or section.'),
    subLines: Type.Array(ref(Link), { description: 'The sub-lines in the printed order; empty except for C7.' }),
    position: Type.Integer({ description: 'The place of the row in the table of the default edition, from 1.' }),
    coordinators: Type.Array(ref(Coordinator), {
      description:
        'In the draft of 2005: the agencies that the founding table names, in the printed order. See `current` for the newest table. C7 itself has none; its sub-lines have.',
    }),
    annex: ref(Annex),
    editions: Type.Array(ref(LineEdition), {
      description: 'Every edition that has the line, oldest first: the draft, the adopted text, later lists.',
    }),
    current: nullable(
      ref(CurrentEdition),
      'The newest edition that names coordinators or facilitators and has the line: the list of 2026 for most lines, the draft for B, D and E. Null for C7 itself, whose sub-lines have one.',
    ),
    reports: Type.Array(ref(LineReport), {
      description:
        'The reports that name an agency for it, oldest first, those without a date last. Reports are partial: silence in them means nothing.',
    }),
    sdgs: Type.Array(ref(SdgLink), {
      description: 'The Sustainable Development Goals that it is linked to, by number.',
    }),
    gdc: Type.Array(ref(GdcLink), { description: 'The points of the Global Digital Compact that it is linked to.' }),
    keywords: Type.Array(Type.String(), {
      description:
        'Everyday search terms for the topic: the words of ITU first, then those of other sources. `linkSources` lists the sources.',
    }),
    linkSources: Type.Array(ref(LinkSource), {
      description: 'The documents that `sdgs`, `gdc` and `keywords` were read in, by their ids.',
    }),
    sessions: ref(Count),
    outcomeDocuments: ref(Count),
  },
  { $id: 'ActionLine', description: 'An action line of the WSIS, who coordinates it, and which documents say so.' },
)
export type ActionLine = Static<typeof ActionLine>

export const actionLineTable = nounTable('action_lines', {
  kind: text({ enum: actionLineKinds }).notNull(),
  parent: text().references(idOf('action_lines')),
})
export const actionLineAgencies = linkTable('action_line_agencies', 'action_lines', 'agencies')
export const actionLineEditions = linkTable('action_line_editions', 'action_lines', 'editions')
export const actionLineEditionAgencies = pairTable('action_line_edition_agencies', 'action_lines')
export const actionLineGoals = numberTable('action_line_goals', 'action_lines')

export const actionLines: Noun<ActionLine> = {
  name: 'action-lines',
  kind: 'action-line',
  operations: ['ActionLine', 'ActionLines'],
  one: 'action line',
  many: 'action lines',
  tag: 'Action lines',
  title: 'Action lines and who coordinates them',
  description: {
    list: 'The 22 rows of the table: C1 to C11, the eight sub-lines of C7, and the sections B, D and E, in the printed order, each with the agencies named in the draft of 2005, as adopted, and in the lists of today.',
    item: 'The agencies that each edition and each report names for this line, with the printed cells.',
  },
  example: 'C7.e-environment',
  item: ActionLine,
  schemas: [
    ActionLineKind,
    Coordinator,
    Annex,
    LineEdition,
    Contacts,
    CurrentEdition,
    LineReport,
    LinkSource,
    SdgTarget,
    SdgLink,
    GdcLink,
    ActionLine,
  ],
  table: actionLineTable,
  filters: {
    kind: {
      schema: oneOf(actionLineKinds, { description: 'Only lines of this kind.', examples: ['sub-line'] }),
      column: actionLineTable.kind,
      value: (line) => line.kind,
    },
    parent: {
      schema: Type.String({
        minLength: 1,
        maxLength: 100,
        description: 'Only the sub-lines of this line.',
        examples: ['C7'],
      }),
      names: 'action-lines',
      column: actionLineTable.parent,
      value: (line) => line.parent?.id ?? null,
    },
    agency: {
      schema: Type.String({
        minLength: 1,
        maxLength: 200,
        description:
          'Only lines that an edition gives to this agency, by its own name or through a group: the one of `edition`, or any. What reports say is found with `/v1/coordinations?agency=`.',
        examples: ['ITU'],
      }),
      names: 'agencies',
      links: actionLineAgencies,
      value: (line, seed) =>
        line.editions.flatMap(({ agencies }) => agencies.flatMap(({ id }) => relationsOf(seed).agencyAndMembers(id))),
      joint: {
        with: 'edition',
        links: actionLineEditionAgencies,
        value: (line, seed) =>
          line.editions.flatMap(({ edition, agencies }) =>
            agencies.flatMap(({ id }) =>
              relationsOf(seed)
                .agencyAndMembers(id)
                .map((one) => `${edition.id} ${one}`),
            ),
          ),
      },
    },
    edition: {
      schema: Type.String({
        minLength: 1,
        maxLength: 100,
        description:
          'Only lines that this edition has; `latest` is the newest that names coordinators or facilitators.',
        examples: ['annex-adopted'],
      }),
      names: 'editions',
      links: actionLineEditions,
      value: (line) => line.editions.map(({ edition }) => edition.id),
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
    id: (line) => line.id,
    kind: (line) => line.kind,
    title: (line) => line.title,
    genevaTitle: (line) => line.genevaTitle,
    parent: (line) => line.parent?.id,
    position: (line) => line.position,
    currentAgencies: ({ current }) => current && idsIn(current.agencies),
    currentRole: ({ current }) => current?.role,
    currentEdition: ({ current }) => current?.edition.id,
    currentDate: ({ current }) => current?.date,
    currentAuthority: ({ current }) => current?.authority,
    currentContacts: ({ current }) => current?.contacts && idsIn(current.contacts.agencies),
    contactsEdition: ({ current }) => current?.contacts?.edition.id,
    coordinators: (line) => line.coordinators.map(({ agency }) => agency.id).join('; '),
    edition: (line) => line.annex.edition.id,
    status: (line) => line.annex.status,
    date: (line) => line.annex.date,
    printedLabel: (line) => line.annex.printedLabel,
    printedCoordinators: (line) => line.annex.printedCoordinators,
    editions: (line) =>
      line.editions
        .map(({ edition, agencies }) => `${edition.id}: ${agencies.map(({ id }) => id).join(', ')}`)
        .join('; '),
    reports: (line) =>
      line.reports.map(({ agency, role, date }) => `${agency.id} ${role}${date ? ` ${date}` : ''}`).join('; '),
    sdgs: (line) => line.sdgs.map(({ goal }) => goal).join('; '),
    keywords: (line) => line.keywords.join('; '),
    sessions: (line) => line.sessions.total,
    outcomeDocuments: (line) => line.outcomeDocuments.total,
  },
  columnsNote:
    '`coordinators`, `edition`, `status`, `date`, `printedLabel`, `printedCoordinators`: In the draft of 2005. `currentAgencies` and the columns after it: the newest edition that names coordinators or facilitators. `currentContacts`: the lead contacts beside it.',
  records: (seed) => seed.actionLines.map((line, index) => recordOf(line, index, seed)),
  sortKey: (_line, index) => placeOf(index),
  found: (line, seed) => ({
    title: line.title,
    names: [line.id, line.title, line.genevaTitle, ...aliasesOf(line.id, seed)],
    coordinators: line.editions.flatMap(({ agencies }) =>
      agencies.map(({ id, title }) => `${relationsOf(seed).acronymOf(id)} ${title}`),
    ),
    texts: line.keywords,
  }),
  linked: linkedOf,
}

const idsIn = (links: Link[]) => links.map(({ id }) => id).join('; ')

const aliasesOf = (code: string, seed: Seed) =>
  seed.actionLines.flatMap((line) => (line.code === code ? line.aliases : []))

function recordOf({ code, ...line }: Seed['actionLines'][number], index: number, seed: Seed): ActionLine {
  const relations = relationsOf(seed)
  const { lineLink, agencyLink } = relations
  const statements = relations.statementsOnLine(code)
  const isDefault = ({ source }: { source: string }) => defaultEdition.source.id === source
  // checkSources and checkEdition have made sure that one edition is the default, and that it has every line.
  const defaultEdition = relations.editions.find(({ isDefault }) => isDefault) as EditionTable
  const row = defaultEdition.rows.find(({ actionLine }) => actionLine === code)
  const [sdgs, gdc] = [goalsOf(code, seed), pointsOf(code, seed)]
  const keywords = seed.keywords.filter(({ id }) => id === code)
  return {
    id: code,
    kind: line.kind,
    title: line.title,
    genevaTitle: line.genevaTitle,
    parent: line.parent === null ? null : lineLink(line.parent),
    subLines: seed.actionLines.filter(({ parent }) => parent === code).map((one) => lineLink(one.code)),
    position: index + 1,
    coordinators: statements.filter(isDefault).map(({ id, agency, position }) => ({
      agency: agencyLink(agency),
      position: Number(position),
      href: hrefOf('coordinations', id),
    })),
    annex: {
      ...relations.ofEdition(defaultEdition),
      printedLabel: String(row?.printedLabel),
      printedCoordinators: String(row?.printedCoordinators),
    },
    editions: relations.editions.flatMap((table) => inEdition(table, code, seed) ?? []),
    current: currentOf(code, seed),
    reports: statements
      .filter(({ isOfEdition }) => !isOfEdition)
      .map((statement) => ({ agency: agencyLink(statement.agency), ...reportOf(statement, seed) })),
    sdgs,
    gdc,
    keywords: keywords.map(({ keyword }) => keyword),
    linkSources: [
      ...linkSources(
        seed.sdg.sources,
        sdgs.flatMap(({ whole, targets }) => [...whole, ...targets.flatMap(({ sources }) => sources)]),
      ),
      ...linkSources(
        seed.gdc.sources,
        gdc.flatMap(({ sources, textSource }) => [...sources, textSource]),
      ),
      ...linkSources(
        seed.keywordSources,
        keywords.map(({ source }) => source),
      ),
    ],
    sessions: countOf(relations.sessionsOnLine(code), 'sessions', 'actionLine', code),
    outcomeDocuments: countOf(relations.outcomesOnLine(code), 'outcome-documents', 'actionLine', code),
  }
}

function currentOf(code: string, seed: Seed): ActionLine['current'] {
  const { currentEdition, currentContacts } = relationsOf(seed)
  const current = inEdition(currentEdition(code), code, seed)
  const contacts = inEdition(currentContacts(code), code, seed)
  if (!current) return null
  if (!contacts) return { ...current, contacts }
  const { edition, date, authority, agencies } = contacts
  return { ...current, contacts: { edition, date, authority, agencies } }
}

/** The agencies that an edition names for a line; null if it does not have the line. */
function inEdition(table: EditionTable | undefined, code: string, seed: Seed): Static<typeof LineEdition> | null {
  const row = table?.rows.find(({ actionLine }) => actionLine === code)
  return table && row
    ? { ...relationsOf(seed).ofEdition(table), agencies: row.agencies.map(relationsOf(seed).agencyLink) }
    : null
}

function goalsOf(code: string, { sdg }: Seed): ActionLine['sdgs'] {
  const link = sdg.links.find(({ actionLine }) => actionLine === code)
  return (link ? linkedGoals(link) : []).map(({ goal, sources, targets }) => {
    // checkSdgLinks has made sure that the goal is there.
    const { title, iri } = sdg.goals.find((one) => one.goal === goal) as Seed['sdg']['goals'][number]
    return { goal, title, iri, whole: sources, targets }
  })
}

function pointsOf(code: string, { gdc }: Seed): ActionLine['gdc'] {
  return gdc.links
    .filter(({ actionLines }) => actionLines.includes(code))
    .map((link) => {
      const { objective, theme, point, goals } = gdcPointOf(link, gdc)
      return {
        objective,
        objectiveTitle: String(gdc.objectives.find((one) => one.objective === objective)?.title),
        theme,
        point,
        title: link.title,
        goals,
        sources: link.sources,
        textSource: gdc.textSource,
      }
    })
}

/** The lines as concepts of a scheme. SKOS allows no label to be preferred and alternative at once. */
/** SKOS: no label of a concept is both hidden and shown. */
const isSame = (word: string, label: string | null) => word.toLowerCase() === label?.toLowerCase()

function linkedOf(all: ActionLine[]): object[] {
  const inScheme = hrefOf('action-lines')
  const top = all.filter(({ parent }) => parent === null).map(({ id }) => ({ '@id': hrefOf('action-lines', id) }))
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
    hiddenLabels: line.keywords.filter((word) => ![line.title, line.genevaTitle].some((label) => isSame(word, label))),
    relatedMatch: line.sdgs.map(({ iri }) => iri),
  }))
  return [scheme, ...concepts]
}
