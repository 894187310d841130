import { parse } from 'csv-parse/sync'
import t from 'tap'
import type { Coordination } from '../src/nouns/coordinations.ts'
import type { Edition } from '../src/nouns/editions.ts'
import type { ActionLine } from '../src/nouns/line-shapes.ts'
import { readSeed, seedFolder } from '../src/seed/seed.ts'
import { agenciesIn, cameWithAdoption, currentEdition, editions, rowsOfEdition } from './edition-tables.ts'
import { annexTable, codes, regionalCommissions } from './founding-documents.ts'
import { publicUrl, serve } from './service.ts'
import { SeedCopy } from './wrong-seed.ts'

// The coordinators in the draft, as adopted, and today.

const service = await serve(t)

type Row = Edition['rows'][number]
type Linked = { id: string }
const ids = (links: readonly Linked[]) => links.map(({ id }) => id)

const itemsOf = async (path: string) => (await service.ask(path)).json.items
const idsOf = async (path: string) => ids(await itemsOf(path))
const edition = async (id: string): Promise<Edition> => (await service.ask(`/v1/editions/${id}`)).json
const csv = async (path: string): Promise<Record<string, string>[]> =>
  parse((await service.ask(path)).text, { columns: true, record_delimiter: '\r\n' })

t.test('the editions are listed oldest first, each with role, status, date, authority and source', async (t) => {
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

t.test('the draft has a range and no date, and every edition says what it is', async (t) => {
  const items: Edition[] = await itemsOf('/v1/editions')
  t.same(
    items.map(({ date, dateRange }) => [date, dateRange]),
    [
      [null, { from: '2005-09-19', to: '2005-11-15' }],
      ['2005-11-18', null],
      ['2026-04-06', null],
      ['2026-04-06', null],
    ],
  )
  t.same(
    items.map(({ label }) => label),
    ['Draft 2005', 'Adopted 2005', 'Facilitators 2026', 'Contacts 2026'],
  )
  t.match(items[3], { description: /beside the facilitators and do not replace them/ })
})

t.test('editions of different functions are not compared, and the 400 says with what each can be', async (t) => {
  for (const [path, advice] of [
    [
      '/v1/editions/itu-contacts-2026?comparedTo=annex-adopted',
      'Compare "annex-adopted" with annex-draft or facilitators-2026.',
    ],
    [
      '/v1/editions/facilitators-2026?comparedTo=itu-contacts-2026',
      'Compare "facilitators-2026" with annex-draft or annex-adopted.',
    ],
    ['/v1/editions/annex-draft?comparedTo=itu-contacts-2026&format=csv', 'annex-adopted or facilitators-2026.'],
  ] as const)
    for (const accept of ['application/json', 'text/html']) {
      const { status, text } = await service.ask(path, { accept })
      t.equal(status, 400, path)
      t.match(
        text.replaceAll('&#34;', '"').replaceAll('&quot;', '"').replaceAll('\\"', '"'),
        advice,
        `${path} ${accept}`,
      )
      t.match(text, 'these are different functions')
    }
})

t.test(
  '"latest" leads to the newest edition of coordinators or facilitators, with the rest of the question',
  async (t) => {
    for (const query of ['', '?format=csv', '?comparedTo=annex-draft']) {
      const { status, headers } = await service.ask(`/v1/editions/latest${query}`)
      t.equal(status, 307)
      t.equal(headers.location, `/v1/editions/facilitators-2026${query}`)
      t.match(headers['cache-control'], 'max-age=300')
    }
    const behind = await serve(t, { publicUrl })
    t.equal(
      (await behind.ask('/v1/editions/latest')).headers.location,
      'https://directory.example.org/wsis/v1/editions/facilitators-2026',
    )
    const spelled = await service.ask('/v1/editions/Latest')
    t.match(spelled, { status: 307, headers: { location: '/v1/editions/facilitators-2026' } })
  },
)

t.test('"latest" leads to a newer edition as soon as there is one', async (t) => {
  const seed = new SeedCopy(t, { isShort: true })
  for (const [id, model, date] of [
    ['list-2027', 'facilitators-2026', '2027-01-31'],
    ['contacts-2028', 'itu-contacts-2026', '2028-01-31'],
  ] as const) {
    seed.write(`editions/${id}.csv`, seed.text(`editions/${model}.csv`))
    seed.change('sources.json', (sources) => {
      sources.push({ ...sources.find((one) => one.id === model), id, date })
    })
  }
  const other = await serve(t, { seed: seed.folder })
  t.equal((await other.ask('/v1/editions/latest')).headers.location, '/v1/editions/list-2027')
  t.match((await other.ask('/v1/action-lines/C1')).json.current, {
    edition: { id: 'list-2027' },
    date: '2027-01-31',
    contacts: { edition: { id: 'contacts-2028' }, date: '2028-01-31' },
  })
})

t.test('two lists of one year are told apart, by their labels and in sentences', async (t) => {
  const seed = new SeedCopy(t, { isShort: true })
  seed.write('editions/list-2026-11.csv', seed.text('editions/facilitators-2026.csv'))
  seed.change('sources.json', (sources) => {
    sources.push({ ...sources.find((one) => one.id === 'facilitators-2026'), id: 'list-2026-11', date: '2026-11-01' })
  })
  const { ask } = await serve(t, { seed: seed.folder })
  t.same(
    (await ask('/v1/editions')).json.items.map(({ label }: { label: string }) => label),
    ['Draft 2005', 'Adopted 2005', 'Facilitators 2026-04-06', 'Contacts 2026', 'Facilitators 2026-11-01'],
  )
  t.match((await ask('/', { accept: 'text/html' })).text, 'The list of facilitators of 1 November 2026')
})

t.test('the CSV of the newest edition fits one screen: line by line, the agencies', async (t) => {
  const { headers } = await service.ask('/v1/editions/latest?format=csv')
  const rows = await csv(String(headers.location))
  t.same(
    rows.map((row) => [row.edition, row.role, row.status, row.date, row.authority, row.actionLine, row.agencies]),
    rowsOfEdition('facilitators-2026').map(([line, agencies]) => [
      'facilitators-2026',
      'facilitator',
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

t.test('editions are filtered by role, status and authority', async (t) => {
  t.same(await idsOf('/v1/editions?status=adopted'), ['annex-adopted'])
  t.same(await idsOf('/v1/editions?authority=secondary'), ['annex-adopted', 'facilitators-2026', 'itu-contacts-2026'])
  t.same(await idsOf('/v1/editions?role=contact'), ['itu-contacts-2026'])
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
    const said = ({ edition, role, status, date, authority, agencies }: ActionLine['editions'][number]) => [
      edition.id,
      role,
      status,
      date,
      authority,
      ids(agencies),
    ]
    const expected = held.map(({ id, role, status, date, authority }) => [
      id,
      role,
      status,
      date,
      authority,
      agenciesIn(id, code),
    ])
    t.same(line.editions.map(said), expected)
    const newest = currentEdition(code)
    t.same(line.current && said(line.current), newest ? expected.find(([id]) => id === newest.id) : null)
    const contacts = agenciesIn('itu-contacts-2026', code)
    t.same(line.current?.contacts && ids(line.current.contacts.agencies), newest ? (contacts ?? null) : null)
  })

t.test('B, D and E are in no edition but the draft, which is their newest; C7 itself has none', async (t) => {
  for (const code of ['B', 'D', 'E']) {
    const { editions, current } = (await service.ask(`/v1/action-lines/${code}`)).json
    t.equal(editions.length, 1, code)
    t.match(current, { edition: { id: 'annex-draft' }, role: 'coordinator', date: null, contacts: null })
  }
  const { editions, current } = (await service.ask('/v1/action-lines/C7')).json
  t.same([editions.length, current], [1, null])
})

t.test(
  'an agency has the lines of the newest editions that name it, apart from those for which it is a contact',
  async (t) => {
    for (const agency of ['ITU', 'UNDESA', 'UNDP', 'UPU', 'ITC']) {
      const { current } = (await service.ask(`/v1/agencies/${agency}`)).json
      const named = codes.filter((code) =>
        agenciesIn(currentEdition(code)?.id ?? 'annex-adopted', code)?.includes(agency),
      )
      const contact = codes.filter((code) => agenciesIn('itu-contacts-2026', code)?.includes(agency))
      const of = (lines: { actionLine: Linked }[]) => ids(lines.map(({ actionLine }) => actionLine))
      t.same([of(current.actionLines), of(current.contactFor)], [named, contact], agency)
    }
    const { current } = (await service.ask('/v1/agencies/ESCAP')).json
    t.match(current.actionLines[0], { actionLine: { id: 'C1' }, via: { id: 'UN-Regional-Commissions' } })
  },
)

t.test('beside the coordinators of every line in the list stand the edition, its status and its date', async (t) => {
  const items: ActionLine[] = await itemsOf('/v1/action-lines')
  for (const { id, coordinators, annex } of items) {
    t.same(ids(coordinators.map(({ agency }) => agency)), agenciesIn('annex-draft', id))
    t.match(annex, { edition: { id: 'annex-draft' }, role: 'coordinator', status: 'draft', date: null })
  }
})

t.test('the CSV of the lines has the newest edition first, then the contacts, then the draft', async (t) => {
  for (const row of await csv('/v1/action-lines?format=csv')) {
    const columns = Object.keys(row)
    const order = ['currentAgencies', 'currentContacts', 'coordinators'].map((name) => columns.indexOf(name))
    t.same(
      order,
      order.toSorted((a, b) => a - b),
    )
    t.match(row, { edition: 'annex-draft', status: 'draft', date: '' })
    const newest = currentEdition(String(row.id))
    const contacts = agenciesIn('itu-contacts-2026', String(row.id))
    t.match(row, {
      currentAgencies: newest ? agenciesIn(newest.id, String(row.id))?.join('; ') : '',
      currentRole: newest?.role ?? '',
      currentEdition: newest?.id ?? '',
      currentDate: newest?.date ?? '',
      currentContacts: contacts?.join('; ') ?? '',
      contactsEdition: contacts ? 'itu-contacts-2026' : '',
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
  const { reports, sources } = readSeed(seedFolder)
  const all: Coordination[] = await itemsOf('/v1/coordinations?limit=500')
  const ranges = new Map(sources.map(({ id, dateRange }) => [id, dateRange]))
  t.equal(all.length, reports.length + editions.flatMap(({ id }) => rowsOfEdition(id)).flatMap(([, of]) => of).length)
  for (const [asOf, last] of [
    ['2005-11-17', '2005-11-17'],
    ['2005-11-18', '2005-11-18'],
    ['2006-09', '2006-09-30'],
    ['2016', '2016-12-31'],
    ['2026', '2026-12-31'],
  ] as const) {
    // A statement of a month or a year may be of its last day; one without a date, of the last day of its source's range.
    const until = (date: string) => (date.length === 4 ? `${date}-12-31` : date.length === 7 ? `${date}-31` : date)
    const expected = all.filter(({ date, source }) => {
      const end = date ?? ranges.get(source.id)?.to
      return end && until(end) <= last.replace(/-30$/, '-31')
    })
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

t.test('statements are narrowed to those that name the agency as responsible, or to the others', async (t) => {
  const roles = (items: Coordination[]) => [...new Set(items.map(({ role }) => role))].sort()
  const yes: Coordination[] = await itemsOf('/v1/coordinations?appointment=true&limit=500')
  const no: Coordination[] = await itemsOf('/v1/coordinations?appointment=false&limit=500')
  t.same(roles(yes), ['co-facilitator', 'coordinator', 'facilitator', 'focal-point'])
  t.same(roles(no), ['contact', 'contributor', 'convener', 'meeting-organizer', 'partner', 'reporter'])
  t.ok(yes.every(({ appointment }) => appointment) && no.every(({ appointment }) => !appointment))
  t.equal(yes.length + no.length, (await service.ask('/v1/coordinations')).json.total)
})

t.test('statements without a date come last on their line, and their date basis is null', async (t) => {
  for (const code of codes) {
    const items: Coordination[] = await itemsOf(`/v1/coordinations?actionLine=${code}&limit=500`)
    const reports = items.filter(({ source }) => !editions.some(({ id }) => id === source.id))
    const own = reports.filter(({ actionLine }) => actionLine.id === code)
    const firstUndated = own.findIndex(({ date }) => date === null)
    if (firstUndated >= 0)
      t.ok(
        own.slice(firstUndated).every(({ date }) => date === null),
        code,
      )
    for (const { date, dateBasis } of items) t.equal(dateBasis === null, date === null)
  }
})

t.test('the undated pages of ITU give no statement the day on which they were read', async (t) => {
  const items: Coordination[] = await itemsOf('/v1/coordinations?source=itu-line-pages-2026')
  t.equal(items.length, 24)
  t.ok(
    items.every(({ date, dateBasis, authority }) => date === null && dateBasis === null && authority === 'secondary'),
  )
  t.match((await service.ask('/v1/sources/itu-line-pages-2026')).json, {
    date: null,
    dateRange: { from: '2006', to: '2021' },
    readOn: '2026-04-06',
    host: 'a private wiki on GitHub',
  })
  const page = await service.ask('/v1/action-lines/C4', { accept: 'text/html' })
  t.match(page.text, 'undated, from pages of 2006 to 2021')
})

t.test('a statement of an account by others says where it was read; one of the document itself does not', async (t) => {
  t.match((await service.ask('/v1/coordinations/annex-adopted:C1:ITU')).json, {
    authority: 'secondary',
    date: '2005-11-18',
    url: 'https://www.itu.int/net/wsis/docs2/tunis/off/6rev1.html',
    readIn: /wsis-wiki/,
  })
  t.match((await service.ask('/v1/coordinations/desa-budget-2026:C1:UNDESA')).json, {
    authority: 'copy',
    url: 'https://undocs.org/en/A/80/6(Sect.9)',
    readIn: /un-mandates-housekeeping/,
  })
  t.match((await service.ask('/v1/coordinations/forum-2017:C7.e-environment:ITU')).json, {
    authority: 'official',
    readIn: null,
  })
})

t.test(
  'the id of a source that was split leads to one of its parts, and that of each statement to its document',
  async (t) => {
    for (const [old, now] of [
      ['sources/reports-2006', 'sources/consultation-2006-02'],
      ['sources/forum-2016', 'sources/session-2016-229'],
      ['sources/wsis10-reports-2014', 'sources/wsis10-4-88'],
      ['coordinations/reports-2006:C1:ITU', 'coordinations/itu-council-wg-2006:C1:ITU'],
      ['coordinations/reports-2006:C2:ITU', 'coordinations/itu-c2-2006-03:C2:ITU'],
      ['coordinations/hle-2025:C3:UNESCO', 'coordinations/alfm-2025:C3:UNESCO'],
      [
        'coordinations/itu-roles-2010-2014:C7.e-environment:WMO',
        'coordinations/itu-environment-2014:C7.e-environment:WMO',
      ],
    ] as const) {
      const { status, headers } = await service.ask(`/v1/${old}`)
      t.match({ status, location: headers.location }, { status: 308, location: `/v1/${now}` }, old)
    }
  },
)

t.test('"latest" names the newest edition of coordinators or facilitators wherever an edition is named', async (t) => {
  const { items } = (await service.ask('/v1/editions')).json
  const newest = items.findLast(({ role }: Edition) => role !== 'contact').id
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
