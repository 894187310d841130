import { html } from '@remix-run/html-template'
import { hrefOf } from '../nouns/shapes.ts'
import type { Forum, Records } from '../store/records.ts'
import type { PageText } from './layout.ts'
import type { NounPage } from './noun-page.ts'
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
  head: () => ['Forum', 'Dates', 'Place', 'Theme', 'Sessions listed'],
  cells: ({ id, name, from, to: last, place, theme, sessions }) => [
    to({ title: withYear({ id, name }), href: hrefOf('forums', id) }),
    daysOf(from, last),
    isolated(place ?? ''),
    isolated(theme ?? ''),
    html`<a href="${sessions.href}">${sessions.total}</a>`,
  ],
  item: forumPage,
}

/** The page of a yearly WSIS Forum. */
function forumPage(forum: Forum, records: Records): PageText {
  const { id, name, from, to: last, place, theme, hosts, source } = forum
  const own = `/v1/forums/${encodeURIComponent(id)}`
  const { items } = records.some('sessions', { forumYear: Number(id) }, maxListed, true)
  return {
    title: name,
    description: `${name}: dates, place, theme, hosts and the sessions listed here.`,
    path: own,
    main: html`<p class="kind">WSIS Forum of ${id}</p>
<h1>${isolated(name)}</h1>
${facts([
  ['Dates', daysOf(from, last)],
  ['Place', place],
  ['Theme', theme],
  ['Hosts', hosts.length > 0 ? joined(hosts.map(partyOf)) : 'not known'],
  ['Note', forum.note],
  ['Read in', html`${toOther(source.url, source.title ?? source.url)}, ${authorityWords(forum.authority)}`],
])}
${section('Sessions', 'sessions', newestOf(forum.sessions, items.map(sessionIn)))}`,
    files: [
      ['JSON', `${own}?format=json`],
      ['CSV', `/v1/forums?id=${encodeURIComponent(id)}&format=csv`],
      ['Calendar', `${own}?format=ics`],
      ['Calendar of sessions', `/v1/sessions?forumYear=${encodeURIComponent(id)}&format=ics`],
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
