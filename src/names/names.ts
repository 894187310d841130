import { distance } from 'fastest-levenshtein'
import { fold } from '../characters.ts'
import { isTelling } from './stop-words.ts'
import { foldedWords } from './tokens.ts'

/** A name as written, and the id that it leads to. */
export interface Name {
  id: string
  name: string
}

/** A name without its plural ending, its letters, and the id that it leads to. */
type Singular = [name: string, letters: number, id: string]

export const maxSuggested = 5

/** The maximum number of names of one length that are all compared with a text. */
const maxAlike = 500

/** The prefix lengths indexed by `mayBegin`. */
const startLengths = [32, 16, 8, 4, 2]

/** The names of the members of one noun. Input is matched leniently; output is a canonical id. */
export class Names {
  readonly #names = new Map<string, Name>()
  /** The ids themselves. Each is found as is, even if another name folds to the same. */
  readonly #ids = new Set<string>()
  readonly #starts = new Set<string>()
  #near: ReturnType<typeof nearOf> | undefined

  /** Adds a name of `id`. If another id already has the name, changes nothing and returns that id. */
  add(id: string, name: string, folded = fold(name)): string | undefined {
    this.#ids.add(id)
    const holder = this.#names.get(folded)
    if (holder) return holder.id === id ? undefined : holder.id
    this.#names.set(folded, { id, name })
    for (const length of startLengths) if (folded.length >= length) this.#starts.add(folded.slice(0, length))
    return undefined
  }

  /** True if the text is an id in canonical spelling. */
  has(text: string): boolean {
    return this.#ids.has(text)
  }

  /** The id that a text means, or undefined. It never guesses: the text must be an id, or fold to a folded name. */
  find(text: string): string | undefined {
    return this.has(text) ? text : this.get(fold(text))?.id
  }

  /** The member with exactly this folded name. */
  get(folded: string): Name | undefined {
    return this.#names.get(folded)
  }

  /** False if no folded name begins with this. */
  mayBegin(folded: string): boolean {
    const length = startLengths.find((length) => length <= folded.length)
    return length === undefined || this.#starts.has(folded.slice(0, length))
  }

  /** Every folded name with its entry, in the order of addition. */
  entries(): IterableIterator<[string, Name]> {
    return this.#names.entries()
  }

  /**
   * Up to five ids with a name similar to the text, best first: a few wrong letters, or all words of the text, unless
   * more ids than that have them. Only the first 200 characters are read.
   */
  suggest(text: string): string[] {
    const start = text.slice(0, 200)
    const withWords = this.#withWords(start)
    const telling = withWords.length <= maxSuggested ? withWords : []
    return [...new Set([...this.#misspelt(fold(start)), ...telling])].slice(0, maxSuggested)
  }

  /** The ids with a word in one of their names. */
  protected idsWith(word: string): ReadonlySet<string> {
    this.#near ??= nearOf(this.entries())
    return this.#near.byWord.get(word) ?? new Set()
  }

  #misspelt(folded: string): string[] {
    this.#near ??= nearOf(this.entries())
    const found: [edits: number, id: string][] = []
    const start = singular(folded)
    const max = maxEdits(start.length)
    const letters = lettersIn(start)
    for (let length = start.length - max; length <= start.length + max; length++)
      for (const [name, others, id] of this.#alike(length, start)) {
        if (countOf(letters & ~others) > max || countOf(others & ~letters) > max) continue
        const edits = editsOfSingulars(start, name)
        if (edits !== undefined) found.push([edits, id])
      }
    return found.sort(([one], [other]) => one - other).map(([, id]) => id)
  }

  /** The names of this length; of very many, such as ids of sessions, those with the same beginning. */
  #alike(length: number, start: string): Singular[] {
    const names = this.#near?.byLength.get(`${length}`) ?? []
    return names.length > maxAlike ? (this.#near?.byLength.get(length + yearIn(start)) ?? []) : names
  }

  /** The ids with every significant word of a text in their names. */
  #withWords(text: string): string[] {
    const [first, ...more] = foldedWords(text).filter(isTelling)
    if (first === undefined || (more.length === 0 && first.length < 4)) return []
    return [...this.idsWith(first)].filter((id) => more.every((word) => this.idsWith(word).has(id)))
  }
}

/** In the id of a session, its year. */
const yearIn = (folded: string) => ` ${folded.slice(0, 4)}`

/** The index for suggestions: the singulars of folded names by length, and by length and beginning; ids by word. */
function nearOf(names: Iterable<[string, Name]>) {
  const byLength = new Map<string, Singular[]>()
  const byWord = new Map<string, Set<string>>()
  for (const [folded, { id, name }] of names) {
    const one = singular(folded)
    for (const key of [`${one.length}`, one.length + yearIn(one)]) {
      const alike = byLength.get(key) ?? []
      alike.push([one, lettersIn(one), id])
      byLength.set(key, alike)
    }
    for (const word of foldedWords(name)) byWord.set(word, (byWord.get(word) ?? new Set()).add(id))
  }
  return { byLength, byWord }
}

/** The letters of a word as bits. An edit adds one letter and removes one at most, which costs less to see than edits. */
function lettersIn(word: string): number {
  let letters = 0
  for (let at = 0; at < word.length; at++) letters |= 1 << (word.charCodeAt(at) % 32)
  return letters
}

function countOf(bits: number): number {
  let count = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++
  return count
}

/** The longest word that is compared letter by letter, in characters. */
const maxLetters = 100

/** A word without its plural ending, which does not count as an edit. */
const singular = (word: string): string => word.replace(/ies$/, 'y').replace(/(?<=\p{L}{3})s$/u, '')

/** The maximum number of edits in a word of this length: a third of it, at least one, at most four. */
const maxEdits = (length: number): number => Math.min(4, Math.max(1, Math.floor(length / 3)))

/**
 * The edits (letters added, removed or changed) between two words without their plural endings; undefined if there are
 * too many for a useful suggestion.
 */
function editsOfSingulars(one: string, two: string): number | undefined {
  const shorter = Math.min(one.length, two.length)
  const max = maxEdits(shorter)
  const isFar = Math.abs(one.length - two.length) > max || Math.max(one.length, two.length) > maxLetters
  // A single letter is similar to a code that begins with it, and to no other letter.
  if (isFar || shorter === 0 || (shorter === 1 && one[0] !== two[0])) return undefined
  const edits = distance(one, two)
  return edits <= max ? edits : undefined
}

/** The most similar of some words, ignoring case; undefined if none is similar. */
export function nearestOf(word: string, words: Iterable<string>): string | undefined {
  let nearest: string | undefined
  let least = Number.POSITIVE_INFINITY
  for (const other of words) {
    const [given, name] = [word.toLowerCase(), other.toLowerCase()]
    // Of equally near words, one that continues the word is the likelier.
    const edits =
      (editsOfSingulars(singular(given), singular(name)) ?? Number.POSITIVE_INFINITY) -
      (name.startsWith(given) ? 0.5 : 0)
    if (edits < least) [nearest, least] = [other, edits]
  }
  return nearest
}
