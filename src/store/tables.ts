import { blob, integer, primaryKey, sqliteTable, text } from '../drizzle.ts'

// The tables other than those of the nouns and of the search.

/** One row: the input of the build. */
export const release = sqliteTable('release', { dataset: text().primaryKey(), log: text().notNull() })

/** The releases of the log in seed/changes/. */
export const releases = sqliteTable('releases', {
  number: integer().primaryKey(),
  dataset: text().notNull(),
  date: text().notNull(),
})

/** The exported files, compressed. They contain URLs of the service, and so depend on its public URL. */
export const exports = sqliteTable('exports', {
  name: text().primaryKey(),
  publicUrl: text('public_url').notNull(),
  bytes: integer().notNull(),
  sha256: text().notNull(),
  gzip: blob().notNull(),
  br: blob().notNull(),
})

/** All names: the folded name, the name as written, and the id that it leads to. */
export const names = sqliteTable(
  'names',
  { set: text('name_set').notNull(), folded: text().notNull(), id: text().notNull(), name: text().notNull() },
  (table) => [primaryKey({ columns: [table.set, table.folded, table.id] })],
)
