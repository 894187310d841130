import { html, type SafeHtml } from '@remix-run/html-template'
import { isComparable } from '../nouns/editions.ts'
import { hrefOf } from '../nouns/shapes.ts'
import type { Edition, EditionRow, Link, Records } from '../store/records.ts'
import type { PageText } from './layout.ts'
import type { NounPage } from './noun-page.ts'
import {
  authorityWords,
  counted,
  facts,
  full,
  isolated,
  joined,
  nothing,
  recordTable,
  section,
  short,
  sourceWords,
  to,
  whenOf,
} from './parts.ts'

export const editionPages: NounPage<Edition> = {
  intro: html`An edition is a table that names agencies for every line of its time, as coordinators, facilitators or contacts. Here are all of them, oldest first. <a href="/v1/editions/latest">The newest list of facilitators</a>`,
  head: () => ['Edition', 'Role', 'Status', 'Date', 'Where it was read'],
  cells: (edition) => [
    html`<a href="${hrefOf('editions', edition.id)}">${edition.label}</a> <small><bdi>${edition.title}</bdi></small>`,
    edition.role,
    edition.status,
    whenOf(edition),
    authorityWords(edition.authority),
  ],
  item: editionPage,
}

/** The page of an edition: its rows as printed. With another edition, the changes since that one. */
function editionPage(edition: Edition, records: Records): PageText {
  const others = records.all('editions').filter((one) => one.id !== edition.id && isComparable(one, edition))
  const other = others.find(({ id }) => id === edition.comparedTo?.id)
  const own = `/v1/editions/${encodeURIComponent(edition.id)}`
  const compared = other ? `comparedTo=${encodeURIComponent(other.id)}&` : ''
  const label = other ? `What changed from ${other.label} to ${edition.label}` : edition.label
  const link = ({ id }: Edition) => `${own}?comparedTo=${encodeURIComponent(id)}`
  return {
    title: other ? label : `${label}: ${edition.title}`,
    description: other
      ? `${label}: the agencies that were added and removed for each WSIS Action Line.`
      : `Every row of ${edition.title}: which agencies it names for each WSIS Action Line, with the cells of the table.`,
    path: other ? link(other) : own,
    main: html`<p class="kind">Edition: a table that covers every line of its time</p>
<h1>${other ? label : html`${label} <small><bdi>${edition.title}</bdi></small>`}</h1>
<p>${isolated(edition.description)}</p>
<nav class="switch" aria-label="Comparisons"><ul><li><a href="${own}"${other ? '' : html` aria-current="page"`}>This edition</a></li>${others.map(
      (one) =>
        html`<li><a href="${link(one)}"${one === other ? html` aria-current="page"` : ''}>Compared to ${one.label}</a></li>`,
    )}</ul></nav>
${other ? section('What changed', 'changed', comparison(edition, other, records)) : section('Rows', 'rows', rowsOf(edition, records))}
${section(
  'About this edition',
  'about',
  facts([
    ['Role', `${edition.role} (in the words of the table: ${edition.roleAsWorded})`],
    ['Status', edition.status],
    ['Date', whenOf(edition)],
    ['Document', edition.document],
    ['Where it was read', authorityWords(edition.authority)],
    ['Source', to(edition.source)],
    ['Covers', 'every line of its time: absence from it means “not named”'],
  ]),
)}`,
    files: [
      ['JSON', `${own}?${compared}format=json`],
      ['CSV', `${own}?${compared}format=csv`],
    ],
    sources: [edition, ...(other ? [other] : [])].map(({ source }) => sourceWords(records.source(source.id))),
    about: { '@type': 'CreativeWork', name: edition.title, ...(edition.date && { datePublished: edition.date }) },
  }
}

function rowsOf({ rows }: Edition, records: Records): SafeHtml {
  const printed = (cell: string) => html`<span class="printed"><bdi>${cell}</bdi></span>`
  return recordTable(
    'One row for each line',
    ['Action line', 'Agencies', 'Label in the table', 'Cell in the table'],
    rows.map(({ actionLine, agencies, printedLabel, printedCoordinators }) => [
      full(records)(actionLine),
      agenciesOf(agencies, records),
      printed(printedLabel),
      printed(printedCoordinators),
    ]),
  )
}

