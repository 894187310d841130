import { parse } from 'csv-parse/sync'
import t from 'tap'
import type { Agency } from '../src/nouns/agencies.ts'
import type { Coordination } from '../src/nouns/coordinations.ts'
import type { ActionLine } from '../src/nouns/line-shapes.ts'
import type { Source } from '../src/nouns/sources.ts'
import { readSeed, seedFolder } from '../src/seed/seed.ts'
import { agenciesIn, agenciesInAnyEdition, codesInAnyEdition, editions, rowsOfEdition } from './edition-tables.ts'
import { agenciesOf, annexTable, codes, codesOf, regionalCommissions } from './founding-documents.ts'
import { serve } from './service.ts'

// The coordinators: the action lines, the agencies, the statements and their sources.

const service = await serve(t)
const seed = readSeed(seedFolder)

/** The ids in a list, in order. */
const idsOf = async (path: string): Promise<string[]> =>
  (await service.ask(path)).json.items.map(({ id }: { id: string }) => id)
const linesWith = (query: string) => idsOf(`/v1/action-lines?${query}`)
const agenciesWith = (query: string) => idsOf(`/v1/agencies?${query}`)
const statementsWith = (query: string) => idsOf(`/v1/coordinations?${query}`)

type Report = ActionLine['reports'][0]

t.test('the list of lines has the lines of the table, in its order', async (t) => {
  const { json } = await service.ask('/v1/action-lines')
  t.equal(json.total, annexTable.length)
  t.equal(json.next, null)
  t.same(await linesWith(''), codes)
})

for (const [index, [code, label, coordinators, agencies]] of annexTable.entries())
  t.test(`${code} has its row of the table`, async (t) => {
    const { json: line } = await service.ask(`/v1/action-lines/${code}`)
    t.equal(line.position, index + 1)
    t.ok(Buffer.from(line.annex.printedLabel).equals(Buffer.from(label)), 'the first cell, byte for byte')
    t.ok(Buffer.from(line.annex.printedCoordinators).equals(Buffer.from(coordinators)), 'the second cell')
    t.match(line.annex, {
      edition: { id: 'annex-draft', href: '/v1/editions/annex-draft' },
      status: 'draft',
      date: null,
      authority: 'copy',
    })
    t.same(
      line.coordinators.map(({ agency, position }: ActionLine['coordinators'][0]) => [agency.id, position]),
      agencies.map((agency, at) => [agency, at + 1]),
    )
    for (const { agency, href } of line.coordinators) {
      t.equal((await service.ask(agency.href)).json.id, agency.id)
      t.equal((await service.ask(href)).json.agency.id, agency.id)
    }
  })

t.test('a line is the same in the list and alone', async (t) => {
  for (const item of (await service.ask('/v1/action-lines')).json.items)
    t.same((await service.ask(`/v1/action-lines/${item.id}`)).json, item)
})

t.test('C7 has its eight sub-lines, and no coordinator of its own', async (t) => {
  const { json } = await service.ask('/v1/action-lines/C7')
  t.same(
    json.subLines.map(({ id }: { id: string }) => id),
    codes.filter((code) => code.startsWith('C7.')),
  )
  t.equal(json.subLines.length, 8)
  t.same(json.coordinators, [])
  t.equal(json.genevaTitle, 'ICT applications: benefits in all aspects of life')
})

t.test('the parent of a sub-line is C7', async (t) => {
  t.same((await service.ask('/v1/action-lines/C7.e-health')).json.parent, {
    id: 'C7',
    title: 'ICT Applications',
    href: '/v1/action-lines/C7',
  })
})

t.test('the coordinators of C1 are those of the annex', async (t) => {
  const { json } = await service.ask('/v1/action-lines/C1')
  t.same(
    json.coordinators.map(({ agency }: ActionLine['coordinators'][0]) => agency.title),
    ['United Nations Economic and Social Council', 'United Nations Regional Commissions'],
  )
})

