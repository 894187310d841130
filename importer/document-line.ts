import { doubt, omit, type Report } from './report.ts'

/** A notable formatting of words. */
export interface Painting {
  /** The reason in the report. */
  reason: string
  /** True if readers do not see the words, or see them as withdrawn. */
  isOmitted: boolean
}

/** Words with the same formatting; null for plain. */
export interface Run {
  text: string
  painting: Painting | null
}

/** One line or paragraph of a file. Every format is read into these, so that each rule is written once. */
export interface DocumentLine {
  /** Its location: "12", "paragraph 3", "page 2 line 7". */
  location: string
  /** Its words; empty for an empty line. */
  runs: Run[]
  /** Its kind as marked in the file: a list item, a heading, or the first line of a new page. */
  mark: 'item' | 'heading' | 'page' | null
  /** Its indent in characters. */
  indent: number
  /** Its end, and the width of its first word and a space, in one unit; null if the file does not say. */
  extent: { end: number; first: number } | null
  /** The notes that it refers to. */
  notes: string[]
}

/** A table of a file: rows of cells of lines. */
export interface Table {
  rows: DocumentLine[][][]
}

/** A document as in its file. */
export interface Extract {
  blocks: Array<DocumentLine | Table>
  /** The targets of its links. */
  targets: string[]
  report: Report
}

/** A line with its words as one text, for the rules. */
export interface Line extends Omit<DocumentLine, 'runs'> {
  /** Its words; "" for an empty line. */
  text: string
  /** True if the first word of the next line did not fit on it; null if unknown. */
  full: boolean | null
  /** The bullet or list number at the start of `text`, with the spaces after it; "" for none. */
  marker: string
  /** The speaker named in another cell of the table row. */
  speaker: string | null
}

/** A line of a file with these parts; the rest has defaults. */
export const documentLine = (
  location: string,
  runs: Run[] | string,
  parts: Partial<DocumentLine> = {},
): DocumentLine => ({
  ...{ location, mark: null, indent: 0, extent: null, notes: [] },
  runs: typeof runs === 'string' ? [{ text: runs, painting: null }] : runs,
  ...parts,
})

/** A line with this text; the rest has defaults. */
export const lineOf = (location: string, text: string, parts: Partial<Line> = {}): Line => ({
  ...{ location, text, mark: null, indent: 0, extent: null, full: null, marker: '', speaker: null, notes: [] },
  ...parts,
})

/** The visible words of runs. */
export const textOf = (runs: Run[]): string =>
  runs.map(({ text, painting }) => (painting?.isOmitted ? '' : superscript(text, `${painting?.reason}`))).join('')

/** The runs, with adjacent ones of equal formatting joined. */
function merged(runs: Run[]): Run[] {
  const all: Run[] = []
  for (const { text, painting } of runs) {
    const last = all.at(-1)
    if (last && last.painting === painting) last.text += text
    else all.push({ text, painting })
  }
  return all
}

/** The line with its visible words. Reports invisible words, and formatting that may carry meaning. */
export function visibleLine({ runs, ...line }: DocumentLine, report: Report): Line {
  const groups = Map.groupBy(
    merged(runs).filter(({ text, painting }) => painting !== null && text.trim() !== ''),
    ({ painting }) => painting?.reason ?? '',
  )
  for (const [reason, same] of groups) {
    const words = same.map(({ text }) => text.trim())
    if (same[0]?.painting?.isOmitted) omit(report, line, words.join(' … '), reason, true)
    else doubt(report, line, `${reason}: check "${words.join('" and "')}"`)
  }
  return lineOf(line.location, textOf(runs), line)
}

const plain = '0123456789+-=()n'
const shapes: Record<string, string> = { superscript: '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ', subscript: '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ' }

/** Superscript or subscript text in the Unicode characters for it, if all exist. */
function superscript(text: string, position: string): string {
  const shape = shapes[position]
  if (shape === undefined) return text
  const characters = [...text].map((character) => [...shape][plain.indexOf(character)])
  return characters.includes(undefined) ? text : characters.join('')
}
