import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { watch } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import pino from 'pino'
import t, { type Test } from 'tap'
import packageJson from '../package.json' with { type: 'json' }
import { scopeOf, summaryOf, Titles } from '../src/nouns/change-summary.ts'
import { factsIn, release } from '../src/release.ts'
import { digestsOf, readSeed, seedFolder } from '../src/seed/seed.ts'
import { nouns } from '../src/vocabulary.ts'
import { agenciesIn, editions } from './edition-tables.ts'
import { open } from './opened-database.ts'
import { compileCache } from './process.ts'
import { type Answer, publicUrl, type Service, serve } from './service.ts'
import { SeedCopy, temporaryFolder } from './wrong-seed.ts'

const command = join(import.meta.dirname, '../src/release.ts')
const checker = join(import.meta.dirname, '../src/seed-check.ts')
const csv = 'editions/annex-draft.csv'

/** The result of a run of the command. */
type Outcome = { status: number; out: string; err: string }

/** Runs the command as `npm run release` does. */
async function run(...args: string[]): Promise<Outcome> {
  const said = { out: '', err: '' }
  const output = (name: keyof typeof said) => ({ write: (text: string) => (said[name] += text) })
  return { status: await release(args, output('out'), output('err')), ...said }
}

/** Runs it in a separate process. */
async function runApart(...args: string[]): Promise<Outcome> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [command, ...args])
    return { status: 0, out: stdout, err: stderr }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { status: code, out: stdout, err: stderr }
  }
}

/** After the log of every copy, and before today. */
const day = '2020-02-02'
const releaseIn = (seed: SeedCopy, date = day) => run('--seed', seed.folder, '--date', date)
const logOf = (seed: SeedCopy) => readdirSync(seed.path('changes'))

/** A short seed with one release, long ago, so that days of the past can follow. */
const short = new SeedCopy(t, { isShort: true })
await releaseIn(short, '2020-01-01')
const copyFor = (t: Test) => new SeedCopy(t, { from: short.folder })

/** The same with all releases of the real seed. */
function wholeCopyFor(t: Test): SeedCopy {
  const seed = new SeedCopy(t)
  for (const name of logOf(seed))
    seed.write(`changes/${name}`, seed.text(`changes/${name}`).replace(/"date": ".*"/, '"date": "2020-01-01"'))
  return seed
}

/** Sets one property of the agency ITU. */
function setItu(seed: SeedCopy, property: string, value: unknown): void {
  seed.change('agencies.json', (agencies) => {
    for (const agency of agencies) if (agency.id === 'ITU') agency[property] = value
  })
}

/** Sets the coordinators of E-health in the table, whatever they are. */
function setHealth(seed: SeedCopy, cell: string): void {
  seed.write(csv, seed.text(csv).replace(/^("[^"]*e-health[^"]*",).*$/im, `$1"${cell}"`))
}

// biome-ignore lint/suspicious/noExplicitAny: changes of every noun, whose shapes are checked with ajv elsewhere.
type Any = any

/** All items of a list, page by page. */
async function itemsOf(service: Service, url: string): Promise<Any[]> {
  const { items, next } = (await service.ask(url)).json
  return next === null ? items : [...items, ...(await itemsOf(service, next))]
}

/** The records of a service, as stored in the log. */
async function recordsOf(service: Service): Promise<Record<string, Map<string, object>>> {
  const records: Record<string, Map<string, object>> = {}
  for (const noun of nouns) {
    const items = await itemsOf(service, `/v1/${noun}`)
    records[noun] = new Map(items.map((item) => [item.id, factsIn(item)]))
  }
  return records
}

/** Records without null properties, which the log may omit. */
function knownOf(records: Record<string, Map<string, object>>): Record<string, [string, object][]> {
  const isKnown = (key: string, value: unknown) => value !== null || /^\d+$/.test(key)
  const entries = Object.entries(records).map(([noun, all]) => [
    noun,
    JSON.parse(JSON.stringify([...all]), (key, value) => (isKnown(key, value) ? value : undefined)),
  ])
  return Object.fromEntries(entries)
}

t.test('the changes of the log, applied in order, give what is served today', async (t) => {
  const service = await serve(t)
  const { releases, released } = readSeed(seedFolder)
  t.equal(releases.at(-1)?.dataset, digestsOf(seedFolder).dataset, 'the seed was changed: npm run release')
  const [served, logged] = [knownOf(await recordsOf(service)), knownOf(released)]
  for (const noun of nouns)
    t.strictSame(
      new Map(logged[noun]),
      new Map(served[noun]),
      `the log says other ${noun} than are served: npm run release`,
    )
  const { collections } = (await service.ask('/v1')).json
  t.strictSame(
    collections.map(({ id }: { id: string }) => id),
    [...nouns, 'changes'],
    'and no collection is forgotten',
  )
})

t.test('the log keeps what a record says itself, and nothing that echoes others', (t) => {
  const link = (id: string) => ({ id, title: 'T', href: `/v1/x/${id}` })
  t.strictSame(
    factsIn({
      id: 'a',
      title: 'A title of its own',
      parent: link('p'),
      none: null,
      members: [link('m'), link('n')],
      lines: [{ ...link('C1'), basis: 'title' }],
      said: [{ agency: link('ITU'), position: 1, href: '/v1/coordinations/x' }],
      sessions: { total: 3, href: '/v1/sessions?x=a' },
      source: { title: 'A page', url: 'https://example.org/' },
    }),
    {
      id: 'a',
      title: 'A title of its own',
      parent: 'p',
      none: null,
      members: ['m', 'n'],
      lines: [{ id: 'C1', basis: 'title' }],
      said: [{ agency: 'ITU', position: 1 }],
      source: { title: 'A page', url: 'https://example.org/' },
    },
  )
  t.end()
})

