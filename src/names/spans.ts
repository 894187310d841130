import { dashes } from '../characters.ts'
import type { NamedNoun } from '../vocabulary.ts'
import type { Name, Names } from './names.ts'
import type { Guess, NearNames } from './near-names.ts'
import { foldedTogether, type Token, type Tokens, unmarked } from './tokens.ts'

/** The names of one noun that a text is matched against. */
export interface Book extends Names {
  readonly noun: NamedNoun
  readonly near: NearNames
  /** A sentence about a text that is a known name of something else; otherwise undefined. */
  note(text: string): string | undefined
}

/** The way in which words match a name: exactly, as a number for a code, within a range of codes, or by similarity. */
export type MatchKind =
  | 'code'
  | 'letter'
  | 'section'
  | 'address'
  | 'title'
  | 'number'
  | 'listed'
  | 'in-range'
  | Guess['kind']

/** A name with the first and last word that match it. */
export interface Span extends Name {
  noun: NamedNoun
  kind: MatchKind
  from: number
  to: number
  /** 0.5 to 1, before the rest of the text is considered. */
  score: number
}

/** A rule that applies to all names of a text or to none. */
export const allIf = (applies: boolean) => () => applies

/** The score of an exact name. */
export const exactScore = 0.8

/** An upper limit: no name has as many words. */
const maxWords = 24

/** Characters allowed between the letters of an acronym, and between the words of a title. */
const spelling = new RegExp(`^[\\s._${dashes}]*$`, 'u')
const joining = new RegExp(`[\\s.'’_${dashes}]`, 'u')
/** Between the letter and the number of a code. */
const inCode = new RegExp(`^(?:\\s*|[._${dashes}])$`, 'u')
/** Between the code of a line and its title, in a name with both. */
const behindCode = /[:("“”)|。]/

/** For each word, the longest name that begins with it. */
export const namesAt = (tokens: Tokens, books: Book[]): (Span | undefined)[] =>
  tokens.list.map((_token, at) => longestAt(tokens.list, at, books))

function longestAt(list: Token[], from: number, books: Book[]): Span | undefined {
  let longest: Span | undefined
  let key = ''
  for (const [index, { folded }] of list.slice(from, from + maxWords).entries()) {
    const to = from + index
    key = foldedTogether(key, folded)
    const open = books.filter((book) => book.mayBegin(key))
    if (open.length === 0) break
    for (const book of open) {
      const name = book.get(key)
      if (!name || !isWritten(name.name, list.slice(from, to + 1))) continue
      longest = { ...name, noun: book.noun, kind: kindOf(name.name), from, to, score: exactScore }
    }
  }
  return longest
}

/** True if the characters between the words are those of the name, or equivalent; `C, 5` is not `C5`. */
function isWritten(name: string, [first, ...more]: Token[]): boolean {
  if (/^C\d+$/.test(name)) {
    // A one-letter Cyrillic word before a number is a word, not a code.
    const isForeign = /\p{Script=Cyrillic}/u.test(String(first?.word)) && more.some(({ gap }) => gap !== '')
    return !isForeign && more.every(({ gap }) => inCode.test(gap))
  }
  if (more.every(({ gap }) => gap === '')) return true
  if (/^\p{L}+$/u.test(name)) return isSpelt([first as Token, ...more])
  const isTitled = /^(?:C\d|(?:Section )?[A-Z] .)/.test(name)
  return more.every(({ gap }) =>
    [...unmarked(gap).normalize('NFKC')].every(
      (one) => joining.test(one) || name.includes(one) || (isTitled && behindCode.test(one)),
    ),
  )
}

/** True for an acronym spelt with separators (`I.T.U.`), and for "UN" before an acronym (`UN DESA`). */
function isSpelt(words: Token[]): boolean {
  const areLetters = words.every(({ folded }) => folded.length === 1)
  return (areLetters || words[0]?.folded === 'un') && words.slice(1).every(({ gap }) => spelling.test(gap))
}

function kindOf(name: string): MatchKind {
  if (/^C\d/.test(name)) return 'code'
  if (name.length === 1) return 'letter'
  if (/^Section .$/.test(name)) return 'section'
  return /^\S+\.\S+$/.test(name) ? 'address' : 'title'
}
