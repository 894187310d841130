import { html, type SafeHtml } from '@remix-run/html-template'
import { dataFormats, mediaTypes } from '../formats/data-formats.ts'
import type { Served } from '../http/site.ts'
import { nouns } from '../nouns/index.ts'
import { hrefOf } from '../nouns/shapes.ts'
import { dataLicense, directoryName } from '../openapi-info.ts'
import type { Records, Release } from '../store/records.ts'
import { capital, counted, dayText, isolated, list, wordsOf } from './parts.ts'

// The actions of a page: go up, cite, copy the link, download, report an error. All of them work without script;
// src/pages/assets/copy.js adds buttons that copy.

/** The data that a page's actions need. */
export interface Actions {
  title: string
  /** Its path. */
  path: string
  /** The parent page, unless it is the list at the start of its path. */
  under?: [name: string, href: string]
  /** The same content as data: the name and URL of each file. */
  files: [name: string, href: string][]
  /** The source documents, in words with date and URL. */
  sources: string[]
  /** The part of it that is printed, if not all: `3 of 114 statements`. */
  printed?: string | undefined
}

const linkToList = (name: string): [string, string] => [capital(wordsOf(name)[1]), hrefOf(name)]

/** The lists that every page links to, and the reference. */
export const navigation: [name: string, href: string][] = [
  ...['action-lines', 'agencies', 'editions', 'forums', 'sessions', 'outcome-documents', 'sources'].map(linkToList),
  ['API reference', '/docs'],
]
/** The possible parent lists of a record. */
const lists = nouns.map(({ name }) => linkToList(name))

/** The decoded last segment of a path: the id of a record; undefined for a list and the front page. */
const idIn = (path: string): string | undefined => /^\/v1\/[^/?]+\/([^/?]+)/.exec(path)?.slice(1).map(decoded)[0]

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** Breadcrumbs and links to the actions; empty on the front page, which has no parent and no actions. */
export function barOf(site: Served, page: Actions): SafeHtml {
  const { path, under, files } = page
  const parent = lists.find(([, href]) => path.startsWith(`${href}/`))
  const isFront = /^\/(\?|$)/.test(path)
  const crumbs = linksTo(isFront ? [] : [['Home', '/'], parent, under])
  const actions = linksTo([
    ...(files.length > 0 ? pageActions : []),
    site.contact ? ['Report an error', reportHref(site, page)] : undefined,
  ])
  return html`<div class="bar">${crumbs && html`<nav class="crumbs" aria-label="Breadcrumbs">${crumbs}</nav>`}${actions && html`<div class="actions">${actions}</div>`}</div>`
}

const pageActions: [string, string][] = [
  ['Cite', '#cite'],
  ['Copy link', '#link'],
  ['Download', '#download'],
]

const linksTo = (links: ([name: string, href: string] | undefined)[]): SafeHtml | undefined => {
  const known = links.filter((link) => link !== undefined)
  return known.length > 0
    ? list(known.map(([name, href]) => html`<a href="${href}"><bdi>${name}</bdi></a>`))
    : undefined
}

/** The contact URL, with the URL and dataset of the page, so that a report names its subject. */
function reportHref({ contact, base, dataset }: Served, { path }: Actions): string {
  const url = base + path
  if (!/^mailto:/i.test(contact)) {
    const form = new URL(contact)
    form.searchParams.set('page', url)
    form.searchParams.set('dataset', dataset)
    return form.href
  }
  const body = `Page: ${url}\nDataset: ${dataset}\n\nWhat is wrong:\n\nThe document that shows what is right:\n`
  return `${contact}?subject=${encodeURIComponent(`${directoryName}: error on ${path}`)}&body=${encodeURIComponent(body)}`
}

/** The citation of a page as text, BibTeX and RIS. */
function citationsOf(site: Served, { number, date }: Release, { title, path }: Actions): Record<string, string> {
  const url = site.base + path
  const data = `dataset ${site.dataset}, ${date ? `last release ${dayText(date)}` : 'no release yet'}`
  const [year, ...rest] = date?.split('-') ?? []
  const key = `action-lines-${idIn(path) ?? 'directory'}-${number}`.replace(/[^\w.-]/g, '-')
  return {
    Text: `“${title}”, ${directoryName}, ${data}, ${url}`,
    BibTeX: `@misc{${key},
  title = {{${bibtexText(title)}}},
  author = {{${directoryName}}},${year ? `\n  year = {${year}},` : ''}
  note = {${data}},
  url = {${url}}
}`,
    RIS: `TY  - ELEC
TI  - ${title}
AU  - ${directoryName}${year ? `\nPY  - ${year}\nDA  - ${[year, ...rest].join('/')}` : ''}
N1  - ${data}
UR  - ${url}
ER  - `,
  }
}

const bibtexSigns: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
}

