import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import tap, { test } from 'tap'
import type { Resolution } from '../src/services/resolve.ts'
import { character, fc } from './random.ts'
import { startService } from './service.ts'

const service = await startService()
// The tests end as soon as no request is pending.
service.app.server.unref()
tap.teardown(service.close)

async function resolved(q: string, kind?: string): Promise<Resolution> {
  const { status, json, text } = await service.ask(`/v1/resolve?${new URLSearchParams({ q, ...(kind && { kind }) })}`)
  if (status !== 200) throw new Error(text)
  return json
}
const ids = async (q: string, kind?: string) => (await resolved(q, kind)).matches.map(({ id }) => id)
const certainIds = async (q: string, kind?: string) =>
  (await resolved(q, kind)).matches.filter(({ certain }) => certain).map(({ id }) => id)

interface Labelled {
  text: string
  kind: 'action-line' | 'agency' | ''
  expected: string
  seen: string
}

const labelled: Labelled[] = parse(readFileSync(join(import.meta.dirname, 'fixtures/resolve.csv')), { columns: true })

test('texts of real programmes and forms mean what a clerk says that they mean', async (t) => {
  t.ok(labelled.length >= 200, `${labelled.length} labelled texts`)
  t.ok(labelled.every(({ seen }) => seen !== ''))
  let given = 0
  let wanted = 0
  let right = 0
  for (const { text, kind, expected, seen } of labelled) {
    const want = expected.split('; ').filter((id) => id !== '')
    const { matches, suggestions } = await resolved(text, kind)
    const hits = matches.filter(({ id }) => want.includes(id))
    given += matches.length
    wanted += want.length
    right += hits.length
    const mayBeCertain = seen !== 'devised: nothing in it is certain'
    for (const { id, certain } of matches)
      if (certain) t.ok(mayBeCertain && want.includes(id), `"${text}" is certainly ${id}`)
    if (seen === 'devised: certain')
      t.same(
        matches.flatMap(({ id, certain }) => (certain ? [id] : [])),
        want,
        `"${text}" is certainly ${want}`,
      )
    for (const { id } of suggestions) t.notOk(matches.some((match) => match.id === id))
  }
  const [precision, recall] = [right / given, right / wanted]
  t.ok(precision >= 0.996, `precision ${precision.toFixed(3)}: ${right} of ${given} that were given are right`)
  t.ok(recall >= 0.982, `recall ${recall.toFixed(3)}: ${right} of ${wanted} that were wanted were given`)
  process.stderr.write(
    `resolve: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}, ${labelled.length} texts\n`,
  )
})

test('a text is taken apart into the lines that it names, each with its coordinators', async (t) => {
  const { dataset, q, matches, unmatched, suggestions } = await resolved('C1, C7 eGov, C11')
  t.match(dataset, /^[0-9a-f]{12}$/)
  t.equal(q, 'C1, C7 eGov, C11')
  t.match(matches, [
    { kind: 'action-line', id: 'C1', href: '/v1/action-lines/C1', score: 1, certain: true, matched: { text: 'C1' } },
    { id: 'C7.e-government', title: 'E-government', matched: { text: 'C7 eGov' } },
    { id: 'C11', matched: { text: 'C11', name: 'C11' } },
  ])
  const { json: line } = await service.ask('/v1/action-lines/C7.e-government')
  t.same(
    matches[1]?.coordinators,
    line.coordinators.map(({ agency }: { agency: object }) => agency),
  )
  t.same([unmatched, suggestions], [[], []])
  t.same(await ids('C7: E-Business and E-Agriculture'), ['C7.e-business', 'C7.e-agriculture'])
})

test('a bare C7 is C7, and a sub-line is not its parent', async (t) => {
  t.same(await certainIds('C7'), ['C7'])
  t.same(await certainIds('"E-Science" (Action Line C7)'), ['C7.e-science'])
  t.same(await certainIds('C7 and C7.e-health'), ['C7', 'C7.e-health'])
})

