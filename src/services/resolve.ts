import { type Static, Type } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import { fixedRoute } from '../http/fixed-route.ts'
import type { Site } from '../http/site.ts'
import { mostText, resolve } from '../names/resolution.ts'
import { dataset, Link, ref } from '../nouns/shapes.ts'
import type { Directory } from '../store/directory.ts'
import { namedNouns, oneOf } from '../vocabulary.ts'
import { readRecords } from './records.ts'

const kind = oneOf(namedNouns, { description: 'Whether it is an action line or an agency.' })

export const Match = Type.Object(
  {
    kind,
    ...Link.properties,
    score: Type.Number({
      description:
        '0 to 1. 1: the text is nothing but names in a plain list, and this is one of them. 0.9: the name stands there as a heading that says "Action Line". 0.8: it stands there among other words. Less: it is only near, or stands in a range or beside a name that contradicts it. Below 0.5 nothing is given.',
    }),
    certain: Type.Boolean({
      description:
        'True only where a program may act on it without a person: the name stands there exactly, and the text is nothing but names in a plain list, or a heading that says "Action Line" right before the code. A typing error, a part of a title, a range, a contradiction, or a text with "not" or "or" in it is never certain.',
    }),
    matched: Type.Object(
      {
        text: Type.String({ description: 'The part of the text.' }),
        name: Type.String({
          description: 'The code, title, alias or other name that it met, as the directory has it.',
        }),
      },
      { description: 'What led to it.' },
    ),
    coordinators: Type.Array(ref(Link), {
      description:
        'The bodies that the annex names for the line, in the printed order; empty for an agency, and for C7.',
    }),
  },
  { $id: 'Match', description: 'A line or body that the text means.' },
)

const Suggestion = Type.Object(
  { kind, ...Link.properties },
  { $id: 'Suggestion', description: 'A line or body that the text may mean; nothing to act on without a person.' },
)

export const Resolution = Type.Object(
  {
    dataset,
    q: Type.String({ description: 'The text as it was sent.' }),
    matches: Type.Array(ref(Match), {
      description:
        'What the text means, each line or body once, in the order of the text; empty where that is not clear.',
    }),
    unmatched: Type.Array(Type.String(), { description: 'The parts of the text that were not understood.' }),
    suggestions: Type.Array(ref(Suggestion), {
      description: 'What the parts that were not understood may mean, the nearest first, five at most.',
    }),
  },
  { $id: 'Resolution', description: 'What a text means.' },
)
export type Resolution = Static<typeof Resolution>

/** The schemas that Resolution refers to, and itself. */
export const resolutionSchemas = [Match, Suggestion, Resolution]

const Query = Type.Object(
  {
    q: Type.String({
      minLength: 1,
      maxLength: mostText,
      description: `The text, as it stands in a programme or form, of at most ${mostText} characters.`,
      examples: ['C1, C7 eGov, C11'],
    }),
    kind: Type.Optional(
      oneOf(namedNouns, {
        description: 'Only lines, or only agencies; both where it is left out.',
        examples: ['action-line'],
      }),
    ),
  },
  { additionalProperties: false },
)

/** Registers what turns a text into the lines and agencies that it means. */
export function resolution(app: FastifyInstance, directory: Directory, site: Site): void {
  const books = namedNouns.map((noun) => directory.named[noun])
  const { lines, linkOf } = readRecords(directory, site)
  // The first request must not wait until the names are in order.
  app.addHook('onReady', async () => void resolve('names', books))
  fixedRoute(app, site, {
    path: '/v1/resolve',
    operationId: 'resolve',
    summary: 'Find out what a text means',
    description:
      'Takes a text as it stands in real programmes and forms (`C1, C7 eGov, C11`, `UN DESA / ITU`) to the lines and bodies that it means. Lines are found by code, title of either text, in full or in part; bodies by acronym, full, former or national name, ROR, ISNI, Wikidata id or home page. It never guesses: a bare `C7` is C7, and a text that means nothing clear gives no match but suggestions. The same names lead to canonical addresses in paths and filters.',
    tag: 'Resolve',
    query: Query,
    answer: ['What it means.', ref(Resolution)],
    write({ q, kind }) {
      const { matches, unmatched, suggestions } = resolve(
        q,
        books.filter(({ noun }) => noun === (kind ?? noun)),
      )
      return JSON.stringify({
        dataset: site.dataset,
        q,
        matches: matches.map(({ noun, id, score, certain, text, name }) => ({
          kind: noun,
          ...linkOf(noun, id),
          score,
          certain,
          matched: { text, name },
          coordinators: noun === 'action-line' ? (lines.get(id)?.coordinators ?? []).map(({ agency }) => agency) : [],
        })),
        unmatched,
        suggestions: suggestions.map(({ noun, id }) => ({ kind: noun, ...linkOf(noun, id) })),
      } satisfies Resolution)
    },
  })
}
