import { fold } from '../characters.ts'
import type { NounNames } from '../names/noun-names.ts'
import { resolve } from '../names/resolution.ts'
import { isRole } from '../names/stop-words.ts'
import type { Agency } from '../nouns/agencies.ts'
import type { Coordination } from '../nouns/coordinations.ts'
import type { ActionLine, LineEdition } from '../nouns/line-shapes.ts'
import type { Link } from '../nouns/shapes.ts'
import type { Records } from '../store/records.ts'

/** A row of a client's copy; null for a property that the copy does not have. */
export interface CopyRow {
  id: string
  label: string | null
  /** Texts that name agencies. */
  coordinators: string[] | null
}

/** An agency in a text; `id` is null if it is unknown. */
export interface NamedAgency {
  name: string
  id: string | null
}

/** The result for one row. */
export interface Difference {
  /** The line of the row; undefined if the code is unknown. */
  line: ActionLine | undefined
  /** Suggested ids for an unknown code. */
  suggestions: string[]
  isRenamed: boolean
  labelDiffers: boolean
  /** The edition compared with the row; undefined if the line is unknown or not in the requested edition. */
  edition: LineEdition | undefined
  /** The editions of the line with exactly the coordinators of the row, oldest first. */
  sameAs: LineEdition[]
  /** False if the row has coordinators and the requested edition does not have the line. */
  isInEdition: boolean
  /** The agencies in the edition that are not in the row. */
  missing: Link[]
  /**
   * The coordinators in the row that are not in the edition: the name in the row, the agency if known, and the
   * statements that name it.
   */
  extra: { name: string; agency: Agency | null; namedBy: Coordination[] }[]
}

/**
 * Compares a row with an edition; by default with the newest edition of coordinators or facilitators that has the line.
 * `named`: the agencies in the coordinators of the row.
 */
export function compare(
  records: Records,
  lines: NounNames,
  requested: string | undefined,
  line: ActionLine | undefined,
  { id, label, coordinators }: CopyRow,
  named: NamedAgency[],
): Difference {
  const edition = line?.editions.findLast((one) => (requested ? one.edition.id === requested : one.role !== 'contact'))
  const listed = edition?.agencies
  const isCompared = coordinators !== null
  return {
    line,
    edition,
    sameAs: isCompared ? (line?.editions ?? []).filter(({ agencies }) => hasSameAgencies(agencies, named)) : [],
    suggestions: line ? [] : suggestionsFor(id, lines),
    isRenamed: line !== undefined && line.id !== id,
    labelDiffers: line !== undefined && label !== null && lines.find(label) !== line.id,
    isInEdition: !line || !isCompared || listed !== undefined,
    missing: listed && isCompared ? listed.filter((agency) => !named.some(({ id }) => id === agency.id)) : [],
    extra: line && listed ? extraIn(records, line, listed, named) : [],
  }
}

/** True if both sides name the same agencies, in any order. */
function hasSameAgencies(agencies: Link[], named: NamedAgency[]): boolean {
  const ids = new Set(named.map(({ id }) => id))
  return ids.size === agencies.length && agencies.every(({ id }) => ids.has(id))
}

/** The agencies of the row that are not in the edition, each once, by the first of its names. */
function extraIn(records: Records, line: ActionLine, listed: Link[], named: NamedAgency[]): Difference['extra'] {
  const [agencies, statements] = [records.byId('agencies'), records.all('coordinations')]
  const extra = new Map<string, NamedAgency>()
  for (const one of named) {
    const key = one.id ?? fold(one.name)
    if (!extra.has(key) && !listed.some((agency) => agency.id === one.id)) extra.set(key, one)
  }
  return [...extra.values()].map(({ name, id }) => {
    const agency = agencies.get(id ?? '') ?? null
    const groups = agency ? withGroups(agencies, agency) : []
    const namedBy = statements.filter((one) => one.actionLine.id === line.id && groups.includes(one.agency.id))
    return { name, agency, namedBy }
  })
}

/** The ids of an agency and of every group that contains it. */
function withGroups(agencies: Map<string, Agency>, { id, memberOf }: Agency): string[] {
  return [id, ...memberOf.flatMap((group) => withGroups(agencies, agencies.get(group.id) as Agency))]
}

/** Suggestions for an unknown code. Not thorough, because there may be many unknown codes. */
function suggestionsFor(code: string, lines: NounNames): string[] {
  const { matches, suggestions } = resolve(code, [lines], { thorough: false })
  return [...matches, ...suggestions].map(({ id }) => id)
}

/** The agencies in a text, and the parts without one, unchanged. */
export function agenciesIn(text: string, agencies: NounNames): NamedAgency[] {
  const name = text.trim()
  const id = agencies.find(name)
  if (id !== undefined) return [{ name, id }]
  if (none.test(name)) return []
  const parts = name.split(/[;；|\n]/)
  if (parts.length > 1) return parts.flatMap((part) => agenciesIn(part, agencies))
  const { matches, unmatched } = resolve(name, [agencies], { thorough: false })
  // Roles and signs are not agencies: `ITU (contact)`, `*ITU*`.
  const others = unmatched.filter((part) => /[\p{L}\p{N}]/u.test(part) && !isRole(part))
  return [...matches.map(({ text, id }) => ({ name: text, id })), ...others.map((name) => ({ name, id: null }))]
}

/** The spellings of "no coordinator" in a copy. */
const none = /^(?:n\/?a|none|nil|[-–—]*)$/i
