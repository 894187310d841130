import { Ajv } from 'ajv'
import tap, { test } from 'tap'
import { publicUrl, startService } from './service.ts'

const service = await startService({ publicUrl })
service.app.server.unref()
tap.teardown(service.close)
const { send } = service

const path = '/v1/reconcile'
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const post = (fields: Record<string, unknown>) => {
  const pairs = Object.entries(fields).map(([name, value]): [string, string] => [name, JSON.stringify(value)])
  return send(path, form, 'POST', String(new URLSearchParams(pairs)))
}
const candidatesOf = async (query: object) => (await post({ queries: { q0: query } })).json.q0.result

// The shapes of the specification, section by section.
const named = {
  type: 'object',
  required: ['id', 'name'],
  properties: { id: { type: 'string' }, name: { type: 'string' } },
}
const listOf = (items: object) => ({ type: 'array', items })
const template = { type: 'string', pattern: '^https://.*\\{\\{id\\}\\}' }
const suggest = {
  type: 'object',
  required: ['service_url', 'service_path'],
  properties: {
    service_url: { type: 'string', pattern: '^https://' },
    service_path: { type: 'string', pattern: '^/' },
  },
}
const shapes = {
  manifest: {
    type: 'object',
    required: ['versions', 'name', 'identifierSpace', 'schemaSpace'],
    properties: {
      versions: { type: 'array', contains: { const: '0.2' } },
      identifierSpace: { type: 'string', pattern: '^https://' },
      schemaSpace: { type: 'string', pattern: '^https://' },
      defaultTypes: listOf(named),
      view: { type: 'object', required: ['url'], properties: { url: template } },
      preview: {
        type: 'object',
        required: ['url', 'width', 'height'],
        properties: { url: template, width: { type: 'integer' }, height: { type: 'integer' } },
      },
      suggest: { type: 'object', required: ['entity', 'property', 'type'], additionalProperties: suggest },
      extend: { type: 'object', required: ['propose_properties'], properties: { propose_properties: suggest } },
      batchSize: { type: 'integer' },
    },
  },
  results: {
    type: 'object',
    additionalProperties: {
      type: 'object',
      required: ['result'],
      properties: {
        result: listOf({
          type: 'object',
          required: ['id', 'name', 'score'],
          properties: {
            ...named.properties,
            description: { type: 'string' },
            score: { type: 'number' },
            match: { type: 'boolean' },
            type: listOf(named),
            features: listOf({
              type: 'object',
              required: ['id', 'value'],
              properties: { id: { type: 'string' }, value: { type: ['number', 'boolean'] } },
            }),
          },
        }),
      },
    },
  },
  extension: {
    type: 'object',
    required: ['meta', 'rows'],
    properties: {
      meta: listOf(named),
      rows: {
        type: 'object',
        additionalProperties: {
          type: 'object',
          additionalProperties: listOf({
            oneOf: [
              {
                type: 'object',
                required: ['str'],
                properties: { str: { type: 'string' } },
                additionalProperties: false,
              },
              { ...named, additionalProperties: false },
            ],
          }),
        },
      },
    },
  },
  suggestions: { type: 'object', required: ['result'], properties: { result: listOf(named) } },
}
const ajv = new Ajv({ strict: false, allErrors: true })
const errorsIn = (shape: keyof typeof shapes, json: unknown) => {
  const validate = ajv.compile(shapes[shape])
  return validate(json) ? [] : validate.errors
}

test('GET without parameters answers with the manifest, whose services answer', async (t) => {
  const { json, headers } = await send(path)
  t.same(errorsIn('manifest', json), [])
  t.equal(headers['access-control-allow-origin'], '*')
  for (const { service_url, service_path } of [...Object.values(json.suggest), json.extend.propose_properties] as {
    service_url: string
    service_path: string
  }[]) {
    t.equal(service_url, 'https://directory.example.org/wsis')
    const isSuggest = service_path.includes('suggest')
    t.equal((await send(service_path + (isSuggest ? '?prefix=c' : '?type=agency'))).status, 200)
  }
})

test('the manifest of a service that does not know its address has that of the host that was asked', async (t) => {
  const local = await startService()
  t.teardown(local.close)
  const { json, headers } = await local.send(path)
  t.equal(json.suggest.entity.service_url, local.url)
  t.equal(headers['cache-control'], 'no-store')
  const other = await local.send(path, { host: 'other.example' })
  t.equal(other.json.identifierSpace, 'http://other.example/v1/reconcile/entities/')
})

test('a batch is answered alike by POST, by GET and as a script', async (t) => {
  const queries = JSON.parse(
    '{"a":{"query":"C1"},"b":{"query":"UNESCO","type":"agency","limit":1},"__proto__":{"query":"xyzzy"}}',
  )
  const { status, json, headers } = await post({ queries })
  t.equal(status, 200)
  t.same(errorsIn('results', json), [])
  t.same(Object.keys(json), ['a', 'b', '__proto__'])
  t.equal(headers['access-control-allow-origin'], '*')
  const url = `${path}?queries=${encodeURIComponent(JSON.stringify(queries))}`
  t.same((await send(url)).json, json)
  const script = await send(`${url}&callback=jQuery1.show_2&_=1700000000000`)
  t.match(script.headers['content-type'], /^text\/javascript/)
  t.match(script.text, /^\/\*\*\/jQuery1\.show_2\(.*\);$/s)
  t.same(JSON.parse(script.text.slice(script.text.indexOf('(') + 1, -2)), json)
})

