import { html, type SafeHtml } from '@remix-run/html-template'
import { dataFormats, mediaTypes } from '../formats/data-formats.ts'
import { bareType, type Origin } from '../formats/format.ts'
import { isComparable } from '../nouns/editions.ts'
import { nouns } from '../nouns/index.ts'
import { hrefOf } from '../nouns/shapes.ts'
import { dataLicense, directoryName, keywords } from '../openapi-info.ts'
import type { Edition, Line, LineEdition, Records, Session } from '../store/records.ts'
import { spaced } from '../vocabulary.ts'
import { lastRelease } from './change.ts'
import { namedIn, repeats, short, toEdition } from './links.ts'
import { legendOf, matrixOf } from './matrix.ts'
import { type Content, joined, list, type PageText, recordTable, searchForm, section } from './parts.ts'
import { sessionIn } from './session.ts'
import { authorityWords, capital, counted, dayText, givenBy, sourceWords, subjectOf, whenOf } from './words.ts'

const title = 'Who in the UN system coordinates which WSIS Action Line?'

/** The front page: who coordinates each line now, the matrix of all editions, and the newest sessions and changes. */
export function frontPage(site: Origin, records: Records): PageText {
  const editions = records.all('editions')
  const lines = records.all('action-lines')
  const byRole = Map.groupBy(lines, ({ current }) => (current ?? records.newest).role)
  return {
    title,
    description: `${title} The draft of 2005, the adopted text, the facilitators and lead contacts listed today, each with the document that says so: ${lines.length} lines, as a table and as data.`,
    path: '/',
    hasSearch: true,
    main: html`<h1>${title}</h1>
${searchForm()}
${todayInNumbers(lines, records)}
<p>${kindsOf(editions)}</p>
${[...byRole].map(([role, some]) => coordinatorsTable(role, some, records))}
${askOf(records)}
<h2 id="matrix">Compare the editions</h2>
<p>An edition is a full list: a table that names agencies for every line of its time.</p>
${switchOf(editions)}
<div class="wide">
${legendOf(editions)}
${matrixOf(lines, records.all('agencies'), editions)}
</div>
${boxOf(editions, records)}
<div class="columns">
${section('Latest sessions', 'forum', sessionsOf(records.some('sessions', {}, 6, true).items))}
${section('Last release', 'changed', lastRelease(records))}
${section('Download', 'take', takeIt)}
${section('For developers', 'developers', forDevelopers(site))}
</div>`,
    files: [
      ['All lines (JSON)', '/v1/action-lines?format=json'],
      ['All lines (CSV)', '/v1/action-lines?format=csv'],
      ['Everything in one workbook (xlsx)', '/v1/exports/current/directory.xlsx'],
      ['Everything in one database (SQLite)', '/v1/exports/current/directory.sqlite'],
      ['Calendar of sessions', '/v1/sessions?format=ics'],
      ['Feed of changes', '/v1/changes?format=atom'],
    ],
    sources: editions.map(({ source }) => sourceWords(records.source(source.id))),
    about: datasetOf(site, records, title),
  }
}

/**
 * The newest list in a sentence: `The list of facilitators of 2026, as given by …, names ITU for 15 of the 18 action lines
 * of the World Summit on the Information Society (WSIS), UNESCO for 8, and 14 other bodies for 1 to 4 each.` A note says
 * so if it was read in an account by others.
 */
function todayInNumbers(lines: Line[], records: Records): SafeHtml {
  const { rows, source: link } = records.newest
  const source = records.source(link.id)
  const leaves = new Set(lines.filter(({ subLines }) => subLines.length === 0).map(({ id }) => id))
  const own = rows.filter(({ actionLine }) => leaves.has(actionLine.id))
  const byAgency = Map.groupBy(
    own.flatMap(({ agencies }) => agencies),
    ({ id }) => id,
  )
  const [first, second, ...others] = [...byAgency.values()]
    .sort((a, b) => b.length - a.length)
    .map((links) => ({ name: links.slice(0, 1).map(short(records)), count: links.length }))
  const given = givenBy(source)
  return html`<p class="answer">${subjectOf(source, records)}${given && `${given},`} names ${first?.name} for ${first?.count} of the ${own.length} action lines of the World Summit on the Information Society (WSIS)${second && html`, ${second.name} for ${second.count}`}${others.length > 0 ? `, and ${counted(others.length, 'other body', 'other bodies')} for ${others.at(-1)?.count} to ${others[0]?.count} each` : ''}.</p>
${source.authority === 'secondary' ? html`<p class="note">The document itself was not read: see <a href="/v1/sources/${source.id}">what is known of this list</a>.</p>` : ''}`
}

