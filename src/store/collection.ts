import type Sqlite from 'better-sqlite3'
import { LRUCache } from 'lru-cache'
import { getTableName, type SQL, sql, textOf } from '../drizzle.ts'
import {
  batchesFrom,
  between,
  type Collection,
  idFilter,
  type Lookup,
  type Noun,
  type Page,
  type Revision,
} from '../nouns/noun.ts'
import type { LinkTable } from '../nouns/tables.ts'

/**
 * A parameter of a prepared statement. The unary plus changes no value, but hides it from SQLite's planner, which would
 * otherwise look at the values bound to `= :name` and `limit :name` and compile the statement anew on every run.
 */
const bound = (name: string): SQL => sql.raw(`+:${name}`)

/** Prepares a statement whose parameters are `bound`. */
function prepared<Row>(client: Sqlite.Database, statement: SQL) {
  return client.prepare<[Record<string, unknown>], Row>(textOf(statement))
}

/** A page as the database joins it; without rows, `items` and `last` are null. */
interface PageRow {
  items: Buffer | null
  count: number
  last: number
}

/** Reads the records of a noun as they are stored. Statements are prepared once for each set of filters. */
export function collectionOf(client: Sqlite.Database, noun: Noun, names: Lookup): Collection {
  const { table } = noun
  const item = prepared<{ json: string }>(
    client,
    sql`select ${table.json} from ${table} where ${table.id} = ${bound('id')}`,
  )
  // In memory, so that a 304 of an item costs no query.
  const digests = new Map(
    client
      .prepare<[], [string, string]>(`select id, digest from ${getTableName(table)}`)
      .raw()
      .all(),
  )
  const last = prepared<{ id: string }>(
    client,
    sql`select ${table.id} from ${table} order by ${table.place} desc limit 1`,
  )
  const revision = client.prepare<[Record<string, unknown>], Revision>(
    `select count(*) - 1 as changes, releases.date from changes join releases on releases.number = changes.release
      where changes.record = +:id and changes.noun = +:noun group by changes.record having max(changes.release)`,
  )
  const keyAt = prepared<{ key: string }>(
    client,
    sql`select ${table.sortKey} as key from ${table} where ${table.place} = ${bound('place')}`,
  )
  const upTo = prepared<{ place: number }>(
    client,
    sql`select ${table.place} from ${table} where ${table.sortKey} <= ${bound('key')} order by ${table.sortKey} desc limit 1`,
  )
  const from = prepared<{ place: number }>(
    client,
    sql`select ${table.place} from ${table} where ${table.sortKey} >= ${bound('key')} order by ${table.sortKey} limit 1`,
  )
  /** The places within others that a range of sort keys is between. */
  const within = ({ behind, before }: Places, range: Range): Places =>
    'behind' in range
      ? { behind: Math.max(behind, upTo.get({ key: range.behind })?.place ?? 0), before }
      : { behind, before: Math.min(before, from.get({ key: range.before })?.place ?? afterAll) }
  // There are more sets of filters than are ever asked for, but not more than a hostile client can ask for.
  const statements = new LRUCache<string, Statements>({ max: 50 })
  const totals = new LRUCache<string, number>({ max: 1_000 })
  const statementFor = (filters: string[], isReversed: boolean) => {
    const key = `${isReversed} ${filters}`
    const statement = statements.get(key) ?? prepareList(client, noun, filters, isReversed)
    statements.set(key, statement)
    return statement
  }
  /** How many match between these places. A range that is between the same places as one before is not counted again. */
  const totalOf = (asked: string[], values: Record<string, unknown>, places: Places, { count }: Statements): number => {
    const exact = asked.filter((name) => !noun.filters[name]?.range).map((name) => values[name])
    const key = JSON.stringify([asked, exact, places])
    const total = totals.get(key) ?? (count.get(values) as { total: number }).total
    totals.set(key, total)
    return total
  }
  return {
    names: {
      find: (text) => (digests.has(text) ? text : names.find(text)),
      suggest: (text) => names.suggest(text),
      note: (text) => names.note?.(text),
    },
    read: (id) => item.get({ id })?.json,
    digest: (id) => digests.get(id),
    probe: () => void last.get({}),
    revision: (id) => revision.get({ noun: noun.name, id }),
    page(filters, after, limit, isReversed): Page {
      const asked = Object.keys(filters).sort()
      const values = Object.fromEntries(asked.map((name) => [name, comparable(filters[name])]))
      const statement = statementFor(asked, isReversed)
      const ranges = asked.flatMap((name) => noun.filters[name]?.range?.(String(filters[name])) ?? [])
      const all = ranges.reduce(within, { behind: 0, before: afterAll })
      const isFirst = after === ''
      const places = isFirst ? all : within(all, isReversed ? { before: after } : { behind: after })
      const { items, count, last } = statement.page.get({ ...values, ...places, limit }) as PageRow
      const isAll = isFirst && count < limit
      const total = isAll ? count : totalOf(asked, values, all, statement)
      const rest = isReversed ? { ...places, before: last } : { ...places, behind: last }
      const isMore = isFirst ? total > count : statement.more.get({ ...values, ...rest }) !== undefined
      const end = count === limit && isMore ? keyAt.get({ place: last }) : undefined
      return { total, items: items ?? Buffer.alloc(0), last: end?.key ?? null }
    },
  }
}

