import { fold } from '../characters.ts'
import { resolve } from '../names/resolution.ts'
import type { Agency } from '../nouns/agencies.ts'
import type { ActionLine } from '../nouns/line-shapes.ts'
import type { Directory } from '../store/directory.ts'
import type { Records } from '../store/records.ts'
import { type NamedNoun, namedNouns } from '../vocabulary.ts'

// The lines and agencies as the entities of the Reconciliation Service API: candidates for a text, and their properties.

/** The types of entities, by their ids. */
export const types: Record<NamedNoun, string> = { 'action-line': 'Action line', agency: 'Agency' }

export const typeOf = (noun: NamedNoun) => ({ id: noun, name: types[noun] })

/** A line or an agency. */
type Entity = { noun: 'action-line'; record: ActionLine } | { noun: 'agency'; record: Agency }

interface Named {
  id: string
  title: string
}

/** A property of the entities of one type. It has texts, or other entities of the type `links`. */
interface Property {
  id: string
  name: string
  type: NamedNoun
  links?: NamedNoun
  of(record: never): (Named | string | null | undefined)[]
}

const ofLine = (id: string, name: string, of: (line: ActionLine) => ReturnType<Property['of']>): Property => ({
  id,
  name,
  type: 'action-line',
  of,
})
const ofAgency = (id: string, name: string, of: (agency: Agency) => ReturnType<Property['of']>): Property => ({
  id,
  name,
  type: 'agency',
  of,
})

/** Every property, in the order in which it is proposed. */
export const properties: Property[] = [
  ofLine('title', 'Title', ({ title }) => [title]),
  ofLine('geneva-title', 'Title in the Geneva Plan of Action', ({ genevaTitle }) => [genevaTitle]),
  { ...ofLine('parent', 'Action line above it', ({ parent }) => [parent]), links: 'action-line' },
  {
    ...ofLine('current', 'Named in the newest table', ({ current }) => current?.agencies ?? []),
    links: 'agency',
  },
  ofLine('current-table', 'The newest table that has the line', ({ current }) => [current?.edition.title]),
  {
    ...ofLine('lead-contact', 'Lead contacts', ({ current }) => current?.contacts?.agencies ?? []),
    links: 'agency',
  },
  {
    ...ofLine('adopted', 'Named in the adopted annex of 2005', ({ editions }) => agenciesOf(editions, 'adopted')),
    links: 'agency',
  },
  {
    ...ofLine('draft', 'Named in the draft annex of 2005', ({ coordinators }) => coordinators.map(agency)),
    links: 'agency',
  },
  {
    ...ofLine('agency', 'Named in any table', ({ editions }) => editions.flatMap(({ agencies }) => agencies)),
    links: 'agency',
  },
  ofLine('source', 'Tables and reports that name an agency for it', ({ editions, reports }) => [
    ...editions.map(({ edition }) => edition.title),
    ...reports.map(({ source }) => source.title),
  ]),
  ofAgency('name', 'Name', ({ name }) => [name]),
  ofAgency('acronym', 'Acronym', ({ acronym }) => [acronym]),
  ofAgency('homepage', 'Home page', ({ homepage }) => [homepage]),
  ofAgency('city', 'City of the headquarters', ({ headquarters }) => [headquarters?.city]),
  ofAgency('country', 'Country of the headquarters', ({ headquarters }) => [headquarters?.country]),
  ofAgency('ror', 'ROR', ({ identifiers }) => [identifiers.ror]),
  ofAgency('isni', 'ISNI', ({ identifiers }) => [identifiers.isni]),
  ofAgency('wikidata', 'Wikidata', ({ identifiers }) => [identifiers.wikidata]),
  {
    ...ofAgency('line', 'Action lines for which a table names it', ({ actionLines }) => actionLines.map(line)),
    links: 'action-line',
  },
  {
    ...ofAgency('current-line', 'Action lines in the newest table', ({ current }) => current.actionLines.map(line)),
    links: 'action-line',
  },
]

const agency = (one: { agency: Named }) => one.agency
const line = (one: { actionLine: Named }) => one.actionLine

function agenciesOf(editions: ActionLine['editions'], status: string): Named[] {
  return editions.find((edition) => edition.status === status)?.agencies ?? []
}

/** One value of a property, as the data extension gives it. */
export type PropertyValue = { str: string } | { id: string; name: string }

/** A value that a candidate should have. */
export interface Hint {
  property: Property
  values: string[]
}

export interface Query {
  text: string
  nouns: NamedNoun[]
  limit: number
  hints: Hint[]
}

/** A candidate, as the API describes it. */
export interface Candidate {
  id: string
  name: string
  description: string
  type: { id: string; name: string }[]
  score: number
  features: { id: string; value: number | boolean }[]
  match: boolean
}

/** The scores of candidates that `resolve` only suggests: with every hint, and without. */
const [suggestedScore, leastScore] = [0.4, 0.3]

/** All lines and agencies as entities. */
export class Entities {
  readonly #all: Map<string, Entity>
  readonly #books: Directory['named']

