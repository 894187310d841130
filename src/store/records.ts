import type { Agency } from '../nouns/agencies.ts'
import type { Change } from '../nouns/changes.ts'
import type { Coordination } from '../nouns/coordinations.ts'
import type { Edition, EditionRow } from '../nouns/editions.ts'
import type { Forum } from '../nouns/forums.ts'
import type { ActionLine, LineEdition, LinkSource } from '../nouns/line-shapes.ts'
import type { Collection } from '../nouns/noun.ts'
import type { OutcomeDocument, Point } from '../nouns/outcome-documents.ts'
import { type Session, sessionYear } from '../nouns/sessions.ts'
import { type Count, type Link, linkTo, type Party } from '../nouns/shapes.ts'
import type { Source } from '../nouns/sources.ts'
import type { NamedNoun } from '../vocabulary.ts'

// The records for pages and services: parsed, and cached unless a request determines which.

export type {
  Agency,
  Change,
  Count,
  Edition,
  EditionRow,
  Forum,
  LineEdition,
  Link,
  LinkSource,
  OutcomeDocument,
  Party,
  Point,
  Session,
  Source,
}
export type Line = ActionLine
export type Statement = Coordination

/** The records by list name, for the nouns that pages and services read. */
export interface RecordOf {
  'action-lines': Line
  agencies: Agency
  editions: Edition
  forums: Forum
  sessions: Session
  'outcome-documents': OutcomeDocument
  sources: Source
  coordinations: Statement
  changes: Change
}
type ListName = keyof RecordOf

/** The last release of the data; its date is null if there was none. */
export interface Release {
  number: number
  date: string | null
}

/** Reads records, with addresses from the root of the host. */
export class Records {
  readonly #collections: ReadonlyMap<string, Collection>
  readonly #read = new Map<string, unknown>()

  constructor(collections: ReadonlyMap<string, Collection>) {
    this.#collections = collections
  }

  #of(name: ListName): Collection {
    return this.#collections.get(name) as Collection
  }

  #once<Value>(key: string, read: () => Value): Value {
    const value = this.#read.get(key) ?? read()
    this.#read.set(key, value)
    return value as Value
  }

  /** At most `limit` matching records, by default all, and the total number of matches; from the end if `isReversed`. */
  some<N extends ListName>(
    name: N,
    filters: object,
    limit = Number.MAX_SAFE_INTEGER - 1,
    isReversed = false,
  ): { total: number; items: RecordOf[N][] } {
    const { total, items } = this.#of(name).page({ ...filters }, '', limit, isReversed)
    return { total, items: JSON.parse(`[${items}]`) }
  }

  /** All records of a list, for lists of bounded length. */
  all<N extends ListName>(name: N): RecordOf[N][] {
    return this.#once(name, () => this.some(name, {}).items)
  }

  /** All records of a list by id, in list order. */
  byId<N extends ListName>(name: N): Map<string, RecordOf[N]> {
    return this.#once(`${name} by id`, () => new Map(this.all(name).map((record) => [record.id, record])))
  }

  /** The acronym that an agency itself uses, such as `UN DESA`. */
  acronym(id: string): string {
    return String(this.byId('agencies').get(id)?.acronym)
  }

  source(id: string): Source {
    return this.byId('sources').get(id) as Source
  }

  edition(id: string): Edition {
    return this.byId('editions').get(id) as Edition
  }

  /** The newest edition with coordinators or facilitators. The checks of the seed ensure that it exists. */
  get newest(): Edition {
    return this.all('editions').findLast(({ role }) => role !== 'contact') as Edition
  }

  /** A link to a line or an agency, by its name. */
  linkOf(noun: NamedNoun, id: string): Link {
    return noun === 'agency'
      ? linkTo('agencies', id, String(this.byId('agencies').get(id)?.name))
      : linkTo('action-lines', id, String(this.byId('action-lines').get(id)?.title))
  }

  /** The days of the first and the last statement with a complete date; empty without any. */
  period(): string[] {
    const dates = this.all('coordinations').flatMap(({ date }) => (date?.length === 10 ? date : []))
    const [first, last] = [dates.sort().at(0), dates.at(-1)]
    return first && last ? [first, last] : []
  }

  release(): Release {
    return this.#once('release', () => {
      const [newest] = this.some('changes', {}, 1).items
      return { number: newest?.release ?? 0, date: newest?.date ?? null }
    })
  }

  /** The id, year, lines and type of each session, newest first, for overviews and filter choices. */
  sessions(): { id: string; year: string; lines: string[]; type: string | null }[] {
    return this.#once('session-facts', () =>
      this.some('sessions', {}, undefined, true).items.map((session) => ({
        id: session.id,
        year: sessionYear(session),
        lines: session.actionLines.map(({ id }) => id),
        type: session.type,
      })),
    )
  }
}
