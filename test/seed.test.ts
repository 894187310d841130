import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { buildApp } from '../src/app.ts'
import { SeedActionLine } from '../src/seed/action-lines.ts'
import { isCitable, SeedAgency } from '../src/seed/agencies.ts'
import { SeedChange, SeedRelease } from '../src/seed/changes.ts'
import { LinkSource, linkedGoals, SeedGdcLinks, SeedKeywords, SeedSdgLinks } from '../src/seed/line-links.ts'
import { OutcomeFile } from '../src/seed/outcome-documents.ts'
import { digestsOf, readSeed, seedFolder } from '../src/seed/seed.ts'
import { SeedForum, SeedSession } from '../src/seed/sessions.ts'
import { SeedReport, SeedSource } from '../src/seed/sources.ts'
import { openDirectory } from '../src/store/directory.ts'
import {
  actionLineKinds,
  agencyKinds,
  authorities,
  bases,
  changeKinds,
  fidelities,
  nameKinds,
  nouns,
  roles,
  sectionKinds,
  sourceKinds,
  sourceStatuses,
} from '../src/vocabulary.ts'
import { editionTables } from './edition-tables.ts'
import { wrongChanges } from './fixtures/wrong-changes.ts'
import { wrongEditions } from './fixtures/wrong-editions.ts'
import { wrongFiles } from './fixtures/wrong-files.ts'
import { wrongRecords } from './fixtures/wrong-records.ts'
import { wrongReferences } from './fixtures/wrong-references.ts'
import { wrongSessions } from './fixtures/wrong-sessions.ts'
import { fc } from './random.ts'
import { isError, SeedCopy, type WrongSeed } from './wrong-seed.ts'

const csv = 'editions/annex-draft.csv'
const checker = join(import.meta.dirname, '../src/seed-check.ts')

