import { integer, text } from '../drizzle.ts'
import type { SeedActionLine } from '../seed/action-lines.ts'
import { gdcPointOf, linkedGoals } from '../seed/line-links.ts'
import type { Seed } from '../seed/seed.ts'
import { actionLineKinds } from '../vocabulary.ts'
import { columnsAt, reportsIn } from './columns.ts'
import { editionNamed, goalNumber, nameFilter, wordFilter } from './filters.ts'
import { ActionLine } from './line-shapes.ts'
import { type Noun, nounWords } from './noun.ts'
import { idIn, linkTable, nounTable } from './noun-table.ts'
import type { Relations } from './relations.ts'
import { countOf, hrefOf } from './shapes.ts'

export const actionLineTable = nounTable('action_lines', {
  kind: text({ enum: actionLineKinds }).notNull(),
  parent: idIn('action_lines'),
})
export const actionLineAgencies = linkTable('action_line_agencies', 'action_lines', text().notNull())
export const actionLineEditions = linkTable('action_line_editions', 'action_lines', idIn('editions').notNull())
export const actionLineGoals = linkTable('action_line_goals', 'action_lines', integer().notNull())

export const actionLines: Noun<ActionLine> = {
  ...nounWords('action line', 'action lines'),
  title: 'Action lines and who coordinates them',
  description: {
    list: 'The 22 rows of the table in the printed order: C1 to C11, the eight sub-lines of C7, and the sections B, D and E. Each has the agencies named in the draft of 2005, as adopted, and in the lists of today.',
    item: 'One line. `current` has the agencies of the newest table, `coordinators` and `annex` those of the draft of 2005, `editions` those of every table, and `reports` the other statements.',
  },
  example: 'C7.e-environment',
  item: ActionLine,
  table: actionLineTable,
  filters: {
    kind: wordFilter(actionLineKinds, 'Only lines of this kind.', 'sub-line'),
    parent: nameFilter('action-lines', 'Only the sub-lines of this line.', 'C7', 100),
    agency: {
      ...nameFilter(
        'agencies',
        'Only lines for which an edition names this agency or its group, in the edition given by `edition`, or in any edition. For reports, use `/v1/coordinations?agency=`.',
        'ITU',
      ),
      links: actionLineAgencies,
      joint: 'edition',
      value: ({ editions }, { agencyAndMembers }) =>
        editions.flatMap(({ edition, agencies }) =>
          agencies.flatMap(({ id }) => agencyAndMembers(id)).flatMap((id) => [id, `${edition.id} ${id}`]),
        ),
    },
    edition: {
      ...editionNamed('Only lines in this edition. `latest`: the newest of coordinators or facilitators.'),
      links: actionLineEditions,
      value: (line) => line.editions.map(({ edition }) => edition.id),
    },
    sdg: {
      schema: goalNumber('Only lines linked to this Sustainable Development Goal.'),
      links: actionLineGoals,
      value: (line) => line.sdgs.map(({ goal }) => goal),
    },
  },
  columns: {
    ...columnsAt('id', 'kind', 'title', 'genevaTitle', 'parent', 'position'),
    currentAgencies: 'current/agencies',
    currentRole: 'current/role',
    currentEdition: 'current/edition',
    currentDate: 'current/date',
    currentAuthority: 'current/authority',
    currentContacts: 'current/contacts/agencies',
    contactsEdition: 'current/contacts/edition',
    coordinators: 'coordinators/agency',
    ...columnsAt('annex/edition', 'annex/status', 'annex/date', 'annex/printedLabel', 'annex/printedCoordinators'),
    editions: (line) =>
      line.editions
        .map(({ edition, agencies }) => `${edition.id}: ${agencies.map(({ id }) => id).join(', ')}`)
        .join('; '),
    reports: ({ reports }) => reportsIn(reports, ({ agency }) => agency),
    sdgs: 'sdgs/goal',
    ...columnsAt('keywords', 'sessions', 'outcomeDocuments'),
  },
  columnsNote:
    '`coordinators`, `edition`, `status`, `date`, `printedLabel`, `printedCoordinators`: the draft of 2005. `currentAgencies` and the columns after it: the newest edition that names coordinators or facilitators. `currentContacts`: the lead contacts.',
  records: (relations) => relations.seed.actionLines.map((line, index) => lineRecord(line, index, relations)),
  found: (line, { seed, acronymOf, otherNamesOf }) => ({
    title: line.title,
    names: [
      line.id,
      line.title,
      line.genevaTitle,
      ...seed.actionLines.flatMap(({ code, aliases }) => (code === line.id ? aliases : [])),
    ],
    keywords: line.keywords,
    sessions: seed.sessions
      .filter(({ actionLines }) => actionLines.some(({ code }) => code === line.id))
      .map(({ title }) => title),
    coordinators: line.editions.flatMap(({ agencies }) => agencies.map(({ id, title }) => `${acronymOf(id)} ${title}`)),
    unseen: line.editions.flatMap(({ agencies }) => agencies.flatMap(({ id }) => otherNamesOf(id))),
    texts: [],
  }),
  linked: linkedLines,
}

