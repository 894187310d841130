import t from 'tap'
import type { Agency } from '../src/nouns/agencies.ts'
import type { ActionLine } from '../src/nouns/line-shapes.ts'
import { codes } from './founding-documents.ts'
import { serve } from './service.ts'

// No page, response, file or feed claims more than its documents.

const service = await serve(t)
const itemsOf = async (path: string) => (await service.ask(path)).json.items
const page = async (path: string) => (await service.ask(path, { accept: 'text/html' })).text
const lines: ActionLine[] = await itemsOf('/v1/action-lines')
const agencies: Agency[] = await itemsOf('/v1/agencies?limit=500')
const visible = (html: string) => html.replace(/<(script|style)[\s\S]*?<\/\1>/g, '').replace(/<[^>]+>/g, ' ')
const ids = (links: readonly { id: string }[]) => links.map(({ id }) => id)

/** The paragraphs on a line: the text, and the ids of the agencies that each links to. */
async function sentencesOn(id: string): Promise<{ text: string; linked: string[] }[]> {
  const html = await page(`/v1/action-lines/${id}`)
  const answer = /<p class="answer">[\s\S]*?(?=<section|<details|<p class="note"|<div|<table)/.exec(html)?.[0] ?? ''
  return answer.split('</p>').flatMap((paragraph) => {
    const linked = [...paragraph.matchAll(/href="\/v1\/agencies\/([^"]+)"/g)].map(([, one]) =>
      decodeURIComponent(String(one)),
    )
    const text = visible(paragraph).replace(/\s+/g, ' ').trim()
    return text ? [{ text, linked }] : []
  })
}

for (const line of lines)
  t.test(`no sentence on ${line.id} says more than the statements on it`, async (t) => {
    const { current } = line
    const sentences = await sentencesOn(line.id)
    const [first, ...others] = sentences
    const named = line.reports.filter(({ appointment }) => appointment)
    if (!current) {
      t.same(
        first?.linked,
        [...new Set(ids(named.map(({ agency }) => agency)))],
        'only reports name an agency for C7 itself',
      )
      t.match(first?.text, `No full list names an agency for C7 itself, but ${named.length} undated reports name`)
      return t.same([others.length, named.filter(({ date }) => date)], [0, []])
    }
    t.same(first?.linked, ids(current.agencies), 'the first names the agencies of the newest edition, and no other')
    t.match(
      first?.text,
      current.status === 'list' ? / listed as facilitators? of .+\(April 2026\)/ : /The draft of 2005 names/,
    )
    const adopted = line.editions.find(({ status }) => status === 'adopted')
    if (first?.text.includes('as in the text adopted in 2005'))
      t.same(ids(adopted?.agencies ?? []).sort(), ids(current.agencies).sort())
    const newest = named
      .flatMap(({ date }) => date ?? [])
      .sort()
      .at(-1)
    const inEditions = line.editions.filter(({ role }) => role !== 'contact').flatMap((one) => ids(one.agencies))
    for (const { text, linked } of others)
      if (/lead contact/.test(text)) t.same(linked, ids(current.contacts?.agencies ?? []), text)
      else if (/^The newest dated report/.test(text))
        t.same(linked.sort(), ids(named.filter(({ date }) => date === newest).map(({ agency }) => agency)).sort(), text)
      else if (/^One of the newest dated reports/.test(text)) {
        const sources = named.filter(({ date }) => date === newest).map(({ source }) => source.id)
        t.ok(new Set(sources).size > 1, text)
        t.ok(
          linked.every((id) => named.some(({ agency, date }) => agency.id === id && date === newest)),
          text,
        )
      } else if (/sole facilitator/.test(text))
        t.ok(
          linked.every((id) =>
            named.some(({ agency, roleAsWorded }) => agency.id === id && /sole/i.test(String(roleAsWorded))),
          ),
        )
      else if (/^Documents disagree/.test(text))
        t.ok(
          linked.every((id) => !inEditions.includes(id) && named.some(({ agency }) => agency.id === id)),
          text,
        )
      else {
        t.match(text, /^Since the draft of 2005/)
        const [draft] = line.editions
        const differ = [...ids(current.agencies), ...ids(draft?.agencies ?? [])]
        t.same(linked.sort(), differ.filter((id) => differ.indexOf(id) === differ.lastIndexOf(id)).sort(), text)
      }
  })

