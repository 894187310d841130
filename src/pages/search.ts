import { html, type SafeHtml } from '@remix-run/html-template'
import type { ListView } from './noun-page.ts'
import { isolated, spaced, to, unescaped } from './parts.ts'

interface Hit {
  kind: string
  id: string
  title: string
  href: string
  snippet: string
}

/** The hits of a search. */
export const hits: ListView<Hit> = {
  columns: (records) => [
    [
      'Found',
      ({ id, kind, title, href }) => {
        const short = kind === 'action-line' ? id : kind === 'agency' ? records.acronym(id) : ''
        return html`${to({ title, href })}${short ? html` <small>${isolated(short)}</small>` : ''}`
      },
    ],
    ['Kind', ({ kind }) => spaced(kind)],
    ['Excerpt', ({ snippet }) => html`<bdi>${markedOf(snippet)}</bdi>`],
  ],
}

/** The snippet of a hit: its marks as elements, the rest escaped again. */
const markedOf = (snippet: string): SafeHtml[] =>
  snippet
    .split(/<mark>([^<]*)<\/mark>/)
    .map((part, index) => (index % 2 === 1 ? html`<mark>${unescaped(part)}</mark>` : html`${unescaped(part)}`))
