import { html, type SafeHtml } from '@remix-run/html-template'
import { hrefOf } from '../nouns/shapes.ts'
import type { Agency, Records } from '../store/records.ts'
import type { PageText } from './layout.ts'
import type { NounPage } from './noun-page.ts'
import { counted, facts, full, isolated, joined, list, newestOf, section, short, toOther } from './parts.ts'
import { answerOn, htmlOf, textOf } from './sentences.ts'
import { sessionIn } from './session.ts'
import { documentsOf, printedOf, statementsOfAgency, statementsPart } from './statements.ts'

export const agencyPages: NounPage<Agency> = {
  head: () => ['Agency', 'Kind', 'Action lines, in any edition'],
  cells: ({ id, name, kind, actionLines }, records) => [
    full(records)({ id, title: name, href: hrefOf('agencies', id) }),
    kind,
    joined([...new Map(actionLines.map(({ actionLine }) => [actionLine.id, actionLine])).values()].map(short(records))),
  ],
  firstFilters: ['actionLine', 'kind'],
  item: agencyPage,
}

/** The page of an agency: its lines in every edition, later reports, and facts about it. */
function agencyPage(agency: Agency, records: Records): PageText {
  const { id, name, identifiers } = agency
  const of = `agency=${encodeURIComponent(id)}`
  const [answer = [], ...others] = answerOn(agency, records)
  const statements = statementsOfAgency(agency, records)
  const order = records.all('action-lines').map(({ id }) => id)
  return {
    title: `${agency.acronym}: ${name}`,
    description: `${textOf(answer, records)} The WSIS Action Lines for which each document names ${name}.`,
    path: `/v1/agencies/${encodeURIComponent(id)}`,
    main: html`<p class="kind">${agency.kind}</p>
<h1>${isolated(agency.acronym)} <small>${isolated(name)}</small></h1>
<p class="answer">${htmlOf(answer, records)}</p>
${others.map((sentence) => html`<p>${htmlOf(sentence, records)}</p>`)}
${agency.note ? html`<p class="note">${isolated(agency.note)}</p>` : ''}
${currentPart(agency, records)}
${statementsPart({
  title: `Lines for which ${agency.acronym} is named`,
  statements,
  all: `/v1/coordinations?${of}`,
  records,
  nameOf: ({ id }) => id,
  order,
})}
<div class="columns">
${section('Sessions that it organized', 'sessions', newestOf(agency.sessions, records.some('sessions', { agency: id }, 5, true).items.map(sessionIn)))}
${section(
  'About this agency',
  'about',
  facts([
    ['Home page', agency.homepage && toOther(agency.homepage)],
    ['Headquarters', agency.headquarters && `${agency.headquarters.city}, ${agency.headquarters.country}`],
    ['Member of', joined(agency.memberOf.map(full(records)), html`<br>`)],
    ['Members', joined(agency.members.map(full(records)), html`<br>`)],
    ['Other spellings', agency.aliases.join(', ')],
    ['Research Organization Registry (ROR)', identifiers.ror && toOther(identifiers.ror)],
    ['International Standard Name Identifier (ISNI)', identifiers.isni],
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
    sources: documentsOf(statements),
    printed: printedOf(statements),
    about: {
      '@type': 'Organization',
      name,
      alternateName: agency.acronym,
      ...(agency.homepage && { sameAs: agency.homepage }),
    },
  }
}

/** The lines in the newest editions: by name, through a group, and as contact. */
function currentPart({ current }: Agency, records: Records): SafeHtml {
  type Named = Agency['current']['actionLines']
  const isOfToday = ({ status }: Named[number]) => status === 'list'
  const lines = (title: string, id: string, of: Named) =>
    of.length === 0
      ? ''
      : section(
          title,
          id,
          list(
            of.map(
              ({ actionLine, via }) =>
                html`${full(records)(actionLine)}${via ? html` <small>through ${short(records)(via)}</small>` : ''}`,
            ),
          ),
        )
  const named = (of: Named) => `Named for ${counted(of.length, 'line')}`
  const [now, before] = [current.actionLines.filter(isOfToday), current.actionLines.filter((one) => !isOfToday(one))]
  return html`<div class="columns">${lines(`${named(now)} today`, 'named', now)}${lines(`Lead contact for ${counted(current.contactFor.length, 'line')}`, 'contact', current.contactFor)}${lines(`${named(before)} that no later table has`, 'before', before)}</div>`
}

function nameOf({ name, language, kind, source }: Agency['names'][number]): SafeHtml {
  // An empty `lang` means that the language is unknown.
  return html`<bdi lang="${language}">${name}</bdi> <small>${[language, kind === 'name' ? '' : kind].filter(Boolean).join(', ')} ${toOther(source, 'source')}</small>`
}
