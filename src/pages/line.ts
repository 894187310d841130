import { html, type SafeHtml } from '@remix-run/html-template'
import { linkTo, without } from '../nouns/shapes.ts'
import type { EditionRow, Line, LineEdition, Link, LinkSource, Records } from '../store/records.ts'
import { full, hasLabel, namedIn, repeats, short, to, toEdition, toOther } from './links.ts'
import { answered, collapsed, isolated, joined, list, type NounPage, newestOf, recordTable, section } from './parts.ts'
import { lineSentences } from './sentences.ts'
import { newestSessions } from './session.ts'
import { statementsOfLine, statementsOn } from './statements.ts'
import { authorityWords, day, givenBy, sourceWords, whenOf } from './words.ts'

const kinds: Record<string, string> = {
  line: 'Action line of the World Summit on the Information Society (WSIS)',
  'sub-line': 'Sub-line of',
  section: 'Section of the draft',
}

/** The lines: who coordinates each in sentences, the picture, the evidence, and related records. */
export const linePages: NounPage<Line> = {
  columns: (records) => [
    ['Action line', ({ id, title }) => full(records)(linkTo('action-lines', id, title))],
    ...records.all('editions').map(({ id, label }) => {
      const rowOf = ({ editions }: Line) => editions.find(({ edition }) => edition.id === id)
      const cell = (line: Line) => (line.subLines.length > 0 ? 'see its sub-lines' : namedIn(rowOf(line), records))
      return [label, cell] as const
    }),
  ],
  firstFilters: ['agency', 'edition'],
  record: (line, records) => {
    const { id, title, subLines, linkSources } = line
    const filter = `actionLine=${encodeURIComponent(id)}`
    const outcomes = records
      .some('outcome-documents', { actionLine: id }, 5, true)
      .items.map((one) => to(linkTo('outcome-documents', one.id, one.session.title)))
    const [answer] = lineSentences(line, records)
    const statements = statementsOn(`Agencies named for ${id}`, statementsOfLine(line, records), filter, records)
    return {
      title: repeats(line) ? id : `${id} ${title}`,
      description: html`${answer} The agencies named for WSIS Action Line ${id}, ${title}, each with its document.`,
      kind: html`${kinds[line.kind]}${line.parent ? html` ${full(records)(line.parent)}` : ''}`,
      heading: html`${id}${repeats(line) ? '' : html` <bdi>${title}</bdi>`}`,
      main: html`${subLines.length > 0 ? subLinesPart(line, records) : answerPart(line, records)}
${statements.part}
${collapsed(html`<h2>The exact wording in each list</h2>`, editionsOf(line, records))}
<div class="columns">
${section(subLines.length > 0 ? `Sessions on ${id} and its sub-lines` : 'Sessions', 'sessions', newestSessions(line.sessions, { actionLine: id }, records))}
${section('Outcome documents', 'outcomes', newestOf(line.outcomeDocuments, outcomes))}
${section('Sustainable Development Goals', 'goals', line.sdgs.length > 0 ? list(line.sdgs.map(goalOf)) : html`<p>No document read for this directory links it to a goal.</p>`)}
${section('Global Digital Compact', 'compact', list(line.gdc.map(({ title, objective, point }) => html`${isolated(title)} <small>objective ${objective}, ${point}</small>`)))}
${section('Keywords', 'words', line.keywords.length > 0 ? html`<p>${joined(line.keywords.map(isolated))}</p>` : '')}
${section('Where these links were read', 'links', linkSources.length > 0 ? html`${list(linkSources.map(linkSource))}<p class="note">These documents cover only some links; others may exist.</p>` : '')}
</div>`,
      ...statements.actions,
      ...(subLines.length > 0 && { sources: editionsOfSubLines(line, records) }),
      about: { '@type': 'DefinedTerm', termCode: id, name: title, inDefinedTermSet: 'WSIS Action Lines' },
    }
  },
}

const genevaNote = ({ title, genevaTitle }: Line) =>
  genevaTitle === title ? '' : html`<p class="note">In the Geneva Plan of Action: <bdi>${genevaTitle}</bdi></p>`

/** The coordinators of the line, the changes since the draft, and the sources. */
function answerPart(line: Line, records: Records): SafeHtml {
  const { current } = line
  const source = current?.authority === 'secondary' && records.source(current.edition.id)
  const read =
    source &&
    html`<p class="note">Read ${source.readOn ? html`on ${day(source.readOn)} ` : ''}in a secondary account, <a href="${source.readIn}" rel="external">${source.host}</a>, not in the document itself.</p>`
  return html`${answered(lineSentences(line, records))}
${changePart(line, records)}${read || ''}${genevaNote(line)}`
}

