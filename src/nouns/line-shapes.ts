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
  statementHref,
  words,
} from './shapes.ts'

const ActionLineKind = words(
  'ActionLineKind',
  actionLineKinds,
  'C1 to C11, the sub-lines of C7, or the sections B, D, E.',
)

const Coordinator = Type.Object(
  {
    agency: ref(Link),
    position: Type.Integer({ description: 'The position in the printed cell, from 1.' }),
    href: statementHref,
  },
  { $id: 'Coordinator', description: 'An agency or group that the draft of 2005 names for a line.' },
)

const Annex = Type.Object(
  {
    ...editionProperties,
    printedLabel: Type.String({
      description: 'The first cell, byte for byte.',
    }),
    printedCoordinators: Type.String({ description: 'The second cell, byte for byte. Empty for C7.' }),
  },
  { $id: 'Annex', description: 'The row of the draft of 2005 behind `coordinators`.' },
)

export const LineEdition = Type.Object(
  {
    ...editionProperties,
    agencies: Type.Array(ref(Link), { description: 'The agencies, in the printed order.' }),
  },
  { $id: 'LineEdition', description: 'The agencies that one edition names for a line.' },
)
export type LineEdition = Static<typeof LineEdition>

const Contacts = Type.Object(
  {
    edition: ref(Link),
    date: editionProperties.date,
    authority: editionProperties.authority,
    agencies: Type.Array(ref(Link), { description: 'The agencies, in the printed order.' }),
  },
  {
    $id: 'Contacts',
    description: 'The lead contacts for a line, who do not replace the facilitators.',
  },
)

export const CurrentEdition = Type.Object(
  {
    ...LineEdition.properties,
    contacts: nullable(ref(Contacts), 'The lead contacts, or null if none are listed.'),
  },
  {
    $id: 'CurrentEdition',
    description: 'The newest edition that names coordinators or facilitators for a line, and the lead contacts.',
  },
)

const LineReport = Type.Object(
  { agency: ref(Link), ...reportProperties },
  { $id: 'LineReport', description: 'A report that names an agency for this line.' },
)

const LinkSource = Type.Object(
  {
    id: Type.String({ description: 'The id used in `sources` of each link.', examples: ['wsis-sdg-matrix-app'] }),
    title: Type.String({ description: 'The title of the document.' }),
    authority: ref(Authority),
    url: nullable(Type.String(), 'The URL of the document itself, if known.'),
    readIn: nullable(Type.String(), 'The URL that was read, if not `url`.'),
  },
  { $id: 'LinkSource', description: 'A document that links action lines to goals, commitments or keywords.' },
)
export type LinkSource = Static<typeof LinkSource>

const SdgTarget = Type.Object(
  {
    target: Type.String({ description: 'The number of the target.', examples: ['9.c'] }),
    sources: Type.Array(Type.String(), { description: 'The ids of the sources of the link.' }),
  },
  { $id: 'SdgTarget', description: 'A target of a goal.' },
)

const SdgLink = Type.Object(
  {
    goal: Type.Integer({ description: 'The number of the goal, 1 to 17.' }),
    title: Type.String({ description: 'The title of the goal (UN Statistics Division).' }),
    iri: Type.String({ description: 'The IRI of the goal at metadata.un.org.' }),
    whole: Type.Array(Type.String(), { description: 'The ids of the sources that link the whole goal.' }),
    targets: Type.Array(ref(SdgTarget), { description: 'The linked targets.' }),
  },
  { $id: 'SdgLink', description: 'A link to a Sustainable Development Goal, from the WSIS-SDG Matrix.' },
)

const GdcLink = Type.Object(
  {
    objective: Type.Integer({ description: 'The number of the objective, 1 to 5.' }),
    objectiveTitle: Type.String({ description: 'The title of the objective, as printed.' }),
    theme: nullable(Type.String(), 'The theme within the objective, as printed, if any.'),
    point: Type.String({
      description: 'The paragraph and the letters of its commitments.',
      examples: ['para 21(a)'],
    }),
    title: Type.String({ description: 'The summary of the point in the source.' }),
    goals: nullable(
      Type.Array(Type.Integer(), { maxItems: 17 }),
      'The Sustainable Development Goals that the Compact prints there. Null means all of them.',
    ),
    textSource: Type.String({
      description: 'The id of the text of the Compact, the source of `objectiveTitle`, `theme`, `point` and `goals`.',
    }),
    sources: Type.Array(Type.String(), { description: 'The ids of the sources of the link.' }),
  },
  { $id: 'GdcLink', description: 'A link to a point of the Global Digital Compact (2024). The links are incomplete.' },
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
      description: 'The title in the Geneva Plan of Action (2003).',
    }),
    parent: nullable(ref(Link), 'The line of a sub-line, otherwise null.'),
    subLines: Type.Array(ref(Link), { maxItems: 8, description: 'The sub-lines of C7, otherwise empty.' }),
    position: Type.Integer({ description: 'The row number in the default edition, from 1.' }),
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
      'The newest edition that names coordinators or facilitators for the line: the list of 2026, or the draft for B, D and E. Null for C7.',
    ),
    reports: Type.Array(ref(LineReport), {
      description:
        'The reports that name an agency for it, oldest first, undated ones last. Reports are partial: absence means nothing.',
    }),
    sdgs: Type.Array(ref(SdgLink), {
      maxItems: 17,
      description: 'The linked Sustainable Development Goals, by number.',
    }),
    gdc: Type.Array(ref(GdcLink), { description: 'The linked points of the Global Digital Compact.' }),
    keywords: Type.Array(Type.String(), {
      description: 'Everyday search terms for the topic, those of ITU first. `linkSources` lists the sources.',
    }),
    linkSources: Type.Array(ref(LinkSource), {
      description: 'The sources of `sdgs`, `gdc` and `keywords`, by id.',
    }),
    sessions: ref(Count),
    outcomeDocuments: ref(Count),
  },
  { $id: 'ActionLine', description: 'A WSIS action line, its coordinators, and their sources.' },
)
export type ActionLine = Static<typeof ActionLine>
