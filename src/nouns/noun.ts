import { padded } from '../characters.ts'
import { getTableColumns, type SQL, type SQLiteColumn } from '../drizzle.ts'
import type { TObject, TSchema } from '../typebox.ts'
import type { LinkTable, NounTable } from './noun-table.ts'
import type { Relations } from './relations.ts'
import { shaped } from './shapes.ts'

/** The sets of names in which the value of a filter is looked up. */
export type NameSet =
  | 'action-lines'
  | 'agencies'
  | 'editions'
  | 'sources'
  | 'session-types'
  | 'changed-records'
  | 'datasets'

/** A value that a filter compares. */
export type Value = string | number | boolean | null

/** A parameter of a list. */
export interface Parameter {
  schema: TSchema
  isRequired?: true
  /** The set of names that maps a value to an id; absent if the value is used as is. */
  names?: NameSet
}

/** A parameter that is compared with a value of the record, in a column or a link table. */
export interface Filter<Item> extends Parameter {
  /** The column of the noun's table that contains `value`; by default the one with the filter's name. */
  column?: SQLiteColumn
  /** The link table that contains `value`, with one row for each of several values. */
  links?: LinkTable
  /** The value or values of an item. By default the property with the filter's name, a link by its id. */
  value?(item: Item, relations: Relations): Value | Value[]
  /** The comparison with the column, if not equality. */
  where?(parameter: SQL): SQL
  /** The range of sort keys that the comparison implies. A page reads no record outside it. */
  range?(parameter: SQL): SQL
  /** A filter that this one combines with: if both are given, their values must match as a pair, `<other> <value>`. */
  joint?: string
}

/** The column that a filter compares; undefined for a filter with a link table or another comparison. */
export const columnOf = ({ table, filters }: Noun, name: string): SQLiteColumn | undefined =>
  filters[name]?.links ? undefined : (filters[name]?.column ?? getTableColumns(table)[name])

export type Cell = string | number | boolean | null | undefined

/** The cell of an item, or the path of its value in an item, such as `headquarters/city`. */
export type Column<Item> = string | ((item: Item) => Cell)

/** The columns of a CSV file in order, by their headers. */
export type Columns<Item> = Record<string, Column<Item>>

/** The texts by which a search finds an item; an unknown value is null. */
export interface SearchEntry {
  /** The title of a hit. */
  title: string
  /** All names of a line or an agency. */
  names?: string[]
  /** Search terms for a line or an agency, besides its names. */
  keywords?: string[]
  /** All titles of any other item. */
  titles?: (string | null)[]
  /** The agencies that coordinate a line, with acronym and name. */
  coordinators?: string[]
  /** The titles of the sessions of a line. */
  sessions?: string[]
  /** Search terms that no response shows: names of agencies in other languages and from any site. */
  unseen?: string[]
  /** All other texts of the item, with the people and topics that it mentions. */
  texts: (string | null)[]
}

/** An item in a calendar. Times are local; `utcOffset` is null if unknown, and the times float then. */
export interface CalendarEvent {
  id: string
  title: string
  /** YYYY-MM-DD; `lastDate` is the last of several whole days. */
  date: string
  lastDate?: string
  /**
   * HH:MM, or null for a whole day. `end` is null if only the start is known; if it is earlier than the start, it is on
   * the next day.
   */
  start: string | null
  end: string | null
  utcOffset: string | null
  url: string | null
  location: string | null
  categories: string[]
  description: string
}

/** An entry of a feed: a release. */
export interface FeedEntry {
  /** A permanent name from which the entry's id is made: the dataset and the id of the item. */
  name: string
  title: string
  /** YYYY-MM-DD. */
  date: string
  /** The path of its page. */
  href: string
  /** The text, one string for each paragraph. */
  paragraphs: string[]
}

/** A list, as the input for its operation. */
export interface List<Item = never> {
  /** The last segment of its path, such as `action-lines`. */
  name: string
  /** The plural of its items, such as `action lines`. */
  many: string
  tag: string
  /** The title of its page, and in the index /v1. */
  title: string
  item: TObject
  filters: Record<string, Parameter>
  /** The values of `sort`, if there are several; a leading `-` reverses the order. */
  sort?: TSchema
  /** The default order on pages, if it differs. */
  pageSort?: string
  columns: Columns<Item>
  /** Notes on the columns for readers of the CSV file, in sentences. */
  columnsNote?: string
  /** The content that can be found in the list, in sentences; shown when it is empty. */
  emptyNote?: string
  /** The title of the calendar, and the event of an item, null if its date is unknown. Absent if items have no date. */
  calendar?: { title: string; eventOf(item: Item): CalendarEvent | null }
  /**
   * A feed of the items that match the filters: its title, and its entries, newest first. `isCut` if not all items are
   * given. Absent if there is no feed.
   */
  feed?(items: Item[], filters: Record<string, unknown>, isCut: boolean): { title: string; entries: FeedEntry[] }
}