function runChecker(...parameters: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [checker, ...parameters], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

t.test(
  'what cannot be read as a file is an error of the seed, not left out',
  { skip: process.platform === 'win32' },
  async (t) => {
    const seed = new SeedCopy(t)
    seed.remove('keywords.json')
    symlinkSync('nowhere.json', seed.path('keywords.json'))
    execFileSync('mkfifo', [seed.path('reports-2.json')])
    writeFileSync(Buffer.concat([Buffer.from(seed.path('editions/')), Buffer.from([0xff]), Buffer.from('.csv')]), '')
    writeFileSync(seed.path('editions/a\u0007b.csv'), '')
    const before = digestsOf(seedFolder).dataset
    t.match(
      seed.errors().filter((text) => text.includes('cannot be read')),
      [
        /^seed\/editions\/\ufffd\.csv: cannot be read/,
        /^seed\/keywords\.json: cannot be read; put a file there, not a pipe or a link that leads nowhere/,
        /^seed\/reports-2\.json: cannot be read/,
      ],
    )
    t.match(seed.errors(), [/^seed\/editions\/a\\u0007b\.csv: belongs to no source/], 'and a strange name is escaped')
    t.not(digestsOf(seed.folder).dataset, before, 'and a start notices')
  },
)

t.test('a URL with control characters, or a user and a password, is an error', async (t) => {
  for (const url of [
    'https://x.example/\u0001',
    'https://x.example/\u202ea',
    'https://me:word@x.example/',
    'https://me@x.example/',
    'https://x.example/\u007f',
  ]) {
    const seed = new SeedCopy(t, { log: false })
    seed.set('sessions.json', 0, 'url', url)
    t.match(seed.errors(), [/^seed\/sessions\.json:\/0\/url: /], JSON.stringify(url))
  }
})

const tables: [string, WrongSeed[]][] = [
  ['a wrong file says what is wrong with it, and nothing else', wrongFiles],
  ['a wrong record says where it is wrong, and what would be right', wrongRecords],
  ['a record that does not fit the others says which', wrongReferences],
  ['a wrong session or outcome document says where, and what would be right', wrongSessions],
  ['a wrong table of an edition says on which line, and what would be right', wrongEditions],
  ['a log of changes that was edited by hand says where', wrongChanges],
]
for (const [sentence, cases] of tables)
  t.test(sentence, async (t) => {
    for (const { title, spoil, errors } of cases) {
      const seed = new SeedCopy(t, { log: false })
      spoil(seed)
      const found = seed.errors()
      const isExpected = (error: string) => errors.some((expected) => isError(error, expected))
      const isFound = (expected: string) => found.some((error) => isError(error, expected))
      t.strictSame([found.filter((one) => !isExpected(one)), errors.filter((one) => !isFound(one))], [[], []], title)
      t.equal(found.length, errors.length, title)
    }
  })

t.test('the seed is right, and so is a copy of it', async (t) => {
  const seed = new SeedCopy(t)
  t.strictSame(seed.errors(), [])
  const { dataset, actionLines, editions } = readSeed(seed.folder)
  t.match(dataset, /^[0-9a-f]{12}$/)
  t.equal(digestsOf(seed.folder).dataset, dataset)
  t.equal(actionLines.length, 22)
  t.strictSame(editions.get('annex-draft')?.at(11), {
    line: 13,
    actionLine: 'C7.e-employment',
    printedLabel: '· E-employment ',
    printedCoordinators: 'ILO',
    agencies: ['ILO'],
  })
})

t.test('the dataset changes with every byte of the data, and not with the README nor the log of changes', async (t) => {
  const seed = new SeedCopy(t)
  const before = digestsOf(seed.folder).dataset
  seed.write('README.md', 'Other words.')
  t.equal(digestsOf(seed.folder).dataset, before)
  const { log } = digestsOf(seed.folder)
  for (const file of readdirSync(seed.path('changes'))) seed.remove(`changes/${file}`)
  t.equal(digestsOf(seed.folder).dataset, before)
  t.not(digestsOf(seed.folder).log, log)
  seed.write(csv, `${seed.text(csv)}\n`)
  t.not(digestsOf(seed.folder).dataset, before)
})

t.test('the errors of several files are reported at once, file by file', async (t) => {
  const seed = new SeedCopy(t, { log: false })
  seed.write('reports.json', '[')
  seed.set('agencies.json', 7, 'homepage', 'itu.int')
  seed.set('agencies.json', 1, 'members', ['NATO'])
  seed.replace(csv, '"WTO/UNCTAD"', '"WTO/UNCTAD/WTO"')
  seed.set('sources.json', 1, 'edition', undefined)
  seed.remove('editions/annex-adopted.csv')
  t.strictSame(
    seed.errors().map((error) => error.slice(0, error.indexOf(': '))),
    [
      'seed/agencies.json:/7/homepage',
      'seed/agencies.json:/1/members/0',
      'seed/reports.json:1',
      'seed/sources.json:/1/complete',
      'seed/editions/annex-draft.csv:10',
    ],
  )
})

t.test('if a source has a wrong shape, neither a missing default edition nor its table is an error', async (t) => {
  const seed = new SeedCopy(t, { log: false })
  seed.set('sources.json', 0, 'status', 'final')
  t.strictSame(seed.errors(), [
    'seed/sources.json:/0/status: is "final"; it must be one of draft, adopted, list, report',
  ])
})

t.test('a byte order mark, Windows line ends and both kinds mixed change nothing but the dataset', async (t) => {
  const changes: ((text: string) => string)[] = [
    (text) => `\uFEFF${text}`,
    (text) => text.replaceAll('\n', '\r\n'),
    (text) => `\uFEFF${text.replaceAll('\n', '\r\n')}`,
    (text) => text.replace('\n', '\r\n'),
  ]
  const copy = () => new SeedCopy(t, { log: false })
  const { dataset: _, ...plain } = readSeed(copy().folder)
  for (const change of changes) {
    const seed = copy()
    for (const file of [csv, 'agencies.json', 'action-lines.json', 'sdg-links.json'])
      seed.write(file, change(seed.text(file)))
    const { dataset: _, ...changed } = readSeed(seed.folder)
    t.strictSame(changed, plain)
  }
})

t.test('an edition is added by a table and a row in sources.json, and by no code', async (t) => {
  const seed = new SeedCopy(t, { log: false })
  const { actionLines } = readSeed(seed.folder)
  const lacks = actionLines.map(({ code }) => code).filter((code) => code !== 'C5' && code !== 'C1')
  seed.change('sources.json', (records) => {
    const edition = { default: false, role: 'facilitator', roleAsWorded: 'who', description: 'A test.', lacks }
    records.splice(2, 0, { ...records[1], id: 'list-test', kind: 'list', date: '2005-12-24', url: null, edition })
  })
  seed.write(
    'editions/list-test.csv',
    '"Line","Who"\n"Building confidence and security in the use of ICTs (C5)","UNODC / ITU"\n"c1","un regional commissions/UNDESA"\n',
  )
  t.strictSame(
    readSeed(seed.folder)
      .editions.get('list-test')
      ?.map(({ actionLine, agencies }) => [actionLine, agencies]),
    [
      ['C5', ['UNODC', 'ITU']],
      ['C1', ['UN-Regional-Commissions', 'UNDESA']],
    ],
  )
  const directory = openDirectory(
    join(seed.folder, '../directory.sqlite'),
    (error) => t.fail(String(error)),
    seed.folder,
  )
  const app = await buildApp({ directory })
  t.teardown(() => app.close())
  const { items } = (await app.inject('/v1/coordinations?source=list-test&actionLine=C5')).json()
  t.match(items, [
    { id: 'list-test:C5:UNODC', role: 'facilitator', roleAsWorded: 'who', position: 1 },
    { id: 'list-test:C5:ITU', role: 'facilitator', roleAsWorded: 'who', position: 2 },
  ])
})

t.test('the editions name the agencies that were read in their documents', async (t) => {
  const { editions } = readSeed(seedFolder)
  for (const [id, expected] of Object.entries(editionTables))
    t.strictSame(
      editions.get(id)?.map(({ actionLine, agencies }) => `${actionLine}: ${agencies.join(', ')}`),
      expected,
      id,
    )
})

t.test('the goals of a line have their targets in order, each with the sources that link it', async (t) => {
  const { sdg } = readSeed(seedFolder)
  const [app, wiki] = ['wsis-sdg-matrix-app', 'wsis-sdg-matrix-wiki']
  const goalsOf = (code: string) => sdg.links.filter(({ actionLine }) => actionLine === code).flatMap(linkedGoals)
  t.strictSame(
    goalsOf('C8').filter(({ goal }) => goal === 2 || goal === 8 || goal === 9),
    [
      { goal: 2, sources: [wiki], targets: [{ target: '2.5', sources: [app] }] },
      { goal: 8, sources: [], targets: ['8.3', '8.9'].map((target) => ({ target, sources: [app, wiki] })) },
      { goal: 9, sources: [app], targets: [] },
    ],
  )
  t.strictSame(
    goalsOf('C6')
      .find(({ goal }) => goal === 16)
      ?.targets.map(({ target, sources }) => `${target} ${sources.length}`),
    ['16.2 1', '16.3 2', '16.6 2', '16.7 2', '16.10 2', '16.b 2'],
    'the second copy does not have 16.2',
  )
})

t.test('each keyword of a line is there with the source that says it', async (t) => {
  const { keywords, keywordSources } = readSeed(seedFolder)
  const authorityOf = new Map(keywordSources.map(({ id, authority }) => [id, authority]))
  t.equal(authorityOf.get('action-line-themes'), 'secondary')
  const linesOf = (word: string) => keywords.filter(({ keyword }) => keyword === word).map(({ id }) => id)
  t.strictSame(linesOf('cybersecurity'), ['C5'])
  t.strictSame(linesOf('privacy'), ['C5', 'C6'])
  t.match(
    keywords.filter(({ keyword }) => keyword === 'climate'),
    [{ id: 'C7.e-environment', source: 'e-environment-session-2020' }],
  )
  t.ok(keywords.every(({ source }) => authorityOf.has(source)))
})

t.test('only names from the UN, its agencies, ROR, IATI and Wikidata may be part of an answer', async (t) => {
  const { agencies } = readSeed(seedFolder)
  for (const source of [
    'https://news.un.org/en/story/1',
    'https://wipo.int/about',
    'https://www.wipo.int/about',
    'https://community.wmo.int/en',
    'https://staging-legacy.unescap.org/x',
    'http://www.unic.or.jp/info/',
    'https://ror.org/01eb8ek77',
    'https://www.wikidata.org/wiki/Q7809',
    'https://github.com/IATI/IATI-Codelists-NonEmbedded/blob/main/x.xml',
    'https://github.com/ror-community/ror-records',
  ])
    t.equal(isCitable(source, agencies), true, source)
  for (const source of [
    'https://en.wikipedia.org/wiki/ITU',
    'https://zh.wikipedia.org./wiki/ITU',
    'https://github.com/confirmordeny/supraverden/blob/main/data/united_nations.yaml',
    'https://github.com',
    'https://notwho.int/',
    'https://www.un.org.example.com/',
    'https://example.com/www.un.org',
  ])
    t.equal(isCitable(source, agencies), false, source)
})

t.test('warnings say where the data contradicts itself, and leave the seed right', async (t) => {
  const seed = new SeedCopy(t, { log: false })
  const warnings = () => readSeed(seed.folder).warnings
  t.strictSame(warnings(), [])
  const before = warnings().length
  const [report] = JSON.parse(seed.text('reports.json'))
  seed.change('reports.json', (records) => {
    records.push({ ...report, source: 'itu-roadmaps-page', actionLine: 'C1', asOf: '2011-05' })
    records.push({ ...report, source: 'itu-roles-2010-2014', actionLine: 'C1', asOf: '2015' })
    records.push({ ...report, source: 'itu-roadmaps', actionLine: 'C1', asOf: '2030' })
    records.push({ ...report, source: 'itu-joint-report-2011', actionLine: 'C1', asOf: '2011-05' })
  })
  const at = readSeed(seed.folder).sessions.findIndex(({ actionLines }) => actionLines.length === 0)
  seed.set('sessions.json', at, 'title', 'Line \u04217 of a plan, and C77')
  seed.set('sessions.json', at + 1, 'actionLines', [])
  seed.set('sessions.json', at + 1, 'title', 'ABC1 and C4IR')
  const more = warnings()
  t.equal(more.length, before + 3)
  t.match(more[1], /^seed\/sources\.json:\/\d+\/dateRange\/to: is 2014, but 1 of the \d+ statements/)
  t.match(
    more[0],
    'is 2011-05, and so is "asOf" of a statement of itu-joint-report-2011: keep it only if the document gives',
  )
  t.ok(
    more[2]?.startsWith(
      `seed/sessions.json:/${at}/actionLines: is empty, but the title "Line \u04217 of a plan, and C77" names lines`,
    ),
  )
})

t.test('whatever bytes a file holds, the worst is a list of errors, each in one line', async (t) => {
  const seed = new SeedCopy(t)
  const [release, ...later] = readdirSync(seed.path('changes'))
  for (const name of later) seed.remove(`changes/${name}`)
  seed.change<{ changes: unknown[] }>(`changes/${release}`, ({ changes }) => changes.splice(10))
  const files = ['action-lines.json', 'agencies.json', 'sources.json', 'reports.json', 'sdg-links.json', csv]
  files.push('gdc-links.json', 'keywords.json')
  files.push(`changes/${release}`)
  const whole = new Map(files.map((file) => [file, seed.text(file)]))
  const spoilt = (t: Test, file: string, content: string | Uint8Array) => {
    seed.write(file, content)
    const errors = seed.errors()
    seed.write(file, whole.get(file) ?? '')
    if (errors.some((error) => !/^seed\/.+: \S/u.test(error) || /[\r\n]/.test(error))) t.fail(errors.join('\n'))
  }
  const file = fc.constantFrom(...files)
  const check = (property: fc.IProperty<[string, string | Uint8Array]>) => fc.assert(property, { numRuns: 10 })
  check(fc.property(file, fc.uint8Array({ maxLength: 400 }), (name, bytes) => spoilt(t, name, bytes)))
  check(fc.property(file, fc.json(), (name, text) => spoilt(t, name, text)))
  check(
    fc.property(file, fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'C1', ' ', '/', 'ITU') }), (name, text) =>
      spoilt(t, name, text),
    ),
  )
  fc.assert(
    fc.property(file, fc.nat(30_000), fc.nat(9), fc.string({ maxLength: 4 }), (name, at, length, put) => {
      const text = whole.get(name) ?? ''
      const from = at % text.length
      spoilt(t, name, text.slice(0, from) + put + text.slice(from + length))
    }),
    { numRuns: 30 },
  )
  t.strictSame(seed.errors(), [])
})

