import { html, type SafeHtml } from '@remix-run/html-template'
import { sessionYear } from '../nouns/sessions.ts'
import { linkTo } from '../nouns/shapes.ts'
import type { Count, Party, Records, Session } from '../store/records.ts'
import { full, partiesOf, partyOf, short, to, toOther } from './links.ts'
import { type Content, facts, isolated, joined, list, type NounPage, newestOf, section } from './parts.ts'
import { cited, day, timeOf, withYear } from './words.ts'

const bases: Record<string, string> = {
  listed: 'listed on its page',
  title: 'in its title',
  'organizer-line': 'in the line of its organizers',
  description: 'in its description',
  'third-party': 'on another site',
}

/** The date of a session; without one, its forum with the year. */
const dateOrYear = ({ id, date, forum }: Session): SafeHtml =>
  date ? day(date) : isolated(forum ? withYear({ id: forum.id, name: forum.title }) : sessionYear({ id }))

/** A session in a list of links: title and date. */
export const sessionIn = (session: Session): SafeHtml =>
  html`${to(linkTo('sessions', session.id, session.title))}<br><small>${dateOrYear(session)}</small>`

/** The newest sessions that match a filter, and a link to all of them. */
export const newestSessions = (count: Count, filter: object, records: Records, max = 5): SafeHtml =>
  newestOf(count, records.some('sessions', filter, max, true).items.map(sessionIn))

/** Organizers or hosts in terms of schema.org. */
export const organizationsOf = (parties: Party[]): object[] =>
  parties.map(({ name }) => ({ '@type': 'Organization', name }))

/** The sessions of the Forum. */
export const sessionPages: NounPage<Session> = {
  columns: (records) => [
    ['Session', ({ id, title }) => to(linkTo('sessions', id, title))],
    ['Date', dateOrYear],
    ['Action lines', ({ actionLines }) => joined(actionLines.map(short(records)))],
    [
      'Organizers',
      ({ organizers }) =>
        joined(organizers.map((party) => (party.agency ? short(records)(party.agency) : partyOf(party)))),
    ],
    ['Outcome', ({ outcomeDocument: document }) => (document ? html`<a href="${document.href}">document</a>` : '')],
  ],
  above: sessionsByYear,
  firstFilters: ['forumYear', 'type', 'actionLine', 'agency'],
  record: (session, records) => {
    const { id, title, forum, organizers, source } = session
    const lines = session.actionLines.map((line) => line.id).join(', ')
    const goals = session.sdgs.map((goal) => `Goal ${goal}`).join(', ')
    return {
      title,
      description: `${forum ? `Session of the ${forum.title}` : 'Meeting before the first WSIS Forum'}${lines && ` on ${lines}`}: ${title}`,
      ...(forum && { under: [forum.title, forum.href] }),
      kind: forum ? html`Session of the ${to(forum)}` : 'Meeting before the first WSIS Forum (2009)',
      main: html`${session.outcomeDocument ? html`<p><a class="button" href="${session.outcomeDocument.href}">Outcome document</a></p>` : ''}
${facts([
  ['Date', day(session.date)],
  ['Time', timeOf(session)],
  ['Room', session.room],
  ['Type', session.type],
  ['Number', session.number],
  ['Organizers', partiesOf(organizers)],
  ['Facilitators', joined(session.facilitators.map(partyOf))],
  ['Web page', session.url && toOther(session.url)],
  ['Note', session.note],
  ['Read in', toOther(source.url, source.title ?? source.url)],
])}
${section('Action lines', 'lines', linesOf(session, records))}
${section('Sustainable Development Goals', 'goals', goals && html`<p>${goals}</p>`)}`,
      moreFiles: [['Calendar', `/v1/sessions?id=${encodeURIComponent(id)}&format=ics`]],
      sources: [cited(source.title, source.url)],
      about: { '@type': 'Event', name: title, startDate: session.date, organizer: organizationsOf(organizers) },
    }
  },
}

const linesOf = ({ actionLines, actionLinesComplete }: Session, records: Records): SafeHtml =>
  html`${list(actionLines.map((line) => html`${full(records)(line)} <small>(${bases[line.basis]})</small>`))}${actionLines.length === 0 ? html`<p>None in the sources that were read.</p>` : ''}${actionLinesComplete === false ? html`<p>The web page lists more lines than could be read.</p>` : ''}`

/**
 * The number of sessions in the data by year and line: a table with shaded cells, on a narrow screen a list. Those of a
 * sub-line count for its line, too, as in the filter.
 */
function sessionsByYear(records: Records): SafeHtml {
  const all = records.sessions()
  if (all.length === 0) return html``
  const numbers = all.map(({ year }) => Number(year))
  const first = Math.min(...numbers)
  const years = Array.from({ length: Math.max(...numbers) - first + 1 }, (_, index) => String(first + index))
  const lines = records.byId('action-lines')
  const rowOf = (name: Content, some: typeof all, filter: object) => {
    const ofYear = Map.groupBy(some, ({ year }) => year)
    return html`<tr><th scope="row">${name}</th>${years.map((year) => cellOf(year, ofYear.get(year) ?? [], filter, records))}</tr>
`
  }
  const rows = [...lines.values()].map(({ id, subLines }) => {
    const name = html`<a href="/v1/action-lines/${id}">${id}</a>${subLines.length > 0 ? ' with its sub-lines' : ''}`
    const isOn = (one: string) => one === id || lines.get(one)?.parent?.id === id
    const own = all.filter((session) => session.lines.some(isOn))
    return rowOf(name, own, { actionLine: id })
  })
  const without = all.filter(({ lines }) => lines.length === 0).length
  return html`<details open class="overview"><summary>Sessions by year and line</summary>
<table class="years"><caption>The number of sessions that were read. An empty cell means that none was read, not that there was none. ${without} more sessions name no line.</caption>
<thead><tr><th scope="col">Line</th>${years.map((year) => html`<th scope="col"><span class="hidden">${year.slice(0, 2)}</span>${year.slice(2)}</th>`)}</tr></thead>
<tbody>${rowOf('All', all, {})}${rows}</tbody></table></details>`
}

/** The number of sessions of a year, with a link to their list. A meeting before the first forum has no forum. */
function cellOf(year: string, sessions: { id: string }[], filter: object, records: Records): SafeHtml {
  if (sessions.length === 0) return html`<td></td>`
  const query: Record<string, string> = records.byId('forums').has(year)
    ? { ...filter, forumYear: year }
    : { id: sessions.map(({ id }) => id).join(',') }
  return html`<td data-label="${year}" class="n${Math.min(sessions.length, 4)}"><a href="/v1/sessions?${String(new URLSearchParams(query))}">${sessions.length}</a></td>`
}