test('a callback that is no name of a function is refused', async (t) => {
  for (const callback of ['alert(1)//', 'a-b', '<script>', 'a..b', '1a', ''])
    t.equal((await send(`${path}?callback=${encodeURIComponent(callback)}`)).status, 400, callback)
})

test('only a text that is certainly one entity and nothing else is a match', async (t) => {
  const matchesOf = async (query: string, type?: string) =>
    (await candidatesOf({ query, ...(type && { type }) })).filter(({ match }: { match: boolean }) => match)
  t.match(await matchesOf('C7 e-health'), [{ id: 'C7.e-health', score: 1, type: [{ id: 'action-line' }] }])
  t.match(await matchesOf('World Health Organization'), [{ id: 'WHO', type: [{ id: 'agency' }] }])
  for (const query of ['C1, C7', 'C4: Media', 'not C2', 'Action Line 4', 'ITU, IMO', 'enabling enviroment'])
    t.same(await matchesOf(query), [], query)
  t.same(await matchesOf('C1', 'agency'), [], 'a line is no agency')
})

test('candidates say how certain they are, best first, and at most as many as asked for', async (t) => {
  const all = await candidatesOf({ query: 'C1, C7 eGov, media' })
  const scores = all.map(({ score }: { score: number }) => score)
  t.same(
    scores,
    scores.toSorted((one: number, other: number) => other - one),
  )
  t.ok(all.every(({ features }: { features: object[] }) => features.length > 0))
  t.ok(all.length > 2)
  t.equal((await candidatesOf({ query: 'C1, C7 eGov, media', limit: 2 })).length, 2)
})

test('a body that coordinates no line has a note and no candidate', async (t) => {
  const { q0 } = (await post({ queries: { q0: { query: 'International Maritime Organization' } } })).json
  t.same(q0.result, [])
  t.match(q0.notes, [/No action line is coordinated by/])
})

test('a text that is too long to be read spoils only its own answer', async (t) => {
  const { json } = await post({ queries: { long: { query: 'x'.repeat(1001) }, short: { query: 'C1' } } })
  t.match(json.long, { result: [], notes: [/1000 characters/] })
  t.equal(json.short.result[0].id, 'C1')
})

test('properties are hints: they order candidates, and find lines for an agency alone', async (t) => {
  const properties = [{ pid: 'current', v: [{ id: 'WHO', name: 'World Health Organization' }] }]
  const found = await candidatesOf({ type: 'action-line', properties })
  const { items } = (await send('/v1/action-lines')).json
  const wanted = items.filter(({ current }: { current: { agencies: { id: string }[] } | null }) =>
    current?.agencies.some(({ id }) => id === 'WHO'),
  )
  t.ok(wanted.length > 0)
  t.same(
    found.map(({ id }: { id: string }) => id),
    wanted.map(({ id }: { id: string }) => id),
  )
  t.notOk(
    found.some(({ match }: { match: boolean }) => match),
    'a hint alone is no match',
  )
  const [first] = await candidatesOf({
    query: 'environment',
    type: 'action-line',
    properties: [{ pid: 'agency', v: 'UNEP' }],
  })
  t.match(first, {
    id: 'C7.e-environment',
    features: [
      { id: 'certain', value: false },
      { id: 'agency', value: true },
    ],
  })
})

test('bad requests are problems that say what to send', async (t) => {
  const many = Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`q${at}`, { query: 'C1' }]))
  const cases: [number, RegExp, () => ReturnType<typeof send>][] = [
    [400, /not JSON/, () => send(path, form, 'POST', 'queries=%7B')],
    [400, /neither/, () => send(path, form, 'POST', '')],
    [400, /either/, () => send(`${path}?queries=%7B%7D&extend=%7B%7D`)],
    [400, /neither/, () => post({ queries: { q0: {} } })],
    [400, /action-line, agency/, () => post({ queries: { q0: { query: 'C1', type: 'Q5' } } })],
    [400, /lead-contact/, () => post({ queries: { q0: { query: 'C1', properties: [{ pid: 'x', v: '1' }] } } })],
    [400, /pid" is wrong: Expected required/, () => post({ queries: { q0: { properties: [{ v: '1' }] } } })],
    [400, /Unknown type "Q5"/, () => post({ queries: { q0: { query: 'C1', type: ['agency', 'Q5'] } } })],
    [400, /limit/, () => post({ queries: { q0: { query: 'C1', limit: 0 } } })],
    [400, /Unknown property "x"/, () => post({ extend: { ids: ['C1'], properties: [{ id: 'x' }] } })],
    [400, /Unknown parameter "query"/, () => send(`${path}?query=C1`)],
    [400, /Unknown parameter "queries"/, () => send(`${path}?queries=%7B%7D`, form, 'POST', 'queries=%7B%7D')],
    [404, /XX/, () => send(`${path}/preview?id=XX`)],
    [404, /XX/, () => send(`${path}/entities/XX`)],
    [413, /maximum is 50/, () => post({ queries: many })],
    [413, /bytes/, () => send(path, form, 'POST', `queries=${'x'.repeat(300_000)}`)],
    [415, /urlencoded/, () => send(path, { 'content-type': 'application/json' }, 'POST', '{}')],
  ]
  for (const [status, detail, ask] of cases) {
    const answer = await ask()
    t.equal(answer.status, status, `${status} ${detail}`)
    t.match(answer.headers['content-type'], /^application\/problem\+json/)
    t.match(answer.json.detail, detail)
  }
})