/** How many records are read at once of a whole collection. */
const atOnce = 500

/** A whole collection: how many records it has, and the records as they are stored, in the order of its list. */
export function wholeOf(
  collections: Map<string, Collection>,
  noun: string,
): { total: number; batches: Iterable<Buffer> } {
  const { page } = collections.get(noun) as Collection
  const read = (after: string) => page({}, after, atOnce, false)
  const begin = read('')
  return { total: begin.total, batches: batchesFrom(begin, read) }
}

/** The records of a whole collection, parsed, a few at a time. */
export function* recordsOf(collections: Map<string, Collection>, noun: string): Iterable<never> {
  for (const items of wholeOf(collections, noun).batches) yield* JSON.parse(`[${items}]`) as never[]
}

/** Sort keys that something is behind, or before. */
type Range = { behind: string } | { before: string }

/** Places that something is between. */
type Places = Record<'behind' | 'before', number>

/** A place after every other. */
const afterAll = 2 ** 31 - 1

/** A value as SQLite holds it. */
function comparable(value: unknown): unknown {
  if (typeof value === 'boolean') return Number(value)
  return Array.isArray(value) ? JSON.stringify(value) : value
}

/** How a link table is asked: with the value of its filter, or with that of another before it. */
interface Asked {
  link: LinkTable
  value: SQL
}

/** The link tables of the filters that are asked for, and the filters that they do not answer. */
function linksOf(filters: Noun['filters'], asked: string[]): { links: Asked[]; rest: string[] } {
  const joint = asked.filter((name) => asked.includes(filters[name]?.joint?.with ?? ''))
  const answered = new Set(joint.flatMap((name) => [name, filters[name]?.joint?.with]))
  const links = asked.flatMap((name): Asked[] => {
    const { joint: pair, links } = filters[name] ?? {}
    if (pair && joint.includes(name))
      return [{ link: pair.links, value: sql`${bound(pair.with)} || ' ' || ${bound(name)}` }]
    return links && !answered.has(name) ? [{ link: links, value: bound(name) }] : []
  })
  return { links, rest: asked.filter((name) => !answered.has(name) && !filters[name]?.links) }
}

type Statements = ReturnType<typeof prepareList>

/**
 * The statements for a list with these filters. The first link table leads, so that the rows come from its index in the
 * order of the list and only a page of them is read.
 */
function prepareList(client: Sqlite.Database, { table, filters }: Noun, asked: string[], isReversed: boolean) {
  const { links, rest } = linksOf(filters, asked)
  const [first, ...others] = links
  const from = first ? sql`${first.link} cross join ${table} on ${table.place} = ${first.link.place}` : sql`${table}`
  const place = first ? first.link.place : table.place
  const conditions = [
    ...(first ? [sql`${first.link.value} = ${first.value}`] : []),
    ...others.map(
      ({ link, value }) =>
        sql`exists (select 1 from ${link} where ${link.value} = ${value} and ${link.place} = ${table.place})`,
    ),
    ...rest.map((name) => {
      const { column, where } = filters[name] ?? {}
      if (name === idFilter) return sql`${table.id} in (select value from json_each(${bound(name)}))`
      return where ? where(bound(name)) : sql`${column} = ${bound(name)}`
    }),
  ]
  const [order, last] = isReversed ? [sql`desc`, sql`min`] : [sql`asc`, sql`max`]
  const matches = (all: SQL[]) => sql.join([sql`1`, ...all], sql` and `)
  const places = [sql`${place} > ${bound('behind')}`, sql`${place} < ${bound('before')}`]
  const some = sql`from ${from} where ${matches([...conditions, ...places])}`
  // Joined here, as bytes: a hundred texts would become one in two further steps, which take six times as long.
  const page = sql`select cast(group_concat(json, ${sql.raw(`'${between}'`)}) as blob) as items, count(*) as count, ${last}(place) as last
    from (select ${table.json} as json, ${table.place} as place ${some} order by ${place} ${order} limit ${bound('limit')})`
  return {
    page: prepared<PageRow>(client, page),
    more: prepared<{ 1: 1 }>(client, sql`select 1 ${some} limit 1`),
    count: prepared<{ total: number }>(client, sql`select count(*) as total from ${from} where ${matches(conditions)}`),
  }
}
