import { html, type SafeHtml } from '@remix-run/html-template'
import type { PageText } from './layout.ts'
import { links, newestOf, sessionIn } from './line.ts'
import { facts, isolated, joined, list, section, table, timeLine, toAgency, toId, toOther } from './parts.ts'
import type { Agency, Link, Records } from './records.ts'

/** The page of an agency: its lines in every edition, what later documents say, and what it is. */
export function agencyPage(agency: Agency, records: Records): PageText {
  const { id, name, identifiers } = agency
  const of = `agency=${encodeURIComponent(id)}`
  return {
    title: `${agency.acronym}: ${name}`,
    description: `The WSIS Action Lines for which each edition and other documents name ${name}.`,
    path: `/v1/agencies/${encodeURIComponent(id)}`,
    main: html`<p class="kind">${agency.kind}</p>
<h1>${isolated(agency.acronym)} <small>${isolated(name)}</small></h1>
${agency.note ? html`<p>${isolated(agency.note)}</p>` : ''}
${section('Action lines', 'lines', linesOf(agency, records))}
${section(
  'Other documents',
  'reports',
  timeLine(
    agency.reports.map((report) => ({ ...report, about: toId(report.actionLine) })),
    records,
  ),
)}
<div class="columns">
${section('Sessions that it organized', 'sessions', newestOf(agency.sessions, records.some('sessions', { agency: id }, 5, true).items.map(sessionIn)))}
${section(
  'About this agency',
  'about',
  facts([
    ['Home page', agency.homepage && toOther(agency.homepage)],
    ['Headquarters', agency.headquarters && `${agency.headquarters.city}, ${agency.headquarters.country}`],
    ['Member of', links(agency.memberOf)],
    ['Members', links(agency.members)],
    ['Other spellings', agency.aliases.join(', ')],
    ['ROR', identifiers.ror && toOther(identifiers.ror)],
    ['ISNI', identifiers.isni],
    [
      'Wikidata',
      identifiers.wikidata &&
        toOther(`https://www.wikidata.org/wiki/${encodeURIComponent(identifiers.wikidata)}`, identifiers.wikidata),
    ],
    ['OECD DAC channel', identifiers.dacChannel],
  ]),
)}
${agency.names.length > 0 ? section('Other names', 'names', list(agency.names.map(nameOf))) : ''}
${section('Where this was read', 'read', list(agency.readIn.map((url) => toOther(url))))}
</div>`,
    files: [
      ['JSON', `/v1/agencies/${encodeURIComponent(id)}?format=json`],
      ['CSV', `/v1/agencies?id=${encodeURIComponent(id)}&format=csv`],
      ['Statements (CSV)', `/v1/coordinations?${of}&format=csv`],
      ['Calendar of its sessions', `/v1/sessions?${of}&format=ics`],
    ],
    sources: agency.readIn.slice(0, 3),
    about: {
      '@type': 'Organization',
      name,
      alternateName: agency.acronym,
      ...(agency.homepage && { sameAs: agency.homepage }),
    },
  }
}

/** A line a row, an edition a column. */
function linesOf({ actionLines }: Agency, records: Records): SafeHtml {
  if (actionLines.length === 0) return html`<p>No edition names this agency.</p>`
  const editions = records.all('editions')
  const byLine = Map.groupBy(actionLines, ({ actionLine }) => actionLine.id)
  return table(
    'Named in each edition',
    ['Action line', ...editions.map(({ label }) => label)],
    [...byLine.values()].map((group) => {
      const [{ actionLine }] = group as [Agency['actionLines'][number]]
      return html`<tr><th scope="row">${toId(actionLine)}</th>${editions.map((edition) => {
        const held = group.filter((one) => one.edition.id === edition.id)
        return html`<td>${held.length === 0 ? '' : joined(held.map(({ via }) => howOf(via)))}</td>`
      })}</tr>
`
    }),
  )
}

const howOf = (via: Link | null) => (via ? html`<span class="via">via ${toAgency(via)}</span>` : html`<b>named</b>`)

function nameOf({ name, language, kind, source }: Agency['names'][number]): SafeHtml {
  // An empty `lang` says that the language is not known.
  return html`<bdi lang="${language}">${name}</bdi> <small>${[language, kind === 'name' ? '' : kind].filter(Boolean).join(', ')} ${toOther(source, 'source')}</small>`
}
