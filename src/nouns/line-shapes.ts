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

export const LineEdition = Type.Object(
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

const LinkSource = Type.Object(
  {
    id: Type.String({ description: 'The id used in `sources` of each link.', examples: ['wsis-sdg-matrix-app'] }),
    title: Type.String({ description: 'The title of the document.' }),
    authority: ref(Authority),
    url: nullable(Type.String(), 'The address of the document itself; null if it is not known.'),
    readIn: nullable(Type.String(), 'The address where it was read; null if that is `url`.'),
  },
  { $id: 'LinkSource', description: 'A document that links action lines to goals, commitments or keywords.' },
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

/** ActionLine and the schemas that it refers to. */
export const lineSchemas = [
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
]
