import { dashes } from '../characters.ts'

/** When a session took place, as printed; null for what is not printed. */
export type When = {
  date: string | null
  start: string | null
  end: string | null
  utcOffset: string | null
  printedZone: string | null
  /** What the text holds besides: pieces between line breaks. */
  rest: string
  /** What was read from the text. */
  taken: string[]
  doubts: string[]
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
// Word boundaries that know letters of every script.
const [from, to] = ['(?<![\\p{L}\\p{M}\\p{N}])', '(?![\\p{L}\\p{M}\\p{N}])']
const whole = (pattern: string) => new RegExp(`${from}(?:${pattern})${to}`, 'iu')
const month =
  '(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\\.?'
const dayFirst = whole(`(\\d{1,2})(?:st|nd|rd|th)?(?: of)? ${month},? (\\d{4})`)
const monthFirst = whole(`${month} (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})`)
const isoDate = whole('(\\d{4})-(\\d{2})-(\\d{2})')
const severalDays = whole(`\\d{1,2}\\s*(?:[${dashes}]|to|and)\\s*\\d{1,2} ${month},? \\d{4}`)
const weekday = whole('((?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day),?')

const clock = '(?<!:)(\\d{1,2})(?:\\s?[:.h]\\s?(\\d{2})|h)?(?: ?([ap]\\.m\\.|[ap]\\.?m))?(?: ?hrs?)?(?!:)'
const span = whole(`(?<!\\+)${clock}\\.?\\s*(?:[${dashes}]|to|until)\\s*${clock}`)
const single = whole(`(?<![+-])${clock}`)
const offset = whole(`(?:UTC|GMT) ?([+±${dashes}]) ?(\\d{1,2})(?::?(\\d{2}))?`)
// Not `whole`: as words in small letters most of these are none.
const zone =
  /(?<![\p{L}\p{M}\p{N}])(CES?T|CEDT|BST|WES?T|EES?T|MSK|GMT|UTC|E[SD]T|C[SD]T|P[SD]T|IST|JST|SGT|SAST|EAT|WAT|Geneva time|local time)(?![\p{L}\p{M}\p{N}])/u

/** Reads date, time and zone from a line of a header; null when it holds neither a date nor a time. */
export function readWhen(line: string): When | null {
  const when: When = {
    date: null,
    start: null,
    end: null,
    utcOffset: null,
    printedZone: null,
    rest: line,
    taken: [],
    doubts: [],
  }
  readDate(when)
  readOffset(when)
  readTimes(when)
  if (when.date === null && when.start === null && when.doubts.length === 0 && when.utcOffset === null) return null
  const named = zone.exec(when.rest)
  if (named) when.printedZone = take(when, named)[0]
  strip(when, /^\s*(?:date(?: and time)?|time|when|from|at)\s*(?::|(?=\n))\s*/i)
  strip(when, new RegExp(`^[\\s|,;:()/${dashes}]+|[\\s|,;:()/${dashes}]+$`, 'g'))
  // "16.10 in the SDGs" is no time.
  const onlyATime = when.date === null && when.end === null && when.doubts.length === 0
  return onlyATime && when.rest !== '' ? null : when
}

function take(when: When, found: RegExpExecArray): RegExpExecArray {
  when.rest = `${when.rest.slice(0, found.index)}\n${when.rest.slice(found.index + found[0].length)}`
  when.taken.push(found[0])
  return found
}

function strip(when: When, mark: RegExp): void {
  when.rest = when.rest.replace(mark, (found) => {
    when.taken.push(found)
    return ''
  })
}

function readDate(when: When): void {
  if (severalDays.test(when.rest)) {
    when.doubts.push('several days are printed, so the date was left empty: fill it in')
    return
  }
  const byName = dayFirst.exec(when.rest)
  const byMonth = monthFirst.exec(when.rest)
  const iso = isoDate.exec(when.rest)
  const found = byName ?? byMonth ?? iso
  if (!found) return
  const [, a = '', b = '', c = ''] = found
  const [day, name, year] = byName ? [a, b, c] : byMonth ? [b, a, c] : [c, b, a]
  const number = iso === found ? Number(name) : months.indexOf(name.slice(0, 3).toLowerCase()) + 1
  const date = new Date(Date.UTC(Number(year), number - 1, Number(day)))
  if (date.getUTCDate() !== Number(day) || date.getUTCMonth() !== number - 1) {
    when.doubts.push(`"${found[0]}" is no day of the calendar, so the date was left empty: fill it in`)
    return
  }
  when.date = date.toISOString().slice(0, 10)
  take(when, found)
  const named = weekday.exec(when.rest)
  if (!named) return
  take(when, named)
  const [, printed = ''] = named
  if (days[date.getUTCDay()] !== printed.toLowerCase()) {
    when.doubts.push(`${when.date} is not a ${printed}: check the date`)
  }
}

function readOffset(when: When): void {
  const found = offset.exec(when.rest)
  if (!found) return
  const [, sign = '', hours = '', minutes = '00'] = found
  when.utcOffset = `${/[+±]/.test(sign) ? '+' : '-'}${hours.padStart(2, '0')}:${minutes}`
  take(when, found)
}

function readTimes(when: When): void {
  const found = span.exec(when.rest)
  if (found) {
    const [, hour = '', minute, half, endHour = '', endMinute, endHalf] = found
    const marked = minute ?? half ?? endMinute ?? endHalf ?? /\dh/i.exec(found[0])?.[0]
    const end = time(endHour, endMinute, endHalf)
    const sameHalf = time(hour, minute, half ?? endHalf)
    // "11:00 - 12:30 PM" begins in the morning.
    const start = sameHalf !== null && end !== null && sameHalf < end ? sameHalf : time(hour, minute, half)
    if (marked !== undefined && start !== null && end !== null) {
      take(when, found)
      Object.assign(when, { start, end })
      if (end <= start) when.doubts.push(`the end (${end}) is not after the start (${start}): check the times`)
      return
    }
  }
  const one = single.exec(when.rest)
  if (!one) return
  const [, hour = '', minute, half] = one
  when.start = (minute ?? half) === undefined ? null : time(hour, minute, half)
  if (when.start !== null) take(when, one)
}

function time(hour: string, minute = '00', half = ''): string | null {
  const afternoon = /^p/i.test(half) ? 12 : 0
  const hours = half === '' ? Number(hour) : (Number(hour) % 12) + afternoon
  return hours > 23 || Number(minute) > 59 ? null : `${String(hours).padStart(2, '0')}:${minute}`
}
