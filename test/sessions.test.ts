import { parse } from 'csv-parse/sync'
import t from 'tap'
import { calendarOf } from '../src/formats/as-ics.ts'
import type { CalendarEvent } from '../src/nouns/noun.ts'
import type { Session } from '../src/nouns/sessions.ts'
import { release } from '../src/release.ts'
import { readSeed, seedFolder } from '../src/seed/seed.ts'
import { sessions as founding, outcomeSections, outcomeSpeaker } from './founding-documents.ts'
import { fc } from './random.ts'
import { serve } from './service.ts'
import { SeedCopy } from './wrong-seed.ts'

const service = await serve(t)

type OutcomeSection = { kind: string; notApplicable: boolean; points: unknown[] }

const find = async (query: string): Promise<Session[]> =>
  (await service.ask(`/v1/sessions?limit=500&${query}`)).json.items
const ids = async (query: string) => (await find(query)).map(({ id }) => id)

for (const [id, printed] of Object.entries(founding))
  t.test(`session ${id} is as its document prints it`, async (t) => {
    t.match((await service.ask(`/v1/sessions/${id}`)).json, printed)
  })

t.test('a line leads to its sessions', async (t) => {
  const { sessions } = (await service.ask('/v1/action-lines/C9')).json
  const { json: list } = await service.ask(sessions.href)
  t.equal(list.total, sessions.total)
  t.same(
    list.items.map(({ id }: Session) => id),
    [
      '2006-unesco-c9-consultation',
      '2009-c9',
      '2010-ifm-action-line-c9-media',
      '2013-c9-internet-universality',
      '2019-231',
      '2021-362',
    ],
  )
})

t.test('a session leads to its lines, and says on what that rests', async (t) => {
  const { actionLines } = (await service.ask('/v1/sessions/2019-231')).json
  t.match(
    actionLines.find(({ id }: { id: string }) => id === 'C9'),
    { basis: 'listed', href: '/v1/action-lines/C9' },
  )
})

t.test('an agency leads to the sessions that it organized', async (t) => {
  const { sessions } = (await service.ask('/v1/agencies/UNDESA')).json
  t.equal((await service.ask(sessions.href)).json.total, sessions.total)
  t.same(await ids('agency=UNDESA'), [
    '2006-c1-consultation',
    '2010-ifm-action-line-c1-c7-c11',
    '2016-229',
    '2018-145',
    '2019-135',
    '2022-330',
    '2025-400',
  ])
})

t.test('a session leads to its outcome document and back', async (t) => {
  const { json: session } = await service.ask('/v1/sessions/2023-366')
  const { json: outcome } = await service.ask(session.outcomeDocument.href)
  t.equal(outcome.session.href, '/v1/sessions/2023-366')
  const having = await ids('hasOutcome=true')
  t.same(having, [
    '2006-c5-1st-facilitation-meeting',
    '2006-c1-consultation',
    '2006-unesco-e-science-consultation',
    '2007-c5-2nd-facilitation-meeting',
    '2009-c7-e-environment',
    '2023-366',
  ])
  t.equal((await ids('hasOutcome=false')).length, readSeed(seedFolder).sessions.length - having.length)
})

t.test('C7 also finds the sessions of its sub-lines, and counts them once', async (t) => {
  const all = await ids('actionLine=C7')
  t.ok(all.includes('2010-c7-e-health'))
  t.ok(all.includes('2019-231'), 'and those of C7 itself')
  t.equal(new Set(all).size, all.length)
  t.equal((await service.ask('/v1/action-lines/C7')).json.sessions.total, all.length)
})

