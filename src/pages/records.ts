import type { Collection } from '../nouns/noun.ts'

// What the pages read of the records, and how they read them. Addresses begin at the root of the host.

export interface Link {
  id: string
  title: string
  href: string
}

export interface Count {
  total: number
  href: string
}

/** Who coordinates a line in one edition. */
export interface LineEdition {
  edition: Link
  status: string
  date: string | null
  authority: string
  agencies: Link[]
}

/** What a later document says. */
export interface Report {
  role: string
  appointment: boolean
  date: string | null
  dateBasis: string
  source: Link
  href: string
}

/** A document that links lines to goals or to points of the compact. */
export interface LinkSource {
  id: string
  title: string
  authority: string
  url: string | null
  readIn: string | null
}

export interface Line {
  id: string
  kind: string
  title: string
  genevaTitle: string
  parent: Link | null
  subLines: Link[]
  editions: LineEdition[]
  reports: (Report & { agency: Link })[]
  sdgs: { goal: number; title: string; iri: string; targets: { target: string }[] }[]
  gdc: { objective: number; objectiveTitle: string; title: string }[]
  keywords: string[]
  linkSources: LinkSource[]
  sessions: Count
  outcomeDocuments: Count
}

export interface Agency {
  id: string
  acronym: string
  name: string
  kind: string
  aliases: string[]
  names: { name: string; language: string | null; kind: string; source: string }[]
  memberOf: Link[]
  members: Link[]
  homepage: string | null
  headquarters: { city: string; country: string } | null
  identifiers: { ror: string | null; isni: string | null; wikidata: string | null; dacChannel: string | null }
  note: string | null
  readIn: string[]
  actionLines: { actionLine: Link; edition: Link; via: Link | null }[]
  reports: (Report & { actionLine: Link })[]
  sessions: Count
}

export interface EditionRow {
  actionLine: Link
  printedLabel: string
  printedCoordinators: string
  agencies: Link[]
}

export interface Edition {
  id: string
  title: string
  status: string
  date: string | null
  document: string | null
  complete: boolean
  authority: string
  source: Link
  rows: EditionRow[]
  /** The edition that it is compared to, if it is. */
  comparedTo?: Link | null
}

export interface Party {
  name: string
  agency: Link | null
}

export interface Session {
  id: string
  forumYear: number
  number: number | null
  title: string
  organizers: Party[]
  facilitators: Party[]
  date: string | null
  start: string | null
  end: string | null
  utcOffset: string | null
  printedZone: string | null
  type: string | null
  actionLines: (Link & { basis: string })[]
  actionLinesComplete: boolean | null
  sdgs: number[]
  url: string | null
  outcomeDocument: Link | null
  source: { title: string | null; url: string }
}

export interface Point {
  text: string
  speaker: { name: string; role: string | null; affiliation: string | null } | null
  points?: Point[]
}

export interface OutcomeDocument {
  id: string
  session: Link
  title: string | null
  organizer: string | null
  date: string | null
  start: string | null
  end: string | null
  utcOffset: string | null
  printedZone: string | null
  url: string | null
  template: string | null
  fidelity: string
  sections: { heading: string; notApplicable: boolean; intro: string | null; points: Point[] }[]
}

export interface Source {
  id: string
  kind: string
  title: string
  document: string | null
  date: string | null
  dateRange: { from: string | null; to: string | null } | null
  status: string
  complete: boolean
  authority: string
  url: string | null
  readIn: string | null
  note: string | null
  passages: { place: string; text: string; fidelity: string }[]
  statements: Count
}

export interface Statement {
  id: string
  actionLine: Link
  agency: Link
  role: string
  roleAsWorded: string | null
  appointment: boolean
  date: string | null
  dateBasis: string
  source: Link
  url: string | null
}

export interface Change {
  id: string
  release: number
  dataset: string
  date: string
  noun: string
  recordId: string
  record: Link | null
  change: string
  properties: { name: string; before: unknown; after: unknown }[]
}

/** The names of the lists that are read. */
export interface RecordOf {
  'action-lines': Line
  agencies: Agency
  editions: Edition
  sessions: Session
  'outcome-documents': OutcomeDocument
  sources: Source
  coordinations: Statement
  changes: Change
}
type Name = keyof RecordOf

/** The last release of the data; its date is null if there was none. */
export interface Release {
  number: number
  date: string | null
}

/** Reads records for pages. What does not depend on a question is read once. */
export class Records {
  readonly #collections: ReadonlyMap<string, Collection>
  readonly #kept = new Map<string, unknown>()

  constructor(collections: ReadonlyMap<string, Collection>) {
    this.#collections = collections
  }

  #of(name: Name): Collection {
    return this.#collections.get(name) as Collection
  }

  #once<Value>(key: string, read: () => Value): Value {
    if (!this.#kept.has(key)) this.#kept.set(key, read())
    return this.#kept.get(key) as Value
  }

  /** At most `limit` records that match, and how many match on the whole; the last ones first if `isReversed`. */
  some<N extends Name>(
    name: N,
    filters: object,
    limit: number,
    isReversed = false,
  ): { total: number; items: RecordOf[N][] } {
    const { total, items } = this.#of(name).page({ ...filters }, '', limit, isReversed)
    return { total, items: JSON.parse(`[${items}]`) }
  }

  /** Every record of a short list. */
  all<N extends 'action-lines' | 'agencies' | 'editions' | 'sources'>(name: N): RecordOf[N][] {
    return this.#once(name, () => this.some(name, {}, Number.MAX_SAFE_INTEGER - 1).items)
  }

  names(name: Name): Collection['names'] {
    return this.#of(name).names
  }

  one<N extends Name>(name: N, id: string): RecordOf[N] {
    return JSON.parse(this.#of(name).read(id))
  }

  edition(id: string): Edition {
    return this.all('editions').find((one) => one.id === id) as Edition
  }

  release(): Release {
    return this.#once('release', () => {
      const [newest] = this.some('changes', {}, 1).items
      return { number: newest?.release ?? 0, date: newest?.date ?? null }
    })
  }

  /** What the newest release did: how many records of each list it added, changed and removed. */
  lastChanges(): { noun: string; change: string; total: number }[] {
    return this.#once('changes', () => {
      const { number } = this.release()
      const all = this.some('changes', {}, Number.MAX_SAFE_INTEGER - 1).items.filter(
        ({ release }) => release === number,
      )
      const groups = Map.groupBy(all, ({ noun, change }) => `${noun} ${change}`)
      return [...groups.values()].map((group) => {
        const [{ noun, change }] = group as [Change]
        return { noun, change, total: group.length }
      })
    })
  }
}
