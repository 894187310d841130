import type { NamedNoun } from '../vocabulary.ts'
import type { Name } from './naming.ts'
import type { Word } from './words.ts'

/** A name that stands in the text, or that a part of it is near to: its first and its last word. */
export interface Found extends Name {
  noun: NamedNoun
  kind: 'code' | 'letter' | 'address' | 'title' | 'number' | 'listed' | 'guess'
  from: number
  to: number
  score: number
}

/**
 * Names that contradict each other: the ends of what may be a range (`C1-C11`), acronyms that a hyphen makes one name
 * (`ITC-ILO`), and a code before the title of another line (`C4: Media`). `found` is in the order of the text.
 */
export function doubtfulOf(found: Found[], words: Word[]): Set<Found> {
  const pairs = found.flatMap((one, index) => {
    const next = found[index + 1]
    const isPair = next && next.noun === one.noun && next.id !== one.id && next.from === one.to + 1
    return isPair ? [{ one, next, gap: String(words[next.from]?.gap) }] : []
  })
  const hyphened = pairs.filter(({ gap }) => /^\s*[-‐–—−]\s*$/.test(gap))
  const isRange = ({ one, next }: (typeof pairs)[number]) =>
    one.kind === 'code' &&
    next.kind === 'code' &&
    Number(next.id.slice(1)) - Number(one.id.slice(1)) !== 1 &&
    !hyphened.some((pair) => pair.next === one || pair.one === next)
  const doubted = [
    ...hyphened.filter((pair) => (pair.one.noun === 'agency' ? pair.gap.length === 1 : isRange(pair))),
    ...pairs.filter(
      ({ one, next, gap }) => one.kind === 'code' && /title|guess/.test(next.kind) && /^[\s:.\-–—]*$/.test(gap),
    ),
  ]
  return new Set(doubted.flatMap(({ one, next }) => [one, next]))
}
