import t from 'tap'
import type { Check } from '../src/services/check-shapes.ts'
import { agenciesIn, currentEdition, editions, rowsOfEdition } from './edition-tables.ts'
import { character, fc } from './random.ts'
import { type Answer, publicUrl, serve } from './service.ts'

const service = await serve(t)

const post = (body: string | Buffer, type = 'application/json', more: Record<string, string> = {}) =>
  service.ask('/v1/check', { 'content-type': type, ...more }, 'POST', body)

const postTo = (query: string, body: string, type = 'application/json') =>
  service.ask(`/v1/check${query}`, { 'content-type': type }, 'POST', body)

async function checked(...rows: object[]): Promise<Check> {
  const { status, json, text } = await post(JSON.stringify({ rows }))
  if (status !== 200) throw new Error(text)
  return json
}
const ids = (links: { id: string }[]) => links.map(({ id }) => id)
const errors = ({ status, json }: Answer) => [status, json.errors.map(({ name }: { name: string }) => name)]

t.test('every row of the CSV that the service gives is current', async (t) => {
  const { text } = await service.ask('/v1/action-lines?format=csv')
  const { status, headers, json } = await post(text, 'text/csv; charset=utf-8')
  t.equal(status, 200)
  t.equal(headers['cache-control'], 'no-store')
  t.equal(headers.etag, undefined)
  t.match(json, { dataset: headers['dataset-version'], total: 22, current: 22, absent: [], copyOf: null })
  t.ok(json.rows.every(({ status }: Check['rows'][number]) => status.join() === 'current'))
  for (const column of ['kind', 'genevaTitle', 'coordinators']) t.ok(json.notCompared.includes(column), column)
  t.match(json.comparedWith, { edition: { id: 'facilitators-2026' }, role: 'facilitator', date: '2026-04-06' })
})

t.test('a row is current, renamed or unknown by its code', async (t) => {
  const { rows, total, current, absent } = await checked(
    { code: 'C5' },
    { code: 'С7 eGov' },
    { code: 'C12' },
    { code: '' },
  )
  t.same(
    rows.map(({ row, status, actionLine }) => [row, status.join(), actionLine?.id]),
    [
      [1, 'current', 'C5'],
      [2, 'renamed', 'C7.e-government'],
      [3, 'unknown', undefined],
      [4, 'unknown', undefined],
    ],
  )
  t.ok(ids(rows[2]?.suggestions ?? []).includes('C1'))
  t.same([total, current, absent.length], [4, 1, rowsOfEdition('facilitators-2026').length - 2])
})

t.test('a code that means several lines is unknown, and they are suggested', async (t) => {
  const { rows } = await checked({ code: 'C1, C11' })
  t.match(rows, [{ status: ['unknown'], actionLine: null }])
  t.same(ids(rows[0]?.suggestions ?? []), ['C1', 'C11'])
})

t.test('a label is current if it is a title of either text, with or without the code', async (t) => {
  const { rows } = await checked(
    { code: 'C2', label: 'Information and communication infrastructure' },
    {
      code: 'C2',
      label: 'information and communication infrastructure: an essential foundation for the information society',
    },
    { code: 'C2', title: 'C2. Information and communication infrastructure' },
    { code: 'C2', label: null },
    { code: 'C2', label: 'Infrastructure' },
    { code: 'c2', label: 'Media' },
    { code: 'C5', label: 'Media' },
    { code: 'C7.e-government', label: 'C7. ICT Applications: E-government' },
    { code: 'C2', label: ' ' },
  )
  t.same(
    rows.map(({ status }) => status.join()),
    [
      'current',
      'current',
      'current',
      'current',
      'label-differs',
      'renamed,label-differs',
      'label-differs',
      'current',
      'current',
    ],
  )
  t.same(rows[6]?.titles, ['Building confidence and security in the use of ICTs'])
  t.same(rows[4]?.titles, [
    'Information and communication infrastructure',
    'Information and communication infrastructure: an essential foundation for the Information Society',
  ])
})

