import { html, type SafeHtml } from '@remix-run/html-template'
import type { ListView } from './noun-page.ts'
import { isolated, spaced, to } from './parts.ts'

interface Hit {
  kind: string
  id: string
  title: string
  href: string
  snippet: string
}

/** The hits of a search. */
export const hits: ListView<Hit> = {
  head: () => ['Found', 'Kind', 'Excerpt'],
  cells: ({ id, kind, title, href, snippet }, records) => {
    const short = kind === 'action-line' ? id : kind === 'agency' ? records.acronym(id) : ''
    return [
      html`${to({ title, href })}${short ? html` <small>${isolated(short)}</small>` : ''}`,
      spaced(kind),
      html`<bdi>${markedOf(snippet)}</bdi>`,
    ]
  },
}

const characters: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' }

/** The snippet of a hit: its marks as elements, the rest escaped again. */
function markedOf(snippet: string): SafeHtml[] {
  return snippet.split(/<mark>([^<]*)<\/mark>/).map((part, index) => {
    const text = part.replace(/&(?:amp|lt|gt|quot);/g, (entity) => String(characters[entity]))
    return index % 2 === 1 ? html`<mark>${text}</mark>` : html`${text}`
  })
}
