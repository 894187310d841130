// One normalization of characters for paths, filters, resolve, check, search, seed and importer.

/** Invisible characters that change no name: default-ignorable and format characters. */
export const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu

/** Hyphens, dashes and minus signs, for use within a character class: `[${dashes}]`. The soft hyphen is invisible. */
export const dashes = '\\-\u058a\u2010-\u2015\u2043\u207b\u208b\u2212\ufe58\ufe63\uff0d'

/**
 * A digit or letter that marks a footnote: superscript, subscript, circled, in brackets, with a full stop or comma, or
 * a keycap. Fractions and the numerals of a script (Roman, Ethiopic) are not footnote marks.
 */
const footnoteMark = String.raw`\p{Nd}[\p{Default_Ignorable_Code_Point}\p{Cf}]*(?!\u20e0)\p{Me}|(?![¼-¾⅐-⅟↉])(?=\p{Script=Common})\p{No}|[⁽⁾₍₎ªº]|(?=\p{Script=Latin})\p{Lm}`
const footnoteMarks = new RegExp(footnoteMark, 'gu')
const unread = new RegExp(`${invisible.source}|${footnoteMark}`, 'gu')

/**
 * Stands for a footnote mark. It is an invisible character, so a text without invisible characters cannot contain it.
 */
export const footnote = '\u2063'

/**
 * A text without invisible characters, `footnote` for each footnote mark, and the original position of each character.
 */
export function legible(sent: string): { text: string; placeOf(at: number): number } {
  if (/^[\0-\x7f]*$/.test(sent)) return { text: sent, placeOf: (at) => at }
  const places: number[] = []
  let text = ''
  const read = (part: string, from: number) => {
    text += part
    for (let at = 0; at < part.length; at++) places.push(from + at)
  }
  let end = 0
  for (const { 0: part, index } of sent.matchAll(unread)) {
    read(sent.slice(end, index), end)
    if (part.match(footnoteMarks)) read(footnote, index)
    end = index + part.length
  }
  read(sent.slice(end), end)
  return { text, placeOf: (at) => places[at] ?? sent.length }
}

/**
 * The text in compatibility form (NFKC) with ASCII digits, without invisible characters and with a space for each
 * footnote mark. Only decimal digits become ASCII, so that no other number joins a code.
 */
export function plainText(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text
  return legible(text)
    .text.replaceAll(footnote, ' ')
    .replace(/[^\p{Nl}\p{No}]+/gu, (part) => part.normalize('NFKC'))
    .replace(/\p{Nd}/gu, asciiDigit)
}

/** The value of a decimal digit of any script. Unicode encodes them in runs of ten. */
function asciiDigit(digit: string): string {
  if (digit <= '9') return digit
  const code = Number(digit.codePointAt(0))
  let first = code
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first--
  return String((code - first) % 10)
}

/** Cyrillic letters typed or scanned in place of the Latin ones: `С1` for `C1`. */
const lookalikes = new Map(
  'АA ВB ЕE ІI КK МM НH ОO РP СC ТT УY ХX аa вb еe іi кk мm нh оo рp сc тt уy хx'
    .split(' ')
    .map((pair) => [pair.charAt(0), pair.charAt(1)]),
)

/** Like `plainText`, with Cyrillic look-alikes replaced by Latin letters. */
export const latin = (text: string): string =>
  plainText(text).replace(/\p{Script=Cyrillic}/gu, (letter) => lookalikes.get(letter) ?? letter)

/** Alternative spellings of a word, and the one used for comparison. */
const spellings: Record<string, string> = {
  unitednations: 'un',
  isation: 'ization',
  programme: 'program',
  centre: 'center',
  labour: 'labor',
}
const spelling = new RegExp(Object.keys(spellings).join('|'), 'g')

/**
 * The text in the form used for comparison: like `latin`, without accents, case, spaces and punctuation. "&" becomes
 * "and", British spellings American, "United Nations" "UN". A mark between two digits stays as a dot: `C1.1` is not
 * `C11`.
 */
export function fold(text: string): string {
  // Fast path: most words are plain ASCII.
  const folded = /^[a-z0-9]+$/i.test(text) ? text.toLowerCase() : unaccented(text)
  return folded.replace(spelling, (one) => spellings[one] as string)
}

function unaccented(text: string): string {
  return latin(text)
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(/(?<=\p{N})[^\p{L}\p{N}]+(?=\p{N})/gu, '\0')
    .replace(/[^\p{L}\p{N}\0]/gu, '')
    .replaceAll('\0', '.')
}

/** Words as an enumeration: `A, B and C`. Intl.ListFormat would take 15 ms of the start. */
export function enumerated(words: string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

/** A number as text that sorts like it. */
export const padded = (number: number, length = 4): string => String(number).padStart(length, '0')

/** The beginning of a text, which ends with a whole character. */
export const beginningOf = (text: string, max = 100): string => text.slice(0, max).replace(/[\ud800-\udbff]$/, '')
