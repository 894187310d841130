import { html } from '@remix-run/html-template'
import { linkTo } from '../nouns/shapes.ts'
import type { Forum, Records } from '../store/records.ts'
import type { NounPage, RecordText } from './noun-page.ts'
import {
  authorityWords,
  daysOf,
  facts,
  isolated,
  joined,
  newestOf,
  partyOf,
  section,
  to,
  toOther,
  withYear,
} from './parts.ts'
import { sessionIn } from './session.ts'

/** The maximum number of sessions on the page of a forum. */
const maxListed = 50

export const forumPages: NounPage<Forum> = {
  columns: () => [
    ['Forum', (forum) => to(linkTo('forums', forum.id, withYear(forum)))],
    ['Dates', ({ from, to }) => daysOf(from, to)],
    ['Place', ({ place }) => isolated(place ?? '')],
    ['Theme', ({ theme }) => isolated(theme ?? '')],
    ['Sessions listed', ({ sessions }) => html`<a href="${sessions.href}">${sessions.total}</a>`],
  ],
  record: forumPage,
}

/** The page of a yearly WSIS Forum. */
function forumPage(forum: Forum, records: Records): RecordText {
  const { id, name, from, to: last, place, theme, hosts, source } = forum
  const { items } = records.some('sessions', { forumYear: Number(id) }, maxListed, true)
  return {
    title: name,
    description: `${name}: dates, place, theme, hosts and the sessions listed here.`,
    kind: `WSIS Forum of ${id}`,
    heading: isolated(name),
    main: html`${facts([
      ['Dates', daysOf(from, last)],
      ['Place', place],
      ['Theme', theme],
      ['Hosts', hosts.length > 0 ? joined(hosts.map(partyOf)) : 'not known'],
      ['Note', forum.note],
      ['Read in', html`${toOther(source.url, source.title ?? source.url)}, ${authorityWords(forum.authority)}`],
    ])}
${section('Sessions', 'sessions', newestOf(forum.sessions, items.map(sessionIn)))}`,
    moreFiles: [
      ['Calendar', `/v1/forums/${id}?format=ics`],
      ['Calendar of sessions', `/v1/sessions?forumYear=${id}&format=ics`],
    ],
    sources: [[source.title, source.url].filter(Boolean).join(', ')],
    about: {
      '@type': 'Event',
      name,
      startDate: from,
      endDate: last,
      ...(place && { location: place }),
      organizer: hosts.map(({ name }) => ({ '@type': 'Organization', name })),
    },
  }
}
