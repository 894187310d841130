import type Sqlite from 'better-sqlite3'
import { latin, plainText } from '../characters.ts'
import type { Noun, SearchEntry } from '../nouns/noun.ts'

/** Separates two texts as a word that no text contains, so that no phrase matches across them. */
export const joint = '\ue000'

/** The text on one line in compatibility form (NFKC), without invisible characters and search marks. */
function withoutMarks(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\s\p{Cc}\p{Co}]+/gu, ' ')
    .trim()
}

/** An invisible separator between letters that are words of their own. `withoutMarks` removes it from every text. */
export const seam = '\u200b'
const unspaced = '\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Thai}\\p{scx=Laoo}\\p{scx=Khmr}\\p{scx=Mymr}'
const seams = new RegExp(
  `(?<=[${unspaced}]\\p{M}*)(?=[\\p{L}\\p{N}])|(?<=[\\p{L}\\p{N}]\\p{M}*)(?=(?!\\p{M})[${unspaced}])`,
  'gu',
)

/** The text with each letter of a script without spaces as a word, so that 卫生 matches 世界卫生组织. */
const parted = (text: string): string => text.replace(seams, seam)

/** The texts on one line, without duplicates. */
function joinedTexts(texts: (string | null)[]): string {
  return [...new Set(texts.map((text) => parted(withoutMarks(text ?? ''))))].filter(Boolean).join(` ${joint} `)
}

/** The columns of the index with their weights, far apart, so that one name outweighs two mentions in a title. */
const weights = { names: 1000, keywords: 200, titles: 50, coordinators: 20, sessions: 20, unseen: 20, texts: 1 }
type Column = keyof typeof weights
const columns = Object.keys(weights) as Column[]

/**
 * The search entries, one for each record, in the order of equal hits, and the full-text index over them, which Drizzle
 * cannot describe. `place` is kind and id: `session 2023-366`.
 */
const tables = `
create table search_entries (
  position integer primary key, place text not null unique, kind text not null, id text not null, title text not null,
  ${columns}
);
create virtual table search using fts5(
  ${columns},
  content = 'search_entries', content_rowid = 'position',
  tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2'
)`

/** Creates the tables, and returns the functions that add an entry and, at the end, fill the index. */
export function searchEntriesOf(client: Sqlite.Database) {
  client.exec(tables)
  const insert = client.prepare(
    `insert into search_entries (place, kind, id, title, ${columns}) values (?, ?, ?, ?${', ?'.repeat(columns.length)})`,
  )
  return {
    add(noun: Noun, id: string, found: SearchEntry): void {
      const texts = [noun.kind.replace('-', ' '), ...found.texts]
      const cells = columns.map((column) => joinedTexts({ ...found, texts }[column] ?? []))
      insert.run(`${noun.kind} ${id}`, noun.kind, id, found.title, ...cells)
    },
    index: (): void => void client.exec("insert into search (search) values ('rebuild')"),
  }
}

/** The marks around matches. No text contains them, because `withoutMarks` removes them. */
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

/** The words of a question about a role, such as "who is the facilitator of"; WHO in capitals is the agency. */
const asking =
  /^(?:[Ww]ho|what|which|is|are|does|the|of|for|(?:co-?)?facilitat(?:es?|ors?)|(?:co-?)?coordinat(?:es?|ors?)|leads?)$/u

/** The words of a query, without those of a question if others remain. */
function wordsOfQuery(query: string): string[] {
  const words = withoutMarks(plainText(query)).replace(possessive, '').match(word) ?? []
  const subject = words.filter((word) => !asking.test(word))
  return [...new Set(subject.length > 0 ? subject : words)]
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
  const words = wordsOfQuery(query)
  const conditions = words.map((word) => {
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

/** A hit, with marks in its names, titles, coordinators and texts. */
type Found = Record<Column | 'place' | 'kind' | 'id' | 'title', string>

/** Prepares the search. */
export function searchOf(client: Sqlite.Database) {
  // Lines and agencies with all the words in their own names and keywords come first. Scores are rounded, because the last
  // digits of a logarithm differ between machines.
  const ranked = client.prepare<[Record<string, string | null>], { place: string; total: number }>(
    `with hits as materialized
        (select rowid as hit, round(bm25(search, ${Object.values(weights)}), 9) as score from search where search match :expression)
      select place, count(*) over () as total from hits join search_entries on position = hit
      where :kind is null or kind = :kind
      order by hit in (select rowid from search where search match :own) desc, score, hit limit ${maxHits}`,
  )
  const highlit = Object.keys(weights).flatMap((column, index) =>
    column === 'unseen' ? [] : `highlight(search, ${index}, :begin, :end) as ${column}`,
  )
  const selected = 'place in (select value from json_each(:places))'
  const marked = client.prepare<[Record<string, string>], Found>(
    `select place, ${highlit} from search join search_entries on position = search.rowid
      where search match :expression and ${selected}`,
  )
  const unmarked = client.prepare<[Record<string, string>], Found>(`select * from search_entries where ${selected}`)
  /**
   * The places (kind and id) of the hits with each word of a query, best first, and their total; of one kind, unless it is
   * null.
   */
  return (query: string, kind: string | null) => {
    const expression = expressionOf(query)
    const hits = ranked.all({ expression, own: `{names keywords} : (${expression})`, kind })
    return {
      places: hits.map(({ place }) => place),
      total: hits[0]?.total ?? 0,
      /** The hits at these places, in order. One that does not contain the words of the query has no marks. */
      read(wanted: string[]): Found[] {
        const places = JSON.stringify(wanted)
        const found = new Map(unmarked.all({ places }).map((row) => [row.place, row]))
        for (const row of marked.all({ places, expression, ...marks }))
          Object.assign(found.get(row.place) as Found, row)
        return wanted.map((place) => found.get(place) as Found)
      },
    }
  }
}
