import { readdirSync } from 'node:fs'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { strFromU8, unzipSync } from 'fflate'
import t from 'tap'
import { format as turtle } from '../src/formats/as-turtle.ts'
import { workbookOf } from '../src/formats/as-xlsx.ts'
import { nouns } from '../src/nouns/index.ts'
import type { Noun } from '../src/nouns/noun.ts'
import { type Answer, serve } from './service.ts'
import { SeedCopy } from './wrong-seed.ts'

// A list that is read in several batches, and written in turns.

const count = 1_300
const seed = new SeedCopy(t, { log: false })
seed.change('sessions.json', (sessions) => {
  const real = [...sessions]
  for (let number = real.length; number < count; number++)
    sessions.push({
      ...real[number % real.length],
      id: `${real[number % real.length]?.id}-${number}`,
      number: null,
      url: null,
      outcome: undefined,
    })
})
for (const file of readdirSync(seed.path('outcomes'))) seed.remove(`outcomes/${file}`)
const { send, url } = await serve(t, { seed: seed.folder })

/** All pages, one after the other. */
async function pagesOf(address: string, pages: Answer[] = []): Promise<Answer[]> {
  const page = await send(address)
  const all = [...pages, page]
  return page.json.next === null ? all : pagesOf(page.json.next, all)
}

const pages = await pagesOf('/v1/sessions?limit=500')
const items: { id: string; date: string | null }[] = pages.flatMap(({ json }) => json.items)

const lists = new Map<string, Answer>()
for (const format of ['ndjson', 'csv', 'jsonld', 'ttl']) lists.set(format, await send(`/v1/sessions?format=${format}`))

t.test('a long list is whole in each format of files, with the records of its pages in their order', async (t) => {
  t.equal(items.length, count)
  const lines = lists.get('ndjson')?.text.trimEnd().split('\n') ?? []
  t.same(
    lines.map((line) => JSON.parse(line)),
    items,
  )
  const nodes: { id: string }[] = lists.get('jsonld')?.json['@graph']
  t.same(
    nodes.map(({ id }) => id),
    items.map(({ id }) => id),
  )
  const rows = (lists.get('csv')?.text ?? '').split('\r\n').map((row) => row.split(',')[0])
  for (const { id } of items) t.ok(rows.includes(id), id)
})

t.test('Turtle of a long list is written a hundred records at a time, so that other requests run in between', (t) => {
  const batch = Buffer.from(
    items
      .slice(0, 100)
      .map((item) => JSON.stringify(item))
      .join(),
  )
  const list = nouns.find(({ name }) => name === 'sessions')
  const parts = [...(turtle.parts({ site: { base: url }, list, batches: [batch, batch] } as never) as Iterable<string>)]
  const named = (text = '') => new Set(text.match(/\/v1\/sessions\/[^>]+> a /g))
  t.equal(parts.length, 3)
  for (const part of parts.slice(0, 2)) t.equal(named(part).size, 100)
  t.equal(parts.at(-1), '.\n', 'the end of the last statement')
  t.end()
})

t.test('a file that is exported has the bytes of the long list', async (t) => {
  for (const [format, list] of lists) {
    const file = await send(`/v1/exports/current/sessions.${format}`)
    t.equal(file.text.replace('\ufeff', ''), list.text, format)
    t.equal(file.headers['content-length'], String(file.bytes.length))
  }
})

t.test('a long list is coded as it is asked for, and is not sent to who has it', async (t) => {
  const address = '/v1/sessions?format=csv'
  const plain = lists.get('csv') as Answer
  for (const [coding, decoded] of [
    ['gzip', gunzipSync],
    ['br', brotliDecompressSync],
  ] as const) {
    const { headers, bytes } = await send(address, { 'accept-encoding': coding })
    t.equal(headers['content-encoding'], coding)
    t.equal(decoded(bytes).toString(), plain.text)
    t.equal((await send(address, { 'accept-encoding': coding, 'if-none-match': String(headers.etag) })).status, 304)
  }
  const head = await send(address, {}, 'HEAD')
  t.equal(head.status, 200)
  t.equal(head.headers.etag, plain.headers.etag)
  t.equal(head.headers['content-length'], String(plain.bytes.length))
  t.equal(head.bytes.length, 0)
})