t.test('one coordinator is changed and released: the feed of changes says it, dataset and tags differ', async (t) => {
  const seed = copyFor(t)
  setHealth(seed, 'WHO/ITU')
  // A seed that was never released, so that no dataset of this test was.
  setItu(seed, 'note', 'Only here.')
  await releaseIn(seed, '2020-01-02')
  const { dataset: old } = digestsOf(seed.folder)
  const count = logOf(seed).length
  t.match(await run('--seed', seed.folder), { status: 0, out: `Nothing changed since release ${count} of `, err: '' })
  t.equal(logOf(seed).length, count)
  const before = await serve(t, { seed: seed.folder })

  setHealth(seed, 'WHO/UNDP')
  const { dataset } = digestsOf(seed.folder)
  t.not(dataset, old)
  const unreleased = await serve(t, { seed: seed.folder })
  t.equal((await unreleased.ask('/v1')).headers['dataset-version'], dataset, 'what is not released yet is served')
  const refused = (await unreleased.ask(`/v1/changes?since=${old}`)).json
  t.match(refused, { status: 400, errors: [{ name: 'since' }] }, 'and nobody is told that nothing changed')
  t.equal(
    refused.errors[0].detail,
    `"since" is not available: the served dataset ${dataset} is not released, and the log of changes ends with dataset ${old}. Download a new copy.`,
  )
  t.equal((await unreleased.ask('/v1/changes')).status, 200)

  const file = `changes/${String(count + 1).padStart(4, '0')}-${dataset}.json`
  t.strictSame(await runApart('--seed', seed.folder, '--date', day), {
    status: 0,
    out: `Wrote seed/${file}: release ${count + 1} of ${day}, changes: 6.
changed action-lines C7.e-health: coordinators, annex, editions
changed editions annex-draft: rows
changed agencies ITU: actionLines
changed agencies UNDP: actionLines
added coordinations annex-draft:C7.e-health:UNDP
removed coordinations annex-draft:C7.e-health:ITU
`,
    err: '',
  })
  const text = seed.text(file)
  t.match(JSON.parse(text), { dataset, previous: old, date: day, version: packageJson.version })
  t.equal(text.split('\n').filter((line) => line.includes('"noun"')).length, 6, 'each change in its line')
  t.equal(logOf(seed).length, count + 1, 'and nothing is left beside it')

  const after = await serve(t, { seed: seed.folder })
  const { printedLabel } = (await after.ask('/v1/action-lines/C7.e-health')).json.annex
  const { json: list } = await after.ask(`/v1/changes?since=${old}`)
  t.equal(list.dataset, dataset)
  t.equal(list.total, 6)
  const number = String(count + 1).padStart(4, '0')
  const [line] = list.items
  const [draft, ...later] = editions
    .map(({ id, ...known }) => ({ edition: id, ...known }))
    .map((known, index) => (index === 0 ? known : { ...known, agencies: agenciesIn(known.edition, 'C7.e-health') }))
  t.strictSame(line, {
    id: `${number}:action-lines:C7.e-health`,
    release: count + 1,
    dataset,
    previous: old,
    date: day,
    version: packageJson.version,
    noun: 'action-lines',
    recordId: 'C7.e-health',
    title: 'E-health',
    record: { id: 'C7.e-health', title: 'E-health', href: '/v1/action-lines/C7.e-health' },
    change: 'changed',
    affects: 'facts',
    summary:
      'C7.e-health E-health: coordinators added UNDP and removed ITU; the row of the draft and the editions changed',
    properties: [
      {
        name: 'coordinators',
        before: [
          { agency: 'WHO', position: 1 },
          { agency: 'ITU', position: 2 },
        ],
        after: [
          { agency: 'WHO', position: 1 },
          { agency: 'UNDP', position: 2 },
        ],
        affects: 'facts',
      },
      {
        name: 'annex',
        before: { ...draft, printedLabel, printedCoordinators: 'WHO/ITU' },
        after: { ...draft, printedLabel, printedCoordinators: 'WHO/UNDP' },
        affects: 'facts',
      },
      {
        name: 'editions',
        before: [{ ...draft, agencies: ['WHO', 'ITU'] }, ...later],
        after: [{ ...draft, agencies: ['WHO', 'UNDP'] }, ...later],
        affects: 'facts',
      },
    ],
  })
  const [added, removed] = list.items.slice(4)
  t.match(added, {
    change: 'added',
    properties: [],
    record: { href: '/v1/coordinations/annex-draft:C7.e-health:UNDP' },
  })
  t.match(removed, { change: 'removed', record: null, recordId: 'annex-draft:C7.e-health:ITU' })
  t.match(removed.properties[0], { name: 'id', before: 'annex-draft:C7.e-health:ITU', after: null })
  t.strictSame((await after.ask(`/v1/changes/${line.id}`)).json, line)
  t.equal((await after.ask(`/v1/changes?since=${dataset}`)).json.total, 0)
  t.match((await after.ask('/v1/changes?limit=2')).json.items, list.items.slice(0, 2), 'the newest stand first')
  await sameInEachFormat(t, after, `/v1/changes?since=${old}`, list.items)

  const tagsOf = (path: string) =>
    Promise.all([before, unreleased, after].map(async ({ ask }) => (await ask(path)).headers.etag))
  for (const path of ['/v1/changes', '/v1/changes?format=atom', '/v1'])
    t.equal(new Set(await tagsOf(path)).size, 3, `${path} has another tag before, unreleased and after`)
  const [first, edited, released] = await tagsOf('/v1/action-lines/C7.e-health')
  t.not(first, edited, 'an item has another tag with another record')
  t.equal(edited, released, 'and the same with the same')
  t.equal((await before.ask('/v1')).headers['dataset-version'], old)
  t.equal((await after.ask('/v1')).headers['dataset-version'], dataset)
  const [logged, served] = [readSeed(seed.folder).released, await recordsOf(after)].map(knownOf)
  for (const noun of nouns)
    t.strictSame(new Map(logged?.[noun]), new Map(served?.[noun]), 'and the log gives what is served')

  const { text: copy } = await before.ask('/v1/editions/annex-draft?format=csv')
  const { json: checked } = await after.ask(
    '/v1/check?edition=annex-draft',
    { 'content-type': 'text/csv' },
    'POST',
    copy,
  )
  const lines = readSeed(seed.folder).actionLines.length
  t.match(checked, { total: lines, current: lines - 1 })
  t.match(
    checked.rows.filter(({ status }: Any) => status[0] !== 'current'),
    [
      {
        id: 'C7.e-health',
        status: ['coordinators-differ'],
        missing: [{ agency: { id: 'UNDP' } }],
        extra: [{ agency: { id: 'ITU' } }],
      },
    ],
    'a check of the old copy names exactly that row',
  )
})

