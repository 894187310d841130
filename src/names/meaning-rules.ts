import { articles, joiners, openers, places } from './fillers.ts'
import { areAll, border, inList, pairsOf, restsOf } from './gaps.ts'
import type { Span } from './spans.ts'
import { foldedAt, type Token, type Tokens, textOf } from './tokens.ts'

/** A name where it is written: the text, the names that begin with each word, and the words that are names or fillers so far. */
export interface Place {
  tokens: Tokens
  names: (Span | undefined)[]
  taken: boolean[]
  /** Where the first word is that says that codes are meant; -1 if there is none. */
  firstMarker: number
  span: Span
}

/** A name to which it applies does not mean what it names. */
interface PlaceRule {
  name: string
  applies(place: Place): boolean
}

/** The same, for rules that look at the whole text. */
export interface TextRule {
  name: string
  appliesIn(tokens: Tokens, spans: Span[]): (span: Span) => boolean
}

const isNumber = (word: string) => /^\d+$/.test(word)
const isWords = ({ kind }: Span) => kind !== 'code' && kind !== 'number'
const nextOf = ({ tokens, span }: Place): Token | undefined => tokens.list[span.to + 1]
const gapOf = ({ tokens }: Place, at: number) => String(tokens.list[at]?.gap)
const isNameAt = ({ names }: Place, at: number) => (names[at]?.kind ?? 'letter') !== 'letter'

/** The word behind a name, if it is neither a filler nor the first of another name. */
function followerOf(place: Place): Token | undefined {
  const next = nextOf(place)
  return next?.isFiller || isNameAt(place, place.span.to + 1) ? undefined : next
}

/** Whether a name can begin with its first word: behind a border, a filler or another name, with an article or without. */
function beginsName(place: Place): boolean {
  let at = place.span.from
  for (; at > 0 && !border.test(gapOf(place, at)); at--)
    if (!articles.has(foldedAt(place.tokens, at - 1))) return place.taken[at - 1] === true
  return true
}

/** What decides at its place that a name is not meant. */
export const placeRules: PlaceRule[] = [
  // `Room C2`
  {
    name: 'code of a place',
    applies: ({ tokens, taken, span: { kind, from } }) =>
      kind === 'code' && places.has(foldedAt(tokens, from - 1)) && !taken[from - 1],
  },
  // `C4.5 Decision Tree`
  {
    name: 'code that goes on',
    applies: (place) => place.span.kind === 'code' && followerOf(place)?.gap === '.',
  },
  // `E/C.2`
  {
    name: 'code in a document number',
    applies: (place) =>
      place.span.kind === 'code' &&
      place.span.to > place.span.from &&
      gapOf(place, place.span.from) === '/' &&
      gapOf(place, place.span.to) === '.',
  },
  // `C1 Advanced`
  {
    name: 'code before another word',
    applies: (place) => place.span.kind === 'code' && place.span.to === 0 && followerOf(place)?.gap === ' ',
  },
  // `Vitamin C1 complex`
  {
    name: 'code behind another word',
    applies: (place) => {
      const isMarked = place.firstMarker >= 0 && place.firstMarker < place.span.from
      return place.span.kind === 'code' && !isMarked && !beginsName(place)
    },
  },
  // `https://www.itu.int/wsis`
  {
    name: 'address of a page',
    applies: (place) => place.span.kind === 'address' && /^[/?#:]$/.test(nextOf(place)?.gap ?? ''),
  },
  // `media and youth`
  {
    name: 'title in a list of other things',
    applies: (place) => {
      const { tokens, taken, span } = place
      const follows = joiners.has(foldedAt(tokens, span.from - 1)) && !taken[span.from - 2]
      const leads = joiners.has(foldedAt(tokens, span.to + 1)) && !isNameAt(place, span.to + 2)
      return span.noun === 'action-line' && span.kind === 'title' && (follows || leads)
    },
  },
  // `social media`
  {
    name: 'name behind another word',
    applies: (place) => {
      const before = foldedAt(place.tokens, place.span.from - 1)
      return isWords(place.span) && !beginsName(place) && !openers.has(before) && !isNumber(before)
    },
  },
  // `ITU Office for Europe`
  {
    name: 'name before another word',
    applies: (place) => {
      const follower = followerOf(place)
      return isWords(place.span) && follower !== undefined && !border.test(follower.gap) && !isNumber(follower.folded)
    },
  },
]

/** What decides by the whole text that a name is not meant. */
export const textRules: TextRule[] = [
  // `B, C1`
  {
    name: 'letter beside other words',
    appliesIn: (tokens, spans) => {
      const isLone = tokens.list.length === 1 && tokens.list[0]?.gap.trim() === '' && tokens.tail.trim() === ''
      const areLetters =
        spans.every(({ noun, kind }) => noun === 'action-line' && kind === 'letter') &&
        new Set(spans.map(({ id }) => id)).size === spans.length &&
        pairsOf(tokens, spans).every(({ between }) => inList.test(between) && !between.includes('/'))
      const isKept = isLone || (areLetters && areAll(tokens, spans))
      const right = isLone ? /^[bde]$/i : /^[BDE]$/
      return ({ kind, from }) =>
        kind === 'letter' && !(isKept && right.test(textOf(tokens, from, from).normalize('NFKC')))
    },
  },
  // `Section B, D`
  {
    name: 'section beside other words',
    appliesIn: (tokens, spans) => {
      const isAll = areAll(tokens, spans)
      return ({ kind }) => kind === 'section' && !isAll
    },
  },
  // `C5, 10 (June)`, `Contact: itu.int`
  {
    name: 'number or address beside other words',
    appliesIn: (tokens, spans) => {
      const isBeside = restsOf(tokens, spans).length > 0
      return ({ kind }) => isBeside && (kind === 'listed' || kind === 'address')
    },
  },
]
