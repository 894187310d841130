import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { html } from '@remix-run/html-template'
import type { FixedFile } from '../http/operation.ts'
import type { Served } from '../http/site.ts'
import { directoryName } from '../openapi-info.ts'
import type { Records } from '../store/records.ts'
import { barOf, footOf, navigation, typeOf } from './bar-and-foot.ts'
import { type PageText, searchForm } from './parts.ts'

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

/** A text without direction marks, for an attribute or a title, where <bdi> is impossible. */
const withoutDirections = (text: string): string => text.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')

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
export function documentOf(site: Served, records: Records, page: PageText): string {
  const name = directoryName
  const title = withoutDirections(`${page.title} · ${name}`)
  const description = withoutDirections(page.description)
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
export const prefixOf = ({ base }: Served): string => base && new URL(base).pathname.replace(/\/$/, '')

/**
 * The text with the path of the public URL before each address. Within the text of a record, the quotes would be
 * escaped.
 */
export function rooted(site: Served, text: string): string {
  const prefix = prefixOf(site)
  return text.replaceAll(/ (href|src|action)="(?=\/)/g, (attribute) => attribute + prefix)
}
