import type { FastifyInstance } from 'fastify'
import { fixedRoute } from '../http/operation.ts'
import { querySchema } from '../http/query.ts'
import type { Site } from '../http/site.ts'
import { certaintyRules } from '../names/certainty.ts'
import { maxText, type Match as NameMatch, resolve } from '../names/resolution.ts'
import { textInput } from '../nouns/filters.ts'
import { CurrentEdition } from '../nouns/line-shapes.ts'
import { absolute, dataset, Link, nullable, ref, Status, shape, words } from '../nouns/shapes.ts'
import type { Directory } from '../store/directory.ts'
import type { Records } from '../store/records.ts'
import { oneOf, type Static, Type } from '../typebox.ts'
import { namedNouns } from '../vocabulary.ts'

const NamedNoun = words('NamedNoun', namedNouns, 'The kind of a named record.')

const UncertainReason = words(
  'UncertainReason',
  certaintyRules.map(({ reason }) => reason),
  '`misspelt`, `part-of-a-name`, `shortened`: only near to a name. `number-for-a-code`: `Action Line 4`. `negation`, `choice`: the text has a word such as "not", or such as "or". `range`: `C1–C4`. `contradiction`: two names for one thing, `C4: Media`. `unclear-list`: `ITC-ILO`. `ordinary-word`: `The Who`. `struck-out`: a stroke through a letter. `other-text`: other words or characters beside the names.',
)

const MatchedText = shape('MatchedText', 'The text and the name behind a match.', {
  text: Type.String({ description: 'The part of the text.' }),
  name: Type.String({ description: 'The id, title or other name that it matched.' }),
})

export const Match = shape('Match', 'A line or agency found in the text.', {
  kind: ref(NamedNoun),
  ...Link.properties,
  score: Type.Number({
    minimum: 0.5,
    maximum: 1,
    description:
      '1: one name of a plain list. 0.9: in a heading with "Action Line". 0.8: among other words. Less, but at least 0.5: similar, in a range, or beside a contradicting name.',
  }),
  certain: Type.Boolean({
    description:
      'True only if a program may act on it without human confirmation: the name is exact, and the text is a plain list of names, or a heading with "Action Line" before the code.',
  }),
  reason: nullable(ref(UncertainReason), 'The first reason for uncertainty, or null if certain.'),
  matched: ref(MatchedText),
  coordinators: Type.Array(ref(Link), {
    description:
      'The agencies that the draft of 2005 names for the line, in the printed order. Empty for an agency and for C7. See `current` for the newest table.',
  }),
  edition: nullable(ref(Link), 'The edition of `coordinators`. Null for an agency.'),
  status: nullable(ref(Status), 'The status of the edition. Null for an agency.'),
  current: nullable(
    ref(CurrentEdition),
    'The newest edition that names coordinators or facilitators for the line, and the lead contacts. Null for an agency and for C7.',
  ),
})

const Suggestion = shape('Suggestion', 'A possible match. It needs human confirmation.', {
  kind: ref(NamedNoun),
  ...Link.properties,
})

export const Resolution = shape('Resolution', 'The lines and agencies named in a text.', {
  dataset,
  q: Type.String({ description: 'The text as it was sent.' }),
  matches: Type.Array(ref(Match), {
    description: 'Each line or agency once, in the order of the text. Empty if the text is unclear.',
  }),
  unmatched: Type.Array(Type.String(), { description: 'The parts of the text that match no line and no agency.' }),
  suggestions: Type.Array(ref(Suggestion), {
    maxItems: 5,
    description: 'Possible matches of these parts, nearest first.',
  }),
  notes: Type.Array(Type.String(), {
    description: 'A sentence about each part that is a UN body named for no action line, such as IMO.',
  }),
})
export type Resolution = Static<typeof Resolution>

const ResolveQuery = querySchema({
  q: textInput(`The text, up to ${maxText} characters.`, 'C1, C7 eGov, C11', maxText),
  kind: Type.Optional(
    oneOf(namedNouns, { description: 'Only lines or only agencies. Default: both.', examples: ['action-line'] }),
  ),
})

const resolveDescription = `Finds the action lines and agencies in a text from a programme or form, such as \`C1, C7 eGov, C11\` or \`UN DESA / ITU\`. Lines are found by code or title, also in part, and agencies by acronym, name, former or national name, ROR, ISNI, Wikidata id or home page. It never guesses: a bare \`C7\` is C7. An unclear text gets no match but \`suggestions\`, also for everyday words such as \`cybersecurity\`. \`unmatched\` lists the parts that match nothing. \`reason\` says why a match is not \`certain\`. Paths and filters accept the same names, if certain.`

/** Registers the resolution of a text into lines and agencies. */
export function resolution(app: FastifyInstance, { named, records }: Directory, site: Site): void {
  const books = namedNouns.map((noun) => named[noun])
  fixedRoute(app, site, {
    path: '/v1/resolve',
    operationId: 'resolve',
    summary: 'Resolve a text',
    description: resolveDescription,
    tag: 'Resolve',
    query: ResolveQuery,
    response: ['The matches.', { json: ref(Resolution) }],
    write({ q: text, kind }) {
      const q = String(text)
      const selected = books.filter(({ noun }) => noun === (kind ?? noun))
      const { matches, unmatched, suggestions, notes } = resolve(q, selected)
      const resolution: Resolution = {
        dataset: site.dataset,
        q,
        matches: matches.map((match) => matchOf(match, records)),
        unmatched,
        suggestions: suggestions.map(({ noun, id }) => ({ kind: noun, ...records.linkOf(noun, id) })),
        notes,
      }
      return absolute(site, JSON.stringify(resolution))
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
