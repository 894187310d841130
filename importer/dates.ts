import { dashes } from '../src/characters.ts'
import { anyOf, asciiOf, cut, months, numberOf, takeAll, type When, weekdays, whole } from './when.ts'

const day = '(\\d{1,2})(?:st|nd|rd|th|er|[ºª°]|-?го|-?е)?'
// The UN writes both Arabic names: "آذار/مارس".
const month = `(${anyOf(months)})(?:\\s?/\\s?${anyOf(months)})?`
const year = '(\\d{4})(?:\\s?(?:года|г\\.?))?'
const of = "(?:\\s*(?:\\s|[./-])\\s*|\\s+(?:de|del|of|of the)\\s+|\\s+d[’'])"
const ofYear = '(?:,?\\s*|\\s*[./-]\\s*|\\s+(?:de|del|of)\\s+)'
const until = `(?:[${dashes}/&+]|to|and|until|à|au|et|al?|y|e|до|по|и|至|到|和|إلى|و)`

interface Day {
  year: number
  month: number
  day: number
}

/** The forms of a date. `order` names the groups of each form. */
const forms: Array<{ form: RegExp; order: string }> = [
  // 16 March 2023, 16 de marzo de 2023, 16-Mar-2023
  { form: whole(`${day}${of}${month}${ofYear}${year}`), order: 'dmy' },
  // March 16th, 2023
  { form: whole(`${month}\\s+${day},?\\s+${year}`), order: 'mdy' },
  // 2023 March 16
  { form: whole(`${year},?\\s+${month}\\s+${day}`), order: 'ymd' },
  // 2023-03-16
  { form: whole('(\\d{4})[-./](\\d{1,2})[-./](\\d{1,2})'), order: 'ymd' },
  // 2023年3月16日
  { form: whole('(\\d{4})\\s?年\\s?(\\d{1,2})\\s?月\\s?(\\d{1,2})\\s?[日号號]'), order: 'ymd' },
  // 16.03.2023
  { form: whole('(\\d{1,2})\\.\\s?(\\d{1,2})\\.\\s?(\\d{4})'), order: 'dmy' },
  // 16/03/2023, or 03/16/2023
  { form: whole('(\\d{1,2})[-/](\\d{1,2})[-/](\\d{4})'), order: '?' },
]
// March 16–17, 2023
const monthOfDays = whole(`${month}\\s+${day}\\s*${until}\\s*${day},?\\s+${year}`)
const dayBefore = new RegExp(
  `(?<![\\p{L}\\p{N}:.])(?:${month}\\s+)?${day}(?:${of}${month})?\\s*,?\\s*${until}\\s*(?:${anyOf(weekdays)},?\\s*)?$`,
  'iu',
)
const weekday = whole(`(${anyOf(weekdays)}),?`)

/** Removes the day from a line. */
export function takeDate(when: When): void {
  const [found] = takeAll(when, monthOfDays)
  const days = found ? daysOfMonth(found) : takeDays(when)
  setDate(when, days)
  const [[, named] = []] = takeAll(when, weekday)
  if (named === undefined || when.date === null || days.length > 1) return
  const isOther = (new Date(when.date).getUTCDay() || 7) !== numberOf(weekdays, asciiOf(named))
  if (isOther) when.doubts.push(`${when.date} is not a ${named}: check the date`)
}

/** Sets the date to the day found. Of two consecutive days it is the first; more days may be those of the forum. */
export function setDate(when: When, days: Found[]): void {
  const [first, ...more] = days
  if (first === undefined) return
  const printed = days
    .map(({ printed }) => printed)
    .filter(Boolean)
    .join(' … ')
  const [from, to] = [first, more.at(-1) ?? first].map(({ at }) => (at === 'ambiguous' ? null : timestamp(at)))
  const isAmbiguous = days.some(({ at }) => at === 'ambiguous')
  if (isAmbiguous) when.doubts.push(`"${printed}" may be two days, so the date was left empty: fill it in`)
  else if (from == null || to == null) {
    when.doubts.push(`"${printed}" is no day of the calendar, so the date was left empty: fill it in`)
  } else if (Math.abs(to - from) > 86_400_000) {
    when.doubts.push(`several days are printed ("${printed}"), so the date was left empty: fill it in`)
  } else {
    when.date = new Date(from).toISOString().slice(0, 10)
    if (to !== from) when.doubts.push(`two days are printed ("${printed}"): the first was taken, check it`)
  }
}

/** A day as printed. Its meaning may depend on the country. */
export interface Found {
  at: Day | 'ambiguous'
  printed: string
}

function daysOfMonth([printed, name = '', first, last, year]: string[]): Found[] {
  const month = numberOf(months, name) ?? 0
  return [first, last].map((day, index) => ({
    at: { year: Number(year), month, day: Number(day) },
    printed: index === 0 ? `${printed}` : '',
  }))
}

function takeDays(when: When): Found[] {
  const days: Found[] = []
  for (const { form, order } of forms) {
    for (const found of takeAll(when, form)) {
      const [printed, ...parts] = found
      const at = dayOf(parts, order)
      const before = at === 'ambiguous' ? null : dayBefore.exec(when.plain.slice(0, found.index).slice(-60))
      if (before && at !== 'ambiguous') {
        const [words, first, day, second] = before
        const taken = cut(when, found.index - words.length, words.length)
        const month = numberOf(months, `${first ?? second}`) ?? at.month
        days.push({ at: { ...at, month, day: Number(day) }, printed: taken + printed }, { at, printed: '' })
      } else if (!days.some((other) => JSON.stringify(other.at) === JSON.stringify(at))) days.push({ at, printed })
    }
  }
  return days
}

function dayOf(parts: string[], order: string): Day | 'ambiguous' {
  const [first, second] = parts.map(Number)
  // Unambiguous: only one of the two can be a month, or both are equal.
  const isDayFirst = Number(first) > 12 || first === second
  if (order === '?' && !isDayFirst && Number(second) <= 12) return 'ambiguous'
  const known = order !== '?' ? order : isDayFirst ? 'dmy' : 'mdy'
  const [year, month, day] = ['y', 'm', 'd'].map((letter) => `${parts[known.indexOf(letter)]}`)
  return { year: Number(year), month: numberOf(months, `${month}`) ?? Number(month), day: Number(day) }
}

/** The timestamp of a day in milliseconds; null if the calendar has no such day. */
function timestamp({ year, month, day }: Day): number | null {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCDate() === day && date.getUTCMonth() === month - 1 ? date.getTime() : null
}
