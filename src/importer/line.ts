/**
 * One line of a document as it was read: a line of text, or a paragraph of a Word file.
 * `place` says where it stood ("12", "page 2 line 7"). A blank line has the text "".
 */
export type Line = {
  place: string
  text: string
  /** What the file format itself says of the line: a list item, a heading, or the first line of a new page. */
  mark: 'item' | 'heading' | 'page' | null
}

/** Something for the curator to look at: where, and what. */
type Note = { place: string; text: string }

/** What the reading has to tell beside its result. */
export type Report = {
  /** What may be wrong and has to be checked. */
  unsure: Note[]
  /** Lines, and parts of lines, that are not in the result. `text` quotes all of their words. */
  leftOut: Array<Note & { words: string }>
  /** What is in the result in another form: bullets, quotation marks, labels, dates, "N/A". */
  otherForm: string[]
}

/** An empty report. */
export const newReport = (): Report => ({ unsure: [], leftOut: [], otherForm: [] })

/** Names a text as left out, with the reason. `words` are those of the document's lines that it accounts for. */
export function leaveOut(report: Report, line: Line, text: string, reason: string, words = text): void {
  report.leftOut.push({ place: line.place, text: `left out, ${reason}: ${text}`, words })
}

/** The document cannot be imported. The message is for the curator and says what to do. */
export class Refusal extends Error {}
