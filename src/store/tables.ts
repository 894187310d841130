import { blob, integer, primaryKey, sqliteTable, text } from '../drizzle.ts'
import { hitKinds } from '../vocabulary.ts'

// The tables beside those of the nouns.

/** One row: what the file was built from. */
export const release = sqliteTable('release', {
  dataset: text().primaryKey(),
  log: text().notNull(),
})

/** The releases of the log in seed/changes/. */
export const releases = sqliteTable('releases', {
  number: integer().primaryKey(),
  dataset: text().notNull(),
  previous: text(),
  date: text().notNull(),
  version: text().notNull(),
})

/** The exported files, each compressed. They have the addresses of the service in them, and so rest on its public URL. */
export const exports = sqliteTable('exports', {
  name: text().primaryKey(),
  publicUrl: text('public_url').notNull(),
  records: integer(),
  bytes: integer().notNull(),
  sha256: text().notNull(),
  gzip: blob().notNull(),
  br: blob().notNull(),
})

/** Every name by which something is found: as it is compared, as it is written, and the id that it leads to. */
export const names = sqliteTable(
  'names',
  { set: text('name_set').notNull(), folded: text().notNull(), id: text().notNull(), name: text().notNull() },
  (table) => [primaryKey({ columns: [table.set, table.folded, table.id] })],
)

/**
 * What a search looks through: one row per record, in the order of equal hits. `names`, `titles`, `coordinators` and
 * `texts` are what the full-text index `search` is over (search-entries.ts).
 */
export const searchEntries = sqliteTable('search_entries', {
  position: integer().primaryKey(),
  /** Kind and id, such as `session 2023-366`. */
  place: text().notNull().unique(),
  kind: text({ enum: hitKinds }).notNull(),
  id: text().notNull(),
  title: text().notNull(),
  names: text().notNull(),
  titles: text().notNull(),
  coordinators: text().notNull(),
  texts: text().notNull(),
})
