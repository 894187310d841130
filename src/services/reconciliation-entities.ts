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

/** A line or an agency, with the names used for autocompletion. */
interface Entity {
  id: string
  noun: NamedNoun
  record: ActionLine | Agency
  name: string
  names: string[]
  description: string
}

interface Named {
  id: string
  title: string
}

/** A property of the entities of one type. Its values are texts, or other entities of the type `links`. */
interface Property {
  id: string
  name: string
  type: NamedNoun
  of(record: never): (Named | string | null | undefined)[]
  links: NamedNoun | undefined
}

const ofType =
  <Record>(type: NamedNoun) =>
  (id: string, name: string, of: (record: Record) => ReturnType<Property['of']>, links?: NamedNoun): Property => ({
    ...{ id, name, type, of, links },
  })
const ofLine = ofType<ActionLine>('action-line')
const ofAgency = ofType<Agency>('agency')
const agency = (one: { agency: Named }) => one.agency
const line = (one: { actionLine: Named }) => one.actionLine
const adopted = ({ editions }: ActionLine) => editions.find(({ status }) => status === 'adopted')?.agencies ?? []

/** All properties, in the order in which they are suggested. */
export const properties: Property[] = [
  ofLine('title', 'Title', ({ title }) => [title]),
  ofLine('geneva-title', 'Title in the Geneva Plan of Action', ({ genevaTitle }) => [genevaTitle]),
  ofLine('parent', 'Action line above it', ({ parent }) => [parent], 'action-line'),
  ofLine('current', 'Named in the newest table', ({ current }) => current?.agencies ?? [], 'agency'),
  ofLine('current-table', 'The newest table that has the line', ({ current }) => [current?.edition.title]),
  ofLine('lead-contact', 'Lead contacts', ({ current }) => current?.contacts?.agencies ?? [], 'agency'),
  ofLine('adopted', 'Named in the adopted annex of 2005', adopted, 'agency'),
  ofLine('draft', 'Named in the draft annex of 2005', ({ coordinators }) => coordinators.map(agency), 'agency'),
  ofLine('agency', 'Named in any table', ({ editions }) => editions.flatMap(({ agencies }) => agencies), 'agency'),
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
  ofAgency(
    'line',
    'Action lines for which a table names it',
    ({ actionLines }) => actionLines.map(line),
    'action-line',
  ),
  ofAgency(
    'current-line',
    'Action lines in the newest table',
    ({ current }) => current.actionLines.map(line),
    'action-line',
  ),
]

/** A value of a property, in the form of the data extension. */
export type PropertyValue = { str: string } | { id: string; name: string }

/** A property value that a candidate should have. */
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

/** A candidate in the form of the API. */
export interface Candidate {
  id: string
  name: string
  description: string
  type: { id: string; name: string }[]
  score: number
  features: { id: string; value: number | boolean }[]
  match: boolean
}

/** The scores of candidates that `resolve` only suggests: with all hints matching, and without hints. */
const [suggestedScore, leastScore] = [0.4, 0.3]

/** All lines and agencies as entities. */
export class Entities {
  readonly #all: Map<string, Entity>
  readonly #books: Directory['named']

  constructor(records: Records, books: Directory['named']) {
    this.#books = books
    const all = [...records.all('action-lines').map(lineEntity), ...records.all('agencies').map(agencyEntity)]
    this.#all = new Map(all.map((entity) => [entity.id, entity]))
  }

  /** The entity with exactly this id; undefined if there is none. */
  get(id: string): Entity | undefined {
    return this.#all.get(id)
  }

