import { type Static, Type } from '../typebox.ts'
import { columnsAt } from './columns.ts'
import { type Noun, nounWords } from './noun.ts'
import { nounTable } from './noun-table.ts'
import { Authority, Count, countOf, nullable, Party, ref, SessionSource, shape } from './shapes.ts'

export const Forum = shape('Forum', 'A yearly WSIS Forum.', {
  id: Type.String({ description: 'The year of the forum.', examples: ['2023'] }),
  name: Type.String({ description: 'The name as printed.' }),
  from: Type.String({ description: 'The first day, as YYYY-MM-DD.' }),
  to: Type.String({ description: 'The last day, as YYYY-MM-DD. Some sessions are on other days: see `note`.' }),
  place: nullable(Type.String(), 'The place as printed, if read.'),
  theme: nullable(Type.String(), 'The theme as printed, if read.'),
  hosts: Type.Array(ref(Party), { description: 'The hosts as printed, if read.' }),
  authority: ref(Authority),
  source: ref(SessionSource),
  note: nullable(Type.String(), 'A remark, if any.'),
  sessions: ref(Count),
})
export type Forum = Static<typeof Forum>

export const forumTable = nounTable('forums', {})

export const forums: Noun<Forum> = {
  ...nounWords('forum', 'forums'),
  title: 'The yearly WSIS Forums',
  description: {
    list: 'The yearly WSIS Forums since 2009, with their days, place and theme. Also as a calendar (`format=ics`).',
    item: 'One WSIS Forum: days, place, theme, hosts, and the number of sessions listed here.',
  },
  example: '2023',
  item: Forum,
  table: forumTable,
  filters: {},
  columns: {
    ...columnsAt('id', 'name', 'from', 'to', 'place', 'theme', 'hosts'),
    agencies: 'hosts/agency',
    ...columnsAt('sessions', 'authority'),
    sourceTitle: 'source/title',
    sourceUrl: 'source/url',
    note: 'note',
  },
  records: ({ seed, party }) =>
    seed.forums.map((forum): Forum => {
      const sessions = seed.sessions.filter(({ forumYear }) => String(forumYear) === forum.id)
      return {
        ...forum,
        hosts: forum.hosts.map(party),
        sessions: countOf(sessions.length, 'sessions', 'forumYear', forum.id),
      }
    }),
  sortKey: ({ id }) => id,
  found: ({ id, name, from, to, place, theme, hosts, note }, { acronymOf }) => ({
    title: name,
    titles: [name, theme],
    texts: [
      id,
      from,
      to,
      place,
      note,
      ...hosts.flatMap(({ name, agency }) => (agency ? [name, acronymOf(agency.id), agency.title] : [name])),
    ],
  }),
  calendar: {
    title: 'WSIS Forums',
    eventOf: ({ id, name, from, to, place, theme, note }) => ({
      id,
      title: name,
      date: from,
      lastDate: to,
      start: null,
      end: null,
      utcOffset: null,
      url: null,
      location: place,
      categories: ['WSIS Forum'],
      description: [theme && `Theme: ${theme}.`, note].filter(Boolean).join('\n'),
    }),
  },
}
