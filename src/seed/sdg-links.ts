import { type Static, Type } from '../typebox.ts'
import type { AddError } from './findings.ts'
import { LinkSources, SourceIds } from './link-sources.ts'
import { LineCode, Matching, record, Sdg, Text } from './types.ts'

const Goal = record({
  goal: Sdg,
  title: Text('the title of the goal'),
  iri: Matching('^http://metadata\\.un\\.org/sdg/\\d+$', 'an IRI such as http://metadata.un.org/sdg/9'),
})

const Linked = record({
  sources: SourceIds,
  targets: Type.Array(
    Matching('^([1-9]|1[0-7])(\\.([1-9]\\d?|[a-z]))?$', 'a target such as 9.c, or a goal as a whole such as 9'),
    { minItems: 1, description: 'a list of at least one target or goal' },
  ),
})

/** The content of seed/sdg-links.json. */
export const SeedSdgLinks = record({
  sources: LinkSources,
  goals: Type.Array(Goal, { uniqueBy: ['goal'] }),
  links: Type.Array(record({ actionLine: LineCode, linked: Type.Array(Linked) }), { uniqueBy: ['actionLine'] }),
})
export type SeedSdgLinks = Static<typeof SeedSdgLinks>

/** A goal linked to a line. `sources` are those that link the goal as a whole; it may be empty. */
export interface LinkedGoal {
  goal: number
  sources: string[]
  targets: { target: string; sources: string[] }[]
}

/** The goals linked to one line, with their targets, in the order of the 2030 Agenda. */
export function linkedGoals({ linked }: SeedSdgLinks['links'][number]): LinkedGoal[] {
  const goals = new Map<number, LinkedGoal>()
  const all = linked.flatMap(({ sources, targets }) => targets.map((target) => ({ target, sources })))
  for (const { target, sources } of all.sort((a, b) => compareTargets(a.target, b.target))) {
    const goal = goalOf(target)
    const linkedGoal = goals.get(goal) ?? { goal, sources: [], targets: [] }
    goals.set(goal, linkedGoal)
    if (target === String(goal)) linkedGoal.sources = sources
    else linkedGoal.targets.push({ target, sources })
  }
  return [...goals.values()]
}

const goalOf = (target: string) => Number(target.split('.')[0])

/** By goal; within a goal the numbered targets (9.2, 9.10) before those with a letter (9.a). */
function compareTargets(a: string, b: string): number {
  const key = (target: string) => target.replace(/\d+/g, (digits) => digits.padStart(2, '0'))
  return key(a) < key(b) ? -1 : 1
}

/** Checks that each goal has a distinct IRI, and that each link leads to an existing goal and occurs once. */
export function checkSdgLinks({ goals, links }: SeedSdgLinks, addError: AddError): void {
  for (const [index, { goal, iri }] of goals.entries())
    if (!iri.endsWith(`/${goal}`))
      addError(`/goals/${index}/iri`, `"${iri}" is not goal ${goal}; it must end in "/${goal}"`)
  for (const [index, { actionLine, linked }] of links.entries()) {
    const seen = new Set<string>()
    for (const [at, { targets }] of linked.entries())
      for (const [which, target] of targets.entries()) {
        const wrong = (text: string) => addError(`/links/${index}/linked/${at}/targets/${which}`, text)
        if (!goals.some(({ goal }) => goal === goalOf(target)))
          wrong(`goal ${goalOf(target)} is not in "goals"; add it there`)
        if (seen.has(target)) wrong(`"${target}" appears twice for ${actionLine}; put all its sources into one record`)
        seen.add(target)
      }
  }
}
