import { dashes } from '../src/characters.ts'

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
const whole = (pattern: string, flags = 'iu') =>
  new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])(?:${pattern})(?![\\p{L}\\p{M}\\p{N}])`, flags)
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
// As words in small letters most of these are none.
const zone = whole(
  'CES?T|CEDT|BST|WES?T|EES?T|MSK|GMT|UTC|E[SD]T|C[SD]T|P[SD]T|IST|JST|SGT|SAST|EAT|WAT|Geneva time|local time',
  'u',
)
const edges = new RegExp(`^[\\s|,;:()/${dashes}]+|[\\s|,;:()/${dashes}]+$`, 'g')

/** Reads date, time and zone from a line of a header; null when it holds neither a date nor a time. */
export function readWhen(line: string): When | null {
  const empty = { date: null, start: null, end: null, utcOffset: null, printedZone: null }
  const when: When = { ...empty, rest: line, taken: [], doubts: [] }
  readDate(when)
  const [, sign = '', hours = '', minutes = '00'] = take(when, offset.exec(when.rest)) ?? []
  if (hours !== '') when.utcOffset = `${/[+±]/.test(sign) ? '+' : '-'}${hours.padStart(2, '0')}:${minutes}`
  readTimes(when)
  if (when.date === null && when.start === null && when.doubts.length === 0 && when.utcOffset === null) return null
  when.printedZone = take(when, zone.exec(when.rest))?.[0] ?? null
  for (const mark of [/^\s*(?:date(?: and time)?|time|when|from|at)\s*(?::|(?=\n))\s*/i, edges]) {
    when.rest = when.rest.replace(mark, (found) => {
      when.taken.push(found)
      return ''
    })
  }
  // "16.10 in the SDGs" is no time.
  const onlyATime = when.date === null && when.end === null && when.doubts.length === 0
  return onlyATime && when.rest !== '' ? null : when
}

function take(when: When, found: RegExpExecArray | null): RegExpExecArray | null {
  if (found === null) return null
  when.rest = `${when.rest.slice(0, found.index)}\n${when.rest.slice(found.index + found[0].length)}`
  when.taken.push(found[0])
  return found
}

function readDate(when: When): void {
  if (severalDays.test(when.rest)) {
    when.doubts.push('several days are printed, so the date was left empty: fill it in')
    return
  }
  const [byName, byMonth, iso] = [dayFirst, monthFirst, isoDate].map((form) => form.exec(when.rest))
  const found = byName ?? byMonth ?? iso
  if (!found) return
  const [printed, a = '', b = '', c = ''] = found
  const [day, name, year] = byName ? [a, b, c] : byMonth ? [b, a, c] : [c, b, a]
  const number = iso === found ? Number(name) : months.indexOf(name.slice(0, 3).toLowerCase()) + 1
  const date = new Date(Date.UTC(Number(year), number - 1, Number(day)))
  if (date.getUTCDate() !== Number(day) || date.getUTCMonth() !== number - 1) {
    when.doubts.push(`"${printed}" is no day of the calendar, so the date was left empty: fill it in`)
    return
  }
  when.date = date.toISOString().slice(0, 10)
  take(when, found)
  const named = take(when, weekday.exec(when.rest))?.[1]
  const isOther = named !== undefined && days[date.getUTCDay()] !== named.toLowerCase()
  if (isOther) when.doubts.push(`${when.date} is not a ${named}: check the date`)
}

function readTimes(when: When): void {
  const found = span.exec(when.rest)
  const [, hour = '', minute, half, endHour = '', endMinute, endHalf] = found ?? []
  const isMarked = [minute, half, endMinute, endHalf].some(Boolean) || /\dh/i.test(found?.[0] ?? '')
  const end = time(endHour, endMinute, endHalf)
  const sameHalf = time(hour, minute, half ?? endHalf)
  // "11:00 - 12:30 PM" begins in the morning.
  const start = sameHalf !== null && end !== null && sameHalf < end ? sameHalf : time(hour, minute, half)
  if (isMarked && start !== null && end !== null) {
    take(when, found)
    Object.assign(when, { start, end })
    if (end <= start) when.doubts.push(`the end (${end}) is not after the start (${start}): check the times`)
    return
  }
  const one = single.exec(when.rest)
  when.start = one?.[2] || one?.[3] ? time(`${one[1]}`, one[2], one[3]) : null
  if (when.start !== null) take(when, one)
}

function time(hour: string, minute = '00', half = ''): string | null {
  const hours = half === '' ? Number(hour) : (Number(hour) % 12) + (/^p/i.test(half) ? 12 : 0)
  return hours > 23 || Number(minute) > 59 ? null : `${String(hours).padStart(2, '0')}:${minute}`
}
