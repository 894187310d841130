import { footnote } from '../characters.ts'
import { areAll, isListed, pairsOf, restsOf } from './separators.ts'
import { allIf, type Book, exactScore, type MatchKind, namesAt, type Span } from './spans.ts'
import { articles, endsLine, isMarker, joiners, numberWords, openers, places } from './stop-words.ts'
import { border, foldedAt, type Token, type Tokens, textBetween } from './tokens.ts'

/**
 * A name in its context: the text, the names that begin at each word, and the words found to be names or fillers so
 * far.
 */
interface Place {
  tokens: Tokens
  names: (Span | undefined)[]
  isKnown: boolean[]
  /** The index of the first word that announces codes; -1 if there is none. */
  firstMarker: number
  span: Span
  /** The names that the text is matched against. */
  books: Book[]
}

/** A rule that rejects a name because of the words beside it. */
interface PlaceRule {
  name: string
  applies(place: Place): boolean
}

/** A rule that rejects names of some kinds because of the whole text. */
interface TextRule {
  name: string
  kinds: MatchKind[]
  appliesIn(tokens: Tokens, spans: Span[]): (span: Span) => boolean
}

const isNumber = (word: string) => /^\d+$/.test(word)
const isWords = ({ kind }: Span) => kind !== 'code' && kind !== 'number'
const nextOf = ({ tokens, span }: Place): Token | undefined => tokens.list[span.to + 1]
const gapOf = ({ tokens }: Place, at: number) => String(tokens.list[at]?.gap)
const isNameAt = ({ names }: Place, at: number) => (names[at]?.kind ?? 'letter') !== 'letter'

/** The word after a name, unless it is a filler or begins another name. */
function followerOf(place: Place): Token | undefined {
  const next = nextOf(place)
  return next?.isFiller || isNameAt(place, place.span.to + 1) ? undefined : next
}

/** True if a name can begin here: after a border, a filler or another name, with or without an article. */
function beginsName(place: Place): boolean {
  let at = place.span.from
  for (; at > 0 && !border.test(gapOf(place, at)); at--)
    if (!articles.has(foldedAt(place.tokens, at - 1))) return place.isKnown[at - 1] === true
  return true
}

/** True for a code before the beginning of its own title: `C8 Cultural diversity`. */
function beginsTitle({ tokens, span, books }: Place): boolean {
  const words = tokens.list.slice(span.to + 1).map(({ folded }) => folded)
  return books.some((book) => book.noun === span.noun && book.near.beginning(words, span.id) > 0)
}

/** The rules that reject a name because of the words beside it. */
export const placeRules: PlaceRule[] = [
  // `Room C2`
  {
    name: 'code of a place',
    applies: ({ tokens, isKnown, span: { kind, from } }) =>
      kind === 'code' && places.has(foldedAt(tokens, from - 1)) && !isKnown[from - 1],
  },
  // `C4.5 Decision Tree`
  { name: 'code that goes on', applies: (place) => place.span.kind === 'code' && followerOf(place)?.gap === '.' },
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
    applies: (place) =>
      place.span.kind === 'code' &&
      place.span.to === 0 &&
      /^ ?$/.test(followerOf(place)?.gap ?? '.') &&
      !beginsTitle(place),
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
      const { tokens, isKnown, span } = place
      const follows = joiners.has(foldedAt(tokens, span.from - 1)) && !isKnown[span.from - 2]
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

/** The rules that reject a name because of the whole text. */
export const textRules: TextRule[] = [
  // `B, C1`
  {
    name: 'letter beside other words',
    kinds: ['letter'],
    appliesIn: (tokens, spans) => {
      const isLone = tokens.list.length === 1 && tokens.list[0]?.gap.trim() === '' && tokens.tail.trim() === ''
      // `D₃` and `B¹²` are names of other things.
      const isMarked = tokens.tail.includes(footnote) || tokens.list.some(({ gap }) => gap.includes(footnote))
      const areLetters =
        spans.every(({ noun, kind }) => noun === 'action-line' && kind === 'letter') &&
        new Set(spans.map(({ id }) => id)).size === spans.length &&
        pairsOf(tokens, spans).every(({ between }) => isListed(between) && !/[/|]/.test(between))
      const isKept = isLone || (areLetters && areAll(tokens, spans) && !isMarked)
      const right = isLone ? /^[bde]$/i : /^[BDE]$/
      return ({ from }) => !(isKept && right.test(textBetween(tokens, from, from).normalize('NFKC')))
    },
  },
  // `Section B, D`
  {
    name: 'section beside other words',
    kinds: ['section'],
    appliesIn: (tokens, spans) => allIf(!areAll(tokens, spans)),
  },
  // `C5, 10 (June)`, `Contact: itu.int`
  {
    name: 'number or address beside other words',
    kinds: ['listed', 'address'],
    appliesIn: (tokens, spans) => allIf(restsOf(tokens, spans).length > 0),
  },
]

/** The names that a text refers to, in order, and those that it contains in another sense, with the rule that says so. */
export function meaningOf(tokens: Tokens, books: Book[]) {
  const lines = books.find(({ noun }) => noun === 'action-line')
  const names = namesAt(tokens, books)
  const firstMarker = tokens.list.findIndex(isMarker)
  const isKnown = tokens.list.map(({ isFiller }) => isFiller)
  let matched: Span[] = []
  const dropped: { span: Span; rule: string }[] = []
  for (let at = 0; at < tokens.list.length; at++) {
    const span = names[at] ?? (lines && numberAt(tokens, at, lines, matched.at(-1)))
    if (!span) continue
    const place: Place = { tokens, names, isKnown, firstMarker, span, books }
    const rule = placeRules.find(({ applies }) => applies(place))
    if (rule) dropped.push({ span, rule: rule.name })
    else {
      matched.push(span)
      isKnown.fill(true, span.from, span.to + 1)
      at = span.to
    }
  }
  for (const { name: rule, kinds, appliesIn } of textRules) {
    const concerned = matched.filter(({ kind }) => kinds.includes(kind))
    if (concerned.length === 0) continue
    const gone = new Set(concerned.filter(appliesIn(tokens, matched)))
    matched = matched.filter((span) => !gone.has(span))
    for (const span of gone) dropped.push({ span, rule })
  }
  return { matched, dropped }
}

/** A number used as a code: in a list of codes (`C2, 5 and 6`), or after its noun (`Action Line No. 4`). */
function numberAt(tokens: Tokens, at: number, lines: Book, last: Span | undefined): Span | undefined {
  const folded = foldedAt(tokens, at)
  const name = /^\d{1,2}$/.test(folded) ? lines.get(`c${Number(folded)}`) : undefined
  if (!name) return undefined
  const number = { ...name, noun: 'action-line', from: at, to: at, score: exactScore } as const
  const before = foldedAt(tokens, at - 1)
  const isNamed = numberWords.has(before) ? endsLine(tokens.list, at - 2) : endsLine(tokens.list, at - 1)
  if (isNamed) return { ...number, kind: 'number' }
  const isNext = last?.to === at - 1 && /^\s*[,/+]\s*$/.test(String(tokens.list[at]?.gap))
  const isJoined = last?.to === at - 2 && joiners.has(before)
  if (!last || (!isNext && !isJoined)) return undefined
  if (last.kind === 'number') return { ...number, kind: 'number' }
  return last.kind === 'code' || last.kind === 'listed' ? { ...number, kind: 'listed' } : undefined
}
