import { dashes } from '../characters.ts'
import type { Span } from './spans.ts'
import { andPattern, articles, numberWords, rolePattern } from './stop-words.ts'
import { between, type Tokens, trimmed, unmarked } from './tokens.ts'

const number = String.raw`(?:\s*(?:${[...numberWords].join('|')}|#)[.°\s]*)?`
const noun = String.raw`(?:(?:wsis|smsi|cmsi|action\s*lines?|(?-i:ALs?)|${rolePattern}(?=\s*:))${number})`
const article = String.raw`(?:(?:${[...articles].join('|')})\s+|l['’]\s*)`

/** Between two names of a list that a program may act on. */
export const inList = new RegExp(
  String.raw`^["”»’')\]\s]*(?:[,;&+/|•·、،؛・\n]|${andPattern}|[,;、،؛]\s*(?:${andPattern})(?=\s))["“«‘'\s]*(?:${noun}[\s:.]*|https?://|www\.|${article})*$`,
  'iu',
)
/** Between two names of one member, or a line and its sub-line. */
export const inApposition = new RegExp(
  String.raw`^[\s:.。,/|=()[\]"“”«»'’${dashes}]*(?:${noun}[\s:.]*|${article})*$`,
  'iu',
)
/** Before the first name of a text that is nothing but names, and behind the last one. */
const beforeAll = new RegExp(String.raw`^["“«‘'([•·\s]*(?:[${dashes}]\s+)?(?:${noun}[\s:.("“${dashes}]*)*$`, 'iu')
const beforeAgency = new RegExp(
  String.raw`^["“«‘'([•·\s]*${article}?(?:(?:isni|ror|wikidata)[\s:]*)?(?:https?://)?(?:www\.)?$`,
  'iu',
)
const behindAll = /^["”»’')\].。,;:/\s]*(?:logo)?\s*$/iu
const minus = new RegExp(`(?<![a-z])[+${dashes}]$`, 'i')
/** A role behind a name, which changes nothing: `ITU (lead)`. */
const roleBehind = new RegExp(String.raw`(?:\s*[([,:]|\s+[${dashes}])\s*${rolePattern}\s*(?=[)\],;/|]|$)`, 'iu')

/** More characters than a clean gap has. */
const maxGap = 100

/** A gap in compatibility form (NFKC), with one space or line break for several and no accents alone; one that is too long is not clean. */
export function gapBetween(tokens: Tokens, one: number, next: number): string {
  const gap = unmarked(between(tokens, one, next))
    .normalize('NFKC')
    .replace(/\p{M}+/gu, '')
    .replace(/\s+/g, (spaces) => (spaces.includes('\n') ? '\n' : ' '))
  if (gap.length > maxGap) return `${gap.slice(0, maxGap)}\ufffd`
  return one < 0 ? gap : gap.replace(roleBehind, '')
}

/** The rest: words in a row that belong to no name, without the fillers around them. */
export function restsOf(tokens: Tokens, spans: Span[]): [number, number][] {
  const ends = [-1, ...spans.map(({ to }) => to)]
  return ends.flatMap((end, index) => trimmed(tokens, end + 1, (spans[index]?.from ?? tokens.list.length) - 1))
}

/** True if the text is names alone, with nothing before and behind them that could change their meaning. */
export function areAll(tokens: Tokens, spans: Span[]): boolean {
  const { before, behind } = signsAround(tokens, spans)
  return spans.length > 0 && restsOf(tokens, spans).length === 0 && before === '' && behind === ''
}

/** The signs before the first name and behind the last one that could change what they mean; '' if there are none. */
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

/** The signs of a gap. */
export const signsIn = (gap: string): string => gap.replace(/[\p{L}\p{N}\s]+/gu, ' ').trim()
