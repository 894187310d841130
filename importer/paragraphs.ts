import { dashes } from '../src/characters.ts'
import type { Line } from './document-line.ts'
import {
  breaksHeading,
  hasRomanNumber,
  headingGoesOn,
  headingKind,
  isUnfinished,
  isWholeHeading,
  splitHeading,
} from './heading.ts'
import { isItem, isNotApplicable, listNumber, withMarkers } from './marker.ts'
import { doubt, type Report } from './report.ts'
import { beginsWithHonorific, beginsWithQuotation, isOpenQuotation, readQuotation } from './speaker.ts'

/** Lines that belong together, joined with one space, without the marker of an item. */
export type Paragraph = Line & { kind: 'heading' | 'item' | 'text' }

// The distance of a line from the previous one: adjacent, after an empty line, or after a page break.
type Gap = 'none' | 'empty' | 'page'

/** Joins the lines of the body into paragraphs: hard-wrapped lines, and sentences cut by a page break. */
export function paragraphsOf(lines: Line[], report: Report): Paragraph[] {
  const paragraphs: Paragraph[] = []
  let empty = 0
  let page = false
  lines.forEach((line, index) => {
    page ||= line.mark === 'page'
    if (line.text === '') {
      empty++
      return
    }
    const gap: Gap = page || empty > 1 ? 'page' : empty === 1 ? 'empty' : 'none'
    const before = paragraphs.at(-1)
    const kind = kindOf(line, lines.slice(index + 1, index + 6), paragraphs, gap)
    if (kind === 'text' && before && goesOn(before, line, gap, report)) append(before, line, gap, report)
    else paragraphs.push(...begin(kind, line, report))
    empty = 0
    page = false
  })
  return paragraphs
}

function begin(kind: Paragraph['kind'], line: Line, report: Report): Paragraph[] {
  if (kind === 'text') return [{ ...line, kind, marker: '' }]
  if (kind === 'item') return [{ ...line, kind, text: line.text.slice(line.marker.length) }]
  const [heading, text] = splitHeading(line.text)
  const [rest = line] = withMarkers([{ ...line, text, mark: null, notes: [] }], report)
  const after = text === '' ? [] : begin(isItem(rest) ? 'item' : 'text', rest, report)
  return [{ ...line, kind, marker: '', text: heading }, ...after]
}

