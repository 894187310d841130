import { takeDate } from './dates.ts'
import { takeIsoTimes, takeTimes, takeZone } from './times.ts'
import { asciiOf, type When } from './when.ts'

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
