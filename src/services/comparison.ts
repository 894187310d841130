import { asc, eq, getTableColumns } from '../drizzle.ts'
import { resolve } from '../names/resolve.ts'
import { fold } from '../names/spellings.ts'
import type { Directory } from '../store/directory.ts'
import { agencies, agencyReach, coordinations, actionLines as lines, sources } from '../store/tables.ts'

/** What somebody holds of a line; undefined and null say that it is not held. */
export interface Held {
  code: string
  label?: string | null | undefined
  coordinators?: string | string[] | null | undefined
}

/** All that rows are compared with, in the order of the lists. */
function readAll(db: Directory['db']) {
  const held = db.select().from(lines).orderBy(asc(lines.sortKey)).all()
  const said = db
    .select({
      ...getTableColumns(coordinations),
      sourceTitle: sources.title,
      isDefault: sources.isDefault,
      body: agencyReach.agency,
      bodyName: agencies.name,
    })
    .from(coordinations)
    .innerJoin(sources, eq(sources.id, coordinations.source))
    .innerJoin(agencyReach, eq(agencyReach.namedAs, coordinations.agency))
    .innerJoin(agencies, eq(agencies.id, agencyReach.agency))
    .orderBy(asc(coordinations.sortKey))
    .all()
  const bodies = db.select({ id: agencies.id, name: agencies.name }).from(agencies).all()
  return {
    lines: new Map(held.map((line) => [line.code, line])),
    bodies: new Map(bodies.map((one) => [one.id, one])),
    said,
  }
}
type All = ReturnType<typeof readAll>
export type ComparedLine = All['lines'] extends Map<string, infer One> ? One : never
/** A statement, as it names a body: by its own name, or by that of a group. */
export type Said = All['said'][number]

/** What is to be said of a row. */
export interface Difference {
  /** The line that is meant; undefined where the code is unknown. */
  line: ComparedLine | undefined
  /** What an unknown code may mean. */
  suggestions: ComparedLine[]
  isRenamed: boolean
  labelDiffers: boolean
  /** The statements of the annex that name a body which is not held. */
  missing: Said[]
  /** What is held and the annex does not name: its name there, the body where it is known, and what does name it. */
  extra: { name: string; body: { id: string; name: string } | null; namedBy: Said[] }[]
}

/** Compares rows with the directory, all of which is read once. */
export class Comparison {
  readonly #all: All
  readonly #names: Directory['names']

  constructor({ db, names }: Directory) {
    this.#all = readAll(db)
    this.#names = names
  }

  /** The lines that are not among these. */
  linesBut(codes: Set<string | undefined>): ComparedLine[] {
    return [...this.#all.lines.values()].filter(({ code }) => !codes.has(code))
  }

  compare({ code, label, coordinators }: Held): Difference {
    const line = this.#all.lines.get(this.#names.actionLine.find(code) ?? '')
    const none = { suggestions: [], isRenamed: false, labelDiffers: false, missing: [], extra: [] }
    if (!line) return { ...none, line, suggestions: this.#suggestions(code) }
    return {
      ...none,
      line,
      isRenamed: line.code !== code,
      labelDiffers: typeof label === 'string' && this.#names.actionLine.find(label) !== line.code,
      ...(coordinators !== undefined && coordinators !== null && this.#bodies(line.code, [coordinators].flat())),
    }
  }

  /** What a code that no line has may mean; without a thorough look, because there may be many of them. */
  #suggestions(code: string): ComparedLine[] {
    const { actionLine } = this.#names
    const { matches, suggestions } = resolve(code, [actionLine], { thorough: false })
    return [...matches, ...suggestions].map(({ id }) => this.#all.lines.get(id) as ComparedLine)
  }

  /** The coordinators of a line that are missing, and those that are too many. */
  #bodies(code: string, texts: string[]): Pick<Difference, 'missing' | 'extra'> {
    const said = this.#all.said.filter(({ actionLine }) => actionLine === code)
    const wanted = said.filter(({ isDefault, agency, body }) => isDefault && agency === body)
    // The first of several names of a body stays.
    const named = texts.flatMap((text) => this.#bodiesIn(text)).reverse()
    const held = new Map(named.map((one) => [one.id ?? fold(one.name), one]))
    const extra = [...held.values()].reverse().filter(({ id }) => !wanted.some(({ agency }) => agency === id))
    return {
      missing: wanted.filter(({ agency }) => !held.has(agency)),
      extra: extra.map(({ name, id }) => ({
        name,
        body: this.#all.bodies.get(id ?? '') ?? null,
        namedBy: said.filter(({ body }) => body === id),
      })),
    }
  }

  /** The bodies that a text names, and as they stand there the parts of it that name none. */
  #bodiesIn(text: string): { name: string; id: string | null }[] {
    const { agency } = this.#names
    const name = text.trim()
    const id = agency.find(name)
    if (id !== undefined) return [{ name, id }]
    if (none.test(name)) return []
    const parts = name.split(/[;；|\n]/)
    if (parts.length > 1) return parts.flatMap((part) => this.#bodiesIn(part))
    const { matches, unmatched } = resolve(name, [agency], { thorough: false })
    return [...matches.map(({ text, id }) => ({ name: text, id })), ...unmatched.map((name) => ({ name, id: null }))]
  }
}

/** How a copy says that there is no coordinator. */
const none = /^(?:n\/?a|none|nil|[-–—]*)$/i
