import { maxRows } from '../http/read-rows.ts'
import {
  dataset,
  editionProperties,
  Link,
  nullable,
  ref,
  refAs,
  reportProperties,
  shape,
  statementHref,
  words,
} from '../nouns/shapes.ts'
import { type Static, Type } from '../typebox.ts'
import { checkStatuses } from '../vocabulary.ts'
import { HeldRow } from './copy-rows.ts'

export const Copy = shape('Copy', 'Your copy of the action lines.', {
  rows: Type.Array(ref(HeldRow), { maxItems: maxRows, description: 'The rows. Alias: `items`.' }),
})

const CheckStatus = words(
  'CheckStatus',
  checkStatuses,
  '`current`: the row is up to date. `renamed`: the id is another spelling. `unknown`: no line has this id. `label-differs`: the label is not a name of this line. `coordinators-differ`: the edition names other agencies. `not-in-edition`: the edition lacks the line.',
)

const NamedBy = shape('NamedBy', 'A statement that names the agency or its group for this line.', reportProperties)

const MissingAgency = shape('MissingAgency', 'An agency of the edition that your row lacks.', {
  agency: ref(Link),
  source: ref(Link),
  href: statementHref,
})

const ExtraAgency = shape('ExtraAgency', 'An agency of your row that the edition does not name.', {
  name: Type.String({ description: 'The name in your copy.' }),
  agency: nullable(ref(Link), 'The agency with this name, if any.'),
  namedBy: Type.Array(ref(NamedBy), {
    description: 'The statements that name it or its group for this line, oldest first.',
  }),
})

const CheckedRow = shape('CheckedRow', 'The result for one row.', {
  row: Type.Integer({ description: 'The number of your row, from 1.' }),
  id: Type.String({ description: 'The id in your copy.' }),
  status: Type.Array(ref(CheckStatus), { description: 'Only `current`, or one or more of the others.' }),
  actionLine: nullable(ref(Link), 'The line with this id, or null if it is unknown.'),
  edition: nullable(ref(Link), 'The edition compared with. Null if the line is unknown or not in the edition.'),
  note: nullable(
    Type.String(),
    'If your coordinators are those of another edition: that edition, and the agencies in the others. Otherwise null.',
  ),
  suggestions: Type.Array(ref(Link), { description: 'Possible matches of an unknown id, nearest first.' }),
  titles: Type.Array(Type.String(), {
    maxItems: 2,
    description: 'If the label differs: the titles in the draft annex and the Geneva Plan of Action.',
  }),
  missing: Type.Array(ref(MissingAgency), { description: 'The coordinators that your row lacks.' }),
  extra: Type.Array(ref(ExtraAgency), {
    description: 'The coordinators in your row that the edition does not name for this line.',
  }),
})
export type CheckedRow = Static<typeof CheckedRow>

const ComparedEdition = shape('ComparedEdition', 'An edition compared with your copy.', {
  ...editionProperties,
  description: Type.String({ description: 'A plain description of the table.' }),
})

export const Check = shape('Check', 'The differences between your copy and the directory.', {
  dataset,
  comparedWith: refAs(
    ComparedEdition,
    'The edition that `edition` chose; without it, the newest that names coordinators or facilitators. A line that this one does not have is then compared with the newest that has it: see `edition` of the row.',
  ),
  copyOf: nullable(
    ref(ComparedEdition),
    'The edition that all your rows match, if your copy is not current. Otherwise null.',
  ),
  total: Type.Integer({ description: 'The number of rows.' }),
  current: Type.Integer({ description: 'The number of current rows.' }),
  rows: Type.Array(ref(CheckedRow), { maxItems: maxRows, description: 'The rows, in your order.' }),
  absent: Type.Array(ref(Link), { maxItems: 22, description: 'Lines of `comparedWith` missing from your rows.' }),
  notCompared: Type.Array(Type.String(), { description: 'Columns or properties that were not compared.' }),
})
export type Check = Static<typeof Check>
