import { fold } from '../names/naming.ts'
import { Reading } from '../names/reading.ts'
import type { NounNames } from '../names/resolution.ts'
import type { ActionLine } from '../nouns/action-lines.ts'
import type { Agency } from '../nouns/agencies.ts'
import type { Coordination } from '../nouns/coordinations.ts'
import type { NamedNoun } from '../vocabulary.ts'
import type { Records } from './records.ts'

/** What somebody holds of a line; undefined and null say that it is not held. */
export interface Held {
  code: string
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
  /** The coordinators that are not held. */
  missing: ActionLine['coordinators']
  /** What is held and the annex does not name: its name there, the agency if it is known, and what does name it. */
  extra: { name: string; agency: Agency | null; namedBy: Coordination[] }[]
}

/** Compares what is held of a line with the directory. */
export function compare(
  { lines, agencies, statements }: Records,
  names: Record<NamedNoun, NounNames>,
  { code, label, coordinators }: Held,
): Difference {
  const line = lines.get(names['action-line'].find(code) ?? '')
  const none = { suggestions: [], isRenamed: false, labelDiffers: false, missing: [], extra: [] }
  if (!line) return { ...none, line, suggestions: suggestionsFor(code, names['action-line']) }
  const isKnown = coordinators !== undefined && coordinators !== null
  return {
    ...none,
    line,
    isRenamed: line.code !== code,
    labelDiffers: typeof label === 'string' && names['action-line'].find(label) !== line.code,
    ...(isKnown && compareCoordinators(line, [coordinators].flat())),
  }

  function compareCoordinators({ code, coordinators }: ActionLine, texts: string[]) {
    // The first of several names of an agency stays.
    const named = texts.flatMap((text) => agenciesIn(text, names.agency)).reverse()
    const held = new Map(named.map((one) => [one.id ?? fold(one.name), one]))
    const extra = [...held.values()].reverse().filter(({ id }) => !coordinators.some(({ agency }) => agency.id === id))
    return {
      missing: coordinators.filter(({ agency }) => !held.has(agency.id)),
      extra: extra.map(({ name, id }) => {
        const groups = id === null ? [] : withGroups(id)
        const namedBy = (statements.get(code) ?? []).filter(({ agency }) => groups.includes(agency.id))
        return { name, agency: agencies.get(id ?? '') ?? null, namedBy }
      }),
    }
  }

  /** An agency and every group that it belongs to. */
  function withGroups(id: string): string[] {
    return [id, ...(agencies.get(id)?.memberOf ?? []).flatMap((group) => withGroups(group.id))]
  }
}

/** What a code that no line has may mean; without a thorough look, because there may be many of them. */
function suggestionsFor(code: string, lines: NounNames): string[] {
  const reading = new Reading(code, [lines])
  const ids = [...reading.matches(), ...reading.passedOver()].map(({ id }) => id)
  return [...new Set([...ids, ...lines.suggest(code)])]
}

/** The agencies that a text names, and as they stand there the parts of it that name none. */
function agenciesIn(text: string, agencies: NounNames): { name: string; id: string | null }[] {
  const name = text.trim()
  const id = agencies.find(name)
  if (id !== undefined) return [{ name, id }]
  if (none.test(name)) return []
  const parts = name.split(/[;；|\n]/)
  if (parts.length > 1) return parts.flatMap((part) => agenciesIn(part, agencies))
  const reading = new Reading(name, [agencies])
  return [
    ...reading.matches().map(({ text, id }) => ({ name: text, id })),
    ...reading.unmatched().map((name) => ({ name, id: null })),
  ]
}

/** How a copy says that there is no coordinator. */
const none = /^(?:n\/?a|none|nil|[-–—]*)$/i
