import { hash } from 'node:crypto'
import { type Static, Type } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import { foreignCursor } from '../http/answers.ts'
import { type List, list } from '../http/collection.ts'
import { Link, linker, type Site } from '../http/shapes.ts'
import type { Directory } from '../store/directory.ts'
import { joint, marks, searchOf } from '../store/search.ts'
import { hitKinds, oneOf } from '../vocabulary.ts'

export const Hit = Type.Object(
  {
    kind: oneOf(hitKinds, { description: 'Which noun it is a member of.' }),
    ...Link.properties,
    snippet: Type.String({
      description:
        'Some words around what matched, or the first ones, as HTML that can be put into a page as it stands: `&`, `<`, `>` and `"` are escaped, each word that matched stands in `<mark>`, and `…` stands where more follows.',
      examples: ['… declare the <mark>health</mark> of …'],
    }),
  },
  { $id: 'Hit', description: 'A member of the directory that was found by its words.' },
)
export type Hit = Static<typeof Hit>

const Filters = Type.Object({
  q: Type.String({
    minLength: 1,
    maxLength: 200,
    description:
      'The words to find, up to 200 characters. Each must stand in what is found, in any order, as it is or as the beginning of a word; a code such as `C1` only as it is. Signs part words and mean nothing else, an apostrophe with an "s" is left out, and case and accents make no difference; but `e-health` is one word, the same as `eHealth`. What the whole text is a name, code or id of stands first.',
    examples: ['e-health'],
  }),
  kind: Type.Optional(oneOf(hitKinds, { description: 'Only hits of this kind.', examples: ['session'] })),
})

/** Registers the search. */
export function search(app: FastifyInstance, directory: Directory, site: Site): void {
  list(app, site, {
    name: 'search',
    operationId: 'search',
    summary: 'Search the directory',
    description:
      'Action lines, bodies, sessions, outcome documents and sources with all the words asked for, the best first: names of lines and bodies weigh more than other titles, titles more than text, whole words more than beginnings. A line is also found by its coordinators; a session by its year, its number, its lines, and acronym and name of the bodies that organized it; each also by its kind, such as `session`. Without a letter or digit in `q` there is nothing to find, and the list is empty.',
    many: 'hits',
    tag: 'Search',
    item: Hit,
    filters: Filters,
    lookups: {},
    columns: {
      kind: (hit) => hit.kind,
      id: (hit) => hit.id,
      title: (hit) => hit.title,
      href: (hit) => hit.href,
      snippet: (hit) => hit.snippet,
    },
    page: pageOf(directory, site),
  })
}

/** The pages of the ranking. A place in it is known by the question and the last hit, so that it holds while hits are added. */
function pageOf({ db, names }: Directory, site: Site): List<typeof Hit, typeof Filters>['page'] {
  const link = linker(site)
  const { rank, read } = searchOf(db)
  const nouns = {
    'action-line': { collection: 'action-lines', names: names.actionLine },
    agency: { collection: 'agencies', names: names.agency },
    session: { collection: 'sessions', names: names.session },
    'outcome-document': { collection: 'outcome-documents', names: names.outcomeDocument },
    source: { collection: 'sources', names: names.source },
  }
  return ({ q, kind: kindAsked }, after, limit) => {
    const question = String(q)
    const kinds = hitKinds.filter((kind) => kindAsked === null || kindAsked === kind)
    const named = kinds.flatMap((kind) => {
      const id = nouns[kind].names.find(question)
      return id === undefined ? [] : `${kind} ${id}`
    })
    const places = [...new Set([...named, ...rank(question, kindAsked as Hit['kind'] | null)])]
    const digest = hash('sha256', `${kindAsked} ${question}`, 'base64url').slice(0, 8)
    const keyOf = (place: string) => `${digest} ${place}`
    const begin = after === '' ? 0 : places.findIndex((place) => keyOf(place) === after) + 1
    if (after !== '' && begin === 0) throw foreignCursor('It is of another question, or its hit is gone.')
    const page = places.slice(begin, begin + limit)
    return {
      total: places.length,
      items: read(question, page).map(({ kind, id, title, ...found }) => ({
        kind,
        ...link(nouns[kind].collection, id, title),
        snippet: snippetOf(
          [found.names, found.titles, found.coordinators, found.texts]
            .filter(Boolean)
            .join(' · ')
            .replaceAll(joint, '·'),
        ),
      })),
      last: begin + limit < places.length ? keyOf(String(page.at(-1))) : null,
    }
  }
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const marked = new RegExp(`${marks.begin}[^${marks.end}]+`, 'g')

/** How many words a snippet has at most, and how many of them stand before the first that matched. */
const [mostWords, wordsBefore] = [30, 6]

/** The part of a text with the most marks, the earliest of equal ones, as HTML. */
function snippetOf(text: string): string {
  // A mark that spans words becomes a mark on each, so that none is cut in two.
  const words = text.replace(marked, (words) => words.replaceAll(' ', `${marks.end} ${marks.begin}`)).split(' ')
  const isMarked = words.map((word) => word.includes(marks.begin))
  const upTo = [0]
  for (const [index, marked] of isMarked.entries()) upTo.push(Number(upTo[index]) + Number(marked))
  const countFrom = (begin: number) => Number(upTo[begin + mostWords] ?? upTo.at(-1)) - Number(upTo[begin])
  const last = Math.max(0, words.length - mostWords)
  const begin = isMarked.reduce((best, marked, index) => {
    const one = Math.min(Math.max(0, index - wordsBefore), last)
    return marked && countFrom(one) > countFrom(best) ? one : best
  }, 0)
  const part = words.slice(begin, begin + mostWords).join(' ')
  return `${begin > 0 ? '… ' : ''}${part}${begin < last ? ' …' : ''}`
    .replace(/[&<>"]/g, (sign) => String(entities[sign]))
    .replaceAll(marks.begin, '<mark>')
    .replaceAll(marks.end, '</mark>')
}
