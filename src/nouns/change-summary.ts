import { isDeepStrictEqual } from 'node:util'
import { enumerated } from '../characters.ts'
import type { SeedChange } from '../seed/changes.ts'
import { type ChangeScope, spaced } from '../vocabulary.ts'

// Summaries of changes: one sentence for each changed record, and whether facts changed or only the data format.

type Properties = SeedChange['properties']
type Property = Properties[string]

/**
 * The titles of records at each release. A statement is named by its agency and its line, a document by its session.
 */
export class Titles {
  readonly #titles = new Map<string, string>()
  readonly #acronyms = new Map<string, string>()

  /** Applies the titles that a release sets. */
  apply(changes: SeedChange[]): void {
    for (const { noun, id, properties } of changes) {
      const title = (properties.title ?? properties.name)?.after
      if (typeof title === 'string') this.#titles.set(`${noun} ${id}`, title)
      const acronym = properties.acronym?.after
      if (typeof acronym === 'string') this.#acronyms.set(id, acronym)
    }
  }

  acronym(agency: string): string {
    return this.#acronyms.get(agency) ?? agency
  }

  of(noun: SeedChange['noun'], id: string): string {
    if (noun === 'outcome-documents') return this.of('sessions', id)
    if (noun !== 'coordinations') return this.#titles.get(`${noun} ${id}`) ?? id
    const [, line = '', agency = ''] = id.split(':')
    return `${this.of('agencies', agency)}: ${this.of('action-lines', line)}`
  }
}

/**
 * `format` if the property was added or removed by the data format, or has the same values in another structure;
 * otherwise `facts`. A record always has every property, so an absent property did not exist yet.
 */
export function scopeOf(property: Property): ChangeScope {
  if (!('before' in property && 'after' in property)) return 'format'
  return isSameFact(property.before, property.after) ? 'format' : 'facts'
}