/** Asserts that NDJSON, CSV and Atom list the same changes as JSON, in the same order. */
async function sameInEachFormat(t: Test, { ask }: Service, url: string, items: Any[]): Promise<void> {
  const lines = (await ask(`${url}&format=ndjson`)).text.trimEnd().split('\n')
  t.strictSame(
    lines.map((line) => JSON.parse(line)),
    items,
  )
  const rows: Record<string, string>[] = parse((await ask(`${url}&format=csv`)).bytes, { columns: true })
  t.equal(rows.length, items.length)
  t.match(rows[0], {
    recordId: 'C7.e-health',
    change: 'changed',
    properties: 'coordinators; annex; editions',
    title: 'E-health',
  })
  for (const [index, { before, after, id, previous }] of rows.entries()) {
    t.match(items[index], { id, previous })
    for (const { name, ...values } of items[index].properties) {
      t.strictSame(JSON.parse(String(before))[name], values.before, `${id} ${name}`)
      t.strictSame(JSON.parse(String(after))[name], values.after, `${id} ${name}`)
    }
  }
  t.match(rows[4], { change: 'added', before: '', after: '' })
  const entries = (await ask(`${url}&format=atom`)).text.split('<entry>').slice(1)
  t.equal(entries.length, 1)
  t.match(entries[0], /<title>Release \d+ of 2020-02-02: 1 added, 4 changed, 1 removed<\/title>/)
  t.match(
    entries[0],
    '<p>C7.e-health E-health: coordinators added UNDP and removed ITU; the row of the draft and the editions changed',
  )
  t.match(entries[0], '<p>C7.e-health: UNDP added as coordinator, source: Draft annex')
}

t.test('a filter finds one noun, one record under any of its names, one kind of change', async (t) => {
  const service = await serve(t)
  const all = await itemsOf(service, '/v1/changes?limit=500')
  const find = async (query: string) => itemsOf(service, `/v1/changes?limit=500&${query}`)
  t.strictSame(
    await find('noun=agencies'),
    all.filter(({ noun }) => noun === 'agencies'),
  )
  const ofWho = all.filter(({ recordId }) => recordId === 'WHO')
  t.ok(ofWho.length > 0)
  t.strictSame(await find('record=World%20Health%20Organization'), ofWho)
  t.strictSame(await find('record=who&noun=agencies&change=added'), ofWho.slice(-1))
  t.strictSame(await find('record=WHO&noun=sources'), [])
  t.strictSame(
    (await find('record=2023-366&change=added')).map(({ noun }) => noun),
    ['sessions', 'outcome-documents'],
    'two nouns may have the same id',
  )
  const { json } = await service.ask('/v1/changes?record=annex-draft:C1:ECOSC')
  t.match(json, { status: 400, errors: [{ name: 'record', suggestion: 'annex-draft:C1:ECOSOC' }] })
  const near = (await service.ask('/v1/changes?record=world%20helth%20organization')).json
  t.match(near.errors, [{ name: 'record', suggestion: 'WHO' }])
  t.match((await service.ask('/v1/changes?record=electronic%20helth')).json.errors, [{ suggestion: 'C7.e-health' }])
})

t.test('an unreleased dataset is a 400 that names those that were released', async (t) => {
  const seed = copyFor(t)
  rmSync(seed.path('changes'), { recursive: true })
  const ofNone = (await (await serve(t, { seed: seed.folder })).ask('/v1/changes?since=0123456789ab')).json
  t.match(ofNone.detail, /is not released, and the log of changes is empty\. Download a new copy\.$/)
  for (const round of [1, 2, 3, 4, 5, 6]) {
    setItu(seed, 'note', `Round ${round}.`)
    await releaseIn(seed)
  }
  const datasets = logOf(seed).map((name) => name.slice(5, 17))
  const service = await serve(t, { seed: seed.folder })
  t.equal((await service.ask(`/v1/changes?since=${datasets[5]}`)).json.total, 0, 'nothing since what is served')
  const { status, json } = await service.ask('/v1/changes?since=0123456789ab&noun=bodies')
  t.equal(status, 400)
  t.match(json.errors, [{ name: 'noun' }, { name: 'since' }])
  t.equal(
    json.errors[1].detail,
    `"since" must be a dataset that was released, the latest first: ${datasets.slice(1).reverse().join(', ')}. If your copy has none of them, download a new one.`,
  )
  const since = async (dataset = '') =>
    (await itemsOf(service, `/v1/changes?since=${dataset}`)).map((one) => one.release)
  t.strictSame(await since(datasets[3]), [6, 5])
  t.strictSame(await since(datasets[3]?.toUpperCase()), [6, 5])
  t.strictSame(await since(datasets[5]), [])
})

t.test('a second release on the same day, a dataset released again, data that is only written otherwise', async (t) => {
  const seed = copyFor(t)
  const count = logOf(seed).length
  const { dataset } = digestsOf(seed.folder)
  const table = seed.text(csv)
  seed.write(csv, `${table}\n`)
  t.match(await releaseIn(seed), { status: 0, out: /release \d+ of 2020-02-02, changes: 0\.\n$/ })
  const other = digestsOf(seed.folder).dataset
  t.match(readSeed(seed.folder).releases.at(-1), { dataset: other, previous: dataset, changes: [] })
  seed.write(csv, table)
  t.match(await releaseIn(seed), { status: 0, out: /changes: 0/ })
  t.match(await releaseIn(seed, '2020-02-01'), { out: /^Nothing changed/ })
  setItu(seed, 'note', 'A remark.')
  const late = await releaseIn(seed, '2020-02-01')
  t.strictSame(late, {
    status: 1,
    out: '',
    err: `Release ${count + 2} is of ${day}; --date must be that day or a later one.\n`,
  })
  t.match(await releaseIn(seed), { status: 0, out: /changes: 1\.\nchanged agencies ITU: note\n$/ })
  const service = await serve(t, { seed: seed.folder })
  for (const since of [dataset, other])
    t.match((await service.ask(`/v1/changes?since=${since}`)).json, { total: 1, items: [{ release: count + 3 }] })
})

