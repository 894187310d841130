import type { NamedNoun } from '../vocabulary.ts'
import type { Name } from './naming.ts'
import { apposition, clean, dash, range } from './signs.ts'

/** A name that stands in a text, or that a part of it is near to: its first and its last word. */
export interface Found extends Name {
  noun: NamedNoun
  kind: 'code' | 'letter' | 'address' | 'title' | 'number' | 'listed' | 'guess'
  from: number
  to: number
  score: number
}

/** Two names with nothing but fillers between them, and the text there. */
export interface Pair {
  one: Found
  next: Found
  between: string
}

/** Whether a line only says above what its neighbour stands: the C7 of `E-science (Action Line C7)`. */
export function isAbove({ one, next, between }: Pair): boolean {
  const isFamily = one.id.startsWith(`${next.id}.`) || next.id.startsWith(`${one.id}.`)
  return isFamily && apposition.test(between) && !/[,;&+]/.test(between)
}

/**
 * The pairs that are no clear list: a code before the title of another line (`C4: Media`), the ends of what may be a
 * range (`C1-C11`), acronyms that are one name (`ITC-ILO`), and whatever else stands between two names.
 */
export function unclearOf(pairs: Pair[]): Pair[] {
  const hyphened = pairs.filter(({ one, next, between }) => areCodes(one, next) && dash.test(between))
  // `C1-C7-C11` is a list: all dashes are alike, the codes rise, and there is nothing else.
  const isChain =
    hyphened.length > 1 &&
    hyphened.length === pairs.length &&
    hyphened.every(({ one, next, between }) => numberOf(one) < numberOf(next) && between === hyphened[0]?.between)
  const isClear = (pair: Pair): boolean => {
    const { one, next, between } = pair
    if (one.id === next.id || isAbove(pair)) return apposition.test(between) || clean.list.test(between)
    if (hyphened.includes(pair)) return isChain || isSuccessor(one, next)
    if (clean.list.test(between)) return true
    if (one.noun !== next.noun) return [one, next].some(({ kind }) => kind === 'code') && apposition.test(between)
    return areCodes(one, next) ? /^\s+$/.test(between) : one.noun === 'agency' && /^\s[-–—]\s$/.test(between)
  }
  return pairs.filter((pair) => !isClear(pair))
}

/** Whether two codes may be the ends of a range. */
export function isRange({ one, next, between }: Pair): boolean {
  return areCodes(one, next) && range.test(between)
}

const areCodes = (one: Found, next: Found) => one.kind === 'code' && next.kind === 'code'
const numberOf = ({ id }: Found) => Number(id.slice(1))
const isSuccessor = (one: Found, next: Found) => numberOf(next) - numberOf(one) === 1
