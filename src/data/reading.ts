import type { NamedNoun } from '../vocabulary.ts'
import { doubtfulOf, type Found } from './doubts.ts'
import type { Match, NounNames } from './resolution.ts'
import { border, cuts, joiners, markers, openers, passedBy, places, strongMarkers } from './signs.ts'
import { foldedTogether, type Word, wordsOf } from './words.ts'

/** More words than the longest name has. */
const mostWords = 24

/** A text being read: the names that stand in it, and then what the rest of it is near to. */
export class Reading {
  readonly #text: string
  readonly #books: NounNames[]
  readonly #words: Word[]
  readonly #found: Found[] = []
  /** Names that stand in the text but do not seem to mean what they name. */
  readonly #passedOver: Found[] = []

  constructor(text: string, books: NounNames[]) {
    this.#text = text
    this.#books = books
    this.#words = wordsOf(text)
    this.#findNames()
    if (this.#rests().length > 0) this.#dropTheTimid()
  }

  /** Looks for names that the rest is near to; none of them is certain. */
  guess(): void {
    for (const [from, to] of this.#rests()) this.#guess(from, to, 0)
    this.#found.sort((a, b) => a.from - b.from)
  }

  /** What was found, each member once, where it was found best. */
  matches(): Match[] {
    const doubtful = doubtfulOf(this.#found, this.#words)
    const isWhole = this.#rests().length === 0
    const matches = new Map<string, Match>()
    for (const found of this.#found) {
      const { noun, id, name, kind, from, to } = found
      if (this.#isAbove(found)) continue
      const isExact = kind !== 'guess' && kind !== 'number' && kind !== 'listed'
      const isMarked = kind === 'code' && strongMarkers.has(this.#folded(from - 1))
      const exactScore = isWhole ? 1 : isMarked ? 0.9 : 0.8
      const score = doubtful.has(found) ? 0.5 : isExact ? exactScore : found.score
      const certain = isExact && (isWhole || isMarked) && !doubtful.has(found)
      const held = matches.get(`${noun} ${id}`)
      if (held && held.score >= score) continue
      matches.set(`${noun} ${id}`, { noun, id, name, text: this.#slice(from, to), score: round(score), certain })
    }
    return [...matches.values()]
  }

  /** The parts of the text that are nobody's name. */
  unmatched(): string[] {
    return this.#rests().map(([from, to]) => this.#slice(from, to))
  }

  /** The members whose names stand in the text without meaning them, as it seems. */
  passedOver(): { noun: NamedNoun; id: string }[] {
    return this.#passedOver.filter(({ kind }) => kind !== 'letter').map(({ noun, id }) => ({ noun, id }))
  }

  /** Finds the names that stand in the text as they are, the longest first. */
  #findNames(): void {
    for (let at = 0; at < this.#words.length; at++) {
      const name = this.#longest(at) ?? this.#number(at)
      if (!name) continue
      const isName = this.#standsForItself(name)
      const list = isName ? this.#found : this.#passedOver
      list.push(name)
      if (isName) at = name.to
    }
  }

  /** A letter, a number in a list or an address is a name only where all of the text is names. */
  #dropTheTimid(): void {
    const isTimid = ({ kind }: Found) => kind === 'letter' || kind === 'listed' || kind === 'address'
    this.#passedOver.push(...this.#found.filter(isTimid))
    const bold = this.#found.filter((found) => !isTimid(found))
    this.#found.splice(0, this.#found.length, ...bold)
  }

  /** The longest name that begins with a word. */
  #longest(from: number): Found | undefined {
    let longest: Found | undefined
    for (let to = from; to < Math.min(from + mostWords, this.#words.length); to++) {
      const key = foldedTogether(this.#words.slice(from, to + 1))
      for (const book of this.#books) {
        const name = book.get(key)
        if (name) longest = { ...name, noun: book.noun, kind: kindOf(name.name), from, to, score: 1 }
      }
    }
    return longest
  }

  /** A number that stands for a code: in a list of codes (`C2, 5 and 6`), or behind its noun (`Action Line 4`). */
  #number(at: number): Found | undefined {
    const { folded, gap } = this.#words[at] as Word
    const lines = this.#books.find(({ noun }) => noun === 'action-line')
    const name = /^\d{1,2}$/.test(folded) ? lines?.get(`c${Number(folded)}`) : undefined
    if (!name) return undefined
    const number = { ...name, noun: 'action-line' as const, from: at, to: at, score: 0.8 }
    const [last, before] = [this.#folded(at - 1), this.#folded(at - 2)]
    if (/^(al|actionlines?)$/.test(last) || (before === 'action' && strongMarkers.has(last)))
      return { ...number, kind: 'number' }
    const listed = this.#found.at(-1)
    const isNext = listed?.to === at - 1 && /^\s*[,/+]\s*$/.test(gap)
    const isJoined = listed?.to === at - 2 && joiners.has(last)
    if (!isNext && !isJoined) return undefined
    if (listed?.kind === 'code' || listed?.kind === 'listed') return { ...number, kind: 'listed' }
    return listed?.kind === 'number' ? { ...number, kind: 'number' } : undefined
  }

  /** Whether a name means what it names, and is no part of something else: `social media` is not `Media`. */
  #standsForItself({ kind, from, to }: Found): boolean {
    const gap = String(this.#words[from]?.gap)
    const before = this.#folded(from - 1)
    const next = this.#words[to + 1]
    const begins = from === 0 || border.test(gap) || this.#isTaken(from - 1)
    const goesOn = next && !this.#isFiller(to + 1) && (this.#longest(to + 1)?.kind ?? 'letter') === 'letter'
    if (kind === 'code') {
      const isMarked = this.#words.slice(0, from).some(({ folded }) => markers.has(folded))
      const isGlued = goesOn && next.gap === '.'
      const isLoose = from === 0 && goesOn && next.gap === ' ' && to === from
      return (begins || isMarked) && !isGlued && !isLoose && !places.has(before)
    }
    if (kind === 'number') return begins
    const opens = begins || openers.has(before) || isNumber(before)
    return opens && !(goesOn && !border.test(next.gap) && !isNumber(next.folded))
  }

  /** Looks for one name that a part of the text is near to; where there is none, in the parts of the part. */
  #guess(from: number, to: number, level: number): void {
    const words = this.#words.slice(from, to + 1).map(({ folded }) => folded)
    const guesses = this.#books.flatMap(({ near, noun }) => {
      const guess = near.nearest(words)
      return guess ? [{ ...guess, noun, kind: 'guess' as const, from, to }] : []
    })
    const best = guesses.sort((a, b) => b.score - a.score)[0]
    if (best) this.#found.push(best)
    else if (level < cuts.length)
      for (const [begin, end] of this.#parts(from, to, level)) this.#guess(begin, end, level + 1)
  }

  /** The parts that a cut makes of a part, without the fillers around each. */
  #parts(from: number, to: number, level: number): [number, number][] {
    const cut = cuts[level]
    const isCut = (at: number) =>
      cut instanceof RegExp ? cut.test(String(this.#words[at]?.gap)) : cut?.has(this.#folded(at))
    const begins = [from]
    for (let at = from + 1; at <= to; at++) if (isCut(at)) begins.push(at)
    return begins.flatMap((begin, index) => this.#trimmed(begin, (begins[index + 1] ?? to + 1) - 1))
  }

  #trimmed(from: number, to: number): [number, number][] {
    let [begin, end] = [from, to]
    while (begin <= end && this.#isFiller(begin)) begin++
    while (end > begin && this.#isFiller(end)) end--
    return begin <= end ? [[begin, end]] : []
  }

  /** What is left: the words in a row that belong to no name, without the fillers around them. */
  #rests(): [number, number][] {
    const rests: [number, number][] = []
    let begin = 0
    for (const { from, to } of [
      ...this.#found.toSorted((a, b) => a.from - b.from),
      { from: this.#words.length, to: 0 },
    ]) {
      rests.push(...this.#trimmed(begin, from - 1))
      begin = to + 1
    }
    return rests
  }

  /** Whether it only says above what its neighbour stands: the C7 of `E-science (Action Line C7)`. */
  #isAbove({ id, from, to }: Found): boolean {
    return this.#found.some((other) => {
      const [one, next] = other.from > to ? [to, other.from] : [other.to, from]
      const between = this.#text.slice(this.#words[one]?.end, this.#words[next]?.start)
      return (
        other.id.startsWith(`${id}.`) &&
        !/[,;&/+]|\b(?:and|or)\b/.test(between) &&
        this.#trimmed(one + 1, next - 1).length === 0
      )
    })
  }

  #isTaken(at: number): boolean {
    return this.#isFiller(at) || this.#found.some(({ from, to }) => from <= at && at <= to)
  }

  #isFiller(at: number): boolean {
    return passedBy.has(this.#folded(at))
  }

  #folded(at: number): string {
    return this.#words[at]?.folded ?? ''
  }

  #slice(from: number, to: number): string {
    return this.#text.slice(this.#words[from]?.start, this.#words[to]?.end)
  }
}

const round = (score: number) => Math.round(score * 100) / 100
const isNumber = (word: string) => /^\d+$/.test(word)

function kindOf(name: string): Found['kind'] {
  if (/^C\d/.test(name)) return 'code'
  if (name.length === 1) return 'letter'
  return /^\S+\.\S+$/.test(name) ? 'address' : 'title'
}
