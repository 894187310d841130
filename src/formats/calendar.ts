import ical, { ICalCalendarMethod, ICalEventTransparency } from 'ical-generator'
import type { CalendarEvent } from '../nouns/noun.ts'
import type { RevisionOf } from './format.ts'

const dayMs = 86_400_000
/** The refresh interval that the calendar asks for, in seconds. It changes only with a release. */
const refreshSeconds = 86_400

/** A time that ical-generator writes unchanged: in UTC if the offset is known, otherwise floating. */
function moment(date: string, time: string, utcOffset: string | null): Date {
  return new Date(`${date}T${time}:00${utcOffset ?? 'Z'}`)
}

/** The number of events written in one part. */
const maxEvents = 100

/**
 * An iCalendar text (RFC 5545) of the events, in parts. An event is stamped with the day of the last release that
 * changed it, or with its own day. The response time is not used, so that the same request gives the same bytes.
 */
export function* calendarOf(
  name: string,
  description: string,
  events: CalendarEvent[],
  revisionOf: RevisionOf,
): Iterable<string> {
  const [head, tail] = bodyAndEnd(name, description, [], revisionOf)
  yield head
  for (let at = 0; at < events.length; at += maxEvents) {
    const some = bodyAndEnd(name, description, events.slice(at, at + maxEvents), revisionOf)[0]
    yield some.slice(head.length)
  }
  yield tail
}

/** A sentence about the unknown parts of an event's time; empty if all are known. */
function unknownOf({ start, end, lastDate }: CalendarEvent): string {
  if (start === null) return lastDate ? '' : 'The time of day is not known.'
  return end === null ? 'The end is not known.' : ''
}

const end = 'END:VCALENDAR'

/** A calendar without its end, and the end. */
function bodyAndEnd(
  name: string,
  description: string,
  events: CalendarEvent[],
  revisionOf: RevisionOf,
): [body: string, end: string] {
  const calendar = ical({
    name,
    description,
    prodId: { company: 'Action Line directory', product: 'sessions', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: refreshSeconds,
  })
  for (const event of events) {
    const { id, title, date, lastDate, start, end, utcOffset, url, location, categories } = event
    const revision = revisionOf(id)
    const description = [event.description, unknownOf(event)].filter(Boolean).join('\n')
    calendar.createEvent({
      id: `${id}@action-line-directory`,
      stamp: moment(revision?.date ?? date, '00:00', null),
      ...(revision && { sequence: revision.changes, lastModified: moment(revision.date, '00:00', null) }),
      start: moment(date, start ?? '00:00', start && utcOffset),
      ...(start && end && { end: new Date(+moment(date, end, utcOffset) + (end <= start ? dayMs : 0)) }),
      // DTEND is exclusive: the day after the last whole day.
      ...(lastDate && { end: new Date(+moment(lastDate, '00:00', null) + dayMs) }),
      allDay: start === null,
      // Transparent: the subscriber does not attend these events, and most are in the past.
      transparency: ICalEventTransparency.TRANSPARENT,
      floating: start !== null && utcOffset === null,
      summary: title,
      ...(description && { description }),
      ...(url && { url }),
      ...(location && { location }),
      categories: categories.map((name) => ({ name })),
    })
  }
  return [calendar.toString().slice(0, -end.length), `${end}\r\n`]
}
