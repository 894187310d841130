import { html, type SafeHtml } from '@remix-run/html-template'
import type { Served } from '../http/site.ts'
import { type PageText, searchForm } from './layout.ts'
import { sessionIn } from './line.ts'
import { cardsOf, legendOf, type Mark, marksOf, matrixOf, type View } from './matrix.ts'
import { authorityWords, day, editionLabel, list, section, sourceWords, spaced, whenOf } from './parts.ts'
import type { Records, Session } from './records.ts'

/** What may be asked of the front page: one edition, or what changed from one to another. */
export interface FrontQuery {
  edition?: string
  comparedTo?: string
}

const title = 'Who in the UN system coordinates which WSIS Action Line?'

export function frontPage(site: Served, records: Records, { edition, comparedTo }: FrontQuery): PageText {
  const all = marksOf(records.all('editions'))
  const view = viewOf(all, edition, comparedTo)
  const query = new URLSearchParams({ ...(edition && { edition }), ...(comparedTo && { comparedTo }) })
  const [lines, agencies] = [records.all('action-lines'), records.all('agencies')]
  const caption = captionOf(view)
  return {
    title: edition ? `${title} ${caption}` : title,
    description: `${title} As drafted in 2005, as adopted, and today, each with the document that says so: ${lines.length} lines, as a table and as data.`,
    path: query.size > 0 ? `/?${query}` : '/',
    hasSearch: true,
    main: html`<h1>${title}</h1>
${searchForm()}
${boxOf(view.compared ? [view.compared.from, view.compared.to] : view.marks, records)}
${switchOf(all, edition, comparedTo)}
${legendOf(view)}
${matrixOf(lines, agencies, view, caption)}
${cardsOf(lines, view.compared ? { marks: [view.compared.from, view.compared.to] } : view)}
<div class="columns">
${section('What the Forum did last', 'forum', sessionsOf(records.some('sessions', {}, 6, true).items))}
${section('What changed in the last release', 'changed', changesOf(records))}
${section('How to take it', 'take', takeIt)}
${section('For developers', 'developers', forDevelopers(site))}
</div>`,
    files: [
      ['JSON', '/v1/action-lines?format=json'],
      ['CSV', '/v1/action-lines?format=csv'],
      ['Spreadsheet', '/v1/exports/current/directory.xlsx'],
      ['SQLite', '/v1/exports/current/directory.sqlite'],
      ['Calendar of sessions', '/v1/sessions?format=ics'],
      ['Feed of changes', '/v1/changes?format=atom'],
    ],
    sources: sourcesOf(view, records),
    about: {
      '@type': 'Dataset',
      name: 'Action Line directory',
      description: title,
      version: site.dataset,
      ...(records.release().date && { dateModified: records.release().date }),
      isAccessibleForFree: true,
      ...(site.base && {
        distribution: [
          {
            '@type': 'DataDownload',
            encodingFormat: 'text/csv',
            contentUrl: `${site.base}/v1/action-lines?format=csv`,
          },
          { '@type': 'DataDownload', encodingFormat: 'application/json', contentUrl: `${site.base}/v1/action-lines` },
        ],
      }),
    },
  }
}

/** With `comparedTo`, what changed from that edition to `edition`; without `edition`, to the newest one. */
function viewOf(all: Mark[], edition: string | undefined, comparedTo: string | undefined): View {
  const named = (id: string) => all.filter((mark) => mark.edition.id === id)
  if (comparedTo) {
    const [from] = named(comparedTo) as [Mark]
    const [to = all.at(-1) as Mark] = edition ? named(edition) : []
    return { marks: all, compared: { from, to } }
  }
  return { marks: edition ? named(edition) : all }
}

function captionOf({ marks, compared }: View): string {
  if (compared)
    return `What changed from ${editionLabel(compared.from.edition)} to ${editionLabel(compared.to.edition)}.`
  return marks.length === 1 ? `${marks.map(({ label }) => label)}.` : 'All editions side by side.'
}

