import { type Static, Type } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import { and, asc, eq } from '../drizzle.ts'
import { linkHeader } from '../http/answers.ts'
import { settleCaching } from '../http/caching.ts'
import { formatFor, mediaTypes } from '../http/formats.ts'
import { queryString, settleQuery } from '../http/query.ts'
import { Link, linker, nullable, ref, type Site } from '../http/shapes.ts'
import { mostText, resolve } from '../names/resolve.ts'
import type { Directory } from '../store/directory.ts'
import { among, grouped } from '../store/queries.ts'
import { agencies, coordinations, actionLines as lines, sources } from '../store/tables.ts'
import { type NamedNoun, namedNouns, oneOf, uncertainReasons } from '../vocabulary.ts'

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
    reason: nullable(
      oneOf(uncertainReasons, {
        description:
          '`misspelt`, `part-of-a-name`, `shortened`: only near to a name. `number-for-a-code`: `Action Line 4`. `negation`, `choice`: the text has a word such as "not", or such as "or". `range`: `C1–C4`. `contradiction`: two names for one thing, `C4: Media`. `unclear-list`: `ITC-ILO`. `ordinary-word`: `The Who`. `struck-out`: a stroke through a letter. `other-text`: other words or characters beside the names.',
      }),
      'Why it is not certain, the first reason of this list that applies; null if it is certain.',
    ),
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
    dataset: Type.String({
      description: 'Which data this is: the first 12 hex digits of SHA-256 over the seed files.',
    }),
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

const collections = { 'action-line': 'action-lines', agency: 'agencies' } as const

/** Registers what turns a text into the lines and bodies that it means. */
export function resolution(app: FastifyInstance, { db, names }: Directory, site: Site): void {
  const link = linker(site)
  const { titled, coordinating } = statementsOf(db)
  // Whoever asks first shall not wait until the names are in order.
  app.addHook('onReady', async () => void resolve('names', [names.actionLine, names.agency]))
  app.get('/v1/resolve', {
    attachValidation: true,
    config: { fixed: true },
    schema: {
      operationId: 'resolve',
      summary: 'Find out what a text means',
      description:
        'Takes a text as it stands in real programmes and forms (`C1, C7 eGov, C11`, `UN DESA / ITU`) to the lines and bodies that it means. Lines are found by code, title of either text, in full or in part; bodies by acronym, full, former or national name, ROR, ISNI, Wikidata id or home page. It never guesses: a bare `C7` is C7, and a text that means nothing clear gives no match but suggestions. The same names lead to canonical addresses in paths and filters.',
      tags: ['Resolve'],
      querystring: Query,
      response: {
        200: { description: 'What it means.', content: { 'application/json': { schema: ref(Resolution) } } },
      },
    },
    handler: (request, reply) => {
      const query = settleQuery(request, Query, {})
      formatFor(request, ['json'])
      const own = `/v1/resolve${queryString(query)}`
      if (settleCaching(site, request, reply, own, 'json')) return reply

      const books = [names.actionLine, names.agency].filter(({ noun }) => noun === (query.kind ?? noun))
      const { matches, unmatched, suggestions } = resolve(String(query.q), books)
      const ids = JSON.stringify([...matches, ...suggestions].map(({ id }) => id))
      const titles = new Map(
        namedNouns.flatMap((noun) => titled[noun].all({ ids })).map(({ id, title }) => [id, title]),
      )
      const coordinators = grouped(coordinating.all({ ids }), ({ line }) => line)
      const linked = (noun: NamedNoun, id: string) => ({
        kind: noun,
        ...link(collections[noun], id, String(titles.get(id))),
      })
      const answer: Resolution = {
        dataset: site.dataset,
        q: String(query.q),
        matches: matches.map(({ noun, id, score, certain, reason, text, name }) => ({
          ...linked(noun, id),
          score,
          certain,
          reason,
          matched: { text, name },
          coordinators: coordinators(id).map(({ agency, title }) => link('agencies', agency, title)),
        })),
        unmatched,
        suggestions: suggestions.map(({ noun, id }) => linked(noun, id)),
      }
      return reply
        .header('link', linkHeader(site, own, {}))
        .type(mediaTypes.json)
        .send(answer)
    },
  })
}

/** The titles of lines and bodies, and the coordinators that the annex names for lines. */
function statementsOf(db: Directory['db']) {
  const line = db.select({ id: lines.code, title: lines.title }).from(lines).where(among(lines.code, 'ids')).prepare()
  const agency = db
    .select({ id: agencies.id, title: agencies.name })
    .from(agencies)
    .where(among(agencies.id, 'ids'))
    .prepare()
  const coordinating = db
    .select({ line: coordinations.actionLine, agency: agencies.id, title: agencies.name })
    .from(coordinations)
    .innerJoin(sources, and(eq(sources.id, coordinations.source), eq(sources.isDefault, true)))
    .innerJoin(agencies, eq(agencies.id, coordinations.agency))
    .where(among(coordinations.actionLine, 'ids'))
    .orderBy(asc(coordinations.sortKey))
    .prepare()
  return { titled: { 'action-line': line, agency }, coordinating }
}
