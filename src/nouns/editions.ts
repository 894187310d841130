import { text } from '../drizzle.ts'
import { type Static, Type } from '../typebox.ts'
import { authorities, editionRoles, sourceStatuses } from '../vocabulary.ts'
import { columnsAt } from './columns.ts'
import { wordFilter } from './filters.ts'
import { type Noun, nounWords } from './noun.ts'
import { nounTable } from './noun-table.ts'
import type { EditionTable } from './relations.ts'
import { Authority, EditionRole, Link, linkTo, nullable, partialDate, ref, Status, shape, without } from './shapes.ts'
import { DateRange } from './sources.ts'

const EditionRow = shape('EditionRow', 'A row of the table of an edition.', {
  actionLine: ref(Link),
  printedLabel: Type.String({
    description: 'The first cell, exactly as in the source that was read, or only the code if its label was not read.',
  }),
  printedCoordinators: Type.String({ description: 'The second cell, exactly as in the source that was read.' }),
  agencies: Type.Array(ref(Link), { description: 'The agencies in the cell, in its order.' }),
  added: Type.Optional(
    nullable(
      Type.Array(ref(Link)),
      'With `comparedTo`: the agencies missing from the other edition. Null if it lacks the line.',
    ),
  ),
  removed: Type.Optional(
    nullable(
      Type.Array(ref(Link)),
      'With `comparedTo`: the agencies only in the other edition. Null if it lacks the line.',
    ),
  ),
})
export type EditionRow = Static<typeof EditionRow>

export const Edition = shape(
  'Edition',
  'A table that names coordinators, facilitators or contacts (`role`) for every line of its time.',
  {
    id: Type.String({ description: 'The id of its source.', examples: ['annex-adopted'] }),
    title: Type.String({ description: 'The title of the document.' }),
    label: Type.String({ description: 'A short name: status, role and year.', examples: ['Adopted 2005'] }),
    role: ref(EditionRole),
    roleAsWorded: Type.String({ description: 'The role in the words of the table.' }),
    description: Type.String({ description: 'A plain description of the table.' }),
    status: ref(Status),
    date: nullable(Type.String(), `The date, as ${partialDate}. If null, see \`dateRange\`.`),
    dateRange: nullable(ref(DateRange), 'The dates between which an undated document was written, otherwise null.'),
    document: nullable(Type.String(), 'The document number, if any.'),
    complete: Type.Boolean({ description: 'Always true: absence from the table means "not named".' }),
    authority: ref(Authority),
    source: ref(Link),
    rows: Type.Array(ref(EditionRow), { description: 'The rows in the printed order.' }),
    comparedTo: Type.Optional(nullable(ref(Link), 'With `comparedTo`: the other edition.')),
    differences: Type.Optional(
      Type.Integer({ description: 'With `comparedTo`: the number of lines whose agencies differ.' }),
    ),
  },
)
export type Edition = Static<typeof Edition>

export const editionTable = nounTable('editions', {
  role: text({ enum: editionRoles }).notNull(),
  status: text({ enum: sourceStatuses }).notNull(),
  authority: text({ enum: authorities }).notNull(),
})

export const editions: Noun<Edition> = {
  ...nounWords('edition', 'editions'),
  title: 'Editions: the draft, the adopted text, later lists',
  description: {
    list: 'The tables of coordinators, facilitators or contacts (`role`), oldest first. `/v1/editions/latest` redirects to the newest that names coordinators or facilitators.',
    item: 'One edition, row by row. With `comparedTo`, each row lists the agencies added and removed since another edition. Contacts are compared only with contacts. `latest` redirects to the newest edition that names coordinators or facilitators.',
  },
  example: 'annex-adopted',
  item: Edition,
  table: editionTable,
  filters: {
    role: wordFilter(editionRoles, 'Only editions that list this role.', 'facilitator'),
    status: wordFilter(sourceStatuses, 'Only editions of this status.', 'adopted'),
    authority: wordFilter(authorities, 'Only editions of this authority.', 'secondary'),
  },
  columns: {
    ...columnsAt('id', 'title', 'status', 'date', 'document', 'complete', 'authority'),
    rows: (edition) => edition.rows.length,
    ...columnsAt('label', 'role'),
    dateFrom: 'dateRange/from',
    dateTo: 'dateRange/to',
    description: 'description',
  },
  rows: {
    description: 'One line for each row; with `comparedTo`, for each line that differs.',
    of: (edition) =>
      edition.rows.filter((row) => row.added === undefined || differs(row)).map((row) => ({ ...row, edition })),
    columns: {
      ...columnsAt('edition', 'edition/role', 'edition/status', 'edition/date', 'edition/authority', 'actionLine'),
      ...columnsAt('actionLine/title', 'agencies', 'printedLabel', 'printedCoordinators'),
      ...columnsAt('edition/comparedTo', 'added', 'removed'),
    },
  },
  comparison: { of: 'comparedTo', example: 'annex-draft', compare, refusal },
  newest: 'latest',
  otherIds({ editions }) {
    const newest = editions.findLast(({ role }) => role !== 'contact')
    return newest ? [['latest', newest.id]] : []
  },
  records: ({ editions, sourceLink }) =>
    editions.map(
      (edition): Edition => ({ ...edition, label: labelOf(edition, editions), source: sourceLink(edition.id) }),
    ),
}

/**
 * `Draft 2005`, `Adopted 2005`, `Facilitators 2026`, with the year of the date or of the end of the range; with the whole
 * date if another edition has the same year.
 */
function labelOf(edition: EditionTable, all: EditionTable[]): string {
  const labelWith = ({ role, status, date, dateRange }: EditionTable, length: number) => {
    const name = status === 'list' ? `${role}s` : status
    return [name.charAt(0).toUpperCase() + name.slice(1), (date ?? dateRange?.to)?.slice(0, length)]
      .filter(Boolean)
      .join(' ')
  }
  const label = labelWith(edition, 4)
  return all.some((one) => one !== edition && labelWith(one, 4) === label) ? labelWith(edition, 10) : label
}

/** True for two editions of the same function: contacts are compared only with contacts. */
export const isComparable = (one: Pick<Edition, 'role'>, other: Pick<Edition, 'role'>): boolean =>
  (one.role === 'contact') === (other.role === 'contact')

/** The reason why two editions cannot be compared, with the possible comparisons of each; undefined if they can. */
function refusal(edition: Edition, other: Edition, all: Edition[]): string | undefined {
  if (isComparable(edition, other)) return undefined
  const beside = (one: Edition) => all.filter((another) => another.id !== one.id && isComparable(one, another))
  const advice = [edition, other].flatMap((one) => {
    const ids = beside(one).map(({ id }) => id)
    return ids.length > 0 ? `Compare "${one.id}" with ${ids.join(' or ')}.` : []
  })
  return `"${other.id}" lists ${other.role}s and "${edition.id}" lists ${edition.role}s: these are different functions, so nothing was added or removed between them. ${advice.join(' ')}`
}

const differs = ({ added, removed }: EditionRow) => [...(added ?? []), ...(removed ?? [])].length > 0

/** An edition with the agencies added to and removed from each row, relative to another edition. */
function compare(edition: Edition, other: Edition): Edition {
  const before = new Map(other.rows.map((row) => [row.actionLine.id, row.agencies]))
  const rows = edition.rows.map((row): EditionRow => {
    const was = before.get(row.actionLine.id)
    return { ...row, added: was ? without(row.agencies, was) : null, removed: was ? without(was, row.agencies) : null }
  })
  const comparedTo = linkTo('editions', other.id, other.title)
  return { ...edition, rows, comparedTo, differences: rows.filter(differs).length }
}