t.test(
  'coordinators are compared under any name: what is missing, what is extra, and which source says so',
  async (t) => {
    const { rows } = await checked(
      {
        code: 'C7.e-environment',
        coordinators: ['who', 'World Meteorological Organisation', 'UNEP', 'UN-HABITAT', 'ITU', 'ICAO'],
      },
      { code: 'C7.e-environment', coordinators: 'WHO, WMO, UNEP, ITU, ICAO and https://unhabitat.org/' },
      { code: 'C7.e-environment', coordinators: 'WHO/WMO/ UNEP/UN-Habitat / ITU/ICAO' },
      { code: 'C1', coordinators: ['ECOSOC', 'ITU', 'UN DESA', 'ECE', 'Ministry of Truth'] },
      { code: 'C7', coordinators: [] },
      { code: 'C5', coordinators: '' },
    )
    t.same(
      rows.map(({ status }) => status.join()),
      ['current', 'current', 'current', 'coordinators-differ', 'current', 'coordinators-differ'],
    )
    const [, , , c1, , c5] = rows
    t.match(c1?.missing, [
      {
        agency: { id: 'UN-Regional-Commissions' },
        source: { id: 'facilitators-2026' },
        href: '/v1/coordinations/facilitators-2026:C1:UN-Regional-Commissions',
      },
    ])
    t.same(
      c1?.extra.map(({ name, agency }) => [name, agency?.id]),
      [
        ['UN DESA', 'UNDESA'],
        ['ECE', 'ECE'],
        ['Ministry of Truth', undefined],
      ],
    )
    t.ok(
      ids(c1?.extra[0]?.namedBy.map(({ source }) => source) ?? []).includes('itu-council-wg-2006'),
      'a later report names it',
    )
    t.match(
      c1?.extra[1]?.namedBy,
      [{ role: 'coordinator', source: { id: 'annex-draft' } }],
      'the annex names its group',
    )
    t.same(c1?.extra[2]?.namedBy, [])
    t.same(ids(c5?.missing.map(({ agency }) => agency) ?? []), ['ITU'])
    for (const { href } of c1?.extra.flatMap(({ namedBy }) => namedBy) ?? [])
      t.equal((await service.ask(href)).status, 200)
  },
)

t.test('coordinators are understood in a list, a sentence, an address and an answer', async (t) => {
  const { json: line } = await service.ask('/v1/action-lines/C1')
  for (const coordinators of [
    ['ECOSOC', 'https://ror.org/01eb8ek77', 'UN Regional Commissions', 'ITU'],
    'ECOSOC, ITU, UN Regional Commissions',
    'ECOSOC & UN Regional Commissions; ECOSOC; ITU',
    'ECOSOC\nUN Regional Commissions\nITU',
    line.current.agencies,
    line.current.agencies.map((agency: object) => ({ agency })),
  ])
    t.match((await checked({ code: 'C1', coordinators })).rows, [{ status: ['current'] }], JSON.stringify(coordinators))
  for (const coordinators of ['n/a', '-', 'None', '', []])
    t.match((await checked({ code: 'C7', coordinators })).rows, [{ status: ['current'] }], JSON.stringify(coordinators))
  const { rows } = await checked({ code: 'C9', coordinators: 'UNESCO, ITU;ITU;itu; UIT, Ministry of Truth' })
  t.same(
    rows[0]?.extra.map(({ name, agency }) => [name, agency?.id]),
    [
      ['ITU', 'ITU'],
      ['Ministry of Truth', undefined],
    ],
  )
})

t.test('a row of B, D or E is compared with the draft, which is the newest edition that has it', async (t) => {
  const rows = ['B', 'D', 'E', 'C1'].map((id) => ({ id, coordinators: agenciesIn(String(currentEdition(id)?.id), id) }))
  const { json } = await post(JSON.stringify({ rows }))
  t.match(json, { current: 4, copyOf: null })
  t.same(
    json.rows.map(({ edition }: Check['rows'][number]) => edition?.id),
    ['annex-draft', 'annex-draft', 'annex-draft', 'facilitators-2026'],
  )
})

