import { fold } from '../src/characters.ts'

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
