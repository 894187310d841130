import t from 'tap'
import { readSeed, seedFolder } from '../src/seed/seed.ts'
import { annexTable } from './founding-documents.ts'
import { serve } from './service.ts'

const service = await serve(t)

const ids = async (query: string) =>
  (await service.ask(`/v1/coordinations?${query}`)).json.items.map(({ id }: { id: string }) => id)

t.test('every statement stands once, by line and then in the order of time, the annex first', async (t) => {
  const { json } = await service.ask('/v1/coordinations?limit=500')
  const printed = annexTable.flatMap(([code, , , bodies]) => bodies.map((body) => `annex-draft:${code}:${body}`))
  t.equal(json.total, printed.length + readSeed(seedFolder).reports.length)
  const all: string[] = json.items.map(({ id }: { id: string }) => id)
  t.equal(new Set(all).size, json.total)
  t.same(
    all.filter((id) => id.startsWith('annex-draft:')),
    printed,
  )
  const lines = json.items.map(({ actionLine }: { actionLine: { id: string } }) => actionLine.id)
  t.same(
    [...new Set(lines)],
    annexTable.map(([code]) => code).filter((code) => lines.includes(code)),
  )
})

t.test('a statement says what, who, in which role, when, and where it was read', async (t) => {
  t.match((await service.ask('/v1/coordinations/reports-2006:C4:UNDP')).json, {
    actionLine: { id: 'C4', title: 'Capacity building' },
    agency: { id: 'UNDP' },
    role: 'focal-point',
    roleAsWorded: 'provisional focal point',
    position: null,
    asOf: '2006-09-14',
    source: { id: 'reports-2006' },
    url: 'https://lists.apc.org/pipermail/plenary/2006-May/008884.html',
  })
  t.match((await service.ask('/v1/coordinations/annex-draft:C11:UNDP')).json, {
    role: 'coordinator',
    position: 2,
    asOf: null,
    url: null,
  })
  t.equal(
    (await service.ask('/v1/coordinations/ANNEX-draft:c1:ecosoc')).headers.location,
    '/v1/coordinations/annex-draft:C1:ECOSOC',
  )
})

t.test('statements are found by line, body, source and role, and by group', async (t) => {
  t.same(await ids('agency=ESCWA'), [
    'annex-draft:C1:UN-Regional-Commissions',
    'annex-draft:C11:UN-Regional-Commissions',
  ])
  t.same(await ids('actionLine=C7&role=meeting-organizer&source=forum-2017'), [
    'forum-2017:C7.e-environment:ITU',
    'forum-2017:C7.e-environment:UNEP',
    'forum-2017:C7.e-environment:WMO',
  ])
  t.equal((await ids('source=unesco-2015')).length, 6)
})

t.test('the sources stand in the order of time, and say how complete they are', async (t) => {
  const { json } = await service.ask('/v1/sources')
  t.equal(json.total, readSeed(seedFolder).sources.length)
  t.same(
    json.items.filter(({ complete }: { complete: boolean }) => complete).map(({ id }: { id: string }) => id),
    ['annex-draft'],
  )
  const sum = json.items.reduce(
    (sum: number, { statements }: { statements: { total: number } }) => sum + statements.total,
    0,
  )
  t.equal(sum, (await service.ask('/v1/coordinations')).json.total)
  for (const { statements } of json.items) t.equal((await service.ask(statements.href)).json.total, statements.total)
})

t.test('the adopted annex is registered without statements and says why', async (t) => {
  const { json } = await service.ask('/v1/sources/annex-adopted')
  t.equal(json.statements.total, 0)
  t.match(json.note, 'could not be read')
  t.equal(json.complete, false)
  t.equal((await service.ask('/v1/sources?kind=annex&status=adopted')).json.total, 1)
})

t.test('what the draft asks for around its table is summarised with its place', async (t) => {
  const { json } = await service.ask('/v1/sources/annex-draft')
  const places = json.passages.map(({ place }: { place: string }) => place)
  t.ok(['para 20(a)', 'para 20(e)', 'para 22', 'note under the table'].every((place) => places.includes(place)))
  t.ok(json.passages.every(({ fidelity }: { fidelity: string }) => fidelity === 'summary'))
  t.match(json.passages.at(-1).text, 'Regional Commissions')
  t.match(json.dateRange, { from: '2005-09-19', to: '2005-11-15' })
})