t.test(
  'a copy of another edition is recognized, and each row that differs says of which and what is current',
  async (t) => {
    for (const [edition, note] of [
      ['annex-draft', /^This is Draft 2005 \(annex-draft\)\. Adopted 2005 and Facilitators 2026: .*ITU.*\.$/],
      [
        'itu-contacts-2026',
        /^This is Contacts 2026 \(itu-contacts-2026\), the lead contacts, who stand beside the facil/,
      ],
    ] as const) {
      const rows = rowsOfEdition(edition).map(([id, coordinators]) => ({ id, coordinators }))
      const { json } = await post(JSON.stringify({ rows }))
      t.match(json.copyOf, { edition: { id: edition }, description: /./ })
      for (const row of json.rows)
        if (row.status.includes('coordinators-differ')) t.match(row.note, note, row.id)
        else t.equal(row.note, null, row.id)
      t.ok(json.current < json.total)
    }
    for (const edition of ['annex-adopted', 'facilitators-2026']) {
      const rows = rowsOfEdition(edition).map(([id, coordinators]) => ({ id, coordinators }))
      t.match((await post(JSON.stringify({ rows }))).json, { total: 18, current: 18, copyOf: null }, edition)
    }
    const mixed = [
      { id: 'C1', coordinators: 'UN DESA' },
      { id: 'C6', coordinators: 'ITU, UNDP' },
    ]
    t.equal((await post(JSON.stringify({ rows: mixed }))).json.copyOf, null, 'of no edition in both rows')
  },
)

t.test('an edition and its rows can be sent as they were given', async (t) => {
  const { text, json: edition } = await service.ask('/v1/editions/annex-adopted')
  for (const body of [text, JSON.stringify(edition.rows), JSON.stringify({ rows: edition.rows })])
    t.match((await post(body)).json, { total: 18, current: 18, absent: [] })
})

t.test('the list of action lines can be sent as it was given', async (t) => {
  const { text } = await service.ask('/v1/action-lines')
  t.match((await post(text)).json, { total: 22, current: 22, absent: [] })
  const { json } = await post(JSON.stringify({ rows: JSON.parse(text).items }))
  t.match(json, { total: 22, current: 22 })
})

t.test('the answer says which edition a copy was compared with, as asked by any of its names', async (t) => {
  for (const { id, ...known } of editions) {
    const { json } = await postTo(`?edition=${id.toUpperCase()}`, '{"rows":[{"id":"C5"}]}')
    t.match(json.comparedWith, { edition: { id, href: `/v1/editions/${id}` }, ...known })
  }
  const { status, json } = await postTo('?edition=annex-adoptd', '{"rows":[{"id":"C5"}]}')
  t.equal(status, 400)
  t.match(json.errors, [{ location: 'query', name: 'edition', suggestion: 'annex-adopted' }])
})

t.test('coordinators are compared with those of the edition that is asked for', async (t) => {
  const rows = [{ id: 'C1', coordinators: ['ECOSOC', 'UN Regional Commissions'] }]
  const compared = async (edition: string) =>
    (await postTo(`?edition=${edition}`, JSON.stringify({ rows }))).json.rows[0]
  t.match(await compared('annex-draft'), { status: ['current'], missing: [], extra: [] })
  const adopted = await compared('annex-adopted')
  t.match(adopted, {
    status: ['coordinators-differ'],
    missing: [
      { agency: { id: 'ITU' }, source: { id: 'annex-adopted' }, href: '/v1/coordinations/annex-adopted:C1:ITU' },
    ],
    extra: [],
  })
  const newest = await compared('itu-contacts-2026')
  t.same(ids(newest.missing.map(({ agency }: { agency: { id: string } }) => agency)), ['UNDESA'])
  t.match(newest.extra, [
    {
      agency: { id: 'ECOSOC' },
      namedBy: ['annex-draft', 'annex-adopted', 'facilitators-2026'].map((id) => ({ source: { id } })),
    },
    { agency: { id: 'UN-Regional-Commissions' } },
  ])
})

