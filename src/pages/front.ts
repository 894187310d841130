import { html, type SafeHtml } from '@remix-run/html-template'
import type { Served } from '../http/site.ts'
import { isComparable } from '../nouns/editions.ts'
import { hrefOf } from '../nouns/shapes.ts'
import type { Edition, Line, LineEdition, Link, Records, Session } from '../store/records.ts'
import { datasetOf } from './dataset.ts'
import { type PageText, searchForm } from './layout.ts'
import { legendOf, type Mark, marksOf, matrixOf, namedIn, type View } from './matrix.ts'
import {
  authorityWords,
  counted,
  day,
  dayText,
  joined,
  list,
  nothing,
  recordTable,
  repeats,
  section,
  short,
  sourceWords,
  spaced,
  whenOf,
  wordsOf,
} from './parts.ts'
import { sessionIn } from './session.ts'

/** The query of the front page: one edition, or the changes from one to another. */
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
    description: `${title} The draft of 2005, the adopted text, the facilitators and lead contacts listed today, each with the document that says so: ${lines.length} lines, as a table and as data.`,
    path: query.size > 0 ? `/?${query}` : '/',
    hasSearch: true,
    main: html`<h1>${title}</h1>
${searchForm()}
${introOf(records)}
${coordinatorsTable(lines, view, records)}
${askOf(records)}
<h2 id="matrix">Compare the editions</h2>
${switchOf(all, edition, comparedTo)}
<div class="wide">
${legendOf(view)}
${matrixOf(lines, agencies, view, caption)}
</div>
${boxOf(view.compared ? [view.compared.from, view.compared.to] : view.marks, records)}
<div class="columns">
${section('Latest sessions', 'forum', sessionsOf(records.some('sessions', {}, 6, true).items))}
${section('Last release', 'changed', changesOf(records))}
${section('Download', 'take', takeIt)}
${section('For developers', 'developers', forDevelopers(site))}
</div>`,
    files: filesOf(view),
    sources: sourcesOf(view, records),
    about: datasetOf(site, records, title),
  }
}

/** The table of the page as files: a comparison, one edition, or every line; beside every line, all else. */
function filesOf({ marks, compared }: View): PageText['files'] {
  const edition = compared?.to.edition ?? (marks.length === 1 ? marks[0]?.edition : undefined)
  if (!edition)
    return [
      ['All lines (JSON)', '/v1/action-lines?format=json'],
      ['All lines (CSV)', '/v1/action-lines?format=csv'],
      ['Everything in one workbook (xlsx)', '/v1/exports/current/directory.xlsx'],
      ['Everything in one database (SQLite)', '/v1/exports/current/directory.sqlite'],
      ['Calendar of sessions', '/v1/sessions?format=ics'],
      ['Feed of changes', '/v1/changes?format=atom'],
    ]
  const table = hrefOf('editions', edition.id)
  const since = compared ? `comparedTo=${encodeURIComponent(compared.from.edition.id)}&` : ''
  return [
    ['JSON', `${table}?${since}format=json`],
    ['CSV', `${table}?${since}format=csv`],
  ]
}

/** A sentence on the kinds of table: draft, adopted, the newest list, and the contacts. */
function introOf(records: Records): SafeHtml {
  const editions = records.all('editions')
  const [draft, adopted, list, contacts] = [
    editions.find(({ status }) => status === 'draft'),
    editions.find(({ status }) => status === 'adopted'),
    editions.findLast(({ status, role }) => status === 'list' && role !== 'contact'),
    editions.findLast(({ role }) => role === 'contact'),
  ]
  const link = ({ id }: Edition, words: string) => html`<a href="${hrefOf('editions', id)}">${words}</a>`
  const when = ({ date, dateRange }: Edition) => (date ? dayText(date.slice(0, 7)) : (dateRange?.to ?? '').slice(0, 4))
  const isSame = adopted && list && agenciesIn(adopted) === agenciesIn(list)
  const parts = [
    draft && html`The ${link(draft, `draft of ${when(draft)}`)} names coordinators`,
    adopted && html`the ${link(adopted, `text adopted in ${when(adopted)}`)} lists possible facilitators`,
    list &&
      html`${link(list, `a list of ${when(list)}`)} ${isSame ? 'still names the same ones' : 'names facilitators, too'}`,
  ].filter((part) => part !== undefined)
  const beside = contacts ? html`, with ${link(contacts, 'lead contacts')} beside them` : ''
  return html`<p class="answer">${joined(parts.slice(0, -1))}, and ${parts.slice(-1)}${beside}.</p>`
}

