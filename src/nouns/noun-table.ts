import {
  type AnySQLiteColumn,
  type BuildColumns,
  index,
  integer,
  primaryKey,
  type SQLiteColumn,
  type SQLiteColumnBuilderBase,
  type SQLiteTable,
  sqliteTable,
  text,
} from '../drizzle.ts'

// The structure shared by the tables of all nouns. A record is stored whole, beside the columns that filters compare.

export type NounTable = SQLiteTable & Record<'id' | 'sortKey' | 'digest' | 'json', SQLiteColumn>

/** The tables of the nouns by name: nouns may refer to each other, but files must not import each other. */
const tables = new Map<string, NounTable>()

/**
 * The table of a noun: sort key, id, digest, the record as served, and a column for each filter, indexed in list order.
 */
export function nounTable<Columns extends Record<string, SQLiteColumnBuilderBase>>(name: string, columns: Columns) {
  const recordColumns = {
    sortKey: text('sort_key').primaryKey(),
    id: text().notNull().unique(),
    digest: text().notNull(),
    json: text().notNull(),
  }
  const indexesOf = (table: BuildColumns<string, typeof recordColumns & Columns, 'sqlite'>) =>
    Object.keys(columns).map((key) => {
      const column = (table as Record<string, AnySQLiteColumn>)[key] as AnySQLiteColumn
      return index(`${name}_${column.name}`).on(column, table.sortKey)
    })
  const table = sqliteTable(name, { ...recordColumns, ...columns }, indexesOf)
  tables.set(name, table as unknown as NounTable)
  return table
}

export type LinkTable = SQLiteTable & Record<'value' | 'key', SQLiteColumn>

const tableOf = (name: string) => tables.get(name) as NounTable

/** The id of another noun, for the foreign key of a column. */
export const idOf = (name: string) => () => tableOf(name).id

/** The table of a filter with several values: ids of another noun, each with the sort key of the record. */
export function linkTable(name: string, owner: string, target: string) {
  const value = text().notNull().references(idOf(target))
  return sqliteTable(name, { value, ...keyIn(owner) }, byValue)
}

/** Like `linkTable`, for ids and for pairs of ids: `<id> <id>`. */
export function pairTable(name: string, owner: string) {
  return sqliteTable(name, { value: text().notNull(), ...keyIn(owner) }, byValue)
}

/** Like `linkTable`, for numbers. */
export function numberTable(name: string, owner: string) {
  return sqliteTable(name, { value: integer().notNull(), ...keyIn(owner) }, byValue)
}

const keyIn = (owner: string) => ({
  key: text('sort_key')
    .notNull()
    .references(() => tableOf(owner).sortKey),
})

const byValue = (table: Record<'value' | 'key', AnySQLiteColumn>) => [primaryKey({ columns: [table.value, table.key] })]
