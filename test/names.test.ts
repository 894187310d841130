import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { test } from 'tap'
import { certaintyRules } from '../src/names/certainty.ts'
import { meaningOf, placeRules, textRules } from '../src/names/meaning.ts'
import { Names, nearestOf } from '../src/names/names.ts'
import { NounNames } from '../src/names/noun-names.ts'
import { resolve } from '../src/names/resolution.ts'
import { tokensOf } from '../src/names/tokens.ts'
import { fc } from './random.ts'
import { seedNames } from './seed-names.ts'

const { lines, agencies } = seedNames()
const both = [lines, agencies]

const rules: Record<'table' | 'rule' | 'text' | 'id', string>[] = parse(
  readFileSync(join(import.meta.dirname, 'fixtures/rules.csv')),
  { columns: true },
)
const of = (table: string) => rules.filter((row) => row.table === table)

test('every rule of meaning has an example, and keeps its name from being meant', async (t) => {
  const names = [...placeRules, ...textRules].map(({ name }) => name)
  t.same([...new Set(of('meaning').map(({ rule }) => rule))], names)
  for (const { rule, text, id } of of('meaning')) {
    const { matched: meant, dropped } = meaningOf(tokensOf(text), both)
    const because = dropped.filter(({ span }) => span.id === id)
    t.same(
      because.map(({ rule }) => rule),
      [rule],
      text,
    )
    t.notOk(
      meant.some((span) => span.id === id),
      text,
    )
  }
})

test('every rule of certainty has an example, and gives the reason why its name is not certain', async (t) => {
  t.same(
    [...new Set(of('certainty').map(({ rule }) => rule))],
    certaintyRules.map(({ reason }) => reason),
  )
  for (const { rule, text, id } of of('certainty')) {
    const match = resolve(text, both).matches.find((match) => match.id === id)
    t.match(match, { certain: false, reason: rule }, text)
  }
})

test('a match that is certain has no reason', async (t) => {
  t.match(resolve('C1, ITU', both).matches, [
    { id: 'C1', certain: true, reason: null },
    { id: 'ITU', certain: true, reason: null },
  ])
})

test('a look that is not thorough does not guess', async (t) => {
  const text = 'ITU; Enabling enviroment'
  t.same(
    resolve(text, both).matches.map(({ id }) => id),
    ['ITU', 'C6'],
  )
  const { matches, unmatched } = resolve(text, both, { thorough: false })
  t.same([matches.map(({ id }) => id), unmatched], [['ITU'], ['Enabling enviroment']])
})

test('a range has the lines that there are between its ends', async (t) => {
  const few = new NounNames('action-line')
  for (const code of ['C1', 'C3', 'C5']) few.add(code, code)
  t.same(
    resolve('C1–C5', [few]).matches.map(({ id }) => id),
    ['C1', 'C3', 'C5'],
  )
})

test('names with much between them are no list', async (t) => {
  t.match(resolve(`C1${"'".repeat(99)}, C2`, both).matches, Array(2).fill({ reason: 'unclear-list' }))
  t.match(resolve(`C1,${' '.repeat(200)}C2`, both).matches, Array(2).fill({ reason: null }))
})

test('an accent without a letter is no word', async (t) => {
  t.same(resolve('ITU, \u0301', both).unmatched, [])
})

test('a name leads to one id', async (t) => {
  const names = new Names()
  t.equal(names.add('C1', 'Media'), undefined)
  t.equal(names.add('C1', 'MEDIA'), undefined)
  t.equal(names.add('C9', 'media'), 'C1')
  t.equal(names.find('Média'), 'C1')
})

test('invisible characters anywhere change nothing', async (t) => {
  const invisible = fc.constantFrom(
    '\u200b',
    '\u200c',
    '\u200d',
    '\u200e',
    '\u200f',
    '\ufeff',
    '\u00ad',
    '\u2060',
    '\u202e',
  )
  const part = fc.constantFrom(
    'C1',
    'C7.e-health',
    'ITU',
    'Enabling enviroment',
    'media',
    ', ',
    ' and ',
    ': ',
    '-',
    '5',
    '1',
  )
  const pieces = fc.array(fc.tuple(part, fc.array(invisible, { maxLength: 2 })), { minLength: 1, maxLength: 12 })
  const strip = (texts: string[]) => texts.map((text) => text.replace(/[\u200b-\u200f\ufeff\u00ad\u2060\u202e]/g, ''))
  await fc.assert(
    fc.property(pieces, fc.integer({ min: 1, max: 3 }), (pieces, every) => {
      const plain = pieces.map(([part]) => part).join('')
      const sown = pieces
        .map(([part, some]) => [...part].map((one, at) => (at % every === 0 ? one + some.join('') : one)).join(''))
        .join('')
      const [one, other] = [resolve(plain, both), resolve(sown, both)]
      t.same(
        other.matches.map((match) => ({ ...match, text: strip([match.text])[0] })),
        one.matches,
      )
      t.same([strip(other.unmatched), other.suggestions], [one.unmatched, one.suggestions])
      t.ok(other.matches.every(({ text }) => sown.includes(text)))
      t.equal(lines.find(sown), lines.find(plain))
    }),
    { numRuns: 300 },
  )
})

