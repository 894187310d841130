import { dashes } from '../characters.ts'
import type { Book, Span } from './spans.ts'
import { andPattern, articles, numberWords, ranging, rolePattern } from './stop-words.ts'
import { between, type Tokens, trimmed, unmarked } from './tokens.ts'

const number = String.raw`(?:\s*(?:${[...numberWords].join('|')}|#)[.°\s]*)?`
const noun = String.raw`(?:(?:wsis|smsi|cmsi|action\s*lines?|${rolePattern}(?=\s*:))${number})`
const article = String.raw`(?:(?:${[...articles].join('|')})\s+|l['’]\s*)`

/** Separators in a clear list. */
const inList = new RegExp(
  String.raw`^["”»’')\]\s]*(?:[,;&+/|•·、،؛・\n]|${andPattern}|[,;、،؛]\s*(?:${andPattern})(?=\s))["“«‘'\s]*(?:${noun}[\s:.]*|https?://|www\.|${article})*$`,
  'iu',
)
/** Separators between two names of one member, or between a line and its sub-line. */
const inApposition = new RegExp(String.raw`^[\s:.。,/|=()[\]"“”«»'’${dashes}]*(?:${noun}[\s:.]*|${article})*$`, 'iu')
/** Punctuation allowed before the first name and after the last name of a text that consists of names alone. */
const beforeAll = new RegExp(String.raw`^["“«‘'([•·\s]*(?:[${dashes}]\s+)?(?:${noun}[\s:.("“${dashes}]*)*$`, 'iu')
const beforeAgency = new RegExp(
  String.raw`^["“«‘'([•·\s]*${article}?(?:(?:isni|ror|wikidata)[\s:]*)?(?:https?://)?(?:www\.)?$`,
  'iu',
)
const behindAll = /^["”»’')\].。,;:/\s]*(?:logo)?\s*$/iu
const minus = new RegExp(`(?<![a-z])[+${dashes}]$`, 'i')
/** A role after a name, which changes nothing: `ITU (lead)`. */
const roleBehind = new RegExp(String.raw`(?:\s*[([,:]|\s+[${dashes}])\s*${rolePattern}\s*(?=[)\],;/|]|$)`, 'iu')

/**
 * True if a gap consists of what a pattern knows. "AL" is written out for it: in small letters it is a word of other
 * languages, and Node 22 cannot heed case in a part of an expression only.
 */
const fits = (pattern: RegExp, gap: string) => pattern.test(gap.replace(/ALs?/g, 'action line'))
/** True if a gap separates the members of a clear list. */
export const isListed = (gap: string): boolean => fits(inList, gap)

/** An upper limit: no clean gap has as many characters. */
const maxGap = 100

/**
 * The gap in compatibility form (NFKC), with whitespace collapsed and without loose accents. A gap that is too long is
 * not clean.
 */
function gapBetween(tokens: Tokens, one: number, next: number): string {
  const gap = unmarked(between(tokens, one, next))
    .normalize('NFKC')
    .replace(/\p{M}+/gu, '')
    .replace(/\s+/g, (spaces) => (spaces.includes('\n') ? '\n' : ' '))
  if (gap.length > maxGap) return `${gap.slice(0, maxGap)}\ufffd`
  return one < 0 ? gap : gap.replace(roleBehind, '')
}

/** The rest: runs of words that belong to no name, without the fillers around them. */
export function restsOf(tokens: Tokens, spans: Span[]): [number, number][] {
  const ends = [-1, ...spans.map(({ to }) => to)]
  return ends.flatMap((end, index) => trimmed(tokens, end + 1, (spans[index]?.from ?? tokens.list.length) - 1))
}

/** True if the text consists of names alone, with nothing before or after them that could change their meaning. */
export function areAll(tokens: Tokens, spans: Span[]): boolean {
  const { before, behind } = signsAround(tokens, spans)
  return spans.length > 0 && restsOf(tokens, spans).length === 0 && before === '' && behind === ''
}

/** The signs before the first name and after the last one that could change their meaning; '' if there are none. */
export function signsAround(tokens: Tokens, spans: Span[]): { before: string; behind: string } {
  const [first, last] = [spans[0], spans.at(-1)]
  if (!first || !last) return { before: '', behind: '' }
  const [before, behind] = [gapBetween(tokens, -1, first.from), gapBetween(tokens, last.to, tokens.list.length)]
  const isMinus = first.kind === 'code' && minus.test(before)
  const isClean = fits(beforeAll, before) || (first.noun === 'agency' && beforeAgency.test(before))
  return {
    before: isClean && !isMinus ? '' : signsIn(before) || before.trim(),
    behind: behindAll.test(behind) ? '' : signsIn(behind) || behind.trim(),
  }
}

/** The signs in a gap. */
export const signsIn = (gap: string): string => gap.replace(/[\p{L}\p{N}\s]+/gu, ' ').trim()

/** Two names with only fillers between them, and the text between. */
export interface Pair {
  one: Span
  next: Span
  between: string
}

/** A dash between two codes that may be the ends of a range. */
const dashBetween = new RegExp(String.raw`^(\s?)[${dashes}]\1$`)
const spacedDash = new RegExp(String.raw`^\s[${dashes}]\s$`)

const areCodes = ({ one, next }: Pair) => one.kind === 'code' && next.kind === 'code'
const numberOf = ({ id }: Span) => Number(id.slice(1))

/** The pairs of names with only fillers between them, in the order of the text. */
export function pairsOf(tokens: Tokens, spans: Span[]): Pair[] {
  return spans.slice(1).flatMap((next, index) => {
    const one = spans[index] as Span
    if (trimmed(tokens, one.to + 1, next.from - 1).length > 0) return []
    return [{ one, next, between: gapBetween(tokens, one.to, next.from) }]
  })
}

/** True if both names belong to one line or agency. */
export const areSame = ({ one, next }: Pair): boolean => one.noun === next.noun && one.id === next.id

const isCode = ({ kind }: Span) => kind === 'code' || kind === 'letter' || kind === 'section'

/** True if two names form a list. A slash between a code and a title does not make one. */
const areListed = ({ one, next, between }: Pair): boolean =>
  isListed(between) && !(between.includes('|') && isCode(one) !== isCode(next))

/** True if a line only repeats the parent line of its neighbour: the C7 of `E-science (Action Line C7)`. */
export function isAbove({ one, next, between }: Pair): boolean {
  const isFamily = one.id.startsWith(`${next.id}.`) || next.id.startsWith(`${one.id}.`)
  return isFamily && fits(inApposition, between) && !/[,;&+]/.test(between)
}

/**
 * The pairs that do not clearly form a list: a code before the title of another line (`C4: Media`), the ends of a
 * possible range (`C1-C11`), acronyms that make one name (`ITC-ILO`), and any other text between two names.
 */
export function unclearOf(pairs: Pair[]): Pair[] {
  const isChained = isChain(pairs)
  return pairs.filter((pair) => !isClear(pair, isChained))
}

/** `C1-C7-C11` is a list: all dashes are alike, the codes rise, and there is nothing else. */
function isChain(pairs: Pair[]): boolean {
  const isLink = (pair: Pair) =>
    areCodes(pair) &&
    dashBetween.test(pair.between) &&
    pair.between === pairs[0]?.between &&
    numberOf(pair.one) < numberOf(pair.next)
  return pairs.length > 1 && pairs.every(isLink)
}

function isClear(pair: Pair, isChained: boolean): boolean {
  const { one, next, between } = pair
  if (areSame(pair) || isAbove(pair)) return fits(inApposition, between) || areListed(pair)
  if (areCodes(pair) && dashBetween.test(between)) return isChained || numberOf(next) - numberOf(one) === 1
  if (areListed(pair)) return true
  if (one.noun !== next.noun) return [one, next].some(({ kind }) => kind === 'code') && fits(inApposition, between)
  return areCodes(pair) ? /^\s+$/.test(between) : one.noun === 'agency' && spacedDash.test(between)
}

/** True if two codes may be the ends of a range: `C1–C4`. */
export const isRange = (pair: Pair): boolean => areCodes(pair) && ranging.test(pair.between)

/** True if two names are written as one thing but belong to two: `C4: Media`. */
export const isContradiction = ({ one, next, between }: Pair): boolean =>
  one.noun === next.noun && ((one.kind === 'code') !== (next.kind === 'code') || /[:(=|"“]/.test(between))

/** The names, with those between the ends of ranges added: `C1–C4` may mean four lines. */
export function withRanges(spans: Span[], unclear: Pair[], books: Book[]): Span[] {
  const ends = new Map(unclear.filter(isRange).map(({ one, next }) => [one, next]))
  return spans.flatMap((one) => {
    const next = ends.get(one)
    return next ? [one, ...spansInRange(one, next, books)] : [one]
  })
}

function spansInRange(one: Span, next: Span, books: Book[]): Span[] {
  const names = Array.from({ length: Math.max(0, numberOf(next) - numberOf(one) - 1) }, (_none, at) => {
    const folded = `c${numberOf(one) + 1 + at}`
    return books.flatMap((book) => (book.noun === one.noun ? (book.get(folded) ?? []) : []))
  })
  return names.flat().map((name) => ({ ...one, ...name, kind: 'in-range', to: next.to, score: 0.5 }))
}
