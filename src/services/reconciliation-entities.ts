import { setImmediate } from 'node:timers/promises'
import { beginningOf, fold } from '../characters.ts'
import { badRequest, bodyError, HttpProblem } from '../http/problem-details.ts'
import { parsedJson } from '../http/query.ts'
import { type Match, maxText, resolve } from '../names/resolution.ts'
import type { Agency } from '../nouns/agencies.ts'
import type { ActionLine } from '../nouns/line-shapes.ts'
import { type Link, linkTo } from '../nouns/shapes.ts'
import type { Directory } from '../store/directory.ts'
import { oneOf, type Static, Type } from '../typebox.ts'
import { type NamedNoun, namedNouns } from '../vocabulary.ts'

// Lines and agencies as the entities of the Reconciliation Service API: the candidates for texts, and their properties.

/** The maximum number of queries, ids or properties in one request. */
export const maxBatch = 50
const maxLimit = 100

/** The types of entities. */
export const types: Record<NamedNoun, { id: string; name: string }> = {
  'action-line': { id: 'action-line', name: 'Action line' },
  agency: { id: 'agency', name: 'Agency' },
}

type Named = Pick<Link, 'id' | 'title'>

/** A line or an agency, with the names used for autocompletion. */
type Entity = Link & { noun: NamedNoun; record: object; description: string; names: string[] }

type Values = (Named | string | null | undefined)[]

/** A property of the entities of one type. Its values are texts, or other entities of the type `links`. */
interface Property {
  id: string
  name: string
  type: NamedNoun
  links: NamedNoun | undefined
  of(record: never): Values
}

/** The properties of a type, from a table of: name, values, and the type of the values that are entities. */
const propertiesOf = <Record>(
  type: NamedNoun,
  table: { [id: string]: [name: string, of: (record: Record) => Values, links?: NamedNoun] },
): Property[] => Object.entries(table).map(([id, [name, of, links]]) => ({ id, name, type, links, of }))

const agency = (one: { agency: Named }) => one.agency
const line = (one: { actionLine: Named }) => one.actionLine
const adopted = ({ editions }: ActionLine) => editions.find(({ status }) => status === 'adopted')?.agencies ?? []

/** All properties, in the order in which they are suggested. */
export const properties: Property[] = [
  ...propertiesOf<ActionLine>('action-line', {
    title: ['Title', ({ title }) => [title]],
    'geneva-title': ['Title in the Geneva Plan of Action', ({ genevaTitle }) => [genevaTitle]],
    parent: ['Action line above it', ({ parent }) => [parent], 'action-line'],
    current: ['Named in the newest table', ({ current }) => current?.agencies ?? [], 'agency'],
    'current-table': ['The newest table that has the line', ({ current }) => [current?.edition.title]],
    'lead-contact': ['Lead contacts', ({ current }) => current?.contacts?.agencies ?? [], 'agency'],
    adopted: ['Named in the adopted annex of 2005', adopted, 'agency'],
    draft: ['Named in the draft annex of 2005', ({ coordinators }) => coordinators.map(agency), 'agency'],
    agency: ['Named in any table', ({ editions }) => editions.flatMap(({ agencies }) => agencies), 'agency'],
    source: [
      'Tables and reports that name an agency for it',
      ({ editions, reports }) => [
        ...editions.map(({ edition }) => edition.title),
        ...reports.map(({ source }) => source.title),
      ],
    ],
  }),
  ...propertiesOf<Agency>('agency', {
    name: ['Name', ({ name }) => [name]],
    acronym: ['Acronym', ({ acronym }) => [acronym]],
    homepage: ['Home page', ({ homepage }) => [homepage]],
    city: ['City of the headquarters', ({ headquarters }) => [headquarters?.city]],
    country: ['Country of the headquarters', ({ headquarters }) => [headquarters?.country]],
    ror: ['ROR', ({ identifiers }) => [identifiers.ror]],
    isni: ['ISNI', ({ identifiers }) => [identifiers.isni]],
    wikidata: ['Wikidata', ({ identifiers }) => [identifiers.wikidata]],
    line: ['Action lines for which a table names it', ({ actionLines }) => actionLines.map(line), 'action-line'],
    'current-line': ['Action lines in the newest table', ({ current }) => current.actionLines.map(line), 'action-line'],
  }),
]

