import { type Static, Type } from '../typebox.ts'
import type { SeedActionLine } from './action-lines.ts'
import type { Findings } from './errors.ts'
import { checkSourceIds, idsOf, LinkSource, SourceIds } from './link-sources.ts'
import { mayHave, type Records } from './records.ts'
import { closed, Id, Sdg, Text } from './values.ts'

const Goal = Type.Object(
  {
    goal: Sdg,
    title: Text('the title of the goal'),
    iri: Type.String({
      pattern: '^http://metadata\\.un\\.org/sdg/\\d+$',
      description: 'an IRI such as http://metadata.un.org/sdg/9',
    }),
  },
  closed,
)

const Linked = Type.Object(
  {
    sources: SourceIds,
    targets: Type.Array(
      Type.String({
        pattern: '^([1-9]|1[0-7])(\\.([1-9]\\d?|[a-z]))?$',
        description: 'a target such as 9.c, or a goal as a whole such as 9',
      }),
      { minItems: 1, description: 'a list of at least one target or goal' },
    ),
  },
  closed,
)

/** The whole of seed/sdg-links.json. */
export const SeedSdgLinks = Type.Object(
  {
    sources: Type.Array(LinkSource),
    goals: Type.Array(Goal),
    links: Type.Array(Type.Object({ actionLine: Id('the code of a line'), linked: Type.Array(Linked) }, closed)),
  },
  closed,
)
export type SeedSdgLinks = Static<typeof SeedSdgLinks>

/** A goal that a line is linked to. `sources` are those that link the goal as a whole; it may be empty. */
export interface LinkedGoal {
  goal: number
  sources: string[]
  targets: { target: string; sources: string[] }[]
}

/** The goals that one line is linked to, and their targets, in the order of the 2030 Agenda. */
export function linkedGoals({ linked }: SeedSdgLinks['links'][number]): LinkedGoal[] {
  const goals = new Map<number, LinkedGoal>()
  const all = linked.flatMap(({ sources, targets }) => targets.map((target) => ({ target, sources })))
  for (const { target, sources } of all.sort((a, b) => compare(a.target, b.target))) {
    const goal = goalOf(target)
    const held = goals.get(goal) ?? { goal, sources: [], targets: [] }
    goals.set(goal, held)
    if (target === String(goal)) held.sources = sources
    else held.targets.push({ target, sources })
  }
  return [...goals.values()]
}

const goalOf = (target: string) => Number(target.split('.')[0])

/** Goal by goal; in a goal the numbered targets (9.2, 9.10) before those with a letter (9.a). */
function compare(a: string, b: string): number {
  const key = (target: string) => target.replace(/\d+/g, (digits) => digits.padStart(2, '0'))
  return key(a) < key(b) ? -1 : 1
}

/** Checks that each link leads from a line that exists to a goal that exists, and names its sources. */
export function checkSdgLinks(
  file: string,
  sdg: SeedSdgLinks,
  lines: Records<SeedActionLine>,
  findings: Findings,
): void {
  const sources = idsOf(file, sdg.sources, findings)
  const goals = checkGoals(file, sdg, findings)
  const seen = new Set<string>()
  for (const [index, { actionLine, linked }] of sdg.links.entries()) {
    const wrong = (place: string, text: string) => findings.error(file, `/links/${index}${place}`, text)
    if (!mayHave(lines, actionLine))
      wrong('/actionLine', `"${actionLine}" is not an action line; it must be a code of seed/${lines.file}`)
    if (seen.has(actionLine))
      wrong('/actionLine', `${actionLine} has links already; all links of a line must be in one record`)
    seen.add(actionLine)
    const targets = new Set<string>()
    for (const [at, group] of linked.entries()) {
      checkSourceIds(file, `/links/${index}/linked/${at}/sources`, group.sources, sources, findings)
      for (const [which, target] of group.targets.entries()) {
        const place = `/linked/${at}/targets/${which}`
        if (!goals.has(goalOf(target))) wrong(place, `goal ${goalOf(target)} is not in "goals"; add it there`)
        if (targets.has(target))
          wrong(place, `"${target}" appears twice for ${actionLine}; put all its sources into one record`)
        targets.add(target)
      }
    }
  }
}

function checkGoals(file: string, sdg: SeedSdgLinks, findings: Findings): Set<number> {
  const goals = new Set<number>()
  for (const [index, { goal, iri }] of sdg.goals.entries()) {
    if (goals.has(goal))
      findings.error(file, `/goals/${index}/goal`, `goal ${goal} appears twice; each goal must be unique`)
    goals.add(goal)
    if (!iri.endsWith(`/${goal}`))
      findings.error(file, `/goals/${index}/iri`, `"${iri}" is not goal ${goal}; it must end in "/${goal}"`)
  }
  return goals
}