/** The text with characters escaped that are commands in BibTeX. */
const bibtexText = (text: string): string =>
  text.replace(/[\\~^]|[&%$#_{}]/g, (sign) => bibtexSigns[sign] ?? `\\${sign}`)

const types = new Map([
  ...dataFormats.map(({ name, mediaType }) => [name, mediaType.replace(/;.*/, '')] as const),
  ['sqlite', mediaTypes.sqlite],
])
/** The format at the end of a data URL: `csv`. */
const formatIn = (href: string): string => String(/(?:format=|\.)([\w-]+)$/.exec(href)?.[1])

/** The media type of a data URL. */
export const typeOf = (href: string): string => types.get(formatIn(href)) ?? mediaTypes.json

/** The file name for a download: `sessions-C1-194bece9c918.csv`; undefined for formats that a browser displays. */
function fileName({ dataset }: Served, href: string): string | undefined {
  const format = formatIn(href)
  if (!types.has(format) || format === 'json') return undefined
  const { pathname, searchParams } = new URL(href, 'http://localhost')
  searchParams.delete('format')
  searchParams.delete('sort')
  const parts = [...pathname.split('/').slice(2), ...searchParams.values()].map(decoded).join('-')
  return `${parts.replace(/[^\w.]+/g, '-')}-${dataset}.${format}`
}

/** A link to a file; next to a CSV file also to the same data as xlsx. */
function fileLink(site: Served, [name, href]: [string, string]): SafeHtml {
  const link = (name: string, href: string) => {
    const saved = fileName(site, href)
    return html`<a href="${href}"${saved ? html` download="${saved}"` : ''}>${name}</a>`
  }
  if (!href.endsWith('format=csv')) return html`<li>${link(name, href)}</li>`
  const workbook = name === 'CSV' ? 'Spreadsheet (xlsx)' : name.replace('CSV', 'xlsx')
  return html`<li>${link(workbook, href.replace(/csv$/, 'xlsx'))}, ${link(name, href)}</li>`
}

/** A text of one or more lines to which the script adds a copy button. */
const copied = (label: string, text: string, url: string): SafeHtml => {
  const at = text.lastIndexOf(url)
  return html`<pre data-copy="${label}">${text.slice(0, at)}<span class="url">${url}</span>${text.slice(at + url.length)}</pre>`
}

const columnsNote = html`<p>The sheet “readme” of a spreadsheet says what each column means; for CSV files, <a href="/v1/exports/current/datapackage.json">datapackage.json</a> does.</p>`

/** The number of documents listed first; the others are collapsed. */
const maxDocuments = 4

function documentsPart(sources: string[]): SafeHtml | string {
  if (sources.length === 0) return ''
  const items = sources.map(isolated)
  const rest = items.slice(maxDocuments)
  const [some, more] =
    rest.length > 0
      ? [
          `, the newest ${maxDocuments} of ${items.length}`,
          html`<details><summary>${counted(rest.length, 'more document')}</summary>${list(rest)}</details>`,
        ]
      : []
  return html`<p class="documents">The ${items.length === 1 ? 'document' : 'documents'} behind it${some}:</p>${list(items.slice(0, maxDocuments))}${more}`
}

/** Citation, link, data and contact at the foot of a page. A page without files cannot be cited. */
export function footOf(site: Served, records: Records, page: Actions): SafeHtml {
  const { path, files, sources, printed } = page
  const { id: licence, sentence, url: licenceUrl } = dataLicense
  const [before, after] = sentence.split(licence)
  const report = html`<section aria-labelledby="report"><h2 id="report">Found an error?</h2><p>${
    site.contact
      ? html`<a href="${reportHref(site, page)}">Report an error on this page</a>`
      : 'No contact is set for this server. Give the URL of this page to whoever runs it'
  }, and name a document that shows what is right. Nothing is changed without a source.</p></section>`
  if (files.length === 0) return html`<footer>${report}</footer>`
  const { Text = '', BibTeX = '', RIS = '' } = citationsOf(site, records.release(), page)
  const url = site.base + path
  const id = idIn(path)
  return html`<footer>
<p class="paper">${printed ? `${printed}; all are on ` : 'The whole page, with every statement and file: '}<span class="url">${url}</span></p>
<section aria-labelledby="cite"><h2 id="cite">Cite this page</h2>
${copied('citation', Text, url)}
<details><summary>BibTeX</summary>${copied('BibTeX', BibTeX, url)}</details>
<details><summary>RIS</summary>${copied('RIS', RIS, url)}</details>
${documentsPart(sources)}</section>
<section aria-labelledby="link"><h2 id="link">Link to this page</h2>
${copied('link', url, url)}
${id ? html`<p>The id of this record:</p><pre data-copy="id">${id}</pre>` : ''}</section>
<section aria-labelledby="download"><h2 id="download">Download this page</h2><ul>${files.map((file) => fileLink(site, file))}</ul>${files.some(([, href]) => href.endsWith('csv')) ? columnsNote : ''}<p>${before}<a href="${licenceUrl}" rel="license">${licence}</a>${after}</p></section>
${report}
</footer>`
}
