import { dashes } from '../src/characters.ts'
import { doubt, type Line, type Report } from './document-line.ts'

// Characters that are no bullet: they belong to the words after them, or say something themselves.
const said = '"\'“”„«»‘’‚(\\[{<.,;:!?…¡¿%&/\\\\@#'
const boxes = '☐☑☒✗✘❌✅❎'
const bullet = new RegExp(
  `^(?:[•●▪■‣➢◦\\p{Co}\u2190-\u21ff\u2460-\u24ff\u2776-\u2793]\\s*|[${dashes}](?=[\\p{Lu}"“„«])|` +
    `(?![${said}${boxes}])[\\p{So}\\p{P}]\\s+|\\p{Sm}\\s+(?=\\p{L})|(?![${said}${boxes}])[\\p{S}\\p{P}]$|o\\s+(?=\\p{Lu}))`,
  'u',
)
// "16.10.1", "2030 Agenda" and "3.5 billion" are no list numbers: one or two digits, one character, a space or a letter.
const number = /^\(?(?:(\d{1,2})[.)]|(?:[a-z]|[ivx]{2,4})\)|[ivx]{1,4}\.)(?:\s+|$|(?=\p{L}{2}))/u
// "A. Smith" and "1 - 2" begin so too, therefore only as a series: A, B, C.
const ordinal = new RegExp(
  `^([(\\[#№]?)(\\p{L}|[ivx]+|[IVX]+|\\p{Nd}{1,2})(\\s?[.)\\]:°º/${dashes}]{1,2})(?:\\s+|(?=\\p{L}{2}))`,
  'u',
)
const letter = /^(\p{Ll}|Ø|[^\p{L}\p{N}\s"'“”„«»‘’([]{2,3})\s+(?=[\p{Lu}\p{Lo}"“«])/u
const firsts = new Set('1 a A i I а А ا أ α Α ١ १'.split(' '))
const romans = 'i ii iii iv v vi vii viii ix x xi xii'.split(' ')

/** The same lines with the bullet or list number of each: those known, and what makes a series in this document. */
export function withMarkers(lines: Line[], report: Report): Line[] {
  const values = new Set<string>()
  const repeated = new Map<string, number>()
  for (const { text } of lines) {
    const [, open, value = '', close] = ordinal.exec(text) ?? []
    for (const order of ordersOf(value)) if (value !== '') values.add(`${open}${close}${order}`)
    const [, character] = letter.exec(text) ?? []
    if (character !== undefined) repeated.set(character, (repeated.get(character) ?? 0) + 1)
  }
  return lines.map((line) => {
    // In a list of the file format "o Brasil" and "1. Januar" are words.
    if (line.mark === 'item' && /^\w/.test(line.text)) return line
    const known = bullet.exec(line.text)?.[0] ?? number.exec(line.text)?.[0]
    if (known !== undefined) return { ...line, marker: known }
    const [repeatedMark, character = ''] = letter.exec(line.text) ?? []
    if (repeatedMark !== undefined && Number(repeated.get(character)) > 1) {
      doubt(report, line, `"${character}" begins several lines and was read as their bullet: check it`)
      return { ...line, marker: repeatedMark }
    }
    const [found = '', open, value = '', close] = ordinal.exec(line.text) ?? []
    const isInSeries = ordersOf(value).some((order) => {
      const has = (other: string) => values.has(`${open}${close}${other}`)
      return firsts.has(value) ? has(after(order, 1)) : has(after(order, -1))
    })
    return { ...line, marker: isInSeries ? found : '' }
  })
}

/** What a list number counts as: "letter 99" for "c"; "v" may be a letter or a Roman number. */
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

/** Whether a line begins a point: with a bullet, a list number, or a box that is ticked or not. */
export const isItem = ({ text, mark, marker }: Line) =>
  mark === 'item' || marker !== '' || new RegExp(`^[${boxes}]`, 'u').test(text)

/** Whether a marker is one that lists use below another: a letter, a small Roman number, a hollow bullet. */
export const isLowerMarker = (marker: string) => /^\(?(?:\p{Ll}|[ivx]+)[.)]|^[o◦○]/u.test(marker)

/** Whether a text says that there is nothing to say. */
export const isNotApplicable = (text: string) => /^\(?(?:n\s?[/.]?\s?a\.?|not applicable|none|nil)\)?[.]?$/i.test(text)
