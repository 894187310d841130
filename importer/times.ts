import { dashes } from '../src/characters.ts'
import { type Found, setDate, takeDate } from './dates.ts'
import { asciiOf, cut, takeAll, type When, whole } from './when.ts'

const noon = 'noon|midday|midi|mediodía|mediodia|полдень|正午|中午|الظهر'
const midnight = 'midnight|minuit|medianoche|полночь|午夜|منتصف الليل'
const unit = "o['’]clock|hrs?|hours?|heures?|horas?|h|часов|час|ч|时|時|点|點"
/** A time of day: 11:00, 11.00, 11h00, 11 h, 11 a.m., 上午11时, noon. The names of its groups end with `id`. */
const clock = (id: string) =>
  `(?:(?:12\\s)?(?<word${id}>${noon}|${midnight})|(?<!:)(?<before${id}>上午|早上|下午|晚上)?\\s?(?<hour${id}>\\d{1,2})` +
  `(?:\\s?(?:[:.]|${unit})\\s?(?<minute${id}>\\d{2})(?::\\d{2}|\\s?(?:分|мин\\.?))?)?` +
  `(?:\\s?(?<unit${id}>${unit})\\.?)?(?:\\s?(?<half${id}>[ap]\\.m\\.|[ap]\\.?m|ص|م))?(?:\\s?(?:${unit})\\.?)?(?!:\\d))`
const until = `(?:[${dashes}/~]|to|until|till|à|al?|hasta(?: las?)?|до|по|至|到|إلى|حتى)`
const span = whole(`(?<!\\+)${clock('a')}\\.?\\s*${until}\\s*${clock('b')}`)
const single = whole(`(?<![+-])${clock('a')}`)
const isoTime =
  /(?<![\p{L}\p{N}])(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::\d{2}(?:[.,]\d{1,9})?)?(Z|[+-]\d{2}(?::?\d{2})?)?(?![\p{L}\p{N}])/u
const offset = whole(`(?:UTC|GMT)\\s?([+±${dashes}])\\s?(\\d{1,2})(?::?(\\d{2}))?`)
const gluedOffset = /(?<=\d:\d{2})(\+)(\d{2}):?(\d{2})(?!\d)/
const utc = whole('UTC', 'u')
// In lower case, most of these are ordinary words.
const zone = whole(
  'CES?T|CEDT|BST|WES?T|EES?T|MSK|GMT|E[SD]T|C[SD]T|M[SD]T|P[SD]T|IST|JST|KST|SGT|HKT|SAST|EAT|WAT|CAT|AES?T|AEDT|NZ[SD]T|PKT|BRT|ART|Geneva time|local time',
  'u',
)

/** Removes times of the form 2023-03-16T11:00+01:00 from a line, with their dates. */
function takeIsoTimes(when: When): void {
  const offsets: string[] = []
  const days: Found[] = []
  for (const [printed, year, month, day, hour, minute, zone] of takeAll(when, isoTime)) {
    days.push({ at: { year: Number(year), month: Number(month), day: Number(day) }, printed })
    if (when.start === null) when.start = `${hour}:${minute}`
    else when.end = `${hour}:${minute}`
    if (zone) offsets.push(zone === 'Z' ? '+00:00' : `${zone.slice(0, 3)}:${zone.slice(3).replace(':', '') || '00'}`)
  }
  setDate(when, days)
  setOffset(when, offsets)
}

/** Removes the times of a line, with offset and zone. Of two times, the first counts. */
function takeTimes(when: When): void {
  const [, second] = when.plain.matchAll(new RegExp(span, `${span.flags}g`))
  if (second !== undefined) {
    const other = when.rest.slice(second.index)
    when.doubts.push(`two times are printed, the first was taken: check "${other.trim().replace(/\s*\n\s*/g, ' ')}"`)
    when.taken.push(other)
    when.rest = when.rest.slice(0, second.index)
    when.plain = when.plain.slice(0, second.index)
  }
  takeOffsets(when)
  if (when.start !== null) return
  const found = span.exec(when.plain)
  const [start, end] = found ? spanOf(found.groups ?? {}) : []
  if (found && start != null && end != null) {
    cut(when, found.index, found[0].length)
    Object.assign(when, { start, end: end === '24:00' ? '00:00' : end })
    if (end === '24:00') when.doubts.push('the end, midnight, was stored as 00:00 of the next day: check it')
    else if (end <= start) when.doubts.push(`the end (${end}) is not after the start (${start}): check the times`)
    return
  }
  const one = single.exec(when.plain)
  const { hour, minute, half, unit: named, word } = clockOf(one?.groups ?? {}, 'a')
  if (one === null || !(minute || half || word || named)) return
  when.start = timeOf(hour, minute, half, word)
  if (when.start !== null) cut(when, one.index, one[0].length)
}

/** Removes the time zone word. Several are reported. */
function takeZone(when: When): void {
  const zones = Array.from(takeAll(when, zone), ([printed]) => printed)
  when.printedZone = zones[0] ?? null
  checkOne(when, zones)
}