t.test('the CSV of each edition is current for that edition', async (t) => {
  for (const { id } of editions) {
    const { text } = await service.ask(`/v1/editions/${id}?format=csv`)
    const { status, json } = await postTo(`?edition=${id}`, text, 'text/csv')
    const total = rowsOfEdition(id).length
    t.equal(status, 200)
    t.match(json, { total, current: total, absent: [] }, id)
    t.ok(json.notCompared.includes('printedLabel'))
  }
})

t.test(
  'a line that the edition does not have is said to be in none of its rows, if coordinators are held',
  async (t) => {
    const rows = [{ id: 'B', coordinators: 'ITU' }, { id: 'D' }, { id: 'E', coordinators: '' }]
    const { json } = await postTo('?edition=annex-adopted', JSON.stringify({ rows }))
    t.same(
      json.rows.map(({ status, missing, extra }: Check['rows'][0]) => [status.join(), missing.length, extra.length]),
      [
        ['not-in-edition', 0, 0],
        ['current', 0, 0],
        ['not-in-edition', 0, 0],
      ],
    )
    t.equal(json.absent.length, rowsOfEdition('annex-adopted').length, 'B, D and E are none of its lines')
  },
)

t.test('the column of the ids is called id, code or actionLine', async (t) => {
  for (const column of ['id', 'ID', 'code', 'Code ', 'actionLine', 'actionline'])
    t.match((await post(`${column},label\nC9,Media\n`, 'text/csv')).json, { total: 1, current: 1 }, column)
  t.match((await post('id,code\nC9,Radio\n', 'text/csv')).json, { current: 1, notCompared: ['code'] })
  t.match((await post('id,label,\nC9,,\n', 'text/csv')).json, { current: 1 }, 'a column without a name is none of them')
  t.match((await post(',id\n0,C9\n', 'text/csv')).json, { current: 1 })
})

t.test('a list of rows may be sent without an object around it', async (t) => {
  t.match((await post('[{"id":"C9","label":"Media"},{"id":"C5"}]')).json, { total: 2, current: 2 })
})

t.test('NDJSON is read line by line, as the service gives it', async (t) => {
  const { text } = await service.ask('/v1/action-lines?format=ndjson')
  t.match((await post(text, 'application/x-ndjson')).json, { total: 22, current: 22 })
  const { status, json } = await post('{"id":"C1"}\n{"id":', 'application/x-ndjson')
  t.match({ status, json }, { status: 400, json: { errors: [{ name: '/rows/1', detail: /^Line 2 is not JSON/ }] } })
})

t.test('a column of a CSV without a name counts only if it has values, and is then named by its number', async (t) => {
  t.match((await post('id,label,,,\nC9,Media,,,\nC5,,,,\n', 'text/csv')).json, {
    total: 2,
    current: 2,
    notCompared: [],
  })
  t.same((await post('id,,,\nC9,,x,\n', 'text/csv')).json.notCompared, ['column 3'])
})

t.test('values separated by tabs are read', async (t) => {
  const text = 'id\tcoordinators\nC9\tUNESCO\nC5\tITU, UNESCO\n'
  t.same(
    (await post(text, 'text/tab-separated-values')).json.rows.map(({ status }: Check['rows'][0]) => status.join()),
    ['current', 'coordinators-differ'],
  )
})

t.test('lines of a CSV that have nothing but separators are no rows', async (t) => {
  t.match((await post('id,label,remark\nC9,,\n,,\n , ,\nC5,,\n,,', 'text/csv')).json, { total: 2, current: 2 })
})

t.test('invisible characters in a copy change nothing', async (t) => {
  const { rows } = await checked(
    { id: '\u200bC9', label: '\ufeffMedia', coordinators: 'UNE\u00adSCO' },
    { id: 'C\u200d1', coordinators: ['\u200eECOSOC', 'UN Regional\u200b Commissions\u200f', 'I\u00adTU'] },
  )
  t.same(
    rows.map(({ actionLine, missing, extra }) => [actionLine?.id, missing, extra]),
    [
      ['C9', [], []],
      ['C1', [], []],
    ],
  )
})

