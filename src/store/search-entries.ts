import type Sqlite from 'better-sqlite3'
import type { Noun, SearchEntry } from '../nouns/noun.ts'

/** Separates two texts as a word that no text contains, so that no phrase matches across them. */
export const joint = '\ue000'

/** The text on one line in compatibility form (NFKC), without invisible characters and search marks. */
export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\s\p{Cc}\p{Co}]+/gu, ' ')
    .trim()
}

/** The texts on one line, without duplicates. */
function joined(texts: (string | null)[]): string {
  return [...new Set(texts.map((text) => plain(text ?? '')))].filter(Boolean).join(` ${joint} `)
}

/** The full-text index over search_entries, which Drizzle cannot describe. */
const fullText = `create virtual table search using fts5(
  names, titles, coordinators, texts,
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
      'insert into search_entries (place, kind, id, title, names, titles, coordinators, texts) values (?, ?, ?, ?, ?, ?, ?, ?)',
    )
  }

  add(noun: Noun, id: string, found: SearchEntry): void {
    const { title, names = [], titles = [], coordinators = [], texts = [] } = found
    const allTexts = [noun.kind.replace('-', ' '), ...texts]
    const columns = [names, titles, coordinators, allTexts].map(joined)
    this.#insert.run(`${noun.kind} ${id}`, noun.kind, id, title, ...columns)
  }

  index(): void {
    this.#client.exec("insert into search (search) values ('rebuild')")
  }
}
