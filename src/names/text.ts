import type { Found } from './doubts.ts'
import type { NounNames } from './resolution.ts'
import { passedBy } from './signs.ts'
import { foldedTogether, type Word, wordsOf } from './words.ts'

/** More words than the longest name has. */
const mostWords = 24

/** A text as words, and the names that are written in it. */
export class Text {
  readonly text: string
  readonly books: NounNames[]
  readonly words: Word[]
  readonly #longestAt = new Map<number, Found | undefined>()

  constructor(text: string, books: NounNames[]) {
    this.text = text
    this.books = books
    this.words = wordsOf(text)
  }

  /** The longest name that begins with a word. */
  longest(from: number): Found | undefined {
    if (this.#longestAt.has(from)) return this.#longestAt.get(from)
    let longest: Found | undefined
    let key = ''
    for (const [index, { folded }] of this.words.slice(from, from + mostWords).entries()) {
      const to = from + index
      key = foldedTogether(key, folded)
      for (const book of this.books) {
        const name = book.get(key)
        if (name && this.#isWritten(name.name, from, to))
          longest = { ...name, noun: book.noun, kind: kindOf(name.name), from, to, score: 0.8 }
      }
    }
    this.#longestAt.set(from, longest)
    return longest
  }

  /** Whether the signs between the words are those of the name, or such as make no difference; `C, 5` is not `C5`. */
  #isWritten(name: string, from: number, to: number): boolean {
    const gaps = this.words.slice(from + 1, to + 1).map(({ gap }) => gap)
    if (/^C\d+$/.test(name)) return gaps.every((gap) => /^(?:\s*|[.\-‐‑_])$/.test(gap)) && !this.#isForeign(from, gaps)
    if (/^[\p{L}]+$/u.test(name)) return this.#isSpelt(from, to)
    const isTitled = /^(?:C\d|[BDE] )/.test(name)
    return gaps.every((gap) =>
      [...gap].every(
        (sign) => /[\s.\-‐‑–'’_\p{Cf}]/u.test(sign) || name.includes(sign) || (isTitled && /[:—("“”)|]/.test(sign)),
      ),
    )
  }

  /** Whether the words are the letters of an acronym one by one (`I.T.U.`), or "UN" stands for itself (`UN DESA`). */
  #isSpelt(from: number, to: number): boolean {
    const words = this.words.slice(from, to + 1).map(({ folded }) => folded)
    const areLetters = words.every(({ length }) => length === 1)
    const gaps = this.words.slice(from + 1, to + 1).map(({ gap }) => gap)
    return (
      words.length === 1 || ((areLetters || words[0] === 'un') && gaps.every((gap) => /^(?:\s|[.\-‐‑_])*$/.test(gap)))
    )
  }

  /** A Cyrillic word of one letter before a number is a word, and no code. */
  #isForeign(from: number, gaps: string[]): boolean {
    return gaps.some((gap) => gap !== '') && /\p{Script=Cyrillic}/u.test(this.slice(from, from))
  }

  /** What stands between two words, blanks and signs and fillers; -1 is the begin, and the number of words the end. */
  between(one: number, next: number): string {
    return this.text.slice(this.words[one]?.end ?? 0, this.words[next]?.start)
  }

  /** "AL" for "Action Line": in capitals, because it is a word of some languages, or before all else. */
  isAl(at: number): boolean {
    return this.folded(at) === 'al' && (at === 0 || this.slice(at, at) === 'AL')
  }

  /** Whether a word changes nothing of what a name beside it means. */
  isFiller(at: number): boolean {
    const word = this.folded(at)
    if (/^actions?$/.test(word)) return /^lines?$/.test(this.folded(at + 1))
    if (/^lines?$/.test(word)) return /^actions?$/.test(this.folded(at - 1))
    return word === 'al' ? this.isAl(at) : passedBy.has(word)
  }

  /** A word as it is compared; '' where there is none. */
  folded(at: number): string {
    return this.words[at]?.folded ?? ''
  }

  /** The text from one word to another. */
  slice(from: number, to: number): string {
    return this.text.slice(this.words[from]?.start, this.words[to]?.end)
  }

  /** The words from one to another without the fillers around them, if any are left. */
  trimmed(from: number, to: number): [number, number][] {
    let [begin, end] = [from, to]
    while (begin <= end && this.isFiller(begin)) begin++
    while (end > begin && this.isFiller(end)) end--
    return begin <= end ? [[begin, end]] : []
  }
}

function kindOf(name: string): Found['kind'] {
  if (/^C\d/.test(name)) return 'code'
  if (name.length === 1) return 'letter'
  return /^\S+\.\S+$/.test(name) ? 'address' : 'title'
}
