import type { SQL, SQLiteColumn } from '../drizzle.ts'
import type { TObject, TSchema } from '../typebox.ts'
import type { Relations } from './relations.ts'
import type { LinkTable, NounTable } from './tables.ts'

/** The sets of names that the value of a filter is found in. */
export type NameSet =
  | 'action-lines'
  | 'agencies'
  | 'editions'
  | 'sources'
  | 'session-types'
  | 'changed-records'
  | 'datasets'

/** What a filter compares. */
export type Value = string | number | boolean | null

/** A parameter of a list. */
export interface Parameter {
  schema: TSchema
  isRequired?: true
  /** What finds the id that a value means; absent if the value is taken as it is. */
  names?: NameSet
}

/** A parameter that is compared with what a record says, in a column or a link table. */
export interface Filter<Item> extends Parameter {
  /** The column of the noun's table that holds what `value` gives. */
  column?: SQLiteColumn
  /** The table that holds what `value` gives, one row for each of several values. */
  links?: LinkTable
  /** What the column or the table holds of an item; the property of the filter's name if it is absent, a link by its id. */
  value?(item: Item, relations: Relations): Value | Value[]
  /** How the column is compared, if not by equality. */
  where?(parameter: SQL): SQL
  /** Another filter: if both are given, the value is the pair of theirs, `<other value> <value>`. */
  joint?: string
}

/** The columns of a CSV file in their order: the name in the header row, and the cell of an item. */
export type Columns<Item> = Record<string, (item: Item) => string | number | boolean | null | undefined>

/** What a search finds an item by; a value that is not known is null. */
export interface SearchEntry {
  /** What the answer of a search calls it. */
  title: string
  /** All that a line or an agency is called. */
  names?: string[]
  /** All that anything else is called. */
  titles?: (string | null)[]
  /** The agencies that coordinate a line, with acronym and name. */
  coordinators?: string[]
  /** All else that it says, and who and what it is about. */
  texts: (string | null)[]
}

/** An item in a calendar. Times are local; `utcOffset` is null if it is not known, and the times float then. */
export interface CalendarEvent {
  id: string
  title: string
  /** YYYY-MM-DD; `lastDate` is the last of several whole days. */
  date: string
  lastDate?: string
  /** HH:MM, or null for a whole day; `end` is null if only the start is known, and of the next day if it is earlier. */
  start: string | null
  end: string | null
  utcOffset: string | null
  url: string | null
  location: string | null
  categories: string[]
  description: string
}

/** An item in a feed. */
export interface FeedEntry {
  /** What it is and always will be, to make an id of: the dataset and the id of the item. */
  name: string
  title: string
  /** YYYY-MM-DD. */
  date: string
  /** The address of its page. */
  href: string
  category: string
  /** What it says, one paragraph each. */
  paragraphs: string[]
}

/** What a list says of itself to become an operation. */
export interface List<Item = never> {
  /** The last part of its path, such as `action-lines`. */
  name: string
  /** What its items are called, such as `action lines`. */
  many: string
  tag: string
  item: TObject
  filters: Record<string, Parameter>
  /** The orders that `sort` takes, if there are several; `-` before one reverses it. */
  sort?: TSchema
  /** The order of a page for people, if it is another. */
  pageSort?: string
  columns: Columns<Item>
  /** What a reader of the CSV file must know of its columns, in sentences. */
  columnsNote?: string
  /** The title of a calendar, and an item in it, null if its date is not known; absent if the items have no date. */
  calendar?: { title: string; eventOf(item: Item): CalendarEvent | null }
  /** The entries of a feed, the newest first, and its title with these filters; absent if the items are no news. */
  feed?: {
    entriesOf(items: Item[], filters: Record<string, unknown>, isCut: boolean): FeedEntry[]
    titleOf(filters: Record<string, unknown>): string
  }
}

