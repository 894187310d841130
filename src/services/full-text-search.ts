import { hash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { foreignCursor, list } from '../http/list.ts'
import type { Site } from '../http/site.ts'
import { columnsAt } from '../nouns/columns.ts'
import { textInput } from '../nouns/filters.ts'
import { nouns } from '../nouns/index.ts'
import { between, type Collection, type List } from '../nouns/noun.ts'
import { Link, linkTo, ref, shape, words } from '../nouns/shapes.ts'
import type { Directory } from '../store/directory.ts'
import { joint, marks, seam, searchOf } from '../store/search-index.ts'
import { oneOf, type Static, Type } from '../typebox.ts'

const searched = nouns.filter(({ found }) => found)
const hitKinds = searched.map(({ kind }) => kind)

const HitKind = words('HitKind', hitKinds, 'The kind of record.')

export const Hit = shape('Hit', 'A search result.', {
  kind: ref(HitKind),
  ...Link.properties,
  snippet: Type.String({
    description: 'An excerpt as escaped HTML, safe to insert into a page. Matching words are in `<mark>`.',
    examples: ['… declare the <mark>health</mark> of …'],
  }),
})
export type Hit = Static<typeof Hit>

/** The languages of the names of agencies besides English. */
const otherLanguages = 'Arabic, Chinese, French, German, Italian, Japanese, Portuguese, Russian, Spanish and Ukrainian'

const hits: List<Hit> = {
  name: 'search',
  many: 'hits',
  tag: 'Search',
  title: 'Search',
  item: Hit,
  filters: {
    q: {
      schema: textInput(
        'The words to find, up to 200 characters. A result has all of them, in any order, also as the start of a word or in the other number (`jobs` for `job`). A code such as `C1` and a word of one or two letters such as `AI` must match exactly. Case, accents and punctuation make no difference, but `e-health` is one word, like `eHealth`. The words of a question such as `who facilitates C5` are omitted if others remain. A record whose name, code or id is the whole text comes first.',
        'e-health',
      ),
      isRequired: true,
    },
    kind: { schema: oneOf(hitKinds, { description: 'Only hits of this kind.', examples: ['session'] }) },
  },
  emptyNote: `No record has these words. You can search names, titles, keywords and texts in English, and names of agencies also in ${otherLanguages}.`,
  columns: columnsAt('kind', 'id', 'title', 'href', 'snippet'),
}

/** Registers the search. */
export function search(app: FastifyInstance, directory: Directory, site: Site): void {
  const operation = {
    list: hits,
    operationId: 'search',
    summary: 'Search the directory',
    description:
      'Finds action lines, agencies, forums, sessions, outcome documents and sources with all the words of `q`, best first. Lines and agencies with all the words in their own names and keywords come first. Then titles weigh more than text, and whole words more than prefixes. A session is also found by its year, number, lines and organizers, and any record by its kind, such as `session`. A line is also found by its coordinators and the titles of its sessions. Without a letter or digit in `q`, the list is empty. `note` of an empty list describes the searchable contents. Titles and texts are mostly in English, names of agencies also in ' +
      otherLanguages +
      '. At most 1,000 results are returned, and `total` counts all.',
    stored: { page: pageOf(directory) },
  }
  list(app, site, operation)
}

/**
 * The pages of the ranking. A place in it consists of the query and the last hit, so that it stays valid when hits are
 * added.
 */
function pageOf({ client, collections }: Directory): Collection['page'] {
  const rank = searchOf(client)
  const collectionOf = new Map(searched.map(({ kind, name }) => [kind, name]))
  return ({ q, kind: kindGiven = null }, after, limit) => {
    const words = String(q)
    const named = searched
      .filter(({ kind }) => kindGiven === null || kindGiven === kind)
      .flatMap(({ kind, name }) => {
        const id = collections.get(name)?.names.find(words)
        return id === undefined ? [] : `${kind} ${id}`
      })
    const ranking = rank(words, kindGiven as string | null)
    const places = [...new Set([...named, ...ranking.places])]
    const digest = hash('sha256', `${kindGiven} ${words}`, 'base64url').slice(0, 8)
    const keyOf = (place: string) => `${digest} ${place}`
    const begin = after === '' ? 0 : places.findIndex((place) => keyOf(place) === after) + 1
    if (after !== '' && begin === 0) throw foreignCursor('It belongs to another query, or its result no longer exists.')
    const page = places.slice(begin, begin + limit)
    const items = ranking
      .read(page)
      .map(
        ({ kind, id, title, names, keywords, titles, coordinators, sessions, texts }): Hit => ({
          kind,
          ...linkTo(String(collectionOf.get(kind)), id, title),
          snippet: snippetOf(
            [names, keywords, titles, coordinators, sessions, texts]
              .filter(Boolean)
              .join(' · ')
              .replaceAll(joint, '·')
              .replaceAll(seam, ''),
          ),
        }),
      )
    return {
      total: Math.max(places.length, ranking.total),
      items: Buffer.from(items.map((item) => JSON.stringify(item)).join(between)),
      last: begin + limit < places.length ? keyOf(String(page.at(-1))) : null,
    }
  }
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const marked = new RegExp(`${marks.begin}[^${marks.end}]+`, 'g')

/** The maximum number of words in a snippet, and the number of words before the first match. */
const [maxWords, wordsBefore] = [30, 6]

/** The part of a text with the most matches, the earliest of equal ones, as HTML. */
function snippetOf(text: string): string {
  // A mark across several words becomes one mark per word, so that cutting never splits a mark.
  const words = text.replace(marked, (words) => words.replaceAll(' ', `${marks.end} ${marks.begin}`)).split(' ')
  const isMarked = words.map((word) => word.includes(marks.begin))
  const upTo = [0]
  for (const [index, marked] of isMarked.entries()) upTo.push(Number(upTo[index]) + Number(marked))
  const countFrom = (begin: number) => Number(upTo[begin + maxWords] ?? upTo.at(-1)) - Number(upTo[begin])
  const last = Math.max(0, words.length - maxWords)
  const begin = isMarked.reduce((best, marked, index) => {
    const one = Math.min(Math.max(0, index - wordsBefore), last)
    return marked && countFrom(one) > countFrom(best) ? one : best
  }, 0)
  const part = words.slice(begin, begin + maxWords).join(' ')
  return `${begin > 0 ? '… ' : ''}${part}${begin < last ? ' …' : ''}`
    .replace(/[&<>"]/g, (sign) => String(entities[sign]))
    .replaceAll(marks.begin, '<mark>')
    .replaceAll(marks.end, '</mark>')
}
