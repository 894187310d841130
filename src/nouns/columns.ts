import type { Cell, Column } from './noun.ts'
import type { Link } from './shapes.ts'

/** Columns with the values at these paths, each named after the last step of its path. */
export const columnsAt = (...paths: string[]): Record<string, string> =>
  Object.fromEntries(paths.map((path) => [String(path.split('/').at(-1)), path]))

/** The cell of a column for an item. */
export const cellIn = <Item>(column: Column<Item>, item: Item): Cell =>
  typeof column === 'string' ? inCell(valueAt(item, column.split('/'))) : column(item)

/** The value at a path; of a list, the values in its items that are known. */
function valueAt(value: unknown, path: string[]): unknown {
  if (value === null || value === undefined) return value
  if (Array.isArray(value)) return path.length === 0 ? value : value.flatMap((one) => valueAt(one, path) ?? [])
  const [name, ...rest] = path
  return name === undefined ? value : valueAt((value as Record<string, unknown>)[name], rest)
}

/** A link as its id, a name as such, a count as its number, and several values separated by semicolons. */
function inCell(value: unknown): Cell {
  if (Array.isArray(value)) return value.map(inCell).join('; ')
  if (typeof value !== 'object' || value === null) return value as Cell
  const { id, name, total } = value as { id?: string; name?: string; total?: number }
  return id ?? name ?? total
}

/** Reports in one cell: agency or line, role and date of each, as `UNDESA focal-point 2006-05-16`. */
export const reportsIn = <Report extends { role: string; date: string | null }>(
  reports: readonly Report[],
  ofReport: (report: Report) => Link,
): string => reports.map((one) => `${ofReport(one).id} ${one.role}${one.date ? ` ${one.date}` : ''}`).join('; ')
