import type { SeedReport } from '../seed/reports.ts'
import type { Seed } from '../seed/seed.ts'
import type { SeedSource } from '../seed/sources.ts'

/** One coordination: what one source says of one body and one line. */
interface Statement {
  id: string
  sortKey: string
  source: string
  actionLine: string
  agency: string
  role: SeedReport['role']
  roleAsWorded: string | null
  position: number | null
  asOf: string | null
  url: string | null
}

const digits = (position: number) => String(position).padStart(4, '0')

/**
 * When each source stands in time, for the order of statements only: its date, else the end of its range (or its begin, where
 * that is open), else that of the source before it in seed/sources.json, which is kept in the order of time.
 */
function timesOf(sources: SeedSource[]): Map<string, string> {
  let last = ''
  return new Map(
    sources.map((source) => {
      last = source.date ?? source.dateRange?.to ?? source.dateRange?.from ?? last
      return [source.id, last]
    }),
  )
}

/** Every statement of the seed: the editions' in their printed order, then the reports', oldest first per line. */
export function statementsOf(seed: Seed): Statement[] {
  const times = timesOf(seed.sources)
  const linePositions = new Map(seed.actionLines.map(({ code }, index) => [code, digits(index + 1)]))
  const sourcePositions = new Map(seed.sources.map(({ id }, index) => [id, digits(index + 1)]))
  const place = (statement: Omit<Statement, 'id' | 'sortKey'>): Statement => {
    const { source, actionLine, agency, asOf, position } = statement
    const id = `${source}:${actionLine}:${agency}`
    const order = [
      linePositions.get(actionLine),
      asOf ?? times.get(source),
      sourcePositions.get(source),
      digits(position ?? 0),
      agency,
    ]
    return { id, sortKey: order.join(' '), ...statement }
  }
  const printed = seed.sources.flatMap(({ id, edition, url, date }) =>
    (seed.editions.get(id) ?? []).flatMap(({ actionLine, agencies }) =>
      agencies.map((agency, index) => {
        // Only a source with "edition" has a table.
        const { role, roleAsWorded } = edition as NonNullable<typeof edition>
        return place({
          source: id,
          actionLine,
          agency,
          role,
          roleAsWorded,
          position: index + 1,
          asOf: date,
          url,
        })
      }),
    ),
  )
  return [...printed, ...seed.reports.map((report) => place({ ...report, position: null }))]
}
