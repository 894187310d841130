import type { Columns } from './noun.ts'
import type { Link } from './shapes.ts'

// CSV columns shared by several nouns.

type Simple = string | number | boolean | null | undefined
type SimpleName<Item> = { [Name in keyof Item]-?: Item[Name] extends Simple ? Name : never }[keyof Item] & string

/** Columns that contain a property unchanged. */
export function sameColumns<Item>(...names: SimpleName<Item>[]): Columns<Item> {
  return Object.fromEntries(names.map((name) => [name, (item: Item) => item[name] as Simple]))
}

/** The ids of links in one cell. */
export const idsIn = (links: readonly Pick<Link, 'id'>[]): string => links.map(({ id }) => id).join('; ')

/** Reports in one cell: agency or line, role and date of each, as `UNDESA focal-point 2006-05-16`. */
export const reportsIn = <Report extends { role: string; date: string | null }>(
  reports: readonly Report[],
  ofReport: (report: Report) => Link,
): string => reports.map((one) => `${ofReport(one).id} ${one.role}${one.date ? ` ${one.date}` : ''}`).join('; ')
