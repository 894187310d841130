import type { NamedNoun } from '../vocabulary.ts'
import { Names } from './naming.ts'
import { NearNames } from './near-names.ts'
import { Reading } from './reading.ts'
import { foldedWords } from './words.ts'

/** One line or body that a text means. */
export interface Match {
  noun: NamedNoun
  id: string
  /** The name that was met, as the seed writes it. */
  name: string
  /** The part of the text that met it. */
  text: string
  /** 0 to 1; nothing below 0.5 is given. */
  score: number
  /** True only where a program may act on it without a person. */
  certain: boolean
}

/** What a text means: each line and body once, in the order of the text. */
export interface Resolution {
  matches: Match[]
  /** The parts of the text that were not understood. */
  unmatched: string[]
  /** What those parts may mean, the nearest first. */
  suggestions: { noun: NamedNoun; id: string }[]
}

/** The longest text that is read, in characters. */
export const mostText = 1_000

/** The names of one noun, found in texts as they stand in real programmes and forms. */
export class NounNames extends Names {
  readonly noun: NamedNoun
  #near: NearNames | undefined

  constructor(noun: NamedNoun) {
    super()
    this.noun = noun
  }

  /** The id meant by a text, or undefined: a name with nothing but fillers around it. Never guesses. */
  override find(text: string): string | undefined {
    // A word alone is meant as a name, in small letters too.
    if (this.has(text) || /^\p{L}+$/u.test(text)) return super.find(text)
    if (text.length > mostText) return undefined
    const reading = new Reading(text, [this])
    // Only what agrees with the one name that was found can make it certain.
    if (reading.matches().length === 1) reading.guess()
    const [match, ...more] = reading.matches()
    return match?.certain && more.length === 0 && reading.unmatched().length === 0 ? match.id : undefined
  }

  /** The names by what is near to them; made when it is first asked for, after all names were added. */
  get near(): NearNames {
    this.#near ??= new NearNames(this.entries())
    return this.#near
  }
}

/** What a text of at most `mostText` characters means, among the names of one noun or of both. */
export function resolve(text: string, books: NounNames[]): Resolution {
  const reading = new Reading(text, books)
  reading.guess()
  const matches = reading.matches()
  const unmatched = reading.unmatched()
  const isClear = matches.length > 0 && unmatched.length === 0
  const near = isClear ? [] : [text, ...unmatched, ...unmatched.flatMap(foldedWords).filter(({ length }) => length > 4)]
  const suggestions = new Map(reading.passedOver().map((one) => [`${one.noun} ${one.id}`, one]))
  for (const part of near.slice(0, 12))
    for (const { noun, id } of books.flatMap((book) => book.suggest(part).map((id) => ({ noun: book.noun, id }))))
      suggestions.set(`${noun} ${id}`, { noun, id })
  for (const { noun, id } of matches) suggestions.delete(`${noun} ${id}`)
  return { matches, unmatched, suggestions: [...suggestions.values()].slice(0, 5) }
}