/** The counts and the rows that differ. All other rows are collapsed. */
function comparison(edition: Edition, other: Edition, records: Records): SafeHtml {
  const before = new Map(other.rows.map((row) => [row.actionLine.id, row]))
  const after = new Map(edition.rows.map((row) => [row.actionLine.id, row]))
  const ids = new Set([...before.keys(), ...after.keys()])
  const rows = [...ids].map((id) => {
    const [was, is] = [before.get(id), after.get(id)]
    return { line: (is ?? was)?.actionLine as Link, was, is, ...differenceOf(was, is) }
  })
  const differ = rows.filter(({ added, removed }) => added.length + removed.length > 0)
  const same = rows.filter(({ was, is }) => was && is).length - differ.length
  const lost = rows.filter(({ line, is }) => !is && !hasSubLines(line, records))
  const removed = countOf(differ, 'removed')
  const lines = (some: typeof rows) => joined(some.map(({ line }) => html`<a href="${line.href}">${line.id}</a>`))
  return html`<ul><li>${counted(differ.length, 'line')} of ${rows.length} differ${differ.length === 1 ? 's' : ''}: agencies were added ${times(countOf(differ, 'added'))}, and ${removed === 0 ? 'none was removed' : `removed ${times(removed)}`}.</li>
<li>${counted(same, 'line names', 'lines name')} the same agencies.</li>
${lost.length > 0 ? html`<li>${edition.label} does not have ${lines(lost)}.</li>` : nothing}</ul>
${differ.length > 0 ? compared('The lines that differ', differ, edition, other, records) : nothing}
<details><summary>Show all ${rows.length} lines</summary>${compared('All lines', rows, edition, other, records)}</details>`
}

const times = (count: number) => (count === 1 ? 'once' : `${count} times`)

const countOf = (rows: { added: Link[]; removed: Link[] }[], key: 'added' | 'removed') =>
  rows.reduce((sum, row) => sum + row[key].length, 0)

interface Compared {
  line: Link
  was: EditionRow | undefined
  is: EditionRow | undefined
  added: Link[]
  removed: Link[]
}

const compared = (caption: string, rows: Compared[], edition: Edition, other: Edition, records: Records) =>
  recordTable(
    caption,
    ['Action line', 'Added', 'Removed', other.label, edition.label],
    rows.map(({ line, was, is, added, removed }) => [
      full(records)(line),
      marked('+', 'added', added, records),
      marked('−', 'gone', removed, records),
      ...[was, is].map((row) =>
        hasSubLines(line, records)
          ? 'see its sub-lines'
          : row
            ? agenciesOf(row.agencies, records)
            : 'not in this edition',
      ),
    ]),
  )

/** True of C7: an edition that has its sub-lines has the line, with or without a row of its own. */
const hasSubLines = ({ id }: Link, records: Records) => (records.byId('action-lines').get(id)?.subLines.length ?? 0) > 0

/** The agencies that only one of two editions names; empty if one of them has no row for the line. */
function differenceOf(was: EditionRow | undefined, is: EditionRow | undefined): { added: Link[]; removed: Link[] } {
  if (!was || !is) return { added: [], removed: [] }
  const lacks = ({ agencies }: EditionRow, { id }: Link) => !agencies.some((one) => one.id === id)
  return { added: is.agencies.filter((one) => lacks(was, one)), removed: was.agencies.filter((one) => lacks(is, one)) }
}

const marked = (sign: string, className: string, agencies: Link[], records: Records) =>
  agencies.length > 0
    ? html`<span class="${className}">${joined(agencies.map((one) => html`${sign}&nbsp;${short(records)(one)}`))}</span>`
    : nothing

const agenciesOf = (agencies: Link[], records: Records) =>
  agencies.length > 0 ? joined(agencies.map(short(records))) : 'no agency named'
