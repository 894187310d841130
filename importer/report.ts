/** A message for the curator. */
export interface Note {
  /** Its location: "12", "paragraph 3", "page 2 line 7". */
  location: string
  text: string
  /** The words of the document that are not in the result. */
  words: string
  /** `omitted`: not in the result. `adapted`: in the result in another form. `check`: a guess. */
  kind: 'omitted' | 'adapted' | 'check'
  /** True if a curator must compare it with the document. */
  isDoubtful: boolean
}

/** The report of an import. */
export interface Report {
  notes: Note[]
  /** Words that are in the result in another form: bullets, quotation marks, labels, dates, "N/A". */
  otherForm: string[]
}

/** A position in the document. */
type Located = Pick<Note, 'location'>

/** Thrown if the document cannot be imported. The message tells the curator what to do. */
export class Refusal extends Error {}

/** An empty report. */
export const newReport = (): Report => ({ notes: [], otherForm: [] })

/** Reports a guess for the curator to check. */
export function doubt({ notes }: Report, { location }: Located, text: string): void {
  notes.push({ location, text, words: '', kind: 'check', isDoubtful: true })
}

/** Reports words that are not in the result, with the reason. */
export function omit({ notes }: Report, at: Located, words: string, reason: string, isDoubtful = false): void {
  notes.push({ location: at.location, text: `${reason}: ${words}`, words, kind: 'omitted', isDoubtful })
}

/** Reports words that are in the result in another form. */
export function adapt({ notes }: Report, { location }: Located, text: string): void {
  notes.push({ location, text, words: '', kind: 'adapted', isDoubtful: false })
}

const headings = { omitted: 'Omitted', adapted: 'Read differently', check: 'Check' }

/** The notes of a report as text, grouped by kind. Equal notes are one, with their number. */
export function reportText({ notes }: Report): string {
  return Object.entries(headings)
    .map(([kind, title]) => {
      const texts = Map.groupBy(
        notes.filter((note) => note.kind === kind),
        ({ text }) => text,
      )
      const rows = [...texts].map(([text, same]) => `    ${locationsOf(same)}: ${text}\n`)
      return rows.length > 0 ? `  ${title}\n${rows.join('')}` : ''
    })
    .join('')
}

function locationsOf(notes: Note[]): string {
  const [first = '', ...more] = new Set(notes.map(({ location }) => location))
  if (more.length === 0) return first
  return `${first} and ${more.length === 1 ? more[0] : `${more.length} more places, up to ${more.at(-1)}`}`
}

// Characters that a terminal or an editor would interpret: control characters and direction marks.
const controls = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu

/** A text as one printable line: control characters are written as `\u{1b}`. */
export const printable = (text: string): string =>
  text.replace(controls, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
