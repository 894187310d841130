import { type Static, Type } from '../typebox.ts'
import { actionLineKinds } from '../vocabulary.ts'
import {
  Authority,
  Count,
  editionProperties,
  Link,
  nullable,
  ref,
  reportProperties,
  shape,
  statementHref,
  words,
} from './shapes.ts'

const ActionLineKind = words(
  'ActionLineKind',
  actionLineKinds,
  'C1 to C11, the sub-lines of C7, or the sections B, D, E.',
)

const Coordinator = shape('Coordinator', 'An agency or group that the draft of 2005 names for a line.', {
  agency: ref(Link),
  position: Type.Integer({ description: 'The position in the printed cell, from 1.' }),
  href: statementHref,
})

const Annex = shape('Annex', 'The row of the draft of 2005 behind `coordinators`.', {
  ...editionProperties,
  printedLabel: Type.String({ description: 'The first cell, exactly as printed.' }),
  printedCoordinators: Type.String({ description: 'The second cell, exactly as printed. Empty for C7.' }),
})

export const LineEdition = shape('LineEdition', 'The agencies that one edition names for a line.', {
  ...editionProperties,
  agencies: Type.Array(ref(Link), { description: 'The agencies, in the printed order.' }),
})
export type LineEdition = Static<typeof LineEdition>

const Contacts = shape('Contacts', 'The lead contacts for a line, who do not replace the facilitators.', {
  edition: ref(Link),
  date: editionProperties.date,
  authority: editionProperties.authority,
  agencies: Type.Array(ref(Link), { description: 'The agencies, in the printed order.' }),
})

export const CurrentEdition = shape(
  'CurrentEdition',
  'The newest edition that names coordinators or facilitators for a line, and the lead contacts.',
  { ...LineEdition.properties, contacts: nullable(ref(Contacts), 'The lead contacts, or null if none are listed.') },
)

const LineReport = shape('LineReport', 'A report that names an agency for this line.', {
  agency: ref(Link),
  ...reportProperties,
})

const LinkSource = shape('LinkSource', 'A document that links action lines to goals, commitments or keywords.', {
  id: Type.String({ description: 'The id used in `sources` of each link.', examples: ['wsis-sdg-matrix-app'] }),
  title: Type.String({ description: 'The title of the document.' }),
  authority: ref(Authority),
  url: nullable(Type.String(), 'The URL of the document itself, if known.'),
  readIn: nullable(Type.String(), 'The URL that was read, if not `url`.'),
})
export type LinkSource = Static<typeof LinkSource>

const SdgTarget = shape('SdgTarget', 'A target of a goal.', {
  target: Type.String({ description: 'The number of the target.', examples: ['9.c'] }),
  sources: Type.Array(Type.String(), { description: 'The ids of the sources of the link.' }),
})

const SdgLink = shape('SdgLink', 'A link to a Sustainable Development Goal, from the WSIS-SDG Matrix.', {
  goal: Type.Integer({ description: 'The number of the goal, 1 to 17.' }),
  title: Type.String({ description: 'The title of the goal (UN Statistics Division).' }),
  iri: Type.String({ description: 'The IRI of the goal at metadata.un.org.' }),
  whole: Type.Array(Type.String(), { description: 'The ids of the sources that link the whole goal.' }),
  targets: Type.Array(ref(SdgTarget), { description: 'The linked targets.' }),
})

const GdcLink = shape('GdcLink', 'A link to a point of the Global Digital Compact (2024). The links are incomplete.', {
  objective: Type.Integer({ description: 'The number of the objective, 1 to 5.' }),
  objectiveTitle: Type.String({ description: 'The title of the objective, as printed.' }),
  theme: nullable(Type.String(), 'The theme within the objective, as printed, if any.'),
  point: Type.String({ description: 'The paragraph and the letters of its commitments.', examples: ['para 21(a)'] }),
  title: Type.String({ description: 'The summary of the point in the source.' }),
  goals: nullable(
    Type.Array(Type.Integer(), { maxItems: 17 }),
    'The Sustainable Development Goals that the Compact prints there. Null means all of them.',
  ),
  sources: Type.Array(Type.String(), { description: 'The ids of the sources of the link.' }),
  textSource: Type.String({
    description: 'The id of the text of the Compact, the source of `objectiveTitle`, `theme`, `point` and `goals`.',
  }),
})

export const ActionLine = shape('ActionLine', 'A WSIS action line, its coordinators, and their sources.', {
  id: Type.String({
    description: 'The code: `C1` to `C11`, `C7.e-…` for the sub-lines of C7, `B`, `D`, `E`.',
    examples: ['C7.e-environment'],
  }),
  kind: ref(ActionLineKind),
  title: Type.String({ description: 'The title as the draft annex prints it.' }),
  genevaTitle: Type.String({ description: 'The title in the Geneva Plan of Action (2003).' }),
  parent: nullable(ref(Link), 'The line of a sub-line, otherwise null.'),
  subLines: Type.Array(ref(Link), { maxItems: 8, description: 'The sub-lines of C7, otherwise empty.' }),
  position: Type.Integer({ description: 'The row number in the draft, from 1.' }),
  coordinators: Type.Array(ref(Coordinator), {
    description:
      'The agencies that the draft of 2005 names, in the printed order. See `current` for the newest table. Empty for C7, whose sub-lines have coordinators.',
  }),
  annex: ref(Annex),
  editions: Type.Array(ref(LineEdition), {
    description: 'Every edition with this line, oldest first: the draft, the adopted text, later lists.',
  }),
  current: nullable(
    ref(CurrentEdition),
    'The newest edition that names coordinators or facilitators for the line, which for B, D and E is the draft. Null for C7.',
  ),
  reports: Type.Array(ref(LineReport), {
    description:
      'The reports that name an agency for it, oldest first, undated ones last. Reports are partial: absence means nothing.',
  }),
  sdgs: Type.Array(ref(SdgLink), { maxItems: 17, description: 'The linked Sustainable Development Goals, by number.' }),
  gdc: Type.Array(ref(GdcLink), { description: 'The linked points of the Global Digital Compact.' }),
  keywords: Type.Array(Type.String(), {
    description: 'Everyday search terms for the topic, those of ITU first. `linkSources` lists the sources.',
  }),
  linkSources: Type.Array(ref(LinkSource), { description: 'The sources of `sdgs`, `gdc` and `keywords`, by id.' }),
  sessions: ref(Count),
  outcomeDocuments: ref(Count),
})
export type ActionLine = Static<typeof ActionLine>