function takeOffsets(when: When): void {
  const offsets = when.utcOffset === null ? [] : [when.utcOffset]
  for (const form of [offset, gluedOffset]) {
    for (const [, sign = '', hours = '', minutes = '00'] of takeAll(when, form)) {
      offsets.push(`${/[+±]/.test(sign) ? '+' : '-'}${hours.padStart(2, '0')}:${minutes}`)
    }
  }
  for (const _ of takeAll(when, utc)) offsets.push('+00:00')
  setOffset(when, offsets)
}

function setOffset(when: When, offsets: string[]): void {
  const [first] = offsets
  if (first === undefined) return
  checkOne(when, offsets)
  if (/^[+-](?:0\d|1[0-4]):[0-5]\d$/.test(first)) when.utcOffset = first
  else when.doubts.push(`"${first}" is no offset from UTC: check it`)
}

function checkOne(when: When, zones: string[]): void {
  const all = new Set(zones)
  if (all.size > 1) when.doubts.push(`several time zones are printed (${[...all].join(', ')}): check which is right`)
}

type Groups = Record<string, string | undefined>

function clockOf(groups: Groups, id: string) {
  const [hour = '', minute, unit, word] = ['hour', 'minute', 'unit', 'word'].map((name) => groups[name + id])
  const before = groups[`before${id}`]
  const half = before
    ? /[下晚]/.test(before)
      ? 'pm'
      : 'am'
    : groups[`half${id}`]?.replace('ص', 'am').replace('م', 'pm')
  return { hour, minute, unit, word, half }
}

function spanOf(groups: Groups): Array<string | null> {
  const [from, to] = [clockOf(groups, 'a'), clockOf(groups, 'b')]
  const isMarked = [from, to].some(({ minute, half, unit, word }) => minute || half || unit || word)
  if (!isMarked) return []
  const end = timeOf(to.hour, to.minute, to.half, to.word, '24:00')
  const sameHalf = timeOf(from.hour, from.minute, from.half ?? to.half, from.word)
  // "11:00 - 12:30 PM" begins in the morning.
  const start =
    sameHalf !== null && end !== null && sameHalf < end
      ? sameHalf
      : timeOf(from.hour, from.minute, from.half, from.word)
  // "2 pm - 3:30" ends in the afternoon.
  const later = to.half ? null : timeOf(to.hour, to.minute, from.half, to.word)
  return [start, start !== null && end !== null && end <= start && later !== null && later > start ? later : end]
}

/** The time as HH:MM; null if it is invalid. At the end of a span, 24:00 is valid, too. */
function timeOf(hour: string, minute = '00', half = '', word = '', midnightAs = '00:00'): string | null {
  if (word !== '') return new RegExp(midnight, 'iu').test(word) ? midnightAs : '12:00'
  if (hour === '24' && minute === '00') return midnightAs === '24:00' ? '24:00' : null
  const hours = half === '' ? Number(hour) : (Number(hour) % 12) + (/^p/i.test(half) ? 12 : 0)
  return hours > 23 || Number(minute) > 59 ? null : `${String(hours).padStart(2, '0')}:${minute}`
}

const label =
  /^(?:date(?:s)?(?: and time| et heure)?|time|when|heure|fecha(?: y hora)?|hora|дата(?: и время)?|время|日期|时间|التاريخ|الوقت)\s*(?::|$)/iu
// Words between a date and a time.
const joints =
  /^(?:(?:from|to|at|on|the|le|du|au|de|des|à|el|la|las|los|del|al|a|desde|в|во|с|со|до|г|года|من|في|يوم|الساعة|الموافق|和|日|h|hrs)(?:\s|$))+$/iu
const edges = /^[\s\p{P}|~+]+|[\s\p{P}|~+]{1,99}$/gu

/** The date, time and zone of a line of a header; null if it has neither a date nor a time. */
export function readWhen(line: string): When | null {
  const empty = { date: null, start: null, end: null, utcOffset: null, printedZone: null }
  if (line.length > 300) return null
  const when: When = { ...empty, rest: line, plain: asciiOf(line), taken: [], doubts: [] }
  if (!/\d/.test(when.plain)) return null
  takeIsoTimes(when)
  takeDate(when)
  takeTimes(when)
  if (when.date === null && when.start === null && when.doubts.length === 0 && when.utcOffset === null) return null
  takeZone(when)
  const pieces = when.rest.split(/\n|\s\|\s/).flatMap((piece) => {
    const [named = ''] = label.exec(piece.trim()) ?? []
    const text = piece.trim().slice(named.length).replace(edges, '').trim()
    const isWord = text !== '' && !joints.test(text)
    when.taken.push(isWord ? piece.replace(text, '') : piece)
    return isWord ? [text] : []
  })
  when.taken.push(when.rest.replace(/[^|]/g, ''))
  when.rest = pieces.join('\n')
  // "16.10 in the SDGs" is not a time.
  const onlyATime = when.date === null && when.end === null && when.doubts.length === 0
  return onlyATime && when.rest !== '' ? null : when
}
