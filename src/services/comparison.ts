import { fold } from '../characters.ts'
import type { NounNames } from '../names/noun-names.ts'
import { resolve } from '../names/resolution.ts'
import { isRole } from '../names/stop-words.ts'
import type { Agency } from '../nouns/agencies.ts'
import type { ActionLine, LineEdition } from '../nouns/line-shapes.ts'
import { hrefOf, type Link } from '../nouns/shapes.ts'
import type { Records } from '../store/records.ts'
import type { CheckedRow } from './check-shapes.ts'
import type { CopyRow } from './copy-rows.ts'

/** An agency in a text; `id` is null if it is unknown. */
export interface NamedAgency {
  name: string
  id: string | null
}

/** A row beside its line. */
export interface Comparison {
  /** The line of the row; undefined if the code is unknown. */
  line: ActionLine | undefined
  /** The edition compared with the row; undefined if the line is unknown or not in the requested edition. */
  edition: LineEdition | undefined
  /** The editions of the line with exactly the coordinators of the row, oldest first. */
  sameAs: LineEdition[]
  result: Omit<CheckedRow, 'row' | 'note'>
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
): Comparison {
  const edition = line?.editions.findLast((one) => (requested ? one.edition.id === requested : one.role !== 'contact'))
  const isCompared = line !== undefined && coordinators !== null
  const missing = isCompared && edition ? missingIn(records, line, edition, named) : []
  const extra = isCompared && edition ? extraIn(records, line, edition, named) : []
  const labelDiffers = line !== undefined && label !== null && lines.find(label) !== line.id
  const differences = {
    renamed: line !== undefined && line.id !== id,
    'label-differs': labelDiffers,
    'coordinators-differ': missing.length + extra.length > 0,
    'not-in-edition': isCompared && edition === undefined,
  }
  const status = Object.entries(differences).flatMap(([name, differs]) => (differs ? name : [])) as CheckedRow['status']
  return {
    line,
    edition,
    sameAs: isCompared ? line.editions.filter(({ agencies }) => hasSameAgencies(agencies, named)) : [],
    result: {
      id,
      status: status.length > 0 ? status : [line ? 'current' : 'unknown'],
      actionLine: line ? records.linkOf('action-line', line.id) : null,
      edition: edition?.edition ?? null,
      suggestions: line ? [] : suggestionsFor(id, lines).map((one) => records.linkOf('action-line', one)),
      titles: labelDiffers ? [...new Set([line.title, line.genevaTitle])] : [],
      missing,
      extra,
    },
  }
}

/** The agencies of the edition that are not in the row. */
function missingIn(
  records: Records,
  line: ActionLine,
  { edition: { id }, agencies }: LineEdition,
  named: NamedAgency[],
): CheckedRow['missing'] {
  const { source } = records.edition(id)
  return agencies
    .filter((agency) => !named.some(({ id }) => id === agency.id))
    .map((agency) => ({ agency, source, href: hrefOf('coordinations', `${id}:${line.id}:${agency.id}`) }))
}

/** True if both sides name the same agencies, in any order. */
function hasSameAgencies(agencies: Link[], named: NamedAgency[]): boolean {
  const ids = new Set(named.map(({ id }) => id))
  return ids.size === agencies.length && agencies.every(({ id }) => ids.has(id))
}

/** The agencies of the row that are not in the edition, each once, by the first of its names. */
function extraIn(
  records: Records,
  line: ActionLine,
  { agencies: listed }: LineEdition,
  named: NamedAgency[],
): CheckedRow['extra'] {
  const agencies = records.byId('agencies')
  const extra = new Map<string, NamedAgency>()
  for (const one of named) {
    const key = one.id ?? fold(one.name)
    if (!extra.has(key) && !listed.some((agency) => agency.id === one.id)) extra.set(key, one)
  }
  return [...extra.values()].map(({ name, id }) => {
    const agency = agencies.get(id ?? '')
    const groups = agency ? withGroups(agencies, agency) : []
    const namedBy = records
      .all('coordinations')
      .filter((one) => one.actionLine.id === line.id && groups.includes(one.agency.id))
      .map(({ id, role, roleAsWorded, appointment, date, dateBasis, authority, source }) => {
        const href = hrefOf('coordinations', id)
        return { role, roleAsWorded, appointment, date, dateBasis, authority, source, href }
      })
    return { name, agency: agency ? records.linkOf('agency', agency.id) : null, namedBy }
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