test('a program may act on a name that stands exactly, and on nothing less', async (t) => {
  for (const q of ['World Health Organisation (WHO)', 'the WHO', 'https://www.who.int/', 'OMS']) {
    const { matches, unmatched } = await resolved(q, 'agency')
    t.match([matches, unmatched], [[{ id: 'WHO', score: 1, certain: true }], []], q)
  }
  t.match((await resolved('Action Line C9: Countering Disinformation')).matches, [{ score: 0.9, certain: true }])
  t.match((await resolved('ALFM C9: Countering Disinformation')).matches, [{ score: 0.8, certain: false }])
  const isUncertain = async (q: string, ...meant: string[]) => {
    const { matches } = await resolved(q)
    t.same(matches.map(({ id }) => id).sort(), meant.sort(), q)
    for (const { certain, score, id } of matches) t.ok(!certain && score >= 0.5 && score < 0.9, `${q} is perhaps ${id}`)
  }
  await isUncertain('Enabling enviroment', 'C6')
  await isUncertain('World Heatlh Organization', 'WHO')
  await isUncertain('EconomicCommission for Afrca', 'ECA')
  await isUncertain('Ethical dimensions', 'C10')
  await isUncertain('e-agri', 'C7.e-agriculture')
  await isUncertain('C1-C4', 'C1', 'C2', 'C3', 'C4')
  await isUncertain('C4: Media', 'C4', 'C9')
  await isUncertain('ITC-ILO', 'ITC', 'ILO')
  t.same(await certainIds('C1-C7-C11'), ['C1', 'C7', 'C11'])
  t.same(await certainIds('C4-C5'), ['C4', 'C5'])
})

test('a match says why it is not certain, and nothing if it is', async (t) => {
  t.match((await resolved('C1, ITU')).matches, [{ reason: null }, { reason: null }])
  t.match((await resolved('C1–C3')).matches, [{ reason: 'range' }, { reason: 'range' }, { reason: 'range' }])
  t.match((await resolved('C4: Media')).matches, [{ reason: 'contradiction' }, { reason: 'contradiction' }])
  t.match((await resolved('Enabling enviroment')).matches, [{ reason: 'misspelt' }])
})

test('numbers mean codes only in a list of lines', async (t) => {
  t.same(await ids('C2, 5 and 6'), ['C2', 'C5', 'C6'])
  t.same(await ids('Action Lines 4 and 6 of the Plan'), ['C4', 'C6'])
  t.same(await ids('C5, 10 June'), ['C5'])
  t.same(await ids('C5 10'), [])
  t.same(await ids('10 June'), [])
  t.same(await ids('C5, 12'), ['C5'])
  t.same(await ids('ITU, 5'), ['ITU'])
})

test('a match of a line has its coordinators in the draft, its newest edition, and its contacts beside that', async (t) => {
  const [line, agency, section] = (await resolved('C1, ITU, Digital Solidarity Agenda')).matches
  t.match(line, {
    id: 'C1',
    coordinators: [{ id: 'ECOSOC' }, { id: 'UN-Regional-Commissions' }],
    edition: { id: 'annex-draft', href: '/v1/editions/annex-draft' },
    status: 'draft',
    current: {
      edition: { id: 'facilitators-2026' },
      role: 'facilitator',
      date: '2026-04-06',
      authority: 'secondary',
      agencies: [{ id: 'ECOSOC' }, { id: 'UN-Regional-Commissions' }, { id: 'ITU' }],
      contacts: { edition: { id: 'itu-contacts-2026' }, agencies: [{ id: 'UNDESA' }] },
    },
  })
  t.match(section, {
    id: 'D',
    coordinators: [{ id: 'UNDP' }, { id: 'ITU' }],
    status: 'draft',
    current: { edition: { id: 'annex-draft' }, contacts: null },
  })
  t.match(agency, { id: 'ITU', edition: null, status: null, current: null })
  t.same(agency?.coordinators, [])
})

for (const [word, line] of [
  ['cybersecurity', 'C5'],
  ['ethics', 'C10'],
  ['teleworking', 'C7.e-employment'],
  ['climate', 'C7.e-environment'],
  ['Distance  Learning', 'C4'],
] as const)
  test(`the ordinary word "${word}" leads to ${line}, but is no match`, async (t) => {
    const { matches, unmatched, suggestions } = await resolved(word)
    t.same([matches, unmatched.length], [[], 1])
    t.ok(suggestions.some(({ kind, id }) => kind === 'action-line' && id === line))
    t.equal((await service.ask(`/v1/action-lines/${encodeURIComponent(word)}`)).status, 404)
  })