/** The changes from the draft to the newest edition of a line, unless they are the same edition. */
function changePart({ editions: [draft], current }: Line, records: Records): SafeHtml {
  if (!current || !draft || draft.edition.id === current.edition.id) return html``
  const marked = (sign: string, className: string, word: string, links: Link[]) =>
    links.map(
      (link) =>
        html`<span class="${className}">${sign}<span class="hidden"> ${word}:</span> ${short(records)(link)}</span>`,
    )
  const parts = [
    ...marked('+', 'added', 'added', without(current.agencies, draft.agencies)),
    ...marked('−', 'gone', 'removed', without(draft.agencies, current.agencies)),
  ]
  return html`<p>Since the draft of 2005: ${parts.length > 0 ? joined(parts) : 'no change'}.</p>
`
}

/** For C7: each sub-line with the agencies in its newest edition, and its lead contacts. */
function subLinesPart(line: Line, records: Records): SafeHtml {
  const [answer] = lineSentences(line, records)
  const { newest } = records
  const agenciesIn = (one?: Pick<LineEdition, 'agencies'> | null) => joined((one?.agencies ?? []).map(short(records)))
  const table = recordTable('Sub-lines, with the newest list of facilitators', line.subLines, [
    ['Sub-line', full(records)],
    ['Facilitators', (one) => agenciesIn(currentOf(one, records))],
    ['Lead contacts', (one) => agenciesIn(currentOf(one, records)?.contacts)],
  ])
  return html`${genevaNote(line)}<p class="answer">${answer} Its ${line.subLines.length} sub-lines have their own, in ${toEdition(newest)} (${whenOf(newest)}${givenBy(records.source(newest.source.id))}):</p>
${table}`
}

/** The newest edition of a line. */
const currentOf = ({ id }: Link, records: Records) => records.byId('action-lines').get(id)?.current

/** The editions that the table of sub-lines shows, for the citation. */
function editionsOfSubLines({ subLines }: Line, records: Records): string[] {
  const ids = subLines.flatMap((one) => {
    const current = currentOf(one, records)
    return [current, current?.contacts].flatMap((entry) => entry?.edition.id ?? [])
  })
  return [...new Set(ids)].map((id) => sourceWords(records.source(id)))
}

/** The editions side by side: the agencies, and the cells as printed, if printed. */
function editionsOf({ id, editions, subLines }: Line, records: Records): SafeHtml {
  // An edition that has the sub-lines has the line.
  const all = subLines.length > 0 ? [] : records.all('editions')
  const lacking = all.filter((one) => !editions.some(({ edition }) => edition.id === one.id))
  const rowIn = ({ edition }: LineEdition) =>
    records.edition(edition.id).rows.find(({ actionLine }) => actionLine.id === id)
  const nameOf = ({ edition: link, authority }: LineEdition) => {
    const edition = records.edition(link.id)
    return html`${toEdition(edition)}<br><small>${edition.role}, ${whenOf(edition)}, ${authorityWords[authority]}</small>`
  }
  const table = recordTable('By edition, oldest first', editions, [
    ['Edition', nameOf],
    ['Agencies', (entry) => namedIn(entry, records)],
    ['Label of the row', (entry) => labelIn(rowIn(entry))],
    ['Cell', (entry) => printed(rowIn(entry)?.printedCoordinators)],
  ])
  return html`${table}${lacking.length > 0 ? html`<p class="note">${joined(lacking.map((one) => toEdition(one)))}: ${id} is not in this edition.</p>` : ''}`
}

const labelIn = (row?: EditionRow) => (row && !hasLabel(row) ? 'not read' : printed(row?.printedLabel))

const printed = (cell = '') => (cell ? html`<q class="printed"><bdi>${cell}</bdi></q>` : 'an empty cell')

const goalOf = ({ goal, title, iri, targets }: Line['sdgs'][number]) =>
  html`<a href="${iri}" rel="external">Goal ${goal}</a> <bdi>${title}</bdi>${targets.length > 0 ? html` <small>${targets.length === 1 ? 'target' : 'targets'} ${targets.map(({ target }) => target).join(', ')}</small>` : ''}`

/** A source of links to goals, points or keywords. */
const linkSource = ({ title, authority, url, readIn }: LinkSource) => {
  const href = String([readIn, url].find(Boolean))
  // Two accounts of one document have its title; their hosts and paths differ.
  const where = URL.canParse(href)
    ? isolated(new URL(href).href.replace(/^https?:\/\/|\/blob\/[0-9a-f]+(?=\/)/g, ''))
    : ''
  return html`${toOther(href, title)} <small>${where}, ${authorityWords[authority]}</small>`
}
