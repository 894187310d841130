import { html, type SafeHtml } from '@remix-run/html-template'
import type { Origin } from '../formats/format.ts'
import type { Problem } from '../http/problem-details.ts'
import type { Pages } from '../http/site.ts'
import { propertyWords } from '../nouns/change-summary.ts'
import { cellIn } from '../nouns/columns.ts'
import { nouns } from '../nouns/index.ts'
import { type Columns, isNoun, type Noun } from '../nouns/noun.ts'
import { hrefOf, linkTo } from '../nouns/shapes.ts'
import type { Records } from '../store/records.ts'
import { agencyPages } from './agency.ts'
import { changePages } from './change.ts'
import { editionPages } from './edition.ts'
import { forumPages } from './forum.ts'
import { documentOf } from './layout.ts'
import { linePages } from './line.ts'
import { to } from './links.ts'
import { hits, listPage } from './lists.ts'
import { outcomePages } from './outcome-document.ts'
import { facts, isolated, list, type NounPage, type PageText, type RecordText, searchForm } from './parts.ts'
import { sessionPages } from './session.ts'
import { sourcePages } from './source.ts'
import { statementPages } from './statements.ts'
import { capital, wordsOf } from './words.ts'

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
export function pagesOf(site: Origin, records: Records): Pages {
  const whole = (page: PageText) => documentOf(site, records, page)
  return {
    list: (page) => whole(listPage(page, isNoun(page.list) ? pageOf(page.list) : hits, records)),
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

/** True for a path of this host that a person can open without a query. */
const isOpen = (path: string): boolean =>
  path === '/' ||
  [...nouns.map(({ name }) => name), 'search', 'exports'].some((name) => `${path}/`.startsWith(`${hrefOf(name)}/`))

/** The sentence that says where a program finds a list; the page has a link to it. */
const listed = / GET \/v1\/([\w-]+) lists them\./

/** A sentence of a problem for people. */
function sentence(detail: string): SafeHtml {
  const noun = listed.exec(detail)?.[1]
  if (!noun) return isolated(detail)
  return html`${isolated(detail.replace(listed, ''))} <a href="/v1/${noun}">See all ${wordsOf(noun)[1]}</a>`
}

/** The sentence with the suggestions, which the page shows as links. */
const meant = / Did you mean [^?]*\?/

/** The page of a problem: the error, the fix and the suggestions, in the words of the JSON. */
function problemPage(site: { base: string }, problem: Problem): PageText {
  const { status, title, detail, instance, errors } = problem
  const path = instance.replace(/\?.*/s, '')
  const suggestions = problem.suggestions
    .map(({ id, href }) => ({ title: id, href: href.slice(site.base.length) }))
    .filter(({ href }) => isOpen(href))
  const [only = { detail }] = errors
  const hasFilters = status === 400 && instance.includes('?') && isOpen(path)
  return {
    title: `${status} ${title}`,
    description: detail,
    path,
    hasSearch: true,
    isHidden: true,
    main: html`<p class="kind">${status} ${title}</p>
<h1>${status === 404 ? 'Page not found' : status < 500 ? 'Invalid request' : 'The service failed'}</h1>
${errors.length > 1 ? list(errors.map((error) => sentence(error.detail))) : html`<p>${sentence(only.detail.replace(suggestions.length > 0 ? meant : '', ''))}</p>`}
${suggestions.length > 0 ? html`<p>Did you mean:</p>${list(suggestions.map(to))}` : ''}
${hasFilters ? html`<p><a href="${path}">Remove the filters</a></p>` : ''}
${searchForm()}
<p><a href="/">Home</a></p>`,
  }
}
