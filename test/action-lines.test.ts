import { parse } from 'csv-parse/sync'
import t from 'tap'
import type { ActionLine } from '../src/nouns/action-lines.ts'
import { annexTable } from './founding-documents.ts'
import { serve } from './service.ts'

const service = await serve(t)

const codes = (items: ActionLine[]) => items.map(({ code }) => code)
const find = async (query: string) => codes((await service.ask(`/v1/action-lines?${query}`)).json.items)

t.test(
  'each line has exactly the bodies of the table, in its order, and the printed cells byte for byte',
  async (t) => {
    const { json } = await service.ask('/v1/action-lines')
    t.equal(json.total, 22)
    t.equal(json.next, null)
    t.same(
      codes(json.items),
      annexTable.map(([code]) => code),
    )
    for (const [index, [code, label, coordinators, bodies]] of annexTable.entries()) {
      const { json: line } = await service.ask(`/v1/action-lines/${code}`)
      t.same(line, json.items[index], 'the member is what the list has')
      t.equal(line.position, index + 1)
      t.ok(Buffer.from(line.annex.printedLabel).equals(Buffer.from(label)), `${code} label`)
      t.ok(Buffer.from(line.annex.printedCoordinators).equals(Buffer.from(coordinators)), `${code} coordinators`)
      t.equal(line.annex.source.id, 'annex-draft')
      t.same(
        line.coordinators.map(({ agency }: { agency: { id: string } }) => agency.id),
        bodies,
      )
      t.same(
        line.coordinators.map(({ position }: { position: number }) => position),
        bodies.map((_, at) => at + 1),
      )
      for (const { agency, statement } of line.coordinators) {
        t.equal((await service.ask(agency.href)).json.id, agency.id)
        t.equal((await service.ask(statement)).json.agency.id, agency.id)
      }
    }
  },
)

t.test('C7 has the eight sub-lines and no coordinator of its own; they have C7 above them', async (t) => {
  const { json } = await service.ask('/v1/action-lines/C7')
  const below = annexTable.map(([code]) => code).filter((code) => code.startsWith('C7.'))
  t.same(
    json.subLines.map(({ id }: { id: string }) => id),
    below,
  )
  t.same(json.coordinators, [])
  t.equal(json.genevaTitle, 'ICT applications: benefits in all aspects of life')
  t.same((await service.ask('/v1/action-lines/C7.e-health')).json.parent, {
    id: 'C7',
    title: 'ICT Applications',
    href: '/v1/action-lines/C7',
  })
})

t.test(
  'C1 has ECOSOC and the Regional Commissions from the annex, and UN DESA from 2006 on from later documents',
  async (t) => {
    const { json } = await service.ask('/v1/action-lines/C1')
    t.same(
      json.coordinators.map(({ agency }: ActionLine['coordinators'][0]) => agency.title),
      ['United Nations Economic and Social Council', 'United Nations Regional Commissions'],
    )
    const desa = json.reports.filter(({ agency }: ActionLine['reports'][0]) => agency.id === 'UNDESA')
    t.same(
      desa.map(({ role, asOf, source }: ActionLine['reports'][0]) => [role, asOf, source.id]),
      [
        ['focal-point', '2006-09-14', 'reports-2006'],
        ['meeting-organizer', '2012-05-17', 'undesa-2012'],
        ['meeting-organizer', '2016-05-06', 'forum-2016'],
        ['facilitator', '2017-09-30', 'itu-report-2017'],
        ['meeting-organizer', '2025-07-11', 'hle-2025'],
      ],
    )
  },
)

t.test('reports come oldest first, and one without a date of its own stands where its source does', async (t) => {
  const { json } = await service.ask('/v1/action-lines/C6')
  t.same(
    json.reports.map(({ asOf, source }: ActionLine['reports'][0]) => [asOf, source.id]),
    [
      ['2006-09-14', 'reports-2006'],
      ['2006-09-14', 'reports-2006'],
      ['2008-05', 'itu-c6-2008'],
      ['2010-05-10', 'forum-2010'],
      [null, 'forum-2011'],
      [null, 'itu-roles-2010-2014'],
      [null, 'itu-roadmaps'],
    ],
  )
})

