import { html, type SafeHtml } from '@remix-run/html-template'
import { yearOf } from '../nouns/session-shapes.ts'
import type { PageText } from './layout.ts'
import { namedIn } from './matrix.ts'
import {
  authorityWords,
  day,
  editionLabel,
  isolated,
  joined,
  list,
  nothing,
  section,
  sourceWords,
  table,
  timeLine,
  to,
  toAgency,
  toId,
  toOther,
  whenOf,
} from './parts.ts'
import type { Count, Line, Link, LinkSource, Records, Session } from './records.ts'

const kinds: Record<string, string> = {
  line: 'Action line',
  'sub-line': 'Part of action line C7',
  section: 'Section of the table',
}

/** The page of a line: who in each edition, what later documents say, and what else belongs to it. */
export function linePage(line: Line, records: Records): PageText {
  const { id, title } = line
  const filter = { actionLine: id }
  const newest = line.editions.at(-1)
  const ofLine = `actionLine=${encodeURIComponent(id)}`
  const names = newest?.agencies.map(({ id }) => id).join(', ')
  return {
    title: `${id} ${title}`,
    description: `Who coordinates WSIS Action Line ${id}, ${title}: in the draft of 2005, as adopted, and today${names ? ` (${names})` : ''}, and which document says so.`,
    path: `/v1/action-lines/${id}`,
    main: html`<p class="kind">${kinds[line.kind]}${line.parent ? html`: ${toId(line.parent)}` : ''}</p>
<h1>${id} <bdi>${title}</bdi></h1>
${line.genevaTitle === title ? '' : html`<p>In the Geneva Plan of Action: <bdi>${line.genevaTitle}</bdi></p>`}
${line.subLines.length > 0 ? section('Its parts', 'parts', list(line.subLines.map(toId))) : ''}
${section('Who coordinates it', 'who', editionsOf(line, records))}
${section('What later documents say', 'reports', timeLine(line.reports.map((report) => ({ ...report, about: toAgency(report.agency) }))))}
<div class="columns">
${section('Sessions', 'sessions', newestOf(line.sessions, records.some('sessions', filter, 5, true).items.map(sessionIn)))}
${section(
  'Outcome documents',
  'outcomes',
  newestOf(
    line.outcomeDocuments,
    records
      .some('outcome-documents', filter, 5, true)
      .items.map(({ session, id }) => to({ title: session.title, href: `/v1/outcome-documents/${id}` })),
  ),
)}
${section('Sustainable Development Goals', 'goals', line.sdgs.length > 0 ? list(line.sdgs.map(goalOf)) : html`<p>No link was read.</p>`)}
${line.gdc.length > 0 ? section('Global Digital Compact', 'compact', list(line.gdc.map(({ title, objective, point }) => html`${isolated(title)} <small>objective ${objective}, ${point}</small>`))) : ''}
${line.keywords.length > 0 ? section('Words that lead here', 'words', html`<p>${joined(line.keywords.map(isolated))}</p>`) : ''}
${line.linkSources.length > 0 ? section('Where these links were read', 'links', html`${list(line.linkSources.map(linkSource))}<p class="note">Partial: silence means nothing.</p>`) : ''}
</div>`,
    files: [
      ['JSON', `/v1/action-lines/${id}?format=json`],
      ['CSV', `/v1/action-lines?id=${encodeURIComponent(id)}&format=csv`],
      ['Statements (CSV)', `/v1/coordinations?${ofLine}&format=csv`],
      ['Calendar of its sessions', `/v1/sessions?${ofLine}&format=ics`],
    ],
    sources: line.editions.map(({ edition }) =>
      sourceWords(records.one('sources', records.edition(edition.id).source.id)),
    ),
    about: {
      '@type': 'DefinedTerm',
      termCode: id,
      name: title,
      inDefinedTermSet: 'WSIS Action Lines',
    },
  }
}

/** The editions side by side: the agencies, and the cells as printed. */
function editionsOf({ id, editions, subLines }: Line, records: Records): SafeHtml {
  const all = records.all('editions')
  const lacking = all.filter((one) => !editions.some(({ edition }) => edition.id === one.id))
  const columns = editions.map((entry) => ({
    entry,
    row: records.edition(entry.edition.id).rows.find(({ actionLine }) => actionLine.id === id),
  }))
  const row = (name: string, cellOf: (column: (typeof columns)[number]) => SafeHtml | string) =>
    html`<tr><th scope="row">${name}</th>${columns.map((column) => html`<td>${cellOf(column)}</td>`)}</tr>
`
  return html`${table(
    'By edition, oldest first',
    ['', ...editions.map(editionLabel)].map((one) => one || 'Edition'),
    [
      row('Agencies', ({ entry }) => html`<b>${namedIn(entry)}</b>`),
      row('Label in the table', ({ row }) => printed(row?.printedLabel)),
      row('Cell in the table', ({ row }) => printed(row?.printedCoordinators)),
      row('Document', ({ entry }) => html`${to(entry.edition)}, ${whenOf(records.edition(entry.edition.id), records)}`),
      row('Where it was read', ({ entry }) => authorityWords(entry.authority)),
    ],
  )}${lacking.length > 0 ? html`<p class="note">${joined(lacking.map((one) => html`<a href="/v1/editions/${one.id}">${editionLabel(one)}</a>`))}: no row was read for ${id}.</p>` : nothing}${subLines.length > 0 ? html`<p class="note">Its parts have the agencies.</p>` : nothing}`
}

const printed = (cell: string | undefined) => (cell ? html`<q class="printed"><bdi>${cell}</bdi></q>` : 'an empty cell')

const goalOf = ({ goal, title, iri, targets }: Line['sdgs'][number]) =>
  html`<a href="${iri}" rel="external">Goal ${goal}</a> <bdi>${title}</bdi>${targets.length > 0 ? html` <small>targets ${targets.map(({ target }) => target).join(', ')}</small>` : ''}`

/** A document that goals, points or words were read in. */
const linkSource = ({ title, authority, url, readIn }: LinkSource) =>
  html`${toOther(String([readIn, url].find(Boolean)), title)} <small>${authorityWords(authority)}</small>`

/** A session in a list: when, what, and its lines. */
export function sessionIn({ id, title, date, forum }: Pick<Session, 'id' | 'title' | 'date' | 'forum'>): SafeHtml {
  return html`${to({ title, href: `/v1/sessions/${id}` })}<br><small>${date ? day(date) : isolated(forum?.title ?? yearOf({ id }))}</small>`
}

/** Some of a list, and the way to all of it. */
export function newestOf({ total, href }: Count, items: SafeHtml[]): SafeHtml {
  if (total === 0) return html`<p>None is held. What is held is a selection.</p>`
  return html`${list(items)}<p><a href="${href}">${total === items.length ? 'As a list' : `All ${total}`}</a></p>`
}

export const links = (all: Link[]): SafeHtml | null => (all.length > 0 ? joined(all.map(toId), html`<br>`) : null)
