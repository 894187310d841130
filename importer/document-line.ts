/** One line of a document as it was read: a line of text, or a paragraph of a Word file. */
export type Line = {
  /** Where it is: "12", "paragraph 3", "page 2 line 7". */
  place: string
  /** Its words; "" for an empty line. */
  text: string
  /** What the file format itself says of it: a list item, a heading, or the first line of a new page. */
  mark: 'item' | 'heading' | 'page' | null
  /** How far it is set in, in characters. */
  indent: number
  /** Whether the first word of the next line had no room on it; null if the document does not tell. */
  full: boolean | null
  /** The bullet or list number at the beginning of `text`, with the spaces after it; "" for none. */
  marker: string
  /** Who said it, if a cell of the same table row names somebody. */
  speaker: string | null
  /** The notes whose marks it has. */
  notes: string[]
}

/** A line with these parts, and nothing else known of it. */
export const lineOf = (place: string, text: string, parts: Partial<Line> = {}): Line => ({
  ...{ place, text, mark: null, indent: 0, full: null, marker: '', speaker: null, notes: [] },
  ...parts,
})

/** A message for the curator. `words` are those of the document's lines that it accounts for. */
type Note = { place: string; text: string; words: string }

/** What the reading has to tell beside its result. */
export type Report = {
  /** What may be wrong and has to be checked. */
  unsure: Note[]
  /** What is reported and needs no check, such as page numbers that are not in the result. */
  told: Note[]
  /** What is in the result in another form: bullets, quotation marks, labels, dates, "N/A". */
  otherForm: string[]
}

/** An empty report. */
export const newReport = (): Report => ({ unsure: [], told: [], otherForm: [] })

/** Reports what has to be checked. */
export function doubt(report: Report, { place }: Pick<Line, 'place'>, text: string, words = ''): void {
  report.unsure.push({ place, text, words })
}

/** Names words that are not in the result, with the reason. */
export function leaveOut(report: Report, { place }: Pick<Line, 'place'>, words: string, reason: string): void {
  report.told.push({ place, text: `left out, ${reason}: ${words}`, words })
}

/** The document cannot be imported. The message is for the curator and says what to do. */
export class Refusal extends Error {}