const spellings: [string, string][] = [
  ['\u04211', 'C1'],
  ['\u044110', 'C10'],
  ['c1', 'C1'],
  ['C1.', 'C1'],
  ['AL C1', 'C1'],
  ['ALC2', 'C2'],
  ['AL C1 logo', 'C1'],
  ['Action Line C3', 'C3'],
  ['c7.E-Environment', 'C7.e-environment'],
  ['E -Environment', 'C7.e-environment'],
  ['C7 : E- Environment', 'C7.e-environment'],
  ['e\u2011Health', 'C7.e-health'],
  ['\uff23\uff17 eGov', 'C7.e-government'],
  ['e-gov', 'C7.e-government'],
  ['WSIS Action Line: C7 E-government', 'C7.e-government'],
  ['C7. ICT Applications: E-learning', 'C7.e-learning'],
  ['C7. ICT applications: benefits in all aspects of life \u2014 E-learning', 'C7.e-learning'],
  ['Digital Solidarity Agenda', 'D'],
  ['media', 'C9'],
]
for (const [spelling, code] of spellings)
  t.test(`the spelling "${spelling}" leads to ${code}`, async (t) => {
    const moved = await service.ask(`/v1/action-lines/${encodeURIComponent(spelling)}`)
    t.equal(moved.status, 308)
    t.equal(moved.headers.location, `/v1/action-lines/${code}`)
    const { json } = await service.ask(`/v1/coordinations?actionLine=${encodeURIComponent(spelling)}`)
    t.ok(json.items.every(({ actionLine }: { actionLine: { id: string } }) => actionLine.id === code))
  })

for (const wrong of ['C12', 'C1.1', 'C1-C11', 'C1,C2', 'Ж1', 'F', '%00', ' '])
  t.test(`"${wrong}" is no line and nothing is guessed`, async (t) => {
    const answer = await service.ask(`/v1/action-lines/${wrong.includes('%') ? wrong : encodeURIComponent(wrong)}`)
    t.equal(answer.status, 404)
  })

t.test('a code that is nearly right is a 404 that suggests', async (t) => {
  const { json } = await service.ask('/v1/action-lines/C12')
  t.match(json.suggestions, [{ id: 'C1', href: '/v1/action-lines/C1' }])
  t.same((await service.ask('/v1/action-lines/e-helth')).json.suggestions, [
    { id: 'C7.e-health', href: '/v1/action-lines/C7.e-health' },
  ])
  t.same(
    (await service.ask('/v1/action-lines/cultural%20diversity')).json.suggestions.map(({ id }: { id: string }) => id),
    ['C8'],
  )
  t.same((await service.ask('/v1/action-lines/completely%20else')).json.suggestions, [])
})

t.test('filters narrow the list, combine with "and", and take names in any spelling', async (t) => {
  t.same(await find('kind=section'), ['B', 'D', 'E'])
  t.same((await find('parent=c7')).length, 8)
  t.same(await find('agency=World%20Health%20Organization'), ['C7.e-health', 'C7.e-environment'])
  t.same(await find('agency=ECE'), ['C1', 'C11'])
  t.same(await find('agency=un%20desa'), [], 'the annex does not name it')
  t.same(await find('sdg=2&kind=sub-line&agency=WTO'), ['C7.e-business'])
})

t.test('a misspelled parameter or name is a 400 that says what was meant', async (t) => {
  const { status, json } = await service.ask('/v1/action-lines?agecny=ITU&agency=UNESKO&kind=Lines&sdg=18')
  t.equal(status, 400)
  t.match(json.errors, [
    { name: 'agecny', suggestion: 'agency' },
    { name: 'kind', allowed: ['line', 'sub-line', 'section'], suggestion: 'line' },
    { name: 'sdg' },
    { name: 'agency', suggestion: 'UNESCO' },
  ])
})

t.test('CSV and NDJSON hold what JSON holds', async (t) => {
  const { json } = await service.ask('/v1/action-lines')
  const csv = await service.ask('/v1/action-lines', { accept: 'text/csv' })
  t.match(csv.headers['content-type'], 'text/csv; charset=utf-8; header=present')
  const rows: Record<string, string>[] = parse(csv.text, { columns: true, record_delimiter: '\r\n' })
  t.same(
    rows.map(({ code, printedLabel, printedCoordinators, coordinators }) => [
      code,
      printedLabel,
      printedCoordinators,
      coordinators?.split('; ').filter(Boolean),
    ]),
    annexTable,
  )
  const ndjson = await service.ask('/v1/action-lines?format=ndjson', { accept: 'text/csv' })
  t.match(ndjson.headers['content-type'], 'application/x-ndjson')
  t.same(
    ndjson.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
    json.items,
  )
})

t.test('the goals of a line name where the link was read', async (t) => {
  const { json } = await service.ask('/v1/action-lines/C9')
  t.match(json.sdgs, [
    { goal: 5, targets: ['5.b'], iri: 'http://metadata.un.org/sdg/5', source: { title: 'WSIS-SDG Matrix' } },
    { goal: 9, targets: ['9.c'] },
    { goal: 12, targets: ['12.8'] },
    { goal: 16, targets: ['16.10'] },
  ])
})
