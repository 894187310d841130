import { html, type SafeHtml } from '@remix-run/html-template'
import { linkTo } from '../nouns/shapes.ts'
import type { Agency, Records } from '../store/records.ts'
import { full, short, toOther } from './links.ts'
import { answered, facts, isolated, joined, list, type NounPage, section } from './parts.ts'
import { agencySentences } from './sentences.ts'
import { newestSessions } from './session.ts'
import { statementsOfAgency, statementsOn } from './statements.ts'
import { counted } from './words.ts'

/** The agencies: the lines of each in every edition, later reports, and facts about it. */
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
  record: (agency, records) => {
    const { id, name, acronym } = agency
    const filter = `agency=${encodeURIComponent(id)}`
    const answer = agencySentences(agency, records)
    const own = statementsOfAgency(agency, records)
    const statements = statementsOn(`Lines for which ${acronym} is named`, own, filter, records)
    return {
      title: `${acronym}: ${name}`,
      description: html`${answer[0]} The WSIS Action Lines for which each document names ${name}.`,
      kind: agency.kind,
      heading: html`${isolated(acronym)} <small>${isolated(name)}</small>`,
      main: html`${answered(answer)}
${agency.note ? html`<p class="note">${isolated(agency.note)}</p>` : ''}
${currentPart(agency, records)}
${statements.part}
<div class="columns">
${section('Sessions that it organized', 'sessions', newestSessions(agency.sessions, { agency: id }, records))}
${section('About this agency', 'about', factsOn(agency, records))}
${section('Other names', 'names', list(agency.names.map(nameOf)))}
${section('Where this was read', 'read', list(agency.readIn.map((url) => toOther(url))))}
</div>`,
      ...statements.actions,
      about: { '@type': 'Organization', name, alternateName: acronym, sameAs: agency.homepage },
    }
  },
}

const factsOn = ({ identifiers: { ror, isni, wikidata, dacChannel }, ...agency }: Agency, records: Records): SafeHtml =>
  facts([
    ['Home page', agency.homepage && toOther(agency.homepage)],
    ['Headquarters', agency.headquarters && `${agency.headquarters.city}, ${agency.headquarters.country}`],
    ['Member of', joined(agency.memberOf.map(full(records)), html`<br>`)],
    ['Members', joined(agency.members.map(full(records)), html`<br>`)],
    ['Other spellings', agency.aliases.join(', ')],
    ['Research Organization Registry (ROR)', ror && toOther(ror)],
    ['International Standard Name Identifier (ISNI)', isni],
    ['Wikidata', wikidata && toOther(`https://www.wikidata.org/wiki/${wikidata}`, wikidata)],
    ['OECD DAC channel', dacChannel],
  ])

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
