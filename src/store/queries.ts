import {
  type AnySQLiteColumn,
  and,
  asc,
  count,
  desc,
  gt,
  isNull,
  lt,
  or,
  type SQL,
  type SQLiteTable,
  sql,
} from '../drizzle.ts'
import type { Directory } from './directory.ts'
import { actionLines, agencyReach } from './tables.ts'

// What the queries of all nouns share. Statements are prepared once, so a filter that was not asked for is null.

/** The condition, unless the parameter that it depends on is null. */
export function unless(parameter: string, condition: SQL): SQL | undefined {
  return or(isNull(sql.placeholder(parameter)), condition)
}

/** `column = parameter`, unless the parameter is null. */
export function equals(column: AnySQLiteColumn, parameter: string): SQL | undefined {
  return unless(parameter, sql`${column} = ${sql.placeholder(parameter)}`)
}

/** `column` is among the texts of the JSON array in the parameter. */
export function among(column: AnySQLiteColumn, parameter: string): SQL {
  return sql`${column} in (select value from json_each(${sql.placeholder(parameter)}))`
}

/** `column` holds the line of the parameter or one of its sub-lines, unless the parameter is null. */
export function isUnderLine(column: AnySQLiteColumn, parameter: string): SQL | undefined {
  const line = sql.placeholder(parameter)
  return unless(
    parameter,
    sql`${column} in (select ${actionLines.code} from ${actionLines} where ${actionLines.code} = ${line} or ${actionLines.parent} = ${line})`,
  )
}

/** `column` holds a name of the body of the parameter: its own, or that of a group. Unless the parameter is null. */
export function namesAgency(column: AnySQLiteColumn, parameter: string): SQL | undefined {
  return unless(
    parameter,
    sql`${column} in (select ${agencyReach.namedAs} from ${agencyReach} where ${agencyReach.agency} = ${sql.placeholder(parameter)})`,
  )
}

/** The ids of one page in the order of the sort keys; `last` is the last sort key where more follow. */
export interface PageOfIds {
  total: number
  ids: string[]
  last: string | null
}

interface Row {
  id: string
  sortKey: string
}

/** Prepares the list of a table: gives the page after a sort key ('' for the first) of the rows that match. */
export function pager(
  db: Directory['db'],
  table: SQLiteTable & { sortKey: AnySQLiteColumn },
  id: AnySQLiteColumn,
  matches: SQL | undefined,
): (filters: Record<string, unknown>, after: string, limit: number, newestFirst?: boolean) => PageOfIds {
  const counted = db.select({ total: count() }).from(table).where(matches).prepare()
  const rows = () => db.select({ id, sortKey: table.sortKey }).from(table)
  const after = sql.placeholder('after')
  const limit = sql.placeholder('limit')
  const forwards = rows()
    .where(and(gt(table.sortKey, after), matches))
    .orderBy(asc(table.sortKey))
    .limit(limit)
    .prepare()
  const isBefore = or(sql`${after} = ''`, lt(table.sortKey, after))
  const backwards = rows().where(and(isBefore, matches)).orderBy(desc(table.sortKey)).limit(limit).prepare()
  return (filters, after, limit, newestFirst = false) => {
    const found = (newestFirst ? backwards : forwards).all({ ...filters, after, limit: limit + 1 }) as Row[]
    const page = found.slice(0, limit)
    return {
      ...(counted.get(filters) as { total: number }),
      ids: page.map(({ id }) => id),
      last: found.length > limit ? (page[limit - 1] as Row).sortKey : null,
    }
  }
}

/** The rows that have a key, for each key. */
export function grouped<T, Key>(rows: T[], keyOf: (row: T) => Key): (key: Key) => T[] {
  const groups = Map.groupBy(rows, keyOf)
  return (key) => groups.get(key) ?? []
}
