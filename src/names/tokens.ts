import { dashes, invisible } from '../characters.ts'
import { isFiller } from './fillers.ts'
import { fold } from './spellings.ts'

/** A word of a text. */
export interface Token {
  /** Where it begins in the text, and where it has ended: invisible characters included. */
  start: number
  end: number
  /** What it is written as, and what is between it and the word before; both without invisible characters. */
  word: string
  gap: string
  /** How it is compared. */
  folded: string
  /** Whether it changes nothing about what a name beside it means: `WSIS`, `and`. */
  isFiller: boolean
}

/** A text, its words in order, and what is behind the last one. */
export interface Tokens {
  text: string
  list: Token[]
  tail: string
}

/** Words with nothing between them: `ALC2C4` has three, `13Digital` two. */
const glued = /(?:wsis|actionlines?|al|c\p{N}{1,2})(?=[cсｃ]\p{N})|\p{N}+(?=\p{L}\p{L}\p{L})/iu
/** "United Nations", as one word however it is written. */
const unitedNations = String.raw`(?<![\p{L}\p{N}.])u\.n\.(?!\p{L}(?!\p{L}))|united[\s_${dashes}]nations(?!\p{L})`
const word = new RegExp(`${unitedNations}|${glued.source}|[\\p{L}\\p{N}\\p{M}]+|&`, 'giu')

/** The words of a text; "&" is one too, compared as "and". */
export function tokensOf(text: string): Tokens {
  const visible = text.replace(invisible, '')
  const placeOf = visible.length === text.length ? (at: number) => at : placesIn(text)
  let last = 0
  const list = [...visible.matchAll(word)].flatMap(({ 0: word, index }) => {
    const folded = word === '&' ? 'and' : fold(word)
    if (folded === '') return []
    const gap = visible.slice(last, index)
    last = index + word.length
    return [{ start: placeOf(index), end: placeOf(last - 1) + 1, word, gap, folded, isFiller: false }]
  })
  for (const [at, token] of list.entries()) token.isFiller = isFiller(list, at)
  return { text, list, tail: visible.slice(last) }
}

/** Where a character that can be seen is in the text with all characters. */
function placesIn(text: string): (at: number) => number {
  const places: number[] = []
  for (const { 0: part, index } of text.matchAll(/[^\p{Default_Ignorable_Code_Point}\p{Cf}]+/gu))
    for (let at = 0; at < part.length; at++) places.push(index + at)
  return (at) => places[at] as number
}

/** A word as it is compared; '' if there is none. */
export const foldedAt = ({ list }: Tokens, at: number): string => list[at]?.folded ?? ''

/** The text from one word to another, as it was sent. */
export const textOf = ({ text, list }: Tokens, from: number, to: number): string =>
  text.slice(list[from]?.start, list[to]?.end)

/** What is written between two words; -1 is the start of the text, and the number of words its end. */
export function between({ list, tail }: Tokens, one: number, next: number): string {
  const words = list.slice(one + 1, next).map(({ gap, word }) => gap + word)
  return words.join('') + (list[next]?.gap ?? tail)
}

/** The words from one to another without the fillers around them, if any are left. */
export function trimmed({ list }: Tokens, from: number, to: number): [number, number][] {
  let [first, last] = [from, to]
  while (first <= last && list[first]?.isFiller) first++
  while (last > first && list[last]?.isFiller) last--
  return first <= last ? [[first, last]] : []
}

/** Two folded texts as `fold` gives them together: with a dot between two digits. */
export function foldedTogether(text: string, next: string): string {
  const digitsMeet = /^\p{N}/u.test(next) && /\p{N}/u.test(text.slice(-1))
  return digitsMeet ? `${text}.${next}` : text + next
}

/** The words of a name as they are compared. */
export const foldedWords = (name: string): string[] => tokensOf(name).list.map(({ folded }) => folded)