t.test('code that gives the same data another form is released under the same dataset', async (t) => {
  const seed = copyFor(t)
  const { dataset } = digestsOf(seed.folder)
  const file = `changes/${logOf(seed).at(-1)}`
  // As if it had been released by code that knew less: without the last property of ITU, and with another of WHO.
  rmSync(seed.path('changes'), { recursive: true })
  await releaseIn(seed)
  const first = releaseOf(seed, dataset)
  t.ok(file.endsWith(first.slice(-17)), 'the same name, but for the number')
  seed.change<Any>(first, (one) => {
    const { changes } = one
    one.version = '0.0.1'
    const of = (noun: string, id: string) => changes.find((one: Any) => one.noun === noun && one.id === id).properties
    delete of('agencies', 'ITU').reports
    of('agencies', 'WHO').former = { after: 'x' }
  })
  t.match(await releaseIn(seed), {
    status: 0,
    out: `Wrote seed/changes/0002-${dataset}.json: release 2 of ${day}, changes: 2.\nchanged agencies ITU: reports\nchanged agencies WHO: former\n`,
  })
  const service = await serve(t, { seed: seed.folder })
  const { json } = await service.ask(`/v1/changes?since=${dataset}`)
  t.match(json, { total: 2, items: [{ previous: dataset }, { properties: [{ before: 'x', after: null }] }] })
  t.equal(json.items[0].properties[0].before, null)
  t.strictSame(readSeed(seed.folder).released, await recordsOf(service))
})

const releaseOf = (seed: SeedCopy, dataset: string) =>
  `changes/${logOf(seed).find((name) => name.endsWith(`-${dataset}.json`))}`

t.test(
  'a property that is null is no change, whether it is new or gone, at the top of a record or inside',
  async (t) => {
    const seed = new SeedCopy(t, { log: false })
    t.match(await run('--seed', seed.folder), { status: 0, out: /^Wrote / })
    const [file = ''] = logOf(seed)
    type Logged = { noun: string; id: string; properties: Record<string, { after: unknown }> }
    const edit = (change: (logged: Logged) => void) =>
      seed.change<{ changes: Logged[] }>(`changes/${file}`, ({ changes }) => changes.forEach(change))
    edit(({ noun, properties }) => {
      if (noun !== 'sessions') return
      if (properties.track?.after === null) delete properties.track
      properties.formerly = { after: null }
      properties.source = { after: { ...(properties.source?.after as object), formerly: null } }
    })
    t.match(await run('--seed', seed.folder), { status: 0, out: /^Nothing changed since release 1 / })
    edit(({ noun, id, properties }) => {
      if (noun !== 'sessions' || id !== '2023-366') return
      properties.formerly = { after: 'GovTech' }
      properties.source = { after: { ...(properties.source?.after as object), url: null } }
    })
    const { status, err } = await run('--seed', seed.folder)
    t.equal(status, 1)
    t.match(
      err,
      /^changed sessions 2023-366: (?=.*\bsource\b)(?=.*\bformerly\b)[a-z, ]+$/m,
      'a value that is gone is a change',
    )
  },
)

/** Every record of a service as served, by its URL, without counts, which the log omits. */
async function copyOf(service: Service): Promise<Map<string, unknown>> {
  const copy = new Map<string, unknown>()
  for (const noun of nouns)
    for (const item of await itemsOf(service, `/v1/${noun}?limit=500`)) copy.set(`${noun} ${item.id}`, uncounted(item))
  return copy
}

const uncounted = (item: object): unknown =>
  JSON.parse(JSON.stringify(item), (_key, value) => (Object(value).total === undefined ? value : undefined))

t.test('a copy that is maintained from the changes alone is what is served, also after names changed', async (t) => {
  const seed = copyFor(t)
  setItu(seed, 'note', 'Only here.')
  await releaseIn(seed)
  let before = await serve(t, { seed: seed.folder })
  const copy = await copyOf(before)
  const since = async () => String((await before.ask('/v1')).headers['dataset-version'])
  for (const rename of [
    () => setItu(seed, 'name', 'International Telegraph Union'),
    () => {
      const rename = (file: string, number: number, property: string) =>
        seed.set(file, number, property, `New name in ${file}`)
      rename('sources.json', 0, 'title')
      rename('sessions.json', 3, 'title')
      rename('forums.json', 0, 'name')
      rename('action-lines.json', 2, 'title')
    },
  ]) {
    rename()
    t.match(await releaseIn(seed), { status: 0, err: '' })
    const after = await serve(t, { seed: seed.folder })
    const changes = await itemsOf(after, `/v1/changes?since=${await since()}&limit=500`)
    const affected = changes.filter(({ change }) => change === 'affected')
    t.ok(affected.length > 10, `${affected.length} records are only affected`)
    for (const { noun, recordId, record, properties, change } of changes.toReversed()) {
      if (change === 'affected') t.same(properties, [])
      if (record) copy.set(`${noun} ${recordId}`, uncounted((await after.ask(record.href)).json))
      else copy.delete(`${noun} ${recordId}`)
    }
    t.strictSame(copy, await copyOf(after))
    before = after
  }
})