/** The values of a property, each once; empty for an unknown entity. */
function valuesOf(entity: Entity | undefined, property: string): (Named | string)[] {
  const of = properties.find(({ id, type }) => id === property && type === entity?.noun)?.of
  const values = (of?.(entity?.record as never) ?? []).filter((value) => value !== null && value !== undefined)
  return [...new Map(values.map((value) => [typeof value === 'string' ? value : value.id, value])).values()]
}

const propertyId = oneOf(
  properties.map(({ id }) => id),
  { title: 'property' },
)
const type = oneOf(namedNouns, {})
const HintValue = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Object({ id: Type.String() })])
/** A property value that a candidate should have. */
const Hint = Type.Object({ pid: propertyId, v: Type.Union([HintValue, Type.Array(HintValue)]) })
type Hint = Static<typeof Hint>
const Query = Type.Object(
  {
    query: Type.Optional(Type.String()),
    type: Type.Optional(Type.Union([type, Type.Array(type)], { title: 'type' })),
    limit: Type.Optional(Type.Integer({ minimum: 1 })),
    properties: Type.Optional(Type.Array(Hint)),
    type_strict: Type.Optional(oneOf(['any', 'should', 'all'], { title: 'type_strict' })),
  },
  { additionalProperties: false },
)
type Query = Static<typeof Query>
const Queries = Type.Record(Type.String(), Query)
const Extension = Type.Object({
  ids: Type.Array(Type.String()),
  properties: Type.Array(Type.Object({ id: propertyId })),
})

/** The scores of candidates that `resolve` only suggests: with all hints matching, and without hints. */
const [suggestedScore, leastScore] = [0.4, 0.3]

/** The line or agency with exactly this id; undefined if there is none. */
export function entityOf({ records }: Directory, id: string): Entity | undefined {
  const line = records.byId('action-lines').get(id)
  const agency = records.byId('agencies').get(id)
  return line ? lineEntity(line) : agency && agencyEntity(agency)
}

function entitiesOf({ records }: Directory, nouns: NamedNoun[]): Entity[] {
  const lines = records.all('action-lines').map(lineEntity)
  return [...lines, ...records.all('agencies').map(agencyEntity)].filter(({ noun }) => nouns.includes(noun))
}

/** The entities with a name, or a word of a name, that has this prefix; then those with a similar name. */
export function entitiesBeginning(directory: Directory, prefix: string, nouns: NamedNoun[]): Entity[] {
  const begun = beginning(entitiesOf(directory, nouns), ({ names }) => names, prefix)
  const near = nouns.flatMap((noun) => directory.named[noun].suggest(prefix))
  return [...new Set([...begun.map(({ id }) => id), ...near])].flatMap((id) => entityOf(directory, id) ?? [])
}

/** The candidates of a query, best first, and notes on unmatched parts of its text. */
function candidates(
  directory: Directory,
  { query = '', type = [], properties: hints = [], limit = maxLimit }: Query,
): object {
  if (query.length > maxText) return { result: [], notes: [`The text has more than ${maxText} characters.`] }
  const nouns = namedNouns.filter((noun) => type.length === 0 || [type].flat().includes(noun))
  const books = nouns.map((noun) => directory.named[noun])
  const { matches, unmatched, suggestions, notes } = resolve(query, books)
  const isAlone = matches.length === 1 && unmatched.length === 0
  const found = matches.flatMap((match) => candidate(directory, match.id, hints, match, isAlone))
  // Without a match or suggestion, the hints alone find entities.
  const isUnknown = matches.length + suggestions.length === 0
  const near = (isUnknown ? entitiesOf(directory, nouns) : suggestions).flatMap(({ id }) =>
    candidate(directory, id, hints),
  )
  const result = [...found, ...near.filter(({ score }) => !isUnknown || score === suggestedScore)]
  const countOf = ({ features }: (typeof result)[number]) => features.filter(({ value }) => value).length
  result.sort((one, other) => other.score - one.score || countOf(other) - countOf(one))
  return { result: result.slice(0, Math.min(limit, maxLimit)), notes }
}

/** An entity as a candidate; without a match it is a suggestion. */
function candidate(directory: Directory, id: string, hints: Hint[], match?: Match, isAlone = false) {
  const entity = entityOf(directory, id)
  if (!entity) return []
  const has = hints.map((hint) => ({ id: hint.pid, value: hasValue(directory, entity, hint) }))
  const isHinted = has.length > 0 && has.every(({ value }) => value)
  const doubt = match?.reason ? `Not certain (${match.reason}). ` : match ? '' : 'Only a suggestion. '
  const certain = match?.certain ?? false
  return {
    id,
    name: entity.title,
    description: doubt + entity.description,
    type: [types[entity.noun]],
    score: match?.score ?? (isHinted ? suggestedScore : leastScore),
    features: [{ id: 'certain', value: certain }, ...has],
    match: certain && isAlone,
  }
}