/** A noun of the directory: one file defines it, and `index.ts` lists them once. */
export interface Noun<Item = never> extends List<Item> {
  /** The word for one, as `search` and `resolve` give it, such as `action-line`. */
  kind: string
  /** The noun in operation ids, one and many: `ActionLine`, `ActionLines`. */
  operations: [string, string]
  /** The noun in sentences, one. */
  one: string
  /** What the collection holds, in the index /v1. */
  title: string
  /** What the list and an item are, in a paragraph each. */
  description: { list: string; item: string }
  /** The id of a record, for examples. */
  example: string
  /** The schemas that `item` refers to, and itself. */
  schemas: TSchema[]
  table: NounTable
  filters: Record<string, Filter<Item>>
  /** The records in the order of the list, as they are served: addresses start at the root of the host. */
  records(relations: Relations): object[]
  /** What the records are in order by, compared byte by byte: unique, and the same in the next dataset. */
  sortKey(item: Item, index: number, relations: Relations): string
  /** Other ids that lead to a record, such as former ones; where one leads to two records, the first counts. */
  otherIds?(relations: Relations): Iterable<[other: string, id: string]>
  /** What a search finds it by; absent if it is not searched. */
  found?(item: Item, relations: Relations): SearchEntry
  /** What a record is as CSV: one line for each of its rows; absent if it is not offered as CSV. */
  rows?: Rows<Item>
  /** The parameter that names another record, the record compared to it, and why two cannot be compared, if so. */
  comparison?: {
    of: string
    example: string
    compare(item: Item, other: Item): object
    refusal(item: Item, other: Item, all: Item[]): string | undefined
  }
  /** The one of `otherIds` that leads to another record after a release, such as `latest`: its redirect is temporary. */
  newest?: string
  /** The items as nodes of JSON-LD, if not each as it is; what a property means is said by the context. */
  linked?(items: Item[]): object[]
}

/** The rows of a record. */
export interface Rows<Item = never> {
  description: string
  of(item: Item): object[]
  columns: Columns<never>
}

/** A place in a table by number, as text that sorts like the number. */
export const placeOf = (index: number): string => String(index + 1).padStart(4, '0')

/** The filter that every noun has: some ids, with commas between. */
export const idFilter = 'id'

/** Stands between items as they are stored; within one it would be escaped. */
export const between = ',\n'

/**
 * A page of a list: its items as they are stored, in one JSON text with `between` between them; `last` is where the next
 * page starts, null if there is none.
 */
export interface Page {
  total: number
  items: Buffer
  last: string | null
}

/** A list from a page of it on, in batches; `read` gives the page after a place. */
export function* batchesFrom(begin: Page, read: (after: string) => Page): Iterable<Buffer> {
  let page: Page | null = begin
  while (page) {
    yield page.items
    page = page.last === null ? null : read(page.last)
  }
}

/** What turns the spellings of a name into the id that is held. */
export interface Lookup {
  find(text: string): string | undefined
  suggest(text: string): string[]
  /** A sentence about a name that is known although it leads to no record. */
  note?(text: string): string | undefined
  /** What to say of a value that is not found, if it is no name. */
  refusal?: string
}

/** How often the log of releases changed a record after it was added, and the day of the last release that did. */
export interface Revision {
  changes: number
  /** YYYY-MM-DD. */
  date: string
}

/** The stored records of a noun. */
export interface Collection {
  /** At most `limit` records after the place `after` ('' for the first) that match the filters asked for. */
  page(filters: Record<string, unknown>, after: string, limit: number, isReversed: boolean): Page
  /** The record with this id, in this spelling; undefined if there is none. */
  read(id: string): string | undefined
  /** The digest of the record with this id, in this spelling; undefined if there is none. */
  digest(id: string): string | undefined
  /** Reads the last record and its place; throws if the database cannot be read. */
  probe(): void
  /** What the log of releases says of a record; undefined if it is not released. */
  revision(id: string): Revision | undefined
  names: Lookup
}
