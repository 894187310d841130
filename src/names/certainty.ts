import { dashes } from '../characters.ts'
import { isContradiction, isRange, type Pair } from './separators.ts'
import { allIf, type MatchKind, type Span } from './spans.ts'
import { choice, joiners, negation, ordinary } from './stop-words.ts'
import { foldedAt, type Tokens, textBetween, unmarked } from './tokens.ts'

/** A text with the names that it contains, and the facts about the text as a whole. */
export interface Reading {
  tokens: Tokens
  spans: Span[]
  /** The pairs of neighbours that do not clearly belong to a list, between two lines or two agencies. */
  unclear: Pair[]
  /** True if the text consists of names alone, in a plain list. */
  isAll: boolean
  /** The text without the names that are certain by themselves. */
  others: string
}

/** A rule that makes a name uncertain, and the reason that it gives. */
interface CertaintyRule {
  reason: string
  appliesIn(reading: Reading): (span: Span) => boolean
}

const isKind =
  (...kinds: MatchKind[]) =>
  () =>
  ({ kind }: Span) =>
    kinds.includes(kind)

/**
 * The rules that make a name uncertain. The first that applies gives the reason. Adding a reason is a change of the API.
 */
export const certaintyRules = [
  // `Enabling enviroment`
  { reason: 'misspelt', appliesIn: isKind('misspelt') },
  // `Ethical dimensions`
  { reason: 'part-of-a-name', appliesIn: isKind('part') },
  // `e-agri`
  { reason: 'shortened', appliesIn: isKind('shortened') },
  // `Action Lines 4 and 6`
  { reason: 'number-for-a-code', appliesIn: isKind('number', 'listed') },
  // `Not Action Line C5`
  { reason: 'negation', appliesIn: ({ others }) => allIf(negation.test(others)) },
  // `C4 or C5`
  { reason: 'choice', appliesIn: ({ others }) => allIf(choice.test(others)) },
  // `C1–C4`
  { reason: 'range', appliesIn: ({ unclear }) => allIf(unclear.some(isRange)) },
  // `C4: Media`
  { reason: 'contradiction', appliesIn: ({ unclear }) => allIf(unclear.some(isContradiction)) },
  // `ITC-ILO`
  { reason: 'unclear-list', appliesIn: ({ unclear }) => allIf(unclear.length > 0) },
  // `I̶T̶U̶, WHO`
  {
    reason: 'struck-out',
    appliesIn: ({ tokens }) =>
      allIf(tokens.list.some(({ gap, word }) => strokes.test(gap + word)) || strokes.test(tokens.tail)),
  },
  // `The Who`
  {
    reason: 'ordinary-word',
    appliesIn: ({ tokens, spans }) => {
      const isWord = spans.some((span) => isOrdinary(textBetween(tokens, span.from, span.to)))
      return (span) => isWord && !isHeading(span, tokens)
    },
  },
  // `ITU and its partners`
  {
    reason: 'other-text',
    appliesIn:
      ({ tokens, isAll }) =>
      (span) =>
        !isAll && !isHeading(span, tokens),
  },
] as const satisfies CertaintyRule[]
export type UncertainReason = (typeof certaintyRules)[number]['reason']

/** True for an acronym that is also a word, if it is not in capitals: `who`. */
const isOrdinary = (word: string) => ordinary.has(word.toLowerCase()) && word !== word.toUpperCase()

/** Strokes through a letter or around it. */
const strokes = /[\u0334-\u0338\u20d2\u20d3\u20d8-\u20da\u20dd-\u20e0\u20e2-\u20e6]/

/** A pictogram may cross a heading out. */
const picture = /(?![©®™])\p{Extended_Pictographic}/u

const opening = new RegExp(`[;:•·([,${dashes}]$`)
const closing = new RegExp(String.raw`^(?:[:;,()\]&：；，、،؛${dashes}]|\.\s|\.?$)`)

/**
 * True for a code directly after "Action Line", at the start of a heading, or in brackets: `WSIS Action Line C9: …`.
 */
function isHeading({ kind, from, to }: Span, tokens: Tokens): boolean {
  const { list, tail } = tokens
  const start = kind === 'code' ? headingStart(tokens, from) : undefined
  if (start === undefined || picture.test(tokens.text) || !/^[\s:.]*$/.test(unmarked(String(list[from]?.gap))))
    return false
  const gap = unmarked(String(list[start]?.gap))
  const before = gap.trimEnd()
  const isOpen = before === '' ? start === 0 || gap.includes('\n') : opening.test(before.slice(-1))
  const next = list[to + 1]
  const behind = unmarked(`${next?.gap ?? tail}${next?.word ?? ''}`).trimStart()
  return isOpen && (joiners.has(String(next?.folded)) || closing.test(behind.slice(0, 2)))
}

/** The first word of the "Action Line" or "AL" directly before a word, or of the "WSIS" before that. */
function headingStart(tokens: Tokens, at: number): number | undefined {
  const before = foldedAt(tokens, at - 1)
  const isTwo = /^lines?$/.test(before) && foldedAt(tokens, at - 2) === 'action'
  const isOne = /^actionlines?$/.test(before) || tokens.list[at - 1]?.word === 'AL'
  if (!isOne && !isTwo) return undefined
  const start = isTwo ? at - 2 : at - 1
  const isAfterWsis = foldedAt(tokens, start - 1) === 'wsis' && tokens.list[start]?.gap.trim() === ''
  return isAfterWsis ? start - 1 : start
}
