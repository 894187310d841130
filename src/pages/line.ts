import { html, type SafeHtml } from '@remix-run/html-template'
import { hrefOf, linkTo } from '../nouns/shapes.ts'
import type { Edition, Line, Link, LinkSource, Records } from '../store/records.ts'
import { namedIn } from './matrix.ts'
import type { NounPage, RecordText } from './noun-page.ts'
import {
  authorityWords,
  day,
  full,
  givenBy,
  isolated,
  joined,
  list,
  newestOf,
  recordTable,
  repeats,
  section,
  short,
  sourceWords,
  textOf,
  toOther,
  whenOf,
  without,
} from './parts.ts'
import { answerOf } from './sentences.ts'
import { outcomeIn, sessionIn } from './session.ts'
import { documentsOf, printedOf, statementsOfLine, statementsPart } from './statements.ts'

const kinds: Record<string, string> = {
  line: 'Action line of the World Summit on the Information Society (WSIS)',
  'sub-line': 'Sub-line of',
  section: 'Section of the draft',
}

export const linePages: NounPage<Line> = {
  columns: (records) => [
    ['Action line', ({ id, title }) => full(records)(linkTo('action-lines', id, title))],
    ...records.all('editions').map(({ id, label }): [string, (line: Line) => SafeHtml | string] => [
      label,
      ({ editions, subLines }) => {
        const entry = editions.find(({ edition }) => edition.id === id)
        return subLines.length > 0 ? 'see its sub-lines' : namedIn(entry, records)
      },
    ]),
  ],
  firstFilters: ['agency', 'edition'],
  record: linePage,
}

/** The page of a line: who coordinates it in sentences, the picture, the evidence, and related records. */
function linePage(line: Line, records: Records): RecordText {
  const { id, title } = line
  const sessions = records.some('sessions', { actionLine: id }, 5, true)
  const outcomes = records.some('outcome-documents', { actionLine: id }, 5, true)
  const ofLine = `actionLine=${encodeURIComponent(id)}`
  const [answer] = answerOf(line, records)
  const statements = statementsOfLine(line, records)
  const what = `The agencies named for WSIS Action Line ${id}, ${title}, each with its document.`
  return {
    title: repeats(line) ? id : `${id} ${title}`,
    description: `${answer && textOf(answer)} ${what}`,
    kind: html`${kinds[line.kind]}${line.parent ? html` ${full(records)(line.parent)}` : ''}`,
    heading: html`${id}${repeats(line) ? '' : html` <bdi>${title}</bdi>`}`,
    main: html`${answerPart(line, records)}
${statementsPart(`Agencies named for ${id}`, statements, `/v1/coordinations?${ofLine}`, records)}
<details><summary><h2>The exact wording in each list</h2></summary>${editionsOf(line, records)}</details>
<div class="columns">
${section(line.subLines.length > 0 ? `Sessions on ${id} and its sub-lines` : 'Sessions', 'sessions', newestOf(line.sessions, sessions.items.map(sessionIn)))}
${section('Outcome documents', 'outcomes', newestOf(line.outcomeDocuments, outcomes.items.map(outcomeIn)))}
${section('Sustainable Development Goals', 'goals', line.sdgs.length > 0 ? list(line.sdgs.map(goalOf)) : html`<p>No document read for this directory links it to a goal.</p>`)}
${section('Global Digital Compact', 'compact', list(line.gdc.map(({ title, objective, point }) => html`${isolated(title)} <small>objective ${objective}, ${point}</small>`)))}
${section('Keywords', 'words', line.keywords.length > 0 ? html`<p>${joined(line.keywords.map(isolated))}</p>` : '')}
${section('Where these links were read', 'links', line.linkSources.length > 0 ? html`${list(line.linkSources.map(linkSource))}<p class="note">These documents cover only some links; others may exist.</p>` : '')}
</div>`,
    moreFiles: [
      ['Statements (CSV)', `/v1/coordinations?${ofLine}&format=csv`],
      ['Calendar of its sessions', `/v1/sessions?${ofLine}&format=ics`],
    ],
    sources: line.subLines.length > 0 ? editionsOfSubLines(line, records) : documentsOf(statements),
    printed: printedOf(statements),
    about: { '@type': 'DefinedTerm', termCode: id, name: title, inDefinedTermSet: 'WSIS Action Lines' },
  }
}