for (const [printed, agency] of [
  ['ITU', 'ITU'],
  ['International Telecommunication Union', 'ITU'],
  ['International Telecommunications Union', 'ITU'],
  ['International Telecommunication Union (ITU)', 'ITU'],
  ['UIT', 'ITU'],
  ['UN DESA', 'UNDESA'],
  ['DESA', 'UNDESA'],
  ['United Nations Department of Economic and Social Affairs (UNDESA)', 'UNDESA'],
  ['ITU Office for Europe', null],
  ['ITU/Giga', null],
  ['UNEP-Basel Secretariat', null],
  ['WSIS', null],
] as const)
  t.test(`the organizer "${printed}" is ${agency ?? 'linked to nobody'}`, async (t) => {
    const parties = (await find('')).flatMap(({ organizers }) => organizers).filter(({ name }) => name === printed)
    t.ok(parties.length > 0)
    t.ok(parties.every((party) => (party.agency?.id ?? null) === agency))
  })

t.test('the year of the forum is not always the year of the date', async (t) => {
  t.ok((await ids('forumYear=2022')).includes('2022-105'))
  t.ok((await ids('from=2021-09&to=2021-09-30')).includes('2022-105'))
  t.same(await ids('forumYear=2007'), [], 'a year of which no session was read')
  t.equal((await service.ask('/v1/sessions?forumYear=2005')).status, 400, 'there was no forum before 2006')
})

t.test('from and to take days, months and years, and both ends belong to it', async (t) => {
  t.same(await ids('from=2021-04-16&to=2021-04-26'), [
    '2021-europe-regional-workshop',
    '2021-concluding-session-of-the-open-consultation',
    '2021-undtg4eca',
  ])
  t.ok((await find('from=2021&to=2021')).every(({ date }) => date?.startsWith('2021')))
  const { status, json } = await service.ask('/v1/sessions?from=2021-02-30&hasOutcome=perhaps&type=Thematic')
  t.equal(status, 400)
  t.match(json.errors, [
    { name: 'from', detail: /real date/ },
    { name: 'type', suggestion: 'Thematic Workshop' },
    { name: 'hasOutcome', detail: /true or false/ },
  ])
})

t.test('both orders hold every session once, page by page', async (t) => {
  const forwards = await ids('')
  t.equal(forwards.length, readSeed(seedFolder).sessions.length)
  const seen: string[] = []
  for (let next = '/v1/sessions?sort=-date&limit=25'; next; ) {
    const { json }: { json: { items: Session[]; next: string } } = await service.ask(next)
    seen.push(...json.items.map(({ id }) => id))
    next = json.next
  }
  t.same(seen, forwards.toReversed())
  const { next } = (await service.ask('/v1/sessions?sort=-date&limit=1')).json
  t.match((await service.ask(next.replace('sort=-date&', ''))).json, {
    status: 400,
    errors: [{ name: 'cursor', detail: /order/ }],
  })
  const dates = (await find('')).flatMap(({ date }) => date ?? [])
  t.same(dates, dates.toSorted())
})

