import { parse } from 'csv-parse/sync'
import t from 'tap'
import type { ActionLine } from '../src/nouns/action-lines.ts'
import type { Coordination } from '../src/nouns/coordinations.ts'
import type { Edition } from '../src/nouns/editions.ts'
import { readSeed, seedFolder } from '../src/seed/seed.ts'
import { agenciesIn, cameWithAdoption, editions, rowsOfEdition } from './edition-tables.ts'
import { annexTable, codes, regionalCommissions } from './founding-documents.ts'
import { serve } from './service.ts'
import { SeedCopy } from './wrong-seed.ts'

// Who coordinates it in the draft, as adopted, and today.

const service = await serve(t)

type Row = Edition['rows'][number]
type Linked = { id: string }
const ids = (links: readonly Linked[]) => links.map(({ id }) => id)

const itemsOf = async (path: string) => (await service.ask(path)).json.items
const idsOf = async (path: string) => ids(await itemsOf(path))
const edition = async (id: string): Promise<Edition> => (await service.ask(`/v1/editions/${id}`)).json
const csv = async (path: string): Promise<Record<string, string>[]> =>
  parse((await service.ask(path)).text, { columns: true, record_delimiter: '\r\n' })

t.test('the editions are listed oldest first, each with status, date, authority and source', async (t) => {
  t.match(
    await itemsOf('/v1/editions'),
    editions.map((one) => ({ ...one, complete: true, source: { id: one.id, href: `/v1/sources/${one.id}` } })),
  )
  t.equal((await itemsOf('/v1/editions')).length, editions.length)
})

for (const { id } of editions)
  t.test(`${id} names for each line the agencies that were read in it`, async (t) => {
    const { rows } = await edition(id)
    t.same(
      rows.map(({ actionLine, agencies }) => [actionLine.id, ids(agencies)]),
      rowsOfEdition(id),
    )
    for (const { actionLine, agencies } of rows)
      for (const { href } of [actionLine, ...agencies]) t.equal((await service.ask(href)).status, 200)
  })

t.test('the cells of the draft are as printed, byte for byte', async (t) => {
  t.same(
    (await edition('annex-draft')).rows.map(({ printedLabel, printedCoordinators }) => [
      printedLabel,
      printedCoordinators,
    ]),
    annexTable.map(([, label, coordinators]) => [label, coordinators]),
  )
})

t.test('an edition is the same in the list and alone', async (t) => {
  for (const item of await itemsOf('/v1/editions')) t.same(await edition(item.id), item)
})

t.test('"latest" leads to the newest edition, with the rest of the question', async (t) => {
  for (const query of ['', '?format=csv', '?comparedTo=annex-draft']) {
    const { status, headers } = await service.ask(`/v1/editions/latest${query}`)
    t.equal(status, 307)
    t.equal(headers.location, `/v1/editions/itu-contacts-2026${query}`)
    t.match(headers['cache-control'], 'max-age=300')
  }
  const behind = await serve(t, { publicUrl: 'https://directory.example.org/wsis' })
  t.equal(
    (await behind.ask('/v1/editions/latest')).headers.location,
    'https://directory.example.org/wsis/v1/editions/itu-contacts-2026',
  )
})

t.test('"latest" leads to a newer edition as soon as there is one', async (t) => {
  const seed = new SeedCopy(t)
  const all = seed.text('editions/itu-contacts-2026.csv')
  seed.write('editions/list-2027.csv', all)
  seed.change('sources.json', (sources) => {
    const model = sources.find(({ id }) => id === 'itu-contacts-2026')
    sources.push({ ...model, id: 'list-2027', date: '2027-01-31' })
  })
  const other = await serve(t, { seed: seed.folder })
  t.equal((await other.ask('/v1/editions/latest')).headers.location, '/v1/editions/list-2027')
  t.match((await other.ask('/v1/action-lines/C1')).json.current, { edition: { id: 'list-2027' }, date: '2027-01-31' })
})

