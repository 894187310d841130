import { html, type SafeHtml } from '@remix-run/html-template'
import type { PageText } from './layout.ts'
import {
  authorityWords,
  day,
  facts,
  isolated,
  section,
  sourceWords,
  spaced,
  table,
  to,
  toAgency,
  toId,
  toOther,
} from './parts.ts'
import type { Change, Source, Statement } from './records.ts'

/** The page of a source: what it is, where it was read, what it says outside its table, what rests on it. */
export function sourcePage(source: Source): PageText {
  const { id, title, dateRange, statements } = source
  const own = `/v1/sources/${encodeURIComponent(id)}`
  return {
    title,
    description: `${title}: a source on who coordinates the WSIS Action Lines; ${statements.total} statements rest on it.`,
    path: own,
    main: html`<p class="kind">Source: ${source.kind}</p>
<h1>${isolated(title)}</h1>
${source.note ? html`<p>${isolated(source.note)}</p>` : ''}
${facts([
  ['Status', source.status],
  ['Date', source.date && day(source.date)],
  ['Between', dateRange && `${dateRange.from ?? 'any time'} and ${dateRange.to ?? 'today'}`],
  ['Document', source.document],
  ['Authority', authorityWords(source.authority)],
  ['Address', source.url && toOther(source.url)],
  ['Read in', source.readIn && toOther(source.readIn)],
  ['Covers', source.complete ? 'every line: absence from it means “not named”' : 'a part: silence in it means nothing'],
  ['Statements', html`<a href="${statements.href}">${statements.total}</a>`],
])}
${
  source.passages.length > 0
    ? section(
        'What it says outside its table',
        'passages',
        table(
          'Passages',
          ['Place', 'Text'],
          source.passages.map(
            ({
              place,
              text,
              fidelity,
            }) => html`<tr><th scope="row">${isolated(place)}</th><td>${isolated(text)}${fidelity === 'summary' ? html` <small>(summary)</small>` : ''}</td></tr>
`,
          ),
        ),
      )
    : ''
}`,
    files: [
      ['JSON', `${own}?format=json`],
      ['CSV', `/v1/sources?id=${encodeURIComponent(id)}&format=csv`],
      ['Its statements (CSV)', `/v1/coordinations?source=${encodeURIComponent(id)}&format=csv`],
    ],
    sources: [sourceWords(source)],
    about: { '@type': 'CreativeWork', name: title, ...(source.date && { datePublished: source.date }) },
  }
}

/** The page of one statement. */
export function statementPage(statement: Statement): PageText {
  const { id, actionLine, agency, source, role } = statement
  const own = `/v1/coordinations/${encodeURIComponent(id).replaceAll('%3A', ':')}`
  return {
    title: `${agency.id} and ${actionLine.id}: ${spaced(role)}`,
    description: `What ${source.title} says of ${agency.title} and action line ${actionLine.id}.`,
    path: own,
    main: html`<p class="kind">Statement</p>
<h1>${toAgency(agency)} is ${spaced(role)} of ${html`<a href="${actionLine.href}"><bdi>${actionLine.id}</bdi></a>`}</h1>
${facts([
  ['Agency', toId(agency)],
  ['Action line', toId(actionLine)],
  ['Role', `${spaced(role)}${statement.appointment ? '' : ' (no appointment)'}`],
  ['In the words of the source', statement.roleAsWorded],
  [
    'Date',
    statement.date && html`${day(statement.date)}${statement.dateBasis === 'source' ? ' (that of the source)' : ''}`,
  ],
  ['Source', to(source)],
  ['Address', statement.url && toOther(statement.url)],
])}`,
    files: [
      ['JSON', `${own}?format=json`],
      ['CSV', `/v1/coordinations?id=${encodeURIComponent(id).replaceAll('%3A', ':')}&format=csv`],
    ],
    sources: [[source.title, statement.url].filter(Boolean).join(', ')],
  }
}

/** The page of one change: the properties before and after. */
export function changePage(change: Change): PageText {
  const { id, record, recordId, properties } = change
  const own = `/v1/changes/${encodeURIComponent(id).replaceAll('%3A', ':')}`
  return {
    title: `${recordId} ${change.change} in release ${change.release}`,
    description: `What release ${change.release} of ${change.date} did to ${recordId} in ${change.noun}.`,
    path: own,
    main: html`<p class="kind">Change in ${spaced(change.noun)}</p>
<h1>${isolated(recordId)} ${change.change}</h1>
${facts([
  ['Release', `${change.release}`],
  ['Date', day(change.date)],
  ['Dataset', change.dataset],
  ['Record', record ? toId(record) : 'not held any more'],
])}
${
  properties.length > 0
    ? section(
        'Properties',
        'properties',
        table(
          'Before and after',
          ['Property', 'Before', 'After'],
          properties.map(
            ({
              name,
              before,
              after,
            }) => html`<tr><th scope="row">${name}</th><td>${jsonText(before)}</td><td>${jsonText(after)}</td></tr>
`,
          ),
        ),
      )
    : ''
}`,
    files: [
      ['JSON', `${own}?format=json`],
      ['CSV', `/v1/changes?record=${encodeURIComponent(recordId)}&format=csv`],
      ['Feed', `/v1/changes?record=${encodeURIComponent(recordId)}&format=atom`],
    ],
    sources: [],
  }
}

const jsonText = (value: unknown): SafeHtml => html`<code><bdi>${JSON.stringify(value)}</bdi></code>`
