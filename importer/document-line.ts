import { doubt, omit, type Report } from './report.ts'
import { superscript } from './superscript.ts'

/** A way of painting words other than plainly. */
export interface Painting {
  /** The reason that is reported. */
  reason: string
  /** True if a reader of the page does not see them, or sees them as withdrawn. */
  isOmitted: boolean
}

/** Words that are painted alike; null for plainly. */
export interface Run {
  text: string
  painting: Painting | null
}

/** One line or paragraph as a file has it. Every format is read into these, so that each rule is written once. */
export interface DocumentLine {
  /** Where it is: "12", "paragraph 3", "page 2 line 7". */
  location: string
  /** Its words; none for an empty line. */
  runs: Run[]
  /** Its kind as the file itself says: a list item, a heading, or the first line of a new page. */
  mark: 'item' | 'heading' | 'page' | null
  /** Its indent in characters. */
  indent: number
  /** Where it ends, and the room that its first word and a space need, in one unit; null if the file does not say. */
  extent: { end: number; first: number } | null
  /** The notes whose marks it has. */
  notes: string[]
}

/** A table as a file has it: rows of cells of lines. */
export interface Table {
  rows: DocumentLine[][][]
}

/** A document as its file has it. */
export interface Extract {
  blocks: Array<DocumentLine | Table>
  /** The targets of its links. */
  targets: string[]
  report: Report
}

/** A line with its words as one text, as the rules read it. */
export interface Line extends Omit<DocumentLine, 'runs'> {
  /** Its words; "" for an empty line. */
  text: string
  /** True if the first word of the next line had no room on it; null if the document does not tell. */
  full: boolean | null
  /** The bullet or list number at the beginning of `text`, with the spaces after it; "" for none. */
  marker: string
  /** The speaker, if a cell of the same table row names one. */
  speaker: string | null
}

/** A line of a file with these parts, and nothing else known of it. */
export const documentLine = (
  location: string,
  runs: Run[] | string,
  parts: Partial<DocumentLine> = {},
): DocumentLine => ({
  ...{ location, mark: null, indent: 0, extent: null, notes: [] },
  runs: typeof runs === 'string' ? [{ text: runs, painting: null }] : runs,
  ...parts,
})

/** A line with this text, and nothing else known of it. */
export const lineOf = (location: string, text: string, parts: Partial<Line> = {}): Line => ({
  ...{ location, text, mark: null, indent: 0, extent: null, full: null, marker: '', speaker: null, notes: [] },
  ...parts,
})

/** The visible words of runs. */
export const textOf = (runs: Run[]): string =>
  runs.map(({ text, painting }) => (painting?.isOmitted ? '' : superscript(text, `${painting?.reason}`))).join('')

/** The runs with those joined that follow each other and are painted alike. */
function merged(runs: Run[]): Run[] {
  const all: Run[] = []
  for (const { text, painting } of runs) {
    const last = all.at(-1)
    if (last && last.painting === painting) last.text += text
    else all.push({ text, painting })
  }
  return all
}

/** The line with its visible words. Reports what a reader does not see, and what is painted so that it may mean more. */
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
