import { dashes } from '../characters.ts'
import type { NamedNoun } from '../vocabulary.ts'
import { certaintyRules, type Reading, type UncertainReason } from './certainty.ts'
import { meaningOf } from './meaning.ts'
import type { Guess } from './near-names.ts'
import {
  areAll,
  areSame,
  isAbove,
  isContradiction,
  isRange,
  type Pair,
  pairsOf,
  restsOf,
  signsAround,
  signsIn,
  unclearOf,
  withRanges,
} from './separators.ts'
import type { Book, Span } from './spans.ts'
import { joiners } from './stop-words.ts'
import { type Token, type Tokens, textBetween, tokensOf, trimmed } from './tokens.ts'

/** A line or agency that a text refers to. */
export interface Match {
  noun: NamedNoun
  id: string
  /** The name that matched, as written in the seed. */
  name: string
  /** The part of the text that matched it, as sent. */
  text: string
  /** 0.5 to 1. */
  score: number
  /** True only if a program may use the match without a person's review. */
  certain: boolean
  /** The reason why it is not certain; null if it is. */
  reason: UncertainReason | null
}

export type Suggestion = Pick<Match, 'noun' | 'id'>

/** The meaning of a text: each line and agency once, in the order of the text. */
export interface Resolution {
  matches: Match[]
  /** The parts of the text without a match. */
  unmatched: string[]
  /** Possible meanings of those parts, best first. */
  suggestions: Suggestion[]
  /** A sentence about each unmatched part that is a known name of something else. */
  notes: string[]
}

/** The maximum length of a text, in characters. */
export const maxText = 1_000

const maxSuggestions = 5
/** The maximum number of unmatched parts that get suggestions. */
const maxParts = 6

/**
 * The meaning of a text, among the names of one noun or of both. If it is not thorough, only exact names match, and
 * suggestions are made only for the text as a whole. Takes time linear in the length of the text.
 */
export function resolve(text: string, books: Book[], { thorough = true } = {}): Resolution {
  const { matches, unmatched, written } = read(text, books, thorough)
  const rests = unmatched.filter((part) => /[\p{L}\p{N}]/u.test(part))
  const noteOn = (part: string) => books.flatMap((book) => book.note(part) ?? [])
  const unknown = rests.filter((part) => noteOn(part).length === 0)
  const isClear = unknown.length === 0 && rests.length + matches.length > 0
  const parts = isClear ? [] : [text, ...(thorough ? unknown : [])].slice(0, maxParts)
  const suggestions = new Map<string, Suggestion>()
  for (const { noun, id } of written) suggestions.set(`${noun} ${id}`, { noun, id })
  for (const part of parts)
    for (const { noun, id } of books.flatMap((book) => book.suggest(part).map((id) => ({ noun: book.noun, id }))))
      suggestions.set(`${noun} ${id}`, { noun, id })
  for (const { noun, id } of matches) suggestions.delete(`${noun} ${id}`)
  return {
    matches,
    unmatched,
    suggestions: [...suggestions.values()].slice(0, maxSuggestions),
    notes: [...new Set(rests.flatMap(noteOn))],
  }
}

/** Like `resolve`, without suggestions. A thorough reading also finds similar names in the rest of the text. */
export function read(text: string, books: Book[], thorough: boolean) {
  const tokens = tokensOf(text)
  const { matched: meant, dropped } = meaningOf(tokens, books)
  const guesses = thorough ? guessesIn(tokens, meant, books) : []
  const spans = [...meant, ...guesses].sort((one, other) => one.from - other.from)
  const pairs = pairsOf(tokens, spans)
  const unclear = unclearOf(pairs)
  return {
    matches: matchesOf(readingOf(tokens, meant, spans, unclear), pairs, books),
    unmatched: unmatchedIn(tokens, spans, unclear),
    /** The names that the text contains in another sense, except single letters. */
    written: dropped.filter(({ span }) => span.kind !== 'letter').map(({ span }) => span),
  }
}

/** The matches: each member once, with its highest score. */
function matchesOf(reading: Reading, pairs: Pair[], books: Book[]): Match[] {
  const { tokens, spans, unclear } = reading
  const rules = certaintyRules.map(({ reason, appliesIn }) => ({ reason, applies: appliesIn(reading) }))
  const doubtful = new Set(unclear.flatMap(({ one, next }) => [one, next]))
  const above = new Set(pairs.filter(isAbove).map(({ one, next }) => (one.id.length < next.id.length ? one : next)))
  const matches = new Map<string, Match>()
  for (const span of withRanges(spans, unclear, books)) {
    if (above.has(span)) continue
    const { noun, id, name, from, to } = span
    const reason = rules.find(({ applies }) => applies(span))?.reason ?? null
    const exact = reading.isAll ? 1 : 0.9
    const score = doubtful.has(span) ? 0.5 : reason === null ? exact : Math.round(span.score * 100) / 100
    const known = matches.get(`${noun} ${id}`)
    if (known && known.score >= score) continue
    const text = textBetween(tokens, from, to)
    matches.set(`${noun} ${id}`, { noun, id, name, text, score, certain: reason === null, reason })
  }
  return [...matches.values()]
}

