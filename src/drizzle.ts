import type { SQL } from 'drizzle-orm'
import { require } from './commonjs.ts'

export type { SQL } from 'drizzle-orm'

// Drizzle through its CommonJS build: Node reads the package.json of 200 kB anew for each of the two hundred ES modules
// of the other, which doubles the start and the memory of the service. All others import Drizzle from here.

export const { sql }: typeof import('drizzle-orm/sql') = require('drizzle-orm/sql')
export const { getTableName }: typeof import('drizzle-orm/table') = require('drizzle-orm/table')
export const { getTableColumns }: typeof import('drizzle-orm/utils') = require('drizzle-orm/utils')

// Part by part: the whole of sqlite-core brings its query builders with it.
export const { sqliteTable }: typeof import('drizzle-orm/sqlite-core/table') = require('drizzle-orm/sqlite-core/table')
const columns: typeof import('drizzle-orm/sqlite-core/columns') = require('drizzle-orm/sqlite-core/columns')
export const { blob, integer, text } = columns
export const { index }: typeof import('drizzle-orm/sqlite-core/indexes') = require('drizzle-orm/sqlite-core/indexes')
const keys: typeof import('drizzle-orm/sqlite-core/primary-keys') = require('drizzle-orm/sqlite-core/primary-keys')
export const { primaryKey } = keys
export type { AnySQLiteColumn, SQLiteColumn, SQLiteColumnBuilderBase, SQLiteTable } from 'drizzle-orm/sqlite-core'

const { CasingCache }: typeof import('drizzle-orm/casing') = require('drizzle-orm/casing')
const casing = new CasingCache()

/** The text of a statement that has names of parameters in it, and no values. */
export function sqlOf(statement: SQL): string {
  const escapeName = (name: string) => `"${name}"`
  return statement.toQuery({ casing, escapeName, escapeParam: String, escapeString: String }).sql
}