/** True if an entity has a value of the hint. Names of lines and agencies are matched as in `resolve`. */
function hasValue({ named }: Directory, entity: Entity, { pid, v }: Hint): boolean {
  const links = properties.find(({ id }) => id === pid)?.links
  const idsOf = (text: string, noun: NamedNoun) =>
    resolve(text, [named[noun]], { thorough: false }).matches.map(({ id }) => id)
  const wanted = [v].flat().flatMap((value) => {
    const text = String(typeof value === 'object' ? value.id : value).slice(0, maxText)
    return links ? idsOf(text, links) : fold(text)
  })
  return valuesOf(entity, pid).some((value) => wanted.includes(typeof value === 'string' ? fold(value) : value.id))
}

/** Those with a name, or a word of a name, that has this prefix; exact names first. */
export function beginning<One>(all: readonly One[], namesOf: (one: One) => string[], prefix: string): One[] {
  const folded = fold(prefix)
  const endsOf = (name: string) => name.split(/\s+/).map((_, at, words) => fold(words.slice(at).join(' ')))
  const begun = all.filter((one) =>
    namesOf(one)
      .flatMap(endsOf)
      .some((words) => words.startsWith(folded)),
  )
  const exact = begun.filter((one) => namesOf(one).some((name) => fold(name) === folded))
  return [...new Set([...exact, ...begun])]
}

function lineEntity(record: ActionLine): Entity {
  const { id, title, genevaTitle, current } = record
  const description = current
    ? `Named in “${current.edition.title}”: ${current.agencies.map(({ id }) => id).join(', ')}.`
    : 'No table names an agency for the line itself.'
  const names = [id, title, genevaTitle ?? '']
  return { ...linkTo('action-lines', id, title), noun: 'action-line', record, description, names }
}

function agencyEntity(record: Agency): Entity {
  const { id, acronym, name, aliases } = record
  const names = [id, name, acronym, ...aliases]
  return { ...linkTo('agencies', id, name), noun: 'agency', record, description: `${acronym}, agency.`, names }
}

/** The candidates of each query. Other requests run between queries. */
export async function reconciled(directory: Directory, json: string): Promise<object> {
  const queries = Object.entries(parsedJson('queries', json, Queries))
  checkBatch('queries', queries)
  const empty = queries.filter(([, { query, properties = [] }]) => query === undefined && properties.length === 0)
  if (empty.length > 0)
    throw badRequest(
      empty.map(([key]) => bodyError(`queries/${key}`, `Query "${key}" has neither "query" nor "properties".`)),
    )
  const results = new Map<string, object>()
  for (const [key, query] of queries) {
    results.set(key, candidates(directory, query))
    await setImmediate()
  }
  // Not property by property: a key may be "__proto__".
  return Object.fromEntries(results)
}

export const unknownId = (id: string): string => `No line or agency has the id "${beginningOf(id)}".`

/** The property values of entities (data extension). */
export function extended(directory: Directory, json: string): object {
  const { ids, properties: asked } = parsedJson('extend', json, Extension)
  checkBatch('ids', ids)
  checkBatch('properties', asked)
  const wanted = asked.flatMap(({ id }) => properties.filter((property) => property.id === id))
  const cellOf = (id: string, property: string) =>
    valuesOf(entityOf(directory, id), property).map((value) =>
      typeof value === 'string' ? { str: value } : { id: value.id, name: value.title },
    )
  const rowOf = (id: string) => asked.map((property) => [property.id, cellOf(id, property.id)])
  return {
    meta: wanted.map(({ id, name, links }) => ({ id, name, ...(links && { type: types[links] }) })),
    rows: Object.fromEntries(ids.map((id) => [id, Object.fromEntries(rowOf(id))])),
    notes: ids.filter((id) => !entityOf(directory, id)).map(unknownId),
  }
}

function checkBatch(what: string, { length }: unknown[]): void {
  if (length > maxBatch)
    throw new HttpProblem(413, `The request has ${length} ${what}; the maximum is ${maxBatch}. Send them in parts.`)
}
