import { invisible } from '../characters.ts'

/** Letters of the Cyrillic alphabet that a keyboard or a scan puts instead of a Latin one: `С1` for `C1`. */
const lookalikes = new Map(
  'АA ВB ЕE ІI КK МM НH ОO РP СC ТT УY ХX аa вb еe іi кk мm нh оo рp сc тt уy хx'
    .split(' ')
    .map((pair) => [pair.charAt(0), pair.charAt(1)]),
)

/** Spellings of one word that are both used in programmes, and the one that is compared. */
const spellings: Record<string, string> = {
  unitednations: 'un',
  isation: 'ization',
  programme: 'program',
  centre: 'center',
  labour: 'labor',
}
const spelling = new RegExp(Object.keys(spellings).join('|'), 'g')

/**
 * The text without invisible characters and footnote numbers, in compatibility form (NFKC), with Cyrillic look-alikes
 * made Latin.
 */
export function latin(text: string): string {
  if (/^[ -~]*$/.test(text)) return text
  return text
    .replace(invisible, '')
    .replace(/(?<=[\p{L}\p{N}])[⁰¹²³⁴-⁹₀-₉]+/gu, ' ')
    .normalize('NFKC')
    .replace(/\p{Script=Cyrillic}/gu, (letter) => lookalikes.get(letter) ?? letter)
}

/**
 * The text as it is compared: as `latin`, without accents, case, spaces and punctuation. "&" is read as "and", British
 * spellings as American, "United Nations" as "UN". A mark between two digits stays as a dot: `C1.1` is not `C11`.
 */
export function fold(text: string): string {
  // Most words are plain, and need nothing else.
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
