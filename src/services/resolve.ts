import type { FastifyInstance } from 'fastify'
import { fixedRoute } from '../http/fixed-route.ts'
import type { Site } from '../http/site.ts'
import type { Match as NameMatch } from '../names/resolution.ts'
import { maxText, resolve } from '../names/resolution.ts'
import { CurrentEdition } from '../nouns/line-shapes.ts'
import { dataset, Link, nullable, ref, Status, words } from '../nouns/shapes.ts'
import { oneOf } from '../schema.ts'
import type { Directory } from '../store/directory.ts'
import type { Records } from '../store/records.ts'
import { type Static, Type } from '../typebox.ts'
import { namedNouns, uncertainReasons } from '../vocabulary.ts'

const NamedNoun = words('NamedNoun', namedNouns, 'What a name in a text can be of.')

const UncertainReason = words(
  'UncertainReason',
  uncertainReasons,
  '`misspelt`, `part-of-a-name`, `shortened`: only near to a name. `number-for-a-code`: `Action Line 4`. `negation`, `choice`: the text has a word such as "not", or such as "or". `range`: `C1–C4`. `contradiction`: two names for one thing, `C4: Media`. `unclear-list`: `ITC-ILO`. `ordinary-word`: `The Who`. `struck-out`: a stroke through a letter. `other-text`: other words or characters beside the names.',
)

const MatchedText = Type.Object(
  {
    text: Type.String({ description: 'The part of the text.' }),
    name: Type.String({ description: 'The id, title, alias or other name that it matched, as the directory has it.' }),
  },
  { $id: 'MatchedText', description: 'What led to a match.' },
)

export const Match = Type.Object(
  {
    kind: ref(NamedNoun),
    ...Link.properties,
    score: Type.Number({
      minimum: 0.5,
      maximum: 1,
      description:
        '1: the text is nothing but names in a plain list, and this is one of them. 0.9: the name is in a heading that says "Action Line". 0.8: it is among other words. Less: it is only near, or in a range, or beside a name that contradicts it. Below 0.5 nothing is given.',
    }),
    certain: Type.Boolean({
      description:
        'True only if a program may act on it without a person: the name is written exactly, and the text is nothing but names in a plain list, or a heading that says "Action Line" right before the code.',
    }),
    reason: nullable(
      ref(UncertainReason),
      'Why it is not certain: the first reason that applies; null if it is certain.',
    ),
    matched: ref(MatchedText),
    coordinators: Type.Array(ref(Link), {
      description:
        'In the draft of 2005: the agencies that the founding table names for the line, in the printed order; empty for an agency, and for C7. See `current` for the newest table.',
    }),
    edition: nullable(ref(Link), 'The edition of `coordinators`; null for an agency.'),
    status: nullable(ref(Status), 'Its status; null for an agency.'),
    current: nullable(
      ref(CurrentEdition),
      'The newest edition that names coordinators or facilitators for the line, with the lead contacts beside it; null for an agency, and for C7.',
    ),
  },
  { $id: 'Match', description: 'A line or agency that the text means.' },
)

const Suggestion = Type.Object(
  { kind: ref(NamedNoun), ...Link.properties },
  { $id: 'Suggestion', description: 'A line or agency that the text may mean; nothing to act on without a person.' },
)

export const Resolution = Type.Object(
  {
    dataset,
    q: Type.String({ description: 'The text as it was sent.' }),
    matches: Type.Array(ref(Match), {
      description:
        'What the text means, each line or agency once, in the order of the text; empty if that is not clear.',
    }),
    unmatched: Type.Array(Type.String(), {
      description: 'The parts of the text that match no line and no agency.',
    }),
    suggestions: Type.Array(ref(Suggestion), {
      description: 'Lines and agencies that these parts may mean, the nearest first, five at most.',
    }),
    notes: Type.Array(Type.String(), {
      description:
        'A sentence about each of these parts that is a body of the UN system named for no action line, such as IMO.',
    }),
  },
  { $id: 'Resolution', description: 'What a text means.' },
)
export type Resolution = Static<typeof Resolution>

/** Resolution and the schemas that it refers to. */
export const resolutionSchemas = [NamedNoun, UncertainReason, MatchedText, Match, Suggestion, Resolution]

const Query = Type.Object(
  {
    q: Type.String({
      minLength: 1,
      maxLength: maxText,
      description: `The text, as it is in a programme or form, of at most ${maxText} characters.`,
      examples: ['C1, C7 eGov, C11'],
    }),
    kind: Type.Optional(
      oneOf(namedNouns, {
        description: 'Only lines, or only agencies; both if it is left out.',
        examples: ['action-line'],
      }),
    ),
  },
  { additionalProperties: false },
)

const description = `Takes a text as it is in real programmes and forms (\`C1, C7 eGov, C11\`, \`UN DESA / ITU\`) to the lines and agencies that it means. Lines are found by code, title of either text, in full or in part; agencies by acronym, full, former or national name, ROR, ISNI, Wikidata id or home page. It never guesses: a bare \`C7\` is C7, and a text that means nothing clear gives no match but suggestions, among them the lines of ordinary words such as \`cybersecurity\`. What is not understood is in \`unmatched\`. A match that is not \`certain\` says why in \`reason\`. The same names lead to canonical addresses in paths and filters, which take exactly what is certain.`

/** Registers the resolution of a text into lines and agencies. */
export function resolution(app: FastifyInstance, { named }: Directory, site: Site, records: Records): void {
  const books = namedNouns.map((noun) => named[noun])
  fixedRoute(app, site, {
    path: '/v1/resolve',
    operationId: 'resolve',
    summary: 'Find out what a text means',
    description,
    tag: 'Resolve',
    query: Query,
    response: ['What it means.', ref(Resolution)],
    write({ q, kind }) {
      const selected = books.filter(({ noun }) => noun === (kind ?? noun))
      const { matches, unmatched, suggestions, notes } = resolve(q, selected)
      return JSON.stringify({
        dataset: site.dataset,
        q,
        matches: matches.map((match) => matchOf(match, records)),
        unmatched,
        suggestions: suggestions.map(({ noun, id }) => ({ kind: noun, ...records.linkOf(noun, id) })),
        notes,
      } satisfies Resolution)
    },
  })
}

function matchOf({ noun, id, score, certain, reason, text, name }: NameMatch, records: Records) {
  const line = noun === 'action-line' ? records.byId('action-lines').get(id) : undefined
  return {
    kind: noun,
    ...records.linkOf(noun, id),
    score,
    certain,
    reason,
    matched: { text, name },
    coordinators: (line?.coordinators ?? []).map(({ agency }) => agency),
    edition: line?.annex.edition ?? null,
    status: line?.annex.status ?? null,
    current: line?.current ?? null,
  }
}
