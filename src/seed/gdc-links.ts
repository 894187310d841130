import { type Static, Type } from '../typebox.ts'
import type { AddError } from './findings.ts'
import { LinkSources, SourceIds } from './link-sources.ts'
import { Id, LineCode, Matching, orNull, record, Sdg, Text } from './types.ts'

const objective = { minimum: 1, maximum: 5, description: 'the number of an objective, 1 to 5' }
const paragraph = Type.Integer({ minimum: 1, description: 'the number of a paragraph of the Compact' })
const letter = Matching('^[a-z]$', 'the letter of a commitment in its paragraph')

const Commitment = record({
  objective: Type.Integer({ ...objective, refersTo: 'objectives' }),
  theme: orNull(Text('the theme within the objective, as printed')),
  paragraph,
  letter: orNull(letter),
  goals: orNull(Type.Array(Sdg, { uniqueItems: true })),
})
type Commitment = Static<typeof Commitment>

const Link = record({
  paragraph,
  letters: Type.Array(letter, { uniqueItems: true }),
  title: Text('a short summary of the point'),
  actionLines: Type.Array(LineCode, {
    minItems: 1,
    uniqueItems: true,
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

/** A linked point of the Compact; `goals` is null for all goals. */
export interface GdcPoint {
  objective: number
  theme: string | null
  /** Examples: `para 21(a)`, or `para 35(c), (d), (e)` for three commitments. */
  point: string
  goals: number[] | null
}

/** The point that a link refers to. */
export function gdcPointOf({ paragraph, letters }: GdcLink, { commitments }: SeedGdcLinks): GdcPoint {
  const own = commitmentsOf({ paragraph, letters }, commitments)
  // checkGdcLinks ensures that it exists.
  const { objective, theme } = own[0] as Commitment
  const goals = own.some(({ goals }) => goals === null) ? null : own.flatMap(({ goals }) => goals ?? [])
  return {
    objective,
    theme,
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
      const point = commitmentName({ paragraph: link.paragraph, letter })
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

const commitmentName = ({ paragraph, letter }: Pick<Commitment, 'paragraph' | 'letter'>) =>
  `para ${paragraph}${letter === null ? '' : `(${letter})`}`
