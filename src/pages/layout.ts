import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { html, type SafeHtml } from '@remix-run/html-template'
import { dataFormats, mediaTypes } from '../formats/data-formats.ts'
import { bareType, type Origin } from '../formats/format.ts'
import type { FixedFile } from '../http/operation.ts'
import { nouns } from '../nouns/index.ts'
import { hrefOf } from '../nouns/shapes.ts'
import { dataLicense, directoryName } from '../openapi-info.ts'
import type { Records, Release } from '../store/records.ts'
import { type Content, collapsed, isolated, list, type NamedHref, type PageText, searchForm } from './parts.ts'
import { capital, counted, dayText, wordsOf } from './words.ts'

/** A file in the folder `assets`. Its URL changes with its bytes. */
export function assetOf(name: string, mediaType: string, folder = '/assets'): FixedFile {
  const bytes = readFileSync(join(import.meta.dirname, 'assets', name))
  const digest = hash('sha256', bytes, 'hex').slice(0, 12)
  return { path: `${folder}/${name.replace('.', `-${digest}.`)}`, mediaType, write: () => bytes }
}

export const assets = {
  style: assetOf('style.css', 'text/css; charset=utf-8'),
  script: assetOf('search.js', 'text/javascript; charset=utf-8'),
  copying: assetOf('copy.js', 'text/javascript; charset=utf-8'),
  icon: assetOf('icon.svg', 'image/svg+xml'),
}

/** HTML without its tags and without direction marks, for an attribute or a title, where no element is possible. */
const flat = (content: Content): SafeHtml =>
  html.raw`${String(html`${content}`).replace(/<[^>]*>|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')}`

/**
 * JSON for a script element, without what is unknown, and without any character that could end the element: HTML escapes
 * do not work there.
 */
