import type { NamedNoun } from '../vocabulary.ts'
import { type Found, isAbove, isRange, type Pair, unclearOf } from './doubts.ts'
import type { Match, NounNames } from './resolution.ts'
import { articles, border, clean, cuts, joiners, markers, openers, ordinary, places, struck, turns } from './signs.ts'
import { Text } from './text.ts'
import type { Word } from './words.ts'

/** A text being read: the names that stand in it, and then what the rest of it is near to. */
export class Reading {
  readonly #text: Text
  #found: Found[] = []
  /** Names that stand in the text but do not seem to mean what they name. */
  readonly #passedOver: Found[] = []

  constructor(text: string, books: NounNames[]) {
    this.#text = new Text(text, books)
    this.#findNames()
    this.#dropTheTimid()
    this.#fillRanges()
  }

  /** Looks for names that the rest is near to; none of them is certain. */
  guess(): void {
    for (const [from, to] of this.#rests()) this.#guess(from, to, 0)
    this.#found.sort((a, b) => a.from - b.from)
  }

  /** What was found, each member once, where it was found best. */
  matches(): Match[] {
    const pairs = this.#pairs()
    const unclear = unclearOf(pairs)
    const above = pairs.filter(isAbove).flatMap(({ one, next }) => (one.id.length < next.id.length ? one : next))
    const areNames = !this.#found.some((found) => this.#isOrdinary(found))
    const isWhole = areNames && this.#rests().length === 0 && this.#isCleanAround()
    const matches = new Map<string, Match>()
    for (const found of this.#found.filter((one) => !above.includes(one))) {
      const { noun, id, name, kind, from, to } = found
      const isExact = kind !== 'guess' && kind !== 'number' && kind !== 'listed'
      const isDoubtful = unclear.some(({ one, next }) => one === found || next === found)
      const isSure = isExact && unclear.length === 0 && (isWhole || this.#isMarked(found))
      const score = isDoubtful ? 0.5 : isSure ? (isWhole ? 1 : 0.9) : found.score
      const held = matches.get(`${noun} ${id}`)
      if (held && held.score >= score) continue
      matches.set(`${noun} ${id}`, {
        noun,
        id,
        name,
        text: this.#text.slice(from, to),
        score: round(score),
        certain: isSure,
      })
    }
    return [...matches.values()]
  }

  /** The parts of the text that are nobody's name. */
  unmatched(): string[] {
    return this.#rests().map(([from, to]) => this.#text.slice(from, to))
  }

  /** The members whose names stand in the text without meaning them, as it seems. */
  passedOver(): { noun: NamedNoun; id: string }[] {
    return this.#passedOver.filter(({ kind }) => kind !== 'letter').map(({ noun, id }) => ({ noun, id }))
  }

  /** Finds the names that stand in the text as they are, the longest first. */
  #findNames(): void {
    for (let at = 0; at < this.#text.words.length; at++) {
      const name = this.#text.longest(at) ?? this.#number(at)
      if (!name) continue
      const isName = this.#standsForItself(name)
      const list = isName ? this.#found : this.#passedOver
      list.push(name)
      if (isName) at = name.to
    }
  }

  /** A letter, a number in a list or an address is a name only where all of the text is names. */
  #dropTheTimid(): void {
    const areBare = this.#pairs().every(({ between }) => clean.list.test(between) && !between.includes('/'))
    const areLines = this.#found.every(({ noun, kind }) => noun === 'action-line' && kind === 'letter')
    const isLone = /^\s*\p{L}\s*$/u.test(this.#text.text)
    const isWhole = this.#rests().length === 0 && this.#isCleanAround()
    const areDistinct = new Set(this.#found.map(({ id }) => id)).size === this.#found.length
    const keepsLetters = isWhole && (isLone || (areBare && areLines && areDistinct))
    const isTimid = ({ kind, from }: Found) =>
      kind === 'letter'
        ? !keepsLetters || !(isLone ? /^[bde]$/i : /^[BDE]$/).test(this.#text.slice(from, from).normalize('NFKC'))
        : (kind === 'listed' || kind === 'address') && this.#rests().length > 0
    const timid = this.#found.filter(isTimid)
    this.#passedOver.push(...timid)
    this.#found = this.#found.filter((found) => !timid.includes(found))
  }

  /** Adds what stands between the ends of a range: `C1–C4` may mean four lines. */
  #fillRanges(): void {
    for (const { one, next } of unclearOf(this.#pairs()).filter(isRange)) {
      const [first, last] = [one, next].map(({ id }) => Number(id.slice(1)))
      for (let number = Number(first) + 1; number < Number(last); number++) {
        const name = this.#text.books.find(({ noun }) => noun === one.noun)?.get(`c${number}`)
        if (name) this.#found.push({ ...name, noun: one.noun, kind: 'guess', from: one.from, to: next.to, score: 0.5 })
      }
    }
  }

  /** A number that stands for a code: in a list of codes (`C2, 5 and 6`), or behind its noun (`Action Line 4`). */
  #number(at: number): Found | undefined {
    const { folded, gap } = this.#text.words[at] as Word
    const lines = this.#text.books.find(({ noun }) => noun === 'action-line')
    const name = /^\d{1,2}$/.test(folded) ? lines?.get(`c${Number(folded)}`) : undefined
    if (!name) return undefined
    const number = { ...name, noun: 'action-line' as const, from: at, to: at, score: 0.8 }
    const [last, before] = [this.#text.folded(at - 1), this.#text.folded(at - 2)]
    if (/^(al|actionlines?)$/.test(last) || (before === 'action' && /^lines?$/.test(last)))
      return { ...number, kind: 'number' }
    const listed = this.#found.at(-1)
    const isNext = listed?.to === at - 1 && /^\s*[,/+]\s*$/.test(gap)
    const isJoined = listed?.to === at - 2 && joiners.has(last)
    if (!isNext && !isJoined) return undefined
    if (listed?.kind === 'code' || listed?.kind === 'listed') return { ...number, kind: 'listed' }
    return listed?.kind === 'number' ? { ...number, kind: 'number' } : undefined
  }

  /** Whether a name means what it names, and is no part of something else: `social media` is not `Media`. */
  #standsForItself({ noun, kind, from, to }: Found): boolean {
    const gap = String(this.#text.words[from]?.gap)
    const before = this.#text.folded(from - 1)
    const next = this.#text.words[to + 1]
    const begins = this.#beginsAt(from)
    const goesOn = next && !this.#text.isFiller(to + 1) && !this.#isNameAt(to + 1)
    if (kind === 'code') {
      const isMarked = this.#text.words
        .slice(0, from)
        .some(({ folded }, at) => markers.has(folded) || this.#text.isAl(at))
      const isGlued = (goesOn && next.gap === '.') || (gap === '/' && this.#text.words[to]?.gap === '.' && to > from)
      const isLoose = from === 0 && goesOn && next.gap === ' ' && to === from
      return (begins || isMarked) && !isGlued && !isLoose && !places.has(before)
    }
    if (kind === 'number') return begins
    if (kind === 'address' && next && /^[/?#:]$/.test(next.gap)) return false
    // The title of a line is no part of an enumeration of other things: `media and youth`.
    const isListed = joiners.has(before) && !this.#isTaken(from - 2)
    const lists = next && joiners.has(next.folded) && !this.#isNameAt(to + 2)
    if (noun === 'action-line' && kind === 'title' && (isListed || lists)) return false
    const opens = begins || openers.has(before) || isNumber(before)
    return opens && !(goesOn && !border.test(next.gap) && !isNumber(next.folded))
  }

  /** Whether a name can begin with a word: behind a border, a filler or another name, with an article or without. */
  #beginsAt(at: number): boolean {
    if (at <= 0 || border.test(String(this.#text.words[at]?.gap))) return true
    return articles.has(this.#text.folded(at - 1)) ? this.#beginsAt(at - 1) : this.#isTaken(at - 1)
  }

  #isNameAt(at: number): boolean {
    return (this.#text.longest(at)?.kind ?? 'letter') !== 'letter'
  }

  /** Looks for one name that a part of the text is near to; where there is none, in the parts of the part. */
  #guess(from: number, to: number, level: number): void {
    const words = this.#text.words.slice(from, to + 1).map(({ folded }) => folded)
    const guesses = this.#text.books.flatMap(({ near, noun }) => {
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
      cut instanceof RegExp ? cut.test(String(this.#text.words[at]?.gap)) : cut?.has(this.#text.folded(at))
    const begins = [from]
    for (let at = from + 1; at <= to; at++) if (isCut(at)) begins.push(at)
    return begins.flatMap((begin, index) => this.#text.trimmed(begin, (begins[index + 1] ?? to + 1) - 1))
  }

  /** What is left: the words in a row that belong to no name, without the fillers around them. */
  #rests(): [number, number][] {
    const rests: [number, number][] = []
    let begin = 0
    for (const { from, to } of [
      ...this.#found.toSorted((a, b) => a.from - b.from),
      { from: this.#text.words.length, to: 0 },
    ]) {
      rests.push(...this.#text.trimmed(begin, from - 1))
      begin = to + 1
    }
    return rests
  }

  /** The names with nothing but fillers between them, in the order of the text. */
  #pairs(): Pair[] {
    const ordered = this.#found.toSorted((a, b) => a.from - b.from)
    return ordered.slice(1).flatMap((next, index) => {
      const one = ordered[index] as Found
      if (this.#text.trimmed(one.to + 1, next.from - 1).length > 0) return []
      return [{ one, next, between: this.#text.between(one.to, next.from).normalize('NFKC') }]
    })
  }

  /** Whether nothing stands before the first name and behind the last one that could change what they mean. */
  #isCleanAround(): boolean {
    const ordered = this.#found.toSorted((a, b) => a.from - b.from)
    const [first, last] = [ordered[0], ordered.at(-1)]
    if (!first || !last) return false
    const before = this.#text.between(-1, first.from)
    const isMinus = first.kind === 'code' && /(?<![a-z])[-–—+]$/i.test(before)
    const begins = clean.begin.test(before) || (first.noun === 'agency' && clean.beginOfBody.test(before))
    return (
      begins &&
      !isMinus &&
      !struck.test(this.#text.text) &&
      clean.end.test(this.#text.between(last.to, this.#text.words.length))
    )
  }

  /** Whether a code stands right behind "Action Line", as a heading or in brackets, and nothing turns that round. */
  #isMarked({ kind, from, to }: Found): boolean {
    const before = /(?:^|[\n;:•·([–—,]\s*)(?:wsis\s+)?(?:action\s*lines?|(?-i:AL))[\s:.]*$/i
    const behind = /^\s*(?:$|[:;,()\]–—&-]|\.(?:\s|$)|and\b)/
    return (
      kind === 'code' &&
      before.test(this.#text.between(-1, from)) &&
      behind.test(this.#text.between(to, this.#text.words.length)) &&
      !turns.test(this.#text.text) &&
      !struck.test(this.#text.text)
    )
  }

  /** Whether an acronym that is also a word does not stand in capitals: `who`. */
  #isOrdinary({ from, to }: Found): boolean {
    const word = this.#text.slice(from, to)
    return ordinary.has(word.toLowerCase()) && word !== word.toUpperCase()
  }

  #isTaken(at: number): boolean {
    return this.#text.isFiller(at) || this.#found.some(({ from, to }) => from <= at && at <= to)
  }
}

const round = (score: number) => Math.round(score * 100) / 100
const isNumber = (word: string) => /^\d+$/.test(word)
