import { dashes } from '../characters.ts'
import type { Book } from './book.ts'
import { joiners } from './fillers.ts'
import { restsOf } from './gaps.ts'
import type { Span } from './spans.ts'
import { type Token, type Tokens, trimmed } from './tokens.ts'

/** Whether a text that is no name is cut before a word to look for names that it is near to, one way after the other. */
const cuts: ((token: Token) => boolean)[] = [
  ({ gap }) => new RegExp(String.raw`[;|/•·()[\]{}\n\t:]|\s[${dashes}]+\s`).test(gap),
  ({ gap }) => gap.includes(','),
  ({ folded }) => joiners.has(folded),
]

/** The names that the rest of a text is near to. None of them is certain. */
export const guessesIn = (tokens: Tokens, meant: Span[], books: Book[]): Span[] =>
  restsOf(tokens, meant).flatMap(([from, to]) => guess(tokens, from, to, books, cuts))

/** The one name that a part of the text is near to; if there is none, those of the parts of the part. */
function guess(tokens: Tokens, from: number, to: number, books: Book[], [cut, ...more]: typeof cuts): Span[] {
  const words = tokens.list.slice(from, to + 1).map(({ folded }) => folded)
  const guesses = books.flatMap(({ near, noun }): Span[] => {
    const guess = near.nearest(words)
    // Words that names of both nouns have do not tell which one is meant.
    const isShared = guess?.kind === 'part' && books.some((other) => other.near !== near && other.near.hasAll(words))
    return guess && !isShared ? [{ ...guess, noun, from, to }] : []
  })
  const best = guesses.sort((a, b) => b.score - a.score)[0]
  if (best) return [best]
  if (!cut) return []
  return parts(tokens, from, to, cut).flatMap(([first, last]) => guess(tokens, first, last, books, more))
}

/** The parts that a cut makes of a part, without the fillers around each. */
function parts(tokens: Tokens, from: number, to: number, cut: (token: Token) => boolean): [number, number][] {
  const starts = [from]
  for (let at = from + 1; at <= to; at++) if (cut(tokens.list[at] as Token)) starts.push(at)
  return starts.flatMap((start, index) => trimmed(tokens, start, (starts[index + 1] ?? to + 1) - 1))
}
