import ical, { ICalCalendarMethod, type ICalEventData, ICalEventTransparency } from 'ical-generator'
import type { CalendarEvent, Revision } from '../nouns/noun.ts'
import { ref } from '../nouns/shapes.ts'
import { Type } from '../typebox.ts'
import { type DataFormat, type ListPage, parsed, type RevisionOf } from './format.ts'

const Calendar = Type.String({
  $id: 'Calendar',
  description:
    'RFC 5545 with all matching events, unless `limit` is given. Times are in UTC if the offset is known. Otherwise they are local time at the venue. Undated sessions are omitted and counted in the description of the calendar.',
})

export const format: DataFormat = {
  name: 'ics',
  position: 4,
  label: 'Calendar',
  mediaType: 'text/calendar; charset=utf-8',
  needs: 'calendar',
  schema: () => ref(Calendar),
  parts: calendarParts,
  item: {
    schema: () => Type.String({ description: 'RFC 5545 with one event.' }),
    write: (list, text, site, revisionOf) =>
      [...calendarParts({ site, list, batches: [Buffer.from(text)], total: 1, revisionOf })].join(''),
  },
}

/** The parts of a calendar. All events are read first, because its description begins with their number. */
function* calendarParts(page: Pick<ListPage, 'site' | 'list' | 'batches' | 'total' | 'revisionOf'>): Iterable<string> {
  const { site, list, batches, total, revisionOf } = page
  const events: CalendarEvent[] = []
  let undated = 0
  for (const batch of batches) {
    const items = parsed(site, batch)
    const dated = items.flatMap((item) => list.calendar?.eventOf(item) ?? [])
    events.push(...dated)
    undated += items.length - dated.length
    // An empty part, so that other requests run in between.
    yield ''
  }
  const more = total - undated - events.length
  const description = [
    `${list.tag}: ${events.length} of ${total}.`,
    undated > 0 && `${undated} without a date cannot be in a calendar.`,
    more > 0 && `${more} more are not in it: ask with "from" and "to", or in pages with "limit" and "cursor".`,
  ]
  yield* calendarOf(String(list.calendar?.title), description.filter(Boolean).join(' '), events, revisionOf)
}

const dayMs = 86_400_000
/** The refresh interval that the calendar asks for, in seconds. It changes only with a release. */
const refreshSeconds = 86_400

/** A time that ical-generator writes unchanged: in UTC if the offset is known, otherwise floating. */
function moment(date: string, time: string, utcOffset: string | null): Date {
  return new Date(`${date}T${time}:00${utcOffset ?? 'Z'}`)
}

/** The number of events written in one part. */
const maxEvents = 100

const end = 'END:VCALENDAR'

/**
 * An iCalendar text (RFC 5545) of the events, in parts. An event is stamped with the day of the last release that
 * changed it, or with its own day. The response time is not used, so that the same request gives the same bytes.
 */
export function* calendarOf(
  name: string,
  description: string,
  events: CalendarEvent[],
  revisionOf: RevisionOf | undefined,
): Iterable<string> {
  const withoutEnd = (some: CalendarEvent[]) => {
    const calendar = ical({
      name,
      description,
      prodId: { company: 'Action Line directory', product: 'sessions', language: 'EN' },
      method: ICalCalendarMethod.PUBLISH,
      ttl: refreshSeconds,
      events: some.map((event) => eventData(event, revisionOf?.(event.id))),
    })
    return calendar.toString().slice(0, -end.length)
  }
  const head = withoutEnd([])
  yield head
  for (let at = 0; at < events.length; at += maxEvents)
    yield withoutEnd(events.slice(at, at + maxEvents)).slice(head.length)
  yield `${end}\r\n`
}

/** A sentence about the unknown parts of an event's time; empty if all are known. */
function unknownOf({ start, end, lastDate }: CalendarEvent): string {
  if (start === null) return lastDate ? '' : 'The time of day is not known.'
  return end === null ? 'The end is not known.' : ''
}

/** An event for ical-generator. */
function eventData(event: CalendarEvent, revision?: Revision): ICalEventData {
  const { id, title, date, lastDate, start, end, utcOffset, url, location, categories } = event
  const description = [event.description, unknownOf(event)].filter(Boolean).join('\n')
  return {
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
  }
}