t.test('CSV and NDJSON of all sessions come back as they were', async (t) => {
  const items = await find('')
  const { text } = await service.ask('/v1/sessions?limit=500&format=csv')
  const rows: Record<string, string>[] = parse(text, { columns: true })
  const plain = (cell = '') => cell.replace(/^'(?=[=+\-@])/, '')
  t.same(
    rows.map((row) => [row.id, row.title, row.date, plain(row.utcOffset), row.actionLines, row.agencies]),
    items.map((item) => [
      item.id,
      item.title,
      item.date ?? '',
      item.utcOffset ?? '',
      item.actionLines.map(({ id }) => id).join('; '),
      item.organizers.flatMap(({ agency }) => agency?.id ?? []).join('; '),
    ]),
  )
  const ndjson = await service.ask('/v1/sessions?limit=500', { accept: 'application/x-ndjson' })
  t.same(
    ndjson.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
    items,
  )
})

t.test('a calendar has every session with a date, and says how many it leaves out', async (t) => {
  const { headers, text } = await service.ask('/v1/sessions', { accept: 'text/calendar' })
  t.match(headers['content-type'], 'text/calendar; charset=utf-8')
  const lines = text.replaceAll('\r\n ', '').split('\r\n')
  const dated = (await find('')).filter(({ date }) => date !== null)
  t.equal(lines.filter((line) => line === 'BEGIN:VEVENT').length, dated.length)
  const total = readSeed(seedFolder).sessions.length
  const undated = total - dated.length
  t.ok(
    lines.includes(
      `X-WR-CALDESC:Sessions: ${dated.length} of ${total}. ${undated} without a date cannot be in a calendar.`,
    ),
  )
  t.ok(text.endsWith('END:VCALENDAR\r\n'))
  t.notMatch(text, /DESCRIPTION:\r\n(?! )/)
})

t.test('an event of a calendar is in UTC, of no zone, or of a whole day, as its session is known', async (t) => {
  const { text } = await service.ask('/v1/sessions?format=ics')
  const lines = text.replaceAll('\r\n ', '').split('\r\n')
  const event = (id: string) =>
    lines
      .slice(lines.indexOf(`UID:${id}@action-line-directory`))
      .slice(0, 10)
      .join('\n')
  t.match(event('2023-366'), /DTSTART:20230313T140000Z\nDTEND:20230313T144500Z/)
  t.match(event('2021-undtg4eca'), /DTSTART:20210426T120000\nDTEND:20210426T130000/)
  t.match(event('2023-wsis-forum-2023-opening-ceremony'), /DTSTART;VALUE=DATE:20230314/)
})

/** The lines of an event, unfolded, by their names. */
function eventIn(text: string, id: string): Map<string, string> {
  const lines = text.replaceAll('\r\n ', '').split('\r\n')
  const at = lines.indexOf(`UID:${id}@action-line-directory`)
  const end = lines.indexOf('END:VEVENT', at)
  return new Map(lines.slice(at, end).map((line) => [line.split(/[:;]/)[0] ?? '', line.replace(/^[^:]*:/, '')]))
}

t.test('an event has the room, and as categories the type and the lines of its session', async (t) => {
  const event = eventIn((await service.ask('/v1/sessions?format=ics')).text, '2025-384')
  t.equal(event.get('LOCATION'), 'Room L\\, Palexpo')
  t.same(event.get('CATEGORIES')?.split(','), ['Interactive Action Line Facilitation Meeting', 'C4', 'C7.e-employment'])
})

t.test('the room and the track of a session are as printed, and null if they are not known', async (t) => {
  t.match((await service.ask('/v1/sessions/2025-448')).json, { room: 'Room K, Palexpo', track: 'Digital Skills' })
  t.match((await service.ask('/v1/sessions/2025-384')).json, { room: 'Room L, Palexpo', track: null })
  t.match((await service.ask('/v1/sessions/2023-366')).json, { room: null, track: null })
})

t.test('an event of no known offset says that its time is local time at the venue', async (t) => {
  const { text } = await service.ask('/v1/sessions?format=ics')
  t.match(eventIn(text, '2021-undtg4eca').get('DESCRIPTION'), 'local time at the venue')
  t.notMatch(eventIn(text, '2023-366').get('DESCRIPTION'), 'local time at the venue')
})

t.test('every event leaves its day free, and a calendar says how often to fetch it', async (t) => {
  for (const path of ['/v1/sessions?format=ics', '/v1/forums?format=ics', '/v1/sessions/2023-366?format=ics']) {
    const { text } = await service.ask(path)
    const count = (line: string) => text.split('\r\n').filter((one) => one === line).length
    t.ok(count('BEGIN:VEVENT') > 0)
    t.equal(count('TRANSP:TRANSPARENT'), count('BEGIN:VEVENT'), path)
    t.equal(count('REFRESH-INTERVAL;VALUE=DURATION:P1D'), 1, path)
  }
})

t.test('an event without an end says that it is not known, and one with an end does not', async (t) => {
  const { text } = await service.ask('/v1/sessions?format=ics')
  const sessions = (await find('')).filter(({ date }) => date !== null)
  for (const { id, start, end } of sessions) {
    const said = String(eventIn(text, id).get('DESCRIPTION'))
    t.equal(said.includes('The end is not known.'), start !== null && end === null, id)
    t.equal(said.includes('The time of day is not known.'), start === null, id)
  }
  t.notMatch((await service.ask('/v1/forums?format=ics')).text, 'not known', 'a forum has its last day')
})

t.test('one session is a calendar of one event', async (t) => {
  const { status, text } = await service.ask('/v1/sessions/2023-366?format=ics')
  t.equal(status, 200)
  t.equal(text.match(/BEGIN:VEVENT/g)?.length, 1)
  t.equal(eventIn(text, '2023-366').get('DTSTART'), '20230313T140000Z')
})

t.test('a session that was corrected is corrected in a subscribed calendar', async (t) => {
  const seed = new SeedCopy(t, { log: false })
  const said = { write: () => true }
  const publish = (date: string) => t.equal(release(['--seed', seed.folder, '--date', date], said, said), 0)
  const stamps = async (id: string) => {
    const other = await serve(t, { seed: seed.folder })
    const event = eventIn((await other.ask('/v1/sessions?format=ics')).text, id)
    return ['SEQUENCE', 'DTSTAMP', 'LAST-MODIFIED'].map((name) => event.get(name))
  }
  t.same(await stamps('2023-366'), ['0', '20230313T000000Z', undefined], 'before any release it has its own day')
  publish('2020-02-02')
  t.same(await stamps('2023-366'), ['0', '20200202T000000Z', '20200202T000000Z'])
  const at = readSeed(seed.folder).sessions.findIndex(({ id }) => id === '2023-366')
  seed.set('sessions.json', at, 'room', 'Room C')
  publish('2020-03-03')
  t.same(await stamps('2023-366'), ['1', '20200303T000000Z', '20200303T000000Z'])
  t.same(await stamps('2021-undtg4eca'), ['0', '20200202T000000Z', '20200202T000000Z'], 'and no other is')
})

t.test('a calendar takes filters and limits, and says what was not asked for', async (t) => {
  const dated = (await find('')).filter(({ date }) => date !== null)
  const some = await service.ask('/v1/sessions?format=ics&actionLine=C9')
  t.equal(some.text.match(/BEGIN:VEVENT/g)?.length, 6)
  const since2010 = dated.filter(({ date }) => String(date) >= '2010').length
  const three = (await service.ask('/v1/sessions?format=ics&limit=3&from=2010')).text.replaceAll('\r\n ', '')
  t.match(
    three,
    `X-WR-CALDESC:Sessions: 3 of ${since2010}. ${since2010 - 3} more are not in it: ask with "from" and "to", or in pages with "limit" and "cursor".`,
  )
  const [all, hundred] = await Promise.all(
    ['', '&limit=100'].map((limit) => service.ask(`/v1/sessions?format=ics${limit}`)),
  )
  t.not(all?.headers.etag, hundred?.headers.etag, 'a calendar of a hundred has another tag than the whole')
})

t.test('what has no time has no calendar', async (t) => {
  t.equal((await service.ask('/v1/agencies?format=ics')).status, 400)
})

t.test('in a calendar a session past midnight ends on the next day', (t) => {
  const event = {
    id: 'x',
    title: 'Night',
    date: '2023-12-31',
    url: null,
    location: null,
    categories: [],
    description: '',
  }
  const calendarWith = (more: Pick<CalendarEvent, 'start' | 'end'>, utcOffset: string | null = null) =>
    [...calendarOf('x', 'x', [{ ...event, ...more, utcOffset }], () => undefined)].join('')
  t.match(calendarWith({ start: '23:30', end: '00:30' }), /DTSTART:20231231T233000\r\nDTEND:20240101T003000/)
  t.match(
    calendarWith({ start: '23:30', end: '00:30' }, '+01:00'),
    /DTSTART:20231231T223000Z\r\nDTEND:20231231T233000Z/,
  )
  t.notMatch(calendarWith({ start: '23:30', end: null }), 'DTEND')
  t.match(calendarWith({ start: '23:30', end: null }), 'DESCRIPTION:The end is not known.')
  t.end()
})

t.test('two sessions whose ids differ only in a hyphen are each found under their own', async (t) => {
  const seed = new SeedCopy(t, { log: false })
  seed.change('sessions.json', (records) => {
    const model = records.find(({ id }) => id === '2021-undtg4eca')
    records.push({ ...model, id: '2021-late-night' }, { ...model, id: '2021-latenight' })
  })
  const other = await serve(t, { seed: seed.folder })
  for (const id of ['2021-late-night', '2021-latenight']) {
    const { status, json } = await other.ask(`/v1/sessions/${id}`)
    t.equal(status, 200)
    t.equal(json?.id, id)
  }
})

t.test('the outcome document of session 366 has the sections and points of the printed one', async (t) => {
  const { json } = await service.ask('/v1/outcome-documents/2023-366')
  t.same(
    json.sections.map(({ kind, notApplicable, points }: OutcomeSection) => [kind, notApplicable, points.length]),
    outcomeSections,
  )
  t.equal(json.fidelity, 'summary')
})

t.test('the speaker of a point has name, role and affiliation as printed', async (t) => {
  const { sections } = (await service.ask('/v1/outcome-documents/2023-366')).json
  t.same(sections[0].points[4].speaker, outcomeSpeaker)
})

t.test('outcome documents are filtered by year and line', async (t) => {
  const inYear = (await service.ask('/v1/outcome-documents?forumYear=2023&format=csv')).text.split('\r\n')
  t.equal(inYear.length, 3, 'a header, one row and an end')
  t.equal((await service.ask('/v1/outcome-documents?actionLine=C9')).json.total, 0, 'the document names no line')
})

t.test('a summary is never given as the words of a speaker', async (t) => {
  const name = 'H.E. Dr Nele LEOSK'
  const affiliation = 'Estonian Ministry of Foreign Affairs, Estonia'
  const { text: csv } = await service.ask('/v1/outcome-documents?id=2023-366&format=csv')
  t.match(csv, `${name}, Ambassador-at-Large for Digital Affairs, ${affiliation} (in summary): Put connectivity`)
  const page = (await service.ask('/v1/outcome-documents/2023-366', { accept: 'text/html' })).text.replace(
    /<[^>]+>/g,
    '',
  )
  t.match(page, `${name}, Ambassador-at-Large for Digital Affairs, ${affiliation} (in summary): Put connectivity`)
  const seed = new SeedCopy(t, { log: false })
  seed.change<{ fidelity: string }>('outcomes/2023-366.json', (document) => {
    document.fidelity = 'verbatim'
  })
  const verbatim = await serve(t, { seed: seed.folder })
  t.notMatch((await verbatim.ask('/v1/outcome-documents?id=2023-366&format=csv')).text, 'in summary')
  t.notMatch((await verbatim.ask('/v1/outcome-documents/2023-366', { accept: 'text/html' })).text, 'in summary')
})

t.test(
  'an outcome document that was read in part says so, with the place of a point and the agency that spoke',
  async (t) => {
    const { json } = await service.ask('/v1/outcome-documents/2009-c7-e-environment')
    t.match(json, {
      session: { id: '2009-c7-e-environment', href: '/v1/sessions/2009-c7-e-environment' },
      complete: false,
      fidelity: 'summary',
      authority: 'copy',
      note: /breaks off/,
    })
    t.same(
      json.sections.map(({ kind, points }: OutcomeSection) => [kind, points.length]),
      [
        ['purpose', 1],
        ['key-issues', 3],
        ['next-steps', 1],
      ],
    )
    t.same(json.sections[1].points[2].speaker, { name: null, role: null, affiliation: 'WMO' })
    const { text: page } = await service.ask('/v1/outcome-documents/2009-c7-e-environment', { accept: 'text/html' })
    t.match(page, 'Incomplete: only part of the document could be read')
    t.match(page.replace(/<[^>]+>/g, ''), 'WMO (in summary): WMO: programmes')
    const { json: report } = await service.ask('/v1/outcome-documents/2006-c1-consultation')
    t.equal(report.sections[1].points[0].place, 'para 2')
    const { text: csv } = await service.ask('/v1/outcome-documents?id=2006-c1-consultation&format=csv')
    t.match(csv, /2 of the private sector\. .*\[para 2\]/)
    t.equal((await service.ask('/v1/outcome-documents/2023-366')).json.complete, true)
  },
)

t.test('a meeting before the first forum has no forum, and is found by its line and its day', async (t) => {
  const { json } = await service.ask('/v1/sessions/2006-c1-consultation')
  t.match(json, {
    forumYear: null,
    forum: null,
    number: null,
    date: '2006-05-16',
    start: '10:00',
    end: '13:00',
    room: 'Conference Room XXIII, Palais des Nations',
    actionLines: [{ id: 'C1', basis: 'title' }],
    organizers: [{ name: 'UNDESA', agency: { id: 'UNDESA' } }],
  })
  const early = await find('to=2008')
  t.equal(early.length, 15)
  t.ok(early.every(({ forumYear, forum }) => forumYear === null && forum === null))
  t.match(await ids(''), { 11: '2007-c2-c4-c6-joint-facilitation-meeting' }, 'without a day, first in its year')
  const { text: page } = await service.ask('/v1/sessions/2006-c1-consultation', { accept: 'text/html' })
  t.match(page, 'Meeting before the first WSIS Forum')
  t.notMatch(page, 'null')
})

t.test('a session whose title names a line is linked to it, and none that names a code is without', async (t) => {
  for (const [id, lines] of [
    ['2010-ifm-action-line-c1-c7-c11', ['C1 title', 'C7.e-government description', 'C11 title']],
    ['2020-action-line-c7-fostering-an-enabling-ecosystem-for', ['C7 title']],
    ['2024-leaders-talkx-ethical-dimensions-of-the', ['C10 title']],
    ['2024-459', ['C7.e-learning title']],
    ['2012-c1-c7-e-government-c11', ['C1 description', 'C7.e-government description', 'C11 description']],
  ] as const) {
    const { actionLines } = (await service.ask(`/v1/sessions/${id}`)).json as Session
    t.same(
      actionLines.map((line) => `${line.id} ${line.basis}`),
      lines,
      id,
    )
  }
  t.notMatch(readSeed(seedFolder).warnings.join('\n'), 'sessions.json')
})

for (const [id, printed] of Object.entries({
  '2022-105': {
    organizers: [
      { name: 'International Telecommunication Union (ITU)', agency: { id: 'ITU' } },
      { name: 'World Health Organization (WHO)', agency: { id: 'WHO' } },
      { name: 'Global Coalition on Aging (GCOA)', agency: null },
    ],
  },
  '2022-181': { organizers: [{ name: 'International Labour Organisation', agency: { id: 'ILO' } }] },
  '2024-wsis-20-reclaiming-a-people-centred-information': { utcOffset: null, printedZone: 'CEST' },
  '2010-ifm-action-line-c7-e-environment-e-waste': { date: '2010-05-11', start: '11:15', end: '13:00', room: 'Room K' },
  '2010-ifm-action-line-c9-media': { date: '2010-05-12', start: '11:00', end: '13:00' },
  '2010-ifm-action-line-c3-access-c7-e-science': { date: '2010-05-10', start: '16:00', end: '17:30' },
  '2010-ifm-action-line-c1-c7-c11': { date: '2010-05-12', start: null },
  '2016-236': { source: { title: 'WSIS Action Line Facilitators Meeting, Session 236, 6 May 2016' } },
  '2015-272': { room: 'Popov Room (Room B), ITU Tower' },
  '2025-104': { actionLinesComplete: false, date: null },
  '2026-better-data-for-ai': { date: '2026-07-09', note: /was not read/ },
}))
  t.test(`session ${id} is corrected as its document prints it`, async (t) => {
    t.match((await service.ask(`/v1/sessions/${id}`)).json, printed)
  })

for (const [spelling, id] of [
  ['2023 366', '2023-366'],
  ['2021-UNDTG4ECA', '2021-undtg4eca'],
] as const)
  t.test(`the spelling "${spelling}" leads to ${id}`, async (t) => {
    t.equal((await service.ask(`/v1/sessions/${encodeURIComponent(spelling)}`)).headers.location, `/v1/sessions/${id}`)
  })

t.test('a cursor goes on behind its place, whatever else is asked then', async (t) => {
  for (const sort of ['date', '-date']) {
    const all: Session[] = (await service.ask(`/v1/sessions?limit=500&sort=${sort}`)).json.items
    for (const at of [1, 60, all.length - 1]) {
      const { nextCursor } = (await service.ask(`/v1/sessions?limit=${at}&sort=${sort}`)).json
      for (const [query, matches] of [
        ['', () => true],
        ['&from=2015', ({ date }: Session) => date !== null && date >= '2015'],
        ['&to=2015', ({ date }: Session) => date !== null && date < '2016'],
        ['&from=2023-03-13&to=2023-03-13', ({ date }: Session) => date === '2023-03-13'],
        ['&from=2024&to=2012', () => false],
      ] as const) {
        const { items } = (await service.ask(`/v1/sessions?limit=500&sort=${sort}${query}&cursor=${nextCursor}`)).json
        const expected = all.slice(at).filter(matches)
        t.same(
          items.map(({ id }: Session) => id),
          expected.map(({ id }) => id),
          `${sort} behind ${at}${query}`,
        )
      }
    }
  }
})

t.test('a page of any period says how many sessions the period has, whatever was asked before', async (t) => {
  const all: Session[] = (await service.ask('/v1/sessions?limit=500')).json.items
  const dates = [...new Set(all.flatMap(({ date }) => date ?? []))]
  const period = fc.constantFrom('', ...dates, ...dates.map((date) => date.slice(0, 7)), '2009', '2016', '2022-06-01')
  const asked = fc.record({ from: period, to: period, type: fc.constantFrom('', 'Thematic Workshop') })
  const isIn = ({ date, type }: Session, { from, to, type: wanted }: { from: string; to: string; type: string }) =>
    (from === '' || (date !== null && date >= from)) &&
    (to === '' || (date !== null && date <= `${to}-99`)) &&
    (wanted === '' || type === wanted)
  await fc.assert(
    fc.asyncProperty(
      asked,
      fc.constantFrom(1, 7, 500),
      fc.constantFrom('date', '-date'),
      async (query, limit, sort) => {
        const given = Object.entries(query).filter(([, value]) => value !== '')
        const search = new URLSearchParams([...given, ['sort', sort], ['limit', String(limit)]])
        const { total, items, next } = (await service.ask(`/v1/sessions?${search}`)).json
        const expected = all.filter((one) => isIn(one, query)).map(({ id }) => id)
        const inOrder = sort === 'date' ? expected : expected.toReversed()
        t.equal(total, expected.length, String(search))
        t.same(
          items.map(({ id }: Session) => id),
          inOrder.slice(0, limit),
        )
        t.equal(next !== null, expected.length > limit)
      },
    ),
    { numRuns: 300 },
  )
})
