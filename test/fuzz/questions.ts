import { character, fc } from '../random.ts'
import type { Operation, Parameter, Schema } from './document.ts'

// The requests: for each operation valid, boundary and hostile values, reproducible by seed.

export interface Question {
  operation: Operation
  method: string
  path: string
  headers: Record<string, string>
  body: string | undefined
  /** The next request: the same once more, the same with HEAD, or with the ETag of the response. */
  next: 'nothing' | 'again' | 'head' | 'held'
}

/** The values in URLs of the service, by the path of the operation. */
export type Known = Record<string, string[]>

const hostile = fc.oneof(
  fc.constantFrom(
    ...['', '%', '%ff', '%00', '%E0%A4%A', '..', '%2e%2e%2f', '__proto__', 'constructor', '[]', "1' or '1'='1", '"*"'],
    ...['NEAR(a b)', '<script>', '{{7*7}}', '9'.repeat(400), 'C'.repeat(501), '(C1-'.repeat(125), 'x'.repeat(5_000)],
    ...[
      '-1',
      '0',
      '1e3',
      '1.5',
      'NaN',
      'null',
      'true',
      'TRUE',
      '2021-02-30',
      '\u00e9',
      '%C5%A1',
      '%F0%9F%8C%8D',
      '%00%0A',
    ],
  ),
  fc.string({ unit: character, maxLength: 30 }).map(encodeURIComponent),
  fc.string({ unit: 'grapheme', maxLength: 30 }).map(encodeURIComponent),
  fc.string({ unit: fc.constantFrom(...'%,;.:-+*\'"()!~@$[]{}|^`<>\\=C1e'), maxLength: 12 }),
)

/** The limits of a schema, and one more or less. */
function boundary({ type, minimum, maximum, maxLength, enum: words = [] }: Schema): fc.Arbitrary<string> {
  if (type === 'integer')
    return fc.constantFrom(...[minimum, maximum].flatMap((edge) => [-1, 0, 1].map((by) => `${Number(edge) + by}`)))
  if (words.length > 0) return fc.constantFrom(...words).map((word) => encodeURIComponent(word.toUpperCase()))
  const most = Number(maxLength ?? 100)
  return fc
    .constantFrom(1, most, most + 1)
    .chain((length) => fc.constantFrom('C', 'é').map((one) => encodeURIComponent(one.repeat(length))))
}

const dates = ['2003', '2005-11', '2005-11-18', '2019-04-12', '2026']

/** A valid value, encoded; `known` are names that the service has. */
function valid({ type, minimum, maximum, format, enum: words }: Schema, known: string[]): fc.Arbitrary<string> {
  if (words) return fc.constantFrom(...words).map(encodeURIComponent)
  if (type === 'integer') return fc.integer({ min: Number(minimum), max: Number(maximum) }).map(String)
  if (type === 'boolean') return fc.constantFrom('true', 'false')
  if (format === 'partial-date') return fc.constantFrom(...dates)
  const some = fc.constantFrom(...known)
  const two = fc.tuple(some, some).map((both) => both.join(','))
  return fc.oneof({ weight: 4, arbitrary: some }, { weight: 1, arbitrary: two }).map(encodeURIComponent)
}

const textFor = ({ schema, example }: Parameter, known: string[]) =>
  fc.oneof(
    { weight: 10, arbitrary: valid(schema, example === undefined ? known : [...known, String(example)]) },
    { weight: 1, arbitrary: boundary(schema) },
    { weight: 1, arbitrary: hostile },
  )

/** The names of the noun of a parameter, or of the list itself for `id`; otherwise names of any kind. */
function namesFor(name: string, path: string, known: Known): string[] {
  const noun = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace(/y$/, 'ie')
  return known[`${name === 'id' ? path : `/v1/${noun}s`}/{id} id`] ?? ['C1', ...Object.values(known).flat()]
}

/** Each parameter at random, an unknown one, and a repeated one. */
function query({ path, parameters }: Operation, known: Known): fc.Arbitrary<string> {
  const asked = parameters.filter((one) => one.in === 'query')
  const parts = asked.map((one) => {
    const arbitrary = textFor(one, namesFor(one.name, path, known)).map((value) => `${one.name}=${value}`)
    const [there, absent] = one.required ? [30, 1] : [1, 4]
    return fc.oneof({ weight: there, arbitrary }, { weight: absent, arbitrary: fc.constant('') })
  })
  const extra = fc.oneof(
    { weight: 12, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: fc.constantFrom('surprise=1', '&&', '=', 'limit=1&limit=2', 'cursor=abc', '%=%', '?') },
  )
  return fc.tuple(fc.tuple(...parts), extra).map(([some, more]) => {
    const text = [...some, more].filter(Boolean).join('&')
    return text && `?${text.replaceAll('#', '%23')}`
  })
}