t.test('the CSV of the newest edition says in one screen who it is today', async (t) => {
  const { headers } = await service.ask('/v1/editions/latest?format=csv')
  const rows = await csv(String(headers.location))
  t.same(
    rows.map((row) => [row.edition, row.status, row.date, row.authority, row.actionLine, row.agencies]),
    rowsOfEdition('itu-contacts-2026').map(([line, agencies]) => [
      'itu-contacts-2026',
      'list',
      '2026-04-06',
      'secondary',
      line,
      agencies.join('; '),
    ]),
  )
})

t.test('the adopted annex differs from the draft in ten lines, and each row says how', async (t) => {
  const { json } = await service.ask('/v1/editions/annex-adopted?comparedTo=annex-draft')
  t.match(json.comparedTo, { id: 'annex-draft', href: '/v1/editions/annex-draft' })
  t.equal(json.differences, 10)
  const came = new Map(cameWithAdoption)
  t.same(
    json.rows.map(({ actionLine, added, removed }: Required<Row>) => [actionLine.id, ids(added ?? []), removed]),
    rowsOfEdition('annex-adopted').map(([line]) => [line, came.get(line) ?? [], []]),
  )
})

t.test('the CSV of a comparison has the lines that differ, and no others', async (t) => {
  const rows = await csv('/v1/editions/annex-adopted?comparedTo=annex-draft&format=csv')
  t.same(
    rows.map(({ actionLine, comparedTo, added, removed }) => [actionLine, comparedTo, added, removed]),
    cameWithAdoption.map(([line, agencies]) => [line, 'annex-draft', agencies.join('; '), '']),
  )
})

t.test('a comparison the other way has what was added as removed, and null if the other lacks the line', async (t) => {
  const { json } = await service.ask('/v1/editions/annex-draft?comparedTo=annex-adopted')
  t.equal(json.differences, 10)
  const rows = new Map<string, Required<Row>>(json.rows.map((row: Required<Row>) => [row.actionLine.id, row]))
  for (const [line, agencies] of cameWithAdoption) t.same(ids(rows.get(line)?.removed ?? []), agencies, line)
  for (const line of ['C7', 'B', 'D', 'E']) t.match(rows.get(line), { added: null, removed: null })
  t.equal((await csv('/v1/editions/annex-draft?comparedTo=annex-adopted&format=csv')).length, 10)
})

t.test('an edition compared to itself differs in nothing', async (t) => {
  const { json } = await service.ask('/v1/editions/annex-draft?comparedTo=annex-draft')
  t.equal(json.differences, 0)
  t.same(await csv('/v1/editions/annex-draft?comparedTo=annex-draft&format=csv'), [])
})

t.test('an edition without comparison says nothing of another', async (t) => {
  const json = await edition('annex-adopted')
  for (const name of ['comparedTo', 'differences']) t.notOk(name in json, name)
  t.ok(json.rows.every((row) => !('added' in row) && !('removed' in row)))
})

t.test('another spelling of an edition leads to it, and is understood by comparedTo', async (t) => {
  t.equal((await service.ask('/v1/editions/Annex%20Adopted')).headers.location, '/v1/editions/annex-adopted')
  const { json } = await service.ask('/v1/editions/annex-adopted?comparedTo=ANNEX-DRAFT')
  t.equal(json.comparedTo.id, 'annex-draft')
})

t.test('an unknown edition is refused with what is near', async (t) => {
  const unknown = await service.ask('/v1/editions/annex-adoptd')
  t.equal(unknown.status, 404)
  t.match(unknown.json.suggestions, [{ id: 'annex-adopted', href: '/v1/editions/annex-adopted' }])
  t.match(unknown.json.detail, '"latest" leads to the newest')
  const { status, json } = await service.ask('/v1/editions/annex-adopted?comparedTo=annex-drft')
  t.equal(status, 400)
  t.match(json.errors, [{ location: 'query', name: 'comparedTo', suggestion: 'annex-draft' }])
})

