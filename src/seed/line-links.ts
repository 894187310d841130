import { oneOf, type Static, Type } from '../typebox.ts'
import { authorities } from '../vocabulary.ts'
import type { AddError } from './findings.ts'
import { DateRange, Id, LineCode, Matching, Name, orNull, PartialDate, record, Sdg, Text, Url } from './types.ts'

// The links of lines to Sustainable Development Goals, to points of the Global Digital Compact, and to keywords.

/** A source of links or keywords. */
export const LinkSource = record({
  id: Id('an id such as ungis-gdc-matrix'),
  title: Text('the title of the document'),
  date: orNull(PartialDate),
  dateRange: orNull(DateRange),
  url: orNull(Url),
  readIn: orNull(Url),
  authority: oneOf(authorities, {}),
  note: orNull(Text('a remark')),
})
export type LinkSource = Static<typeof LinkSource>

/** The list of sources at the head of a file. */
const LinkSources = Type.Array(LinkSource, { uniqueBy: ['id'] })

/** The id of an entry in that list. */
const SourceId = Id('the id of one of the "sources" of this file', 'sources')
const SourceIds = Type.Array(SourceId, {
  minItems: 1,
  uniqueBy: [],
  description: 'a list of at least one id of the "sources" of this file',
})

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

/**
 * The goals linked to one line, with their targets, in the order of the 2030 Agenda. The `sources` of a goal are those
 * that link it as a whole; there may be none.
 */
export function linkedGoals({ linked }: SeedSdgLinks['links'][number]) {
  // The numbered targets (9.2, 9.10) come before those with a letter (9.a).
  const { compare } = new Intl.Collator('en', { numeric: true })
  const all = linked
    .flatMap(({ sources, targets }) => targets.map((target) => ({ target, sources })))
    .sort((one, other) => compare(one.target, other.target))
  return [...Map.groupBy(all, ({ target }) => goalOf(target))].map(([goal, own]) => {
    const isWhole = ({ target }: { target: string }) => target === String(goal)
    return { goal, sources: own.find(isWhole)?.sources ?? [], targets: own.filter((one) => !isWhole(one)) }
  })
}

const goalOf = (target: string) => Number(target.split('.')[0])

/** Checks that each goal has a distinct IRI, and that each link leads to an existing goal and occurs once. */
export function checkSdgLinks({ goals, links }: SeedSdgLinks, addError: AddError): void {
  for (const [index, { goal, iri }] of goals.entries())
    if (!iri.endsWith(`/${goal}`))
      addError(`/goals/${index}/iri`, `"${iri}" is not goal ${goal}; it must end in "/${goal}"`)
  for (const [index, { actionLine, linked }] of links.entries()) {
    const seen = new Set<string>()
    for (const [at, { targets }] of linked.entries())
      for (const [which, target] of targets.entries()) {
        const place = `/links/${index}/linked/${at}/targets/${which}`
        if (!goals.some(({ goal }) => goal === goalOf(target)))
          addError(place, `goal ${goalOf(target)} is not in "goals"; add it there`)
        if (seen.has(target))
          addError(place, `"${target}" appears twice for ${actionLine}; put all its sources into one record`)
        seen.add(target)
      }
  }
}

const objective = { minimum: 1, maximum: 5, description: 'the number of an objective, 1 to 5' }
const paragraph = Type.Integer({ minimum: 1, description: 'the number of a paragraph of the Compact' })
const letter = Matching('^[a-z]$', 'the letter of a commitment in its paragraph')

const Commitment = record({
  objective: Type.Integer({ ...objective, refersTo: 'objectives' }),
  theme: orNull(Text('the theme within the objective, as printed')),
  paragraph,
  letter: orNull(letter),
  goals: orNull(Type.Array(Sdg, { uniqueBy: [] })),
})
type Commitment = Static<typeof Commitment>

