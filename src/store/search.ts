import type Sqlite from 'better-sqlite3'
import { latin, plainText } from '../characters.ts'
import { hitKinds } from '../vocabulary.ts'
import { plain } from './search-entries.ts'
import type { searchEntries } from './tables.ts'

type HitKind = (typeof hitKinds)[number]

/** The marks around what matched. No text has them, since `plain` removes them. */
export const marks = { begin: '\u0002', end: '\u0003' }
/** A word of a question: letters and digits with their marks, and an "e-" before them. */
const word = /e\p{Pd}\p{L}[\p{L}\p{N}\p{M}]*|[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/giu
const possessive = /['’]s(?![\p{L}\p{N}])/giu
/** `e-health` and `eHealth`: both are asked for, whichever is written. Fewer letters start too many other words. */
const eWord = /^e\p{Pd}?(\p{L}{3}.*)$/iu
/** The code of a line is no beginning of another code: `C1` is not asked for as `C10`. */
const code = /^c\p{N}+$/iu

/**
 * A question as FTS5 takes it: each word is quoted, so that nothing in it is an operator, and must be found as it is or as
 * the beginning of a word. Words as they are count twice, and Cyrillic ones are also looked for in Latin letters.
 */
function expressionOf(question: string): string {
  const words = plain(plainText(question)).replace(possessive, '').match(word) ?? []
  const conditions = [...new Set(words)].map((word) => {
    const spellings = [word, latin(word)].flatMap((one) => {
      const rest = eWord.exec(one)?.[1]
      return rest ? [`"e${rest}"`, `"e ${rest}"`] : `"${one}"`
    })
    const beginnings = code.test(latin(word)) ? [] : spellings.map((one) => `${one}*`)
    return `(${[...new Set([...spellings, ...beginnings])].join(' OR ')})`
  })
  // An empty phrase, which nothing has.
  return conditions.join(' AND ') || '""'
}

/** How many hits are given of one question: more than anybody looks through. */
const mostHits = 1_000
/** How many hits a question may have to be ranked: the time to weigh its words grows with them. */
const mostRanked = 20_000

/** A member that was found, with marks in its names, titles, coordinators and texts. */
type Found = typeof searchEntries.$inferSelect

/** What answers questions. */
interface Search {
  /**
   * The places (kind and id) of what has each word of the question, the best first, and how many there are on the whole;
   * of one kind, unless it is null. Very many are not ranked, since a word that all have says nothing of one: then the
   * first in the order of the collections are given.
   */
  rank(question: string, kind: HitKind | null): { places: string[]; total: number }
  /** What is at these places, in their order; one that the question does not find by its words has no marks. */
  read(question: string, places: string[]): Found[]
}

/** Prepares the search. */
export function searchOf(client: Sqlite.Database): Search {
  type Asked = { expression: string; first: number; last: number }
  type Ranked = Asked & { isRanked: number }
  const matching = 'from search where search match :expression and search.rowid between :first and :last'
  // The weights are far apart, so that a name counts more than a title that says it twice, and a title more than a
  // mention in a short text, however long the text beside it is.
  // Rounded, because the last digits of a logarithm are not the same on every machine.
  const ranked = client
    .prepare<[Ranked], string>(
      `select place from
        (select found, score from
          (select rowid as found, case when :isRanked then round(bm25(search, 1000, 50, 20, 1), 9) end as score
            ${matching} limit case when :isRanked then ${mostRanked} else ${mostHits} end)
          order by score, found limit ${mostHits})
        cross join search_entries on position = found order by score, position`,
    )
    .pluck()
  const count = client.prepare<[Asked], number>(`select count(*) ${matching}`).pluck()
  // The kinds are one after the other.
  const range = client.prepare<[{ kind: HitKind | null }], { first: number; last: number }>(
    `select coalesce(min(position), 0) as first, coalesce(max(position), -1) as last
      from search_entries where :kind is null or kind = :kind`,
  )
  const ranges = new Map([null, ...hitKinds].map((kind) => [kind, range.get({ kind })]))
  const columns = ['names', 'titles', 'coordinators', 'texts'] as const
  const highlit = client.prepare<
    [Asked & Record<string, string | number>],
    Pick<Found, 'place' | (typeof columns)[number]>
  >(
    `select place, ${columns.map((column, index) => `highlight(search, ${index}, :begin, :end) as ${column}`)}
      from search cross join search_entries on position = search.rowid
      where search match :expression and search.rowid between :first and :last
        and place in (select value from json_each(:places))`,
  )
  const rows = client.prepare<[Record<string, string>], Found>(
    'select * from search_entries where place in (select value from json_each(:places))',
  )
  return {
    rank(question, kind) {
      const asked = { expression: expressionOf(question), ...(ranges.get(kind) as Pick<Asked, 'first' | 'last'>) }
      const total = Number(count.get(asked))
      return { places: ranked.all({ ...asked, isRanked: Number(total <= mostRanked) }), total }
    },
    read(question, places) {
      const wanted = { places: JSON.stringify(places) }
      const found = new Map(rows.all(wanted).map((row) => [row.place, row]))
      const positions = [...found.values()].map(({ position }) => position)
      const asked = { expression: expressionOf(question), first: Math.min(...positions), last: Math.max(...positions) }
      for (const row of highlit.all({ ...asked, ...wanted, ...marks }))
        Object.assign(found.get(row.place) as Found, row)
      return places.map((place) => found.get(place) as Found)
    },
  }
}