t.test('the sentence on an agency counts the lines of the newest editions', async (t) => {
  for (const { id, current } of agencies) {
    const answer = /<p class="answer">([\s\S]*?)<\/p>/.exec(await page(`/v1/agencies/${id}`))?.[1] ?? ''
    const count = (pattern: RegExp) => Number(pattern.exec(answer)?.[1] ?? 0)
    const ofToday = current.actionLines.filter(({ status }) => status === 'list')
    const listed = ofToday.length
    t.equal(
      / through /.test(answer),
      ofToday.some(({ via }) => via !== null),
      `${id}: ${answer}`,
    )
    t.same(
      [
        count(/facilitator of (\d+) lines?/),
        count(/lead contact for (\d+) lines?/),
        count(/draft of 2005 names \w+ for (\d+) lines?/),
      ],
      [listed, current.contactFor.length, current.actionLines.length - listed],
      `${id}: ${answer}`,
    )
  }
})

t.test('no statement has the end of the range of an undated source as its date', async (t) => {
  const sources: { id: string; date: string | null; dateRange: { to: string | null } | null }[] =
    await itemsOf('/v1/sources?limit=500')
  const ends = new Map(sources.flatMap(({ id, date, dateRange }) => (date ? [] : [[id, dateRange?.to]])))
  for (const { id, date, source } of await itemsOf('/v1/coordinations?limit=500'))
    t.notOk(date !== null && date === ends.get(source.id), id)
  t.match(
    visible(await page('/v1/action-lines/C6')),
    /newest dated report, “WSIS Action Line C6 meeting, 19 May 2009”,/,
  )
})

t.test(
  'the answer of the front page counts the lines of the newest list, with its source, and expands WSIS',
  async (t) => {
    const text = visible(/<p class="answer">[\s\S]*?<\/p>/.exec(await page('/'))?.[0] ?? '').replace(/\s+/g, ' ')
    const { rows } = (await service.ask('/v1/editions/facilitators-2026')).json
    const named = rows.flatMap(({ agencies }: { agencies: { id: string }[] }) => ids(agencies))
    const count = (id: string) => named.filter((one: string) => one === id).length
    t.match(
      text,
      `names ITU for ${count('ITU')} of the ${rows.length} action lines of the World Summit on the Information Society (WSIS)`,
    )
    t.match(text, ` UNESCO for ${count('UNESCO')}, and ${new Set(named).size - 2} other bodies for `)
    t.match(text, 'as given by a private wiki on GitHub, names')
  },
)

t.test('each row of the front page says of what kind its source is', async (t) => {
  const [, today = '', draft = ''] = (await page('/')).split('<table class="stacked">')
  const rows = (table: string) =>
    [...(table.split('</table>')[0]?.matchAll(/<tr><th scope="row">[\s\S]*?<\/tr>/g) ?? [])].map(([row]) => row)
  const ofLine = rows(today).filter((row) => !row.includes('sub-lines'))
  t.equal(ofLine.length, 18)
  for (const row of ofLine)
    t.match(visible(row), /Facilitators 2026 +\( *6 April 2026 *, as given by a private wiki on GitHub\)/)
  t.match(visible(today), /Facilitators +Who says so/)
  t.match(visible(draft), /Coordinators +Who says so/)
  t.equal(rows(draft).length, 3, 'B, D and E')
  for (const row of rows(draft)) t.match(visible(row), 'undated, from 2005, read in a copy')
})

t.test('the picture has a mark for each dated statement, and none for an undated one', async (t) => {
  for (const { id, editions, reports } of lines) {
    const [svg = ''] = /<svg class="picture"[\s\S]*?<\/svg>/.exec(await page(`/v1/action-lines/${id}`)) ?? []
    const dated = editions.flatMap(({ agencies }) => agencies).length + reports.filter(({ date }) => date).length
    t.equal(svg.match(/<a href="#s\d+">/g)?.length ?? 0, dated, id)
    t.ok(svg.length < 6_000, `${svg.length} bytes`)
    t.notMatch(svg, /<script|style=/)
  }
})