/** A sentence on the kinds of table: draft, adopted, the newest list, and the contacts. */
function kindsOf(editions: Edition[]): SafeHtml {
  const draft = editions.find(({ status }) => status === 'draft')
  const adopted = editions.find(({ status }) => status === 'adopted')
  const newest = editions.findLast(({ status, role }) => status === 'list' && role !== 'contact')
  const contacts = editions.findLast(({ role }) => role === 'contact')
  const when = ({ date, dateRange }: Edition) => (date ? dayText(date.slice(0, 7)) : (dateRange?.to ?? '').slice(0, 4))
  const isSame = adopted && newest && agenciesIn(adopted) === agenciesIn(newest)
  const parts = [
    draft && html`The ${toEdition(draft, `draft of ${when(draft)}`)} names coordinators`,
    adopted && html`the ${toEdition(adopted, `text adopted in ${when(adopted)}`)} lists possible facilitators`,
    newest &&
      html`that ${toEdition(newest, `list of ${when(newest)}`)} ${isSame ? 'still names the same ones' : 'names facilitators, too'}`,
  ].filter((part) => part !== undefined)
  return html`${joined(parts.slice(0, -1))}, and ${parts.slice(-1)}${contacts && html`, with ${toEdition(contacts, 'lead contacts')} beside them`}.`
}

/** The agencies of an edition line by line, as a text for comparison. */
const agenciesIn = ({ rows }: Edition): string =>
  JSON.stringify(rows.map(({ actionLine, agencies }) => [actionLine.id, agencies.map(({ id }) => id).sort()]))

/** The coordinators or facilitators of some lines, with the document and its date. */
function coordinatorsTable(role: string, lines: Line[], records: Records): SafeHtml {
  const first = lines[0]?.kind === 'section' ? 'Section of the draft' : 'Action line'
  const nameOf = (line: Line) =>
    html`<a href="${hrefOf('action-lines', line.id)}"><b>${line.id}</b>${repeats(line) ? '' : html` <bdi>${line.title}</bdi>`}</a>`
  return recordTable(`The ${role}s of each line`, lines, [
    [first, nameOf],
    [`${capital(role)}s`, (line) => agenciesOf(line, records)],
    ['Who says so, and when', ({ current, reports }) => (current ? sourceOf(current, reports, records) : '')],
  ])
}

/** The agencies of a line in its newest edition, and the lead contacts beside them. */
function agenciesOf({ subLines, current }: Line, records: Records): Content {
  if (subLines.length > 0) return `see its ${subLines.length} sub-lines`
  const contacts = current?.contacts?.agencies
  const beside =
    contacts &&
    html`<br><small>Lead contact${contacts.length > 1 ? 's' : ''}: ${joined(contacts.map(short(records)))}</small>`
  return html`${namedIn(current ?? undefined, records)}${beside}`
}

/** `Facilitators 2026 (6 April 2026, as given by a private wiki on GitHub)`, followed by the newest dated report. */
function sourceOf({ edition: { id } }: LineEdition, reports: Line['reports'], records: Records): SafeHtml {
  const edition = records.edition(id)
  const newest = reports.findLast(({ appointment, date }) => appointment && date)
  const report =
    newest &&
    html`<br><small>Newest dated report: <a href="${newest.href}">${records.acronym(newest.agency.id)}, ${spaced(newest.role)}</a>, ${whenOf(newest)}${givenBy(records.source(newest.source.id))}</small>`
  return html`${toEdition(edition)} <small>(${whenOf(edition)}${givenBy(records.source(edition.source.id))})</small>${report}`
}

/** The paragraph of the newest resolution that requests road maps from the facilitators of each line. */
const roadMaps = { source: 'a-res-80-173', place: 'para 113' }

function askOf(records: Records): SafeHtml {
  const source = records.source(roadMaps.source)
  const passage = source?.passages.find(({ place }) => place === roadMaps.place)
  if (!passage) return html``
  return html`<p class="box"><b>What the newest text asks for:</b> <bdi>${passage.text}</bdi> <small>(<a href="/v1/sources/${source.id}">${source.document}</a>, ${passage.place}, ${passage.fidelity === 'summary' ? 'in summary' : 'as printed'})</small></p>`
}

/** Links to each edition, and to what changed from one to the next that is comparable. */
function switchOf(editions: Edition[]): SafeHtml {
  const changes = editions.flatMap(({ id, label, role }, index) => {
    const from = editions.slice(0, index).findLast((one) => isComparable(one, { role }))
    return from
      ? html`<a href="${hrefOf('editions', id)}?comparedTo=${encodeURIComponent(from.id)}">Changed: ${from.label} → ${label}</a>`
      : []
  })
  return html`<nav class="switch" aria-label="Editions">${list([...editions.map((one) => toEdition(one)), ...changes])}</nav>`
}