t.test('`npm run seed:check` prints warnings and says that the seed is right, and ends with 0', async (t) => {
  const { actionLines, agencies, sources, reports, keywords, forums, sessions, dataset, warnings } =
    readSeed(seedFolder)
  const { status, stdout, stderr } = runChecker()
  t.strictSame([status, stderr], [0, ''])
  for (const words of [
    `The seed is right: ${actionLines.length} action lines, ${agencies.length} agencies, ${sources.length} sources, `,
    `, ${reports.length} reports, `,
    `, ${keywords.length} keywords, ${forums.length} forums, ${sessions.length} sessions, `,
    ` outcome documents. Dataset ${dataset}.\n`,
    ...warnings.map((warning) => `Warning: ${warning}\n`),
  ])
    t.ok(stdout.includes(words), words)
})

t.test(
  '`npm run seed:check -- <folder>` prints each error of another folder in one line, and ends with 1',
  async (t) => {
    const seed = new SeedCopy(t)
    seed.set('reports.json', 0, 'agency', 'UNDESSA')
    seed.remove(csv)
    t.strictSame(runChecker(seed.folder), {
      status: 1,
      stdout: '',
      stderr:
        'seed/reports.json:/0/agency: "UNDESSA" is not in seed/agencies.json; add it there, or correct it\nseed/editions/annex-draft.csv: is missing; put it back (seed/README.md says what belongs in it)\n',
    })
    t.match(runChecker(join(seed.folder, 'nowhere')), { status: 1, stdout: '', stderr: /nowhere/ })
  },
)

