import { dashes, fold, footnote, legible } from '../characters.ts'
import { hanJoiner, isFiller, rolePattern } from './stop-words.ts'

/** A word of a text. */
export interface Token {
  /** Its start and end in the text as sent, invisible characters included. */
  start: number
  end: number
  /** The word, and the text between it and the word before; both as `legible` gives them. */
  word: string
  gap: string
  /** The word as `fold` gives it, for comparison. */
  folded: string
  /** True if it changes nothing about the meaning of a name beside it: `WSIS`, `and`, `(lead)`. */
  isFiller: boolean
}

/** A text, its words in order, and what is behind the last one. */
export interface Tokens {
  text: string
  list: Token[]
  tail: string
}

/** Words with nothing between them: `ALC2C4` has three, `13Digital` two. */
const glued = /(?:wsis|actionlines?|al|c\p{Nd}{1,2})(?=[cсｃ]\p{Nd})|\p{N}+(?=\p{L}\p{L}\p{L})/iu
/** "United Nations", as one word however it is written. */
const unitedNations = String.raw`(?<![\p{L}\p{N}.])u\.n\.(?!\p{L}(?!\p{L}))|united[\s_${dashes}]nations(?!\p{L})`
// Chinese and Arabic letters beside others are a word of their own, for no space sets them off: `C5和C6`, `وC6`. The "and"
// of Arabic is written together with the next word.
const han = String.raw`(?:(?!${hanJoiner})[[\p{Script=Han}&&\p{L}]\p{M}])+`
const arabic = String.raw`و(?=[\p{Script=Arabic}&&\p{L}]{3})|[[\p{Script=Arabic}&&\p{L}]\p{M}]+`
const others = String.raw`[[\p{L}\p{N}\p{M}]--[[\p{Script=Han}\p{Script=Arabic}]&&\p{L}]]+`
const word = new RegExp([unitedNations, glued.source, hanJoiner, han, arabic, others, '&'].join('|'), 'giv')

/** Characters that part one name from the next. */
const borders = String.raw`[,;:/|•·()[\]{}<>"“”«»、،؛・\n\t]|\s[${dashes}]+\s`
export const border = new RegExp(borders)
/** Roles alone between separators, which name nothing: `Coordinators: ITU (lead)`. */
const roles = new RegExp(String.raw`(?=\p{L})(?<=^\s*|(?:${borders})\s*)${rolePattern}(?=\s*(?:$|${borders}))`, 'giu')

/** The words of a text; "&" is one too, compared as "and". */
export function tokensOf(sent: string): Tokens {
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
  // A role alone is a text like any other.
  if (inRoles.size < list.length) for (const token of inRoles) token.isFiller = true
  return { text: sent, list, tail: text.slice(last) }
}

/** A word as it is compared; '' if there is none. */
export const foldedAt = ({ list }: Tokens, at: number): string => list[at]?.folded ?? ''

/** The text from one word to another, as it was sent. */
export const textOf = ({ text, list }: Tokens, from: number, to: number): string =>
  text.slice(list[from]?.start, list[to]?.end)

/** The text between two words; -1 is the start of the text, and the number of words its end. */
export function between({ list, tail }: Tokens, one: number, next: number): string {
  const words = list.slice(one + 1, next).map(({ gap, word }) => gap + word)
  return words.join('') + (list[next]?.gap ?? tail)
}

/** A gap without footnote marks, which carry no meaning. */
export const unmarked = (gap: string): string => gap.replaceAll(footnote, ' ')

/** The words from one to another without the fillers around them, if any are left; `وزارة` is no "and" and a word. */
export function trimmed({ list }: Tokens, from: number, to: number): [number, number][] {
  let [first, last] = [from, to]
  const isGlued = (at: number) => at > first && at <= last && list[at]?.gap === ''
  while (first <= last && list[first]?.isFiller && !isGlued(first + 1)) first++
  while (last > first && list[last]?.isFiller && !isGlued(last)) last--
  return first <= last ? [[first, last]] : []
}

/** Two folded texts as `fold` gives them together: with a dot between two digits. */
export function foldedTogether(text: string, next: string): string {
  const digitsMeet = /^\p{N}/u.test(next) && /\p{N}/u.test(text.slice(-1))
  return digitsMeet ? `${text}.${next}` : text + next
}

/** The words of a name as they are compared. */
export const foldedWords = (name: string): string[] => tokensOf(name).list.map(({ folded }) => folded)
