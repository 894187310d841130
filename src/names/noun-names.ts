import { LRUCache } from 'lru-cache'
import { fold, invisible } from '../characters.ts'
import type { NamedNoun } from '../vocabulary.ts'
import { Names } from './names.ts'
import { NearNames } from './near-names.ts'
import { maxText, read } from './resolution.ts'
import type { Book, Guess } from './spans.ts'
import { isTelling } from './stop-words.ts'
import { foldedTogether, foldedWords } from './tokens.ts'

/** More words than the longest keyword has, and more than are looked at in a text. */
const maxKeywordWords = 8
const maxWords = 40
/** The fewest letters of a word of a title that leads to its line, and the most telling words beside it. */
const minLetters = 5
const maxTopicWords = 4

/** The names of one noun, found in texts as they are in real programmes and forms. */
export class NounNames extends Names implements Book {
  readonly noun: NamedNoun
  readonly #keywords = new Map<string, Set<string>>()
  /** Bodies of the UN system that no document names for a line, beside the agencies. */
  readonly #otherBodies = new Names()
  #near: NearNames | undefined
  /** The ids found for recent texts: the same copies and programmes come again and again. */
  readonly #found = new LRUCache<string, { id: string | undefined }>({ max: 1_000 })

  constructor(noun: NamedNoun) {
    super()
    this.noun = noun
  }

  /** Lets an ordinary word, or several, lead to an id: as a suggestion, never as a match. */
  addKeyword(id: string, word: string): void {
    const folded = fold(word)
    this.#keywords.set(folded, (this.#keywords.get(folded) ?? new Set()).add(id))
  }

  /** The body that already has this name, if another has it; otherwise it is now known, and never a match. */
  addOtherBody(body: string, name: string): string | undefined {
    return this.#otherBodies.add(body, name)
  }

  /** Says that a text is a body of the UN system that no document names for a line; undefined if it is not. */
  note(text: string): string | undefined {
    const body = this.#otherBodies.find(text.trim().replace(/^(?:the|la|le|el)\s+/i, ''))
    return body && `No action line is coordinated by ${body}, in any document of this directory.`
  }

  /** The id meant by a text, or undefined: a name with nothing but fillers around it. Never guesses. */
  override find(text: string): string | undefined {
    const visible = text.replace(invisible, '')
    // A word alone is meant as a name, in small letters too.
    if (this.has(visible) || /^\p{L}+$/u.test(visible)) return super.find(visible)
    if (text.length > maxText) return undefined
    const known = this.#found.get(visible)
    if (known) return known.id
    const id = this.#meantBy(visible)
    this.#found.set(visible, { id })
    return id
  }

  #meantBy(visible: string): string | undefined {
    const plain = read(visible, [this], false)
    // Words near to the one name that was found can make it certain, if they agree with it.
    const isOpen = plain.matches.length === 1 && plain.unmatched.length > 0
    const { matches, unmatched } = isOpen ? read(visible, [this], true) : plain
    const [match, ...more] = matches
    return match?.certain && more.length === 0 && unmatched.length === 0 ? match.id : undefined
  }

  /** As `Names.suggest`; first the ids that ordinary words of the text lead to. */
  override suggest(text: string, most = 5): string[] {
    if (this.note(text)) return []
    const words = foldedWords(text.slice(0, 500)).slice(0, maxWords)
    return [...new Set([...this.#byKeyword(words), ...super.suggest(text, most), ...this.#byWord(words)])].slice(
      0,
      most,
    )
  }

  nearest(words: string[]): Guess | undefined {
    return this.#nearNames().nearest(words)
  }

  hasAll(words: string[]): boolean {
    return this.#nearNames().hasAll(words)
  }

  beginning(words: string[], id: string): number {
    return this.#nearNames().beginning(words, id)
  }

  /** Made when it is first needed, after all names were added. */
  #nearNames(): NearNames {
    // A line is told by a part of its title; an agency is not: `Secretary-General` is a word of an office's name.
    this.#near ??= new NearNames(this.entries(), this.noun === 'action-line' ? 0 : 0.5)
    return this.#near
  }

  /** The ids that keywords lead to: as many words as make one, anywhere in the text. */
  #byKeyword(words: string[]): string[] {
    if (this.#keywords.size === 0) return []
    return words.flatMap((_word, at) => {
      let key = ''
      return words.slice(at, at + maxKeywordWords).flatMap((word) => {
        key = foldedTogether(key, word)
        return [...(this.#keywords.get(key) ?? [])]
      })
    })
  }

  /** The lines whose titles alone have a word: what a line is about can be said in a word, who an agency is cannot. */
  #byWord(words: string[]): string[] {
    const telling = words.filter(isTelling)
    if (this.noun !== 'action-line' || telling.length > maxTopicWords) return []
    return telling.flatMap((word) => {
      const ids = [...this.idsWith(word)]
      return word.length >= minLetters && ids.length === 1 ? ids : []
    })
  }
}