t.test('a record that is removed leads nowhere any more, in older changes too', async (t) => {
  const seed = wholeCopyFor(t)
  const { sessions, outcomes } = readSeed(seed.folder)
  const at = sessions.findIndex(({ id }) => outcomes.every(({ session }) => session !== id))
  const id = String(sessions[at]?.id)
  seed.change('sessions.json', (records) => records.splice(at, 1))
  t.match(await releaseIn(seed), { status: 0, out: `changes: 1.\nremoved sessions ${id}\n` })
  const service = await serve(t, { seed: seed.folder })
  const { items } = (await service.ask(`/v1/changes?record=${id}`)).json
  t.match(items[0], { change: 'removed', record: null })
  t.match(items.at(-1), { change: 'added', record: null, properties: [] })
  const was = readSeed(seedFolder).released.sessions.get(id)
  t.strictSame(Object.fromEntries(items[0].properties.map((one: Any) => [one.name, one.before])), was)
  t.equal((await service.ask(`/v1/sessions/${id}`)).status, 404)
})

t.test('a change keeps the title that its record had at that release', async (t) => {
  const seed = copyFor(t)
  const [session] = readSeed(seed.folder).sessions
  const rename = async (title: string) => {
    seed.set('sessions.json', 0, 'title', title)
    t.match(await releaseIn(seed), { status: 0, out: `changed sessions ${session?.id}: title` })
  }
  await rename('One title')
  await rename('Another title')
  const service = await serve(t, { seed: seed.folder })
  const items = await itemsOf(service, `/v1/changes?noun=sessions&record=${session?.id}`)
  t.strictSame(
    items.map(({ title, record }) => [title, record.title]),
    ['Another title', 'One title', session?.title].map((title) => [title, title]),
  )
  t.equal((await service.ask(`/v1/sessions/${session?.id}`)).json.title, 'Another title')
})

t.test('a value that was edited in the log is no change of the data: npm run release refuses it', async (t) => {
  const seed = wholeCopyFor(t)
  const files = logOf(seed)
  const [first] = files
  seed.change<Any>(`changes/${files.at(-1)}`, (last) => Object.assign(last, { version: packageJson.version }))
  const text = seed.text(`changes/${first}`)
  seed.change<Any>(`changes/${first}`, ({ changes }) => {
    changes.find(({ id }: Any) => id === 'ITU').properties.name.after = 'Another'
  })
  t.strictSame(seed.errors(), [], 'nothing in the log itself shows it')
  const { status, out, err } = await releaseIn(seed)
  t.match({ status, out }, { status: 1, out: '' })
  t.match(err, `The log was edited: data and version are those of release ${files.length}`)
  t.match(err, /Put back seed\/changes\/ as it was released\.(.|\n)*\nchanged agencies ITU: name\n$/)
  t.strictSame(logOf(seed), files)
  seed.write(`changes/${first}`, text)
  t.match(await releaseIn(seed), { status: 0, out: /^Nothing changed/ })
})

t.test('a release that another one was faster than is refused', async (t) => {
  const seed = copyFor(t)
  setItu(seed, 'note', 'A remark.')
  const files = logOf(seed)
  const number = String(files.length + 1).padStart(4, '0')
  // A folder under the name of the release is no file of the log when it is read, and is there when it is written.
  mkdirSync(seed.path(`changes/${number}-${digestsOf(seed.folder).dataset}.json`))
  t.strictSame(await releaseIn(seed), {
    status: 1,
    out: '',
    err: `Release ${files.length + 1} was written meanwhile; run this again.\n`,
  })
  t.equal(logOf(seed).length, files.length + 1, 'and nothing is left beside it')
})

t.test('no release is of a day to come, nor before the last one', async (t) => {
  const seed = copyFor(t)
  const today = new Date().toISOString().slice(0, 10)
  t.match(await releaseIn(seed, '2999-01-01'), {
    status: 2,
    err: /^2999-01-01 is in the future; --date must be \d{4}-\d\d-\d\d, which is today in UTC, or earlier\.\nTry --help\.\n$/,
  })
  const files = logOf(seed)
  setItu(seed, 'note', 'A remark.')
  seed.change<Any>(`changes/${files.at(-1)}`, (last) => Object.assign(last, { date: '2999-01-01' }))
  const { status, err } = await run('--seed', seed.folder)
  t.equal(status, 1)
  t.match(err, `Release ${files.length} is of 2999-01-01, but today is ${today} in UTC: set the clock right, or run`)
  t.strictSame(logOf(seed), files)
})

t.test('an unreleased dataset is logged at the start and said by the check of the seed', async (t) => {
  const seed = copyFor(t)
  const warnings = async () => {
    const lines: string[] = []
    await serve(t, { seed: seed.folder, logger: pino({ level: 'warn' }, { write: (line) => lines.push(line) }) })
    return lines.map((line) => JSON.parse(line))
  }
  const checked = async () => (await promisify(execFile)(process.execPath, [checker, seed.folder])).stdout
  const last = digestsOf(seed.folder).dataset
  t.strictSame(await warnings(), [])
  t.notMatch(await checked(), 'npm run release')
  setItu(seed, 'note', 'A remark.')
  const { dataset } = digestsOf(seed.folder)
  t.match(await warnings(), [{ level: 40, dataset, released: last, msg: /is not released.*npm run release$/ }])
  t.match(await checked(), /\nThis dataset is not released yet: when all changes are done, npm run release\.\n$/)
  rmSync(seed.path('changes'), { recursive: true })
  t.match(await warnings(), [{ level: 40, dataset, released: null }])
  t.match(await checked(), 'This dataset is not released yet')
})

