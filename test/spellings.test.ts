import { test } from 'tap'
import { resolve } from '../src/names/resolution.ts'
import { seedLines, seedNames } from './seed-names.ts'
import { spellings } from './spellings.ts'

const { lines, agencies } = seedNames()
const matrix = spellings(seedLines)

/** The ids that are certain in a text. */
const certainIn = (text: string) =>
  resolve(text, [lines, agencies]).matches.flatMap(({ id, certain }) => (certain ? [id] : []))

for (const kind of new Set(matrix.map(({ kind }) => kind)))
  test(`lines with "${kind}": none is certain and wrong, and what must be certain is`, async (t) => {
    const wrong: string[] = []
    const missed: string[] = []
    let right = 0
    const spelt = matrix.filter((one) => one.kind === kind)
    for (const { text, lines: meant, isSure } of spelt) {
      const certain = certainIn(text)
      if (certain.some((id) => !meant.includes(id))) wrong.push(`${text} is certainly ${certain}`)
      else if (certain.length === meant.length && certain.length > 0) right++
      else if (isSure) missed.push(text)
    }
    t.same(wrong, [])
    t.same(missed, [])
    process.stderr.write(`${kind}: ${right} of ${spelt.length} certain and right, ${wrong.length} certain and wrong\n`)
  })

test('a path or filter leads to a line exactly if the text is certainly that line alone', async (t) => {
  const wrong = matrix
    .filter((_, index) => index % 10 === 0)
    .filter(({ text }) => {
      const { matches, unmatched } = resolve(text, [lines])
      const [only, ...more] = matches
      const isOne = only?.certain && more.length === 0 && unmatched.length === 0
      return lines.find(text) !== (isOne ? only.id : undefined)
    })
  t.same(
    wrong.map(({ text }) => text),
    [],
  )
})

test('a reason agrees with the matches: two names contradict each other, and other text is in `unmatched`', async (t) => {
  const wrong = matrix
    .filter((_, index) => index % 10 === 0)
    .filter(({ text }) => {
      const { matches, unmatched } = resolve(text, [lines, agencies])
      const reasons = matches.map(({ reason }) => reason)
      return (
        (matches.length < 2 && (reasons.includes('contradiction') || reasons.includes('unclear-list'))) ||
        (reasons.includes('other-text') && unmatched.length === 0)
      )
    })
  t.same(
    wrong.map(({ text }) => text),
    [],
  )
})