function path({ path, parameters }: Operation, known: Known): fc.Arbitrary<string> {
  const all = Object.values(known).flat()
  const parts = path.split(/(\{\w+\})/).map((part) => {
    const parameter = parameters.find(({ name }) => part === `{${name}}`)
    if (!parameter) return fc.constant(part)
    const own = known[`${path} ${parameter.name}`] ?? [String(parameter.example)]
    const value = fc.oneof(
      { weight: 8, arbitrary: textFor(parameter, own) },
      { weight: 1, arbitrary: fc.constantFrom(...all).map(encodeURIComponent) },
    )
    return value.map((text) => text.replace(/[/?#]/g, encodeURIComponent))
  })
  const end = fc.oneof({ weight: 30, arbitrary: fc.constant('') }, { weight: 1, arbitrary: fc.constantFrom('/', '//') })
  return fc.tuple(...parts, end).map((texts) => texts.join(''))
}

function headers({ responses, bodies = {} }: Operation): fc.Arbitrary<Record<string, string>> {
  const offered = Object.keys(responses[200]?.content ?? {})
  const accept = fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...offered, '*/*') },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '',
        'image/png',
        'application/x-none',
        'text/html',
        'text/*;q=0.1, */*;q=0',
        ';;;',
        'text/html,*/*;q=0.8',
        `${offered[0]};q=x`,
      ),
    },
  )
  const coding = fc.constantFrom(
    'gzip',
    'br',
    'identity',
    'gzip;q=0, *',
    'deflate',
    '',
    'br;q=nonsense',
    'gzip, deflate, br, zstd',
  )
  const types = Object.keys(bodies)
  return fc.record(
    {
      accept,
      'accept-encoding': coding,
      'if-none-match': fc.constantFrom('*', '"other"', 'W/"a", "b"', '', '"', 'x'.repeat(300)),
      'x-request-id': fc.constantFrom('mine', '', 'x'.repeat(300), 'two words'),
      origin: fc.constant('https://example.org'),
      ...(types.length > 0 && {
        'content-type': fc.constantFrom(...types, ...types, 'text/plain', `${types[0]}; charset=latin1`),
      }),
    },
    { requiredKeys: types.length > 0 ? ['content-type'] : [] },
  )
}

function body({ bodies }: Operation, known: string[]): fc.Arbitrary<string | undefined> {
  if (!bodies) return fc.constant(undefined)
  const examples = Object.values(bodies).flatMap(({ examples }) => {
    const value = Object.values(examples ?? {})[0]?.value
    return value === undefined ? [] : [typeof value === 'string' ? value : JSON.stringify(value)]
  })
  const cell = fc.oneof(
    fc.constantFrom(...known, '', '-', 'ITU; UNESCO', '=1+1'),
    fc.string({ unit: character, maxLength: 40 }),
    hostile,
  )
  const row = fc.record(
    { id: cell, label: cell, coordinators: fc.oneof(cell, fc.array(cell, { maxLength: 5 })) },
    { requiredKeys: ['id'] },
  )
  const rows = fc.array(fc.oneof({ weight: 9, arbitrary: row }, { weight: 1, arbitrary: fc.anything() }), {
    maxLength: 12,
  })
  const lines = fc.array(fc.tuple(cell, cell, cell), { maxLength: 12 })
  return fc.oneof(
    fc.constantFrom(...examples, '', '{', '[]', 'null', '{"rows":null}', '\ufeffid\nC1\n', 'id,id\nC1,C1\n', '"'),
    rows.map((some) =>
      JSON.stringify({ rows: some }, (_key, value) => (typeof value === 'bigint' ? `${value}` : value)),
    ),
    lines.map((some) =>
      ['id,label,coordinators', ...some.map((cells) => cells.map((one) => `"${one.replaceAll('"', '""')}"`))].join(
        '\n',
      ),
    ),
    fc.json(),
    fc.string({ unit: character, maxLength: 200 }),
  )
}

/** An address as a socket takes it: only what ASCII prints, all else encoded. */
const sendable = (address: string) => address.replace(/[^!-~]/gu, encodeURIComponent)

/** This many requests for one operation. */
export function questionsFor(operation: Operation, known: Known, seed: number, count: number): Question[] {
  const all = Object.values(known).flat()
  const method = fc.oneof(
    { weight: 8, arbitrary: fc.constant(operation.method) },
    { weight: 1, arbitrary: fc.constantFrom('PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND', 'HEAD') },
  )
  const question = fc.record({
    operation: fc.constant(operation),
    method,
    path: fc.tuple(path(operation, known), query(operation, known)).map((parts) => sendable(parts.join(''))),
    headers: headers(operation),
    body: body(operation, all),
    next: fc.constantFrom('nothing' as const, 'again' as const, 'head' as const, 'held' as const),
  })
  return fc.sample(question, { numRuns: count, seed })
}
