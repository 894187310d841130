import { type Static, Type } from '../typebox.ts'
import type { SeedActionLine } from './action-lines.ts'
import type { Findings } from './errors.ts'
import { checkSourceIds, idsOf, LinkSource, SourceIds } from './link-sources.ts'
import { mayHave, type Records } from './records.ts'
import { closed, Id, orNull, Sdg, Text } from './values.ts'

const objective = Type.Integer({ minimum: 1, maximum: 5, description: 'the number of an objective, 1 to 5' })

const Link = Type.Object(
  {
    objective,
    theme: orNull(Text('the theme within the objective')),
    point: orNull(Text('the point as the source numbers it, such as c or 56(a)')),
    title: Text('a short summary of the point'),
    goals: orNull(Type.Array(Sdg, { uniqueItems: true })),
    actionLines: Type.Array(Id('the code of a line'), {
      minItems: 1,
      uniqueItems: true,
      description: 'a list of at least one code of a line',
    }),
    allActionLines: Type.Boolean({ description: 'true if the source links the point to all lines too, else false' }),
    sources: SourceIds,
  },
  closed,
)

/** The whole of seed/gdc-links.json. */
export const SeedGdcLinks = Type.Object(
  {
    sources: Type.Array(LinkSource),
    objectives: Type.Array(Type.Object({ objective, title: Text('the title of the objective') }, closed)),
    links: Type.Array(Link),
  },
  closed,
)
export type SeedGdcLinks = Static<typeof SeedGdcLinks>

/** Checks that each link leads from a point of an objective to lines that exist, and names its sources. */
export function checkGdcLinks(
  file: string,
  gdc: SeedGdcLinks,
  lines: Records<SeedActionLine>,
  findings: Findings,
): void {
  const sources = idsOf(file, gdc.sources, findings)
  const objectives = new Set<number>()
  for (const [index, { objective }] of gdc.objectives.entries()) {
    if (objectives.has(objective))
      findings.error(
        file,
        `/objectives/${index}/objective`,
        `objective ${objective} appears twice; each objective must be unique`,
      )
    objectives.add(objective)
  }
  const seen = new Map<string, string>()
  for (const [index, link] of gdc.links.entries()) {
    const place = `/links/${index}`
    if (!objectives.has(link.objective))
      findings.error(file, `${place}/objective`, `objective ${link.objective} is not in "objectives"; add it there`)
    const point = JSON.stringify([link.objective, link.theme, link.point])
    if (seen.has(point))
      findings.error(file, place, `is the same point as ${seen.get(point)}; each point must be in one record`)
    seen.set(point, place)
    for (const [at, code] of link.actionLines.entries())
      if (!mayHave(lines, code))
        findings.error(
          file,
          `${place}/actionLines/${at}`,
          `"${code}" is not an action line; it must be a code of seed/${lines.file}`,
        )
    checkSourceIds(file, `${place}/sources`, link.sources, sources, findings)
  }
}