test('an error names only documented parameters, also if one that is not documented is repeated', async (t) => {
  for (const query of ['x=1', '_=1&_=2', 'extend=1&extend=2']) {
    const { status, json } = await send(`${path}?${query}`)
    t.equal(status, 400, query)
    t.same(json.errors[0].allowed, query === 'x=1' ? ['queries', 'callback'] : null, query)
  }
  t.notMatch((await send(`${path}/suggest/entity?prefix=a&x=1`)).json.detail, / _|key|type_strict/)
})

test('an error of GET is in the query, an error of POST in the body', async (t) => {
  const { json } = await send(`${path}?queries=%7B`)
  t.match(json.errors, [{ location: 'query', name: 'queries' }])
  t.match((await send(path, form, 'POST', 'queries=%7B')).json.errors, [{ location: 'body', name: 'queries' }])
})

test('a data extension gives texts and entities, and says which ids it does not know', async (t) => {
  const extend = {
    ids: ['C7.e-health', 'WHO', 'C99'],
    properties: ['title', 'current', 'lead-contact', 'adopted', 'draft', 'source', 'ror', 'wikidata'].map((id) => ({
      id,
    })),
  }
  const { json } = await post({ extend })
  t.same(errorsIn('extension', json), [])
  const line = (await send('/v1/action-lines/C7.e-health')).json
  const agency = (await send('/v1/agencies/WHO')).json
  const linked = (agencies: { id: string; title: string }[]) => agencies.map(({ id, title }) => ({ id, name: title }))
  t.match(json.rows['C7.e-health'], {
    title: [{ str: line.title }],
    current: linked(line.current.agencies),
    'lead-contact': linked(line.current.contacts.agencies),
    adopted: linked(line.editions.find(({ status }: { status: string }) => status === 'adopted').agencies),
    ror: [],
  })
  t.match(json.rows.WHO, { ror: [{ str: agency.identifiers.ror }], wikidata: [{ str: agency.identifiers.wikidata }] })
  t.match(json.notes, [/C99/])
  t.match(json.meta[1], { id: 'current', type: { id: 'agency' } })
  const url = `${path}?extend=${encodeURIComponent(JSON.stringify(extend))}`
  t.same((await send(url)).json, json)
})

test('names are completed while they are typed', async (t) => {
  const idsOf = async (what: string, query: string) => {
    const { json } = await send(`${path}/suggest/${what}?${query}`)
    t.same(errorsIn('suggestions', json), [])
    return json.result.map(({ id }: { id: string }) => id)
  }
  t.equal((await idsOf('entity', 'prefix=C7.e-health'))[0], 'C7.e-health')
  t.ok((await idsOf('entity', 'prefix=United%20Nations%20Ed')).includes('UNESCO'))
  t.notOk((await idsOf('entity', 'prefix=e&type=agency')).includes('C3'))
  const all = await idsOf('entity', 'prefix=c')
  t.same((await idsOf('entity', 'prefix=c&cursor=1'))[0], all[1])
  t.same(await idsOf('property', 'prefix=lead'), ['lead-contact'])
  t.same(await idsOf('type', 'prefix=ag'), ['agency'])
})

test('an id leads to its record, and no id is of a line and of an agency', async (t) => {
  const ids = async (noun: string) =>
    (await send(`/v1/${noun}?limit=500`)).json.items.map(({ id }: { id: string }) => id)
  const [lines, agencies] = [await ids('action-lines'), await ids('agencies')]
  t.same(
    lines.filter((id: string) => agencies.includes(id)),
    [],
  )
  const { status, headers } = await send(`${path}/entities/ITU`)
  t.equal(status, 307)
  t.equal(headers.location, 'https://directory.example.org/wsis/v1/agencies/ITU')
})

test('the preview is the only page that may be framed', async (t) => {
  const preview = await send(`${path}/preview?id=C1`)
  t.match(preview.headers['content-type'], /^text\/html/)
  t.match(preview.headers['content-security-policy'], /frame-ancestors \*$/)
  t.notOk(preview.headers['x-frame-options'])
  t.match(preview.text, /The role of/)
  for (const page of ['/', '/v1/action-lines/C1', '/v1/agencies', '/docs'])
    t.match(
      (await send(page, { accept: 'text/html' })).headers['content-security-policy'],
      /frame-ancestors 'none'/,
      page,
    )
})
