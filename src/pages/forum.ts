import { html } from '@remix-run/html-template'
import { linkTo } from '../nouns/shapes.ts'
import type { Forum } from '../store/records.ts'
import { partiesOf, to, toOther } from './links.ts'
import { facts, isolated, type NounPage, section } from './parts.ts'
import { newestSessions, organizationsOf } from './session.ts'
import { authorityWords, cited, day, withYear } from './words.ts'

/** The maximum number of sessions on the page of a forum. */
const maxListed = 50

/** `13 March 2023 to 17 March 2023`. */
const daysOf = ({ from, to }: Forum) => html`${day(from)} to ${day(to)}`

/** The yearly WSIS Forum. */
export const forumPages: NounPage<Forum> = {
  columns: () => [
    ['Forum', (forum) => to(linkTo('forums', forum.id, withYear(forum)))],
    ['Dates', daysOf],
    ['Place', ({ place }) => isolated(place ?? '')],
    ['Theme', ({ theme }) => isolated(theme ?? '')],
    ['Sessions listed', ({ sessions }) => html`<a href="${sessions.href}">${sessions.total}</a>`],
  ],
  record: (forum, records) => {
    const { id, name, place, hosts, source } = forum
    return {
      title: name,
      description: `${name}: dates, place, theme, hosts and the sessions listed here.`,
      kind: `WSIS Forum of ${id}`,
      main: html`${facts([
        ['Dates', daysOf(forum)],
        ['Place', place],
        ['Theme', forum.theme],
        ['Hosts', partiesOf(hosts)],
        ['Note', forum.note],
        ['Read in', html`${toOther(source.url, source.title ?? source.url)}, ${authorityWords[forum.authority]}`],
      ])}
${section('Sessions', 'sessions', newestSessions(forum.sessions, { forumYear: Number(id) }, records, maxListed))}`,
      moreFiles: [
        ['Calendar', `/v1/forums/${id}?format=ics`],
        ['Calendar of sessions', `/v1/sessions?forumYear=${id}&format=ics`],
      ],
      sources: [cited(source.title, source.url)],
      about: {
        '@type': 'Event',
        name,
        startDate: forum.from,
        endDate: forum.to,
        location: place,
        organizer: organizationsOf(hosts),
      },
    }
  },
}
