import { html } from '@remix-run/html-template'
import { linkTo } from '../nouns/shapes.ts'
import type { Records, Source, Statement } from '../store/records.ts'
import type { NounPage, RecordText } from './noun-page.ts'
import {
  authorityWords,
  day,
  facts,
  full,
  isolated,
  recordTable,
  section,
  short,
  shortName,
  sourceWords,
  spaced,
  subjectOf,
  to,
  toOther,
  whenOf,
} from './parts.ts'

export const sourcePages: NounPage<Source> = {
  columns: () => [
    ['Source', ({ id, title }) => to(linkTo('sources', id, title))],
    ['Status', ({ status }) => status],
    ['Date', whenOf],
    ['Where it was read', ({ authority }) => authorityWords(authority)],
    ['Statements', ({ statements }) => html`<a href="${statements.href}">${statements.total}</a>`],
  ],
  record: sourcePage,
}

export const statementPages: NounPage<Statement> = {
  intro: html`A statement is what one document says of one agency and one line. Here are all of them, by line and then by date; those without a date come last.`,
  columns: (records) => [
    [
      'Statement',
      ({ id, actionLine, agency }) =>
        html`${to(linkTo('coordinations', id, `${actionLine.id}: ${shortName(agency, records)}`))} <small>${isolated(actionLine.title)}</small>`,
    ],
    ['Agency', ({ agency }) => full(records)(agency)],
    ['Role', ({ role }) => spaced(role)],
    ['Date', ({ date, source }) => whenOf({ date, dateRange: records.source(source.id).dateRange })],
    ['Source', ({ source }) => to(source)],
  ],
  firstFilters: ['actionLine', 'agency', 'role', 'edition'],
  record: statementPage,
}

/** The page of a source: its facts, where it was read, its notes, and the records that cite it. */
function sourcePage(source: Source): RecordText {
  const { id, title, dateRange, statements } = source
  const passages = source.passages.map(({ place, text, fidelity }) => [
    isolated(place),
    html`${isolated(text)}${fidelity === 'summary' ? html` <small>(summary)</small>` : ''}`,
  ])
  return {
    title,
    description: `${title}: a document on the coordination of the WSIS Action Lines, with ${statements.total} statements.`,
    kind: `Source: ${source.kind}`,
    heading: isolated(title),
    main: html`${source.note ? html`<p>${isolated(source.note)}</p>` : ''}
${facts([
  ['Status', source.status],
  ['Date', whenOf(source)],
  ['Written between', dateRange?.from && dateRange.to ? html`${day(dateRange.from)} and ${day(dateRange.to)}` : null],
  ['Document', source.document],
  ['Authority', authorityWords(source.authority)],
  ['URL', source.url && toOther(source.url)],
  ['Read in', source.readIn && toOther(source.readIn)],
  ['Hosted by', source.host],
  ['Read on', source.readOn && day(source.readOn)],
  [
    'Covers',
    source.complete
      ? 'every line: an agency that is absent is not named'
      : 'only some lines; others may have agencies, too',
  ],
  ['Statements', html`<a href="${statements.href}">${statements.total}</a>`],
])}
${section('Passages outside the table', 'passages', passages.length > 0 ? recordTable('Passages', ['Place', 'Text'], passages) : '')}`,
    moreFiles: [['Statements (CSV)', `/v1/coordinations?source=${encodeURIComponent(id)}&format=csv`]],
    sources: [sourceWords(source)],
    about: { '@type': 'CreativeWork', name: title, ...(source.date && { datePublished: source.date }) },
  }
}

/** The page of one statement. */
function statementPage(statement: Statement, records: Records): RecordText {
  const { actionLine, agency, role } = statement
  const source = records.source(statement.source.id)
  const acronym = shortName(agency, records)
  const subject = subjectOf(source, records)
  const link = statement.appointment ? 'of' : 'for'
  return {
    title: `${subject} names ${acronym} as ${spaced(role)} ${link} ${actionLine.id}`,
    description: `${subject} names ${agency.title} as ${spaced(role)} ${link} WSIS Action Line ${actionLine.id}.`,
    kind: 'Statement: what one document says of one agency and one line',
    heading: html`${isolated(subject)} names ${short(records)(agency)} as ${spaced(role)} ${link} ${short(records)(actionLine)}`,
    main: html`${statement.authority === 'secondary' ? html`<p>As given by ${isolated(source.host ?? 'an account by others')}${source.readOn ? html`, read ${day(source.readOn)}` : ''}. The document itself was not read.</p>` : ''}
${facts([
  ['Agency', full(records)(agency)],
  ['Action line', full(records)(actionLine)],
  ['Role', spaced(role)],
  ['Responsible', statement.appointment ? 'yes' : 'no'],
  ['In the words of the source', statement.roleAsWorded === spaced(role) ? null : statement.roleAsWorded],
  [
    'Date',
    html`${whenOf({ date: statement.date, dateRange: source.dateRange })}${statement.dateBasis === 'source' ? ' (the date of the source)' : ''}`,
  ],
  ['Source', to(statement.source)],
  ['Authority', authorityWords(statement.authority)],
  ['URL', statement.url && toOther(statement.url)],
  ['Read in', statement.readIn !== statement.url && statement.readIn ? toOther(statement.readIn) : null],
  ['Hosted by', source.host],
  ['Read on', source.readOn && day(source.readOn)],
])}`,
    sources: [sourceWords(source, statement.readIn)],
  }
}