/** The description of each edition, and where it was read. */
function boxOf(editions: Edition[], records: Records): SafeHtml {
  return html`<aside class="box" aria-label="Before you use this table"><ul>${editions.map(
    (edition) =>
      html`<li>${toEdition(edition, html`<b>${edition.label}</b>`)}: <bdi>${edition.description}</bdi> <small>(${whenOf(edition)}; ${authorityWords[edition.authority]})</small></li>`,
  )}<li class="wide">An empty cell means that <b>no source that was read names the agency</b>.</li>${hostsOf(editions, records)}</ul></aside>`
}

/** A sentence for each host of secondary accounts, with the editions that come from it. */
function hostsOf(editions: Edition[], records: Records): SafeHtml[] {
  const secondary = editions.filter(({ authority }) => authority === 'secondary')
  const byHost = Map.groupBy(secondary, ({ source }) => {
    const { host, readOn } = records.source(source.id)
    return `${host ?? 'accounts by others'}${readOn ? `, read ${dayText(readOn)}` : ''}`
  })
  return [...byHost].map(
    ([host, rest]) =>
      html`<li>${rest.map(({ label }) => label).join(', ')}: <b>these rest on ${host}</b>. Before you rely on them, check the document itself.</li>`,
  )
}

const sessionsOf = (sessions: Session[]): SafeHtml =>
  html`${list(
    sessions.map(
      (session) => html`${sessionIn(session)} <small>${session.actionLines.map(({ id }) => id).join(', ')}</small>`,
    ),
  )}<p><a href="/v1/sessions?sort=-date">All sessions</a>, a selection: only those whose page or report was read.</p>`

const takeIt = list([
  html`<a href="/v1/exports/current/directory.xlsx">The spreadsheet of everything</a> (xlsx, a sheet for each list)`,
  html`<a href="/v1/editions/latest?format=csv">The newest list of facilitators</a>, and <a href="/v1/action-lines?format=csv">every line</a> (CSV)`,
  html`<a href="/v1/exports/current/directory.sqlite">The whole database</a> (SQLite)`,
  html`<a href="/v1/sessions?format=ics">Calendar of the sessions</a>`,
  html`<a href="/v1/changes?format=atom">Feed of the changes</a>`,
  html`<a href="/v1/exports">All files with their checksums</a>`,
])

const forDevelopers = ({ base }: Origin) =>
  html`<p>Every page is also data, at the same address: <code>curl ${base}/v1/action-lines/C7.e-health</code></p>${list(
    [
      html`<a href="/docs">API reference</a> and <a href="/openapi.json">OpenAPI 3.1</a>`,
      html`No key, any origin, strong ETags`,
      html`<a href="/v1/resolve?q=C1%2C%20C7%20eGov%2C%20C11">What a text means</a>: <code>/v1/resolve?q=C1, C7 eGov, C11</code>`,
    ],
  )}`

/** The directory as a schema.org `Dataset`, with every exported file if the service knows its own URL. */
function datasetOf({ base, dataset, contact }: Origin, records: Records, description: string): object {
  const address = /^mailto:/i.test(contact) ? { email: contact.slice('mailto:'.length) } : { url: contact }
  const contactPoint = { '@type': 'ContactPoint', contactType: 'data corrections', ...address }
  return {
    '@type': 'Dataset',
    name: directoryName,
    description,
    version: dataset,
    dateModified: records.release().date,
    license: dataLicense.url,
    creator: { '@type': 'Organization', name: directoryName, url: base, contactPoint: contact && contactPoint },
    keywords,
    temporalCoverage: records.period().join('/'),
    inLanguage: 'en',
    isAccessibleForFree: true,
    distribution: base && filesAt(base),
  }
}

function filesAt(base: string): object[] {
  const formats = dataFormats.filter(({ fileSchema }) => fileSchema)
  const files = [
    ...nouns.flatMap(({ name }) => formats.map((format) => [`${name}.${format.name}`, format.mediaType])),
    ['directory.sqlite', mediaTypes.sqlite],
    ['directory.xlsx', mediaTypes.xlsx],
    ['datapackage.json', mediaTypes.json],
  ]
  return files.map(([name, mediaType]) => ({
    '@type': 'DataDownload',
    name,
    encodingFormat: bareType({ mediaType: String(mediaType) }),
    contentUrl: `${base}/v1/exports/current/${name}`,
  }))
}