t.test('UN DESA is at C1 from 2006 on, by later documents', async (t) => {
  const { json } = await service.ask('/v1/action-lines/C1')
  t.same(
    json.reports
      .filter(({ agency }: Report) => agency.id === 'UNDESA')
      .map(({ role, appointment, date, dateBasis, source }: Report) => [role, appointment, date, dateBasis, source.id]),
    [
      ['focal-point', true, '2006-05-16', 'statement', 'undesa-2006'],
      ['focal-point', true, '2006-09-14', 'statement', 'itu-council-wg-2006'],
      ['convener', false, '2010-05-12', 'statement', 'undesa-2010'],
      ['meeting-organizer', false, '2012-05-17', 'statement', 'undesa-2012'],
      ['reporter', false, '2016-05-06', 'statement', 'alfm-2016'],
      ['facilitator', true, '2017-09-30', 'statement', 'itu-report-2017'],
      ['facilitator', true, '2025-04-07', 'statement', 'desa-budget-2026'],
      ['meeting-organizer', false, null, null, 'session-2016-229'],
      ['reporter', false, null, null, 'alfm-2021'],
      ['meeting-organizer', false, null, null, 'session-2025-400'],
    ],
  )
})

t.test('reports come oldest first, and those whose document gives no date come last', async (t) => {
  const { json } = await service.ask('/v1/action-lines/C6')
  const order = json.reports.map(({ date, dateBasis, source }: Report) => [date, dateBasis, source.id])
  t.same(order.slice(0, 8), [
    ['2006-05-03', 'statement', 'undp-2006-05'],
    ['2006-09-14', 'statement', 'itu-council-wg-2006'],
    ['2006-09-14', 'statement', 'itu-council-wg-2006'],
    ['2008-04-25', 'statement', 'unctad-accra-2008'],
    ['2008-05', 'statement', 'itu-c6-2008'],
    ['2009-05-19', 'statement', 'itu-c6-2009'],
    ['2010-05-10', 'statement', 'forum-2010'],
    [null, null, 'itu-roadmaps-page'],
  ])
  t.ok(order.slice(8).every(([date, basis]: string[]) => date === null && basis === null))
  t.equal(order.filter(([, , source]: string[]) => source === 'itu-line-pages-2026').length, 7)
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
  t.test(`the spelling "${spelling}" means ${code}, in a path and in a filter`, async (t) => {
    const moved = await service.ask(`/v1/action-lines/${encodeURIComponent(spelling)}`)
    t.equal(moved.status, 308)
    t.equal(moved.headers.location, `/v1/action-lines/${code}`)
    const found = await statementsWith(`actionLine=${encodeURIComponent(spelling)}`)
    t.ok(found.length > 0)
    t.same(found, await statementsWith(`actionLine=${code}`))
  })

for (const wrong of ['C12', 'C1.1', 'C1-C11', 'C1,C2', 'Ж1', 'F', '\0', ' '])
  t.test(`${JSON.stringify(wrong)} is no line`, async (t) => {
    t.equal((await service.ask(`/v1/action-lines/${encodeURIComponent(wrong)}`)).status, 404)
  })

t.test('a code that is nearly right is a 404 that suggests', async (t) => {
  const suggested = async (code: string) =>
    (await service.ask(`/v1/action-lines/${encodeURIComponent(code)}`)).json.suggestions
  t.match(await suggested('C12'), [{ id: 'C1', href: '/v1/action-lines/C1' }])
  t.same(await suggested('e-helth'), [{ id: 'C7.e-health', href: '/v1/action-lines/C7.e-health' }])
  t.same(
    (await suggested('cultural diversity')).map(({ id }: { id: string }) => id),
    ['C8'],
  )
  t.same(await suggested('completely else'), [])
})

t.test('lines are filtered by kind, parent, agency and goal, and filters combine with "and"', async (t) => {
  t.same(await linesWith('kind=section'), ['B', 'D', 'E'])
  t.equal((await linesWith('parent=c7')).length, 8)
  t.same(await linesWith('agency=World%20Health%20Organization'), codesOf('WHO'))
  const ofTheGroup = codesInAnyEdition('UN-Regional-Commissions')
  t.same(await linesWith('agency=ECE'), ofTheGroup, 'a member is named with its group')
  t.same(await linesWith('agency=un%20desa'), codesInAnyEdition('UNDESA'), 'by the list of 2026 alone')
  t.same(await linesWith('sdg=2&kind=sub-line&agency=WTO'), ['C7.e-business'])
})

t.test('every misspelled parameter and value is named in one 400, with what was meant', async (t) => {
  const { status, json } = await service.ask('/v1/action-lines?agecny=ITU&agency=UNESKO&kind=Lines&sdg=18')
  t.equal(status, 400)
  t.match(json.errors, [
    { name: 'agecny', suggestion: 'agency' },
    { name: 'kind', allowed: ['line', 'sub-line', 'section'], suggestion: 'line' },
    { name: 'agency', suggestion: 'UNESCO' },
    { name: 'sdg' },
  ])
})

t.test('the CSV of the lines has the table, byte for byte', async (t) => {
  const csv = await service.ask('/v1/action-lines', { accept: 'text/csv' })
  t.match(csv.headers['content-type'], 'text/csv; charset=utf-8; header=present')
  const rows: Record<string, string>[] = parse(csv.text, { columns: true, record_delimiter: '\r\n' })
  t.same(
    rows.map(({ id, printedLabel, printedCoordinators, coordinators }) => [
      id,
      printedLabel,
      printedCoordinators,
      coordinators?.split('; ').filter(Boolean),
    ]),
    annexTable,
  )
})

t.test('the NDJSON of the lines has the items of the JSON, and "format" comes before Accept', async (t) => {
  const { json } = await service.ask('/v1/action-lines')
  const ndjson = await service.ask('/v1/action-lines?format=ndjson', { accept: 'text/csv' })
  t.match(ndjson.headers['content-type'], 'application/x-ndjson')
  const lines = ndjson.text.trimEnd().split('\n')
  t.same(
    lines.map((line) => JSON.parse(line)),
    json.items,
  )
})

t.test('the goals of a line name where the link was read', async (t) => {
  const copies = ['wsis-sdg-matrix-app', 'wsis-sdg-matrix-wiki']
  const { json } = await service.ask('/v1/action-lines/C9')
  t.match(json.sdgs, [
    { goal: 5, iri: 'http://metadata.un.org/sdg/5', whole: [], targets: [{ target: '5.b', sources: copies }] },
    { goal: 9, targets: [{ target: '9.c', sources: copies }] },
    { goal: 12, targets: [{ target: '12.8', sources: copies }] },
    { goal: 16, targets: [{ target: '16.10', sources: copies }] },
  ])
  t.equal(json.sdgs.length, 4)
  t.match(
    json.linkSources.slice(0, 2),
    copies.map((id) => ({ id, title: 'WSIS-SDG Matrix', authority: 'secondary' })),
  )
})

t.test(
  'a line has its points of the Global Digital Compact and its keywords, with the documents that say so',
  async (t) => {
    const { json } = await service.ask('/v1/action-lines/C7.e-environment')
    const [objective, objectiveTitle] = [
      4,
      'Advance responsible, equitable and interoperable data governance approaches',
    ]
    t.same(json.gdc, [
      {
        objective,
        objectiveTitle,
        theme: 'Data privacy and security',
        point: 'para 39(b)',
        title: 'National data governance frameworks',
        goals: null,
        sources: ['ungis-gdc-matrix'],
        textSource: 'a-res-79-1',
      },
      {
        objective,
        objectiveTitle,
        theme: 'Data for the Sustainable Development Goals and for development',
        point: 'para 45(c)',
        title: 'Disaster early warning data systems',
        goals: [3, 11],
        sources: ['ungis-gdc-matrix'],
        textSource: 'a-res-79-1',
      },
    ])
    t.same(json.keywords, ['climate', 'climate change', 'early warning'])
    t.same(
      json.linkSources.map(({ id }: { id: string }) => id),
      ['wsis-sdg-matrix-app', 'wsis-sdg-matrix-wiki', 'ungis-gdc-matrix', 'a-res-79-1', 'e-environment-session-2020'],
    )
  },
)

t.test('the words of ITU come first among the keywords, and a word that two sources have appears once', async (t) => {
  const { json: c1 } = await service.ask('/v1/action-lines/C1')
  t.same(c1.keywords, [
    'Cooperation among stakeholders',
    'Millennium Declaration',
    'Mainstreaming ICTs',
    'Multi Stakeholder Partnership (MSP)',
    'Multi-stakeholder portals for indigenous peoples',
    'National e-strategies',
    'Public/Private Partnerships (PPP)',
  ])
  const { json: c5 } = await service.ask('/v1/action-lines/C5')
  t.same(c5.keywords.slice(0, 6), [
    'Authentication',
    'Building confidence and security',
    'Consumer protection',
    'Countering misuse of ICTs',
    'Countering spam',
    'Cyber-crime',
  ])
  t.ok(c5.keywords.includes('cybercrime'), 'the spelling of the other source is kept for search')
  t.equal(c5.keywords.filter((word: string) => /^authentication$/i.test(word)).length, 1)
  t.same(
    c5.linkSources.map(({ id }: { id: string }) => id).filter((id: string) => /keywords|themes/.test(id)),
    ['itu-stocktaking-keywords', 'action-line-themes'],
  )
  for (const q of ['cybercrime', 'cyber-crime'])
    t.equal((await service.ask(`/v1/search?q=${q}&kind=action-line`)).json.items[0].id, 'C5', q)
})

t.test('the goals of a point are those that the Compact prints, of all its commitments', async (t) => {
  type Points = ActionLine['gdc']
  const points = new Map<string, Points[0]>()
  for (const { gdc } of (await service.ask('/v1/action-lines')).json.items as ActionLine[])
    for (const point of gdc) points.set(point.point, point)
  const goals = (point: string) => points.get(point)?.goals
  t.same(goals('para 21(a)'), [9])
  t.same(goals('para 35(c), (d), (e)'), [3, 4, 9, 10, 16, 17], 'one letter has goal 17 alone')
  t.equal(goals('para 39(c), (d), (e)'), null, 'one letter has all goals')
  t.same(goals('para 57'), [], 'none is printed')
  t.equal(points.get('para 17(c)')?.theme, 'Digital public goods and digital public infrastructure')
  t.equal(
    points.get('para 31(a)')?.objectiveTitle,
    'Foster an inclusive, open, safe and secure digital space that respects, protects and promotes human rights',
  )
})

t.test('both copies of the matrix link e-health to goal 3, and none links e-environment to goal 16', async (t) => {
  const goalOf = async (line: string, number: number) =>
    (await service.ask(`/v1/action-lines/${line}`)).json.sdgs.find(({ goal }: { goal: number }) => goal === number)
  t.same((await goalOf('C7.e-health', 3)).whole, ['wsis-sdg-matrix-app', 'wsis-sdg-matrix-wiki'])
  t.equal(await goalOf('C7.e-environment', 16), undefined)
})

t.test('a group that no edition names has members, and stands for none of them', async (t) => {
  const { json } = await service.ask('/v1/agencies/UNGIS')
  t.equal(json.kind, 'group')
  t.equal(json.members.length, 20)
  t.same(json.actionLines, [])
  t.match(json.note, 'the other 11 are IAEA')
  const found = (await service.ask('/v1/resolve?q=UN%20Group%20on%20the%20Information%20Society')).json
  t.match(found.matches, [{ kind: 'agency', id: 'UNGIS', certain: true }])
  for (const { id } of json.members) {
    const { json: member } = await service.ask(`/v1/agencies/${id}`)
    t.match(member.memberOf, [{ id: 'UNGIS' }], id)
    t.same([...new Set(linesOf(member).map(([, , via]) => via))].filter(Boolean), [], id)
  }
  const sessions = await idsOf('/v1/sessions?agency=UNGIS')
  t.ok(sessions.includes('2022-249'))
  t.notOk((await idsOf('/v1/sessions?agency=WFP')).includes('2022-249'), 'what the group organizes is its own')
})

t.test('agencies have the home pages that they now use', async (t) => {
  t.equal((await service.ask('/v1/agencies/WMO')).json.homepage, 'https://wmo.int/')
  t.equal((await service.ask('/v1/agencies/UNDESA')).json.homepage, 'https://www.un.org/en/desa')
})

/** The roles of an agency on each of its lines. */
const linesOf = ({ actionLines }: Agency) =>
  actionLines.map(({ actionLine, edition, via }) => [actionLine.id, edition.id, via?.id ?? null])

t.test('a regional commission coordinates lines through its group, which is named, in each edition', async (t) => {
  const { json } = await service.ask('/v1/agencies/ECE')
  const group = {
    id: 'UN-Regional-Commissions',
    title: 'United Nations Regional Commissions',
    href: '/v1/agencies/UN-Regional-Commissions',
  }
  t.same(linesOf(json), [
    ['C1', 'annex-draft', group.id],
    ['C1', 'annex-adopted', group.id],
    ['C1', 'facilitators-2026', group.id],
    ['C6', 'annex-adopted', group.id],
    ['C6', 'facilitators-2026', group.id],
    ['C11', 'annex-draft', group.id],
    ['C11', 'annex-adopted', group.id],
    ['C11', 'facilitators-2026', group.id],
  ])
  t.match(json.actionLines[1], { status: 'adopted', date: '2005-11-18', authority: 'secondary', via: group })
  t.same(json.memberOf, [group])
  t.match(json.headquarters, { city: 'Geneva', country: 'CH' })
})

t.test('a group lists its members, and coordinates its lines itself', async (t) => {
  const { json } = await service.ask('/v1/agencies/UN-Regional-Commissions')
  t.equal(json.kind, 'group')
  t.same(
    json.members.map(({ id }: { id: string }) => id),
    regionalCommissions,
  )
  t.same(linesOf(json), [
    ['C1', 'annex-draft', null],
    ['C1', 'annex-adopted', null],
    ['C1', 'facilitators-2026', null],
    ['C6', 'annex-adopted', null],
    ['C6', 'facilitators-2026', null],
    ['C11', 'annex-draft', null],
    ['C11', 'annex-adopted', null],
    ['C11', 'facilitators-2026', null],
  ])
})

t.test('an agency that no annex names has the lines for which it is a contact, and its reports', async (t) => {
  const { json } = await service.ask('/v1/agencies/UNDESA')
  t.same(
    linesOf(json),
    codesInAnyEdition('UNDESA').map((code) => [code, 'itu-contacts-2026', null]),
  )
  t.equal(json.reports.length, seed.reports.filter(({ agency }) => agency === 'UNDESA').length)
  t.match(json.reports[0], {
    actionLine: { id: 'C1' },
    role: 'focal-point',
    appointment: true,
    date: '2006-05-16',
    dateBasis: 'statement',
    source: { id: 'undesa-2006' },
    href: '/v1/coordinations/undesa-2006:C1:UNDESA',
  })
  t.match(json.note, 'Not in the draft annex')
})

t.test('names from sites that no UN system would cite find an agency, but are in no answer', async (t) => {
  const { json } = await service.ask('/v1/agencies/ECOSOC')
  t.same(json.names, [], 'all that was read of it is from such sites')
  const { status, headers } = await service.ask(`/v1/agencies/${encodeURIComponent('ЭКОСОС')}`)
  t.same([status, headers.location], [308, '/v1/agencies/ECOSOC'])
})

t.test('what is not known of an agency is null, and what is known names where it was read', async (t) => {
  const { json } = await service.ask('/v1/agencies/UNDESA')
  t.equal(json.headquarters, null)
  t.equal(json.identifiers.isni, null)
  t.ok(json.readIn.length > 0)
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
  t.test(`"${other}" is not taken for an agency that it contains`, async (t) => {
    t.equal((await service.ask(`/v1/agencies/${encodeURIComponent(other)}`)).status, 404)
  })

t.test('agencies are filtered by group, kind and line, and C7 also finds those of its sub-lines', async (t) => {
  t.same(await agenciesWith('memberOf=un-regional-commissions'), regionalCommissions)
  t.same(await agenciesWith('actionLine=C1'), [...regionalCommissions, ...agenciesInAnyEdition('C1')].sort())
  const ofSubLines = codes.filter((code) => code.startsWith('C7.')).flatMap(agenciesInAnyEdition)
  t.same((await agenciesWith('actionLine=C7')).sort(), [...new Set(ofSubLines)].sort())
  t.same(await agenciesWith('actionLine=e-business&kind=related%20organization'), ['WTO'])
})

t.test('pages of any size hold every agency once, in the order of one list', async (t) => {
  const all = await agenciesWith('')
  const total = seed.agencies.length
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

t.test('no cell of a CSV begins as a formula of a spreadsheet does, and every row has every column', async (t) => {
  const rows: string[][] = parse((await service.ask('/v1/agencies?format=csv')).text)
  t.equal(rows.length, 1 + seed.agencies.length)
  t.ok(rows.flat().every((cell) => !/^[=+\-@\t\r]/.test(cell)))
})

t.test('every statement is listed once, by line and then in the order of time', async (t) => {
  const { json } = await service.ask('/v1/coordinations?limit=500')
  const printed = codes.flatMap((code) =>
    editions.flatMap(({ id }) => (agenciesIn(id, code) ?? []).map((agency) => `${id}:${code}:${agency}`)),
  )
  t.equal(json.total, printed.length + seed.reports.length)
  const all: string[] = json.items.map(({ id }: { id: string }) => id)
  t.equal(new Set(all).size, json.total)
  const isOfEdition = (id: string) => editions.some((edition) => id.startsWith(`${edition.id}:`))
  t.same(all.filter(isOfEdition), printed)
  const lines = json.items.map(({ actionLine }: { actionLine: { id: string } }) => actionLine.id)
  t.same(
    [...new Set(lines)],
    codes.filter((code) => lines.includes(code)),
  )
  for (const statements of Map.groupBy<string, Coordination>(json.items, ({ actionLine }) => actionLine.id).values()) {
    // The draft gives no date, and comes first.
    const dates = statements.flatMap(({ date }) => date ?? [])
    t.same(dates, dates.toSorted())
  }
})

t.test('a statement says what, who, in which role, when, and where it was read', async (t) => {
  t.match((await service.ask('/v1/coordinations/undp-2006-05:C4:UNDP')).json, {
    actionLine: { id: 'C4', title: 'Capacity building' },
    agency: { id: 'UNDP' },
    role: 'focal-point',
    roleAsWorded: 'provisional focal point',
    position: null,
    appointment: true,
    date: '2006-05-03',
    dateBasis: 'statement',
    authority: 'copy',
    source: { id: 'undp-2006-05' },
    url: 'https://lists.apc.org/pipermail/plenary/2006-May/008884.html',
    readIn: 'https://lists.apc.org/pipermail/plenary/2006-May/008884.html',
  })
})

t.test('a statement of an edition has a position, and the date of its source if that gives one', async (t) => {
  t.match((await service.ask('/v1/coordinations/annex-draft:C11:UNDP')).json, {
    role: 'coordinator',
    position: 1 + agenciesOf('C11').indexOf('UNDP'),
    date: null,
    dateBasis: null,
    url: null,
  })
  t.match((await service.ask('/v1/coordinations/annex-adopted:C11:UNDP')).json, {
    position: 2,
    date: '2005-11-18',
    dateBasis: 'source',
  })
})

t.test('another spelling of the id of a statement leads to it', async (t) => {
  t.equal(
    (await service.ask('/v1/coordinations/ANNEX-draft:c1:ecosoc')).headers.location,
    '/v1/coordinations/annex-draft:C1:ECOSOC',
  )
})

t.test('statements are filtered by line, agency, source and role, and those of a group are found too', async (t) => {
  t.same(
    await statementsWith('agency=ESCWA&edition=annex-draft'),
    codesOf('UN-Regional-Commissions').map((code) => `annex-draft:${code}:UN-Regional-Commissions`),
  )
  t.same(await statementsWith('actionLine=C7&role=meeting-organizer&source=forum-2017'), [
    'forum-2017:C7.e-environment:ITU',
    'forum-2017:C7.e-environment:UNEP',
    'forum-2017:C7.e-environment:WMO',
  ])
  t.equal((await statementsWith('source=unesco-2015')).length, 6)
})

t.test('each source counts its statements', async (t) => {
  const { json } = await service.ask('/v1/sources')
  t.equal(json.total, seed.sources.length)
  let sum = 0
  for (const { statements } of json.items) {
    t.equal((await service.ask(statements.href)).json.total, statements.total)
    sum += statements.total
  }
  t.equal(sum, (await service.ask('/v1/coordinations')).json.total)
})

t.test('a source is called complete if it is an edition, and leads to its table', async (t) => {
  const { items }: { items: Source[] } = (await service.ask('/v1/sources')).json
  const complete = items.filter(({ complete }) => complete)
  t.same(
    complete.map(({ id, authority, edition }) => [id, authority, edition?.href]),
    editions.map(({ id, authority }) => [id, authority, `/v1/editions/${id}`]),
  )
  t.ok(items.every(({ complete, edition }) => complete === (edition !== null)))
})

t.test('the adopted annex says that it was read in an account by others, and where', async (t) => {
  const { json } = await service.ask('/v1/sources/annex-adopted')
  t.match(json, {
    title: 'Tunis Agenda for the Information Society, Annex',
    document: 'WSIS-05/TUNIS/DOC/6(Rev.1)-E',
    date: '2005-11-18',
    authority: 'secondary',
    url: 'https://www.itu.int/net/wsis/docs2/tunis/off/6rev1.html',
    readIn:
      'https://github.com/pratieklndubey/wsis-wiki/blob/8b7640069ad13cbbd30d22a10fb60e5ee2f4c766/content/tunis-agenda-for-the-information-society.md',
  })
  const named = rowsOfEdition('annex-adopted').flatMap(([, agencies]) => agencies)
  t.equal(json.statements.total, named.length)
  t.equal((await service.ask('/v1/sources?kind=annex&status=adopted')).json.total, 1)
})

t.test('sources are filtered by authority', async (t) => {
  for (const authority of ['official', 'copy', 'secondary'])
    t.same(
      await idsOf(`/v1/sources?authority=${authority}`),
      seed.sources.filter((source) => source.authority === authority).map(({ id }) => id),
    )
})

t.test('what the draft asks for around its table is summarised with its place', async (t) => {
  const { json } = await service.ask('/v1/sources/annex-draft')
  const places = json.passages.map(({ place }: { place: string }) => place)
  t.ok(['para 20(a)', 'para 20(e)', 'para 22', 'note under the table'].every((place) => places.includes(place)))
  t.ok(json.passages.every(({ fidelity }: { fidelity: string }) => fidelity === 'summary'))
  t.match(json.passages.at(-1).text, 'Regional Commissions')
  t.match(json.dateRange, { from: '2005-09-19', to: '2005-11-15' })
})
