import { dashes } from '../characters.ts'
import type { Span } from './spans.ts'
import { between, type Tokens, trimmed } from './tokens.ts'

/** Two names with nothing but fillers between them, and what is written there. */
export interface Pair {
  one: Span
  next: Span
  between: string
}

const noun = String.raw`(?:wsis|smsi|cmsi|action\s*lines?|(?-i:ALs?))`
const and = '(?:and|et|und|y|и)'

/** Characters that part one name from the next. */
export const border = new RegExp(String.raw`[,;:/|•·()[\]{}<>"“”«»\n\t]|\s[${dashes}]+\s`)
/** Between two names of a list that a program may act on. */
export const inList = new RegExp(
  String.raw`^["”»’')\]\s]*(?:[,;&+/•·\n]|${and}(?=\s)|[,;]\s*${and}(?=\s))["“«‘'\s]*(?:${noun}[\s:.]*|https?://|www\.|(?:the|la|le|el)\s+|l['’])*$`,
  'i',
)
/** Between two names of one member, or a line and its sub-line. */
export const inApposition = new RegExp(String.raw`^[\s:.,/|=()"“”«»'’${dashes}]*(?:${noun}[\s:.]*)*$`, 'i')
/** Before the first name of a text that is nothing but names, and behind the last one. */
const beforeAll = new RegExp(String.raw`^["“«‘'([•·*\s]*(?:[${dashes}]\s+)?(?:${noun}[\s:.("“-]*)*$`, 'i')
const beforeAgency =
  /^["“«‘'([•·*\s]*(?:(?:the|la|le|les|el|los|las|der|die|das)\s+|l['’]\s*)?(?:(?:isni|ror|wikidata)[\s:]*)?(?:https?:\/\/)?(?:www\.)?$/i
const behindAll = /^["”»’')\].,;:/\s]*(?:logo)?\s*$/i
const minus = new RegExp(`(?<![a-z])[+${dashes}]$`, 'i')

/** More characters than a clean gap has. */
const mostGap = 100

/** A gap in compatibility form (NFKC), with one space or line break for several; one that is too long is not clean. */
function gapBetween(tokens: Tokens, one: number, next: number): string {
  const gap = between(tokens, one, next)
    .normalize('NFKC')
    .replace(/\s+/g, (spaces) => (spaces.includes('\n') ? '\n' : ' '))
  return gap.length > mostGap ? `${gap.slice(0, mostGap)}\ufffd` : gap
}

/** What is left: the words in a row that belong to no name, without the fillers around them. */
export function restsOf(tokens: Tokens, spans: Span[]): [number, number][] {
  const ends = [-1, ...spans.map(({ to }) => to)]
  return ends.flatMap((end, index) => trimmed(tokens, end + 1, (spans[index]?.from ?? tokens.list.length) - 1))
}

/** The names with nothing but fillers between them, in the order of the text. */
export function pairsOf(tokens: Tokens, spans: Span[]): Pair[] {
  return spans.slice(1).flatMap((next, index) => {
    const one = spans[index] as Span
    if (trimmed(tokens, one.to + 1, next.from - 1).length > 0) return []
    return [{ one, next, between: gapBetween(tokens, one.to, next.from) }]
  })
}

/** Whether the text is names alone, with nothing before and behind them that could change what they mean. */
export function areAll(tokens: Tokens, spans: Span[]): boolean {
  const [first, last] = [spans[0], spans.at(-1)]
  if (!first || !last || restsOf(tokens, spans).length > 0) return false
  const before = gapBetween(tokens, -1, first.from)
  const isMinus = first.kind === 'code' && minus.test(before)
  const isCleanBefore = beforeAll.test(before) || (first.noun === 'agency' && beforeAgency.test(before))
  return isCleanBefore && !isMinus && behindAll.test(gapBetween(tokens, last.to, tokens.list.length))
}
