import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import t from 'tap'
import type { Hit } from '../src/services/full-text-search.ts'
import { agenciesOf, codes, codesOf } from './founding-documents.ts'
import { character, fc } from './random.ts'
import { serve } from './service.ts'
import { SeedCopy } from './wrong-seed.ts'

const service = await serve(t)

const languageNames = new Intl.DisplayNames('en', { type: 'language' })
const address = (q: string, more = '') => `/v1/search?q=${encodeURIComponent(q)}&limit=500${more}`
const find = async (q: string, more = ''): Promise<Hit[]> => (await service.ask(address(q, more))).json.items
const places = async (q: string, more = '') => (await find(q, more)).map(({ kind, id }) => `${kind} ${id}`)

/** The text of a snippet, without its marks. */
const textOf = (snippet: string) =>
  snippet
    .replaceAll(/<\/?mark>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')

/** True if a snippet is HTML with balanced marks and nothing else. */
const isSafe = ({ snippet }: Hit) =>
  snippet.length > 0 && !/[<>"]|&(?!(amp|lt|gt|quot);)|\p{Cc}/u.test(snippet.replaceAll(/<mark>[^<>]+<\/mark>/g, ''))

for (const [q, first] of [
  ['C1', 'action-line C1'],
  ['c1', 'action-line C1'],
  ['Ｃ１', 'action-line C1'],
  ['\u04211', 'action-line C1'],
  ['C\u200b1', 'action-line C1'],
  ['WSIS Action Line C3', 'action-line C3'],
  ['e-gov', 'action-line C7.e-government'],
  ['e\u2011gov', 'action-line C7.e-government'],
  ['eGov', 'action-line C7.e-government'],
  ['capacity building', 'action-line C4'],
  ['building capacity', 'action-line C4'],
  ['media', 'action-line C9'],
  ['WHO', 'agency WHO'],
  ['health world', 'agency WHO'],
  ['telecom', 'agency ITU'],
  ['ITU geneva', 'agency ITU'],
  ['UN DESA', 'agency UNDESA'],
  ['human rights', 'agency OHCHR'],
  ['2023-366', 'session 2023-366'],
  ['session 366', 'session 2023-366'],
  ['session 2023-366', 'session 2023-366'],
  ['ethical dimensions', 'action-line C10'],
  ['information knowledge', 'action-line C3'],
  [`UNESCO's`, 'agency UNESCO'],
  ['govtech exec', 'session 2023-366'],
  ['Estonia interoperab', 'outcome-document 2023-366'],
  ['draft annex', 'source annex-draft'],
  ['annex-adopted', 'source annex-adopted'],
] as const)
  t.test(`"${q}" finds ${first} before all else`, async (t) => {
    t.equal((await places(q))[0], first)
  })

t.test('a code finds no line, session or document whose code only begins with it', async (t) => {
  t.same(await places('C1', '&kind=action-line'), ['action-line C1'])
  for (const code of ['C1', 'C2', 'С2', 'C7', 'C10']) {
    const hits = await find(code, '&kind=session')
    const { items } = (await service.ask(`/v1/sessions?actionLine=${encodeURIComponent(code)}&limit=500`)).json
    t.ok(items.length > 0)
    for (const { id } of items)
      t.ok(
        hits.some((hit) => hit.id === id),
        `${code} ${id}`,
      )
    for (const { snippet } of hits)
      for (const [, mark] of snippet.matchAll(/<mark>(.*?)<\/mark>/g))
        t.equal(mark?.toUpperCase(), code.replace('С', 'C'), snippet)
  }
})

t.test('a line or agency comes first if its title begins with what is asked', async (t) => {
  for (const { id, title } of (await service.ask('/v1/action-lines')).json.items) {
    const words = title.split(' ')
    if (words.length > 1) t.equal((await places(words.slice(0, -1).join(' ')))[0], `action-line ${id}`, title)
  }
  for (const { name } of (await service.ask('/v1/agencies')).json.items)
    t.match((await places(name.split(' ').slice(0, -1).join(' ')))[0], /^agency /, name)
})

t.test('a question about a role finds what it is about', async (t) => {
  for (const [question, place] of [
    ['who facilitates C5', 'action-line C5'],
    ['Who is the facilitator of e-health?', 'action-line C7.e-health'],
    ['facilitator e-agriculture', 'action-line C7.e-agriculture'],
    ['WHO', 'agency WHO'],
  ] as const)
    t.equal((await places(question))[0], place, question)
  t.ok((await places('facilitators')).length > 0, 'a role alone is searched')
})

t.test('lines are completed from the first letters of a title, a keyword or a code, in one request', async (t) => {
  for (const [typed, line] of [
    ['capac', 'C4'],
    ['cyber', 'C5'],
    ['ethic', 'C10'],
    ['telewor', 'C7.e-employment'],
    ['early warn', 'C7.e-environment'],
    ['c7', 'C7'],
    ['e-agr', 'C7.e-agriculture'],
  ] as const) {
    const { items } = (await service.ask(`/v1/search?kind=action-line&limit=5&q=${encodeURIComponent(typed)}`)).json
    t.ok(items.length <= 5)
    t.ok(items.map(({ id }: Hit) => id).includes(line), typed)
  }
  t.equal((await find('capac', '&kind=action-line'))[0]?.id, 'C4', 'the best first')
  t.equal((await find('c7', '&kind=action-line'))[0]?.id, 'C7')
})

t.test('a session is found by the acronym and the name of each agency that organized it', async (t) => {
  for (const { id, name } of (await service.ask('/v1/agencies')).json.items) {
    const { items } = (await service.ask(`/v1/sessions?agency=${id}&limit=500`)).json
    for (const q of [id, name]) {
      const hits = await places(q, '&kind=session')
      for (const { id } of items) t.ok(hits.includes(`session ${id}`), `${q}: ${id}`)
    }
  }
  t.ok((await places('Food and Agriculture Organization', '&kind=session')).length >= 4)
})

t.test('every session is found by the word, by its year and by its number', async (t) => {
  const { items } = (await service.ask('/v1/sessions?limit=500')).json
  const hits = await find('session', '&kind=session')
  t.same(hits.map(({ id }) => id).sort(), items.map(({ id }: Hit) => id).sort())
  for (const { id, number } of items) {
    t.ok((await places(`session ${id.slice(0, 4)}`)).includes(`session ${id}`), id)
    if (number !== null) t.ok((await places(`session ${number}`)).includes(`session ${id}`), id)
  }
})

t.test('no snippet shows an id that is made of words', async (t) => {
  const sessions = (await find('session', '&kind=session')).filter(({ id }) => !/^\d+-\d+$/.test(id))
  const sources = await find('annex', '&kind=source')
  t.ok(sessions.length > 0 && sources.length > 0)
  for (const { id, snippet } of [...sessions, ...sources]) t.notMatch(textOf(snippet), id)
})

t.test('an acronym finds its agency first, and every line that it coordinates', async (t) => {
  for (const agency of new Set(codes.flatMap(agenciesOf))) {
    const hits = await places(agency)
    t.equal(hits[0], `agency ${agency}`)
    for (const code of codesOf(agency)) t.ok(hits.includes(`action-line ${code}`), `${agency} ${code}`)
  }
  t.same(
    (await places('WHO')).slice(1, 3).sort(),
    ['action-line C7.e-environment', 'action-line C7.e-health'],
    'before the sessions that it organized',
  )
})

for (const [q, hit] of [
  ['santé', 'agency WHO'],
  ['salud', 'agency WHO'],
  ['卫生', 'agency WHO'],
  ['世界卫生组织', 'agency WHO'],
  ['здравоохранения', 'agency WHO'],
  ['教科文', 'agency UNESCO'],
  ['sante', 'action-line C7.e-health'],
  ['salud', 'action-line C7.e-health'],
  ['卫生', 'action-line C7.e-health'],
  ['AI', 'action-line C10'],
  ['AI', 'session 2025-401'],
  ['digital divide', 'session 2021-high-level-policy-session-1-bridging-digital'],
  ['disability', 'action-line C3'],
  ['disability', 'session 2011-ict-and-persons-with-disabilities'],
] as const)
  t.test(`"${q}" finds ${hit} by a stored name or title`, async (t) => {
    t.ok((await places(q)).includes(hit))
  })

t.test('words that are not stored find nothing, and the response says what can be searched', async (t) => {
  const { json } = await service.ask(address('jobs'))
  t.match(json, { total: 0, items: [], note: /You can search names, titles, keywords and texts in English/ })
  t.match((await service.ask(address('digital divide', '&kind=action-line'))).json.note, /You can search/)
  t.equal((await service.ask(address('AI'))).json.note, null)
  t.notOk('note' in (await service.ask('/v1/agencies?kind=other')).json)
})

t.test('the languages that can be searched are those of the stored names', async (t) => {
  const seed: { names: { language: string | null }[] }[] = JSON.parse(readFileSync('seed/agencies.json', 'utf8'))
  const codes = new Set(seed.flatMap(({ names }) => names.flatMap(({ language }) => language ?? [])))
  const names = [...codes].filter((code) => code !== 'en').map((code) => languageNames.of(code))
  const { description } = (await service.ask('/openapi.json')).json.paths['/v1/search'].get
  for (const text of [(await service.ask(address('jobs'))).json.note, description]) {
    const [, said = ''] = /names of agencies also in ([^.]+)\./.exec(text) ?? []
    t.same(said.split(/, | and /), names.sort())
  }
})

t.test('a keyword of a line finds it before all that is no line or agency', async (t) => {
  t.equal((await places('cybersecurity'))[0], 'action-line C5')
  for (const { id, keywords } of (await service.ask('/v1/action-lines')).json.items)
    for (const keyword of keywords) {
      const hits = await places(keyword)
      const first = hits.slice(0, hits.indexOf(`action-line ${id}`) + 1)
      t.ok(first.length > 0, `${keyword}: ${id}`)
      t.notOk(
        first.some((place) => !/^(?:action-line|agency) /.test(place)),
        `${keyword}: ${first}`,
      )
    }
})

t.test('a line is found by the titles of its sessions, after the session', async (t) => {
  for (const { id, title, actionLines } of (await service.ask('/v1/sessions?limit=500')).json.items) {
    const hits = await places(title.slice(0, 200))
    for (const line of actionLines) t.ok(hits.includes(`action-line ${line.id}`), `${title}: ${line.id}`)
    t.ok(hits.indexOf(`session ${id}`) >= 0, title)
  }
  const hits = await places('persons disabilities')
  t.ok(hits.indexOf('session 2011-ict-and-persons-with-disabilities') < hits.indexOf('action-line C3'))
})

t.test('every record that can be found is found by its own title', async (t) => {
  for (const [kind, list] of [
    ['action-line', 'action-lines'],
    ['agency', 'agencies'],
    ['forum', 'forums'],
    ['session', 'sessions'],
    ['outcome-document', 'outcome-documents'],
    ['source', 'sources'],
  ] as const)
    for (const { id, title, name, genevaTitle } of (await service.ask(`/v1/${list}?limit=500`)).json.items)
      for (const q of [title, name, genevaTitle])
        if (q) t.ok((await places(q.slice(0, 200), `&kind=${kind}`)).includes(`${kind} ${id}`), `${id}: ${q}`)
})

t.test('no name that only finds an agency is shown', async (t) => {
  for (const q of ['salud', '卫生']) for (const { snippet } of await find(q)) t.notMatch(textOf(snippet), /salud|卫生/i)
})

t.test('a word of one or two letters is found only as a whole word', async (t) => {
  const hits = await find('AI')
  for (const { snippet } of hits) t.match(textOf(snippet), /\bAI\b/)
  t.ok(hits.length > 0)
})

t.test('a word in one number finds the other', async (t) => {
  for (const [one, other] of [
    ['disability', 'disabilities'],
    ['library', 'libraries'],
    ['archive', 'archives'],
    ['process', 'processes'],
  ] as const)
    t.same((await places(one)).sort(), (await places(other)).sort(), one)
})

t.test('a hit has every word, in any order', async (t) => {
  const hits = await places('geneva itu')
  t.same(hits, await places('ITU  geneva'))
  t.same(await places('itu itu geneva'), hits)
  t.same(await places('geneva itu zzzz'), [])
  t.ok((await places('itu')).length > hits.length)
})

t.test('the first letters of a word find it, its middle does not', async (t) => {
  t.same(await places('meteorolog'), await places('meteorological'))
  t.same(await places('eteorological'), [])
})

t.test('an agency is found by its name in another language', async (t) => {
  t.equal((await places('organisation mondiale sante'))[0], 'agency WHO')
})

t.test('accents, case and the form of the letters make no difference', async (t) => {
  for (const q of ['Montreal', 'Montréal', 'MONTRÉAL', 'Montre\u0301al', 'Ｍｏｎｔｒéal'])
    t.same(await places(q), ['agency ICAO'], q)
  for (const q of ['día internacional', 'DIA INTERNACIONAL', 'di\u0301a internac'])
    t.same(await places(q), ['session 2022-121'], q)
})

t.test('each whole word that matched is marked, and nothing else', async (t) => {
  for (const hit of await find('estonia interoperab')) {
    t.ok(isSafe(hit), hit.snippet)
    t.match(hit.snippet, '<mark>interoperability</mark>')
    t.match(hit.snippet, '<mark>Estonia</mark>')
    t.match(hit.snippet, /^… .* …$/)
    t.match(textOf(hit.snippet), `Ukraine's "Diia app"`)
  }
  for (const q of ['media', 'cult', 'c7 e', 'd'])
    for (const hit of await find(q)) {
      t.ok(isSafe(hit), hit.snippet)
      const words = q.split(' ')
      const marks = [...hit.snippet.matchAll(/<mark>(.*?)<\/mark>/g)].map(([, word = '']) =>
        word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase(),
      )
      t.ok(marks.length > 0, `${q}: ${hit.snippet}`)
      for (const mark of marks)
        t.ok(
          words.some((word) => mark.startsWith(word)),
          `${q}: ${mark}`,
        )
    }
})

t.test('a hit by another spelling of its name has a snippet without marks', async (t) => {
  const [hit] = await find('electronic government')
  t.equal(hit?.id, 'C7.e-government')
  t.match(hit?.snippet, /^C7\.e-government .*E-government.*International Telecommunication Union/)
  t.notMatch(hit?.snippet, '<mark>')
})

t.test('words between punctuation are marked one by one', async (t) => {
  const [hit] = await find('towards.wsis.20', '&kind=outcome-document')
  t.match(hit?.snippet, '<mark>Towards</mark> <mark>WSIS</mark>+<mark>20</mark>')
})

t.test('an e-word is one word, however it is written', async (t) => {
  const seed = new SeedCopy(t, { isShort: true })
  for (const [index, organizers] of [['E Quagga'], ['e-quaggas'], ['eQuagga'], ['Letter E', 'Quagga']].entries())
    seed.set('sessions.json', index, 'organizers', organizers)
  const other = await serve(t, { seed: seed.folder })
  for (const q of ['e-quagga', 'eQuagga', 'e\u2011Quag', 'equagga']) {
    const snippets = (await other.ask(address(q))).json.items.map(({ snippet }: Hit) => snippet).join()
    for (const mark of ['<mark>E</mark> <mark>Quagga</mark>', '<mark>e-quaggas</mark>', '<mark>eQuagga</mark>'])
      t.match(snippets, mark, q)
    t.notMatch(snippets, 'Letter', 'no word goes from one text into the next')
  }
})

t.test('no text of the data breaks out of the snippet or makes marks', async (t) => {
  const seed = new SeedCopy(t, { log: false })
  const title = `<b>&"Zebras" &lt;mark> <script>alert('zebra')</script>`
  seed.set('sessions.json', 1, 'title', title)
  seed.set('sessions.json', 2, 'title', 'Женевский план: зебра')
  seed.change<{ sections: { intro: string }[] }>('outcomes/2023-366.json', ({ sections: [section] }) => {
    Object.assign(section ?? {}, { intro: 'zebra\u0003\u0002 crossing\n\n\u0002\u00adze\u00adbra\u0003' })
  })
  const other = await serve(t, { seed: seed.folder })
  const { items } = (await other.ask(address('zebra'))).json
  t.same([...new Set(items.map(({ kind }: Hit) => kind))].sort(), ['action-line', 'outcome-document', 'session'])
  for (const hit of items) t.ok(isSafe(hit), hit.snippet)
  const session = items.find(({ kind }: Hit) => kind === 'session')
  t.equal(session.title, title)
  t.ok(textOf(session.snippet).startsWith(title))
  t.match(session.snippet, '&lt;b&gt;&amp;&quot;<mark>Zebras</mark>&quot; &amp;lt;mark&gt;')
  const outcome = items.find(({ kind }: Hit) => kind === 'outcome-document')
  t.match(outcome.snippet, '<mark>zebra</mark> crossing <mark>zebra</mark>')
  for (const q of ['женевский', 'ЗЕБРА женев'])
    t.match(
      (await other.ask(address(q, '&kind=session'))).json,
      { total: 1, items: [{ title: 'Женевский план: зебра' }] },
      q,
    )
})

for (const [q, plain] of [
  ['"health"', 'health'],
  ['"health', 'health'],
  ['health"', 'health'],
  ['health*', 'health'],
  ['^health', 'health'],
  ['-health', 'health'],
  ['+health', 'health'],
  ['(health', 'health'],
  ['{health} :', 'health'],
  [`health' --`, 'health'],
  ['health \0', 'health'],
  ['\0\u0001health', 'health'],
  ['health 😀 & "', 'health'],
  ['\u202ehealth\u202c', 'health'],
  ['hea\u00adlth', 'health'],
  ['he\0alth', 'he alth'],
  ['world"health', 'world-health'],
  ['world"" ""health', 'world health'],
  ['NEAR(world health)', 'near world health'],
  ['health NOT world', 'world not health'],
  ['health OR world', 'world or health'],
  ['health AND', 'and health'],
  ['titles:health', 'titles health'],
  ['{names titles}:health', 'names titles health'],
] as const)
  t.test(`${JSON.stringify(q)} is text, and asks what "${plain}" asks`, async (t) => {
    const { status, json } = await service.ask(address(q))
    t.equal(status, 200)
    t.same(
      json.items.map(({ kind, id }: Hit) => `${kind} ${id}`),
      await places(plain),
    )
  })

for (const [q, plain] of [
  ['UNESCO/ITU', 'UNESCO ITU'],
  ['ITU,UNESCO', 'ITU UNESCO'],
  ['C1,C7,C11', 'C1 C7 C11'],
  ['Leosk,Nele', 'Nele Leosk'],
  ['eHealth', 'e-health'],
  ['egov 2022', 'e-gov 2022'],
  ['E-Government–DESA', 'DESA e-government'],
  ['well-being', 'being well'],
  [`UNESCO's`, 'UNESCO'],
  ['UNESCO’S media', 'UNESCO media'],
] as const)
  t.test(`"${q}" finds what "${plain}" finds`, async (t) => {
    const hits = await places(q)
    t.ok(hits.length > 0)
    t.same(hits.sort(), (await places(plain)).sort())
  })

for (const q of ['"', '*', ' ', '\0', '😀', '🏳️‍🌈 …', '""""', '\u202e', '%zz%', '--', '?#&='])
  t.test(`${JSON.stringify(q)} has no word of any hit, and the answer is an empty list`, async (t) => {
    const { status, json } = await service.ask(address(q))
    t.equal(status, 200)
    t.match(json, { total: 0, items: [], next: null })
  })

t.test('a text may have 200 characters of any script', async (t) => {
  for (const sign of ['a', '"', 'ü', '漢', 'ש', '😀', '\u{10d4a}']) {
    t.match((await service.ask(address(sign.repeat(200)))).json, { total: 0 }, sign)
    const { status, json } = await service.ask(address(sign.repeat(201)))
    t.equal(status, 400)
    t.match(json.errors, [{ location: 'query', name: 'q', detail: /200 characters.*q=e-health/ }])
  }
})

t.test('a missing, empty or repeated text is refused, and the problem shows a right one', async (t) => {
  for (const [query, detail] of [
    ['', '"q" is required, for example q=e-health.'],
    ['?q=', '"q" is empty. Give it a value, for example q=e-health.'],
    ['?q=a&q=b', '"q" has 2 values. Send one request for each value.'],
  ] as const) {
    const { status, json } = await service.ask(`/v1/search${query}`)
    t.equal(status, 400)
    t.same(json.errors, [{ location: 'query', name: 'q', detail, allowed: null, suggestion: null }])
  }
  t.same(
    (await service.ask('/v1/search?limit=0')).json.errors.map(({ name }: { name: string }) => name),
    ['q', 'limit'],
  )
})

t.test('a kind narrows the hits and keeps their order', async (t) => {
  const all = await places('e')
  const kinds = [...new Set(all.map((place) => place.split(' ')[0]))]
  t.same(kinds.sort(), ['action-line', 'agency', 'forum', 'outcome-document', 'session', 'source'])
  for (const kind of kinds)
    t.same(
      await places('e', `&kind=${kind}`),
      all.filter((place) => place.startsWith(`${kind} `)),
    )
  t.same(await places('C1', '&kind=agency'), [], 'a line that is found by its code is not an agency')
})

t.test('a misspelled kind is a 400 that names the right ones', async (t) => {
  const { status, json } = await service.ask('/v1/search?q=e&kind=sesion')
  t.equal(status, 400)
  t.match(json.errors, [{ name: 'kind', suggestion: 'session' }])
  t.same(json.errors[0].allowed.sort(), ['action-line', 'agency', 'forum', 'outcome-document', 'session', 'source'])
})

t.test('the pages together have every hit once, in the order of the whole', async (t) => {
  for (const q of ['forum', `C1`, `forum${' 😀'.repeat(97)}`]) {
    const all = await places(q)
    const seen: string[] = []
    for (let next = `/v1/search?q=${encodeURIComponent(q)}&limit=7`; next; ) {
      const { json } = await service.ask(next)
      t.equal(json.total, all.length)
      seen.push(...json.items.map(({ kind, id }: Hit) => `${kind} ${id}`))
      next = json.next
    }
    t.same(seen, all, q)
    t.equal(new Set(seen).size, all.length)
  }
  t.ok((await places('forum')).length > 100)
})

t.test('the cursor of another question or list is refused', async (t) => {
  const { next, items } = (await service.ask('/v1/search?q=health&limit=1')).json
  const [{ kind }] = items
  const other = (await service.ask('/v1/sessions?limit=1')).json.next
  const [cursor, foreign] = [next, other].map((url) => new URLSearchParams(url.split('?')[1]).get('cursor'))
  t.equal((await service.ask(`/v1/search?q=health&cursor=${cursor}`)).status, 200)
  for (const query of [
    `q=e-health&cursor=${cursor}`,
    `q=health&kind=${kind}&cursor=${cursor}`,
    `q=a&cursor=${foreign}`,
  ]) {
    const { status, json } = await service.ask(`/v1/search?${query}`)
    t.equal(status, 400, query)
    t.match(json.errors, [{ name: 'cursor', detail: /Start again without/ }])
  }
})

t.test('each hit leads to what it names', async (t) => {
  for (const { kind, id, title, href } of await find('i')) {
    const { status, json } = await service.ask(href)
    t.equal(status, 200, href)
    t.equal(json.id, id)
    t.equal(kind === 'outcome-document' ? json.session.title : (json.name ?? json.title), title)
  }
})

t.test('CSV and NDJSON carry the same hits', async (t) => {
  const items = await find('media')
  const csv: Hit[] = parse((await service.ask(address('media', '&format=csv'))).text, { columns: true })
  t.same(csv, items)
  const { text } = await service.ask(address('media', '&format=ndjson'))
  t.same(
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
    items,
  )
})

t.test('no text makes it fail or a snippet unsafe', async (t) => {
  const words = fc.constantFrom(
    'C1',
    'e-',
    'WHO',
    '"',
    '*',
    '(',
    ')',
    'OR',
    'NOT',
    'NEAR',
    ':',
    '^',
    '\0',
    ' ',
    '-',
    '{',
  )
  const text = fc.oneof(
    fc.string({ unit: character, maxLength: 210 }),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.array(words, { minLength: 1, maxLength: 40 }).map((parts) => parts.join('')),
    fc.array(words, { minLength: 1, maxLength: 40 }).map((parts) => parts.join(' ')),
  )
  const encoded = text.map((text) => encodeURIComponent(text.toWellFormed()))
  const bytes = fc
    .uint8Array({ minLength: 1, maxLength: 1500 })
    .map((bytes) => [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''))
  const raw = fc.stringMatching(/^[!$-~]{1,300}$/)
  await fc.assert(
    fc.asyncProperty(fc.oneof(encoded, encoded, bytes, raw), async (q) => {
      const { status, json } = await service.ask(`/v1/search?q=${q}`)
      t.ok([200, 400, 414].includes(status), `${status} ${q}`)
      t.same(json.items?.filter((hit: Hit) => !isSafe(hit)) ?? [], [])
    }),
    { numRuns: 400 },
  )
})

t.test('a footnote mark joins no code, and a digit of any script is a digit', async (t) => {
  for (const q of ['C1①', 'C1¹', 'C١', 'C１']) {
    const { json } = await service.ask(`/v1/search?${new URLSearchParams({ q, kind: 'action-line' })}`)
    t.equal(json.items[0]?.id, 'C1', q)
    t.notOk(
      json.items.some(({ id }: { id: string }) => id === 'C11'),
      q,
    )
  }
})
