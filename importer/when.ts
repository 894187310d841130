import { plainText } from '../src/characters.ts'

/** The date and time of a session as printed; null for each part that is not printed. */
export interface When {
  date: string | null
  start: string | null
  end: string | null
  utcOffset: string | null
  printedZone: string | null
  /** The rest of the text: pieces between line breaks. */
  rest: string
  /** The same in ASCII, as returned by `asciiOf`. */
  plain: string
  /** The words that were read. */
  taken: string[]
  doubts: string[]
}

/** A pattern between word boundaries of every script. Chinese has no spaces between words. */
export const whole = (pattern: string, flags = 'iu'): RegExp =>
  new RegExp(`(?<!(?!\\p{sc=Han})[\\p{L}\\p{M}\\p{N}])(?:${pattern})(?!(?!\\p{sc=Han})[\\p{L}\\p{M}\\p{N}])`, flags)

/** Removes a part of the text and returns it as printed. */
export function cut(when: When, start: number, length: number): string {
  const end = start + length
  const printed = when.rest.slice(start, end)
  when.taken.push(printed)
  when.rest = `${when.rest.slice(0, start)}\n${when.rest.slice(end)}`
  when.plain = `${when.plain.slice(0, start)}\n${when.plain.slice(end)}`
  return printed
}

/** Removes the matches of a pattern one by one, each with its words as printed. */
export function* takeAll(when: When, pattern: RegExp): Generator<RegExpExecArray> {
  for (let found = pattern.exec(when.plain); found !== null; found = pattern.exec(when.plain)) {
    found[0] = cut(when, found.index, found[0].length)
    yield found
  }
}

/**
 * The text with ASCII digits and punctuation, character by character, so that positions stay the same. A digit of two
 * code units ("𝟏") stays as printed, and no date or time is read beside it.
 */
export const asciiOf = (text: string): string =>
  text.replace(/\p{Nd}|[\uff01-\uff5e،]/gu, (character) =>
    character.length > 1 ? character : character === '،' ? ',' : plainText(character),
  )
