import { type Static, Type } from '../typebox.ts'
import type { SeedActionLine } from './action-lines.ts'
import type { Findings } from './errors.ts'
import { checkSourceIds, idsOf, LinkSource } from './link-sources.ts'
import { mayHave, type Records } from './records.ts'
import { closed, Id, Name } from './values.ts'

/** The whole of seed/keywords.json. */
export const SeedKeywords = Type.Object(
  {
    sources: Type.Array(LinkSource),
    lines: Type.Array(
      Type.Object(
        {
          actionLine: Id('the code of a line'),
          source: Id('the id of one of the "sources" of this file'),
          keywords: Type.Array(Name('a keyword'), { uniqueItems: true }),
        },
        closed,
      ),
    ),
  },
  closed,
)
export type SeedKeywords = Static<typeof SeedKeywords>

/** An ordinary word for the subject of a line: `id` is the code of the line, `source` the document that says so. */
export interface Keyword {
  id: string
  keyword: string
  source: string
}

/** The keywords in the order of the file; one that several sources have for a line is that of the first. */
export function keywordsOf({ lines }: SeedKeywords): Keyword[] {
  const all = lines.flatMap(({ actionLine, source, keywords }) =>
    keywords.map((keyword) => ({ id: actionLine, keyword, source })),
  )
  const first = new Map(all.toReversed().map((one) => [`${one.id} ${one.keyword.toLowerCase()}`, one]))
  return all.filter((one) => first.get(`${one.id} ${one.keyword.toLowerCase()}`) === one)
}

/** Checks that keywords are of lines that exist and of sources that are named, each line once a source. */
export function checkKeywords(
  file: string,
  content: SeedKeywords,
  lines: Records<SeedActionLine>,
  findings: Findings,
): void {
  const sources = idsOf(file, content.sources, findings)
  const seen = new Map<string, string>()
  for (const [index, { actionLine, source }] of content.lines.entries()) {
    const place = `/lines/${index}`
    if (!mayHave(lines, actionLine))
      findings.error(
        file,
        `${place}/actionLine`,
        `"${actionLine}" is not an action line; it must be a code of seed/${lines.file}`,
      )
    checkSourceIds(file, `${place}/source`, [source], sources, findings)
    const before = seen.get(`${actionLine} ${source}`)
    if (before !== undefined)
      findings.error(
        file,
        place,
        `${actionLine} is at ${before} already; all keywords of a line and source must be in one record`,
      )
    seen.set(`${actionLine} ${source}`, place)
  }
}