/** The kind of paragraph that a line would begin. */
function kindOf(line: Line, next: Line[], paragraphs: Paragraph[], gap: Gap): Paragraph['kind'] {
  const { text, mark } = line
  const before = paragraphs.at(-1)
  const inSentence = gap === 'none' && before !== undefined && isUnfinished(before.text)
  if (!inSentence && (mark === 'item' ? isWholeHeading(text) : isHeading(text, next))) return 'heading'
  if (mark === 'item' || (isItem(line) && !isInsideText(line, paragraphs, gap))) return 'item'
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

/** True if no text continues in this line. */
const endsBefore = (line: Line | undefined) => !line || line.text === '' || line.mark !== null || isItem(line)

/** "12. …" at the beginning of a hard-wrapped line belongs to the sentence before, unless that list has an 11. */
function isInsideText({ marker }: Line, paragraphs: Paragraph[], gap: Gap): boolean {
  const before = paragraphs.at(-1)
  if (gap !== 'none' || !before || before.kind === 'heading' || isClosed(before.text)) return false
  if (marker.startsWith('o')) return true
  if (listNumber(before.marker) !== null) return false
  const number = listNumber(marker)
  return ![null, 1].includes(number) && !paragraphs.some((one) => listNumber(one.marker) === Number(number) - 1)
}

/** A short line, alone before a list or a longer text, that is not a sentence. */
function looksLikeHeading(text: string, next: Line[], isFirst: boolean): boolean {
  if (text.length > 100 || !/^\p{Lu}/u.test(text) || /[.,;:!"”»]$/.test(text) || isNotApplicable(text)) return false
  const following = next.find((line) => line.text !== '')
  if (!following || headingKind(following.text) !== null) return false
  return next[0] === following ? isFirst && isItem(following) : isItem(following) || following.text.length > 60
}

const isClosed = (text: string) => /[.!?:;…"”»)。！？؟]/u.test(text.slice(-1))

function goesOn(before: Paragraph, line: Line, gap: Gap, report: Report): boolean {
  const { text } = line
  if (isNotApplicable(text) || isNotApplicable(before.text) || before.speaker !== null) return false
  if (before.kind === 'heading') {
    const isNear = gap === 'none' || (gap === 'page' && /^[\p{Ll}(]/u.test(text))
    return isNear && !beginsWithQuotation(text) && headingGoesOn(before.text, text)
  }
  if (beginsWithQuotation(text) && readQuotation(before.text)?.speaker) return false
  if (beginsWithQuotation(text)) return gap === 'none' && (!isClosed(before.text) || isOpenQuotation(before.text))
  if (gap !== 'none') {
    if (!isClosed(before.text) && /^\p{Ll}/u.test(text)) return true
    return gap === 'page' && (isUnfinished(before.text) || isOpenQuotation(before.text))
  }
  if (beginsWithHonorific(text) && beginsWithHonorific(before.text)) return false
  if (/^\p{Ll}/u.test(text) || isUnfinished(before.text) || isOpenQuotation(before.text)) return true
  if (before.text.endsWith(':') || (before.full === null && beginAlike(before.text, text))) return false
  // A sign usually begins a new line rather than continuing a sentence.
  const begins = before.full === null ? /^[\p{Lu}\p{Lt}\p{Lo}\p{S}\p{Po}]/u : /^[\p{Lu}\p{Lt}\p{Lo}]/u
  const isInside = !isClosed(before.text) && !begins.test(text)
  if (isInside || before.full) return true
  if (before.full === null && !isClosed(before.text))
    doubt(report, line, `${joint(before, text)} kept as two: check that they are no sentence`)
  return false
}

/** True if two texts begin with the same sign: "§ 5 …", "§ 7 …". */
const beginAlike = (one: string, other: string) => /^[^\p{L}\p{N}\s(]/u.test(one) && one.charAt(0) === other.charAt(0)

const joint = (before: Paragraph, text: string) => `"… ${before.text.slice(-30)} / ${text.slice(0, 30)} …"`

// Words after which a hyphen ends the word before: "long- or short-term".
const afterHyphen = /^(?:and|or|nor|to|et|ou|y|o|e|u|und|oder|и|или)(?![\p{L}\p{N}])/u

const cutWord = new RegExp(`[\\p{L}\\p{N}][${dashes}/]$`, 'u')

/** True if a line ends within a word: after a hyphen, or after a dash or slash with no space before it. */
const isCutWord = (before: string, text: string): boolean =>
  cutWord.test(before.slice(-4)) && /^[\p{L}\p{N}]/u.test(text) && !(before.endsWith('-') && afterHyphen.test(text))

function append(before: Paragraph, line: Line, gap: Gap, report: Report): void {
  const { text, indent, full, notes } = line
  const isCut = isCutWord(before.text, text)
  if (isCut) {
    const word = `${/\S{1,60}$/.exec(before.text)?.[0]}${/^\S{1,60}/.exec(text)?.[0]}`
    const isHyphen = /\p{L}-$/u.test(before.text.slice(-3))
    const doubtful = isHyphen ? ': check whether the hyphen belongs to it' : ': check it'
    doubt(report, line, `"${word}" was on two lines${doubtful}`)
  }
  const over = { none: 'a line end', empty: 'an empty line', page: 'a page break' }[gap]
  const areWhole = isClosed(before.text) && /^[\p{Lu}\p{Lo}]/u.test(text)
  if (gap !== 'none' || (areWhole && before.kind !== 'heading' && !isOpenQuotation(before.text))) {
    doubt(report, line, `joined across ${over}: ${joint(before, text)}: check that it is one sentence`)
  }
  // Chinese and Japanese have no spaces.
  const isJoint =
    isCut ||
    (/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}、。，]$/u.test(before.text) &&
      /^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/u.test(text))
  before.text += isJoint ? text : ` ${text}`
  before.full = full
  before.notes = [...before.notes, ...notes]
  if (before.marker === '') before.indent = Math.min(before.indent, indent)
}
