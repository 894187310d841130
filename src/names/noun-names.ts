import { LRUCache } from 'lru-cache'
import { fold, invisible } from '../characters.ts'
import type { NamedNoun } from '../vocabulary.ts'
import { maxSuggested, Names } from './names.ts'
import { NearNames } from './near-names.ts'
import { maxText, read } from './resolution.ts'
import type { Book } from './spans.ts'
import { isTelling } from './stop-words.ts'
import { foldedTogether, foldedWords } from './tokens.ts'

/** An upper limit: no keyword has as many words. */
const maxKeywordWords = 8
const maxWords = 40
/** The minimum length of a title word that suggests its line, and the maximum number of other significant words. */
const minLetters = 5
const maxTopicWords = 4

/** The names of one noun, found in texts as they occur in real programmes and forms. */
export class NounNames extends Names implements Book {
  readonly noun: NamedNoun
  readonly #keywords = new Map<string, Set<string>>()
  /** Bodies of the UN system that no document names for a line. */
  readonly #otherBodies = new Names()
  #near: NearNames | undefined
  /** The ids found for recent texts: the same programmes and tables are sent again and again. */
  readonly #meant = new LRUCache<string, { id: string | undefined }>({
    max: 1_000,
    memoMethod: (text) => ({ id: this.#meantBy(text) }),
  })

  constructor(noun: NamedNoun) {
    super()
    this.noun = noun
  }

  /** Adds a keyword of one or more words for an id. A keyword only suggests, it never matches. */
  addKeyword(id: string, word: string): void {
    const folded = fold(word)
    this.#keywords.set(folded, (this.#keywords.get(folded) ?? new Set()).add(id))
  }

  /** The body that already has this name, if it is another one; otherwise the name is stored. It never matches. */
  addOtherBody(body: string, name: string): string | undefined {
    return this.#otherBodies.add(body, name)
  }

  /** A sentence about a text that names a UN body without a role for a line; undefined for any other text. */
  note(text: string): string | undefined {
    const body = this.#otherBodies.find(text.trim().replace(/^(?:the|la|le|el)\s+/i, ''))
    return body && `No action line is coordinated by ${body}, in any document of this directory.`
  }

  /** The id that a text means, or undefined: one name with only fillers around it. It never guesses. */
  override find(text: string): string | undefined {
    const visible = text.replace(invisible, '')
    // A single word is taken as a name, in lower case, too.
    if (this.has(visible) || /^\p{L}+$/u.test(visible)) return super.find(visible)
    return text.length > maxText ? undefined : this.#meant.memo(visible).id
  }

  #meantBy(visible: string): string | undefined {
    const plain = read(visible, [this], false)
    // Words similar to the one name found can make it certain, if they agree with it.
    const isOpen = plain.matches.length === 1 && plain.unmatched.length > 0
    const { matches, unmatched } = isOpen ? read(visible, [this], true) : plain
    const [match, ...more] = matches
    return match?.certain && more.length === 0 && unmatched.length === 0 ? match.id : undefined
  }

  /** Like `Names.suggest`, with the ids of keywords first. */
  override suggest(text: string): string[] {
    if (this.note(text)) return []
    const words = foldedWords(text.slice(0, 500)).slice(0, maxWords)
    return [...new Set([...this.#byKeyword(words), ...super.suggest(text), ...this.#byWord(words)])].slice(
      0,
      maxSuggested,
    )
  }

  /** Built on first use, after all names are added. */
  get near(): NearNames {
    // A part of its title identifies a line, but not an agency: `Secretary-General` is part of an office's name.
    this.#near ??= new NearNames(this.entries(), this.noun === 'action-line' ? 0 : 0.5)
    return this.#near
  }

  /** The ids whose keywords occur in the words. */
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

  /** The line that alone has a word in its title. A word can identify the topic of a line, but not an agency. */
  #byWord(words: string[]): string[] {
    const telling = words.filter(isTelling)
    if (this.noun !== 'action-line' || telling.length > maxTopicWords) return []
    return telling.flatMap((word) => {
      const ids = [...this.idsWith(word)]
      return word.length >= minLetters && ids.length === 1 ? ids : []
    })
  }
}