/** True if two values differ only in structure: in properties that only one has, or a text that became an object. */
function isSameFact(before: unknown, after: unknown): boolean {
  if (isDeepStrictEqual(before, after)) return true
  if (Array.isArray(before) && Array.isArray(after))
    return before.length === after.length && before.every((one, index) => isSameFact(one, after[index]))
  if (typeof before === 'string' && isObject(after)) return Object.values(after).includes(before)
  if (!isObject(before) || !isObject(after)) return false
  const shared = Object.keys(before).filter((name) => name in after)
  return shared.length > 0 && shared.every((name) => isSameFact(before[name], after[name]))
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The nouns whose records are named by a title alone. */
const kinds: Record<Exclude<SeedChange['noun'], 'action-lines' | 'agencies' | 'coordinations'>, string> = {
  editions: 'Edition',
  sources: 'Source',
  forums: 'Forum',
  sessions: 'Session',
  'outcome-documents': 'Outcome document of the session',
}

/** `C6: UNDP added as facilitator, source: Tunis Agenda, Annex`. */
export function summaryOf({ noun, id, change, properties }: SeedChange, titles: Titles): string {
  const said =
    change === 'changed'
      ? `: ${differencesIn(properties, titles)}`
      : change === 'affected'
        ? ': a link shows a new title'
        : ` ${change}`
  if (noun === 'coordinations') {
    const [source = '', line = '', agency = ''] = id.split(':')
    const role = spaced(String(properties.role?.after ?? properties.role?.before ?? ''))
    const as = role === '' ? '' : ` as ${role}`
    const [before, after] = said.startsWith(':') ? ['', said] : [said + as, '']
    return `${line}: ${titles.acronym(agency)}${before}, source: ${titles.of('sources', source)}${after}`
  }
  if (noun === 'action-lines') return `${id} ${titles.of(noun, id)}${said}`
  if (noun === 'agencies') {
    const [acronym, name] = [titles.acronym(id), titles.of(noun, id)]
    return `${acronym}${acronym === name ? '' : ` (${name})`}${said}`
  }
  return `${kinds[noun]} “${titles.of(noun, id)}”${said}`
}

/** The maximum length of the values in a summary, in characters; further properties are only named. */
const maxValuesLength = 300

/** The differences in facts, with the values of texts; if there are none, the new properties of the format. */
function differencesIn(properties: Properties, titles: Titles): string {
  const all = Object.entries(properties)
  const facts = all.filter(([, property]) => scopeOf(property) === 'facts')
  const [told, others]: [string[], string[]] = [[], []]
  for (const [name, property] of facts) {
    const fact = factOf(name, property, titles)
    if (fact && [...told, fact].join('; ').length <= maxValuesLength) told.push(fact)
    else others.push(`the ${propertyWords(name)}`)
  }
  if (facts.length > 0) return [...told, ...(others.length > 0 ? [`${enumerated(others)} changed`] : [])].join('; ')
  const groups = Map.groupBy(all, ([, property]) => {
    if (!('before' in property)) return 'new'
    return 'after' in property ? 'restructured' : 'removed'
  })
  const parts = (['new', 'removed', 'restructured'] as const).flatMap((word) => {
    const some = groups.get(word)?.map(([name]) => name)
    return some ? `${word} ${some.join(', ')}` : []
  })
  return `data format only: ${parts.join('; ')}`
}

/** The entries that only the later list has, and those that only the earlier one has. */
export function differenceOf(before: unknown[], after: unknown[]): { added: unknown[]; removed: unknown[] } {
  return {
    added: after.filter((one) => !before.some((was) => isSameFact(was, one))),
    removed: before.filter((was) => !after.some((one) => isSameFact(was, one))),
  }
}

/** `title changed from “A” to “B”`, `aliases added A and removed B`; undefined of an object or a list of objects, which is only named. */
function factOf(name: string, { before, after }: Property, titles: Titles): string | undefined {
  const inWords = (value: unknown) => shownValue(value, name, titles)
  if ([before, after].flat().some((one) => isObject(one) && !isPlaced(one))) return undefined
  const property = propertyWords(name)
  if (Array.isArray(before) && Array.isArray(after)) {
    const { added, removed } = differenceOf(before, after)
    const [now, was] = [added.map(inWords), removed.map(inWords)]
    const lacking = (some: string[], others: string[]) =>
      some.filter((one) => !others.some((other) => other.toLowerCase() === one.toLowerCase()))
    const parts = [...summaryLines('added', lacking(now, was)), ...summaryLines('removed', lacking(was, now))]
    return `${property} ${parts.join(' and ') || (now.length > 0 ? 'in other capitals' : 'in another order')}`
  }
  const quoted = (value: unknown) => `“${clipped(inWords(value))}”`
  if (before === null || before === undefined) return `${property} added: ${quoted(after)}`
  if (after === null || after === undefined) return `${property} removed: ${quoted(before)}`
  return `${property} changed from ${quoted(before)} to ${quoted(after)}`
}

/** The maximum number of entries of a list that are named. */
const maxNamed = 4

/** `added A, B, C, D and 3 more`; empty without entries. */
function summaryLines(word: string, all: string[]): string[] {
  if (all.length === 0) return []
  const more = all.length > maxNamed ? ` and ${all.length - maxNamed} more` : ''
  return [`${word} ${all.slice(0, maxNamed).map(clipped).join(', ')}${more}`]
}

const propertyNames: Record<string, string> = {
  annex: 'row of the draft',
  current: 'entry in the newest list',
  genevaTitle: 'Geneva title',
  linkSources: 'sources of the links',
  memberOf: 'memberships',
  sdgs: 'Sustainable Development Goals',
  gdc: 'Global Digital Compact',
}

/** The name of a property in words: `printed label` for `printedLabel`. */
export const propertyWords = (name: string): string =>
  propertyNames[name] ?? name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

/** True of an agency with its place in a cell: `{"agency": "ITU", "position": 1}`. */
const isPlaced = (value: unknown): value is { agency: unknown } =>
  isObject(value) && 'agency' in value && Object.keys(value).every((key) => ['agency', 'position'].includes(key))

/** The properties whose values are ids of agencies. */
const ofAgencies = ['agency', 'agencies', 'members', 'memberOf']

/** A text, a number or several of them; an agency by its acronym. */
function shownValue(value: unknown, name: string, titles: Titles): string {
  if (Array.isArray(value)) return value.map((one) => shownValue(one, name, titles)).join(', ')
  if (isPlaced(value)) return titles.acronym(String(value.agency))
  const text = String(value ?? '')
  return ofAgencies.includes(name) ? titles.acronym(text) : name === 'role' ? spaced(text) : text
}

const clipped = (text: string) => text.replace(/^(.{120}).+/su, '$1…')