/** The editions that the table of sub-lines shows. */
function editionsOfSubLines({ subLines }: Line, records: Records): string[] {
  const ids = subLines.flatMap(({ id }) => {
    const { current } = records.byId('action-lines').get(id) as Line
    return [current, current?.contacts].flatMap((one) => one?.edition.id ?? [])
  })
  return [...new Set(ids)].map((id) => sourceWords(records.source(id)))
}

/**
 * The coordinators of the line, the changes since the draft, and the sources; for C7, its sub-lines with their agencies.
 */
function answerPart(line: Line, records: Records): SafeHtml {
  const { title, genevaTitle, subLines, current } = line
  const [first, ...others] = answerOf(line, records)
  const geneva =
    genevaTitle === title ? '' : html`<p class="note">In the Geneva Plan of Action: <bdi>${genevaTitle}</bdi></p>`
  const { newest } = records
  if (subLines.length > 0)
    return html`${geneva}<p class="answer">${first} Its ${subLines.length} sub-lines have their own, in <a href="${hrefOf('editions', newest.id)}">${newest.label}</a> (${whenOf(newest)}${givenBy(records.source(newest.source.id))}):</p>
${subLinesOf(line, records)}`
  const source = current?.authority === 'secondary' && records.source(current.edition.id)
  const read =
    source &&
    html`<p class="note">Read ${source.readOn ? html`on ${day(source.readOn)} ` : ''}in a secondary account, <a href="${source.readIn}" rel="external">${source.host}</a>, not in the document itself.</p>`
  return html`<p class="answer">${first}</p>
${others.map((sentence) => html`<p>${sentence}</p>`)}
${changePart(line, records)}${read || ''}${geneva}`
}

/** The changes from the draft to the newest edition of a line, unless they are the same edition. */
function changePart({ editions: [draft], current }: Line, records: Records): SafeHtml | string {
  if (!current || !draft || draft.edition.id === current.edition.id) return ''
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

/** Each sub-line with the agencies in its newest edition. */
function subLinesOf({ subLines }: Line, records: Records): SafeHtml {
  return recordTable(
    'Sub-lines, with the newest list of facilitators',
    ['Sub-line', 'Facilitators', 'Lead contacts'],
    subLines.map((subLine) => {
      const { current } = records.byId('action-lines').get(subLine.id) as Line
      return [
        full(records)(subLine),
        ...[current, current?.contacts].map((one) => joined((one?.agencies ?? []).map(short(records)))),
      ]
    }),
  )
}

/** The editions side by side: the agencies, and the cells as printed, if printed. */
function editionsOf({ id, editions, subLines }: Line, records: Records): SafeHtml {
  // An edition that has the sub-lines has the line.
  const all = subLines.length > 0 ? [] : records.all('editions')
  const lacking = all.filter((one) => !editions.some(({ edition }) => edition.id === one.id))
  const link = ({ id, label }: Edition) => html`<a href="${hrefOf('editions', id)}">${label}</a>`
  return html`${recordTable(
    'By edition, oldest first',
    ['Edition', 'Agencies', 'Label of the row', 'Cell'],
    editions.map((entry) => {
      const edition = records.edition(entry.edition.id)
      const row = edition.rows.find(({ actionLine }) => actionLine.id === id)
      return [
        html`${link(edition)}<br><small>${edition.role}, ${whenOf(edition)}, ${authorityWords(entry.authority)}</small>`,
        namedIn(entry, records),
        printed(row?.printedLabel),
        printed(row?.printedCoordinators),
      ]
    }),
  )}${lacking.length > 0 ? html`<p class="note">${joined(lacking.map(link))}: ${id} is not in this edition.</p>` : ''}`
}

const printed = (cell: string | undefined) => (cell ? html`<q class="printed"><bdi>${cell}</bdi></q>` : 'an empty cell')

const goalOf = ({ goal, title, iri, targets }: Line['sdgs'][number]) =>
  html`<a href="${iri}" rel="external">Goal ${goal}</a> <bdi>${title}</bdi>${targets.length > 0 ? html` <small>${targets.length === 1 ? 'target' : 'targets'} ${targets.map(({ target }) => target).join(', ')}</small>` : ''}`

/** A source of links to goals, points or keywords. */
const linkSource = ({ title, authority, url, readIn }: LinkSource) => {
  const href = String([readIn, url].find(Boolean))
  // Two accounts of one document have its title; their hosts and paths differ.
  const where = URL.canParse(href)
    ? isolated(new URL(href).href.replace(/^https?:\/\/|\/blob\/[0-9a-f]+(?=\/)/g, ''))
    : ''
  return html`${toOther(href, title)} <small>${where}, ${authorityWords(authority)}</small>`
}