test('if nothing is clear the answer is empty, with suggestions', async (t) => {
  for (const [q, near] of [
    ['social media', 'C9'],
    ['Room C2', 'C2'],
    ['C12', 'C1'],
    ['ITU Office for Europe', 'ITU'],
    ['Economic Commission', 'ECE'],
    ['infrastructure', 'C2'],
    ['C7.e-commerce', 'C7'],
  ]) {
    const { matches, unmatched, suggestions } = await resolved(String(q))
    t.same([matches, unmatched], [[], [q]])
    t.ok(
      suggestions.some(({ id }) => id === near),
      `${q}: perhaps ${near}`,
    )
    for (const { href } of suggestions) t.equal((await service.ask(href)).status, 200)
  }
  for (const q of ['World Bank', 'African Union', 'UNWTO'])
    t.match(await resolved(q), { matches: [], unmatched: [q], suggestions: [] }, `${q} is near to nothing`)
  t.match(await resolved('?!'), { matches: [], unmatched: [], suggestions: [] })
})

test('kind narrows what is looked for', async (t) => {
  t.same(await ids('ITU C5'), ['ITU', 'C5'])
  t.same(await ids('ITU, C5', 'agency'), ['ITU'])
  t.same(await ids('ITU, C5', 'action-line'), ['C5'])
  const { status, json } = await service.ask('/v1/resolve?q=C1&kind=agencies')
  t.equal(status, 400)
  t.match(json.errors, [{ name: 'kind', allowed: ['action-line', 'agency'], suggestion: 'agency' }])
})

test('a text is needed, and may have 1000 characters', async (t) => {
  t.match((await service.ask('/v1/resolve')).json.errors, [{ name: 'q' }])
  t.equal((await service.ask(`/v1/resolve?q=${'x'.repeat(1_000)}`)).status, 200)
  t.equal((await service.ask(`/v1/resolve?q=${'x'.repeat(1_001)}`)).status, 400)
  t.equal((await service.ask(`/v1/action-lines/${'C1,'.repeat(500)}`)).status, 404)
})

test('paths and filters understand what resolve is certain of', async (t) => {
  for (const { text, kind } of labelled.filter(({ kind }) => kind !== '')) {
    const { matches, unmatched } = await resolved(text, kind)
    const [only, ...more] = matches
    const isOne = only?.certain && more.length === 0 && unmatched.length === 0
    const [path, filter] = kind === 'agency' ? ['agencies', 'agency'] : ['action-lines', 'actionLine']
    const answer = await service.ask(`/v1/${path}/${encodeURIComponent(text)}`)
    if (!isOne) {
      t.equal(answer.status, 404, text)
      continue
    }
    if (only.id === text) t.equal(answer.status, 200)
    else t.same([answer.status, answer.headers.location], [308, only.href], text)
    const found = await service.ask(`/v1/coordinations?${new URLSearchParams({ [filter]: text })}`)
    const exact = await service.ask(`/v1/coordinations?${filter}=${only.id}`)
    t.equal(found.headers.etag, exact.headers.etag)
  }
})

test('a footnote mark changes nothing in a path, a filter, resolve and a check', async (t) => {
  for (const mark of ['①', '¹', '⑴', '⒈', '1\ufe0f\u20e3', 'ᵃ']) {
    const text = encodeURIComponent(`C1${mark}`)
    t.match(await service.ask(`/v1/action-lines/${text}`), {
      status: 308,
      headers: { location: '/v1/action-lines/C1' },
    })
    const [marked, plain] = [
      await service.ask(`/v1/sessions?actionLine=${text}`),
      await service.ask('/v1/sessions?actionLine=C1'),
    ]
    t.equal(marked.headers.etag, plain.headers.etag, mark)
    t.same(await certainIds(`C1${mark}`), ['C1'])
    const copy = JSON.stringify({ rows: [{ id: `C1${mark}` }] })
    const { json } = await service.ask('/v1/check', { 'content-type': 'application/json' }, 'POST', copy)
    t.match(json.rows, [{ status: ['renamed'], actionLine: { id: 'C1' } }])
  }
})

