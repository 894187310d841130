import { type Static, Type } from '../typebox.ts'
import { LinkSources, SourceId } from './link-sources.ts'
import { LineCode, Name, record } from './types.ts'

/** The content of seed/keywords.json. */
export const SeedKeywords = record({
  sources: LinkSources,
  lines: Type.Array(
    record({
      actionLine: LineCode,
      source: SourceId,
      keywords: Type.Array(Name('a keyword'), { uniqueItems: true }),
    }),
    { uniqueBy: ['actionLine', 'source'] },
  ),
})
export type SeedKeywords = Static<typeof SeedKeywords>

/** A keyword of a line: `id` is the code of the line, `source` the document that lists it. */
export interface Keyword {
  id: string
  keyword: string
  source: string
}

/** The keywords in file order; one listed for a line by several sources is attributed to the first. */
export function keywordsOf({ lines }: SeedKeywords): Keyword[] {
  const all = lines.flatMap(({ actionLine, source, keywords }) =>
    keywords.map((keyword) => ({ id: actionLine, keyword, source })),
  )
  const first = new Map(all.toReversed().map((one) => [`${one.id} ${one.keyword.toLowerCase()}`, one]))
  return all.filter((one) => first.get(`${one.id} ${one.keyword.toLowerCase()}`) === one)
}