t.test(
  'the page for curators names every file, every property of it and every word of a list, and shows a true error',
  async (t) => {
    const page = readFileSync(join(seedFolder, 'README.md'), 'utf8')
    t.ok(page.split('\n').length <= 150)
    const sectionOf = (file: string) => page.split(/^#+ /m).find((section) => section.startsWith(file)) ?? ''
    const shapes: Record<string, Record<string, { properties: object }>> = {
      'action-lines.json': { SeedActionLine },
      'agencies.json': { SeedAgency },
      'sources.json': { SeedSource },
      'reports.json': { SeedReport },
      'sdg-links.json': { LinkSource, SeedSdgLinks },
      'gdc-links.json': { SeedGdcLinks },
      'keywords.json': { SeedKeywords },
      'forums.json': { SeedForum },
      'sessions.json': { SeedSession },
      'outcomes/': { OutcomeFile },
      'changes/': { SeedRelease, SeedChange },
    }
    for (const [file, named] of Object.entries(shapes))
      for (const [shape, { properties }] of Object.entries(named))
        for (const property of Object.keys(properties))
          t.ok(sectionOf(file).includes(`\`${property}\``), `${property} of ${shape}`)
    for (const word of [
      ...actionLineKinds,
      ...agencyKinds,
      ...nameKinds,
      ...roles,
      ...sourceKinds,
      ...sourceStatuses,
      ...authorities,
      ...fidelities,
      ...bases,
      ...sectionKinds,
      ...nouns,
      ...changeKinds,
    ])
      t.ok(new RegExp(`\`"?${word.replace(/[()]/g, '\\$&')}"?\``).test(page), `the word ${word}`)
    for (const file of readdirSync(seedFolder).filter((name) => name.endsWith('.json'))) t.ok(sectionOf(file), file)
    const [unknownAgency] = wrongEditions
    t.match(page, `\`\`\`\n${unknownAgency?.errors}\n\`\`\``)
  },
)
