import type Sqlite from 'better-sqlite3'
import { latin } from '../names/spellings.ts'
import type { hitKinds } from '../vocabulary.ts'
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
  const words = plain(question).replace(possessive, '').match(word) ?? []
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

/** A member that was found, with marks in its names, titles, coordinators and texts. */
type Found = typeof searchEntries.$inferSelect

/** What answers questions. */
interface Search {
  /** The places (kind and id) of all that has each word of the question, the best first; of one kind, unless it is null. */
  rank(question: string, kind: HitKind | null): string[]
  /** What is at these places, in their order; one that the question does not find by its words has no marks. */
  read(question: string, places: string[]): Found[]
}

/** Prepares the search. */
export function searchOf(client: Sqlite.Database): Search {
  // The weights are far apart, so that a name counts more than a title that says it twice, and a title more than a
  // mention in a short text, however long the text beside it is.
  // Rounded, because the last digits of a logarithm are not the same on every machine.
  const ranked = client
    .prepare<[{ expression: string; kind: HitKind | null }], string>(
      `select place from search cross join search_entries on position = search.rowid
      where search match :expression and (:kind is null or kind = :kind)
      order by round(bm25(search, 1000, 50, 20, 1), 9), position`,
    )
    .pluck()
  const columns = ['names', 'titles', 'coordinators', 'texts'] as const
  const highlit = client.prepare<[Record<string, string>], Pick<Found, 'place' | (typeof columns)[number]>>(
    `select place, ${columns.map((column, index) => `highlight(search, ${index}, :begin, :end) as ${column}`)}
      from search cross join search_entries on position = search.rowid
      where search match :expression and place in (select value from json_each(:places))`,
  )
  const rows = client.prepare<[Record<string, string>], Found>(
    'select * from search_entries where place in (select value from json_each(:places))',
  )
  return {
    rank: (question, kind) => ranked.all({ expression: expressionOf(question), kind }),
    read(question, places) {
      const wanted = { places: JSON.stringify(places) }
      const marked = new Map(
        highlit.all({ expression: expressionOf(question), ...wanted, ...marks }).map((row) => [row.place, row]),
      )
      const found = rows.all(wanted).map((row) => ({ ...row, ...marked.get(row.place) }))
      return found.sort((a, b) => places.indexOf(a.place) - places.indexOf(b.place))
    },
  }
}
