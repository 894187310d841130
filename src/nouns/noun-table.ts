import {
  type AnySQLiteColumn,
  index,
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
const nounTables = new Map<string, NounTable>()

/**
 * The table of a noun: sort key, id, digest, the record as served, and the columns that filters compare, each with an
 * index on its value and the sort key.
 */
export function nounTable<Columns extends Record<string, SQLiteColumnBuilderBase>>(name: string, columns: Columns) {
  const recordColumns = {
    sortKey: text('sort_key').primaryKey(),
    id: text().notNull().unique(),
    digest: text().notNull(),
    json: text().notNull(),
  }
  const indexesOf = (table: Record<string, AnySQLiteColumn> & Record<'sortKey', AnySQLiteColumn>) =>
    Object.keys(columns).map((key) => {
      const column = table[key] as AnySQLiteColumn
      return index(`${name}_${column.name}`).on(column, table.sortKey)
    })
  const table = sqliteTable(name, { ...recordColumns, ...columns }, indexesOf)
  nounTables.set(name, table)
  return table
}

export type LinkTable = SQLiteTable & Record<'value' | 'key', SQLiteColumn>

const tableOf = (name: string) => nounTables.get(name) as NounTable

/** A column with ids of another noun. */
export const idIn = (noun: string) => text().references(() => tableOf(noun).id)

/** The table of a filter with several values, each with the sort key of the record. */
export function linkTable<Column extends SQLiteColumnBuilderBase>(name: string, owner: string, value: Column) {
  const key = text('sort_key')
    .notNull()
    .references(() => tableOf(owner).sortKey)
  return sqliteTable(name, { value, key }, (table) => [
    primaryKey({ columns: [table.value as AnySQLiteColumn, table.key] }),
  ])
}
