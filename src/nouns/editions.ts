import { text } from '../drizzle.ts'
import { oneOf } from '../schema.ts'
import { type Static, Type } from '../typebox.ts'
import { authorities, sourceStatuses } from '../vocabulary.ts'
import { type Columns, type Noun, placeOf } from './noun.ts'
import { relationsOf } from './relations.ts'
import { Authority, Link, linkTo, nullable, partialDate, ref, Status } from './shapes.ts'
import { nounTable } from './tables.ts'

const EditionRow = Type.Object(
  {
    actionLine: ref(Link),
    printedLabel: Type.String({ description: 'The first cell as it was read, byte for byte.' }),
    printedCoordinators: Type.String({ description: 'The second cell as it was read, byte for byte.' }),
    agencies: Type.Array(ref(Link), { description: 'The agencies that the cell names, in its order.' }),
    added: Type.Optional(
      nullable(
        Type.Array(ref(Link)),
        'With `comparedTo`: the agencies that the other edition does not name; null if it does not have the line.',
      ),
    ),
    removed: Type.Optional(
      nullable(
        Type.Array(ref(Link)),
        'With `comparedTo`: the agencies that only the other edition names; null if it does not have the line.',
      ),
    ),
  },
  { $id: 'EditionRow', description: 'A row of the table of an edition.' },
)
type EditionRow = Static<typeof EditionRow>

export const Edition = Type.Object(
  {
    id: Type.String({ description: 'The id, which is that of its source.', examples: ['annex-adopted'] }),
    title: Type.String({ description: 'The title of the document.' }),
    status: ref(Status),
    date: nullable(Type.String(), `Its date, as ${partialDate}; the end of its range if it has one.`),
    document: nullable(Type.String(), 'The document number; null if it has none.'),
    complete: Type.Boolean({
      description: 'Always true: the table covers every line of its time, so absence from it means "not named".',
    }),
    authority: ref(Authority),
    source: ref(Link),
    rows: Type.Array(ref(EditionRow), { description: 'The rows in the printed order.' }),
    comparedTo: Type.Optional(nullable(ref(Link), 'With `comparedTo`: the edition that it is compared to.')),
    differences: Type.Optional(
      Type.Integer({ description: 'With `comparedTo`: how many lines have other agencies in the two editions.' }),
    ),
  },
  {
    $id: 'Edition',
    description: 'A table of who coordinates what: a source that covers every line of its time.',
  },
)
export type Edition = Static<typeof Edition>

export const editionTable = nounTable('editions', {
  status: text({ enum: sourceStatuses }).notNull(),
  authority: text({ enum: authorities }).notNull(),
})

const rowColumns: Columns<EditionRow & { edition: Edition }> = {
  edition: ({ edition }) => edition.id,
  status: ({ edition }) => edition.status,
  date: ({ edition }) => edition.date,
  authority: ({ edition }) => edition.authority,
  actionLine: ({ actionLine }) => actionLine.id,
  title: ({ actionLine }) => actionLine.title,
  agencies: ({ agencies }) => idsOf(agencies),
  printedLabel: (row) => row.printedLabel,
  printedCoordinators: (row) => row.printedCoordinators,
  comparedTo: ({ edition }) => edition.comparedTo?.id,
  added: ({ added }) => added && idsOf(added),
  removed: ({ removed }) => removed && idsOf(removed),
}

export const editions: Noun<Edition> = {
  name: 'editions',
  kind: 'edition',
  operations: ['Edition', 'Editions'],
  one: 'edition',
  many: 'editions',
  tag: 'Editions',
  title: 'The tables of who coordinates what: the draft, the adopted text, later lists',
  description: {
    list: 'The editions, oldest first: each is a table of who coordinates which line. `/v1/editions/latest` leads to the newest.',
    item: 'One edition, row by row: the smallest whole answer to "who coordinates what". With `comparedTo` each row says what differs. `latest` leads to the newest edition.',
  },
  example: 'annex-adopted',
  item: Edition,
  schemas: [EditionRow, Edition],
  table: editionTable,
  filters: {
    status: {
      schema: oneOf(sourceStatuses, { description: 'Only editions of this status.', examples: ['adopted'] }),
      column: editionTable.status,
      value: (edition) => edition.status,
    },
    authority: {
      schema: oneOf(authorities, { description: 'Only editions of this authority.', examples: ['secondary'] }),
      column: editionTable.authority,
      value: (edition) => edition.authority,
    },
  },
  columns: {
    id: (edition) => edition.id,
    title: (edition) => edition.title,
    status: (edition) => edition.status,
    date: (edition) => edition.date,
    document: (edition) => edition.document,
    complete: (edition) => edition.complete,
    authority: (edition) => edition.authority,
    rows: (edition) => edition.rows.length,
  },
  rows: {
    description: 'One line for each row; with `comparedTo`, for each line that differs.',
    of: (edition) =>
      edition.rows.filter((row) => row.added === undefined || differs(row)).map((row) => ({ ...row, edition })),
    columns: rowColumns,
  },
  comparison: { of: 'comparedTo', compare },
  newest: 'latest',
  records(seed) {
    const { editions, lineLink, agencyLink, sourceLink } = relationsOf(seed)
    return editions.map(
      ({ source, date, rows }): Edition => ({
        id: source.id,
        title: source.title,
        status: source.status,
        date,
        document: source.document,
        complete: source.complete,
        authority: source.authority,
        source: sourceLink(source.id),
        rows: rows.map(({ actionLine, printedLabel, printedCoordinators, agencies }) => ({
          actionLine: lineLink(actionLine),
          printedLabel,
          printedCoordinators,
          agencies: agencies.map(agencyLink),
        })),
      }),
    )
  },
  sortKey: (_edition, index) => placeOf(index),
}

const idsOf = (links: readonly Link[]) => links.map(({ id }) => id).join('; ')

const differs = ({ added, removed }: EditionRow) => [...(added ?? []), ...(removed ?? [])].length > 0

/** An edition with what each row adds to and removes from another. */
function compare(edition: Edition, other: Edition): Edition {
  const before = new Map(other.rows.map((row) => [row.actionLine.id, row.agencies]))
  const rows = edition.rows.map((row): EditionRow => {
    const was = before.get(row.actionLine.id)
    return { ...row, added: was ? without(row.agencies, was) : null, removed: was ? without(was, row.agencies) : null }
  })
  const comparedTo = linkTo('editions', other.id, other.title)
  return { ...edition, rows, comparedTo, differences: rows.filter(differs).length }
}

function without(links: readonly Link[], others: readonly Link[]): Link[] {
  return links.filter(({ id }) => !others.some((other) => other.id === id))
}
