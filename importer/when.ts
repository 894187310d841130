import { fold, plainText } from '../src/characters.ts'

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

/** English, French, Spanish, Russian, Chinese and Arabic, which has different names of months in each region. */
const locales = ['en', 'fr', 'es', 'ru', 'zh', 'ar', 'ar-SY', 'ar-DZ', 'ar-MA']

/** The names of months in the six languages of the UN, long and short, with their numbers from 1. */
export const months = namesOf(12, 'month', (number) => Date.UTC(2023, number - 1, 16))
/** The names of weekdays, with their numbers from 1 for Monday. */
export const weekdays = namesOf(7, 'weekday', (number) => Date.UTC(2023, 4, number))

function namesOf(count: number, part: 'month' | 'weekday', dayOf: (number: number) => number): Map<string, number> {
  const names = new Map<string, number>()
  const numbers = Array.from({ length: count }, (_, index) => index + 1)
  for (const locale of locales) {
    for (const style of ['long', 'short'] as const) {
      // Russian has another form of the name beside a day.
      for (const day of [{}, { day: 'numeric' }] as const) {
        const format = new Intl.DateTimeFormat(locale, { [part]: style, ...day, timeZone: 'UTC' })
        for (const number of numbers) {
          const name = format.formatToParts(dayOf(number)).find(({ type }) => type === part)?.value ?? ''
          // Accents are omitted on some keyboards.
          const bare = name.normalize('NFD').replace(/\p{M}/gu, '')
          if (/^\p{L}{2,}/u.test(name)) for (const one of [name, bare]) names.set(one.replace(/\.$/, ''), number)
        }
      }
    }
  }
  if (part === 'month') names.set('sept', 9)
  return names
}

/** A pattern for any of these names, the longest first, with or without a full stop. */
export const anyOf = (names: Map<string, number>): string =>
  `(?:${[...names.keys()].toSorted((one, other) => other.length - one.length).join('|')})\\.?`

/** The number of a name; undefined if it is unknown. */
export const numberOf = (names: Map<string, number>, name: string): number | undefined =>
  [...names].find(([one]) => fold(one) === fold(name))?.[1]