t.test(
  'nothing says "appointed", and "removed" only of what two comparable documents or a release removed',
  async (t) => {
    const paths = [
      '/',
      ...codes.map((id) => `/v1/action-lines/${id}`),
      ...agencies.map(({ id }) => `/v1/agencies/${id}`),
    ]
    const more = ['action-lines', 'agencies', 'editions', 'sources', 'sessions', 'forums'].map((noun) => `/v1/${noun}`)
    for (const path of [...paths, ...more]) {
      const text = visible(await page(path))
      t.notMatch(text, /\bappoint/i, path)
      t.notMatch(text, /−\s*removed/i, path)
    }
    for (const path of ['/v1/editions/annex-draft', '/v1/editions/facilitators-2026?comparedTo=annex-draft'])
      t.notMatch(visible(await page(path)), /−\s*\w/, `${path}: nothing was removed`)
    for (const format of ['csv', 'ndjson', 'jsonld'])
      for (const noun of ['action-lines', 'agencies', 'editions', 'coordinations'])
        t.notMatch((await service.ask(`/v1/${noun}?format=${format}`)).text, /appointed|"removed"/, `${noun} ${format}`)
  },
)

t.test('"current" and "today" are never a list of contacts', async (t) => {
  for (const { id, current } of lines) t.not(current?.role, 'contact', id)
  for (const { current } of agencies) t.ok(current.actionLines.every(({ role }) => role !== 'contact'))
  const { text } = await service.ask('/v1/editions/facilitators-2026?comparedTo=annex-adopted&format=csv')
  t.equal(text.trim().split('\n').length, 1, 'the facilitators of 2026 are those of the adopted text')
})

t.test('every statement page says "names", and where an account by others was read', async (t) => {
  for (const id of [
    'annex-draft:C1:ECOSOC',
    'annex-adopted:C1:ITU',
    'itu-line-pages-2026:C6:UNDP',
    'forum-2017:C7.e-environment:ITU',
  ]) {
    const html = await page(`/v1/coordinations/${id}`)
    t.match(visible(html), / names /, id)
    t.notMatch(/<h1>[\s\S]*?<\/h1>/.exec(html)?.[0], / is /, id)
  }
  t.match(
    visible(await page('/v1/coordinations/annex-adopted:C1:ITU')),
    /as given by a private wiki on GitHub, .*read 6 April 2026/,
  )
})

t.test(
  'a disagreement says how many reports name others: a report counts once, however many agencies it names',
  async (t) => {
    const disagreement = async (id: string) =>
      /Documents disagree: [^.]*\./.exec(visible(await page(`/v1/action-lines/${id}`)))?.[0].replace(/\s+(?=[ ,])/g, '')
    const [one, many] = [await disagreement('C6'), await disagreement('C1')]
    t.equal(
      one,
      'Documents disagree: one undated report names APC, UN DESA and UNIDO as responsible for C6, but no full list names them as coordinator or facilitator.',
    )
    t.match(many, /^Documents disagree: 4 reports name UN DESA as responsible for C1, but no full list names it/)
  },
)

t.test('the newest report is quoted where its words for the role differ', async (t) => {
  const quoted = '“its assigned action lines”'
  for (const path of ['/v1/action-lines/C1', '/v1/agencies/UNDESA'])
    t.match(
      visible(await page(path)).replace(/\s+/g, ' '),
      new RegExp(`newest dated report[^.]*“Proposed programme budget[^(]*\\([^)]*\\), names .*\\(${quoted}\\)`),
      path,
    )
})

t.test('a page shows the label of a row only where the source that was read gives one', async (t) => {
  const draft = await page('/v1/editions/annex-draft')
  t.match(draft, 'C9. Media')
  t.notMatch(draft, 'not read<')
  for (const id of ['annex-adopted', 'facilitators-2026']) {
    const { rows } = (await service.ask(`/v1/editions/${id}`)).json
    t.equal((await page(`/v1/editions/${id}`)).split('>not read<').length - 1, rows.length, id)
  }
  const line = await page('/v1/action-lines/C9')
  t.match(line, '<bdi>C9. Media </bdi>')
  t.notMatch(line, '<q class="printed"><bdi>C9</bdi></q>')
})