function readingOf(tokens: Tokens, meant: Span[], spans: Span[], unclear: Pair[]): Reading {
  const exact = new Set<number>()
  for (const { from, to } of meant) for (let at = from; at <= to; at++) exact.add(at)
  const others = tokens.list.map(({ gap, word }, at) => (exact.has(at) ? gap : gap + word))
  return {
    tokens,
    spans,
    unclear: unclear.filter((pair) => !areSame(pair)),
    isAll: areAll(tokens, spans) && !unclear.some(areSame),
    others: others.join('') + tokens.tail,
  }
}

/** The words that belong to no name, and the separators that are not understood, in order. */
function unmatchedIn(tokens: Tokens, spans: Span[], unclear: Pair[]): string[] {
  const parts = restsOf(tokens, spans).map(([from, to]) => ({ at: from, part: textBetween(tokens, from, to) }))
  const { before, behind } = signsAround(tokens, spans)
  const isRead = (pair: Pair) => !areSame(pair) && (isRange(pair) || isContradiction(pair))
  for (const { one, between } of unclear.filter((pair) => !isRead(pair)))
    parts.push({ at: one.to, part: signsIn(between) })
  if (parts.every(({ at }) => at >= Number(spans[0]?.from))) parts.push({ at: -1, part: before })
  if (parts.every(({ at }) => at <= Number(spans.at(-1)?.to))) parts.push({ at: tokens.list.length, part: behind })
  return parts
    .filter(({ part }) => /[^\s\p{Pd}]/u.test(part))
    .sort((one, other) => one.at - other.at)
    .map(({ part }) => part)
}

const clearCut = new RegExp(String.raw`[;|/•·()[\]{}\n\t:]|\s[${dashes}]+\s`)

/** The words at which a text is cut into parts that may be similar to names; one way of cutting after the other. */
const cuts: ((token: Token) => boolean)[] = [
  ({ gap }) => clearCut.test(gap),
  ({ gap }) => gap.includes(','),
  ({ folded }) => joiners.has(folded),
]

/** The names that the rest of a text is similar to. None of them is certain. */
const guessesIn = (tokens: Tokens, matched: Span[], books: Book[]): Span[] =>
  restsOf(tokens, matched).flatMap(([from, to]) => guess(tokens, matched, from, to, books, 0))

/**
 * The one name that a part of the text is similar to, otherwise those that its own parts are similar to. `level`: the
 * first way of cutting that is left.
 */
function guess(tokens: Tokens, matched: Span[], from: number, to: number, books: Book[], level: number): Span[] {
  if (books.some((book) => book.note(textBetween(tokens, from, to)))) return []
  const words = tokens.list.slice(from, to + 1).map(({ folded }) => folded)
  const guesses = books.flatMap((book): Span[] => {
    const beside = besideLine(tokens, matched, from, to, book)
    const guess = beside ?? book.near.nearest(words)
    // Words in names of both nouns are ambiguous, unless a code is beside them.
    const isShared =
      !beside && guess?.kind === 'part' && books.some((other) => other !== book && other.near.hasAll(words))
    return guess && !isShared ? [{ ...guess, noun: book.noun, from, to }] : []
  })
  const best = guesses.sort((a, b) => b.score - a.score)[0]
  if (best) return [best]
  const rest = tokens.list.slice(from + 1, to + 1)
  const next = cuts.findIndex((cut, index) => index >= level && rest.some(cut))
  const cut = cuts[next]
  if (!cut) return []
  return parts(tokens, from, to, cut).flatMap(([first, last]) => guess(tokens, matched, first, last, books, next + 1))
}

/** The line whose title the words beside its code begin or continue: `C3. Access to information`. */
function besideLine(tokens: Tokens, matched: Span[], from: number, to: number, book: Book): Guess | undefined {
  const before = matched.findLast((one) => one.to < from && trimmed(tokens, one.to + 1, from - 1).length === 0)
  const behind = matched.find((one) => one.from > to && trimmed(tokens, to + 1, one.from - 1).length === 0)
  const begins = (line: Span, start: number) => {
    const words = tokens.list.slice(start, to + 1).map(({ folded }) => folded)
    return book.noun === line.noun && book.near.beginning(words, line.id) === words.length
  }
  const line =
    [before, behind].find((one) => one?.kind === 'code' && begins(one, from)) ??
    [before].find((one) => one && [one.from, one.from + 1].some((start) => begins(one, start)))
  return line && { id: line.id, name: line.name, kind: 'part', score: 0.8 }
}

/** The parts of a part after a cut, each without the fillers around it. */
function parts(tokens: Tokens, from: number, to: number, cut: (token: Token) => boolean): [number, number][] {
  const starts = [from]
  for (let at = from + 1; at <= to; at++) if (cut(tokens.list[at] as Token)) starts.push(at)
  return starts.flatMap((start, index) => trimmed(tokens, start, (starts[index + 1] ?? to + 1) - 1))
}
