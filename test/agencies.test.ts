import { parse } from 'csv-parse/sync'
import t from 'tap'
import { readSeed, seedFolder } from '../src/seed/seed.ts'
import { serve } from './service.ts'

const service = await serve(t)

t.test('a regional commission coordinates C1 and C11 through its group, which is named', async (t) => {
  const { json } = await service.ask('/v1/agencies/ECE')
  const group = {
    id: 'UN-Regional-Commissions',
    title: 'United Nations Regional Commissions',
    href: '/v1/agencies/UN-Regional-Commissions',
  }
  t.match(json.coordinates, [
    { actionLine: { id: 'C1' }, position: 2, via: group },
    { actionLine: { id: 'C11' }, position: 1, via: group },
  ])
  t.equal(json.coordinates.length, 2)
  t.same(json.memberOf, [group])
  t.match(json.headquarters, { city: 'Geneva', country: 'CH' })
})

t.test('the group is named as a group, with its members beside it', async (t) => {
  const { json } = await service.ask('/v1/agencies/UN-Regional-Commissions')
  t.same(
    json.members.map(({ id }: { id: string }) => id),
    ['ECA', 'ECE', 'ECLAC', 'ESCAP', 'ESCWA'],
  )
  t.match(json.coordinates, [
    { actionLine: { id: 'C1' }, via: null },
    { actionLine: { id: 'C11' }, via: null },
  ])
  t.equal(json.kind, 'group')
})

t.test('a body that the annex does not name has its reports and says so', async (t) => {
  const { json } = await service.ask('/v1/agencies/UNDESA')
  t.same(json.coordinates, [])
  t.equal(json.reports.length, 10)
  t.match(json.reports[0], {
    actionLine: { id: 'C1' },
    role: 'focal-point',
    asOf: '2006-09-14',
    source: { id: 'reports-2006' },
  })
  t.equal(json.headquarters, null)
  t.equal(json.identifiers.isni, null)
  t.match(json.note, 'Not in the draft annex')
  t.ok(json.readIn.every((url: string) => url.startsWith('https://')))
})

for (const [spelling, id] of [
  ['itu', 'ITU'],
  ['International Telecommunication Union (ITU)', 'ITU'],
  ['UIT', 'ITU'],
  ['un habitat', 'UN-Habitat'],
  ['UN DESA', 'UNDESA'],
  ['UNECE', 'ECE'],
  ['UN Regional Commissions', 'UN-Regional-Commissions'],
] as const)
  t.test(`the spelling "${spelling}" leads to ${id}`, async (t) => {
    const { status, headers } = await service.ask(`/v1/agencies/${encodeURIComponent(spelling)}`)
    t.equal(status, 308)
    t.equal(headers.location, `/v1/agencies/${id}`)
  })

for (const other of ['ITU Office for Europe', 'Giga (ITU and UNICEF)', 'ITU/UNESCO'])
  t.test(`"${other}" is not taken for a body that it contains`, async (t) => {
    t.equal((await service.ask(`/v1/agencies/${encodeURIComponent(other)}`)).status, 404)
  })

t.test('the list is filtered by kind, group and line, and C7 also finds its sub-lines', async (t) => {
  const find = async (query: string) =>
    (await service.ask(`/v1/agencies?${query}`)).json.items.map(({ id }: { id: string }) => id)
  t.same(await find('memberOf=un-regional-commissions'), ['ECA', 'ECE', 'ECLAC', 'ESCAP', 'ESCWA'])
  t.same(await find('actionLine=C1'), ['ECA', 'ECE', 'ECLAC', 'ECOSOC', 'ESCAP', 'ESCWA', 'UN-Regional-Commissions'])
  t.same(await find('actionLine=C7'), [
    'FAO',
    'ILO',
    'ITU',
    'UN-Habitat',
    'UNCTAD',
    'UNDP',
    'UNEP',
    'UNESCO',
    'WHO',
    'WMO',
    'WTO',
  ])
  t.same(await find('actionLine=e-business&kind=related%20organization'), ['WTO'])
})

t.test('pages of any size hold every body once, in the order of one list', async (t) => {
  const all = (await service.ask('/v1/agencies')).json.items.map(({ id }: { id: string }) => id)
  const total = readSeed(seedFolder).agencies.length
  t.equal(all.length, total)
  for (const limit of [1, 7, total]) {
    const seen: string[] = []
    let next: string | null = `/v1/agencies?limit=${limit}`
    while (next) {
      const { json, headers } = await service.ask(next)
      t.equal(json.total, total)
      t.ok(json.items.length <= limit)
      seen.push(...json.items.map(({ id }: { id: string }) => id))
      next = json.next
      t.equal(next !== null, /rel="next"/.test(String(headers.link)))
      t.match(headers.link, /rel="first".*rel="describedby"/)
    }
    t.same(seen, all)
  }
})

t.test('a cell that a spreadsheet would run as a formula is defused, and every row has every column', async (t) => {
  const { text } = await service.ask('/v1/agencies?format=csv')
  const rows: string[][] = parse(text)
  t.equal(rows.length, 1 + readSeed(seedFolder).agencies.length)
  t.ok(rows.flat().every((cell) => !/^[=+\-@\t\r]/.test(cell)))
})
