import { fold } from '../characters.ts'
import type { NounNames } from '../names/noun-names.ts'
import { resolve } from '../names/resolution.ts'
import { isRole } from '../names/stop-words.ts'
import type { Agency } from '../nouns/agencies.ts'
import type { Coordination } from '../nouns/coordinations.ts'
import type { ActionLine } from '../nouns/line-shapes.ts'
import type { Link } from '../nouns/shapes.ts'
import type { Records } from '../store/records.ts'

/** What somebody holds of a line; null says that it is not held. */
export interface Held {
  id: string
  label: string | null
  /** Texts that name agencies. */
  coordinators: string[] | null
}

/** An agency as a text names it; `id` is null if the directory knows none of this name. */
export interface NamedAgency {
  name: string
  id: string | null
}

/** The agencies that an edition names for a line. */
export type LineEdition = ActionLine['editions'][number]

/** The result for one row. */
export interface Difference {
  /** The line that is meant; undefined if the code is unknown. */
  line: ActionLine | undefined
  /** The ids of what an unknown code may mean. */
  suggestions: string[]
  isRenamed: boolean
  labelDiffers: boolean
  /** The edition with which the row is compared; undefined if the line is unknown or not in the edition asked for. */
  edition: LineEdition | undefined
  /** The editions of the line that name exactly the coordinators of the row, oldest first. */
  sameAs: LineEdition[]
  /** False if the row has coordinators of a line that the edition asked for does not have. */
  isInEdition: boolean
  /** The agencies that the edition names and that are not held. */
  missing: Link[]
  /** What is held and the edition does not name: its name there, the agency if it is known, and what does name it. */
  extra: { name: string; agency: Agency | null; namedBy: Coordination[] }[]
}

/**
 * Compares a row with an edition; without one, with the newest that names coordinators or facilitators and has the line.
 * `named`: the agencies that the coordinators of the row are.
 */
export function compare(
  records: Records,
  lines: NounNames,
  asked: string | undefined,
  line: ActionLine | undefined,
  { id, label, coordinators }: Held,
  named: NamedAgency[],
): Difference {
  const edition = line?.editions.findLast((one) => (asked ? one.edition.id === asked : one.role !== 'contact'))
  const said = edition?.agencies
  const isHeld = coordinators !== null
  return {
    line,
    edition,
    sameAs: isHeld ? (line?.editions ?? []).filter(({ agencies }) => isSame(agencies, named)) : [],
    suggestions: line ? [] : suggestionsFor(id, lines),
    isRenamed: line !== undefined && line.id !== id,
    labelDiffers: line !== undefined && label !== null && lines.find(label) !== line.id,
    isInEdition: !line || !isHeld || said !== undefined,
    missing: said && isHeld ? said.filter((agency) => !named.some(({ id }) => id === agency.id)) : [],
    extra: line && said ? extraIn(records, line, said, named) : [],
  }
}

/** True if the agencies named are exactly these, in any order. */
function isSame(agencies: Link[], named: NamedAgency[]): boolean {
  const ids = new Set(named.map(({ id }) => id))
  return ids.size === agencies.length && agencies.every(({ id }) => ids.has(id))
}

/** What is named and the edition does not name, each once, under the first of its names. */
function extraIn(records: Records, line: ActionLine, said: Link[], named: NamedAgency[]): Difference['extra'] {
  const [agencies, statements] = [records.byId('agencies'), records.all('coordinations')]
  const extra = new Map<string, NamedAgency>()
  for (const one of named) {
    const key = one.id ?? fold(one.name)
    if (!extra.has(key) && !said.some((agency) => agency.id === one.id)) extra.set(key, one)
  }
  return [...extra.values()].map(({ name, id }) => {
    const agency = agencies.get(id ?? '') ?? null
    const groups = agency ? withGroups(agencies, agency) : []
    const namedBy = statements.filter((one) => one.actionLine.id === line.id && groups.includes(one.agency.id))
    return { name, agency, namedBy }
  })
}

/** The ids of an agency and of every group that it belongs to. */
function withGroups(agencies: Map<string, Agency>, { id, memberOf }: Agency): string[] {
  return [id, ...memberOf.flatMap((group) => withGroups(agencies, agencies.get(group.id) as Agency))]
}

/** What a code that no line has may mean; without a thorough look, because there may be many of them. */
function suggestionsFor(code: string, lines: NounNames): string[] {
  const { matches, suggestions } = resolve(code, [lines], { thorough: false })
  return [...matches, ...suggestions].map(({ id }) => id)
}

/** The agencies that a text names, and the parts of it that name none, unchanged. */
export function agenciesIn(text: string, agencies: NounNames): NamedAgency[] {
  const name = text.trim()
  const id = agencies.find(name)
  if (id !== undefined) return [{ name, id }]
  if (none.test(name)) return []
  const parts = name.split(/[;；|\n]/)
  if (parts.length > 1) return parts.flatMap((part) => agenciesIn(part, agencies))
  const { matches, unmatched } = resolve(name, [agencies], { thorough: false })
  // A role and a sign are no agencies: `ITU (contact)`, `*ITU*`.
  const others = unmatched.filter((part) => /[\p{L}\p{N}]/u.test(part) && !isRole(part))
  return [...matches.map(({ text, id }) => ({ name: text, id })), ...others.map((name) => ({ name, id: null }))]
}

/** How a copy says that there is no coordinator. */
const none = /^(?:n\/?a|none|nil|[-–—]*)$/i
