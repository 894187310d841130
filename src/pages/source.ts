import { html } from '@remix-run/html-template'
import { linkTo } from '../nouns/shapes.ts'
import type { Source } from '../store/records.ts'
import { to, toOther } from './links.ts'
import { facts, isolated, type NounPage, recordTable, section } from './parts.ts'
import { authorityWords, day, sourceWords, whenOf } from './words.ts'

/** The sources: facts, where each was read, notes, and the records that cite it. */
export const sourcePages: NounPage<Source> = {
  columns: () => [
    ['Source', ({ id, title }) => to(linkTo('sources', id, title))],
    ['Status', ({ status }) => status],
    ['Date', whenOf],
    ['Where it was read', ({ authority }) => authorityWords[authority]],
    ['Statements', ({ statements }) => html`<a href="${statements.href}">${statements.total}</a>`],
  ],
  record: (source) => {
    const { id, title, dateRange, statements } = source
    const passages = recordTable('Passages', source.passages, [
      ['Place', ({ place }) => isolated(place)],
      [
        'Text',
        ({ text, fidelity }) => html`${isolated(text)}${fidelity === 'summary' ? html` <small>(summary)</small>` : ''}`,
      ],
    ])
    return {
      title,
      description: `${title}: a document on the coordination of the WSIS Action Lines, with ${statements.total} statements.`,
      kind: `Source: ${source.kind}`,
      main: html`${source.note ? html`<p>${isolated(source.note)}</p>` : ''}
${facts([
  ['Status', source.status],
  ['Date', whenOf(source)],
  ['Written between', dateRange?.from && dateRange.to ? html`${day(dateRange.from)} and ${day(dateRange.to)}` : null],
  ['Document', source.document],
  ['Authority', authorityWords[source.authority]],
  ['URL', source.url && toOther(source.url)],
  ['Read in', source.readIn && toOther(source.readIn)],
  ['Hosted by', source.host],
  ['Read on', day(source.readOn)],
  [
    'Covers',
    source.complete
      ? 'every line: an agency that is absent is not named'
      : 'only some lines; others may have agencies, too',
  ],
  ['Statements', html`<a href="${statements.href}">${statements.total}</a>`],
])}
${section('Passages outside the table', 'passages', passages)}`,
      moreFiles: [['Statements (CSV)', `/v1/coordinations?source=${encodeURIComponent(id)}&format=csv`]],
      sources: [sourceWords(source)],
      about: { '@type': 'CreativeWork', name: title, datePublished: source.date },
    }
  },
}
