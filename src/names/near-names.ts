import { distance } from 'fastest-levenshtein'
import type { Name } from './names.ts'
import { isTelling, joiners } from './stop-words.ts'
import { foldedWords } from './tokens.ts'

/** A name similar to some words, with the kind of similarity and its degree: 0 to 1. */
export interface Guess extends Name {
  kind: 'misspelt' | 'part' | 'shortened'
  score: number
}

interface Entry extends Name {
  folded: string
  words: string[]
  telling: Set<string>
}

/** The length from which a name is matched with misspellings, and the maximum difference in length, in letters. */
const minLetters = 7
const maxDifference = 3

/** Finds names by similarity: typing errors, or a part of a title that no other title has. */
export class NearNames {
  readonly #leastPart: number
  /** The names by first letter and length, such as `m12`. */
  readonly #alike = new Map<string, Entry[]>()
  /** The names by each of their words. */
  readonly #withWord = new Map<string, Entry[]>()
  /** The words of the names of each member, except names that begin with a code. */
  readonly #titlesOf = new Map<string, string[][]>()

  /** `leastPart`: the share of the significant words of a name that is enough to identify it. */
  constructor(names: Iterable<[string, Name]>, leastPart: number) {
    this.#leastPart = leastPart
    for (const [folded, { id, name }] of names) {
      if (folded.length < minLetters || !/[ -]|\p{Ll}\p{Ll}/u.test(name) || name.includes('/')) continue
      const words = foldedWords(name)
      const entry = { id, name, folded, words, telling: new Set(words.filter(isTelling)) }
      addTo(this.#alike, `${folded[0]}${folded.length}`, entry)
      for (const word of new Set(words)) addTo(this.#withWord, word, entry)
      if (!/^c\d/.test(String(words[0]))) addTo(this.#titlesOf, id, words)
    }
  }

  /** The one name similar to the words; undefined if no name is similar, or names of several members. */
  nearest(words: string[]): Guess | undefined {
    return this.#misspelt(words) ?? this.#part(words) ?? this.#shortened(words)
  }

  /**
   * The number of words that begin a title of this member, with or without an "and …" in it. 0 if fewer than two of
   * them are significant: `C5 Building` may be a place.
   */
  beginning(words: string[], id: string): number {
    return Math.max(0, ...(this.#titlesOf.get(id) ?? []).map((title) => lengthOfBeginning(words, title)))
  }

  /** `Enabling enviroment` */
  #misspelt(words: string[]): Guess | undefined {
    const folded = words.join('')
    if (folded.length < minLetters) return undefined
    let best: Guess[] = []
    let least = Math.max(2, Math.floor(folded.length / 20))
    for (let length = folded.length - maxDifference; length <= folded.length + maxDifference; length++)
      for (const entry of this.#alike.get(`${folded[0]}${length}`) ?? []) {
        const edits = editsBetween(words, folded, entry)
        // With only punctuation different, it is not this name.
        if (edits > least || edits === 0) continue
        if (edits < least) best = []
        least = edits
        best.push(guessOf(entry, 'misspelt', 0.9 - 0.05 * edits))
      }
    return theOnly(best)
  }

  /** A part of a title: two or more significant words, and no word that the title does not have. */
  #part(words: string[]): Guess | undefined {
    const significant = new Set(words.filter(isTelling))
    const distinctive = [...significant].filter((word) => new Set(this.#with(word).map(({ id }) => id)).size === 1)
    if (distinctive.length < 2 || distinctive.join('').length < 10) return undefined
    const has = this.#with(String(distinctive[0])).filter(
      ({ telling }) =>
        [...significant].every((word) => telling.has(word)) && significant.size > this.#leastPart * telling.size,
    )
    const scored = has.map((entry) => guessOf(entry, 'part', 0.5 + (0.35 * significant.size) / entry.telling.size))
    return theOnly(scored.sort((a, b) => b.score - a.score))
  }

  /** True if a name has all significant words of a text, such as `Information Society`. */
  hasAll(words: string[]): boolean {
    const [first = '', ...more] = words.filter(isTelling)
    return this.#with(first).some(({ telling }) => more.every((word) => telling.has(word)))
  }

  /** The abbreviated name of a sub-line: `e-agri`. */
  #shortened(words: string[]): Guess | undefined {
    const start = words.join('')
    if (!start.startsWith('e') || start.length < 4) return undefined
    const has = this.#with('e').filter(
      ({ folded, words }) => words.length === 2 && words[0] === 'e' && folded !== start && folded.startsWith(start),
    )
    return theOnly(has.map((entry) => guessOf(entry, 'shortened', 0.6)))
  }

  #with(word: string): Entry[] {
    return this.#withWord.get(word) ?? []
  }
}

const guessOf = ({ id, name }: Entry, kind: Guess['kind'], score: number): Guess => ({ id, name, kind, score })

function addTo<One>(index: Map<string, One[]>, key: string, one: One): void {
  const stored = index.get(key)
  if (stored) stored.push(one)
  else index.set(key, [one])
}

function lengthOfBeginning(words: string[], name: string[]): number {
  let at = 0
  for (let place = 0; place < name.length && at < words.length; place++) {
    if (words[at] === name[place]) at++
    // `International [and regional] cooperation`
    else if (at > 0 && joiners.has(String(name[place]))) place++
    else break
  }
  return words.slice(0, at).filter(isTelling).length > 1 ? at : 0
}

/** The first guess, unless another guess is of another member. */
function theOnly(guesses: Guess[]): Guess | undefined {
  return new Set(guesses.map(({ id }) => id)).size === 1 ? guesses[0] : undefined
}

/**
 * The number of edits: word by word if the number of words is equal, otherwise in total, with missing or extra spaces.
 */
function editsBetween(words: string[], folded: string, entry: Entry): number {
  if (entry.words.length === words.length)
    return words.reduce((edits, word, index) => edits + wordEdits(word, String(entry.words[index])), 0)
  if (folded.slice(0, 2) !== entry.folded.slice(0, 2) || digitsOf(folded) !== digitsOf(entry.folded)) return Infinity
  const edits = distance(folded, entry.folded)
  return edits <= (folded.length < 10 ? 1 : 2) ? edits : Infinity
}

/**
 * The edits of one word. Short words must be equal, and every word in its first letter and its digits. Two transposed
 * letters are one edit.
 */
function wordEdits(word: string, other: string): number {
  if (word === other) return 0
  if (`${word}s` === other || word === `${other}s`) return 1
  if (word.length < 4 || word[0] !== other[0] || digitsOf(word) !== digitsOf(other)) return Infinity
  const edits = distance(word, other)
  const isSwap = edits === 2 && [...word].sort().join() === [...other].sort().join()
  return isSwap ? 1 : edits <= (word.length < 8 ? 1 : 2) ? edits : Infinity
}

const digitsOf = (text: string) => text.replace(/\D/g, '')
