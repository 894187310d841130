import type Sqlite from 'better-sqlite3'
import { LRUCache } from 'lru-cache'
import { getTableName, type SQL, sql, sqlOf } from '../drizzle.ts'
import {
  between,
  type Collection,
  columnOf,
  idFilter,
  type Lookup,
  type Noun,
  type Page,
  type Revision,
} from '../nouns/noun.ts'

/**
 * A parameter of a prepared statement. The unary plus does not change the value, but hides it from SQLite's planner,
 * which would otherwise examine the values bound to `= :name` and `limit :name` and recompile the statement on every
 * run.
 */
const bound = (name: string): SQL => sql.raw(`+:${name}`)

/** Prepares a statement whose parameters are `bound`. */
function prepared<Row>(client: Sqlite.Database, statement: SQL) {
  return client.prepare<[Record<string, unknown>], Row>(sqlOf(statement))
}

/** A page as the database joins it; without rows, `items` and `last` are null. */
interface PageRow {
  items: Buffer | null
  count: number
  last: string
}

/** Reads the stored records of a noun. Statements are prepared once for each set of filters. */
export function collectionOf(client: Sqlite.Database, noun: Noun, names: Lookup): Collection {
  const { table } = noun
  const item = prepared<{ json: string }>(
    client,
    sql`select ${table.json} from ${table} where ${table.id} = ${bound('id')}`,
  )
  const tagged = client.prepare<[], [string, string]>(`select id, digest from ${getTableName(table)}`).raw()
  // In memory, so that a 304 of an item costs no query.
  const digests = new Map(tagged.all())
  // A suggestion costs more than the rest of a 404, and the same wrong ids are requested again and again.
  const suggested = new LRUCache<string, string[]>({ max: 500, memoMethod: (text) => names.suggest(text) })
  const revision = client.prepare<[Record<string, unknown>], Revision>(
    `select count(*) - 1 as changes, releases.date from changes join releases on releases.number = changes.release
      where changes.record = +:id and changes.noun = +:noun group by changes.record having max(changes.release)`,
  )
  // Bounded: there are more sets of filters than real clients use, but a hostile client could use them all.
  const statements = new LRUCache<string, Statements>({ max: 50 })
  // Counting all matches costs more than a page of them.
  const totals = new LRUCache<string, number>({ max: 1_000 })
  const statementsFor = (filters: string[], isReversed: boolean): Statements => {
    const key = `${isReversed} ${filters}`
    const found = statements.get(key) ?? prepareList(client, noun, filters, isReversed)
    statements.set(key, found)
    return found
  }
  return {
    names: {
      find: (text) => (digests.has(text) ? text : names.find(text)),
      suggest: (text) => suggested.memo(text.slice(0, 500)),
      note: (text) => names.note?.(text),
    },
    read: (id) => item.get({ id })?.json,
    digest: (id) => digests.get(id),
    revision: (id) => revision.get({ noun: noun.name, id }),
    page(filters, after, limit, isReversed): Page {
      const given = Object.keys(filters).sort()
      const values = Object.fromEntries(given.map((name) => [name, comparable(filters[name])]))
      const { page, total } = statementsFor(given, isReversed)
      const begin = after === '' && isReversed ? afterAll : after
      const { items, count, last: end } = page.get({ ...values, after: begin, limit }) as PageRow
      const isAll = after === '' && count < limit
      const key = JSON.stringify(values)
      const all = isAll ? count : (totals.get(key) ?? (total.get(values) as { total: number }).total)
      totals.set(key, all)
      const isMore = after === '' ? all > count : (page.get({ ...values, after: end, limit: 1 }) as PageRow).count > 0
      return { total: all, items: items ?? Buffer.alloc(0), last: isMore ? end : null }
    },
  }
}

/** A whole collection as one page. */
export const wholeOf = (collections: ReadonlyMap<string, Collection>, noun: string): Page =>
  (collections.get(noun) as Collection).page({}, '', Number.MAX_SAFE_INTEGER - 1, false)

/** The records of a whole collection, parsed when the first one is needed. */
export function* recordsOf(collections: ReadonlyMap<string, Collection>, noun: string): Iterable<never> {
  yield* JSON.parse(`[${wholeOf(collections, noun).items}]`) as never[]
}

/** Sorts after every sort key. */
const afterAll = '\u{10ffff}'

/** A value as stored by SQLite. */
function comparable(value: unknown): unknown {
  if (typeof value === 'boolean') return Number(value)
  return Array.isArray(value) ? JSON.stringify(value) : value
}

type Statements = ReturnType<typeof prepareList>

/**
 * The statements for a list with these filters. The first link table is the outer loop, so that rows come from its
 * index in list order and only one page is read.
 */
function prepareList(client: Sqlite.Database, noun: Noun, names: string[], isReversed: boolean) {
  const { table, filters } = noun
  const [first, ...others] = names.flatMap((name) => {
    const { links, joint } = filters[name] ?? {}
    const value = joint && names.includes(joint) ? sql`${bound(joint)} || ' ' || ${bound(name)}` : bound(name)
    return links ? { link: links, value } : []
  })
  const rest = names.filter((name) => !filters[name]?.links)
  const from = first ? sql`${first.link} cross join ${table} on ${table.sortKey} = ${first.link.key}` : sql`${table}`
  const key = first ? first.link.key : table.sortKey
  const conditions = [
    ...(first ? [sql`${first.link.value} = ${first.value}`] : []),
    ...others.map(
      ({ link, value }) =>
        sql`exists (select 1 from ${link} where ${link.value} = ${value} and ${link.key} = ${table.sortKey})`,
    ),
    ...rest.map((name) => {
      if (name === idFilter) return sql`${table.id} in (select value from json_each(${bound(name)}))`
      return filters[name]?.where?.(bound(name)) ?? sql`${columnOf(noun, name)} = ${bound(name)}`
    }),
  ]
  const matches = (all: SQL[]) => sql`from ${from} where ${sql.join([sql`1`, ...all], sql` and `)}`
  const [sign, order, last] = isReversed ? ['<', 'desc', 'min'] : ['>', 'asc', 'max']
  const ranges = rest.flatMap((name) => filters[name]?.range?.(bound(name)) ?? [])
  const some = matches([...conditions, ...ranges, sql`${key} ${sql.raw(sign)} ${bound('after')}`])
  // Joined here as bytes: joining a hundred strings and encoding the result takes six times as long.
  const page = sql`select cast(group_concat(json, ${sql.raw(`'${between}'`)}) as blob) as items, count(*) as count, ${sql.raw(last)}(key) as last
    from (select ${table.json} as json, ${key} as key ${some} order by ${key} ${sql.raw(order)} limit ${bound('limit')})`
  return {
    page: prepared<PageRow>(client, page),
    total: prepared<{ total: number }>(client, sql`select count(*) as total ${matches(conditions)}`),
  }
}
