import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import Sqlite from 'better-sqlite3'
import pino from 'pino'
import t, { type Test } from 'tap'
import { buildApp } from '../src/app.ts'
import { readDatabase, storedExports, writeDatabase } from '../src/store/database-file.ts'
import { type Directory, directoryIn } from '../src/store/directory.ts'
import { editions, rowsOfEdition } from './edition-tables.ts'
import { copyOfBuilt, open } from './opened-database.ts'
import { type Answer, builtDatabase, type Service, serve, until } from './service.ts'
import { SeedCopy, temporaryFolder } from './wrong-seed.ts'

const nouns = [
  'action-lines',
  'editions',
  'agencies',
  'coordinations',
  'sources',
  'forums',
  'sessions',
  'outcome-documents',
  'changes',
]
const year = 'public, max-age=31536000'

interface File {
  name: string
  noun: string | null
  mediaType: string
  bytes: number
  sha256: string
  records: number | null
  href: string
  current: string
}

const service = await serve(t)
const { dataset, files }: { dataset: string; files: File[] } = (await service.ask('/v1/exports')).json
const { collections }: { collections: { id: string; total: number }[] } = (await service.ask('/v1')).json
const totals = new Map<string | null, number>(collections.map(({ id, total }) => [id, total]))

/** The output of a command for bytes on its standard input; undefined if the command is not installed. */
function foreign(command: string, parameters: string[], input: Buffer | string = ''): string | undefined {
  try {
    return execFileSync(command, parameters, {
      input,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['pipe', 'pipe', 'ignore'],
    })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
const hasPython = foreign('python3', ['-c', '']) !== undefined
const needsPython = { skip: hasPython ? false : 'there is no python3 here' }

t.test(
  'every collection in five formats, the database and the workbook are listed, each with its length and checksum',
  async (t) => {
    const names = nouns.flatMap((noun) =>
      ['json', 'csv', 'ndjson', 'jsonld', 'ttl'].map((format) => `${noun}.${format}`),
    )
    t.same(
      files.map(({ name }) => name),
      [...names, 'directory.sqlite', 'directory.xlsx', 'datapackage.json'],
    )
    for (const { name, noun, mediaType, bytes, sha256, records, href, current } of files) {
      t.equal(href, `/v1/exports/${dataset}/${name}?sha256=${sha256}`)
      t.equal(records, totals.get(noun) ?? null, `${name} counts what /v1 counts`)
      for (const address of [href, current, `/v1/exports/${dataset}/${name}`]) {
        const answer = await service.ask(address)
        t.equal(answer.status, 200, address)
        t.equal(answer.bytes.length, bytes)
        t.equal(createHash('sha256').update(answer.bytes).digest('hex'), sha256)
        t.equal(answer.headers['content-type'], mediaType)
        t.equal(answer.headers['content-disposition'], `attachment; filename="${name.replace('.', `-${dataset}.`)}"`)
      }
    }
  },
)

const hasSha256sum = foreign('sha256sum', ['--version']) !== undefined

t.test(
  'sha256sum finds the checksums of the list',
  { skip: hasSha256sum ? false : 'there is no sha256sum here' },
  async (t) => {
    const folder = temporaryFolder(t)
    for (const { name, current } of files) writeFileSync(join(folder, name), (await service.ask(current)).bytes)
    const sums = files.map(({ name, sha256 }) => `${sha256}  ${join(folder, name)}\n`).join('')
    const said = foreign('sha256sum', ['--check', '--strict', '-'], sums)
    t.same(
      said?.trim().split('\n'),
      files.map(({ name }) => `${join(folder, name)}: OK`),
    )
  },
)

t.test('a file has the text of the whole list, in CSV after a byte order mark for spreadsheets', async (t) => {
  for (const noun of nouns.filter((noun) => Number(totals.get(noun)) <= 500))
    for (const format of ['json', 'csv', 'ndjson']) {
      const list = await service.ask(`/v1/${noun}?limit=500&format=${format}`)
      const mark = format === 'csv' ? '\ufeff' : ''
      t.equal((await service.ask(`/v1/exports/current/${noun}.${format}`)).text, mark + list.text, `${noun}.${format}`)
    }
})

t.test('each line of NDJSON is an item of the JSON, in its order', async (t) => {
  for (const noun of nouns) {
    const { text } = await service.ask(`/v1/exports/current/${noun}.ndjson`)
    const { json } = await service.ask(`/v1/exports/current/${noun}.json`)
    const lines = text.trimEnd().split('\n')
    t.equal(lines.length, totals.get(noun))
    t.same(
      lines.map((line) => JSON.parse(line)),
      json.items,
    )
    t.equal(json.next, null)
  }
})

const readCsv = `import base64, csv, io, json, sys
def rows(text): return list(csv.reader(io.StringIO(base64.b64decode(text).decode("utf-8-sig"), newline="")))
print(json.dumps([rows(text) for text in json.load(sys.stdin)]))`

// biome-ignore lint/suspicious/noExplicitAny: a record of any noun, as the JSON has it.
type Item = any

type Both = { items: Item[]; header: string[]; rows: string[][]; columnOf: (name: string) => (string | undefined)[] }
const both = new Map<string, Promise<Both[]>>()

/** A collection as JSON, and each column of its CSV as Python reads it. All collections of a service are read once. */
async function readBoth({ url, ask }: Service, noun: string): Promise<Both> {
  const read = both.get(url) ?? readAll(ask)
  both.set(url, read)
  return (await read)[nouns.indexOf(noun)] as Both
}

async function readAll(ask: Service['ask']): Promise<Both[]> {
  const files = await Promise.all(nouns.map((noun) => ask(`/v1/exports/current/${noun}.csv`)))
  const texts = JSON.stringify(files.map(({ bytes }) => bytes.toString('base64')))
  const tables: string[][][] = JSON.parse(String(foreign('python3', ['-c', readCsv], texts)))
  const lists = await Promise.all(nouns.map((noun) => ask(`/v1/exports/current/${noun}.json`)))
  return tables.map(([header = [], ...rows], index) => {
    const columnOf = (name: string) => rows.map((row) => row[header.indexOf(name)])
    return { items: lists[index]?.json.items, header, rows, columnOf }
  })
}

/** A cell protected from spreadsheets, which run formulas. */
const defused = (text: string | null) => (text ?? '').replace(/^(?=[=+@\t\r-])/, "'")

// A service with the next release: another note, a value in every file, and a title that a spreadsheet would calculate.
const nextSeed = new SeedCopy(t)
nextSeed.set('agencies.json', 0, 'note', 'Another note.')
nextSeed.set('sessions.json', 0, 'title', '=1+1')
const next = await serve(t, { seed: nextSeed.folder })

t.test('the CSV reader of Python finds every record of the JSON, and its title', needsPython, async (t) => {
  for (const noun of nouns) {
    const { items, header, rows, columnOf } = await readBoth(next, noun)
    t.equal(rows.length, totals.get(noun), noun)
    t.ok(rows.every((row) => row.length === header.length))
    for (const column of ['id', 'title', 'name', 'role'])
      if (column in items[0])
        t.same(
          columnOf(column),
          items.map((item) => defused(item[column])),
          `${noun} ${column}`,
        )
  }
})

/** The CSV columns added later, each with its cell. */
const lastColumns: Record<string, Record<string, (item: Item) => string | null>> = {
  agencies: {
    note: ({ note }) => note,
    readIn: ({ readIn }) => readIn.join('; '),
    names: ({ names }) => names.map(({ name }: Item) => name).join('; '),
  },
  sources: {
    passages: ({ passages }) =>
      passages.map(({ place, fidelity, text }: Item) => `${place} (${fidelity}): ${text}`).join('\n'),
  },
  sessions: {
    actionLinesComplete: ({ actionLinesComplete: is }) => (is === null ? null : String(is)),
    sourceTitle: ({ source }) => source.title,
    room: ({ room }) => room,
    track: ({ track }) => track,
    forum: ({ forum }) => forum?.id ?? null,
    note: ({ note }) => note,
  },
}

t.test('the last columns of a CSV have its remarks, passages and texts', needsPython, async (t) => {
  for (const [noun, columns] of Object.entries(lastColumns)) {
    const { items, header, columnOf } = await readBoth(service, noun)
    t.same(header.slice(-Object.keys(columns).length), Object.keys(columns))
    for (const [name, cellOf] of Object.entries(columns))
      t.same(
        columnOf(name),
        items.map((item) => defused(cellOf(item))),
        `${noun} ${name}`,
      )
  }
  const { items, header, columnOf } = await readBoth(service, 'outcome-documents')
  t.same(header.slice(-6), ['printedZone', 'text', 'complete', 'authority', 'readIn', 'note'])
  t.same(
    columnOf('printedZone'),
    items.map(({ printedZone }) => printedZone ?? ''),
  )
  for (const [index, text = ''] of columnOf('text').entries()) {
    let from = 0
    for (const { heading, notApplicable, intro, points } of items[index].sections)
      for (const part of [
        heading,
        notApplicable ? 'N/A' : intro,
        ...points.flatMap(({ speaker, text }: Item) => [speaker?.name, speaker?.role, speaker?.affiliation, text]),
      ].filter(Boolean)) {
        const at = text.indexOf(part, from)
        t.ok(at >= 0, part)
        from = at + part.length
      }
  }
})

const readSqlite = `import json, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
def names(kind): return [name for name, in db.execute("select name from sqlite_schema where type = ? order by name", [kind])]
def rows(sql): return db.execute(sql).fetchall()
print(json.dumps({
  'check': [row[0] for row in rows('pragma integrity_check')],
  'counts': {name: rows(f'select count(*) from "{name}"')[0][0] for name in names('table')},
  'views': names('view'),
  'coordinators': rows('select edition, action_line, agency, status, date, authority from who_coordinates'),
  'dataset': rows('select dataset from directory')[0][0],
  'license': rows('select license from about')[0][0],
  'today': rows('select edition, count(distinct action_line) from who_coordinates_today group by edition order by 2 desc'),
  'contacts': rows('select action_line, agency from lead_contacts_today'),
  'reported': rows('select count(*) from who_reported')[0][0],
  'sessions': rows("select id from sessions_on_lines where action_line = 'C9'"),
  'forums': rows("select forum_name, id from sessions_of_forums where forum = '2014' or forum = '2017' order by id limit 1"),
}))`

t.test('the SQLite of Python opens the database, and finds each noun and the views', needsPython, async (t) => {
  const path = join(temporaryFolder(t), 'taken.sqlite')
  const { bytes } = await service.ask('/v1/exports/current/directory.sqlite')
  t.ok(bytes.length < 2_000_000, `${bytes.length} bytes`)
  writeFileSync(path, bytes)
  const held = JSON.parse(String(foreign('python3', ['-c', readSqlite, path])))
  t.same(held.check, ['ok'])
  t.equal(held.dataset, dataset)
  t.equal(held.license, 'CC0-1.0')
  for (const noun of nouns) t.equal(held.counts[noun.replace('-', '_')], totals.get(noun), noun)
  t.same(held.views, [
    'about',
    'lead_contacts_today',
    'sessions_of_forums',
    'sessions_on_lines',
    'who_coordinates',
    'who_coordinates_today',
    'who_reported',
  ])
  for (const { id, status, date, authority } of editions.filter(({ role }) => role !== 'contact'))
    t.same(
      held.coordinators.filter(([edition]: [string]) => edition === id),
      rowsOfEdition(id).flatMap(([line, agencies]) =>
        agencies.map((agency) => [id, line, agency, status, date, authority]),
      ),
    )
  t.same(held.today, [
    ['facilitators-2026', 18],
    ['annex-draft', 3],
  ])
  const contacts = rowsOfEdition('itu-contacts-2026').flatMap(([line, agencies]) => agencies.map((one) => [line, one]))
  t.same(held.contacts, contacts)
  t.equal(held.reported, Number(totals.get('coordinations')) - held.coordinators.length - contacts.length)
  t.same(held.forums, [['WSIS Forum 2017', '2017-228']])
  t.same(held.sessions, [
    ['2006-unesco-c9-consultation'],
    ['2009-c9'],
    ['2010-ifm-action-line-c9-media'],
    ['2013-c9-internet-universality'],
    ['2019-231'],
    ['2021-362'],
  ])
})

const readXlsx = `import io, json, sys, zipfile, xml.etree.ElementTree as tree
main = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
archive = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
def read(name): return tree.fromstring(archive.read(name))
texts = [''.join(si.itertext()) for si in read('xl/sharedStrings.xml')] if 'xl/sharedStrings.xml' in archive.namelist() else []
def value(cell):
    if cell.get('t') == 'inlineStr': return ''.join(cell.find(main + 'is').itertext())
    held = cell.find(main + 'v')
    return None if held is None else texts[int(held.text)] if cell.get('t') == 's' else held.text
names = [sheet.get('name') for sheet in read('xl/workbook.xml').find(main + 'sheets')]
sheets = [read(f'xl/worksheets/sheet{index + 1}.xml') for index in range(len(names))]
styles = read('xl/styles.xml')
formats = {one.get('numFmtId'): one.get('formatCode') for one in styles.iter(main + 'numFmt')}
cells = [formats.get(one.get('numFmtId')) for one in styles.find(main + 'cellXfs')]
print(json.dumps({
  'formats': {name: sorted({cells[int(cell.get('s'))] or '' for cell in sheet.iter(main + 'c') if cell.get('s')}) for name, sheet in zip(names, sheets)},
  'filters': {name: [one.get('ref') for one in sheet.iter(main + 'autoFilter')] for name, sheet in zip(names, sheets)},
  'widths': {name: [float(one.get('width')) for one in sheet.iter(main + 'col')] for name, sheet in zip(names, sheets)},
  'damaged': archive.testzip(),
  'formulas': sum(len(list(sheet.iter(main + 'f'))) for sheet in sheets),
  'sheets': {name: [[value(cell) for cell in row] for row in sheet.iter(main + 'row')] for name, sheet in zip(names, sheets)},
}))`

t.test('the workbook has a sheet for each noun with the columns and rows of its CSV', needsPython, async (t) => {
  const { bytes } = await next.ask('/v1/exports/current/directory.xlsx')
  const { damaged, formulas, sheets, formats, filters, widths } = JSON.parse(
    String(foreign('python3', ['-c', readXlsx], bytes)),
  )
  t.equal(damaged, null)
  t.equal(formulas, 0, 'and no text is a formula')
  t.same(Object.keys(sheets), [...nouns, 'readme'])
  t.match(Object.fromEntries(sheets.readme), {
    Source: '/v1/exports/current/directory.xlsx',
    Dataset: (await next.ask('/v1')).headers['dataset-version'],
    Date: 'not released',
    Licence: /CC0-1\.0.*https:\/\/creativecommons\.org/,
  })
  const meanings = Object.fromEntries(sheets.readme)
  for (const noun of nouns) {
    const [header, ...rows]: string[][] = sheets[noun]
    for (const column of header ?? []) t.ok(meanings[`${noun}: ${column}`], `the readme says what ${column} means`)
    const csv = await readBoth(next, noun)
    t.same(header, csv.header, noun)
    t.equal(rows.length, csv.rows.length, noun)
    t.match(filters[noun], [new RegExp(`^A1:[A-Z]+${rows.length + 1}$`)], 'the header row filters')
    t.equal(widths[noun].length, csv.header.length, 'each column has a width')
    t.ok(widths[noun].every((width: number) => width >= 10 && width <= 62))
    t.same(
      rows.map(([id]) => id),
      csv.items.map(({ id }) => id),
    )
  }
  t.ok(sheets.sessions.flat().includes('=1+1'), 'a text stays as it is')
  t.match(formats.sessions, ['', 'hh:mm', 'yyyy-mm-dd'])
  // Empty cells are not in the file.
  const cells = sheets.sessions.find(([id]: string[]) => id === '2023-366').map(Number)
  t.ok(cells.includes((Date.UTC(2023, 2, 13) - Date.UTC(1899, 11, 30)) / 86_400_000), 'a date counts days')
  t.ok(
    cells.some((cell: number) => Math.round(cell * 24 * 60) === 15 * 60 + 45),
    'a time is a part of a day',
  )
})

t.test('the workbook of a list or an item says which URL it is from', needsPython, async (t) => {
  for (const [url, source] of [
    ['/v1/forums?format=xlsx', '/v1/forums?format=xlsx'],
    ['/v1/editions/annex-draft?format=xlsx', '/v1/editions/annex-draft'],
  ] as const) {
    const { sheets } = JSON.parse(String(foreign('python3', ['-c', readXlsx], (await service.ask(url)).bytes)))
    t.equal(Object.fromEntries(sheets.readme).Source, source)
  }
})

t.test('the exported database has neither search index nor anything of the code that built it', async (t) => {
  const { bytes } = await service.ask('/v1/exports/current/directory.sqlite')
  t.equal(bytes.readInt32BE(userVersion), 0)
  for (const table of ['search', 'names', 'release']) t.notOk(bytes.includes(`create table ${table}`), table)
  t.notOk(bytes.includes('fts5'))
})

/** The service of a directory, closed with the test. */
async function serviceOf(t: Test, directory: Directory, publicUrl = '') {
  const app = await buildApp({ directory, publicUrl })
  t.teardown(() => app.close())
  return app
}

/** A seed with little to export. */
const smallSeed = new SeedCopy(t, { isShort: true })
const smallPath = join(temporaryFolder(t), 'directory.sqlite')
const small = (t: Test) => open(t, smallPath, smallSeed.folder)

t.test('the files are stored in the database file, once for a public URL, if it can be written', async (t) => {
  const storedFor = (publicUrl: string) => storedExports(small(t).client, publicUrl)
  const listFor = async (publicUrl: string, directory = small(t)) =>
    (await (await serviceOf(t, directory, publicUrl)).inject('/v1/exports')).json()
  const list = await listFor('https://x.example')
  t.match(list.files[0].href, 'https://x.example/v1/exports/')
  t.equal(storedFor('https://x.example').size, files.length)
  const { ino } = statSync(smallPath)
  t.same(await listFor('https://x.example'), list)
  t.equal(statSync(smallPath).ino, ino, 'a second start writes nothing')
  const other = await listFor('')
  t.match(other.files[0].href, /^\/v1\/exports\//)
  t.same([storedFor('').size, storedFor('https://x.example').size], [files.length, 0])
  const nowhere = await listFor('https://x.example', { ...small(t), path: '/proc/no/d.sqlite' })
  t.same(nowhere, list, 'where nothing can be written they are made, and served from memory')
})

t.test('HEAD tells of the whole file, whatever part is asked for', async (t) => {
  const { status, headers } = await service.send('/v1/exports/current/sources.csv', { range: 'bytes=0-9' }, 'HEAD')
  t.equal(status, 200)
  t.equal(headers['content-length'], String(files.find(({ name }) => name === 'sources.csv')?.bytes))
})

t.test('two services that store their files in one place each serve their own', async (t) => {
  const urls = ['', 'https://two.example']
  const apps = await Promise.all(urls.map((url) => serviceOf(t, small(t), url)))
  const lists = await Promise.all(apps.map(async (app) => (await app.inject('/v1/exports')).json()))
  t.match(
    lists.map(({ files }) => files[0].current),
    [/^\/v1/, /^https:\/\/two.example/],
  )
})

t.test('files that are damaged on the disk while they are served are sent as they were', async (t) => {
  const path = copyOfBuilt(t)
  const app = await serviceOf(t, open(t, path))
  await app.inject('/v1/exports')
  const restarted = await serviceOf(t, open(t, path))
  writeFileSync(path, readFileSync(path).fill(0, 4_096))
  for (const { href, sha256 } of files) {
    const { statusCode, rawPayload } = await restarted.inject(href)
    t.equal(statusCode, 200)
    t.equal(createHash('sha256').update(rawPayload).digest('hex'), sha256, href)
  }
  t.equal((await restarted.inject('/health/ready')).statusCode, 200)
})

/** The offset of `user_version`, which identifies the code that built a SQLite file. */
const userVersion = 60

/** The list of files, and the tags of two responses, of a database at a path. */
async function answersOf(path: string) {
  const app = await buildApp({ directory: directoryIn(new Sqlite(readDatabase(path))) })
  const [list, line] = [await app.inject('/v1/exports'), await app.inject('/v1/action-lines/C1')]
  await app.close()
  return { files: list.body, tags: [list.headers.etag, line.headers.etag] }
}

t.test('other code that builds the same content gives the same files and other tags', async (t) => {
  const path = join(temporaryFolder(t), 'served.sqlite')
  const bytes = Buffer.from(readDatabase(builtDatabase) as Buffer)
  bytes.writeInt32BE(bytes.readInt32BE(userVersion) + 1, userVersion)
  writeDatabase(path, bytes)
  const [before, after] = [await answersOf(builtDatabase), await answersOf(path)]
  t.equal(after.files, before.files)
  for (const [index, tag] of after.tags.entries()) t.not(tag, before.tags[index])
})

t.test('the database is compressed on its way, and HEAD and 304 work on it', async (t) => {
  const address = '/v1/exports/current/directory.sqlite'
  const plain = await service.ask(address)
  const packed = await service.ask(address, { 'accept-encoding': 'gzip' })
  t.equal(packed.headers['content-encoding'], 'gzip')
  t.ok(packed.bytes.length < plain.bytes.length / 2)
  t.ok(gunzipSync(packed.bytes).equals(plain.bytes))
  const head = await service.ask(address, {}, 'HEAD')
  t.equal(head.headers['content-length'], String(plain.bytes.length))
  t.equal(head.bytes.length, 0)
  const held = await service.ask(address, { 'if-none-match': String(plain.headers.etag) })
  t.equal(held.status, 304)
  t.equal(held.headers['content-disposition'], undefined)
})

t.test('under its dataset a file is cached for a year, and is immutable only with its checksum', async (t) => {
  for (const { href, current, name } of files) {
    for (const [address, lifetime] of [
      [href, `${year}, immutable`],
      [`/v1/exports/${dataset}/${name}`, year],
    ] as const) {
      const { headers } = await service.ask(address)
      t.equal(headers['cache-control'], lifetime, address)
      const held = await service.ask(address, { 'if-none-match': String(headers.etag) })
      t.equal(held.status, 304)
      t.equal(held.headers['cache-control'], lifetime)
    }
    t.match((await service.ask(current)).headers['cache-control'], 'max-age=300,')
  }
})

function isGone(t: Test, { status, json, headers }: Answer, name: string, dataset: string) {
  t.equal(status, 410)
  t.match(json.detail, `The current dataset is ${dataset}, at /v1/exports/current/${name}`)
  t.same(json.suggestions, [{ id: dataset, href: `/v1/exports/current/${name}` }])
  t.equal(headers['cache-control'], 'no-cache')
  t.equal(headers.etag, undefined)
}

t.test(
  'once the data has changed, the files of a former release are gone, and none leads to other bytes',
  async (t) => {
    const now = String((await next.ask('/v1')).headers['dataset-version'])
    t.not(now, dataset)
    for (const { name, href } of files)
      for (const address of [href, `/v1/exports/${dataset}/${name}`, `/v1/exports/${dataset.toUpperCase()}/${name}`]) {
        const answer = await next.ask(address)
        isGone(t, answer, name, now)
        t.equal(answer.headers.location, undefined)
        t.equal(answer.headers.link, `</v1/exports/current/${name}>; rel="latest-version"`)
      }
  },
)

t.test('a dataset that was never released is a 404, without an error in the log', async (t) => {
  const lines: string[] = []
  const { send } = await serve(t, { logger: pino({}, { write: (line) => lines.push(line) }) })
  for (const path of [
    '/v1/exports/0123456789ab/sources.csv',
    `/v1/exports/0123456789ab/sources.csv?sha256=${'0'.repeat(64)}`,
  ]) {
    const { status, headers, json } = await send(path)
    t.equal(status, 404)
    t.equal(headers.etag, undefined)
    t.match(json.detail, `The current dataset is ${dataset}, at /v1/exports/current/sources.csv`)
    t.same(json.suggestions, [{ id: 'current', href: '/v1/exports/current/sources.csv' }])
  }
  const parsed = () => lines.map((line) => JSON.parse(line))
  await until(() => parsed().filter(({ status }) => status === 404).length === 2)
  t.notOk(parsed().some(({ level, err }) => level >= 50 || err))
})

const sqlite = '/v1/exports/current/directory.sqlite'

for (const [range, from, to] of [
  ['bytes=0-99', 0, 100],
  ['bytes=100-', 100, undefined],
  ['bytes=-100', -100, undefined],
  ['bytes=5-99999999', 5, undefined],
  ['bytes=-99999999', 0, undefined],
] as const)
  t.test(`a file is given in part for Range: ${range}`, async (t) => {
    const whole = await service.ask(sqlite)
    t.equal(whole.headers['accept-ranges'], 'bytes')
    // Ranges count plain bytes, whatever coding is accepted.
    for (const coding of ['identity', 'gzip']) {
      const part = await service.ask(sqlite, { range, 'accept-encoding': coding })
      const wanted = whole.bytes.subarray(from, to)
      const first = from < 0 ? whole.bytes.length + from : from
      t.equal(part.status, 206)
      t.equal(part.headers['content-range'], `bytes ${first}-${first + wanted.length - 1}/${whole.bytes.length}`)
      t.equal(part.headers['content-encoding'], undefined)
      t.equal(part.headers.etag, whole.headers.etag)
      t.ok(part.bytes.equals(wanted))
    }
  })

t.test('a part behind the end of a file is a 416 that says how long it is', async (t) => {
  const { bytes } = await service.ask(sqlite)
  for (const range of [`bytes=${bytes.length}-`, 'bytes=-0']) {
    const { status, headers, json } = await service.ask(sqlite, { range })
    t.equal(status, 416, range)
    t.equal(headers['content-range'], `bytes */${bytes.length}`)
    t.match(json.detail, `The file has ${bytes.length} bytes`)
  }
})

t.test(
  'the whole file is given for several parts, for a Range that says nothing, and for a part of other bytes',
  async (t) => {
    const { bytes, headers } = await service.ask(sqlite)
    for (const asked of [
      { range: 'bytes=0-1,4-5' },
      { range: 'lines=1-2' },
      { range: 'bytes' },
      { range: 'bytes=0-99', 'if-range': '"other"' },
    ] as Record<string, string>[]) {
      const answer = await service.ask(sqlite, asked)
      t.equal(answer.status, 200, JSON.stringify(asked))
      t.ok(answer.bytes.equals(bytes))
    }
    const same = await service.ask(sqlite, { range: 'bytes=0-99', 'if-range': String(headers.etag) })
    t.equal(same.status, 206)
    const held = await service.ask(sqlite, { range: 'bytes=0-99', 'if-none-match': String(headers.etag) })
    t.equal(held.status, 304)
  },
)

for (const [name, current, other] of [
  ['if-match', 'etag', '"other"'],
  ['if-unmodified-since', 'last-modified', 'Sun, 22 Nov 2026 00:00:00 GMT'],
] as const)
  t.test(`a part is given under the ${name} of the file, and is a 412 under another`, async (t) => {
    const whole = await service.send(sqlite)
    for (const [value, status] of [
      [String(whole.headers[current]), 206],
      [other, 412],
    ] as const) {
      const part = await service.send(sqlite, { range: 'bytes=100-', [name]: value })
      t.equal(part.status, status, value)
      if (status === 206) t.ok(part.bytes.equals(whole.bytes.subarray(100)))
      else t.match(part.json, { status, detail: /from the beginning/ })
      t.equal((await service.send(sqlite, { [name]: value })).status, status === 206 ? 200 : 412, 'without Range too')
    }
  })

/** Downloads a file over a socket, and disconnects after this many bytes. */
async function beginDownload(url: string, bytes: number): Promise<{ begin: Buffer; headers: Record<string, string> }> {
  const response = await fetch(url, { headers: { 'accept-encoding': 'identity' } })
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  const chunks: Uint8Array[] = []
  while (Buffer.concat(chunks).length < bytes) chunks.push((await reader.read()).value as Uint8Array)
  await reader.cancel()
  return { begin: Buffer.concat(chunks), headers: Object.fromEntries(response.headers) }
}

t.test('a download that is interrupted and resumed across a release never mixes old and new bytes', async (t) => {
  const sumOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
  const [old, now] = [files, (await next.ask('/v1/exports')).json.files as File[]].map(
    (all) => all.find(({ current }) => current === sqlite) as File,
  )
  const { begin, headers } = await beginDownload(service.url + sqlite, 100_000)
  t.ok(begin.length < Number(headers['content-length']), 'the download was interrupted')
  const range = `bytes=${begin.length}-`
  for (const condition of [{ 'if-match': headers.etag }, { 'if-unmodified-since': headers['last-modified'] }] as Record<
    string,
    string
  >[]) {
    const resumed = await service.send(sqlite, { range, ...condition })
    t.equal(resumed.status, 206, 'before the release the rest is given')
    t.equal(sumOf(Buffer.concat([begin, resumed.bytes])), old?.sha256)
    t.equal((await next.send(sqlite, { range, ...condition })).status, 412, 'after it the download must begin again')
  }
  const whole = await next.send(sqlite, { range, 'if-range': String(headers.etag) })
  t.equal(whole.status, 200, 'If-Range gives the whole new file')
  t.equal(sumOf(whole.bytes), now?.sha256)
  t.equal((await next.send(String(old?.href), { range })).status, 410, 'and the URL of the old bytes gives no others')
})

t.test('a checksum of other bytes is a 410, conditional or not', async (t) => {
  for (const { name, current } of files)
    for (const address of [`/v1/exports/${dataset}/${name}`, current]) {
      const answer = await service.ask(`${address}?sha256=${'0'.repeat(64)}`, { 'if-none-match': '*' })
      isGone(t, answer, name, dataset)
    }
})

t.test('an unknown file or dataset is a 404 that suggests what is near', async (t) => {
  const unknown = await service.ask('/v1/exports/current/action-line.csv')
  t.equal(unknown.status, 404)
  t.same(unknown.json.suggestions[0], { id: 'action-lines.csv', href: '/v1/exports/current/action-lines.csv' })
  const far = await service.ask('/v1/exports/current/')
  t.equal(far.status, 404)
  t.match(far.json.detail, '/v1/exports lists them')
  const noDataset = await service.ask('/v1/exports/latest/sources.csv')
  t.equal(noDataset.status, 404)
  t.match(noDataset.json.detail, `The current dataset is ${dataset}`)
  t.same(noDataset.json.suggestions, [{ id: 'current', href: '/v1/exports/current/sources.csv' }])
})

t.test('a checksum that is not 64 hex digits is a 400', async (t) => {
  for (const sha256 of ['abc', 'g'.repeat(64), '0'.repeat(65)]) {
    const noSum = await service.ask(`/v1/exports/current/sources.csv?sha256=${sha256}`)
    t.equal(noSum.status, 400)
    t.match(noSum.json.errors, [{ location: 'query', name: 'sha256', detail: /64 hex digits/ }])
    t.notMatch(noSum.json.detail, 'pattern')
  }
})

t.test('a checksum may be in capitals', async (t) => {
  for (const { current, sha256, bytes } of files.slice(0, 3)) {
    const answer = await service.ask(`${current}?sha256=${sha256.toUpperCase()}`)
    t.equal(answer.status, 200)
    t.equal(answer.bytes.length, bytes)
  }
})

t.test('another spelling of a file leads to its address, with its checksum', async (t) => {
  for (const [asked, right] of [
    ['/v1/exports/Current/Action_Lines.CSV', '/v1/exports/current/action-lines.csv'],
    [`/v1/exports/${dataset.toUpperCase()}/Sources.csv`, `/v1/exports/${dataset}/sources.csv`],
    [
      `/v1/exports/${dataset}/SOURCES.csv?sha256=${'0'.repeat(64)}`,
      `/v1/exports/${dataset}/sources.csv?sha256=${'0'.repeat(64)}`,
    ],
  ] as const) {
    const answer = await service.ask(asked)
    t.equal(answer.status, 308, asked)
    t.equal(answer.headers.location, right)
  }
})

t.test('a file has one media type; an Accept that excludes it is a 406', async (t) => {
  const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8'
  for (const { current, mediaType } of files) {
    const bare = mediaType.replace(/;.*/, '')
    for (const accept of [browser, '*/*', bare])
      t.equal((await service.ask(current, { accept })).headers['content-type'], mediaType)
    const refused = await service.ask(current, { accept: 'image/png' })
    t.equal(refused.status, 406)
    t.same(refused.json.errors[0].allowed, [bare])
    t.match(refused.json.detail, `Request it with Accept: */* or ${bare}.`)
  }
})

const lacksWget = spawnSync('wget', ['--version']).error ? 'wget is not installed' : false

t.test('wget -N downloads a file once', { skip: lacksWget }, async (t) => {
  const { url } = await serve(t)
  const folder = temporaryFolder(t)
  const statuses = async () => {
    const args = ['-N', '--server-response', `${url}/v1/exports/current/sources.csv`]
    const { stderr } = await promisify(execFile)('wget', args, { cwd: folder })
    return [...stderr.matchAll(/^ *HTTP\/1\.1 (\d+)/gm)].map(([, status]) => status)
  }
  t.same([await statuses(), await statuses()], [['200'], ['304']])
  const { bytes, sha256 } = files.find(({ name }) => name === 'sources.csv') as File
  const copy = readFileSync(join(folder, 'sources.csv'))
  t.same([copy.length, createHash('sha256').update(copy).digest('hex')], [bytes, sha256])
})
