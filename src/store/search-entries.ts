import type Sqlite from 'better-sqlite3'
import type { Noun, SearchEntry } from '../nouns/noun.ts'

/** Separates two texts as a word that no text contains, so that no phrase matches across them. */
export const joint = '\ue000'

/** The text on one line in compatibility form (NFKC), without invisible characters and search marks. */
export function withoutMarks(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\s\p{Cc}\p{Co}]+/gu, ' ')
    .trim()
}

/** An invisible separator between letters that are words of their own. `plain` removes it from every text. */
export const seam = '\u200b'
const unspaced = '\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Thai}\\p{scx=Laoo}\\p{scx=Khmr}\\p{scx=Mymr}'
const seams = new RegExp(
  `(?<=[${unspaced}]\\p{M}*)(?=[\\p{L}\\p{N}])|(?<=[\\p{L}\\p{N}]\\p{M}*)(?=(?!\\p{M})[${unspaced}])`,
  'gu',
)

/** The text with each letter of a script without spaces as a word, so that 卫生 matches 世界卫生组织. */
export const parted = (text: string): string => text.replace(seams, seam)

/** The texts on one line, without duplicates. */
function joinedTexts(texts: (string | null)[]): string {
  return [...new Set(texts.map((text) => parted(withoutMarks(text ?? ''))))].filter(Boolean).join(` ${joint} `)
}

/** The columns of the index with their weights, far apart, so that one name outweighs two mentions in a title. */
export const weights = { names: 1000, keywords: 200, titles: 50, coordinators: 20, sessions: 20, unseen: 20, texts: 1 }
const columns = Object.keys(weights) as (keyof typeof weights)[]

/** The full-text index over search_entries, which Drizzle cannot describe. */
const fullText = `create virtual table search using fts5(
  ${columns},
  content = 'search_entries', content_rowid = 'position',
  tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2'
)`

/** Fills the table of search entries and the full-text index over it. */
export class SearchEntries {
  readonly #client: Sqlite.Database
  readonly #insert: Sqlite.Statement

  constructor(client: Sqlite.Database) {
    this.#client = client
    client.exec(fullText)
    this.#insert = client.prepare(
      `insert into search_entries (place, kind, id, title, ${columns}) values (?, ?, ?, ?${', ?'.repeat(columns.length)})`,
    )
  }

  add(noun: Noun, id: string, found: SearchEntry): void {
    const texts = [noun.kind.replace('-', ' '), ...found.texts]
    const cells = columns.map((column) => joinedTexts({ ...found, texts }[column] ?? []))
    this.#insert.run(`${noun.kind} ${id}`, noun.kind, id, found.title, ...cells)
  }

  index(): void {
    this.#client.exec("insert into search (search) values ('rebuild')")
  }
}
