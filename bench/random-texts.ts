import { character, fc } from '../test/random.ts'

const parts = fc.constantFrom(
  ...'C1 C7 C12 e- health eGov ITU UNESCO World Organization Action Line media and , ; : / | - – & ( ) " * ^ 5 11 é С Ｃ'.split(
    ' ',
  ),
  ' ',
  'NEAR(',
  'title:',
  '\0',
)

/** Reproducible random texts, common and hostile: any characters, words, and pieces of names and of query languages. */
export function randomTexts(count: number): string[] {
  const text = fc.oneof(
    fc.string({ unit: character, minLength: 1, maxLength: 60 }),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
    fc.lorem({ maxCount: 12 }),
    fc.array(parts, { minLength: 1, maxLength: 40 }).map((some) => some.join('')),
    fc.array(parts, { minLength: 1, maxLength: 40 }).map((some) => some.join(' ')),
  )
  return fc.sample(text, { numRuns: count, seed: 2026 })
}

/** The three endpoints that read a text. */
export const questions: Record<string, (text: string) => [path: string, init?: RequestInit]> = {
  resolve: (text) => [`/v1/resolve?${new URLSearchParams({ q: text })}`],
  search: (text) => [`/v1/search?${new URLSearchParams({ q: text })}`],
  check: (text) => [
    '/v1/check',
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ rows: [{ code: text, label: text, coordinators: text }] }),
    },
  ],
}
