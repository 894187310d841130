import { type Static, Type } from '@sinclair/typebox'
import type { SeedActionLine } from './action-lines.ts'
import { type Faults, mayHave, type Records } from './seed-errors.ts'
import { closed, DateRange, Id, orNull, PartialDate, Text, Url } from './values.ts'

const goal = Type.Integer({ minimum: 1, maximum: 17, description: 'the number of a goal, 1 to 17' })

const Goal = Type.Object(
  {
    goal,
    title: Text('the title of the goal'),
    iri: Type.String({
      pattern: '^http://metadata\\.un\\.org/sdg/\\d+$',
      description: 'an IRI such as http://metadata.un.org/sdg/9',
    }),
  },
  closed,
)

const LinkedGoal = Type.Object(
  {
    goal,
    targets: Type.Array(Type.String({ pattern: '^\\d+\\.[0-9a-z]+$', description: 'a target such as 9.c' }), {
      uniqueItems: true,
    }),
  },
  closed,
)

/** The whole of seed/sdg-links.json. */
export const SeedSdgLinks = Type.Object(
  {
    source: Type.Object(
      {
        title: Text('a title'),
        date: orNull(PartialDate),
        dateRange: orNull(DateRange),
        url: Url,
        readIn: Url,
      },
      closed,
    ),
    goals: Type.Array(Goal),
    links: Type.Array(Type.Object({ actionLine: Id('the code of a line'), goals: Type.Array(LinkedGoal) }, closed)),
  },
  closed,
)
export type SeedSdgLinks = Static<typeof SeedSdgLinks>

/** Checks that each link goes from a line that is there to a goal that is there. */
export function checkSdgLinks(file: string, sdg: SeedSdgLinks, lines: Records<SeedActionLine>, faults: Faults): void {
  const goals = checkGoals(file, sdg, faults)
  const linked = new Set<string>()
  for (const [index, link] of sdg.links.entries()) {
    const place = `/links/${index}`
    if (!mayHave(lines, link.actionLine))
      faults.add(
        file,
        `${place}/actionLine`,
        `"${link.actionLine}" is no action line; it must be a code of seed/${lines.file}`,
      )
    if (linked.has(link.actionLine))
      faults.add(
        file,
        `${place}/actionLine`,
        `${link.actionLine} has links already; all goals of a line must stand in one record`,
      )
    linked.add(link.actionLine)
    checkLink(file, place, link, goals, faults)
  }
}

function checkGoals(file: string, sdg: SeedSdgLinks, faults: Faults): Set<number> {
  const goals = new Set<number>()
  for (const [index, { goal, iri }] of sdg.goals.entries()) {
    if (goals.has(goal)) faults.add(file, `/goals/${index}/goal`, `goal ${goal} stands twice; each must stand once`)
    goals.add(goal)
    if (!iri.endsWith(`/${goal}`))
      faults.add(file, `/goals/${index}/iri`, `"${iri}" is not goal ${goal}; it must end in "/${goal}"`)
  }
  return goals
}

function checkLink(
  file: string,
  place: string,
  link: SeedSdgLinks['links'][number],
  goals: Set<number>,
  faults: Faults,
): void {
  const seen = new Set<number>()
  for (const [at, { goal, targets }] of link.goals.entries()) {
    if (!goals.has(goal)) faults.add(file, `${place}/goals/${at}/goal`, `goal ${goal} is not in "goals"; add it there`)
    if (seen.has(goal))
      faults.add(
        file,
        `${place}/goals/${at}/goal`,
        `goal ${goal} stands twice for ${link.actionLine}; put its targets into one record`,
      )
    seen.add(goal)
    for (const [which, target] of targets.entries())
      if (!target.startsWith(`${goal}.`))
        faults.add(
          file,
          `${place}/goals/${at}/targets/${which}`,
          `"${target}" is no target of goal ${goal}; it must begin with "${goal}."`,
        )
  }
}