/** The agencies of an edition line by line, as a text for comparison. */
const agenciesIn = ({ rows }: Edition): string =>
  JSON.stringify(rows.map(({ actionLine, agencies }) => [actionLine.id, agencies.map(({ id }) => id).sort()]))

/** The coordinators of each line, with the document and its date. */
function coordinatorsTable(lines: Line[], { marks, compared }: View, records: Records): SafeHtml {
  const [only] = marks.length === 1 ? marks : []
  const edition = compared?.to.edition ?? only?.edition
  const head = [
    'Action line',
    edition ? edition.label : 'Facilitators',
    compared ? `Since ${compared.from.word}` : 'Who says so, and when',
  ]
  const rows = lines.map((line) => {
    const name = html`<a href="${hrefOf('action-lines', line.id)}"><b>${line.id}</b>${repeats(line) ? nothing : html` <bdi>${line.title}</bdi>`}</a>`
    if (line.subLines.length > 0) return [name, `see its ${line.subLines.length} sub-lines`, '']
    const entry = edition ? line.editions.find((one) => one.edition.id === edition.id) : (line.current ?? undefined)
    const contacts = edition ? undefined : line.current?.contacts
    return [
      name,
      html`${namedIn(entry, records)}${contacts ? html`<br><small>${contacts.agencies.length > 1 ? 'Lead contacts' : 'Lead contact'}: ${joined(contacts.agencies.map(short(records)))}</small>` : ''}`,
      compared ? differencesOf(line, compared, records) : sourceOf(line, entry, records),
    ]
  })
  const caption = compared
    ? `What changed from ${compared.from.word} to ${compared.to.word}`
    : 'Who facilitates each line'
  return recordTable(caption, head, rows)
}

/** `Facilitators 2026 (6 April 2026, read in a secondary account …)`, followed by the newest dated report. */
function sourceOf(line: Line, entry: LineEdition | undefined, records: Records): SafeHtml {
  if (!entry) return html``
  const edition = records.edition(entry.edition.id)
  const newest = line.reports.findLast(({ appointment, date }) => appointment && date)
  return html`<a href="/v1/editions/${edition.id}">${edition.label}</a> <small>(${whenOf(edition)})</small>${newest ? html`<br><small>Newest dated report: <a href="${newest.href}">${records.acronym(newest.agency.id)}, ${spaced(newest.role)}</a>, ${whenOf({ date: newest.date, dateRange: null })}</small>` : ''}`
}

function differencesOf(line: Line, { from, to }: NonNullable<View['compared']>, records: Records): SafeHtml | string {
  const [was, is] = [from, to].map(
    ({ edition }) => line.editions.find((one) => one.edition.id === edition.id)?.agencies,
  )
  if (!was || !is) return `not in ${was ? to.word : from.word}`
  const only = (some: Link[], others: Link[]) => some.filter(({ id }) => !others.some((one) => one.id === id))
  const parts = [
    ...only(is, was).map(
      (link) => html`<span class="added">+<span class="hidden"> added:</span> ${short(records)(link)}</span>`,
    ),
    ...only(was, is).map(
      (link) => html`<span class="gone">−<span class="hidden"> removed:</span> ${short(records)(link)}</span>`,
    ),
  ]
  return parts.length > 0 ? joined(parts) : 'no change'
}

/** The paragraph of the newest resolution that requests road maps from the facilitators of each line. */
const roadMaps = { source: 'a-res-80-173', place: 'para 113' }

function askOf(records: Records): SafeHtml {
  const source = records.source(roadMaps.source)
  const passage = source?.passages.find(({ place }) => place === roadMaps.place)
  if (!passage) return html``
  return html`<p class="box"><b>What the newest text asks for:</b> <bdi>${passage.text}</bdi> <small>(<a href="/v1/sources/${source.id}">${source.document}</a>, ${passage.place}, ${passage.fidelity === 'summary' ? 'in summary' : 'as printed'})</small></p>`
}

/** The view: with `comparedTo`, the changes from that edition to `edition`, by default to the newest comparable one. */
function viewOf(all: Mark[], edition: string | undefined, comparedTo: string | undefined): View {
  const named = (id: string) => all.filter((mark) => mark.edition.id === id)
  if (comparedTo) {
    const [from] = named(comparedTo) as [Mark]
    const [to = all.findLast((mark) => isComparable(mark.edition, from.edition)) as Mark] = edition
      ? named(edition)
      : []
    return { marks: all, compared: { from, to } }
  }
  return { marks: edition ? named(edition) : all }
}

