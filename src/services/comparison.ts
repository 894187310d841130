import type { NounNames } from '../names/noun-names.ts'
import { resolve } from '../names/resolve.ts'
import { fold } from '../names/spellings.ts'
import type { ActionLine } from '../nouns/action-lines.ts'
import type { Agency } from '../nouns/agencies.ts'
import type { Coordination } from '../nouns/coordinations.ts'
import type { Link } from '../nouns/shapes.ts'
import type { NamedNoun } from '../vocabulary.ts'
import type { Records } from './records.ts'

/** What somebody holds of a line; undefined and null say that it is not held. */
export interface Held {
  id: string
  label?: string | null | undefined
  coordinators?: string | string[] | null | undefined
}

/** What is to be said of a row. */
export interface Difference {
  /** The line that is meant; undefined if the code is unknown. */
  line: ActionLine | undefined
  /** The ids of what an unknown code may mean. */
  suggestions: string[]
  isRenamed: boolean
  labelDiffers: boolean
  /** False if coordinators are held of a line that the edition does not have. */
  isInEdition: boolean
  /** The agencies that the edition names and that are not held. */
  missing: Link[]
  /** What is held and the edition does not name: its name there, the agency if it is known, and what does name it. */
  extra: { name: string; agency: Agency | null; namedBy: Coordination[] }[]
}

/** Compares what is held of a line with what an edition says; it yields after each name, so that others can pass. */
export function* compare(
  { lines, agencies, statements }: Records,
  names: Record<NamedNoun, NounNames>,
  edition: string,
  { id: asked, label, coordinators }: Held,
): Generator<void, Difference> {
  const line = lines.get(names['action-line'].find(asked) ?? '')
  const none = { suggestions: [], isRenamed: false, labelDiffers: false, isInEdition: true, missing: [], extra: [] }
  if (!line) return { ...none, line, suggestions: suggestionsFor(asked, names['action-line']) }
  const isHeld = coordinators !== undefined && coordinators !== null
  const said = line.editions.find((one) => one.edition.id === edition)?.agencies
  return {
    ...none,
    line,
    isRenamed: line.id !== asked,
    labelDiffers: typeof label === 'string' && names['action-line'].find(label) !== line.id,
    isInEdition: said !== undefined || !isHeld,
    ...(isHeld && said && (yield* compareCoordinators(line.id, said, [coordinators].flat()))),
  }

  function* compareCoordinators(id: string, said: Link[], texts: string[]) {
    // The first of several names of an agency stays.
    const named: ReturnType<typeof agenciesIn> = []
    for (const text of texts) {
      named.unshift(...agenciesIn(text, names.agency).reverse())
      yield
    }
    const held = new Map(named.map((one) => [one.id ?? fold(one.name), one]))
    const extra = [...held.values()].reverse().filter((one) => !said.some((agency) => agency.id === one.id))
    return {
      missing: said.filter((agency) => !held.has(agency.id)),
      extra: extra.map((one) => {
        const groups = one.id === null ? [] : withGroups(one.id)
        const namedBy = statements.filter(
          ({ actionLine, agency }) => actionLine.id === id && groups.includes(agency.id),
        )
        return { name: one.name, agency: agencies.get(one.id ?? '') ?? null, namedBy }
      }),
    }
  }

  /** An agency and every group that it belongs to. */
  function withGroups(id: string): string[] {
    return [id, ...(agencies.get(id) as Agency).memberOf.flatMap((group) => withGroups(group.id))]
  }
}

/** What a code that no line has may mean; without a thorough look, because there may be many of them. */
function suggestionsFor(code: string, lines: NounNames): string[] {
  const { matches, suggestions } = resolve(code, [lines], { thorough: false })
  return [...matches, ...suggestions].map(({ id }) => id)
}

/** The agencies that a text names, and the parts of it that name none, unchanged. */
function agenciesIn(text: string, agencies: NounNames): { name: string; id: string | null }[] {
  const name = text.trim()
  const id = agencies.find(name)
  if (id !== undefined) return [{ name, id }]
  if (none.test(name)) return []
  const parts = name.split(/[;；|\n]/)
  if (parts.length > 1) return parts.flatMap((part) => agenciesIn(part, agencies))
  const { matches, unmatched } = resolve(name, [agencies], { thorough: false })
  return [...matches.map(({ text, id }) => ({ name: text, id })), ...unmatched.map((name) => ({ name, id: null }))]
}

/** How a copy says that there is no coordinator. */
const none = /^(?:n\/?a|none|nil|[-–—]*)$/i