t.test(
  'the database is built again when the log changed alone, and a bad log leaves the old one serving',
  async (t) => {
    const seed = copyFor(t)
    const path = join(temporaryFolder(t), 'directory.sqlite')
    const first = open(t, path, seed.folder)
    const changesIn = ({ client }: typeof first) => client.prepare('select count(*) from changes').pluck().get()
    const whole = changesIn(first)
    t.ok(whole)
    renameSync(seed.path('changes'), seed.path('.changes'))
    const empty = open(t, path, seed.folder)
    t.equal(empty.dataset, first.dataset)
    t.not(empty.stamp, first.stamp)
    t.equal(changesIn(empty), 0)
    cpSync(seed.path('.changes'), seed.path('changes'), { recursive: true })
    const file = `changes/${logOf(seed)[0]}`
    seed.replace(file, '"previous": null', '"previous": "none"')
    const warnings: unknown[] = []
    const old = open(t, path, seed.folder, warnings)
    t.equal(changesIn(old), 0)
    t.match(warnings, [
      {
        message: `the seed has 1 error:\nseed/${file}:/previous: is "none"; it must be a dataset: 12 hex digits or null`,
      },
    ])
    t.match(await releaseIn(seed), { status: 1, out: '', err: `seed/${file}:/previous: is "none"; ` })
  },
)

t.test('a wrong seed is not released: every error is said; wrong arguments are said, too', async (t) => {
  const seed = copyFor(t)
  const files = logOf(seed)
  seed.set('reports.json', 0, 'agency', 'UNDESSA')
  setHealth(seed, 'WHO/UNCTADD')
  t.strictSame(await releaseIn(seed), { status: 1, out: '', err: `${seed.errors().join('\n')}\n` })
  t.equal(seed.errors().length, 2)
  t.strictSame(logOf(seed), files)
  t.match(await runApart('--date', 'today'), { status: 2 })
  const wrong: [string[], string][] = [
    [['--date', '2026-02-30'], '"2026-02-30" is no day; --date must be YYYY-MM-DD.'],
    [['--date', '2026-02'], '"2026-02" is no day; --date must be YYYY-MM-DD.'],
    [['--seed', '/nowhere'], 'no sources.json in /nowhere: --seed is a seed folder.'],
    [['now'], "Unexpected argument 'now'. This command does not take positional arguments"],
    [['--force'], "Unknown option '--force'"],
  ]
  for (const [args, sentence] of wrong) {
    const { status, out, err } = await run(...args)
    t.match({ status, out }, { status: 2, out: '' }, args.join(' '))
    t.match(err, sentence)
    t.match(err, /\nTry --help\.\n$/)
  }
  const { status, out } = await run('--help')
  t.equal(status, 0)
  for (const option of ['--date', '--seed', '--help']) t.match(out, option)
})

t.test('a release that is killed at any moment leaves a whole file or none, and the next run works', async (t) => {
  const seed = copyFor(t)
  const files = logOf(seed)
  setItu(seed, 'note', 'A remark.')
  const file = `${String(files.length + 1).padStart(4, '0')}-${digestsOf(seed.folder).dataset}.json`
  const kill = async (child: ChildProcess) => {
    child.kill('SIGKILL')
    if (child.exitCode === null) await once(child, 'exit')
    const written = logOf(seed).filter((name) => !name.startsWith('.'))
    t.strictSame(written, written.length > files.length ? [...files, file] : files)
    t.strictSame(seed.errors(), [])
    rmSync(seed.path(`changes/${file}`), { force: true })
  }
  const temporary = temporaryFolder(t)
  const start = () =>
    spawn(process.execPath, [command, '--seed', seed.folder, '--date', day], {
      stdio: 'ignore',
      env: { TMPDIR: temporary, NODE_COMPILE_CACHE: compileCache },
    })
  for (const delay of [200, 500]) {
    const child = start()
    await wait(delay)
    await kill(child)
  }
  for (let round = 0; round < 2; round++) {
    // As soon as a file appears in the folder.
    const ending = new AbortController()
    const seen = watch(seed.path('changes'), { signal: ending.signal })[Symbol.asyncIterator]().next()
    const child = start()
    await seen
    await kill(child)
    ending.abort()
  }
  t.strictSame(readdirSync(temporary), [], 'nor anything in the folder for temporary files')
  t.match(await releaseIn(seed), { status: 0, out: /changes: 1\.\nchanged agencies ITU: note\n$/ })
  t.equal(readSeed(seed.folder).releases.length, files.length + 1)
})

t.test('a full disk stops a release, which leaves nothing behind', async (t) => {
  const folder = temporaryFolder(t)
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder]).status !== 0)
    return t.plan(0, 'mounting a small disk is not permitted here')
  t.teardown(() => spawnSync('umount', [folder]))
  const seed = join(folder, 'seed')
  cpSync(seedFolder, seed, { recursive: true })
  rmSync(join(seed, 'changes'), { recursive: true })
  mkdirSync(join(seed, 'changes'))
  const filler = join(folder, 'filler')
  spawnSync('sh', ['-c', `cat /dev/zero > '${filler}'`])
  const { dataset } = digestsOf(seed)
  const args = ['--seed', seed, '--date', day]
  t.strictSame(await run(...args), {
    status: 1,
    out: '',
    err: `seed/changes/0001-${dataset}.json cannot be written: ENOSPC: no space left on device, write\n`,
  })
  t.strictSame(readdirSync(join(seed, 'changes')), [])
  rmSync(filler)
  t.match(await run(...args), { status: 0 }, 'and with space again it is written')
})

const parser = `
import json, sys, xml.etree.ElementTree as tree
atom = '{http://www.w3.org/2005/Atom}'
feed = tree.fromstring(sys.stdin.buffer.read())
def links(node): return [dict(link.attrib) for link in node.findall(atom + 'link')]
def text(node, name): return node.findtext(atom + name)
print(json.dumps({
  'root': feed.tag, 'id': text(feed, 'id'), 'title': text(feed, 'title'), 'updated': text(feed, 'updated'),
  'author': feed.findtext(atom + 'author/' + atom + 'name'), 'links': links(feed),
  'entries': [{
    'id': text(entry, 'id'), 'title': text(entry, 'title'), 'updated': text(entry, 'updated'), 'links': links(entry),
    'category': entry.find(atom + 'category').get('term'),
    'paragraphs': [''.join(p.itertext()) for p in entry.iter('{http://www.w3.org/1999/xhtml}p')],
  } for entry in feed.findall(atom + 'entry')],
}))`

