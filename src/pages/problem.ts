import { html, type SafeHtml } from '@remix-run/html-template'
import type { Problem } from '../http/problem-details.ts'
import { nouns } from '../nouns/index.ts'
import { hrefOf } from '../nouns/shapes.ts'
import { to } from './links.ts'
import { isolated, list, type PageText, searchForm } from './parts.ts'
import { wordsOf } from './words.ts'

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
export function problemPage(site: { base: string }, problem: Problem): PageText {
  const { status, title, detail, instance, errors } = problem
  const path = instance.replace(/\?.*/s, '')
  const suggestions = problem.suggestions
    .map(({ id, href }) => ({ title: id, href: href.slice(site.base.length) }))
    .filter(({ href }) => isOpen(href))
  const [only = { detail }, ...others] = errors
  const sentences = others.length > 0 ? errors.map((error) => sentence(error.detail)) : undefined
  const hasFilters = status === 400 && instance.includes('?') && isOpen(path)
  return {
    title: `${status} ${title}`,
    description: detail,
    path,
    hasSearch: true,
    isHidden: true,
    main: html`<p class="kind">${status} ${title}</p>
<h1>${status === 404 ? 'Page not found' : status < 500 ? 'Invalid request' : 'The service failed'}</h1>
${sentences ? list(sentences) : html`<p>${sentence(only.detail.replace(suggestions.length > 0 ? meant : '', ''))}</p>`}
${suggestions.length > 0 ? html`<p>Did you mean:</p>${list(suggestions.map(to))}` : ''}
${hasFilters ? html`<p><a href="${path}">Remove the filters</a></p>` : ''}
${searchForm()}
<p><a href="/">Home</a></p>`,
  }
}
