import { distance } from 'fastest-levenshtein'

/** The longest word, in characters, that is compared letter by letter. */
const mostLetters = 100

/** A word without the ending of a plural, which is no error. */
export const singular = (word: string): string => word.replace(/ies$/, 'y').replace(/(?<=\p{L}{3})s$/u, '')

/** How many letters of a word of this length may be wrong: a third of it, at least one, at most four. */
export const mostEdits = (length: number): number => Math.min(4, Math.max(1, Math.floor(length / 3)))

/**
 * The edits (letters added, removed or changed) from one word to another, both in small letters; undefined if they are
 * far apart: "did you mean" would be a far-fetched question.
 */
export function editsBetween(word: string, other: string): number | undefined {
  return editsOfSingulars(singular(word), singular(other))
}

/** The same between two words without the ending of a plural. */
export function editsOfSingulars(one: string, two: string): number | undefined {
  const shorter = Math.min(one.length, two.length)
  const most = mostEdits(shorter)
  const isFar = Math.abs(one.length - two.length) > most || Math.max(one.length, two.length) > mostLetters
  // A letter alone is near to a code that begins with it, and to no other letter.
  if (isFar || shorter === 0 || (shorter === 1 && one[0] !== two[0])) return undefined
  const edits = distance(one, two)
  return edits <= most ? edits : undefined
}

/** The word that was meant, in any case, out of some; undefined if none of them is near. */
export function nearestOf(word: string, words: Iterable<string>): string | undefined {
  let nearest: string | undefined
  let least = Number.POSITIVE_INFINITY
  for (const other of words) {
    const edits = editsBetween(word.toLowerCase(), other.toLowerCase()) ?? least
    if (edits < least) [nearest, least] = [other, edits]
  }
  return nearest
}