const Link = record({
  paragraph,
  letters: Type.Array(letter, { uniqueBy: [] }),
  title: Text('a short summary of the point'),
  actionLines: Type.Array(LineCode, {
    minItems: 1,
    uniqueBy: [],
    description: 'a list of at least one code of a line',
  }),
  allActionLines: Type.Boolean({ description: 'true if the source links the point to all lines too, else false' }),
  sources: SourceIds,
})
type GdcLink = Static<typeof Link>

/** The content of seed/gdc-links.json. */
export const SeedGdcLinks = record({
  sources: LinkSources,
  textSource: Id('the id of the one of "sources" that is the text of the Compact', 'sources'),
  objectives: Type.Array(
    record({ objective: Type.Integer(objective), title: Text('the title of the objective, as printed') }),
    { uniqueBy: ['objective'] },
  ),
  commitments: Type.Array(Commitment, { uniqueBy: ['paragraph', 'letter'] }),
  links: Type.Array(Link),
})
export type SeedGdcLinks = Static<typeof SeedGdcLinks>

/** The point of the Compact that a link refers to; `goals` is null for all goals. */
export function gdcPointOf({ paragraph, letters }: GdcLink, { commitments }: SeedGdcLinks) {
  const own = commitmentsOf({ paragraph, letters }, commitments)
  // checkGdcLinks ensures that it exists.
  const { objective, theme } = own[0] as Commitment
  const goals = own.some(({ goals }) => goals === null) ? null : own.flatMap(({ goals }) => goals ?? [])
  return {
    objective,
    theme,
    /** `para 21(a)`, or `para 35(c), (d), (e)` for three commitments. */
    point: `para ${paragraph}${letters.map((letter) => `(${letter})`).join(', ')}`,
    goals: goals && [...new Set(goals)].sort((a, b) => a - b),
  }
}

function commitmentsOf({ paragraph, letters }: Pick<GdcLink, 'paragraph' | 'letters'>, all: Commitment[]) {
  const named: (string | null)[] = letters.length > 0 ? letters : [null]
  return all.filter((one) => one.paragraph === paragraph && named.includes(one.letter))
}

/** Checks that each link names commitments of one theme, and that no commitment is linked twice. */
export function checkGdcLinks({ commitments, links }: SeedGdcLinks, addError: AddError): void {
  const seen = new Map<string, string>()
  for (const [index, link] of links.entries()) {
    const place = `/links/${index}`
    const own = commitmentsOf(link, commitments)
    for (const letter of link.letters.length > 0 ? link.letters : [null]) {
      const point = `para ${link.paragraph}${letter === null ? '' : `(${letter})`}`
      if (!own.some((one) => one.letter === letter))
        addError(
          place,
          `names ${point}, which is not in "commitments"; add it there, or correct "paragraph" and "letters"`,
        )
      if (seen.has(point)) addError(place, `has ${point}, as ${seen.get(point)}; each point must be in one record`)
      seen.set(point, place)
    }
    if (new Set(own.map(({ objective, theme }) => JSON.stringify([objective, theme]))).size > 1)
      addError(place, 'names commitments of several themes; it must be split')
  }
}

/** The content of seed/keywords.json. */
export const SeedKeywords = record({
  sources: LinkSources,
  lines: Type.Array(
    record({ actionLine: LineCode, source: SourceId, keywords: Type.Array(Name('a keyword'), { uniqueBy: [] }) }),
    { uniqueBy: ['actionLine', 'source'] },
  ),
})
export type SeedKeywords = Static<typeof SeedKeywords>

/**
 * The keywords in file order, each with the code of its line and the document that lists it; of several documents that
 * list it for a line, the first.
 */
export function keywordsOf({ lines }: SeedKeywords) {
  const all = lines.flatMap(({ actionLine, source, keywords }) =>
    keywords.map((keyword) => ({ id: actionLine, keyword, source })),
  )
  const equal = Map.groupBy(all, ({ id, keyword }) => `${id} ${keyword.toLowerCase()}`)
  return [...equal.values()].flatMap(([first]) => first ?? [])
}