/** A feed as Python reads it. */
function readFeed({ bytes }: Answer): Any {
  const { status, stdout, stderr } = spawnSync('python3', ['-c', parser], { input: bytes, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

const hasPython = spawnSync('python3', ['--version']).status === 0

t.test(
  'the feed is Atom for a parser that is not the writer, with one entry for each release',
  { skip: hasPython ? false : 'there is no python3 here' },
  async (t) => {
    const seed = wholeCopyFor(t)
    const name = `Union & "Co" <b>'s</b> ]]> é 😀 -`
    const before = readSeed(seed.folder).agencies.find(({ id }) => id === 'ITU')?.name
    setItu(seed, 'name', `${name}\uFFFE`)
    await releaseIn(seed)
    const { releases } = readSeed(seed.folder)
    const service = await serve(t, { seed: seed.folder })
    const answer = await service.ask('/v1/changes?format=atom')
    t.equal(answer.headers['content-type'], 'application/atom+xml; charset=utf-8')
    const feed = readFeed(answer)
    t.equal(feed.root, '{http://www.w3.org/2005/Atom}feed')
    t.equal(feed.title, 'Action Line directory: changes')
    t.match(feed.author, /\S/)
    t.equal(feed.updated, `${day}T00:00:00Z`, 'the day of the newest entry, not of the answer')
    const linkTo = (rel: string) => feed.links.find((link: Any) => link.rel === rel)
    t.match(linkTo('self'), { type: 'application/atom+xml' })
    t.ok((await service.ask(linkTo('self').href)).bytes.equals(answer.bytes), 'its own address gives the same bytes')
    t.equal(linkTo('next'), undefined)
    t.equal(linkTo('alternate').type, 'application/json')
    t.equal((await service.ask(linkTo('alternate').href)).status, 200)
    t.equal(
      new Set([feed.id, ...feed.entries.map(({ id }: Any) => id)]).size,
      releases.length + 1,
      'no id is used twice',
    )
    for (const [index, release] of releases.toReversed().entries()) {
      const { id, title, updated, category, links, paragraphs } = feed.entries[index]
      const number = releases.length - index
      t.match(id, /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      t.match(title, `Release ${number} of ${release.date}: `)
      t.equal(updated, `${release.date}T00:00:00Z`)
      t.equal(category, 'release')
      t.match(paragraphs[0], release.dataset)
      const told = release.changes.length
      const own = release.changes.filter(({ change }) => change !== 'affected').length
      t.equal(paragraphs.length, own > 200 ? 202 : own + 1, 'one paragraph for each change, 200 at most')
      if (own > 200) t.match(paragraphs.at(-1), `And ${own - 200} more`)
      t.match(links, [{ rel: 'alternate', type: 'text/html' }])
      t.match((await service.ask(links[0].href)).headers['content-type'], 'text/html')
      const { json } = await service.ask(links[0].href.replace('html', 'json'))
      t.equal(json.total, told, 'its link leads to all of them')
      t.ok(json.items.every((one: Any) => one.release === number))
    }
    const count = (kind: string) => releases.at(-1)?.changes.filter(({ change }) => change === kind).length
    t.equal(
      feed.entries[0].title,
      `Release ${releases.length} of ${day}: ${count('changed')} changed, ${count('affected')} affected`,
    )
    t.equal(feed.entries[0].paragraphs[1], `ITU (${name}\uFFFD): name changed from “${before}” to “${name}\uFFFD”.`)
    const ofItu = readFeed(await service.ask('/v1/changes?record=itu&noun=agencies&format=atom'))
    t.match(ofItu, { title: 'Action Line directory: changes of ITU in agencies', updated: `${day}T00:00:00Z` })
    const selected = ofItu.entries[0].links[0].href
    t.equal(selected, `/v1/changes?noun=agencies&record=ITU&release=${releases.length}&format=html`)
    const cut = readFeed(await service.ask('/v1/changes?format=atom&limit=20'))
    t.equal(cut.entries[0].title, `Release ${releases.length} of ${day}`, 'a part of a release is not counted')
    const ofWho = readFeed(await service.ask('/v1/changes?record=WHO&change=added&format=atom'))
    t.match(ofWho, { title: 'Action Line directory: changes of WHO that say added', updated: '2020-01-01T00:00:00Z' })
    const none = readFeed(await service.ask('/v1/changes?record=WHO&noun=sources&format=atom'))
    t.match(none, { updated: '1970-01-01T00:00:00Z', entries: [] })
  },
)

t.test('a feed cuts long values, and says of a list what was added, removed or moved', async (t) => {
  const seed = copyFor(t)
  setItu(seed, 'note', null)
  await releaseIn(seed)
  const long = `${'x'.repeat(119)}😀 and more`
  setItu(seed, 'note', long)
  setItu(seed, 'aliases', ['Old Union', 'Older Union'])
  await releaseIn(seed)
  setItu(seed, 'note', 'Short.')
  setItu(seed, 'aliases', ['Older Union', 'Old Union'])
  await releaseIn(seed)
  const service = await serve(t, { seed: seed.folder })
  const { text } = await service.ask('/v1/changes?record=ITU&noun=agencies&format=atom&limit=2')
  const said = [...text.matchAll(/<p>(ITU .*?)<\/p>/g)].map(([, paragraph]) => paragraph)
  t.match(said[0], 'aliases in another order; ')
  t.match(said[0], `note changed from “${'x'.repeat(119)}😀…” to “Short.”`)
  t.match(said[1], 'aliases added Old Union, Older Union')
  t.match(said[1], 'note added: “x')
})

t.test('a feed is given by Accept, compressed, under a public address, and empty; its ids stay', async (t) => {
  const here = await serve(t)
  const there = await serve(t, { publicUrl })
  const idsIn = ({ text }: Answer) => [...text.matchAll(/<id>(.*?)<\/id>/g)].map(([, id]) => id)
  const asked = await here.ask('/v1/changes?noun=sources', { accept: 'application/atom+xml, */*;q=0.1' })
  t.match(asked.headers, { 'content-type': 'application/atom+xml; charset=utf-8' })
  t.match(asked.text, '<link rel="self" href="/v1/changes?noun=sources&amp;format=atom"', 'a reader sends no Accept')
  const path = '/v1/changes?noun=sources&format=atom'
  const [plain, packed] = [await here.ask(path), await here.ask(path, { 'accept-encoding': 'gzip' })]
  t.ok(plain.bytes.equals(asked.bytes))
  t.ok(gunzipSync(packed.bytes).equals(plain.bytes))
  const abroad = await there.ask(path)
  t.match(
    abroad.text,
    'href="https://directory.example.org/wsis/v1/changes?noun=sources&amp;release=1&amp;format=html" type="text/html"',
  )
  t.strictSame(idsIn(abroad), idsIn(plain))
  const seed = copyFor(t)
  rmSync(seed.path('changes'), { recursive: true })
  const empty = await (await serve(t, { seed: seed.folder })).ask('/v1/changes?format=atom')
  t.equal(empty.status, 200)
  t.match(empty.text, '<updated>1970-01-01T00:00:00Z</updated>')
  t.notMatch(empty.text, '<entry')
})

t.test(
  'a change says whether facts or only the format of the data changed, and a release can be selected',
  async (t) => {
    const titles = new Titles()
    const added = { change: 'added' } as const
    titles.apply([
      { ...added, noun: 'sources', id: 'annex', properties: { title: { after: 'title of annex' } } },
      { ...added, noun: 'sessions', id: '2024-1', properties: { title: { after: 'title of 2024-1' } } },
      { ...added, noun: 'agencies', id: 'ITU', properties: { name: { after: 'title of ITU' } } },
    ])
    t.equal(scopeOf({ after: null }), 'format', 'a new property')
    t.equal(scopeOf({ before: ['1.8'], after: [{ target: '1.8', sources: [] }] }), 'format', 'a text became an object')
    t.equal(
      scopeOf({ before: { a: 1, b: 2 }, after: { a: 1, c: 3 } }),
      'format',
      'the same values in another structure',
    )
    t.equal(scopeOf({ before: { a: 1 }, after: { a: 2 } }), 'facts')
    t.equal(scopeOf({ before: null, after: 'x' }), 'facts')
    t.equal(scopeOf({ before: [1], after: [1, 2] }), 'facts')
    const said = (
      noun: 'coordinations' | 'sessions' | 'agencies',
      id: string,
      change: 'added' | 'changed',
      properties: Any,
    ) => summaryOf({ noun, id, change, properties }, titles)
    t.equal(
      said('coordinations', 'annex:C6:UNDP', 'added', { role: { after: 'focal-point' } }),
      'C6: UNDP added as focal point, source: title of annex',
    )
    t.equal(said('sessions', '2024-1', 'added', {}), 'Session “title of 2024-1” added')
    t.equal(
      said('agencies', 'ITU', 'changed', {
        current: { after: [] },
        code: { before: 'ITU' },
        names: { before: ['A'], after: [{ name: 'A' }] },
      }),
      'ITU (title of ITU): data format only: new current; removed code; restructured names',
    )
    t.equal(
      said('agencies', 'ITU', 'changed', {
        note: { before: 'Old.', after: null },
        aliases: { before: [], after: [...'ABCDEF'] },
      }),
      'ITU (title of ITU): note removed: “Old.”; aliases added A, B, C, D and 2 more',
    )
    t.equal(
      said('agencies', 'ITU', 'changed', { aliases: { before: ['Access', 'b'], after: ['access', 'C'] } }),
      'ITU (title of ITU): aliases added C and removed b',
      'an entry that differs in capitals is neither added nor removed',
    )
    t.equal(
      said('agencies', 'ITU', 'changed', { aliases: { before: ['Access'], after: ['access'] } }),
      'ITU (title of ITU): aliases in other capitals',
    )
    t.equal(
      said('agencies', 'ITU', 'changed', {
        kind: { before: 'a'.repeat(40), after: 'b'.repeat(40) },
        note: { before: 'Old.'.repeat(40), after: 'New.'.repeat(40) },
        aliases: { before: [], after: ['A'.repeat(100)] },
        homepage: { before: 'x', after: 'y' },
      }),
      `ITU (title of ITU): kind changed from “${'a'.repeat(40)}” to “${'b'.repeat(40)}”; aliases added ${'A'.repeat(100)}; homepage changed from “x” to “y”; the note changed`,
      'what would be too long is only named',
    )
    t.equal(
      said('agencies', 'ITU', 'changed', {
        memberOf: { before: [], after: ['UNGIS'] },
        headquarters: { before: { city: 'A' }, after: { city: 'B' } },
        reports: { before: [{ role: 'partner' }], after: [] },
      }),
      'ITU (title of ITU): memberships added UNGIS; the headquarters and the reports changed',
      'an object is only named',
    )
    const service = await serve(t)
    const feed = (await service.ask('/v1/changes?noun=editions&change=added', { accept: 'text/html' })).text
    t.match(feed, /><bdi>Edition “WSIS Action Lines \(C1-C11\): [^<]+” added<\/bdi><\/a>/, 'a title may have a colon')
    const { items, total } = (await service.ask('/v1/changes?release=1&limit=500')).json
    t.ok(total > 0)
    t.ok(items.every(({ release, affects }: Any) => release === 1 && affects === 'facts'))
    const page = (await service.ask('/v1/changes?release=2', { accept: 'text/html' })).text
    t.match(page, /<h2 id="release-2">Release 2<\/h2>/)
    t.match(page, /<summary>\d+ changes? of the data format, not of facts<\/summary>/)
    const { items: format } = (await service.ask('/v1/changes?release=2&noun=sessions&change=changed&limit=1')).json
    t.match(format[0], { affects: 'format' })
    const one = (await service.ask(`/v1/changes/${format[0].id}`, { accept: 'text/html' })).text
    t.match(one, 'Change of the data format in release 2')
    t.notMatch(one, /\{&quot;|\["/, 'words, not JSON')
  },
)
