import { html, type SafeHtml } from '@remix-run/html-template'
import { isComparable } from '../nouns/editions.ts'
import type { PageText } from './layout.ts'
import {
  agencyIn,
  authorityWords,
  facts,
  isolated,
  joined,
  section,
  sourceWords,
  table,
  to,
  toId,
  whenOf,
} from './parts.ts'
import type { Edition, EditionRow, Link, Records } from './records.ts'

/** The page of an edition: its rows as printed; with another edition, what was added and removed since that one. */
export function editionPage(edition: Edition, records: Records): PageText {
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
    main: html`<p class="kind">Edition</p>
<h1>${other ? label : html`${label} <small><bdi>${edition.title}</bdi></small>`}</h1>
<p>${isolated(edition.description)}</p>
${facts([
  ['Role', `${edition.role} (in the words of the table: ${edition.roleAsWorded})`],
  ['Status', edition.status],
  ['Date', whenOf(edition)],
  ['Document', edition.document],
  ['Where it was read', authorityWords(edition.authority)],
  ['Source', to(edition.source)],
  ['Covers', 'every line of its time: absence from it means “not named”'],
])}
<nav class="switch" aria-label="Comparisons"><ul><li><a href="${own}"${other ? '' : html` aria-current="page"`}>This edition</a></li>${others.map(
      (one) =>
        html`<li><a href="${link(one)}"${one === other ? html` aria-current="page"` : ''}>Compared to ${one.label}</a></li>`,
    )}</ul></nav>
${other ? section('What changed', 'changed', comparison(edition, other, records)) : section('Rows', 'rows', rowsOf(edition, records))}`,
    files: [
      ['JSON', `${own}?${compared}format=json`],
      ['CSV', `${own}?${compared}format=csv`],
    ],
    sources: [edition, ...(other ? [other] : [])].map(({ source }) => sourceWords(records.one('sources', source.id))),
    about: { '@type': 'CreativeWork', name: edition.title, ...(edition.date && { datePublished: edition.date }) },
  }
}

function rowsOf({ rows }: Edition, records: Records): SafeHtml {
  return table(
    'One row for each line',
    ['Action line', 'Agencies', 'Label in the table', 'Cell in the table'],
    rows.map(
      ({
        actionLine,
        agencies,
        printedLabel,
        printedCoordinators,
      }) => html`<tr><th scope="row">${toId(actionLine)}</th><td>${agenciesOf(agencies, records)}</td><td class="printed"><bdi>${printedLabel}</bdi></td><td class="printed"><bdi>${printedCoordinators}</bdi></td></tr>
`,
    ),
  )
}

function comparison(edition: Edition, other: Edition, records: Records): SafeHtml {
  const before = new Map(other.rows.map((row) => [row.actionLine.id, row]))
  const after = new Map(edition.rows.map((row) => [row.actionLine.id, row]))
  const all = [...before, ...after].map(([id]) => id)
  const pairs = [...new Set(all)].map((id) => ({ was: before.get(id), is: after.get(id) }))
  const rows = pairs.map(({ was, is }) => ({ was, is, ...differenceOf(was, is) }))
  const differ = rows.filter(({ added, removed }) => added.length + removed.length > 0)
  const lost = rows.filter(({ is }) => !is).map(({ was }) => was as EditionRow)
  return html`<p><b>${differ.length}</b> of ${pairs.length} lines differ.${lost.length > 0 ? html` ${edition.label} does not have ${joined(lost.map(({ actionLine }) => html`<a href="${actionLine.href}">${actionLine.id}</a>`))}.` : ''}</p>
${table(
  'Line by line',
  ['Action line', other.label, edition.label, 'Added', 'Removed'],
  rows.map(
    ({
      was,
      is,
      added,
      removed,
    }) => html`<tr${added.length + removed.length > 0 ? html` class="differs"` : ''}><th scope="row">${toId((is ?? (was as EditionRow)).actionLine)}</th><td>${was ? agenciesOf(was.agencies, records) : 'not in this edition'}</td><td>${is ? agenciesOf(is.agencies, records) : 'not in this edition'}</td><td class="added">${marked('+', added, records)}</td><td class="gone">${marked('−', removed, records)}</td></tr>
`,
  ),
)}`
}

/** The agencies that only one of two editions names; none if one of them has no row for the line. */
function differenceOf(was: EditionRow | undefined, is: EditionRow | undefined): { added: Link[]; removed: Link[] } {
  if (!was || !is) return { added: [], removed: [] }
  const lacks = ({ agencies }: EditionRow, { id }: Link) => !agencies.some((one) => one.id === id)
  return { added: is.agencies.filter((one) => lacks(was, one)), removed: was.agencies.filter((one) => lacks(is, one)) }
}

const marked = (sign: string, agencies: Link[], records: Records) =>
  joined(agencies.map((one) => html`${sign}&nbsp;${agencyIn(records)(one)}`))

const agenciesOf = (agencies: Link[], records: Records) =>
  agencies.length > 0 ? joined(agencies.map(agencyIn(records))) : 'no agency named'