t.test('editions are filtered by status and authority', async (t) => {
  t.same(await idsOf('/v1/editions?status=adopted'), ['annex-adopted'])
  t.same(await idsOf('/v1/editions?authority=secondary'), ['annex-adopted', 'itu-contacts-2026'])
  t.same(await idsOf('/v1/editions?status=draft&authority=secondary'), [])
})

for (const { id } of editions)
  t.test(`lines, agencies and statements are narrowed to ${id}`, async (t) => {
    const lines = rowsOfEdition(id).map(([line]) => line)
    t.same(
      await idsOf(`/v1/action-lines?edition=${id}`),
      codes.filter((code) => lines.includes(code)),
    )
    const named = rowsOfEdition(id).flatMap(([, agencies]) => agencies)
    const members = named.includes('UN-Regional-Commissions') ? regionalCommissions : []
    t.same((await idsOf(`/v1/agencies?edition=${id}`)).sort(), [...new Set([...named, ...members])].sort())
    t.equal((await service.ask(`/v1/coordinations?edition=${id}`)).json.total, named.length)
  })

t.test('an agency and an edition together mean the lines that this edition gives it', async (t) => {
  for (const { id } of editions)
    for (const agency of ['ITU', 'UNDESA', 'WTO', 'UPU'])
      t.same(
        await idsOf(`/v1/action-lines?agency=${agency}&edition=${id}`),
        codes.filter((code) => agenciesIn(id, code)?.includes(agency)),
        `${agency} ${id}`,
      )
  const ofMember = await idsOf('/v1/action-lines?agency=ESCAP&edition=annex-adopted')
  t.same(ofMember, ['C1', 'C6', 'C11'], 'a member is named with its group')
  t.same(await idsOf('/v1/action-lines?agency=ESCAP&edition=itu-contacts-2026'), [])
  t.same(await idsOf('/v1/action-lines?agency=ITU&edition=annex-draft&kind=sub-line&sdg=3'), ['C7.e-health'])
})

t.test('a line and an edition together mean the agencies that this edition gives it', async (t) => {
  for (const { id } of editions)
    for (const line of ['C4', 'C7.e-business', 'B'])
      t.same(
        (await idsOf(`/v1/agencies?actionLine=${line}&edition=${id}`)).sort(),
        [...(agenciesIn(id, line) ?? [])].sort(),
        `${line} ${id}`,
      )
  const today = await idsOf('/v1/agencies?actionLine=C7&edition=itu-contacts-2026')
  const ofSubLines = rowsOfEdition('itu-contacts-2026').filter(([line]) => line.startsWith('C7.'))
  t.same(today.sort(), [...new Set(ofSubLines.flatMap(([, agencies]) => agencies))].sort())
})

for (const code of codes)
  t.test(`${code} says what each edition and the newest say of it`, async (t) => {
    const line: ActionLine = (await service.ask(`/v1/action-lines/${code}`)).json
    const held = editions.filter(({ id }) => agenciesIn(id, code))
    const said = ({ edition, status, date, authority, agencies }: ActionLine['editions'][number]) => [
      edition.id,
      status,
      date,
      authority,
      ids(agencies),
    ]
    const expected = held.map(({ id, status, date, authority }) => [id, status, date, authority, agenciesIn(id, code)])
    t.same(line.editions.map(said), expected)
    const newest = held.at(-1)?.id === 'itu-contacts-2026' ? expected.at(-1) : null
    t.same(line.current && said(line.current), newest)
  })

t.test('B, D, E and C7 itself are in no edition but the draft, so that nobody is known for today', async (t) => {
  for (const code of ['B', 'C7', 'D', 'E']) {
    const { editions, current } = (await service.ask(`/v1/action-lines/${code}`)).json
    t.same([editions.length, current], [1, null], code)
  }
})

t.test('beside the coordinators of every line in the list stand the edition, its status and its date', async (t) => {
  const items: ActionLine[] = await itemsOf('/v1/action-lines')
  for (const { id, coordinators, annex } of items) {
    t.same(ids(coordinators.map(({ agency }) => agency)), agenciesIn('annex-draft', id))
    t.match(annex, { edition: { id: 'annex-draft' }, status: 'draft', date: '2005-11-15' })
  }
})

