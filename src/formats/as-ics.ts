import type { CalendarEvent, List } from '../nouns/noun.ts'
import { ref } from '../nouns/shapes.ts'
import { Type } from '../typebox.ts'
import { calendarOf } from './calendar.ts'
import { type Format, type Origin, parsed, type RevisionOf } from './format.ts'

export const Calendar = Type.String({
  $id: 'Calendar',
  description:
    'RFC 5545 with all matching events, unless `limit` is given. Times are in UTC if the offset is known. Otherwise they are local time at the venue. Undated sessions are omitted and counted in the description of the calendar.',
})

export const ics: Format = {
  name: 'ics',
  label: 'Calendar',
  mediaType: 'text/calendar; charset=utf-8',
  isPaged: false,
  fits: ({ calendar }) => calendar !== undefined,
  schema: () => ref(Calendar),
  parts: ({ site, list, batches, total, revisionOf }) =>
    calendarParts(site, list, batches, total, revisionOf as RevisionOf),
  item: {
    fits: ({ calendar }) => calendar !== undefined,
    schema: () => Type.String({ description: 'RFC 5545 with one event.' }),
    write: (noun, text, site, revisionOf) =>
      [...calendarParts(site, noun, [Buffer.from(text)], 1, revisionOf)].join(''),
  },
}

/** The parts of a calendar. All events are read first, because its description begins with their number. */
function* calendarParts(
  site: Origin,
  list: List,
  batches: Iterable<Buffer>,
  total: number,
  revisionOf: RevisionOf,
): Iterable<string> {
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
    `${events.length} of ${total} ${list.many}.`,
    undated > 0 && `${undated} without a date cannot be in a calendar.`,
    more > 0 && `${more} more are not in it: ask with "from" and "to", or in pages with "limit" and "cursor".`,
  ]
  yield* calendarOf(String(list.calendar?.title), description.filter(Boolean).join(' '), events, revisionOf)
}
