import type { Book } from './book.ts'
import { isMarker, joiners } from './fillers.ts'
import { type Place, placeRules, type TextRule, textRules } from './meaning-rules.ts'
import { exactScore, namesAt, type Span } from './spans.ts'
import { foldedAt, type Tokens } from './tokens.ts'

/** The names that a text means, in its order, and those that are written in it but mean something else. */
interface Meaning {
  meant: Span[]
  dropped: { span: Span; rule: string }[]
}

/** Parts the names of a text by the rules of meaning. */
export function meantIn(tokens: Tokens, books: Book[]): Meaning {
  const lines = books.find(({ noun }) => noun === 'action-line')
  const names = namesAt(tokens, books)
  const firstMarker = tokens.list.findIndex(isMarker)
  const taken = tokens.list.map(({ isFiller }) => isFiller)
  const meaning: Meaning = { meant: [], dropped: [] }
  for (let at = 0; at < tokens.list.length; at++) {
    const span = names[at] ?? (lines && numberAt(tokens, at, lines, meaning.meant.at(-1)))
    if (!span) continue
    const place: Place = { tokens, names, taken, firstMarker, span }
    const rule = placeRules.find(({ applies }) => applies(place))
    if (rule) meaning.dropped.push({ span, rule: rule.name })
    else {
      meaning.meant.push(span)
      taken.fill(true, span.from, span.to + 1)
      at = span.to
    }
  }
  return textRules.reduce((meaning, rule) => without(rule, tokens, meaning), meaning)
}

function without(rule: TextRule, tokens: Tokens, { meant, dropped }: Meaning): Meaning {
  const gone = new Set(meant.filter(rule.appliesIn(tokens, meant)))
  return {
    meant: meant.filter((span) => !gone.has(span)),
    dropped: [...dropped, ...[...gone].map((span) => ({ span, rule: rule.name }))],
  }
}

/** A number that is used for a code: in a list of codes (`C2, 5 and 6`), or behind its noun (`Action Line 4`). */
function numberAt(tokens: Tokens, at: number, lines: Book, last: Span | undefined): Span | undefined {
  const folded = foldedAt(tokens, at)
  const name = /^\d{1,2}$/.test(folded) ? lines.get(`c${Number(folded)}`) : undefined
  if (!name) return undefined
  const number = { ...name, noun: 'action-line', from: at, to: at, score: exactScore } as const
  const [before, first] = [foldedAt(tokens, at - 1), foldedAt(tokens, at - 2)]
  if (/^(al|actionlines?)$/.test(before) || (first === 'action' && /^lines?$/.test(before)))
    return { ...number, kind: 'number' }
  const isNext = last?.to === at - 1 && /^\s*[,/+]\s*$/.test(String(tokens.list[at]?.gap))
  const isJoined = last?.to === at - 2 && joiners.has(before)
  if (!last || (!isNext && !isJoined)) return undefined
  if (last.kind === 'number') return { ...number, kind: 'number' }
  return last.kind === 'code' || last.kind === 'listed' ? { ...number, kind: 'listed' } : undefined
}