test('"latest" is read like any other name', async (t) => {
  t.match(await service.ask('/v1/editions/Latest'), { status: 307 })
  t.equal((await service.ask('/v1/coordinations?edition=LATEST')).status, 200)
})

test('what is not understood is in `unmatched`, signs too', async (t) => {
  t.same((await resolved('*C5*')).unmatched, ['*', '*'])
  t.same((await resolved('C5 and')).unmatched, ['and'])
  t.same((await resolved('Facilitator')).unmatched, ['Facilitator'])
  t.same((await resolved('ITU (lead)')).unmatched, [])
})

test('for a body of the UN system that coordinates no line the answer says so, and suggests nothing', async (t) => {
  for (const [q, name] of [
    ['IGF', 'IGF'],
    ['The World Bank', 'World Bank'],
    ['UNU', 'UNU'],
    ['UNFPA', 'UNFPA'],
    ['IMO', 'IMO'],
    ['international maritime organisation', 'IMO'],
  ] as const) {
    const note = `No action line is coordinated by ${name}, in any document of this directory.`
    t.match(await resolved(q), { matches: [], suggestions: [], notes: [note] }, q)
    t.match(await service.ask(`/v1/agencies/${encodeURIComponent(q)}`), {
      status: 404,
      json: { detail: `No agency is called "${q}". ${note}`, suggestions: [] },
    })
    const { status, json } = await service.ask(`/v1/coordinations?${new URLSearchParams({ agency: q })}`)
    t.match([status, json.errors], [400, [{ name: 'agency', allowed: null, suggestion: null }]])
    t.ok(json.errors[0].detail.endsWith(note), json.errors[0].detail)
  }
  t.match(await resolved('ITU, IMO'), {
    matches: [{ id: 'ITU', certain: false }],
    unmatched: ['IMO'],
    suggestions: [],
    notes: [/IMO/],
  })
  t.match(await resolved('ITO'), { notes: [] })
})

test('"Secretary-General" alone is no office', async (t) => {
  t.same((await resolved('Secretary-General')).matches, [])
})

test('every agency is found by each of its names and identifiers', async (t) => {
  for (const agency of (await service.ask('/v1/agencies?limit=500')).json.items) {
    const { ror, isni, wikidata } = agency.identifiers
    const names: (string | null)[] = [
      agency.id,
      agency.acronym,
      agency.name,
      agency.homepage,
      ...agency.aliases,
      ...agency.names.map(({ name }: { name: string }) => name),
      ror,
      isni && `https://isni.org/isni/${isni.replaceAll(' ', '')}`,
      isni,
      wikidata && `http://www.wikidata.org/entity/${wikidata}`,
    ]
    for (const name of names.filter((one) => one !== null))
      t.same(await certainIds(String(name), 'agency'), [agency.id], name)
  }
})

test('every line is found by each of its titles, in any case', async (t) => {
  for (const { id, title, genevaTitle } of (await service.ask('/v1/action-lines')).json.items)
    for (const name of [title, genevaTitle, `${id}. ${title}`, `WSIS Action Line ${id}: ${genevaTitle}`])
      for (const q of [name, name.toUpperCase(), name.toLowerCase().replaceAll(' ', '  ')])
        t.same(await certainIds(q, 'action-line'), [id], q)
})

test('whatever is asked, the answer is a resolution or a problem of the client', async (t) => {
  const part = fc.constantFrom(
    'C1',
    'C7',
    'e-',
    'health',
    ' and ',
    ', ',
    ':',
    '-',
    'ITU',
    'Action Line ',
    '5',
    '.',
    'С',
    '&',
  )
  const text = fc.oneof(
    fc.string({ unit: character, minLength: 1 }),
    fc.array(part, { minLength: 1 }).map((parts) => parts.join('')),
  )
  await fc.assert(
    fc.asyncProperty(text, async (q) => {
      const { status, json } = await service.ask(`/v1/resolve?${new URLSearchParams({ q })}`)
      t.ok(status === 200 || status === 400 || status === 414, q)
      for (const { score, matched } of json.matches ?? [])
        t.ok(score >= 0.5 && score <= 1 && json.q.includes(matched.text))
    }),
    { numRuns: 500 },
  )
})
