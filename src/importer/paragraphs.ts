import {
  breaksHeading,
  hasRomanNumber,
  headingGoesOn,
  headingKind,
  isUnfinished,
  isWholeHeading,
  splitHeading,
} from './heading.ts'
import type { Line, Report } from './line.ts'
import { isNotApplicable, listNumber, markerOf, startsWithMarker } from './marker.ts'
import { beginsWithHonorific, beginsWithQuotation, isOpenQuotation, readQuotation } from './speaker.ts'

/** Lines that belong together, joined with one blank; `marker` is the bullet or number that stood before an item. */
export type Paragraph = {
  kind: 'heading' | 'item' | 'text'
  marker: string
  text: string
  place: string
}

// How far a line stands from the one before: at once, after a blank line, or after a page break.
type Gap = 'none' | 'blank' | 'page'

/** Joins the lines of the body to paragraphs: hard-wrapped lines, and sentences that a page break cuts. */
export function paragraphsOf(lines: Line[], report: Report): Paragraph[] {
  const paragraphs: Paragraph[] = []
  let blanks = 0
  let page = false
  lines.forEach((line, index) => {
    page ||= line.mark === 'page'
    if (line.text === '') {
      blanks++
      return
    }
    const gap: Gap = page || blanks > 1 ? 'page' : blanks === 1 ? 'blank' : 'none'
    const before = paragraphs.at(-1)
    const kind = kindOf(line, lines.slice(index + 1, index + 6), before, gap)
    if (kind === 'text' && before && goesOn(before, line, gap)) append(before, line, gap, report)
    else paragraphs.push(...begin(kind, line))
    blanks = 0
    page = false
  })
  return paragraphs
}

function begin(kind: Paragraph['kind'], { text, place, mark }: Line): Paragraph[] {
  if (kind === 'heading') {
    const [heading, rest] = splitHeading(text)
    const paragraph: Paragraph = { kind, marker: '', text: heading, place }
    if (rest === '') return [paragraph]
    return [paragraph, ...begin(startsWithMarker(rest) ? 'item' : 'text', { text: rest, place, mark: null })]
  }
  // In a list of the file format "o Brasil" and "1. Januar" are words.
  const marker = kind === 'text' || (mark === 'item' && /^\w/.test(text)) ? '' : markerOf(text)
  return [{ kind, marker, text: text.slice(marker.length), place }]
}

/** What a line would be if it began a paragraph. */
function kindOf(line: Line, next: Line[], before: Paragraph | undefined, gap: Gap): Paragraph['kind'] {
  const { text, mark } = line
  const inSentence = gap === 'none' && before !== undefined && isUnfinished(before.text)
  if (!inSentence && (mark === 'item' ? isWholeHeading(text) : isHeading(text, next))) return 'heading'
  if (mark === 'item' || (startsWithMarker(text) && !isInsideText(text, before, gap))) return 'item'
  if (beginsWithQuotation(text) || beginsWithHonorific(text)) return 'text'
  if (mark === 'heading') return 'heading'
  if (before && (before.kind === 'heading' || gap === 'none')) return 'text'
  return looksLikeHeading(text, next, before === undefined) ? 'heading' : 'text'
}

function isHeading(text: string, [second, third]: Line[]): boolean {
  if (headingKind(splitHeading(text)[0], endsBefore(second)) !== null) return true
  if (second === undefined || endsBefore(second)) return hasRomanNumber(text)
  return breaksHeading(text, second.text) && headingKind(`${text} ${second.text}`, endsBefore(third)) !== null
}

/** Whether no text goes on in this line. */
const endsBefore = (line: Line | undefined) =>
  !line || line.text === '' || line.mark !== null || startsWithMarker(line.text)

/** "12. …" at the beginning of a hard-wrapped line belongs to the sentence before, unless that is numbered too. */
function isInsideText(text: string, before: Paragraph | undefined, gap: Gap): boolean {
  if (gap !== 'none' || !before || before.kind === 'heading' || isClosed(before.text)) return false
  if (markerOf(text).startsWith('o')) return true
  return ![null, 1].includes(listNumber(text)) && listNumber(before.marker) === null
}

/** A short line that stands alone before a list or a longer text, and is no sentence. */
function looksLikeHeading(text: string, next: Line[], isFirst: boolean): boolean {
  if (text.length > 100 || !/^\p{Lu}/u.test(text) || /[.,;:!"”»]$/.test(text) || isNotApplicable(text)) return false
  const following = next.find((line) => line.text !== '')
  if (!following || headingKind(following.text) !== null) return false
  const isList = following.mark === 'item' || startsWithMarker(following.text)
  return next[0] === following ? isFirst && isList : isList || following.text.length > 60
}

const isClosed = (text: string) => /[.!?:;…"”»)]/.test(text.slice(-1))

function goesOn(before: Paragraph, { text }: Line, gap: Gap): boolean {
  if (isNotApplicable(text) || isNotApplicable(before.text)) return false
  if (before.kind === 'heading') {
    const isNear = gap === 'none' || (gap === 'page' && /^[\p{Ll}(]/u.test(text))
    return isNear && !beginsWithQuotation(text) && headingGoesOn(before.text, text)
  }
  if (beginsWithQuotation(text) && readQuotation(before.text)?.speaker) return false
  if (beginsWithQuotation(text)) return gap === 'none' && (!isClosed(before.text) || isOpenQuotation(before.text))
  if (gap === 'none') {
    if (beginsWithHonorific(text) && beginsWithHonorific(before.text)) return false
    return !(before.text.endsWith(':') && /^\p{Lu}/u.test(text))
  }
  if (!isClosed(before.text) && /^\p{Ll}/u.test(text)) return true
  return gap === 'page' && (isUnfinished(before.text) || isOpenQuotation(before.text))
}

function append(before: Paragraph, { text, place }: Line, gap: Gap, report: Report): void {
  const hyphen = /\p{L}-$/u.test(before.text.slice(-3)) && /^(?!(?:and|or|to)\b)\p{L}/u.test(text)
  if (hyphen) {
    const word = `${/\S+$/.exec(before.text)?.[0]}${/^\S+/.exec(text)?.[0]}`
    report.unsure.push({
      place,
      text: `"${word}" stood on two lines: check whether the hyphen belongs to it`,
    })
  }
  if (gap !== 'none') {
    const over = gap === 'page' ? 'a page break' : 'a blank line'
    const joint = `… ${before.text.slice(-30)} / ${text.slice(0, 30)} …`
    report.unsure.push({ place, text: `joined across ${over}: "${joint}": check that it is one sentence` })
  }
  before.text += hyphen ? text : ` ${text}`
}
