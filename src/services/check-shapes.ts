import { maxRows } from '../http/read-rows.ts'
import {
  dataset,
  editionProperties,
  Link,
  nullable,
  ref,
  refAs,
  reportProperties,
  statementHref,
  words,
} from '../nouns/shapes.ts'
import { type Static, Type } from '../typebox.ts'
import { checkStatuses } from '../vocabulary.ts'
import { copySchemas, HeldRow } from './copy-rows.ts'

export const Copy = Type.Object(
  { rows: Type.Array(ref(HeldRow), { maxItems: maxRows, description: `The rows; \`items\` is read too.` }) },
  { $id: 'Copy', description: 'Your copy of the action lines.' },
)

const CheckStatus = words(
  'CheckStatus',
  checkStatuses,
  '`current`: the row is up to date. `renamed`: the id is another spelling. `unknown`: no line has this id. `label-differs`: the label is not a name of this line. `coordinators-differ`: the edition names other agencies. `not-in-edition`: the edition does not have the line, so coordinators are not compared.',
)

const NamedBy = Type.Object(reportProperties, {
  $id: 'NamedBy',
  description: 'A statement that names the agency, or a group that it belongs to, for this line.',
})

const MissingAgency = Type.Object(
  { agency: ref(Link), source: ref(Link), href: statementHref },
  { $id: 'MissingAgency', description: 'An agency that the edition names and you do not hold.' },
)

const ExtraAgency = Type.Object(
  {
    name: Type.String({ description: 'The name as you hold it.' }),
    agency: nullable(ref(Link), 'The agency that is meant; null if the directory knows none of this name.'),
    namedBy: Type.Array(ref(NamedBy), {
      description: 'The statements that do name it, or its group, for this line; oldest first, and often none.',
    }),
  },
  { $id: 'ExtraAgency', description: 'An agency that you hold and the edition does not name.' },
)

const CheckedRow = Type.Object(
  {
    row: Type.Integer({ description: 'The number of your row, from 1.' }),
    id: Type.String({ description: 'The id as you hold it.' }),
    status: Type.Array(ref(CheckStatus), { description: '`current` alone, or one or more of the others.' }),
    actionLine: nullable(ref(Link), 'The line that the id matches; null if it is unknown.'),
    edition: nullable(
      ref(Link),
      'The edition with which the coordinators are compared; null if the line is unknown or the edition does not have it.',
    ),
    note: nullable(
      Type.String(),
      'If your coordinators are those of another edition: which one that is, and the agencies that the others name. Null otherwise.',
    ),
    suggestions: Type.Array(ref(Link), { description: 'What an unknown id may mean, the nearest first.' }),
    titles: Type.Array(Type.String(), {
      description: 'If the label differs: the titles of the line, in the draft annex and in the Geneva Plan of Action.',
    }),
    missing: Type.Array(ref(MissingAgency), { description: 'The coordinators that you lack.' }),
    extra: Type.Array(ref(ExtraAgency), {
      description: 'The coordinators that you hold and the edition does not name for this line.',
    }),
  },
  { $id: 'CheckedRow', description: 'The result for one row.' },
)
export type CheckedRow = Static<typeof CheckedRow>

const ComparedEdition = Type.Object(
  { ...editionProperties, description: Type.String({ description: 'What the table is, in plain words.' }) },
  { $id: 'ComparedEdition', description: 'An edition with which a copy is compared.' },
)

export const Check = Type.Object(
  {
    dataset,
    comparedWith: refAs(
      ComparedEdition,
      'The edition that `edition` chose; without it, the newest that names coordinators or facilitators. A line that this one does not have is then compared with the newest that has it: see `edition` of the row.',
    ),
    copyOf: nullable(
      ref(ComparedEdition),
      'If your copy is not current: the edition whose agencies your rows have, each of them. Null if it is current, or no edition.',
    ),
    total: Type.Integer({ description: 'The number of rows that you sent.' }),
    current: Type.Integer({ description: 'The number of rows that are current.' }),
    rows: Type.Array(ref(CheckedRow), { description: 'Each row, in your order.' }),
    absent: Type.Array(ref(Link), { description: 'The lines of `comparedWith` that are missing from your rows.' }),
    notCompared: Type.Array(Type.String(), { description: 'Columns or properties of yours that were not compared.' }),
  },
  { $id: 'Check', description: 'The differences between a copy and the directory.' },
)
export type Check = Static<typeof Check>

/** Check and the schemas that it refers to. */
export const checkSchemas = [
  ...copySchemas,
  Copy,
  CheckStatus,
  NamedBy,
  MissingAgency,
  ExtraAgency,
  CheckedRow,
  ComparedEdition,
  Check,
]
