import type Sqlite from 'better-sqlite3'
import { latin, plainText } from '../characters.ts'
import { hitKinds } from '../vocabulary.ts'
import { parted, weights, withoutMarks } from './search-entries.ts'
import type { searchEntries } from './tables.ts'

type HitKind = (typeof hitKinds)[number]

/** The marks around matches. No text contains them, because `plain` removes them. */
export const marks = { begin: '\u0002', end: '\u0003' }
/** A word of a query: letters and digits with their marks, and a leading "e-". */
const word = /e\p{Pd}\p{L}[\p{L}\p{N}\p{M}]*|[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/giu
const possessive = /['’]s(?![\p{L}\p{N}])/giu
/** `e-health` and `eHealth` are both searched, whichever is written. Fewer letters begin too many other words. */
const eWord = /^e\p{Pd}?(\p{L}{3}.*)$/iu
/** The code of a line is not searched as a prefix: `C1` must not match `C10`. */
const code = /^c\p{N}+$/iu

/** A word of one or two letters is not searched as a prefix: `AI` must not match "aim". */
const short = /^\p{L}{1,2}$/u
/** English endings of plurals and singulars; the first match counts. A prefix search covers a plural in "s". */
const endings: [RegExp, string][] = [
  [/(?<=[a-z]{2}[^aeiou])ies$/i, 'y'],
  [/(?<=[a-z]{2}[^aeiou])y$/i, 'ies'],
  [/(?<=[a-z]{2}(?:ss|sh|ch|x))es$/i, ''],
  [/(?<=[a-z]{2}[^s])s$/i, ''],
]

/** The plural of a singular or the reverse, such as `disabilities` for `disability`; the word itself if no ending matches. */
function otherNumber(word: string): string {
  const [ending, other] = endings.find(([ending]) => ending.test(word)) ?? ['', '']
  return word.replace(ending, other)
}

/** A word as quoted phrases of FTS5. */
function phrasesOf(word: string): string[] {
  const rest = eWord.exec(word)?.[1]
  return rest ? [`"e${rest}"`, `"e ${rest}"`] : [`"${parted(word)}"`]
}

/**
 * A query in FTS5 syntax. Each word is quoted, so that it cannot be an operator, and matches exactly, as a prefix, or in
 * its singular or plural. Exact matches count twice, and Cyrillic words are also searched in Latin letters.
 */
function expressionOf(query: string): string {
  const words = withoutMarks(plainText(query)).replace(possessive, '').match(word) ?? []
  const conditions = [...new Set(words)].map((word) => {
    const spellings = [word, latin(word)].flatMap(phrasesOf)
    const beginnings = code.test(latin(word)) || short.test(word) ? [] : spellings.map((one) => `${one}*`)
    return `(${[...new Set([...spellings, ...beginnings, ...phrasesOf(otherNumber(word))])].join(' OR ')})`
  })
  // An empty phrase, which matches nothing.
  const expression = conditions.join(' AND ') || '""'
  // A session about C1 and C11 must not make C11 a hit for `C1`.
  return words.every((word) => code.test(latin(word))) ? `- sessions : (${expression})` : expression
}

/** The maximum number of hits of a query. */
const maxHits = 1_000
/** The maximum number of hits that are ranked: the time to weigh them grows with their number. */
const maxRanked = 20_000

/** A hit, with marks in its names, titles, coordinators and texts. */
type Found = typeof searchEntries.$inferSelect

/** The search index. */
interface Search {
  /**
   * The places (kind and id) of all hits with each word of the query, best first, and their total; of one kind, unless
   * it is null. Very many hits are not ranked, since a common word has little weight, and the first ones in collection
   * order are returned.
   */
  rank(query: string, kind: HitKind | null): { places: string[]; total: number }
  /** The hits at these places, in order. One that does not contain the words of the query has no marks. */
  read(query: string, places: string[]): Found[]
}

/** Prepares the search. */
export function searchOf(client: Sqlite.Database): Search {
  type Range = { expression: string; first: number; last: number }
  type Ranked = Range & { own: string; isRanked: number }
  const matching = 'from search where search match :expression and search.rowid between :first and :last'
  // Lines and agencies with all the words in their own names and keywords come first. Scores are rounded, because the last
  // digits of a logarithm differ between machines.
  const ranked = client
    .prepare<[Ranked], string>(
      `select place from
        (select found, isOwn, score from
          (select rowid as found, :isRanked and rowid in (select rowid from search where search match :own) as isOwn,
              case when :isRanked then round(bm25(search, ${Object.values(weights)}), 9) end as score
            ${matching} limit case when :isRanked then ${maxRanked} else ${maxHits} end)
          order by isOwn desc, score, found limit ${maxHits})
        cross join search_entries on position = found order by isOwn desc, score, position`,
    )
    .pluck()
  const count = client.prepare<[Range], number>(`select count(*) ${matching}`).pluck()
  // The kinds are one after the other.
  const range = client.prepare<[{ kind: HitKind | null }], { first: number; last: number }>(
    `select coalesce(min(position), 0) as first, coalesce(max(position), -1) as last
      from search_entries where :kind is null or kind = :kind`,
  )
  const ranges = new Map([null, ...hitKinds].map((kind) => [kind, range.get({ kind })]))
  const shown = Object.keys(weights).filter((column) => column !== 'unseen')
  const highlit = client.prepare<[Range & Record<string, string | number>], Pick<Found, 'place'>>(
    `select place, ${shown.map((column) => `highlight(search, ${Object.keys(weights).indexOf(column)}, :begin, :end) as ${column}`)}
      from search cross join search_entries on position = search.rowid
      where search match :expression and search.rowid between :first and :last
        and place in (select value from json_each(:places))`,
  )
  const rows = client.prepare<[Record<string, string>], Found>(
    'select * from search_entries where place in (select value from json_each(:places))',
  )
  return {
    rank(query, kind) {
      const requested = { expression: expressionOf(query), ...(ranges.get(kind) as Pick<Range, 'first' | 'last'>) }
      const total = Number(count.get(requested))
      const own = `{names keywords} : (${requested.expression})`
      return { places: ranked.all({ ...requested, own, isRanked: Number(total <= maxRanked) }), total }
    },
    read(query, places) {
      const wanted = { places: JSON.stringify(places) }
      const found = new Map(rows.all(wanted).map((row) => [row.place, row]))
      const positions = [...found.values()].map(({ position }) => position)
      const requested = { expression: expressionOf(query), first: Math.min(...positions), last: Math.max(...positions) }
      for (const row of highlit.all({ ...requested, ...wanted, ...marks }))
        Object.assign(found.get(row.place) as Found, row)
      return places.map((place) => found.get(place) as Found)
    },
  }
}