function lineRecord({ code, ...line }: SeedActionLine, index: number, relations: Relations): ActionLine {
  const { seed, lineLink, lineAndAbove, hasOutcome } = relations
  const statements = relations.statements.filter(({ actionLine }) => actionLine.id === code)
  const editions = relations.editionsOn(code)
  // checkSources and editionRows ensure that exactly one edition is the default, and that it has every line.
  const annex = editions.find((edition) => edition.default) as (typeof editions)[number]
  const [current, contacts = null] = [relations.currentEdition(code), relations.currentContacts(code)]
  const [sdgs, gdc] = [goalsOf(code, seed), pointsOf(code, seed)]
  const keywords = seed.keywords.filter(({ id }) => id === code)
  const ofGoals = sdgs.flatMap(({ whole, targets }) => [...whole, ...targets.flatMap(({ sources }) => sources)])
  const ofPoints = gdc.flatMap(({ sources, textSource }) => [...sources, textSource])
  const ofKeywords = keywords.map(({ source }) => source)
  const sessions = seed.sessions.filter(({ actionLines }) =>
    actionLines.flatMap((one) => lineAndAbove(one.code)).includes(code),
  )
  const outcomes = sessions.filter(({ id }) => hasOutcome(id))
  return {
    ...line,
    id: code,
    parent: line.parent === null ? null : lineLink(line.parent),
    subLines: seed.actionLines.filter(({ parent }) => parent === code).map((one) => lineLink(one.code)),
    position: index + 1,
    coordinators: statements
      .filter(({ source }) => source.id === annex.id)
      .map((statement) => ({ ...statement, position: Number(statement.position) })),
    annex,
    editions,
    current: current ? { ...current, contacts } : null,
    reports: statements.filter(({ isOfEdition }) => !isOfEdition),
    sdgs,
    gdc,
    keywords: keywords.map(({ keyword }) => keyword),
    linkSources: [
      ...seed.sdg.sources.filter(({ id }) => ofGoals.includes(id)),
      ...seed.gdc.sources.filter(({ id }) => ofPoints.includes(id)),
      ...seed.keywordSources.filter(({ id }) => ofKeywords.includes(id)),
    ],
    sessions: countOf(sessions.length, 'sessions', 'actionLine', code),
    outcomeDocuments: countOf(outcomes.length, 'outcome-documents', 'actionLine', code),
  }
}

function goalsOf(code: string, { sdg }: Seed): ActionLine['sdgs'] {
  const link = sdg.links.find(({ actionLine }) => actionLine === code)
  return (link ? linkedGoals(link) : []).map(({ goal, sources, targets }) => {
    // checkSdgLinks ensures that the goal exists.
    const found = sdg.goals.find((one) => one.goal === goal) as Seed['sdg']['goals'][number]
    return { ...found, whole: sources, targets }
  })
}

function pointsOf(code: string, { gdc }: Seed): ActionLine['gdc'] {
  return gdc.links
    .filter(({ actionLines }) => actionLines.includes(code))
    .map((link) => {
      const point = gdcPointOf(link, gdc)
      const objective = gdc.objectives.find((one) => one.objective === point.objective)
      return { ...link, ...point, objectiveTitle: String(objective?.title), textSource: gdc.textSource }
    })
}

/** The lines as SKOS concepts. SKOS allows a label to be only one of preferred, alternative and hidden. */
function linkedLines(all: ActionLine[]): object[] {
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
    hiddenLabels: line.keywords.filter(
      (word) => ![line.title, line.genevaTitle].some((label) => label.toLowerCase() === word.toLowerCase()),
    ),
    relatedMatch: line.sdgs.map(({ iri }) => iri),
  }))
  return [scheme, ...concepts]
}
