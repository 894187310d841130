import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { NounNames } from '../src/names/noun-names.ts'
import { namesOfLine } from '../src/seed/action-lines.ts'
import { namesOfAgency } from '../src/seed/agencies.ts'

type Line = Parameters<typeof namesOfLine>[0]

function seedOf(name: string) {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../seed', name), 'utf8'))
}

/** The lines of the seed. */
export const seedLines: Line[] = seedOf('action-lines.json')

/** The names of the seed. */
export function seedNames(): { lines: NounNames; agencies: NounNames } {
  const [lines, agencies] = [new NounNames('action-line'), new NounNames('agency')]
  for (const line of seedLines)
    for (const name of namesOfLine(
      line,
      seedLines.find(({ code }) => code === line.parent),
    ))
      lines.add(line.code, name)
  for (const agency of seedOf('agencies.json') as Parameters<typeof namesOfAgency>[0][])
    for (const name of namesOfAgency(agency)) agencies.add(agency.id, name)
  return { lines, agencies }
}
