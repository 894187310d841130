import { createRequire } from 'node:module'

// Drizzle through its CommonJS build: Node reads the package.json of 200 kB anew for each of the two hundred ES modules
// of the other, which doubles the start and the memory of the service. All others import Drizzle from here.

/* c8 ignore next -- drizzle-kit alone, which bundles this file, gives it no name of its own */
const require = createRequire(import.meta.filename ?? `${process.cwd()}/package.json`)

const orm: typeof import('drizzle-orm') = require('drizzle-orm')
export const { getTableName, sql } = orm
export type { BuildColumns, SQL } from 'drizzle-orm'

const core: typeof import('drizzle-orm/sqlite-core') = require('drizzle-orm/sqlite-core')
export const { getTableConfig, index, integer, primaryKey, SQLiteSyncDialect, sqliteTable, text } = core
export type { AnySQLiteColumn, SQLiteColumn, SQLiteColumnBuilderBase, SQLiteTable } from 'drizzle-orm/sqlite-core'

const driver: typeof import('drizzle-orm/better-sqlite3') = require('drizzle-orm/better-sqlite3')
export const { drizzle } = driver
export type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'

const migrator: typeof import('drizzle-orm/better-sqlite3/migrator') = require('drizzle-orm/better-sqlite3/migrator')
export const { migrate } = migrator