function switchOf(all: Mark[], edition?: string, comparedTo?: string): SafeHtml {
  const pairs = all.slice(1).map((mark, index) => [all[index] as Mark, mark] as const)
  const link = (href: string, label: string, isCurrent: boolean) =>
    html`<li><a href="${href}"${isCurrent ? html` aria-current="page"` : ''}>${label}</a></li>`
  return html`<nav class="switch" aria-label="Editions"><ul>${link('/', 'All editions', !edition && !comparedTo)}${all.map(
    (mark) => link(`/?edition=${mark.edition.id}`, mark.label, edition === mark.edition.id && !comparedTo),
  )}${pairs.map(([from, to]) =>
    link(
      `/?edition=${to.edition.id}&comparedTo=${from.edition.id}`,
      `Changed: ${editionLabel(from.edition)} → ${editionLabel(to.edition)}`,
      edition === to.edition.id && comparedTo === from.edition.id,
    ),
  )}</ul></nav>`
}

/** What one must know before one reads the table. */
function boxOf(marks: Mark[], records: Records): SafeHtml {
  const isSecondary = marks.some(({ edition }) => edition.authority === 'secondary')
  return html`<aside class="box" aria-label="What one must know"><ul>${marks.map(
    ({ edition, label }) =>
      html`<li><a href="/v1/editions/${edition.id}"><b>${label}</b></a>: <bdi>${edition.title}</bdi>, ${whenOf(edition, records)}; ${authorityWords(edition.authority)}.</li>`,
  )}<li>An empty cell means: <b>no source that was read says so</b>.${isSecondary ? ' Before you rely on a secondary account, look at the document itself.' : ''}</li></ul></aside>`
}

function sourcesOf({ marks, compared }: View, records: Records): string[] {
  const editions = compared ? [compared.from, compared.to] : marks
  return editions.map(({ edition }) => sourceWords(records.one('sources', edition.source.id)))
}

function sessionsOf(sessions: Session[]): SafeHtml {
  return html`${list(
    sessions.map(
      (session) => html`${sessionIn(session)} <small>${session.actionLines.map(({ id }) => id).join(', ')}</small>`,
    ),
  )}<p><a href="/v1/sessions?sort=-date">All sessions</a>, a selection: only those whose page or report was read.</p>`
}

const nouns: Record<string, string> = { coordinations: 'statements' }

function changesOf(records: Records): SafeHtml {
  const { date } = records.release()
  const said = (change: string) =>
    records
      .lastChanges()
      .flatMap((one) => (one.change === change ? `${one.total} ${nouns[one.noun] ?? spaced(one.noun)}` : []))
  const kinds = ['added', 'changed', 'removed'].flatMap((change) =>
    said(change).length > 0 ? html`<b>${change}</b> ${said(change).join(', ')}` : [],
  )
  return html`${date ? html`<p>Last release: ${day(date)}.</p>` : html`<p>There was no release yet.</p>`}${list(
    kinds,
  )}<p><a href="/v1/changes">Every change</a></p>`
}

const takeIt = list([
  html`<a href="/v1/exports/current/directory.xlsx">The spreadsheet of everything</a> (xlsx)`,
  html`<a href="/v1/editions/latest?format=csv">Who is it today</a>, and <a href="/v1/action-lines?format=csv">every line</a> (CSV)`,
  html`<a href="/v1/exports/current/directory.sqlite">The whole database</a> (SQLite)`,
  html`<a href="/v1/sessions?format=ics">Calendar of the sessions</a>`,
  html`<a href="/v1/changes?format=atom">Feed of the changes</a>`,
  html`<a href="/v1/exports">All files with their checksums</a>`,
])

const forDevelopers = ({ base }: Served) =>
  html`<p>Every page is also data, at the same address: <code>curl ${base}/v1/action-lines/C7.e-health</code></p>${list(
    [
      html`<a href="/docs">API reference</a> and <a href="/openapi.json">OpenAPI 3.1</a>`,
      html`No key, any origin, strong ETags`,
      html`<a href="/v1/resolve?q=C1%2C%20C7%20eGov%2C%20C11">What a text means</a>: <code>/v1/resolve?q=C1, C7 eGov, C11</code>`,
    ],
  )}`