  constructor(records: Records, books: Directory['named']) {
    this.#books = books
    this.#all = new Map<string, Entity>([
      ...records.all('action-lines').map((record): [string, Entity] => [record.id, { noun: 'action-line', record }]),
      ...records.all('agencies').map((record): [string, Entity] => [record.id, { noun: 'agency', record }]),
    ])
  }

  /** The entity with an id, in this spelling; undefined if there is none. */
  get(id: string): (Entity & { name: string; description: string }) | undefined {
    const entity = this.#all.get(id)
    return entity && { ...entity, name: nameOf(entity), description: descriptionOf(entity) }
  }

  /** The candidates for a text, best first, and remarks on what in it has none. */
  candidates({ text, nouns, limit, hints }: Query): { result: Candidate[]; notes: string[] } {
    const books = nouns.map((noun) => this.#books[noun])
    const { matches, unmatched, suggestions, notes } = resolve(text, books)
    const isOnly = matches.length === 1 && unmatched.length === 0
    const found = matches.map(({ id, score, certain, reason }) =>
      this.#candidate(id, hints, { score, isCertain: certain, isMatch: certain && isOnly, reason }),
    )
    const others =
      matches.length + suggestions.length > 0 ? suggestions.map(({ id }) => id) : this.#having(nouns, hints)
    const near = others.map((id) => this.#candidate(id, hints))
    const result = [...found, ...near].sort((one, other) => other.score - one.score || heldIn(other) - heldIn(one))
    return { result: result.slice(0, limit), notes }
  }

  #candidate(
    id: string,
    hints: Hint[],
    match?: { score: number; isCertain: boolean; isMatch: boolean; reason: string | null },
  ): Candidate {
    const entity = this.#all.get(id) as Entity
    const held = hints.map(({ property, values }) => ({ id: property.id, value: this.#has(entity, property, values) }))
    const isHinted = held.length > 0 && held.every(({ value }) => value)
    const score = match?.score ?? (isHinted ? suggestedScore : leastScore)
    const doubt = match?.reason ? `Not certain (${match.reason}). ` : match ? '' : 'Only a suggestion. '
    return {
      id,
      name: nameOf(entity),
      description: doubt + descriptionOf(entity),
      type: [typeOf(entity.noun)],
      score,
      features: [{ id: 'certain', value: match?.isCertain ?? false }, ...held],
      match: match?.isMatch ?? false,
    }
  }

  /** The ids of the entities that have the values of all hints. */
  #having(nouns: NamedNoun[], hints: Hint[]): string[] {
    if (hints.length === 0) return []
    const isHinted = (entity: Entity) => hints.every(({ property, values }) => this.#has(entity, property, values))
    return [...this.#all].filter(([, entity]) => nouns.includes(entity.noun) && isHinted(entity)).map(([id]) => id)
  }

  /** True if an entity has one of these values; the names of lines and agencies are read as `resolve` reads them. */
  #has(entity: Entity, property: Property, values: string[]): boolean {
    const { links } = property
    const wanted = values.flatMap((value) =>
      links ? resolve(value, [this.#books[links]], { thorough: false }).matches.map(({ id }) => id) : fold(value),
    )
    const own = valuesOf(entity, property).map((value) => (typeof value === 'string' ? fold(value) : value.id))
    return wanted.some((value) => own.includes(value))
  }

  /** The values of a property; empty if it has none, or is of another type. */
  values(id: string, property: Property): PropertyValue[] {
    const entity = this.#all.get(id)
    if (!entity) return []
    return valuesOf(entity, property).map((value) =>
      typeof value === 'string' ? { str: value } : { id: value.id, name: value.title },
    )
  }

  /** The entities with a name that begins so, or of which a word does; then those that a name is near to. */
  beginningWith(prefix: string, nouns: NamedNoun[]): Entity[] {
    const folded = fold(prefix)
    const names = (entity: Entity) => [entity.record.id, nameOf(entity), ...otherNames(entity)]
    const wordsOf = (name: string) => name.split(/\s+/).map((_, at, words) => fold(words.slice(at).join(' ')))
    const all = [...this.#all.values()].filter(({ noun }) => nouns.includes(noun))
    const exact = all.filter((entity) => names(entity).some((name) => fold(name) === folded))
    const begun = all.filter((entity) =>
      names(entity).some((name) => wordsOf(name).some((one) => one.startsWith(folded))),
    )
    const near = nouns.flatMap((noun) => this.#books[noun].suggest(prefix)).flatMap((id) => this.#all.get(id) ?? [])
    return [...new Set([...exact, ...begun, ...near])]
  }
}

/** The number of hints that a candidate has. */
const heldIn = ({ features }: Candidate): number => features.filter(({ value }) => value === true).length

function valuesOf({ noun, record }: Entity, { type, of }: Property): (Named | string)[] {
  if (type !== noun) return []
  const values = of(record as never).filter((value) => value !== null && value !== undefined)
  return [...new Map(values.map((value) => [typeof value === 'string' ? value : value.id, value])).values()]
}

function nameOf({ noun, record }: Entity): string {
  return noun === 'agency' ? record.name : record.title
}

function otherNames({ noun, record }: Entity): string[] {
  return noun === 'agency' ? [record.acronym, ...record.aliases] : [record.genevaTitle ?? '']
}

/** Who is named for a line, or the acronym of an agency, in a sentence. */
function descriptionOf({ noun, record }: Entity): string {
  if (noun === 'agency') return `${record.acronym}, ${types.agency.toLowerCase()}.`
  const { current } = record
  if (!current) return 'No table names an agency for the line itself.'
  return `Named in “${current.edition.title}”: ${current.agencies.map(({ id }) => id).join(', ')}.`
}

/** The property of an id, for entities of some types; undefined if there is none. */
export function propertyOf(id: string, nouns: readonly NamedNoun[] = namedNouns): Property | undefined {
  return properties.find((property) => property.id === id && nouns.includes(property.type))
}