t.test('CSV may have a byte order mark, empty lines, and semicolons or tabs', async (t) => {
  for (const text of [
    '\ufeffcode,label\r\nC9,Media\r\n\r\n',
    'code;label;coordinators\nC9;Media;UNESCO\n',
    'code\tlabel\nC9\tMedia\n',
    'label,code\n"Media",C9',
    'Code,"x;y;z", LABEL \nC9,a,Media\n',
  ])
    t.match((await post(text, 'text/csv')).json, { total: 1, current: 1, rows: [{ id: 'C9' }] }, text)
})

t.test('a request body that is not understood is a 400 that names each error', async (t) => {
  t.same(errors(await post('{"rows":')), [400, ['']])
  t.same(errors(await post('[]')), [400, ['/rows']])
  t.same(errors(await post('7')), [400, ['/rows']])
  t.same(errors(await post('null')), [400, ['/rows']])
  t.same(errors(await post('{"rows":[]}')), [400, ['/rows']])
  t.same(errors(await post('')), [400, ['']])
  t.same(errors(await post('{"rows":[{"label":"Media"},7]}')), [400, ['/rows', '/rows/1']])
  t.same(errors(await post('{"rows":[{}]}')), [400, ['/rows']])
  t.same(errors(await post(Buffer.from([0x22, 0xff]))), [400, ['']])
  t.same(errors(await post('label\nMedia\n', 'text/csv')), [400, ['/rows']])
  t.same(errors(await post('code\n"C1\n', 'text/csv')), [400, ['']])
  t.same(errors(await post('code,code\nC1,C2\n', 'text/csv')), [400, ['']])
  t.same(errors(await post(Buffer.from([0x63, 0xff]), 'text/csv')), [400, ['']])
  const wrong = { rows: [{ code: 1 }, { code: 'C1', label: 2 }, { code: 'C1', coordinators: { ITU: 1 } }, null] }
  const answer = await post(JSON.stringify(wrong))
  t.same(errors(answer), [400, ['/rows/0/id', '/rows/1/label', '/rows/2/coordinators', '/rows/3']])
  t.match(answer.json.errors[0].detail, 'Row 1: "id" is 1;')
  t.match(answer.json.errors[2].detail, 'a list of at most 100 names')
  t.match((await post('{"rows":[{"code":"C1"},{"label":"Media"}]}')).json.errors, [
    { name: '/rows/1/id', detail: '"id" is nothing' },
  ])
  t.match((await post('{"rows":["C1"]}')).json.errors, [{ name: '/rows/0', detail: /\{"id": "C1"\}/ }])
  const deep = `{"rows":[{"code":${'['.repeat(20_000)}${']'.repeat(20_000)}}]}`
  t.same(errors(await post(deep)), [400, ['/rows/0/id']])
  t.same(errors(await post(`code${',x'.repeat(100_000)}`, 'text/csv')), [400, ['']])
  t.same(errors(await post(JSON.stringify({ rows: [Object.fromEntries(Array(200).entries())] }))), [400, ['/rows']])
  const none = await service.ask('/v1/check', {}, 'POST')
  t.same(errors(none), [400, ['/rows']])
  t.equal(none.headers['content-type'], 'application/problem+json; charset=utf-8')
})

t.test('a request body of another type or coding is a 415 that names those that are read', async (t) => {
  for (const [type, more] of [
    ['application/x-www-form-urlencoded', {}],
    ['', {}],
    ['text/csv', { 'content-encoding': 'gzip' }],
  ] as const) {
    const { status, headers, json } = await post('code\nC1\n', type, more)
    t.equal(status, 415, type)
    t.equal(headers['accept-post'], 'application/json, application/x-ndjson, text/csv, text/tab-separated-values')
    t.match(json, { title: 'Unsupported Media Type', errors: [] })
  }
})

t.test('a request body over the bounds is a 413 that says them', async (t) => {
  const rows = (count: number) => `code\n${'C1\n'.repeat(count)}`
  t.match((await post(rows(500), 'text/csv')).json, { total: 500, current: 500 })
  for (const body of [rows(501), rows(400_000)]) {
    const { status, json } = await post(body, 'text/csv')
    t.equal(status, 413)
    t.match(json.detail, /262144 bytes and 500 rows/)
  }
  t.equal((await post(JSON.stringify({ rows: Array(501).fill({ code: 'C1' }) }))).status, 413)
})

