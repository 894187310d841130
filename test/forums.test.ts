import { parse } from 'csv-parse/sync'
import t from 'tap'
import type { Forum } from '../src/nouns/forums.ts'
import { serve } from './service.ts'
import { SeedCopy } from './wrong-seed.ts'

const service = await serve(t)
const list = (await service.ask('/v1/forums')).json as { total: number; items: Forum[] }
const page = async (path: string) => (await service.ask(path, { accept: 'text/html' })).text

t.test('there is a forum for every year from 2009 to 2026, oldest first', async (t) => {
  t.same(
    list.items.map(({ id }) => id),
    Array.from({ length: 18 }, (_, index) => `${2009 + index}`),
  )
  for (const { from, to, id } of list.items) t.ok(from <= to && from.startsWith(id), id)
})

t.test('a forum has its name, days, place, theme, hosts and source', async (t) => {
  t.match((await service.ask('/v1/forums/2024')).json, {
    id: '2024',
    name: 'WSIS+20 Forum High-level Event',
    from: '2024-05-27',
    to: '2024-05-31',
    place: 'Geneva',
    theme: null,
    hosts: [
      { name: 'ITU', agency: { id: 'ITU', href: '/v1/agencies/ITU' } },
      { name: 'Swiss Confederation', agency: null },
    ],
    authority: 'copy',
    source: { title: 'E/RES/2024/13' },
    note: /para 75/,
  })
  t.match((await service.ask('/v1/forums/2023')).json, {
    theme: 'WSIS action lines for building back better and accelerating the achievement of the SDGs',
    hosts: [{ agency: { id: 'ITU' } }],
  })
})

t.test('a forum leads to its sessions, and each of them leads back', async (t) => {
  for (const { id, name, sessions } of list.items) {
    const { json } = await service.ask(sessions.href)
    t.equal(json.total, sessions.total, id)
    for (const { forum, forumYear } of json.items) {
      t.same(forum, { id, title: name, href: `/v1/forums/${id}` })
      t.equal(`${forumYear}`, id)
    }
  }
  t.ok(list.items.every(({ id, sessions }) => sessions.total > 0 || id === '2014'))
})

t.test('the calendar has one event of whole days for each forum, which ends the day after its last day', async (t) => {
  const { text, headers } = await service.ask('/v1/forums?format=ics')
  t.match(headers['content-type'], 'text/calendar')
  t.match(text, 'X-WR-CALNAME:WSIS Forums')
  t.equal(text.match(/BEGIN:VEVENT/g)?.length, 18)
  const one = (await service.ask('/v1/forums/2023?format=ics')).text
  t.match(one, 'DTSTART;VALUE=DATE:20230313')
  t.match(one, 'DTEND;VALUE=DATE:20230318')
  t.match(one, 'SUMMARY:WSIS Forum 2023')
})

t.test('a session on one day stays an event of that day', async (t) => {
  const { text } = await service.ask('/v1/sessions/2020-action-line-c7-fostering-an-enabling-ecosystem-for?format=ics')
  t.match(text, 'DTSTART;VALUE=DATE:20200821')
  t.notMatch(text, 'DTEND')
})

t.test('CSV, NDJSON and the list have the same forums', async (t) => {
  const rows: Record<string, string>[] = parse((await service.ask('/v1/forums?format=csv')).text, {
    columns: true,
    bom: true,
  })
  t.same(
    rows.map(({ id, name, hosts, agencies, sessions }) => [id, name, hosts, agencies, sessions]),
    list.items.map(({ id, name, hosts, sessions }) => [
      id,
      name,
      hosts.map((host) => host.name).join('; '),
      hosts.flatMap(({ agency }) => agency?.id ?? []).join('; '),
      `${sessions.total}`,
    ]),
  )
  const lines = (await service.ask('/v1/forums?format=ndjson')).text.trimEnd().split('\n')
  t.same(
    lines.map((line) => JSON.parse(line)),
    list.items,
  )
})

t.test('a forum is found by its name, its theme and its host', async (t) => {
  for (const [q, id] of [
    ['WSIS+10 High-Level Event', '2014'],
    ['building back better', '2023'],
    ['Swiss Confederation', '2024'],
  ] as const) {
    const { items } = (await service.ask(`/v1/search?kind=forum&q=${encodeURIComponent(q)}`)).json
    t.equal(items[0].id, id, q)
    t.equal(items[0].href, `/v1/forums/${id}`)
  }
})

t.test('the page of a forum has its facts and its sessions, and a session leads to it', async (t) => {
  const forum = await page('/v1/forums/2023')
  for (const text of ['13 March 2023', '17 March 2023', 'accelerating the achievement of the SDGs', '/v1/agencies/ITU'])
    t.match(forum, text)
  t.match(forum, 'href="/v1/sessions/2023-366"')
  t.match(await page('/v1/sessions/2023-366'), 'href="/v1/forums/2023"')
  t.match(await page('/v1/forums'), 'WSIS+10 High-Level Event')
})

t.test('a forum that is wrong, and a session of none, say where and what would be right', (t) => {
  const seed = new SeedCopy(t, { log: false })
  seed.set('forums.json', 0, 'to', '2009-05-17')
  seed.set('forums.json', 1, 'from', '2009-05-10')
  seed.change<{ id: string }[]>('forums.json', (all) => all.splice(2, 1))
  t.strictSame(
    seed.errors().filter((error) => !error.includes('sessions.json')),
    [
      'seed/forums.json:/0/to: is 2009-05-17, before "from" (2009-05-18); it must be later',
      'seed/forums.json:/1/from: is 2009-05-10, which is not in the year 2010; correct it, or the id',
    ],
  )
  t.ok(seed.errors().some((error) => /forumYear: "2011" is not in seed\/forums\.json/.test(error)))
  t.end()
})

t.test('a session without a forum has no number', (t) => {
  const seed = new SeedCopy(t, { log: false })
  seed.set('sessions.json', 0, 'number', 7)
  t.match(seed.errors().join('\n'), 'seed/sessions.json:/0/number: is 7 for a session without a forum; it must be null')
  t.end()
})
