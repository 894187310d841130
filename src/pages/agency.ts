import { html, type SafeHtml } from '@remix-run/html-template'
import { linkTo } from '../nouns/shapes.ts'
import type { Agency, Records } from '../store/records.ts'
import type { NounPage, RecordText } from './noun-page.ts'
import { counted, facts, full, isolated, joined, list, newestOf, section, short, textOf, toOther } from './parts.ts'
import { answerOn } from './sentences.ts'
import { sessionIn } from './session.ts'
import { documentsOf, printedOf, statementsOfAgency, statementsPart } from './statements.ts'

export const agencyPages: NounPage<Agency> = {
  columns: (records) => [
    ['Agency', ({ id, name }) => full(records)(linkTo('agencies', id, name))],
    ['Kind', ({ kind }) => kind],
    [
      'Action lines, in any edition',
      ({ actionLines }) => {
        const lines = new Map(actionLines.map(({ actionLine }) => [actionLine.id, actionLine]))
        return joined([...lines.values()].map(short(records)))
      },
    ],
  ],
  firstFilters: ['actionLine', 'kind'],
  record: agencyPage,
}

/** The page of an agency: its lines in every edition, later reports, and facts about it. */
function agencyPage(agency: Agency, records: Records): RecordText {
  const { id, name } = agency
  const of = `agency=${encodeURIComponent(id)}`
  const [answer, ...others] = answerOn(agency, records)
  const statements = statementsOfAgency(agency, records)
  return {
    title: `${agency.acronym}: ${name}`,
    description: `${answer && textOf(answer)} The WSIS Action Lines for which each document names ${name}.`,
    kind: agency.kind,
    heading: html`${isolated(agency.acronym)} <small>${isolated(name)}</small>`,
    main: html`<p class="answer">${answer}</p>
${others.map((sentence) => html`<p>${sentence}</p>`)}
${agency.note ? html`<p class="note">${isolated(agency.note)}</p>` : ''}
${currentPart(agency, records)}
${statementsPart(`Lines for which ${agency.acronym} is named`, statements, `/v1/coordinations?${of}`, records)}
<div class="columns">
${section('Sessions that it organized', 'sessions', newestOf(agency.sessions, records.some('sessions', { agency: id }, 5, true).items.map(sessionIn)))}
${section('About this agency', 'about', factsOn(agency, records))}
${section('Other names', 'names', list(agency.names.map(nameOf)))}
${section('Where this was read', 'read', list(agency.readIn.map((url) => toOther(url))))}
</div>`,
    moreFiles: [
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

const factsOn = ({ identifiers, ...agency }: Agency, records: Records): SafeHtml =>
  facts([
    ['Home page', agency.homepage && toOther(agency.homepage)],
    ['Headquarters', agency.headquarters && `${agency.headquarters.city}, ${agency.headquarters.country}`],
    ['Member of', joined(agency.memberOf.map(full(records)), html`<br>`)],
    ['Members', joined(agency.members.map(full(records)), html`<br>`)],
    ['Other spellings', agency.aliases.join(', ')],
    ['Research Organization Registry (ROR)', identifiers.ror && toOther(identifiers.ror)],
    ['International Standard Name Identifier (ISNI)', identifiers.isni],
    ['Wikidata', identifiers.wikidata && toOther(`${wikidata}${identifiers.wikidata}`, identifiers.wikidata)],
    ['OECD DAC channel', identifiers.dacChannel],
  ])

const wikidata = 'https://www.wikidata.org/wiki/'

/** The lines in the newest editions: by name, through a group, and as contact. */
function currentPart({ current: { actionLines, contactFor } }: Agency, records: Records): SafeHtml {
  const part = (title: string, id: string, lines: Agency['current']['actionLines']) => {
    const items = lines.map(
      ({ actionLine, via }) =>
        html`${full(records)(actionLine)}${via ? html` <small>through ${short(records)(via)}</small>` : ''}`,
    )
    return section(title.replace('#', counted(lines.length, 'line')), id, list(items))
  }
  const now = actionLines.filter(({ status }) => status === 'list')
  const before = actionLines.filter(({ status }) => status !== 'list')
  return html`<div class="columns">${part('Named for # today', 'named', now)}${part('Lead contact for #', 'contact', contactFor)}${part('Named for # that no later list has', 'before', before)}</div>`
}

function nameOf({ name, language, kind, source }: Agency['names'][number]): SafeHtml {
  // An empty `lang` means that the language is unknown.
  return html`<bdi lang="${language}">${name}</bdi> <small>${[language, kind === 'name' ? '' : kind].filter(Boolean).join(', ')} ${toOther(source, 'source')}</small>`
}