t.test('the columns of a copy are read like any other name', async (t) => {
  const { json } = await post('\ufeffＩＤ;Action-Line title;LABEL\nC5;x;Media\n', 'text/csv')
  t.match(json, { rows: [{ id: 'C5', status: ['label-differs'] }], notCompared: ['Action-Line title'] })
})

t.test('roles and signs in a copy are no agencies', async (t) => {
  const coordinators = [
    'UNESCO (facilitator), ITU (co-facilitator)',
    'Coordinators: UNESCO, ITU',
    'UNESCO (contact); ITU (lead)',
    'Lead: *UNESCO*, ITU¹',
  ]
  const { rows } = await checked(...coordinators.map((one) => ({ id: 'C7.e-science', coordinators: one })))
  for (const { extra } of rows)
    t.notOk(
      extra.some(({ agency }) => agency === null),
      JSON.stringify(extra),
    )
})

t.test('POST /v1/check has the methods, headers and refusals of every other path', async (t) => {
  const get = await service.ask('/v1/check')
  t.same([get.status, get.headers.allow], [405, 'OPTIONS, POST'])
  t.equal((await service.ask('/v1/check', {}, 'OPTIONS')).headers.allow, 'OPTIONS, POST')
  t.same(errors(await service.ask('/v1/check?x=1', { 'content-type': 'text/csv' }, 'POST', 'code\nC1')), [400, ['x']])
  t.equal((await post('code\nC1', 'text/csv', { accept: 'image/png' })).status, 406)
  const preflight = await service.ask(
    '/v1/check',
    {
      origin: 'https://example.org',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    },
    'OPTIONS',
  )
  t.match(preflight.headers['access-control-allow-methods'], 'POST')
  t.equal(preflight.headers['access-control-allow-headers'], '*')
  const { headers } = await post('code\nC1', 'text/csv')
  t.equal(headers['access-control-allow-origin'], '*')
  t.match(headers['x-request-id'], /./)
})

t.test('whatever a copy says, the answer is about each row or is a problem', async (t) => {
  const cell = fc.oneof(fc.string(), fc.string({ unit: character }), fc.constantFrom('C1', 'ITU', 'e-gov', ';', '"'))
  const row = fc.record(
    { code: cell, label: cell, coordinators: fc.oneof(cell, fc.array(cell)) },
    { requiredKeys: ['code'] },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (rows) => {
      const { status, json } = await post(JSON.stringify({ rows }))
      t.equal(status, 200)
      t.equal(json.rows.length, rows.length)
    }),
    { numRuns: 100 },
  )
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: character }), async (text) => {
      t.ok([200, 400].includes((await post(text, 'text/csv')).status))
    }),
    { numRuns: 100 },
  )
})

t.test('a copy without an id is told the names of what it has, each in quotes', async (t) => {
  const { json, status } = await service.ask(
    '/v1/check',
    { 'content-type': 'application/json' },
    'POST',
    JSON.stringify([{ 'a, b': 1, '': 2 }]),
  )
  t.equal(status, 400)
  t.equal(json.errors[0].detail, 'No row has "id" or "code", only "a, b", "".')
})

t.test('with a public URL, every href of a check and of a resolution is absolute', async (t) => {
  const { send } = await serve(t, { publicUrl })
  const copy = [{ id: 'C5', coordinators: ['WHO'] }, { id: 'C12' }]
  const answers = [
    await send('/v1/check', { 'content-type': 'application/json' }, 'POST', JSON.stringify(copy)),
    await send('/v1/resolve?q=C1,ITU,e-helth'),
  ]
  for (const { text } of answers) {
    const addresses = [...text.matchAll(/"href":"([^"]*)/g)].map(([, href]) => String(href))
    t.ok(addresses.length > 5)
    for (const href of addresses) t.ok(href.startsWith(`${publicUrl}/v1/`), href)
  }
})