t.test('a part of a long file is that part', async (t) => {
  const address = '/v1/exports/current/sessions.ndjson'
  const { bytes, headers } = await send(address)
  const half = Math.floor(bytes.length / 2)
  for (const [from, to] of [
    [0, half],
    [half - 10, half + 10],
    [100, bytes.length - 1],
  ] as const) {
    const part = await send(address, { range: `bytes=${from}-${to}`, 'if-range': String(headers.etag) })
    t.equal(part.status, 206)
    t.ok(part.bytes.equals(bytes.subarray(from, to + 1)), `${from} to ${to}`)
  }
  const coded = await send(address, { 'accept-encoding': 'gzip' })
  t.ok(gunzipSync(coded.bytes).equals(bytes))
})

t.test('a calendar of a long list has every dated session, and says how many have no date', async (t) => {
  const { text } = await send('/v1/sessions?format=ics')
  const lines = text.replaceAll('\r\n ', '').split('\r\n')
  const dated = items.filter(({ date }) => date !== null)
  t.same(
    lines.filter((line) => line.startsWith('UID:')),
    dated.map(({ id }) => `UID:${id}@action-line-directory`),
  )
  t.match(
    lines.find((line) => line.startsWith('X-WR-CALDESC:')),
    `Sessions: ${dated.length} of ${count}. ${count - dated.length} without a date cannot be in a calendar.`,
  )
})

t.test('a search with very many hits gives the first thousand, and says how many there are', async (t) => {
  const hits = await pagesOf('/v1/search?q=session&kind=session&limit=500')
  t.equal(hits.flatMap(({ json }) => json.items).length, 1_000)
  t.equal(hits[0]?.json.total, count)
})

t.test('an id with a wrong digit is near the ids of its year, also among very many', async (t) => {
  const id = String(items.find(({ id }) => id.endsWith('-500'))?.id)
  const { status, json } = await send(`/v1/sessions/${id.replace(/0$/, 'x')}`)
  t.equal(status, 404)
  const near: string[] = json.suggestions.map((one: { id: string }) => one.id)
  t.ok(near.length > 0)
  for (const one of near) t.equal(one.slice(0, 4), id.slice(0, 4))
})

t.test('a search for a kind that has no record finds nothing', async (t) => {
  t.match((await send('/v1/search?q=session&kind=outcome-document')).json, { total: 0, items: [] })
})

t.test('who looks at a long file, or stops reading it, leaves it to others', async (t) => {
  const address = '/v1/exports/current/sessions.jsonld'
  const { bytes } = await send(address)
  for (let time = 0; time < 5; time++) {
    const head = await send(address, {}, 'HEAD')
    t.match([head.status, head.headers['content-length']], [200, String(bytes.length)])
    const stopped = await fetch(url + address)
    await stopped.body?.cancel()
  }
  t.ok((await send(address)).bytes.equals(bytes))
  t.equal((await send('/v1/exports/current/sessions.ndjson')).text, lists.get('ndjson')?.text)
  t.equal((await send('/health/ready')).status, 200)
})

t.test('a workbook reads a hundred rows at a time, so that other requests run in between', async (t) => {
  const sessions = nouns.find(({ name }) => name === 'sessions') as Noun
  let [turns, read, maxRead] = [0, 0, 0]
  function* records(): Iterable<never> {
    for (const item of items) {
      read += 1
      maxRead = Math.max(maxRead, read)
      yield item as never
    }
  }
  let isMaking = true
  const turn = () => {
    turns += 1
    read = 0
    if (isMaking) setImmediate(turn)
  }
  setImmediate(turn)
  const origin = { base: '', dataset: '', releasedOn: null, contact: '' }
  const bytes = await workbookOf([{ ...sessions, records: records() }], origin, '/v1/sessions')
  isMaking = false
  t.ok(maxRead <= 100)
  t.ok(turns >= count / 100)
  const sheet = strFromU8(unzipSync(bytes)['xl/worksheets/sheet1.xml'] as Uint8Array)
  t.equal(sheet.match(/<row /g)?.length, count + 1)
})
