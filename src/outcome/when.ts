/** When a session took place, as printed; null for what is not printed. */
export type When = {
  date: string | null
  start: string | null
  end: string | null
  utcOffset: string | null
  printedZone: string | null
  /** What the text holds besides. */
  rest: string
  doubts: string[]
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
const month =
  '(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\\.?'
const dayFirst = new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)? ${month},? (\\d{4})\\b`, 'i')
const monthFirst = new RegExp(`\\b${month} (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})\\b`, 'i')
const isoDate = /\b(\d{4})-(\d{2})-(\d{2})\b/
const severalDays = new RegExp(`\\b\\d{1,2}\\s*(?:[-–—]|to|and)\\s*\\d{1,2} ${month},? \\d{4}`, 'i')
const weekday = /\b(?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day\b,?/i

const clock =
  '(\\d{1,2})(?:\\s?[:.hH]\\s?(\\d{2})|\\s?[hH](?![a-z]))?\\s?([ap]\\.?m\\b\\.?)?(?:\\s?hrs?\\b|h\\b)?'
const span = new RegExp(`(?<![\\d:+])${clock}\\s*(?:[-–—]|to|until)\\s*${clock}(?![\\d:])`, 'i')
const single = new RegExp(`(?<![\\d:+-])${clock}(?![\\d:])`, 'i')
const offset = /\(?\b(?:UTC|GMT)\s?([+\-−–±])\s?(\d{1,2})(?::?(\d{2}))?\b\)?/i
const zone =
  /\(?\b(CES?T|CEDT|BST|WES?T|EES?T|MSK|GMT|UTC|E[SD]T|C[SD]T|P[SD]T|IST|JST|SGT|SAST|EAT|WAT|Geneva time|local time)\b\)?/

/** Reads date, time and zone from a line of a header; null when it holds neither a date nor a time. */
export function readWhen(line: string): When | null {
  const when: When = {
    date: null,
    start: null,
    end: null,
    utcOffset: null,
    printedZone: null,
    rest: line,
    doubts: [],
  }
  readDate(when)
  readOffset(when)
  readTimes(when)
  if (when.date === null && when.start === null && when.doubts.length === 0 && when.utcOffset === null)
    return null
  const named = zone.exec(when.rest)
  if (named) [when.printedZone, when.rest] = [named[1] ?? null, cut(when.rest, named)]
  when.rest = when.rest
    .replace(/^\s*(?:date(?: and time)?|time|when|from|at)\b\s*:?|\b(?:date|time|at|from)\b\s*:?\s*$/gi, '')
    .replace(/^[\s|,;:()/–—-]+|[\s|,;:()/–—-]+$/g, '')
  // "16.10 in the SDGs" is no time.
  const onlyATime = when.date === null && when.end === null && when.doubts.length === 0
  return onlyATime && when.rest !== '' ? null : when
}

const cut = (text: string, found: RegExpExecArray) =>
  `${text.slice(0, found.index)} | ${text.slice(found.index + found[0].length)}`

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
  when.rest = cut(when.rest, found)
  const named = weekday.exec(when.rest)
  if (!named) return
  when.rest = cut(when.rest, named)
  const printed = days.indexOf(named[0].replace(',', '').toLowerCase())
  if (printed !== date.getUTCDay()) {
    when.doubts.push(`${when.date} is not a ${named[0].replace(',', '')}: check the date`)
  }
}

function readOffset(when: When): void {
  const found = offset.exec(when.rest)
  if (!found) return
  const [, sign = '', hours = '', minutes = '00'] = found
  when.utcOffset = `${sign === '+' || sign === '±' ? '+' : '-'}${hours.padStart(2, '0')}:${minutes}`
  when.rest = cut(when.rest, found)
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
      Object.assign(when, { start, end, rest: cut(when.rest, found) })
      if (end <= start)
        when.doubts.push(`the end (${end}) is not after the start (${start}): check the times`)
      return
    }
  }
  const one = single.exec(when.rest)
  const start = one && (one[2] ?? one[3]) !== undefined ? time(one[1] ?? '', one[2], one[3]) : null
  if (one && start !== null) Object.assign(when, { start, rest: cut(when.rest, one) })
}

function time(hour: string, minute = '00', half = ''): string | null {
  const afternoon = /^p/i.test(half) ? 12 : 0
  const hours = half === '' ? Number(hour) : (Number(hour) % 12) + afternoon
  return hours > 23 || Number(minute) > 59 ? null : `${String(hours).padStart(2, '0')}:${minute}`
}