  /** The candidates for a text, best first, and notes on its unmatched parts. */
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
    const result = [...found, ...near].sort((one, other) => other.score - one.score || hintsOf(other) - hintsOf(one))
    return { result: result.slice(0, limit), notes }
  }

  #candidate(
    id: string,
    hints: Hint[],
    match?: { score: number; isCertain: boolean; isMatch: boolean; reason: string | null },
  ): Candidate {
    const entity = this.#all.get(id) as Entity
    const has = hints.map(({ property, values }) => ({ id: property.id, value: this.#has(entity, property, values) }))
    const isHinted = has.length > 0 && has.every(({ value }) => value)
    const doubt = match?.reason ? `Not certain (${match.reason}). ` : match ? '' : 'Only a suggestion. '
    return {
      id,
      name: entity.name,
      description: doubt + entity.description,
      type: [typeOf(entity.noun)],
      score: match?.score ?? (isHinted ? suggestedScore : leastScore),
      features: [{ id: 'certain', value: match?.isCertain ?? false }, ...has],
      match: match?.isMatch ?? false,
    }
  }

  /** The ids of the entities with the values of all hints; empty without hints. */
  #having(nouns: NamedNoun[], hints: Hint[]): string[] {
    const has = (entity: Entity) => hints.every(({ property, values }) => this.#has(entity, property, values))
    const all = hints.length > 0 ? [...this.#all.values()] : []
    return all.flatMap((entity) => (nouns.includes(entity.noun) && has(entity) ? entity.id : []))
  }

  /** True if an entity has one of these values. Names of lines and agencies are matched as in `resolve`. */
  #has(entity: Entity, property: Property, values: string[]): boolean {
    const { links } = property
    const wanted = values.flatMap((value) =>
      links ? resolve(value, [this.#books[links]], { thorough: false }).matches.map(({ id }) => id) : fold(value),
    )
    const own = valuesOf(entity, property).map((value) => (typeof value === 'string' ? fold(value) : value.id))
    return wanted.some((value) => own.includes(value))
  }

  /** The values of a property; empty if there are none, or if it belongs to another type. */
  values(id: string, property: Property): PropertyValue[] {
    const entity = this.#all.get(id)
    const values = entity ? valuesOf(entity, property) : []
    return values.map((value) => (typeof value === 'string' ? { str: value } : { id: value.id, name: value.title }))
  }

  /** The entities with a name, or a word of a name, that has this prefix; then those with a similar name. */
  beginningWith(prefix: string, nouns: NamedNoun[]): Entity[] {
    const folded = fold(prefix)
    const wordsOf = (name: string) => name.split(/\s+/).map((_, at, words) => fold(words.slice(at).join(' ')))
    const all = [...this.#all.values()].filter(({ noun }) => nouns.includes(noun))
    const exact = all.filter(({ names }) => names.some((name) => fold(name) === folded))
    const begun = all.filter(({ names }) => names.flatMap(wordsOf).some((words) => words.startsWith(folded)))
    const near = nouns.flatMap((noun) => this.#books[noun].suggest(prefix)).flatMap((id) => this.#all.get(id) ?? [])
    return [...new Set([...exact, ...begun, ...near])]
  }
}

/** The number of hints that a candidate matches. */
const hintsOf = ({ features }: Candidate): number => features.filter(({ value }) => value === true).length

function valuesOf({ noun, record }: Entity, { type, of }: Property): (Named | string)[] {
  const values = type === noun ? of(record as never).filter((value) => value !== null && value !== undefined) : []
  return [...new Map(values.map((value) => [typeof value === 'string' ? value : value.id, value])).values()]
}

function lineEntity(record: ActionLine): Entity {
  const { id, title, genevaTitle, current } = record
  const description = current
    ? `Named in “${current.edition.title}”: ${current.agencies.map((one) => one.id).join(', ')}.`
    : 'No table names an agency for the line itself.'
  return { id, noun: 'action-line', record, name: title, names: [id, title, genevaTitle ?? ''], description }
}

function agencyEntity(record: Agency): Entity {
  const { id, acronym, name, aliases } = record
  return {
    id,
    noun: 'agency',
    record,
    name,
    names: [id, name, acronym, ...aliases],
    description: `${acronym}, agency.`,
  }
}

/** The property with an id, for entities of some types; undefined if there is none. */
export function propertyOf(id: string, nouns: readonly NamedNoun[] = namedNouns): Property | undefined {
  return properties.find((property) => property.id === id && nouns.includes(property.type))
}
