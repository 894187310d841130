import { parse } from 'csv-parse/sync'
import t from 'tap'
import { nouns } from '../src/nouns/index.ts'
import { columnOf, type Filter, servedRecords } from '../src/nouns/noun.ts'
import { relationsOf } from '../src/nouns/relations.ts'
import { readSeed, seedFolder } from '../src/seed/seed.ts'
import { serve } from './service.ts'

// The behaviour of every list, whatever its records.

const service = await serve(t)

type Item = { id: string }
const lists = nouns.map(({ name }) => name)
const list = async (path: string) => (await service.ask(path)).json
const ids = (items: Item[]) => items.map(({ id }) => id)
const rowsOf = (text: string): Record<string, string>[] => parse(text, { columns: true, bom: true })
const linesOf = (text: string): Item[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

for (const name of lists) {
  t.test(`${name} as CSV and NDJSON are whole, and JSON is a page`, async (t) => {
    const { total, items } = await list(`/v1/${name}`)
    const csv = rowsOf((await service.ask(`/v1/${name}?format=csv`)).text)
    const ndjson = linesOf((await service.ask(`/v1/${name}`, { accept: 'application/x-ndjson' })).text)
    t.equal(csv.length, total)
    t.equal(ndjson.length, total)
    t.same(
      csv.map(({ id }) => id),
      ids(ndjson),
    )
    t.equal(items.length, Math.min(total, 100))
    t.same(items, ndjson.slice(0, 100))
  })

  t.test(`${name} in files are cut only by "limit" and "cursor"`, async (t) => {
    const { total, nextCursor } = await list(`/v1/${name}?limit=1`)
    t.equal(rowsOf((await service.ask(`/v1/${name}?format=csv&limit=1`)).text).length, 1)
    t.equal(linesOf((await service.ask(`/v1/${name}?format=ndjson&limit=1`)).text).length, 1)
    if (nextCursor === null) t.equal(total, 1)
    else {
      const rest = rowsOf((await service.ask(`/v1/${name}?format=csv&cursor=${nextCursor}`)).text)
      t.equal(rest.length, Math.min(total - 1, 100))
    }
  })

  t.test(`${name} are followed from page to page with nextCursor as with next`, async (t) => {
    const first = await list(`/v1/${name}?limit=3`)
    if (first.next === null) t.equal(first.nextCursor, null)
    else {
      t.equal(new URLSearchParams(first.next.split('?')[1]).get('cursor'), first.nextCursor)
      t.same((await list(`/v1/${name}?limit=3&cursor=${first.nextCursor}`)).items, (await list(first.next)).items)
    }
  })

  t.test(`${name} are asked for by some ids, in the order of the list`, async (t) => {
    const all: Item[] = (await list(`/v1/${name}?limit=500`)).items
    const some = [...new Set([all.at(-1), all[0]])].flatMap((one) => one?.id ?? [])
    const { total, items } = await list(`/v1/${name}?id=${some.map(encodeURIComponent).join(',')}`)
    t.equal(total, some.length)
    t.same(ids(items), some.toReversed())
    t.same(ids((await list(`/v1/${name}?id=${encodeURIComponent(String(some[0]))}`)).items), [some[0]])
    const { status, json } = await service.ask(`/v1/${name}?id=${encodeURIComponent(String(some[0]))},nothing-like-it`)
    t.equal(status, 400)
    t.match(json.errors, [{ location: 'query', name: 'id' }])
  })
}

t.test('ids are understood in any spelling, and each is given once', async (t) => {
  t.same(ids((await list('/v1/action-lines?id=c2,%D0%A11,Action%20Line%20C1,e-gov')).items), [
    'C1',
    'C2',
    'C7.e-government',
  ])
  t.same(ids((await list('/v1/agencies?id=UN%20DESA,%20UIT')).items), ['ITU', 'UNDESA'])
  t.same(ids((await list('/v1/action-lines?id=C1,C2,C7.e-health&kind=sub-line')).items), ['C7.e-health'])
})

t.test('a filter that takes one value and gets several says so', async (t) => {
  for (const [path, name] of [
    ['/v1/action-lines?kind=line,section', 'kind'],
    ['/v1/action-lines?agency=ITU,WHO', 'agency'],
    ['/v1/action-lines?agency=ITU;WHO', 'agency'],
    ['/v1/agencies?actionLine=C1,C2', 'actionLine'],
    ['/v1/coordinations?source=annex-draft,annex-adopted', 'source'],
    ['/v1/coordinations?role=coordinator|contact', 'role'],
    ['/v1/action-lines?kind=line&kind=section', 'kind'],
  ] as const) {
    const { status, json } = await service.ask(encodeURI(path))
    t.equal(status, 400, path)
    t.match(json.errors, [{ name, detail: /one request for each value/ }], path)
    t.equal(json.errors.length, 1)
  }
})

for (const [path, name, use] of [
  ['/v1/action-lines?page=2', 'page', 'cursor'],
  ['/v1/agencies?offset=100', 'offset', 'cursor'],
  ['/v1/sessions?per_page=50', 'per_page', 'limit'],
  ['/v1/sessions?pageSize=50', 'pageSize', 'limit'],
  ['/v1/sessions?order=date', 'order', 'sort'],
  ['/v1/action-lines?code=C1', 'code', 'id'],
] as const)
  t.test(`${path} is answered with the name to use instead: ${use}`, async (t) => {
    const { status, json } = await service.ask(path)
    t.equal(status, 400)
    t.match(json.errors, [{ name, suggestion: use, detail: `Use ${use}.` }])
  })

t.test('what has no parameter here is answered with the way to it', async (t) => {
  const sentence = async (query: string) => (await service.ask(`/v1/action-lines?${query}`)).json.errors
  t.match(await sentence('fields=id,title'), [
    { name: 'fields', suggestion: null, detail: /complete\. CSV has one column/ },
  ])
  t.match(await sentence('q=health'), [{ name: 'q', suggestion: null, detail: /\/v1\/search\?q=.*\/v1\/resolve\?q=/ }])
})

t.test('a far-fetched guess is not made', async (t) => {
  t.match((await service.ask('/v1/agencies?start=2')).json.errors, [{ name: 'start', suggestion: 'cursor' }])
  t.match((await service.ask('/v1/agencies?sort=name')).json.errors, [{ name: 'sort', suggestion: null }])
  t.match((await service.ask('/v1/action-lines?agency=World%20Bank')).json.errors, [
    { name: 'agency', suggestion: null, allowed: null },
  ])
  t.match((await service.ask('/v1/agencies/World%20Bank')).json, { status: 404, suggestions: [] })
})

// A zero width space, a byte order mark, a soft hyphen, a word joiner, marks of right-to-left and left-to-right, a variation selector.
for (const sign of ['\u200b', '\ufeff', '\u00ad', '\u2060', '\u200f', '\u200e', '\ufe0f'])
  t.test(
    `U+${sign.codePointAt(0)?.toString(16).padStart(4, '0')} is seen by nobody, so it changes no name`,
    async (t) => {
      for (const spelling of [`${sign}C9`, `C9${sign}`, `C${sign}9`]) {
        const asked = encodeURIComponent(spelling)
        const { status, headers } = await service.ask(`/v1/action-lines/${asked}`)
        t.same([status, headers.location], [308, '/v1/action-lines/C9'])
        t.same(ids((await list(`/v1/action-lines?id=${asked}`)).items), ['C9'])
        t.equal(
          (await list(`/v1/coordinations?actionLine=${asked}`)).total,
          (await list('/v1/coordinations?actionLine=C9')).total,
        )
        const { matches, unmatched } = await list(`/v1/resolve?q=${asked}`)
        t.match(matches, [{ id: 'C9', certain: true }])
        t.same(unmatched, [])
      }
      const edition = encodeURIComponent(`annex${sign}-adopted${sign}`)
      t.equal((await service.ask(`/v1/editions/${edition}`)).headers.location, '/v1/editions/annex-adopted')
      t.equal(
        (await service.ask(`/v1/agencies/${encodeURIComponent(`U${sign}NESCO`)}`)).headers.location,
        '/v1/agencies/UNESCO',
      )
    },
  )

t.test('the format is the one of the highest quality in Accept, with or without spaces', async (t) => {
  for (const [accept, type] of [
    ['text/csv;q=0.1, application/json;q=0.9', 'application/json'],
    ['text/csv; q=0.1, application/json; q=0.9', 'application/json'],
    ['text/csv; header=present; q=0.9, application/json ;q=0.1', 'text/csv'],
    ['text/html; q=0.1, application/json', 'application/json'],
    ['application/json; q=0, */*', 'text/csv'],
  ] as const) {
    t.match((await service.ask('/v1/action-lines', { accept })).headers['content-type'], type, accept)
    const wrong = await service.ask('/v1/action-lines/nothing', { accept })
    t.match(wrong.headers['content-type'], 'application/problem+json', accept)
  }
})

t.test('an item is given in each format that its Accept or its address asks for', async (t) => {
  for (const { name, example, calendar, rows } of nouns) {
    const path = `/v1/${name}/${example}`
    for (const [format, type, isOffered] of [
      ['json', 'application/json', true],
      ['jsonld', 'application/ld+json', true],
      ['ics', 'text/calendar', calendar !== undefined],
      ['csv', 'text/csv', rows !== undefined],
    ] as const) {
      const [named, accepted] = [
        await service.ask(`${path}?format=${format}`),
        await service.ask(path, { accept: type }),
      ]
      t.same([named.status, accepted.status], isOffered ? [200, 200] : [400, 406], `${path} ${format}`)
      if (!isOffered) continue
      t.match(named.headers['content-type'], type)
      t.equal(named.text, accepted.text)
    }
  }
})

t.test('a cell of a time zone or of a number is no formula, and has no apostrophe', async (t) => {
  const rows = rowsOf((await service.ask('/v1/sessions?format=csv')).text)
  const { items } = await list('/v1/sessions?limit=500')
  t.same(
    rows.map(({ utcOffset }) => utcOffset),
    items.map(({ utcOffset }: { utcOffset: string | null }) => utcOffset ?? ''),
  )
  t.ok(rows.some(({ utcOffset }) => utcOffset?.startsWith('+')))
})

t.test('no list starts with a byte order mark', async (t) => {
  for (const name of lists)
    for (const format of ['csv', 'ndjson', 'json'])
      t.not((await service.ask(`/v1/${name}?format=${format}`)).text.codePointAt(0), 0xfeff, `${name} ${format}`)
})

t.test('every filter has something to compare with, in every record', (t) => {
  const relations = relationsOf(readSeed(seedFolder))
  for (const noun of nouns)
    for (const [name, filter] of Object.entries<Filter<never>>(noun.filters)) {
      if (filter.where && !filter.column && !filter.value && !columnOf(noun, name)) continue
      t.ok(filter.links ?? columnOf(noun, name), `${noun.name}: ${name} has a column or a link table`)
      const values = servedRecords(noun, relations).map(({ record }) =>
        filter.value ? filter.value(record as never, relations) : (record as Record<string, unknown>)[name],
      )
      t.notOk(values.includes(undefined), `${noun.name}: ${name} has a value, or null, in each record`)
    }
  t.end()
})

t.test('an id that is not held is named, and those beside it are not', async (t) => {
  const { status, json } = await service.ask('/v1/action-lines?id=C1,c2,C99')
  t.equal(status, 400)
  t.match(json.errors, [{ name: 'id', detail: /^No id matches "C99"\./ }])
})

t.test('a value of another type is told which values there are', async (t) => {
  const wrong = (await service.ask('/v1/coordinations?appointment=maybe&limit=ten')).json.errors
  t.match(wrong, [
    { name: 'appointment', detail: /must be true or false/ },
    { name: 'limit', detail: /must be a whole number/ },
  ])
})

t.test('true, false, days with a time and repeated ids are read as programs write them', async (t) => {
  for (const [sent, plain] of [
    ['coordinations?appointment=True', 'coordinations?appointment=true'],
    ['coordinations?appointment=FALSE', 'coordinations?appointment=false'],
    ['sessions?hasOutcome=yes', 'sessions?hasOutcome=true'],
    ['sessions?hasOutcome=0', 'sessions?hasOutcome=false'],
    ['sessions?from=2023-01-01T00:00:00Z', 'sessions?from=2023-01-01'],
    ['sessions?to=2023-03-13T23:59:59.5%2B02:00', 'sessions?to=2023-03-13'],
    ['action-lines?id=C1&id=C2', 'action-lines?id=C1,C2'],
    ['action-lines?edition=Latest', 'action-lines?edition=latest'],
  ] as const) {
    const [one, other] = await Promise.all([sent, plain].map((path) => service.ask(`/v1/${path}`)))
    t.equal(one?.status, 200, sent)
    t.same(one?.json, other?.json, sent)
  }
  for (const path of [
    'coordinations?appointment=2',
    'sessions?from=2023-02-30T00:00:00Z',
    'sessions?from=2023-01-01Tx',
  ])
    t.equal((await service.ask(`/v1/${path}`)).status, 400, path)
})

t.test('a limit of more digits than a number can have is a 400 that says the bound', async (t) => {
  const { status, json } = await service.ask(`/v1/agencies?limit=${'9'.repeat(400)}`)
  t.equal(status, 400)
  t.match(json.errors, [
    { name: 'limit', detail: /^"limit" cannot be "9{100}": it must be a whole number from 1 to 500/ },
  ])
})

t.test('an unknown parameter of a path that has one is told which', async (t) => {
  const { json } = await service.ask('/v1/action-lines/C1?surprise=1')
  t.equal(json.errors[0].detail, 'Unknown parameter "surprise". The only parameter is format.')
})

t.test('a parameter named like a property of every JavaScript object is unknown, too', async (t) => {
  for (const name of ['__proto__', 'constructor', 'toString']) {
    const { json } = await service.ask(`/v1/agencies?${name}=1`)
    t.match(json.errors, [{ name, detail: `Unknown parameter "${name}". The parameters are id, ` }])
  }
})

t.test('an empty id is told what an id looks like', async (t) => {
  t.match((await service.ask('/v1/agencies?id=')).json.errors, [{ name: 'id', detail: 'for example id=ECE.' }])
})