t.test('the CSV of the lines says from which edition its coordinators are, and who it is today', async (t) => {
  for (const row of await csv('/v1/action-lines?format=csv')) {
    t.match(row, { edition: 'annex-draft', status: 'draft', date: '2005-11-15' })
    const today = agenciesIn('itu-contacts-2026', String(row.id))
    t.match(row, {
      current: today?.join('; ') ?? '',
      currentEdition: today ? 'itu-contacts-2026' : '',
      currentDate: today ? '2026-04-06' : '',
    })
    t.equal(
      row.editions,
      editions
        .flatMap(({ id }) =>
          agenciesIn(id, String(row.id)) ? `${id}: ${agenciesIn(id, String(row.id))?.join(', ')}` : [],
        )
        .join('; '),
    )
  }
})

t.test('statements are narrowed to those dated up to a day, the end of a month or of a year', async (t) => {
  const { reports } = readSeed(seedFolder)
  const all: Coordination[] = await itemsOf('/v1/coordinations?limit=500')
  t.equal(all.length, reports.length + editions.flatMap(({ id }) => rowsOfEdition(id)).flatMap(([, of]) => of).length)
  for (const [asOf, last] of [
    ['2005-11-17', '2005-11-17'],
    ['2005-11-18', '2005-11-18'],
    ['2006-09', '2006-09-30'],
    ['2016', '2016-12-31'],
    ['2026', '2026-12-31'],
  ] as const) {
    // A statement of a month or a year may be of its last day.
    const until = (date: string) => (date.length === 4 ? `${date}-12-31` : date.length === 7 ? `${date}-31` : date)
    const expected = all.filter(({ date }) => date !== null && until(date) <= last.replace(/-30$/, '-31'))
    t.ok(expected.length > 0)
    t.same(await idsOf(`/v1/coordinations?asOf=${asOf}&limit=500`), ids(expected), asOf)
  }
  t.same(await idsOf('/v1/coordinations?asOf=2004'), [])
  t.same(
    await idsOf('/v1/coordinations?asOf=2005-11-17&actionLine=C1'),
    ['annex-draft:C1:ECOSOC', 'annex-draft:C1:UN-Regional-Commissions'],
    'on the eve of the adoption there was only the draft',
  )
  const { json } = await service.ask('/v1/coordinations?asOf=2016-02-30')
  t.match(json, { status: 400, errors: [{ name: 'asOf', detail: /real date/ }] })
})

t.test('statements are narrowed to appointments, or to what is none', async (t) => {
  const roles = (items: Coordination[]) => [...new Set(items.map(({ role }) => role))].sort()
  const yes: Coordination[] = await itemsOf('/v1/coordinations?appointment=true&limit=500')
  const no: Coordination[] = await itemsOf('/v1/coordinations?appointment=false&limit=500')
  t.same(roles(yes), ['co-facilitator', 'coordinator', 'facilitator', 'focal-point'])
  t.same(roles(no), ['contact', 'meeting-organizer', 'reporter'])
  t.ok(yes.every(({ appointment }) => appointment) && no.every(({ appointment }) => !appointment))
  t.equal(yes.length + no.length, (await service.ask('/v1/coordinations')).json.total)
})

t.test('"latest" names the newest edition wherever an edition is named', async (t) => {
  const { items } = (await service.ask('/v1/editions')).json
  const newest = items.at(-1).id
  for (const path of ['/v1/action-lines', '/v1/agencies', '/v1/coordinations']) {
    const [latest, named] = await Promise.all([
      service.ask(`${path}?edition=latest&limit=1`),
      service.ask(`${path}?edition=${newest}&limit=1`),
    ])
    t.equal(latest.status, 200, path)
    t.same(latest.json, named.json, path)
  }
  const { json } = await service.ask('/v1/editions/annex-draft?comparedTo=latest')
  t.equal(json.comparedTo.id, newest)
})