function captionOf({ marks, compared }: View): string {
  if (compared) return `What changed from ${compared.from.word} to ${compared.to.word}.`
  return marks.length === 1 ? `${marks.map(({ word }) => word)}.` : 'All editions side by side.'
}

function switchOf(all: Mark[], edition?: string, comparedTo?: string): SafeHtml {
  const pairs = all.flatMap((to, index) => {
    const from = all.slice(0, index).findLast((one) => isComparable(one.edition, to.edition))
    return from ? [[from, to] as const] : []
  })
  const link = (href: string, label: string, isCurrent: boolean) =>
    html`<li><a href="${href}"${isCurrent ? html` aria-current="page"` : ''}>${label}</a></li>`
  return html`<nav class="switch" aria-label="Editions"><ul>${link('/', 'All editions', !edition && !comparedTo)}${all.map(
    (mark) => link(`/?edition=${mark.edition.id}`, mark.word, edition === mark.edition.id && !comparedTo),
  )}${pairs.map(([from, to]) =>
    link(
      `/?edition=${to.edition.id}&comparedTo=${from.edition.id}`,
      `Changed: ${from.word} → ${to.word}`,
      edition === to.edition.id && comparedTo === from.edition.id,
    ),
  )}</ul></nav>`
}

/** The description of each edition, and where it was read. */
function boxOf(marks: Mark[], records: Records): SafeHtml {
  return html`<aside class="box" aria-label="Before you use this table"><ul>${marks.map(
    ({ edition, word }) =>
      html`<li><a href="/v1/editions/${edition.id}"><b>${word}</b></a>: <bdi>${edition.description}</bdi> <small>(${whenOf(edition)}; ${authorityWords(edition.authority)})</small></li>`,
  )}<li class="wide">An empty cell means that <b>no source that was read names the agency</b>.</li>${hostsOf(marks, records)}</ul></aside>`
}

/** A sentence for each host of secondary accounts, with the editions that come from it. */
function hostsOf(marks: Mark[], records: Records): SafeHtml[] {
  const secondary = marks.filter(({ edition }) => edition.authority === 'secondary')
  const byHost = Map.groupBy(secondary, ({ edition }) => {
    const { host, readOn } = records.source(edition.source.id)
    return [host ?? 'accounts by others', readOn && `read ${dayText(readOn)}`].filter(Boolean).join(', ')
  })
  return [...byHost].map(
    ([host, rest]) =>
      html`<li>${rest.map(({ word }) => word).join(', ')}: <b>these rest on ${host}</b>. Before you rely on them, check the document itself.</li>`,
  )
}

function sourcesOf({ marks, compared }: View, records: Records): string[] {
  const editions = compared ? [compared.from, compared.to] : marks
  return editions.map(({ edition }) => sourceWords(records.source(edition.source.id)))
}

function sessionsOf(sessions: Session[]): SafeHtml {
  return html`${list(
    sessions.map(
      (session) => html`${sessionIn(session)} <small>${session.actionLines.map(({ id }) => id).join(', ')}</small>`,
    ),
  )}<p><a href="/v1/sessions?sort=-date">All sessions</a>, a selection: only those whose page or report was read.</p>`
}

/** The changes of the newest release, in a sentence for each kind: `It added 1 edition and 128 statements.` */
function changesOf(records: Records): SafeHtml {
  const { number, date } = records.release()
  if (date === null) return html`<p>There was no release yet.</p>`
  const sentences = ['added', 'changed', 'removed'].flatMap((change) => {
    const some = records.lastChanges().filter((one) => one.change === change)
    const counts = some.map(({ noun, total }) => counted(total, ...wordsOf(noun)))
    return counts.length > 0 ? ` It ${change} ${enumeration.format(counts)}.` : []
  })
  return html`<p>Release ${number} was published on ${day(date)}.${sentences}</p><p><a href="/v1/changes?release=${number}">Every change</a></p>`
}

const enumeration = new Intl.ListFormat('en-GB', { type: 'conjunction' })

const takeIt = list([
  html`<a href="/v1/exports/current/directory.xlsx">The spreadsheet of everything</a> (xlsx, a sheet for each list)`,
  html`<a href="/v1/editions/latest?format=csv">The newest list of facilitators</a>, and <a href="/v1/action-lines?format=csv">every line</a> (CSV)`,
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
