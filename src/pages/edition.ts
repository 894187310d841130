import { html, type SafeHtml } from '@remix-run/html-template'
import { isComparable } from '../nouns/editions.ts'
import { hrefOf } from '../nouns/shapes.ts'
import type { Edition, EditionRow, Link, Records } from '../store/records.ts'
import { full, hasLabel, namedIn, short, to, toEdition } from './links.ts'
import { collapsed, facts, isolated, joined, type NounPage, recordTable, section } from './parts.ts'
import { authorityWords, counted, sourceWords, whenOf } from './words.ts'

/** The editions: the rows of each as printed. With another edition, the changes since that one. */
export const editionPages: NounPage<Edition> = {
  intro: html`An edition is a table that names agencies for every line of its time, as coordinators, facilitators or contacts. Here are all of them, oldest first. <a href="/v1/editions/latest">The newest list of facilitators</a>`,
  columns: () => [
    ['Edition', (edition) => html`${toEdition(edition)} <small><bdi>${edition.title}</bdi></small>`],
    ['Role', ({ role }) => role],
    ['Status', ({ status }) => status],
    ['Date', whenOf],
    ['Where it was read', ({ authority }) => authorityWords[authority]],
  ],
  record: (edition, records) => {
    const { id, title, comparedTo } = edition
    const others = records.all('editions').filter((one) => one.id !== id && isComparable(one, edition))
    const other = others.find((one) => one.id === comparedTo?.id)
    const own = hrefOf('editions', id)
    const link = (one: Edition) => `${own}?comparedTo=${encodeURIComponent(one.id)}`
    const path = other ? link(other) : own
    const label = other ? `What changed from ${other.label} to ${edition.label}` : edition.label
    const current = (isCurrent: boolean) => (isCurrent ? html` aria-current="page"` : '')
    return {
      title: other ? label : `${label}: ${title}`,
      description: other
        ? `${label}: the agencies that were added and removed for each WSIS Action Line.`
        : `Every row of ${title}: which agencies it names for each WSIS Action Line, with the cells of the table.`,
      path,
      kind: 'Edition: a table that covers every line of its time',
      heading: other ? label : html`${label} <small><bdi>${title}</bdi></small>`,
      main: html`<p>${isolated(edition.description)}</p>
<nav class="switch" aria-label="Comparisons"><ul><li><a href="${own}"${current(!other)}>This edition</a></li>${others.map(
        (one) => html`<li><a href="${link(one)}"${current(one === other)}>Compared to ${one.label}</a></li>`,
      )}</ul></nav>
${other ? section('What changed', 'changed', comparison(edition, other, records)) : section('Rows', 'rows', rowsOf(edition, records))}
${section('About this edition', 'about', factsOn(edition))}`,
      files: ['JSON', 'CSV'].map((name) => [name, `${path}${other ? '&' : '?'}format=${name.toLowerCase()}`]),
      sources: [edition, other].flatMap((one) => (one ? sourceWords(records.source(one.source.id)) : [])),
      about: { '@type': 'CreativeWork', name: title, datePublished: edition.date },
    }
  },
}

const factsOn = (edition: Edition) =>
  facts([
    ['Role', `${edition.role} (in the words of the table: ${edition.roleAsWorded})`],
    ['Status', edition.status],
    ['Date', whenOf(edition)],
    ['Document', edition.document],
    ['Where it was read', authorityWords[edition.authority]],
    ['Source', to(edition.source)],
    ['Covers', 'every line of its time: absence from it means “not named”'],
  ])

const cell = (text: string) => html`<span class="printed"><bdi>${text}</bdi></span>`

const rowsOf = ({ rows }: Edition, records: Records): SafeHtml =>
  recordTable('One row for each line', rows, [
    ['Action line', ({ actionLine }) => full(records)(actionLine)],
    ['Agencies', (row) => namedIn(row, records)],
    ['Label in the table', (row) => (hasLabel(row) ? cell(row.printedLabel) : 'not read')],
    ['Cell in the table', ({ printedCoordinators }) => cell(printedCoordinators)],
  ])

const times = (count: number) => (count === 1 ? 'once' : `${count} times`)

/** The counts and the rows that differ. All other rows are collapsed. */
function comparison(edition: Edition, other: Edition, records: Records): SafeHtml {
  const lines = new Map([...other.rows, ...edition.rows].map(({ actionLine }) => [actionLine.id, actionLine]))
  const rows = [...lines.values()].map((line) => {
    const rowIn = ({ rows }: Edition) => rows.find(({ actionLine }) => actionLine.id === line.id)
    const [before, now] = [rowIn(other), rowIn(edition)]
    return { line, before, now, added: now?.added ?? [], removed: now?.removed ?? [] }
  })
  const [added, removed] = [rows.flatMap(({ added }) => added).length, rows.flatMap(({ removed }) => removed).length]
  const differ = rows.filter(({ added, removed }) => added.length + removed.length > 0)
  const same = rows.filter(({ before, now }) => before && now).length - differ.length
  const lost = rows.filter(({ line, now }) => !now && !hasSubLines(line, records))
  const differences = `${counted(differ.length, 'line')} of ${rows.length} differ${differ.length === 1 ? 's' : ''}: agencies were added ${times(added)}, and ${removed === 0 ? 'none was removed' : `removed ${times(removed)}`}.`
  const named = (line: Link, row?: EditionRow) =>
    hasSubLines(line, records) ? 'see its sub-lines' : namedIn(row, records)
  const table = (caption: string, some: typeof rows) =>
    recordTable(caption, some, [
      ['Action line', ({ line }) => full(records)(line)],
      ['Added', ({ added }) => marked('+', 'added', added, records)],
      ['Removed', ({ removed }) => marked('−', 'gone', removed, records)],
      [other.label, ({ line, before }) => named(line, before)],
      [edition.label, ({ line, now }) => named(line, now)],
    ])
  return html`<ul><li>${differ.length > 0 ? differences : 'No line differs.'}</li>
<li>${counted(same, 'line names', 'lines name')} the same agencies.</li>
${lost.length > 0 ? html`<li>${edition.label} does not have ${joined(lost.map(({ line }) => html`<a href="${line.href}">${line.id}</a>`))}.</li>` : ''}</ul>
${table('The lines that differ', differ)}
${collapsed(`Show all ${rows.length} lines`, table('All lines', rows))}`
}

const marked = (sign: string, className: string, agencies: Link[], records: Records) =>
  agencies.length > 0
    ? html`<span class="${className}">${joined(agencies.map((one) => html`${sign}&nbsp;${short(records)(one)}`))}</span>`
    : ''

/** True of C7: an edition that has its sub-lines has the line, with or without a row of its own. */
const hasSubLines = ({ id }: Link, records: Records) => (records.byId('action-lines').get(id)?.subLines.length ?? 0) > 0
