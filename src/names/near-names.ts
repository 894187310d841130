import { distance } from 'fastest-levenshtein'
import { isTelling } from './fillers.ts'
import type { Name } from './names.ts'
import { foldedWords } from './tokens.ts'

/** A name that words are near to, in what way, and how near: 0 to 1. */
export interface Guess extends Name {
  kind: 'misspelt' | 'part' | 'shortened'
  score: number
}

interface Entry extends Name {
  folded: string
  words: string[]
  telling: Set<string>
}

/** The shortest name, in letters, that a misspelling is looked for; and by how many letters it may differ in length. */
const fewestLetters = 7
const mostDifference = 3

/** Names by what is near to them: the same words with a typing error, or a part of a title that no other title has. */
export class NearNames {
  /** The names by their first letter and length, such as `m12`. */
  readonly #alike = new Map<string, Entry[]>()
  /** The names that have a word, by that word. */
  readonly #withWord = new Map<string, Entry[]>()

  constructor(names: Iterable<[string, Name]>) {
    for (const [folded, { id, name }] of names) {
      if (folded.length < fewestLetters || !/[ -]|\p{Ll}\p{Ll}/u.test(name) || name.includes('/')) continue
      const words = foldedWords(name)
      const entry = { id, name, folded, words, telling: new Set(words.filter(isTelling)) }
      addTo(this.#alike, `${folded[0]}${folded.length}`, entry)
      for (const word of new Set(words)) addTo(this.#withWord, word, entry)
    }
  }

  /** The one name that the words are near to; undefined if none is, or names of several members are. */
  nearest(words: string[]): Guess | undefined {
    return this.#misspelt(words) ?? this.#part(words) ?? this.#shortened(words)
  }

  /** `Enabling enviroment` */
  #misspelt(words: string[]): Guess | undefined {
    const folded = words.join('')
    if (folded.length < fewestLetters) return undefined
    let best: Guess[] = []
    let least = Math.max(2, Math.floor(folded.length / 20))
    for (let length = folded.length - mostDifference; length <= folded.length + mostDifference; length++)
      for (const entry of this.#alike.get(`${folded[0]}${length}`) ?? []) {
        const edits = editsBetween(words, folded, entry)
        // If nothing is wrong but the punctuation, it is not this name.
        if (edits > least || edits === 0) continue
        if (edits < least) best = []
        least = edits
        best.push({ ...named(entry), kind: 'misspelt', score: 0.9 - 0.05 * edits })
      }
    return theOnly(best)
  }

  /** A part of a title: two words or more that tell which one it is, and none that is not in it. */
  #part(words: string[]): Guess | undefined {
    const asked = new Set(words.filter(isTelling))
    const distinctive = [...asked].filter((word) => new Set(this.#with(word).map(({ id }) => id)).size === 1)
    if (distinctive.length < 2 || distinctive.join('').length < 10) return undefined
    const has = this.#with(String(distinctive[0])).filter(({ telling }) =>
      [...asked].every((word) => telling.has(word)),
    )
    const scored = has.map(
      (entry): Guess => ({ ...named(entry), kind: 'part', score: 0.5 + (0.35 * asked.size) / entry.telling.size }),
    )
    return theOnly(scored.sort((a, b) => b.score - a.score))
  }

  /** True if a name has all telling words of the text, such as `Information Society`. */
  hasAll(words: string[]): boolean {
    const [first = '', ...more] = words.filter(isTelling)
    return this.#with(first).some(({ telling }) => more.every((word) => telling.has(word)))
  }

  /** The first letters of a sub-line: `e-agri`. */
  #shortened(words: string[]): Guess | undefined {
    const start = words.join('')
    if (!start.startsWith('e') || start.length < 4) return undefined
    const has = this.#with('e').filter(
      ({ folded, words }) => words.length === 2 && words[0] === 'e' && folded !== start && folded.startsWith(start),
    )
    return theOnly(has.map((entry): Guess => ({ ...named(entry), kind: 'shortened', score: 0.6 })))
  }

  #with(word: string): Entry[] {
    return this.#withWord.get(word) ?? []
  }
}

const named = ({ id, name }: Entry): Name => ({ id, name })

function addTo(index: Map<string, Entry[]>, key: string, entry: Entry): void {
  const held = index.get(key)
  if (held) held.push(entry)
  else index.set(key, [entry])
}

/** The first, unless another one is of another member. */
function theOnly(guesses: Guess[]): Guess | undefined {
  return new Set(guesses.map(({ id }) => id)).size === 1 ? guesses[0] : undefined
}

/** How many letters are wrong: word by word if there are as many, else in all, with spaces too few or too many. */
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
