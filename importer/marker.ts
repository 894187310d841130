import { dashes } from '../src/characters.ts'
import type { Line } from './document-line.ts'
import { headingKind } from './heading.ts'
import { doubt, type Report } from './report.ts'

// Shapes that only mark the start of a point, dashes, and the private characters of symbol fonts.
const bullet = new RegExp(
  `^(?:[•●▪■‣➢❖◆◇◦○▫⁃∙➤►▶·\\p{Co}]\\s*|[${dashes}](?=[\\p{Lu}"“„«])|[${dashes}*]\\s+|[${dashes}*]$|\\+\\s+(?=\\p{L})|o\\s+(?=\\p{Lu}))`,
  'u',
)
// Characters with a circle, brackets, a full stop or a keycap around a number, but no fractions or superscripts.
const enclosed = /^(?:(?![²³¹¼-¾⁰-₉⅐-⅟↉])(?=\p{Script=Common})\p{No}|\u{1f51f}|\d\u20e3)\s*/u
// "ⓘ" alone is a sign; "ⓐ, ⓑ" is a series.
const enclosedLetter = /^([\u249c-\u24e9])\s*/u
// One or two digits, one sign, then a space or a letter: "16.10.1", "2030 Agenda" and "3.5 billion" are not list
// numbers.
const number = /^\(?(?:(\d{1,2})[.)]|(?:[a-z]|[ivx]{2,4})\)|[ivx]{1,4}\.)(?:\s+|$|(?=\p{L}{2}))/u
// "A. Smith" and "1 - 2" begin the same way, so letters count only as a series: A, B, C.
const ordinal = new RegExp(
  `^([(\\[#№]?)(\\p{L}|[ivx]+|[IVX]+|\\p{Nd}{1,2})(\\s?[.)\\]:°º/${dashes}]{1,2})(?:\\s+|(?=\\p{L}{2}))`,
  'u',
)
/** Signs that belong to the word or number after them: units, currencies, "§ 5", "№ 3", "© ITU", "% of". */
const ofWords = '[§¶©®°%‰&@#№℃\\p{Sc}\\u2100-\\u214f\\u3200-\\u33ff]'
/** Signs for yes, no or open. */
const boxes = '☐☑☒✗✘❌✅❎□🗹🗷'
// "[ ]", "[x]", "#⃣".
const typed = '\\[[ xX✓✔]?\\]|[#*]\\u20e3'
// One to three symbols or emoji before a text.
const sign = new RegExp(
  `^(?:((?:${typed})\\s|\\p{RGI_Emoji}|(?!${ofWords})[\\p{So}\\p{Sm}])\\s*(?=[\\p{L}"“«])|([^\\p{L}\\p{N}\\s"'“”„«»‘’\\(\\[.…]{1,3})\\s+(?=[\\p{L}"“«]))`,
  'v',
)
const ofWord = new RegExp(`^${ofWords}+$`, 'u')
const box = new RegExp(`^(?:[${boxes}]|${typed})`, 'v')
// Letters in place of a lost symbol font of Word, before a capital letter.
const lostBullet = /^([§Øüvq]|\p{Ll})\s+(?=[\p{Lu}\p{Lo}"“«])/u
const firsts = new Set('1 a A i I а А ا أ α Α ١ १'.split(' '))
const romans = 'i ii iii iv v vi vii viii ix x xi xii'.split(' ')

/** The lines with the bullet or list number of each: known ones, and those that form a series in this document. */
export function withMarkers(lines: Line[], report: Report): Line[] {
  const series = new Set<string>()
  for (const { text } of lines) {
    const [, open, value = '', close] = ordinal.exec(text) ?? []
    for (const order of ordersOf(value)) if (value !== '') series.add(`${open}${close}${order}`)
    const circled = enclosedLetter.exec(text)?.[1]?.codePointAt(0)
    if (circled !== undefined) series.add(`circled ${circled}`)
  }
  const repeated = repeatedSigns(lines)
  const isPaired = pairedSigns(lines)
  return lines.map((line) => {
    const { text } = line
    // In a list of the file format, "o Brasil" and "1. Januar" are words.
    if (line.mark === 'item' && /^\w/.test(text)) return line
    const known = bullet.exec(text)?.[0] ?? enclosed.exec(text)?.[0] ?? number.exec(text)?.[0]
    if (known !== undefined) return { ...line, marker: isPaired(line) ? '' : known }
    const own = repeated.get(line)
    if (own !== undefined) {
      doubt(report, line, `"${own.trim()}" begins several lines and was read as their bullet: check it`)
      return { ...line, marker: own }
    }
    return { ...line, marker: ordinalOf(text, series) }
  })
}

/** The list number of a text, if the document also has the previous or the next one; "" for none. */
function ordinalOf(text: string, series: Set<string>): string {
  const [circled = '', letter = ''] = enclosedLetter.exec(text) ?? []
  const code = Number(letter.codePointAt(0))
  if ([code - 1, code + 1].some((other) => series.has(`circled ${other}`))) return circled
  const [found = '', open, value = '', close] = ordinal.exec(text) ?? []
  const isInSeries = ordersOf(value).some((order) => {
    const has = (other: string) => series.has(`${open}${close}${other}`)
    return firsts.has(value) ? has(after(order, 1)) : has(after(order, -1))
  })
  return isInSeries ? found : ''
}

/** Reports a line whose bullet carries meaning, because others at its level have the opposite: □ and ■, + and −. */
function pairedSigns(lines: Line[]): (line: Line) => boolean {
  const keyOf = ({ text, indent }: Line) => {
    const [found, box, plus] = /^(?:([□■])|(?:(\+)|[\u2212–-])\s+\p{L})/u.exec(text) ?? []
    return found === undefined ? '' : `${indent} ${box ?? plus ?? '-'}`
  }
  const keys = new Set(lines.map(keyOf))
  const opposites: Record<string, string> = { '□': '■', '■': '□', '+': '-', '-': '+' }
  return (line) => {
    const [indent, sign = ''] = keyOf(line).split(' ')
    return keys.has(`${indent} ${opposites[sign]}`)
  }
}

/**
 * The signs that are the bullet of a list, because all its lines begin with the same one. Different signs ("👍 Lamps",
 * "👎 Chairs") carry meaning.
 */
function repeatedSigns(lines: Line[]): Map<Line, string> {
  const groups: Array<Array<{ line: Line; found: string }>> = [[]]
  for (const line of lines) {
    const found = signOf(line.text)
    if (found !== null) groups.at(-1)?.push({ line, found })
    else if (headingKind(line.text) !== null || bullet.test(line.text) || number.test(line.text)) groups.push([])
  }
  const lists = groups.filter((group) => {
    const signs = new Set(group.map(({ found }) => found.trim()))
    return group.length > 1 && signs.size === 1 && !box.test([...signs].join())
  })
  return new Map(lists.flat().map(({ line, found }) => [line, found]))
}

function signOf(text: string): string | null {
  const letter = lostBullet.exec(text)?.[0]
  if (letter !== undefined) return letter
  const [found = '', , short = ''] = sign.exec(text) ?? []
  return found === '' || ofWord.test(short) ? null : found
}

/** The possible values of a list number: "letter 99" for "c". "v" may be a letter or a Roman number. */
function ordersOf(value: string): string[] {
  const roman = romans.indexOf(value.toLowerCase())
  const style = value === value.toLowerCase() ? 'roman' : 'ROMAN'
  const orders = roman >= 0 ? [`${style} ${roman}`] : []
  if (/^\d+$/.test(value)) return [`digits ${Number(value)}`]
  return [...value].length === 1 ? [...orders, `letter ${value.codePointAt(0)}`] : orders
}

function after(order: string, step: number): string {
  const [style, count] = order.split(' ')
  return `${style} ${Number(count) + step}`
}

/** The number of a numbered item; null for other texts. */
export function listNumber(text: string): number | null {
  const digits = number.exec(text)?.[1]
  return digits === undefined ? null : Number(digits)
}

const meaningful = new RegExp(
  `^(?:[${boxes}]|(?:${typed})\\s|\\p{RGI_Emoji}|(?!${ofWords})\\p{So}|[←-⇿]|■|[+\\-–\u2212]\\s+\\p{L})`,
  'v',
)

/** True if a line begins a point: with a bullet, a list number, or a sign with meaning, such as a box or an emoji. */
export const isItem = ({ text, mark, marker }: Line): boolean =>
  mark === 'item' || marker !== '' || meaningful.test(text)

/** True if a marker is typical of a nested list: a letter, a small Roman number, a hollow bullet. */
export const isLowerMarker = (marker: string): boolean => /^\(?(?:\p{Ll}|[ivx]+)[.)]|^[o◦○]/u.test(marker)

/** True if a text means "not applicable". */
export const isNotApplicable = (text: string): boolean =>
  /^\(?(?:n\s?[/.]?\s?a\.?|not applicable|none|nil)\)?[.]?$/i.test(text)