/** A noun of the directory, defined in one file and listed once, in `index.ts`. */
export interface Noun<Item = never> extends List<Item> {
  /** The value of `kind` in `search` and `resolve`, such as `action-line`. */
  kind: string
  /** The noun in operation ids, singular and plural: `ActionLine`, `ActionLines`. */
  operations: [string, string]
  /** The noun in sentences, singular. */
  one: string
  /** The descriptions of the list and of an item, a paragraph each. */
  description: { list: string; item: string }
  /** The id of a record, for examples. */
  example: string
  table: NounTable
  filters: Record<string, Filter<Item>>
  /**
   * The records, with addresses from the root of the host. They are served in the order of their sort keys, each with
   * only the properties that `item` has, in its order.
   */
  records(relations: Relations): object[]
  /** The sort key of the record at `index` of `records`: unique, stable across datasets; by default its place there. */
  sortKey?(item: Item, index: number, relations: Relations): string
  /** Other ids of a record, such as former ones. If one leads to two records, the first counts. */
  otherIds?(relations: Relations): Iterable<[other: string, id: string]>
  /** The search entry of a record; absent if the noun is not searched. */
  found?(item: Item, relations: Relations): SearchEntry
  /** The CSV rows of one record; absent if an item is not offered as CSV. */
  rows?: Rows<Item>
  /**
   * Comparison of two records: the parameter that names the other record, the comparison, and the reason if the two
   * cannot be compared.
   */
  comparison?: {
    of: string
    example: string
    compare(item: Item, other: Item): object
    refusal(item: Item, other: Item, all: Item[]): string | undefined
  }
  /**
   * The one of `otherIds` that may lead to another record after a release, such as `latest`: its redirect is temporary.
   */
  newest?: string
  /** The items as JSON-LD nodes; by default each item is one node. The context defines the properties. */
  linked?(items: Item[]): object[]
}

/** True of the list of a noun; false of the hits of a search. */
export const isNoun = (list: List): list is Noun => 'records' in list

/** The records of a noun in list order, each as it is served, with its sort key. */
export function servedRecords(noun: Noun, relations: Relations) {
  const records = noun.records(relations).map((given, index) => {
    const record = shaped(noun.item, given) as { id: string }
    return { record, sortKey: noun.sortKey?.(record as never, index, relations) ?? padded(index + 1) }
  })
  return records.sort((a, b) => (a.sortKey < b.sortKey ? -1 : 1))
}

/** The rows of a record. */
export interface Rows<Item = never> {
  description: string
  of(item: Item): object[]
  columns: Columns<never>
}

/** Words in PascalCase. */
export const pascal = (words: string): string =>
  words.replace(/(?:^| )(.)/g, (_, letter: string) => letter.toUpperCase())

/** The names of a noun, from its singular and its plural. */
export const nounWords = (one: string, many: string) => ({
  one,
  many,
  name: many.replaceAll(' ', '-'),
  kind: one.replaceAll(' ', '-'),
  tag: many.replace(/^./, (letter) => letter.toUpperCase()),
  operations: [pascal(one), pascal(many)] satisfies [string, string],
})

/** The filter that every noun has: ids separated by commas. */
export const idFilter = 'id'

/** Separates stored items; within an item, the line feed would be escaped. */
export const between = ',\n'

/**
 * A page of a list: the stored items as one text, separated by `between`. `last` is the sort key of the last item,
 * null if no item comes after it.
 */
export interface Page {
  total: number
  items: Buffer
  last: string | null
}

/** The list from this page on, in batches; `read` returns the page after a place. */
export function* batchesFrom(begin: Page, read: (after: string) => Page): Iterable<Buffer> {
  let page: Page | null = begin
  while (page) {
    yield page.items
    page = page.last === null ? null : read(page.last)
  }
}

/** Finds the id for any spelling of a name. */
export interface Lookup {
  find(text: string): string | undefined
  suggest(text: string): string[]
  /** A sentence about a known name that leads to no record. */
  note?(text: string): string | undefined
  /** The error for a value that is not found, for values that are not names. */
  refusal?: string
}

/** The number of releases that changed a record after it was added, and the day of the last one. */
export interface Revision {
  changes: number
  /** YYYY-MM-DD. */
  date: string
}

/** The stored records of a noun. */
export interface Collection {
  /** At most `limit` records after the place `after` ('' for the first) that match the filters. */
  page(filters: Record<string, unknown>, after: string, limit: number, isReversed: boolean): Page
  /** The record with exactly this id; undefined if there is none. */
  read(id: string): string | undefined
  /** The digest of the record with exactly this id; undefined if there is none. */
  digest(id: string): string | undefined
  /** The revision of a record in the log of releases; undefined if it is not released. */
  revision(id: string): Revision | undefined
  names: Lookup
}