const jsonIn = (value: object): string =>
  JSON.stringify(value, (_, one) => (one === '' ? undefined : (one ?? undefined))).replace(
    /[<>&\u2028\u2029]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** A complete HTML page. */
export function documentOf(site: Origin, records: Records, page: PageText): string {
  const name = directoryName
  const title = flat(`${page.title} · ${name}`)
  const description = flat(page.description)
  const address = site.base + page.path
  const text = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${description}">
<meta name="color-scheme" content="light dark">
${page.isHidden ? html`<meta name="robots" content="noindex">` : ''}
${site.base ? html`<link rel="canonical" href="${address}"><meta property="og:url" content="${address}">` : ''}
<meta property="og:type" content="website">
<meta property="og:site_name" content="${name}">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
<link rel="icon" href="${assets.icon.path}" type="image/svg+xml">
<link rel="stylesheet" href="${assets.style.path}">
${page.files?.map(
  ([, href]) => html`<link rel="alternate" type="${typeOf(href)}" href="${href}">
`,
)}<script src="${assets.script.path}" defer></script>
<script src="${assets.copying.path}" defer></script>
${page.about ? html`<script type="application/ld+json">${html.raw`${jsonIn({ '@context': 'https://schema.org', url: site.base && address, ...page.about })}`}</script>` : ''}
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header>
<p class="name"><a href="/">${name}</a></p>
<nav aria-label="Directory"><ul>${navigation.map(
    ([label, href]) =>
      html`<li><a href="${href}"${page.path.replace(/\?.*/s, '') === href ? html` aria-current="page"` : ''}>${label}</a></li>`,
  )}</ul></nav>
${page.hasSearch ? '' : searchForm('Search the directory')}
</header>
<main id="main" tabindex="-1">
${barOf(site, page)}
${page.main}
</main>
${footOf(site, records, page)}
</body>
</html>
`
  return rooted(site, String(text))
}

/** The path of the public URL, without a slash at the end. */
export const prefixOf = ({ base }: Origin): string => base && new URL(base).pathname.replace(/\/$/, '')

/**
 * The text with the path of the public URL before each address. Within the text of a record, the quotes would be
 * escaped.
 */
export function rooted(site: Origin, text: string): string {
  const prefix = prefixOf(site)
  return text.replaceAll(/ (href|src|action)="(?=\/)/g, (attribute) => attribute + prefix)
}

// The actions of a page: go up, cite, copy the link, download, report an error. All of them work without script;
// src/pages/assets/copy.js adds buttons that copy.

const linkToList = (name: string): NamedHref => [capital(wordsOf(name)[1]), hrefOf(name)]

/** The lists that every page links to, and the reference. */
const navigation: NamedHref[] = [
  ...['action-lines', 'agencies', 'editions', 'forums', 'sessions', 'outcome-documents', 'sources'].map(linkToList),
  ['API reference', '/docs'],
]

const linksTo = (links: NamedHref[]): SafeHtml =>
  list(links.map(([name, href]) => html`<a href="${href}"><bdi>${name}</bdi></a>`))

/** Breadcrumbs and links to the actions; empty on the front page, which has no parent and no actions. */
function barOf(site: Origin, page: PageText): SafeHtml {
  const { path, under, files = [] } = page
  const parent = nouns.find(({ name }) => path.startsWith(`${hrefOf(name)}/`))
  const parents = [...(parent ? [linkToList(parent.name)] : []), ...(under ? [under] : [])]
  const crumbs = html`<nav class="crumbs" aria-label="Breadcrumbs">${linksTo([['Home', '/'], ...parents])}</nav>`
  const actions = [...(files.length > 0 ? pageActions : []), ...(site.contact ? [reportOf(site, page)] : [])]
  return html`<div class="bar">${path === '/' ? '' : crumbs}${actions.length > 0 ? html`<div class="actions">${linksTo(actions)}</div>` : ''}</div>`
}

const pageActions: NamedHref[] = [
  ['Cite', '#cite'],
  ['Copy link', '#link'],
  ['Download', '#download'],
]

/** The contact URL, with the URL and dataset of the page, so that a report names its subject. */
function reportOf({ contact, base, dataset }: Origin, { path }: PageText): NamedHref {
  const url = base + path
  const href = new URL(contact)
  if (href.protocol !== 'mailto:') {
    href.searchParams.set('page', url)
    href.searchParams.set('dataset', dataset)
    return ['Report an error', href.href]
  }
  const body = `Page: ${url}\nDataset: ${dataset}\n\nWhat is wrong:\n\nThe document that shows what is right:\n`
  const subject = `${directoryName}: error on ${path}`
  return ['Report an error', `${contact}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`]
}

/** The citation of a page as text, BibTeX and RIS. */
function citationsOf(site: Origin, { number, date }: Release, { title, path, id = 'directory' }: PageText) {
  const url = site.base + path
  const data = `dataset ${site.dataset}, ${date ? `last release ${dayText(date)}` : 'no release yet'}`
  const year = date?.slice(0, 4)
  const key = `action-lines-${id}-${number}`.replace(/[^\w.-]/g, '-')
  return {
    text: `“${title}”, ${directoryName}, ${data}, ${url}`,
    bibtex: `@misc{${key},
  title = {{${bibtexText(title)}}},
  author = {{${directoryName}}},${year ? `\n  year = {${year}},` : ''}
  note = {${data}},
  url = {${url}}
}`,
    ris: `TY  - ELEC
TI  - ${title}
AU  - ${directoryName}${date ? `\nPY  - ${year}\nDA  - ${date.replaceAll('-', '/')}` : ''}
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

const types = new Map(dataFormats.map((format) => [format.name, bareType(format)]))
/** The format at the end of a data URL: `csv`. */
const formatIn = (href: string): string => String(/(?:format=|\.)([\w-]+)$/.exec(href)?.[1])

/** The media type of a data URL. */
const typeOf = (href: string): string => types.get(formatIn(href)) ?? mediaTypes.sqlite

/** The file name for a download: `sessions-C1-194bece9c918.csv`; undefined for JSON, which a browser displays. */
function fileName({ dataset }: Origin, href: string): string | undefined {
  const format = formatIn(href)
  if (format === 'json') return undefined
  const { pathname, searchParams } = new URL(href, 'http://localhost')
  searchParams.delete('format')
  searchParams.delete('sort')
  const parts = [...decodeURIComponent(pathname).split('/').slice(2), ...searchParams.values()].join('-')
  return `${parts.replace(/[^\w.]+/g, '-')}-${dataset}.${format}`
}

/** A link to a file; next to a CSV file also to the same data as xlsx. */
function fileLink(site: Origin, [name, href]: NamedHref): SafeHtml {
  const link = (name: string, href: string) => {
    const saved = fileName(site, href)
    return html`<a href="${href}"${saved ? html` download="${saved}"` : ''}>${name}</a>`
  }
  if (!href.endsWith('format=csv')) return link(name, href)
  const workbook = name === 'CSV' ? 'Spreadsheet (xlsx)' : name.replace('CSV', 'xlsx')
  return html`${link(workbook, href.replace(/csv$/, 'xlsx'))}, ${link(name, href)}`
}

/** A text of one or more lines to which the script adds a copy button. */
const copied = (label: string, text: string, url: string): SafeHtml => {
  const at = text.lastIndexOf(url)
  return html`<pre data-copy="${label}">${text.slice(0, at)}<span class="url">${url}</span>${text.slice(at + url.length)}</pre>`
}

const columnsNote = html`<p>The sheet “readme” of a spreadsheet says what each column means; for CSV files, <a href="/v1/exports/current/datapackage.json">datapackage.json</a> does.</p>`

/** The number of documents listed first; the others are collapsed. */
const maxDocuments = 4

function documentsPart(sources: string[]): Content {
  if (sources.length === 0) return ''
  const items = sources.map(isolated)
  const rest = items.slice(maxDocuments)
  const some = rest.length > 0 ? `, the newest ${maxDocuments} of ${items.length}` : ''
  return html`<p class="documents">The ${items.length === 1 ? 'document' : 'documents'} behind it${some}:</p>${list(items.slice(0, maxDocuments))}${collapsed(counted(rest.length, 'more document'), list(rest))}`
}

/** Citation, link, data and contact at the foot of a page. */
function footOf(site: Origin, records: Records, page: PageText): SafeHtml {
  const { path, id, files = [], sources = [], printed } = page
  const { id: licence, sentence, url: licenceUrl } = dataLicense
  const [before, after] = sentence.split(licence)
  const report = html`<section aria-labelledby="report"><h2 id="report">Found an error?</h2><p>${
    site.contact
      ? html`<a href="${reportOf(site, page)[1]}">Report an error on this page</a>`
      : 'No contact is set for this server. Give the URL of this page to the operator'
  }, and name a document that shows what is right. Nothing is changed without a source.</p></section>`
  if (files.length === 0) return html`<footer>${report}</footer>`
  const { text, bibtex, ris } = citationsOf(site, records.release(), page)
  const url = site.base + path
  return html`<footer>
<p class="paper">${printed ? `${printed}; all are on ` : 'The whole page, with every statement and file: '}<span class="url">${url}</span></p>
<section aria-labelledby="cite"><h2 id="cite">Cite this page</h2>
${copied('citation', text, url)}
${collapsed('BibTeX', copied('BibTeX', bibtex, url))}
${collapsed('RIS', copied('RIS', ris, url))}
${documentsPart(sources)}</section>
<section aria-labelledby="link"><h2 id="link">Link to this page</h2>
${copied('link', url, url)}
${id ? html`<p>The id of this record:</p><pre data-copy="id">${id}</pre>` : ''}</section>
<section aria-labelledby="download"><h2 id="download">Download this page</h2>${list(files.map((file) => fileLink(site, file)))}${files.some(([, href]) => href.endsWith('csv')) ? columnsNote : ''}<p>${before}<a href="${licenceUrl}" rel="license">${licence}</a>${after}</p></section>
${report}
</footer>`
}
