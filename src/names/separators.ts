import { dashes } from '../characters.ts'
import type { Span } from './spans.ts'
import { andPattern, articles, numberWords, rolePattern } from './stop-words.ts'
import { between, type Tokens, trimmed, unmarked } from './tokens.ts'

const number = String.raw`(?:\s*(?:${[...numberWords].join('|')}|#)[.°\s]*)?`
const noun = String.raw`(?:(?:wsis|smsi|cmsi|action\s*lines?|(?-i:ALs?)|${rolePattern}(?=\s*:))${number})`
const article = String.raw`(?:(?:${[...articles].join('|')})\s+|l['’]\s*)`

/** Separators in a clear list. */
export const inList = new RegExp(
  String.raw`^["”»’')\]\s]*(?:[,;&+/|•·、،؛・\n]|${andPattern}|[,;、،؛]\s*(?:${andPattern})(?=\s))["“«‘'\s]*(?:${noun}[\s:.]*|https?://|www\.|${article})*$`,
  'iu',
)
/** Separators between two names of one member, or between a line and its sub-line. */
export const inApposition = new RegExp(
  String.raw`^[\s:.。,/|=()[\]"“”«»'’${dashes}]*(?:${noun}[\s:.]*|${article})*$`,
  'iu',
)
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

/** An upper limit: no clean gap has as many characters. */
const maxGap = 100

/**
 * The gap in compatibility form (NFKC), with whitespace collapsed and without loose accents. A gap that is too long is
 * not clean.
 */
export function gapBetween(tokens: Tokens, one: number, next: number): string {
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
  const isClean = beforeAll.test(before) || (first.noun === 'agency' && beforeAgency.test(before))
  return {
    before: isClean && !isMinus ? '' : signsIn(before) || before.trim(),
    behind: behindAll.test(behind) ? '' : signsIn(behind) || behind.trim(),
  }
}

/** The signs in a gap. */
export const signsIn = (gap: string): string => gap.replace(/[\p{L}\p{N}\s]+/gu, ' ').trim()
