import { fold } from './naming.ts'

/** A word of a text: where it stands, what is between it and the word before, and how it is compared. */
export interface Word {
  start: number
  end: number
  gap: string
  folded: string
}

/** Words without a blank between them: `ALC2C4` has three, `13Digital` two. */
const glued = /(?:wsis|actionlines?|al|c\p{N}{1,2})(?=[cсｃ]\p{N})|\p{N}+(?=\p{L}\p{L}\p{L})/iu
const word = new RegExp(`${glued.source}|[\\p{L}\\p{N}\\p{M}]+|&`, 'giu')

/** The words of a text; "&" is one too, compared as "and". */
export function wordsOf(text: string): Word[] {
  let last = 0
  return [...text.matchAll(word)].flatMap(({ 0: word, index }) => {
    const folded = fold(word)
    if (folded === '') return []
    const gap = text.slice(last, index)
    last = index + word.length
    return [{ start: index, end: last, gap, folded }]
  })
}

/** Two folded texts as `fold` gives them together: with a dot where two digits meet. */
export function foldedTogether(text: string, next: string): string {
  const digitsMeet = /\p{N}$/u.test(text) && /^\p{N}/u.test(next)
  return digitsMeet ? `${text}.${next}` : text + next
}

/** The words of a name as they are compared. */
export function foldedWords(name: string): string[] {
  return wordsOf(name).map(({ folded }) => folded)
}
