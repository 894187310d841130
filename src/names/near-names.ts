import { distance } from 'fastest-levenshtein'
import type { Name } from './naming.ts'
import { foldedWords } from './words.ts'

/** A name that a text is near to, and how near: 0 to 1. */
interface Guess extends Name {
  score: number
}

interface Entry extends Name {
  folded: string
  words: string[]
  telling: Set<string>
}

/** Words that tell nothing of what a title is about. */
const little = new Set(
  'a all an and as at by de des du for in its la le les of on or the to und up use with'.split(' '),
)

const tells = (word: string) => word.length > 1 && !little.has(word)

/** Names by what is near to them: the same words with a typing error, or a part of a title that no other title has. */
export class NearNames {
  readonly #entries: Entry[] = []
  /** The ids whose names have a word. */
  readonly #ids = new Map<string, Set<string>>()

  constructor(names: Iterable<[string, Name]>) {
    for (const [folded, { id, name }] of names) {
      if (folded.length < 7 || !/[ -]|\p{Ll}\p{Ll}/u.test(name) || name.includes('/')) continue
      const words = foldedWords(name)
      const telling = new Set(words.filter(tells))
      this.#entries.push({ id, name, folded, words, telling })
      for (const word of telling) this.#ids.set(word, (this.#ids.get(word) ?? new Set()).add(id))
    }
  }

  /** The one name that the words are near to; undefined where none is, or names of several members are. */
  nearest(words: string[]): Guess | undefined {
    return this.#misspelt(words) ?? this.#part(words) ?? this.#shortened(words)
  }

  #misspelt(words: string[]): Guess | undefined {
    const folded = words.join('')
    if (folded.length < 7) return undefined
    let best: Guess[] = []
    let least = Math.max(2, Math.floor(folded.length / 20))
    for (const entry of this.#entries) {
      if (Math.abs(entry.folded.length - folded.length) > 3) continue
      const edits = editsBetween(words, folded, entry)
      // Where nothing is wrong but the signs, it is not this name.
      if (edits > least || edits === 0) continue
      if (edits < least) best = []
      least = edits
      best.push({ id: entry.id, name: entry.name, score: 0.9 - 0.05 * edits })
    }
    return theOnly(best)
  }

  /** A part of a title: two words or more that tell which one it is, and none that is not in it. */
  #part(words: string[]): Guess | undefined {
    const asked = new Set(words.filter(tells))
    const distinctive = [...asked].filter((word) => this.#ids.get(word)?.size === 1)
    if (distinctive.length < 2 || distinctive.join('').length < 10) return undefined
    const has = this.#entries.filter(({ telling }) => [...asked].every((word) => telling.has(word)))
    const scored = has.map(({ id, name, telling }) => ({ id, name, score: 0.5 + (0.35 * asked.size) / telling.size }))
    return theOnly(scored.sort((a, b) => b.score - a.score))
  }

  /** The begin of a sub-line: `e-agri`. */
  #shortened(words: string[]): Guess | undefined {
    const begin = words.join('')
    if (!begin.startsWith('e') || begin.length < 4) return undefined
    const has = this.#entries.filter(
      ({ folded, words }) => words.length === 2 && words[0] === 'e' && folded !== begin && folded.startsWith(begin),
    )
    return theOnly(has.map(({ id, name }) => ({ id, name, score: 0.6 })))
  }
}

/** The first, unless another one is of another member. */
function theOnly(guesses: Guess[]): Guess | undefined {
  return new Set(guesses.map(({ id }) => id)).size === 1 ? guesses[0] : undefined
}

/** How many letters are wrong: word by word where there are as many, else in the whole, which has blanks too few or too many. */
function editsBetween(words: string[], folded: string, entry: Entry): number {
  if (entry.words.length === words.length)
    return words.reduce((edits, word, index) => edits + wordEdits(word, String(entry.words[index])), 0)
  if (folded.slice(0, 2) !== entry.folded.slice(0, 2) || digitsOf(folded) !== digitsOf(entry.folded)) return Infinity
  const edits = distance(folded, entry.folded)
  return edits <= (folded.length < 10 ? 1 : 2) ? edits : Infinity
}

/** Short words must be right, and every word in its first letter and its digits; two letters that changed places are one error. */
function wordEdits(word: string, other: string): number {
  if (word === other) return 0
  if (`${word}s` === other || word === `${other}s`) return 1
  if (word.length < 4 || word[0] !== other[0] || digitsOf(word) !== digitsOf(other)) return Infinity
  const edits = distance(word, other)
  const isSwap = edits === 2 && [...word].sort().join() === [...other].sort().join()
  return isSwap ? 1 : edits <= (word.length < 8 ? 1 : 2) ? edits : Infinity
}

const digitsOf = (text: string) => text.replace(/\D/g, '')