test('names of any noun are found with invisible characters and with any dash', async (t) => {
  const names = new Names()
  names.add('2018-145', '2018-145')
  for (const text of ['\u200b2018-145', '2018\u2011145', '2018–145', '2018-\u00ad145\ufeff'])
    t.equal(names.find(text), '2018-145', text)
  for (const dash of ['‐', '‑', '‒', '–', '—', '―', '−', '－']) {
    t.equal(lines.find(`C7.e${dash}health`), 'C7.e-health', dash)
    t.equal(lines.find(`C${dash}9`), 'C9', dash)
    t.equal(agencies.find(`UN${dash}Habitat`), 'UN-Habitat', dash)
    t.match(resolve(`C1${dash}C4`, both).matches, Array(4).fill({ reason: 'range' }), dash)
  }
})

test('"United Nations" and "UN" are one, before a name and before an acronym', async (t) => {
  for (const before of ['UN', 'U.N.', 'United Nations', 'United-Nations', 'UNITED NATIONS'])
    for (const [name, id] of [
      ['DESA', 'UNDESA'],
      ['ESCAP', 'ESCAP'],
      ['Development Programme', 'UNDP'],
    ])
      t.equal(agencies.find(`${before} ${name}`), id, `${before} ${name}`)
  for (const text of ['United Nations', 'U.N.', 'United, Nations ESCAP', 'Development Programme'])
    t.equal(agencies.find(text), undefined, text)
})

test('an ordinary word leads to lines as a suggestion, and never to a match', async (t) => {
  const { lines, agencies } = seedNames()
  const words = [
    ['C5', 'cybersecurity'],
    ['C10', 'ethics'],
    ['C7.e-employment', 'jobs'],
    ['C7.e-employment', 'teleworking'],
    ['C7.e-environment', 'climate'],
    ['C6', 'domain name management'],
    ['C5', 'privacy'],
    ['C6', 'privacy'],
  ] as const
  t.same(lines.suggest('jobs'), [])
  for (const [id, word] of words) lines.addKeyword(id, word)
  for (const [id, word] of words)
    for (const text of [word, word.toUpperCase(), `National strategy on ${word} and other matters`]) {
      t.notOk(lines.find(text), text)
      const { matches, suggestions } = resolve(text, [lines, agencies])
      t.same(matches, [], text)
      t.ok(
        suggestions.some((one) => one.id === id && one.noun === 'action-line'),
        `${text}: perhaps ${id}`,
      )
    }
  t.same(lines.suggest('privacy'), ['C5', 'C6'])
  t.same(lines.suggest('domain'), [])
  t.same(lines.suggest('Cybersecurity, C1'), ['C5'])
})

test('a far-fetched guess is worse than none', async (t) => {
  const suggested = (text: string) => resolve(text, both).suggestions.map(({ id }) => id)
  for (const text of [
    'World Bank',
    'The World Bank',
    'African Union',
    'United Nations',
    'UNWTO',
    'Organization',
    'ISOC',
  ])
    t.same(suggested(text), [], text)
  t.same(suggested('Wrold Bank Group'), [])
  t.same(agencies.suggest(''), [])
  t.same(agencies.suggest('health'), ['WHO'])
  t.same(lines.suggest('rural infrastructure'), ['C2'])
  t.same(lines.suggest('Q'), [])
  t.same(agencies.suggest('x'.repeat(500)), [])
})

test('the nearest of some words is that with the fewest wrong letters, if they are few', async (t) => {
  const near = (word: string, words: string[], nearest: string | undefined) =>
    t.equal(nearestOf(word, words), nearest, word)
  near('agecny', ['agency', 'kind', 'parent'], 'agency')
  near('agencies', ['action-line', 'agency'], 'agency')
  near('Lines', ['line', 'sub-line', 'section'], 'line')
  near('thematic workshop', ['Thematic Workshop'], 'Thematic Workshop')
  near('parnet', ['page', 'parent'], 'parent')
  near('page', ['parent', 'agency', 'limit'], undefined)
  near('q', ['a', 'kind'], undefined)
  near('', ['a'], undefined)
  near('x'.repeat(200), ['x'.repeat(199)], undefined)
  near('kind', [], undefined)
})
