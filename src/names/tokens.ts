import { dashes, fold, footnote, legible } from '../characters.ts'
import { hanJoiner, isFiller, rolePattern } from './stop-words.ts'

/** A word of a text. */
export interface Token {
  /** Its start and end in the original text, invisible characters included. */
  start: number
  end: number
  /** The word, and the text between it and the previous word, both as returned by `legible`. */
  word: string
  gap: string
  /** The word as returned by `fold`, for comparison. */
  folded: string
  /** True if it does not change the meaning of a name beside it: `WSIS`, `and`, `(lead)`. */
  isFiller: boolean
}

/** A text, its words in order, and the text after the last one. */
export interface Tokens {
  text: string
  list: Token[]
  tail: string
}

/** Words written together: `ALC2C4` has three, `13Digital` two. */
const glued = /(?:wsis|actionlines?|al|c\p{Nd}{1,2})(?=[cсｃ]\p{Nd})|\p{N}+(?=\p{L}\p{L}\p{L})/iu
/** "United Nations" in any spelling, as one word. */
const unitedNations = String.raw`(?<![\p{L}\p{N}.])u\.n\.(?!\p{L}(?!\p{L}))|united[\s_${dashes}]nations(?!\p{L})`
// Chinese and Arabic letters beside other letters are a separate word, because no space separates them: `C5和C6`, `وC6`.
// The Arabic "and" is written together with the next word.
const han = String.raw`(?:(?!${hanJoiner})[[\p{Script=Han}&&\p{L}]\p{M}])+`
const arabic = String.raw`و(?=[\p{Script=Arabic}&&\p{L}]{3})|[[\p{Script=Arabic}&&\p{L}]\p{M}]+`
const others = String.raw`[[\p{L}\p{N}\p{M}]--[[\p{Script=Han}\p{Script=Arabic}]&&\p{L}]]+`
const word = new RegExp([unitedNations, glued.source, hanJoiner, han, arabic, others, '&'].join('|'), 'giv')

/** Characters that separate names. */
const borders = String.raw`[,;:/|•·()[\]{}<>"“”«»、،؛・\n\t]|\s[${dashes}]+\s`
export const border = new RegExp(borders)
/** Roles alone between separators, which are not part of a name: `Coordinators: ITU (lead)`. */
const roles = new RegExp(String.raw`(?=\p{L})(?<=^\s*|(?:${borders})\s*)${rolePattern}(?=\s*(?:$|${borders}))`, 'giu')

/** The tokens of the last text: each set of names reads a text and its parts anew. */
let latest: Tokens | undefined

/** The words of a text; "&" is one too, compared as "and". */
export function tokensOf(sent: string): Tokens {
  if (latest?.text !== sent) latest = readTokens(sent)
  return latest
}

function readTokens(sent: string): Tokens {
  const { text, placeOf } = legible(sent)
  let last = 0
  const list = [...text.matchAll(word)].flatMap(({ 0: word, index }) => {
    const folded = word === '&' ? 'and' : fold(word)
    if (folded === '') return []
    const gap = text.slice(last, index)
    last = index + word.length
    return [{ start: placeOf(index), end: placeOf(last - 1) + 1, word, gap, folded, isFiller: false, at: index }]
  })
  for (const [at, token] of list.entries()) token.isFiller = isFiller(list, at)
  const inRoles = new Set<Token>()
  for (const { 0: phrase, index } of text.matchAll(roles))
    for (const token of list) if (token.at >= index && token.at < index + phrase.length) inRoles.add(token)
  // A role alone is an ordinary text.
  if (inRoles.size < list.length) for (const token of inRoles) token.isFiller = true
  return { text: sent, list, tail: text.slice(last) }
}

/** The folded word at an index; '' if there is none. */
export const foldedAt = ({ list }: Tokens, at: number): string => list[at]?.folded ?? ''

/** The original text from one word to another. */
export const textBetween = ({ text, list }: Tokens, from: number, to: number): string =>
  text.slice(list[from]?.start, list[to]?.end)

/** The text between two words. -1 is the start of the text, and the number of words is its end. */
export function between({ list, tail }: Tokens, one: number, next: number): string {
  const words = list.slice(one + 1, next).map(({ gap, word }) => gap + word)
  return words.join('') + (list[next]?.gap ?? tail)
}

/** The gap without footnote marks, which carry no meaning. */
export const unmarked = (gap: string): string => gap.replaceAll(footnote, ' ')

/**
 * The words of a range without the fillers around them, unless it has only fillers. `وزارة` is not "and" and a word.
 */
export function trimmed({ list }: Tokens, from: number, to: number): [number, number][] {
  let [first, last] = [from, to]
  const isGlued = (at: number) => at > first && at <= last && list[at]?.gap === ''
  while (first <= last && list[first]?.isFiller && !isGlued(first + 1)) first++
  while (last > first && list[last]?.isFiller && !isGlued(last)) last--
  return first <= last ? [[first, last]] : []
}

/** Two folded texts joined as by `fold`: with a dot between two digits. */
export function foldedTogether(text: string, next: string): string {
  const digitsMeet = /^\p{N}/u.test(next) && /\p{N}/u.test(text.slice(-1))
  return digitsMeet ? `${text}.${next}` : text + next
}

/** The folded words of a name. */
export const foldedWords = (name: string): string[] => tokensOf(name).list.map(({ folded }) => folded)
