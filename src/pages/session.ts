import { html, type SafeHtml } from '@remix-run/html-template'
import { inSummary } from '../nouns/outcome-documents.ts'
import { sessionYear } from '../nouns/session-shapes.ts'
import { linkTo } from '../nouns/shapes.ts'
import type { OutcomeDocument, Point, Records, Session } from '../store/records.ts'
import type { NounPage, RecordText } from './noun-page.ts'
import {
  capital,
  day,
  facts,
  full,
  isolated,
  joined,
  list,
  partyOf,
  section,
  short,
  spaced,
  timeOf,
  to,
  toOther,
  withYear,
} from './parts.ts'
import { sessionsByYear } from './session-list.ts'

const bases: Record<string, string> = {
  listed: 'listed on its page',
  title: 'in its title',
  'organizer-line': 'in the line of its organizers',
  description: 'in its description',
  'third-party': 'on another site',
}

type Dated = Pick<Session, 'id' | 'date' | 'forum'>

/** The date of a session; without one, its forum with the year. */
const dateOrYear = ({ id, date, forum }: Dated): SafeHtml =>
  date ? day(date) : isolated(forum ? withYear({ id: forum.id, name: forum.title }) : sessionYear({ id }))

/** A session in a list of links: title and date. */
export const sessionIn = (session: Dated & Pick<Session, 'title'>): SafeHtml =>
  html`${to(linkTo('sessions', session.id, session.title))}<br><small>${dateOrYear(session)}</small>`

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
  record: sessionPage,
}

/** The page of a session of the Forum. */
function sessionPage(session: Session, records: Records): RecordText {
  const { id, title, source } = session
  const lines = session.actionLines.map(({ id }) => id).join(', ')
  const actionLines = session.actionLines.map(
    (line) => html`${full(records)(line)} <small>(${bases[line.basis]})</small>`,
  )
  return {
    title,
    description: `${session.forum ? `Session of the ${session.forum.title}` : 'Meeting before the first WSIS Forum'}${lines ? ` on ${lines}` : ''}: ${title}`,
    ...(session.forum && { under: [session.forum.title, session.forum.href] as [string, string] }),
    kind: session.forum ? html`Session of the ${to(session.forum)}` : 'Meeting before the first WSIS Forum (2009)',
    heading: isolated(title),
    main: html`${session.outcomeDocument ? html`<p><a class="button" href="${session.outcomeDocument.href}">Outcome document</a></p>` : ''}
${facts([
  ['Date', session.date && day(session.date)],
  ['Time', timeOf(session)],
  ['Room', session.room],
  ['Type', session.type],
  ['Number', session.number],
  ['Organizers', session.organizers.length > 0 ? joined(session.organizers.map(partyOf)) : 'not known'],
  ['Facilitators', session.facilitators.length > 0 ? joined(session.facilitators.map(partyOf)) : null],
  ['Web page', session.url && toOther(session.url)],
  ['Note', session.note],
  ['Read in', toOther(source.url, source.title ?? source.url)],
])}
${section('Action lines', 'lines', html`${list(actionLines)}${actionLines.length === 0 ? html`<p>None in the sources that were read.</p>` : ''}${session.actionLinesComplete === false ? html`<p>The web page lists more lines than could be read.</p>` : ''}`)}
${session.sdgs.length > 0 ? section('Sustainable Development Goals', 'goals', html`<p>${session.sdgs.map((goal) => `Goal ${goal}`).join(', ')}</p>`) : ''}`,
    moreFiles: [['Calendar', `/v1/sessions?id=${encodeURIComponent(id)}&format=ics`]],
    sources: [[source.title, source.url].filter(Boolean).join(', ')],
    about: {
      '@type': 'Event',
      name: title,
      ...(session.date && { startDate: session.date }),
      organizer: session.organizers.map(({ name }) => ({ '@type': 'Organization', name })),
    },
  }
}

/** An outcome document in a list of links, by the title of its session. */
export const outcomeIn = ({ id, session }: Pick<OutcomeDocument, 'id' | 'session'>): SafeHtml =>
  to(linkTo('outcome-documents', id, session.title))

export const outcomePages: NounPage<OutcomeDocument> = {
  columns: () => [
    ['Outcome document', ({ id, title, session }) => to(linkTo('outcome-documents', id, title ?? session.title))],
    ['Date', ({ date }) => (date ? day(date) : '')],
    ['Sections', ({ sections }) => `${sections.length}`],
  ],
  record: outcomePage,
}

/** The page of an outcome document: sections, points, speakers. */
function outcomePage(document: OutcomeDocument): RecordText {
  const { session } = document
  const title = document.title ?? session.title
  const isSummary = document.fidelity === 'summary'
  return {
    title: `Outcome document: ${title}`,
    description: `Outcome document of the session “${session.title}”: ${document.sections.length} sections.`,
    under: ['Session', session.href],
    kind: html`Outcome document of the session ${to(session)}`,
    heading: isolated(title),
    main: html`<p class="note">${isSummary ? 'The sentences are a summary by this directory. Names, titles and numbers are as printed.' : 'The sentences are those of the document.'}</p>
${facts([
  ['Date', document.date && day(document.date)],
  ['Time', timeOf(document)],
  ['Organizers', document.organizer],
  ['Web page', document.url && toOther(document.url)],
  ['Template', document.template],
  ['Read in', document.readIn && toOther(document.readIn)],
  ['Note', document.note],
])}
${document.complete ? '' : html`<p class="note">Incomplete: only part of the document could be read.</p>`}
${document.sections.map(({ kind, heading, notApplicable, intro, points }, index) =>
  section(
    heading || (kind === 'other' ? 'No heading' : capital(spaced(kind))),
    `section-${index + 1}`,
    html`${notApplicable ? html`<p>N/A</p>` : ''}${intro ? html`<p>${isolated(intro)}</p>` : ''}${pointsOf(points, document.fidelity)}`,
  ),
)}`,
    sources: [[title, document.url ?? document.readIn].filter(Boolean).join(', ')],
    about: { '@type': 'Report', name: title, ...(document.date && { datePublished: document.date }) },
  }
}

function pointsOf(points: Point[], fidelity: OutcomeDocument['fidelity']): SafeHtml {
  if (points.length === 0) return html``
  return html`<ul class="points">${points.map(
    ({ text, speaker, place, points = [] }) =>
      html`<li>${speaker ? html`${speakerOf(speaker)}${inSummary(fidelity)}: ` : ''}${isolated(text)}${place ? html` <small>${isolated(place)}</small>` : ''}${pointsOf(points, fidelity)}</li>
`,
  )}</ul>`
}

/** A speaker with role and affiliation, the first part in bold. */
function speakerOf({ name, role, affiliation }: NonNullable<Point['speaker']>): SafeHtml {
  const [first = '', ...others] = [name, role, affiliation].filter((one) => one !== null)
  return html`<b>${isolated(first)}</b>${others.map((one) => html`, ${isolated(one)}`)}`
}
