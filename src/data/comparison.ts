import type { Directory } from './database.ts'
import { and, asc, eq, getTableColumns } from './drizzle.ts'
import { fold } from './naming.ts'
import { resolve } from './resolution.ts'
import { agencies, agencyReach, annexRows, coordinations, actionLines as lines, sources } from './tables.ts'

/** What somebody holds of a line; undefined and null say that it is not held. */
export interface Held {
  code: string
  label?: string | null | undefined
  coordinators?: string | string[] | null | undefined
}

/** All that rows are compared with, in the order of the lists. */
function readAll(db: Directory['db']) {
  const held = db
    .select({ ...getTableColumns(lines), printedLabel: annexRows.printedLabel })
    .from(lines)
    .innerJoin(sources, eq(sources.isDefault, true))
    .innerJoin(annexRows, and(eq(annexRows.source, sources.id), eq(annexRows.actionLine, lines.code)))
    .orderBy(asc(lines.sortKey))
    .all()
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
      labelDiffers: typeof label === 'string' && !isTitleOf(line, label),
      ...(coordinators !== undefined && coordinators !== null && this.#bodies(line.code, [coordinators].flat())),
    }
  }

  #suggestions(code: string): ComparedLine[] {
    const { matches, suggestions } = resolve(code, [this.#names.actionLine])
    return [...matches, ...suggestions].flatMap(({ id }) => this.#all.lines.get(id) ?? [])
  }

  /** The coordinators of a line that are missing, and those that are too many. */
  #bodies(code: string, texts: string[]): Pick<Difference, 'missing' | 'extra'> {
    const said = this.#all.said.filter(({ actionLine }) => actionLine === code)
    const wanted = said.filter(({ isDefault, agency, body }) => isDefault && agency === body)
    const held = texts.flatMap((text) => this.#bodiesIn(text))
    const ids = new Set(held.map(({ id }) => id))
    const extra = held.filter(({ id }) => !wanted.some(({ agency }) => agency === id))
    return {
      missing: wanted.filter(({ agency }) => !ids.has(agency)),
      extra: extra.map(({ name, id }) => ({
        name,
        body: this.#all.bodies.get(id ?? '') ?? null,
        namedBy: said.filter(({ body }) => body === id),
      })),
    }
  }

  /** The bodies of a text, in which `;`, `/` or `|` stands between them, or a comma where each part is certain. */
  #bodiesIn(text: string): { name: string; id: string | null }[] {
    const { agency } = this.#names
    const parts = agency.find(text) ? [text] : text.split(/[;/|\n]/)
    const names = parts.map((part) => part.trim()).filter((name) => name !== '')
    return names.flatMap((name): { name: string; id: string | null }[] => {
      const id = agency.find(name)
      if (id !== undefined) return [{ name, id }]
      const { matches, unmatched } = resolve(name, [agency])
      const areClear = matches.length > 0 && unmatched.length === 0 && matches.every(({ certain }) => certain)
      return areClear ? matches.map(({ text, id }) => ({ name: text, id })) : [{ name, id: null }]
    })
  }
}

/** Whether a label is a title of the line, in the draft annex or in Geneva, or the printed one, with or without the code. */
function isTitleOf({ code, title, genevaTitle, printedLabel }: ComparedLine, label: string): boolean {
  const titles = [title, genevaTitle]
  return [...titles, ...titles.map((one) => `${code} ${one}`), printedLabel].some((one) => fold(one) === fold(label))
}
