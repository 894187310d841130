import { html } from '@remix-run/html-template'
import type { Pages, Served } from '../http/site.ts'
import { propertyWords } from '../nouns/change-summary.ts'
import { cellIn } from '../nouns/columns.ts'
import type { Collection, Columns, Noun } from '../nouns/noun.ts'
import { hrefOf, linkTo } from '../nouns/shapes.ts'
import { Records } from '../store/records.ts'
import { agencyPages } from './agency.ts'
import { changePages } from './change.ts'
import { editionPages } from './edition.ts'
import { forumPages } from './forum.ts'
import { documentOf } from './layout.ts'
import { linePages } from './line.ts'
import { to } from './links.ts'
import { hits, listPage } from './lists.ts'
import { outcomePages } from './outcome-document.ts'
import { facts, isolated, type NounPage, type PageText, type RecordText } from './parts.ts'
import { problemPage } from './problem.ts'
import { sessionPages } from './session.ts'
import { sourcePages } from './source.ts'
import { statementPages } from './statements.ts'
import { capital } from './words.ts'

/** The nouns with specific pages; any other is shown by its columns. */
const nounPages: Record<string, NounPage> = {
  'action-lines': linePages,
  agencies: agencyPages,
  editions: editionPages,
  forums: forumPages,
  sessions: sessionPages,
  'outcome-documents': outcomePages,
  sources: sourcePages,
  coordinations: statementPages,
  changes: changePages,
}

const pageOf = (noun: Noun): NounPage => nounPages[noun.name] ?? plainPage(noun)

/** The writer of the pages of lists, items and problems. */
export function pagesOf(site: Served, collections: ReadonlyMap<string, Collection>): Pages & { records: Records } {
  const records = new Records(collections)
  const whole = (page: PageText) => documentOf(site, records, page)
  return {
    records,
    list: (page) => whole(listPage(page, page.noun ? pageOf(page.noun) : hits, records)),
    item(noun, json) {
      const record = JSON.parse(json)
      return whole(recordPage(noun.name, record.id, pageOf(noun).record(record as never, records)))
    },
    problem: (problem) => whole(problemPage(site, problem)),
  }
}

/** The page of a record. */
function recordPage(name: string, id: string, text: RecordText): PageText {
  const { kind, heading = isolated(text.title), main, moreFiles = [], ...rest } = text
  const path = hrefOf(name, id)
  const ownCsv = `${hrefOf(name)}?id=${path.split('/').at(-1)}&format=csv`
  return {
    path,
    id,
    files: [['JSON', `${path}?format=json`], ['CSV', ownCsv], ...moreFiles],
    ...rest,
    main: html`<p class="kind">${kind}</p>
<h1>${heading}</h1>
${main}`,
  }
}

/** The default presentation of a noun: its CSV columns. */
export function plainPage({ name, one, columns }: Noun): NounPage {
  type Identified = { id: string }
  const texts = Object.entries(columns as unknown as Columns<Identified>).map(
    ([name, column]) =>
      [capital(propertyWords(name)), (record: Identified) => String(cellIn(column, record) ?? '')] as const,
  )
  return {
    columns: () => [
      ['Id', ({ id }: Identified) => to(linkTo(name, id, id))],
      ...texts.slice(1).map(([heading, text]) => [heading, (record: Identified) => isolated(text(record))] as const),
    ],
    record: (record: Identified) => ({
      title: `${capital(one)} ${record.id}`,
      description: `The ${one} ${record.id}.`,
      kind: capital(one),
      heading: isolated(record.id),
      main: facts(texts.map(([heading, text]) => [heading, text(record)])),
    }),
  }
}
