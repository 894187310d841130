import { type Static, Type } from '../typebox.ts'
import type { SeedActionLine } from './action-lines.ts'
import type { Findings } from './errors.ts'
import { checkSourceIds, idsOf, LinkSource, SourceIds } from './link-sources.ts'
import { mayHave, type Records } from './records.ts'
import { closed, Id, orNull, Sdg, Text } from './values.ts'

const objective = Type.Integer({ minimum: 1, maximum: 5, description: 'the number of an objective, 1 to 5' })
const paragraph = Type.Integer({ minimum: 1, description: 'the number of a paragraph of the Compact' })
const letter = Type.String({ pattern: '^[a-z]$', description: 'the letter of a commitment in its paragraph' })

const Commitment = Type.Object(
  {
    objective,
    theme: orNull(Text('the theme within the objective, as printed')),
    paragraph,
    letter: orNull(letter),
    goals: orNull(Type.Array(Sdg, { uniqueItems: true })),
  },
  closed,
)
type Commitment = Static<typeof Commitment>

const Link = Type.Object(
  {
    paragraph,
    letters: Type.Array(letter, { uniqueItems: true }),
    title: Text('a short summary of the point'),
    actionLines: Type.Array(Id('the code of a line'), {
      minItems: 1,
      uniqueItems: true,
      description: 'a list of at least one code of a line',
    }),
    allActionLines: Type.Boolean({ description: 'true if the source links the point to all lines too, else false' }),
    sources: SourceIds,
  },
  closed,
)
type GdcLink = Static<typeof Link>

/** The whole of seed/gdc-links.json. */
export const SeedGdcLinks = Type.Object(
  {
    sources: Type.Array(LinkSource),
    textSource: Id('the id of the one of "sources" that is the text of the Compact'),
    objectives: Type.Array(Type.Object({ objective, title: Text('the title of the objective, as printed') }, closed)),
    commitments: Type.Array(Commitment),
    links: Type.Array(Link),
  },
  closed,
)
export type SeedGdcLinks = Static<typeof SeedGdcLinks>

/** A linked point of the Compact as its text has it; `goals` is null for all goals. */
export interface GdcPoint {
  objective: number
  theme: string | null
  /** Such as `para 21(a)`, or `para 35(c), (d), (e)` for three commitments. */
  point: string
  goals: number[] | null
}

/** The point that a link names. */
export function gdcPointOf({ paragraph, letters }: GdcLink, { commitments }: SeedGdcLinks): GdcPoint {
  const own = commitmentsOf({ paragraph, letters }, commitments)
  // checkGdcLinks has made sure that there is one.
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

/** Checks that the text is a source, and that each link leads from commitments of one objective to lines that exist. */
export function checkGdcLinks(
  file: string,
  gdc: SeedGdcLinks,
  lines: Records<SeedActionLine>,
  findings: Findings,
): void {
  const sources = idsOf(file, gdc.sources, findings)
  checkSourceIds(file, '/textSource', [gdc.textSource], sources, findings)
  checkCommitments(file, gdc, findings)
  const seen = new Map<string, string>()
  for (const [index, link] of gdc.links.entries()) {
    const place = `/links/${index}`
    checkPoint(file, place, link, gdc.commitments, findings)
    for (const letter of link.letters.length > 0 ? link.letters : [null]) {
      const point = nameOf({ paragraph: link.paragraph, letter })
      if (seen.has(point))
        findings.error(file, place, `has ${point}, as ${seen.get(point)}; each point must be in one record`)
      seen.set(point, place)
    }
    for (const [at, code] of link.actionLines.entries())
      if (!mayHave(lines, code))
        findings.error(
          file,
          `${place}/actionLines/${at}`,
          `"${code}" is not an action line; it must be a code of seed/${lines.file}`,
        )
    checkSourceIds(file, `${place}/sources`, link.sources, sources, findings)
  }
}

const nameOf = ({ paragraph, letter }: Pick<Commitment, 'paragraph' | 'letter'>) =>
  `para ${paragraph}${letter === null ? '' : `(${letter})`}`

/** Checks that a link names commitments, and that all are of one theme. */
function checkPoint(file: string, place: string, link: GdcLink, all: Commitment[], findings: Findings): void {
  const own = commitmentsOf(link, all)
  for (const letter of link.letters.length > 0 ? link.letters : [null])
    if (!own.some((one) => one.letter === letter))
      findings.error(
        file,
        place,
        `names ${nameOf({ paragraph: link.paragraph, letter })}, which is not in "commitments"; add it there, or correct "paragraph" and "letters"`,
      )
  if (new Set(own.map(({ objective, theme }) => JSON.stringify([objective, theme]))).size > 1)
    findings.error(file, place, 'names commitments of several themes; it must be split')
}

function checkCommitments(file: string, { objectives, commitments }: SeedGdcLinks, findings: Findings): void {
  const known = new Set<number>()
  for (const [index, { objective }] of objectives.entries()) {
    if (known.has(objective))
      findings.error(
        file,
        `/objectives/${index}/objective`,
        `objective ${objective} appears twice; each objective must be unique`,
      )
    known.add(objective)
  }
  const seen = new Set<string>()
  for (const [index, commitment] of commitments.entries()) {
    const [place, name] = [`/commitments/${index}`, nameOf(commitment)]
    if (!known.has(commitment.objective))
      findings.error(
        file,
        `${place}/objective`,
        `objective ${commitment.objective} is not in "objectives"; add it there`,
      )
    if (seen.has(name)) findings.error(file, place, `${name} appears twice; each commitment must be unique`)
    seen.add(name)
  }
}
