import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { buildApp } from '../src/app.ts'
import { SeedActionLine } from '../src/seed/action-lines.ts'
import { SeedAgency } from '../src/seed/agencies.ts'
import { SeedChange, SeedRelease } from '../src/seed/changes.ts'
import { OutcomeFile } from '../src/seed/outcome-documents.ts'
import { SeedReport } from '../src/seed/reports.ts'
import { SeedSdgLinks } from '../src/seed/sdg-links.ts'
import { digestsOf, readSeed, seedFolder } from '../src/seed/seed.ts'
import { SeedSession } from '../src/seed/sessions.ts'
import { SeedSource } from '../src/seed/sources.ts'
import { openDirectory } from '../src/store/directory.ts'
import {
  actionLineKinds,
  agencyKinds,
  bases,
  changeKinds,
  fidelities,
  nouns,
  roles,
  sectionKinds,
  sourceKinds,
  sourceStatuses,
} from '../src/vocabulary.ts'
import { wrongAnnexes } from './fixtures/wrong-annexes.ts'
import { wrongChanges } from './fixtures/wrong-changes.ts'
import { wrongFiles } from './fixtures/wrong-files.ts'
import { wrongRecords } from './fixtures/wrong-records.ts'
import { wrongReferences } from './fixtures/wrong-references.ts'
import { wrongSessions } from './fixtures/wrong-sessions.ts'
import { SeedCopy, type WrongSeed } from './wrong-seed.ts'

const csv = 'annexes/annex-draft.csv'
const checker = join(import.meta.dirname, '../src/seed-check.ts')

function runChecker(...parameters: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [checker, ...parameters], {
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

const tables: [string, WrongSeed[]][] = [
  ['a wrong file says what is wrong with it, and nothing else', wrongFiles],
  ['a wrong record says where it is wrong, and what would be right', wrongRecords],
  ['a record that does not fit to the others says to which', wrongReferences],
  ['a wrong session or outcome document says where, and what would be right', wrongSessions],
  ['a wrong annex table says on which line, and what would be right', wrongAnnexes],
  ['a log of changes that was edited by hand says where', wrongChanges],
]
for (const [sentence, cases] of tables)
  t.test(sentence, async (t) => {
    for (const { title, spoil, faults } of cases) {
      const seed = new SeedCopy(t)
      spoil(seed)
      t.strictSame(seed.faults(), faults, title)
    }
  })

t.test('the seed as it stands is right, and so is an untouched copy of it, with the same dataset', async (t) => {
  const seed = new SeedCopy(t)
  t.strictSame(seed.faults(), [])
  const { dataset, actionLines, annexes } = readSeed(seed.folder)
  t.match(dataset, /^[0-9a-f]{12}$/)
  t.equal(digestsOf(seed.folder).dataset, dataset)
  t.equal(actionLines.length, 22)
  t.strictSame(annexes.get('annex-draft')?.at(11), {
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

t.test('faults of several files are told at once, file by file', async (t) => {
  const seed = new SeedCopy(t)
  seed.write('reports.json', '[')
  seed.set('agencies.json', 7, 'homepage', 'itu.int')
  seed.set('agencies.json', 1, 'members', ['NATO'])
  seed.replace(csv, '"WTO/UNCTAD"', '"WTO/UNCTAD/WTO"')
  seed.set('sources.json', 1, 'annex', undefined)
  t.strictSame(
    seed.faults().map((fault) => fault.slice(0, fault.indexOf(': '))),
    [
      'seed/agencies.json:/7/homepage',
      'seed/agencies.json:/1/members/0',
      'seed/reports.json:1',
      'seed/sources.json:/1/annex',
      'seed/annexes/annex-draft.csv:10',
    ],
  )
})

t.test(
  'a source of a wrong shape is not blamed for being no default annex, nor its table for being a stranger',
  async (t) => {
    const seed = new SeedCopy(t)
    seed.set('sources.json', 0, 'status', 'final')
    t.strictSame(seed.faults(), ['seed/sources.json:/0/status: is "final"; it must be one of draft, adopted, report'])
  },
)

t.test('a byte order mark, Windows line ends and both kinds mixed change nothing but the dataset', async (t) => {
  const changes: ((text: string) => string)[] = [
    (text) => `\uFEFF${text}`,
    (text) => text.replaceAll('\n', '\r\n'),
    (text) => `\uFEFF${text.replaceAll('\n', '\r\n')}`,
    (text) => text.replace('\n', '\r\n'),
  ]
  const { dataset: _, ...plain } = readSeed(new SeedCopy(t).folder)
  for (const change of changes) {
    const seed = new SeedCopy(t)
    for (const file of [csv, 'agencies.json', 'action-lines.json', 'sdg-links.json'])
      seed.write(file, change(seed.text(file)))
    const { dataset: _, ...changed } = readSeed(seed.folder)
    t.strictSame(changed, plain)
  }
})

t.test('a second annex is added by a table and a row in sources.json, and by no code', async (t) => {
  const seed = new SeedCopy(t)
  seed.change('sources.json', (records) => {
    const [, adopted] = records
    records.splice(2, 0, { ...adopted, id: 'annex-test', date: '2005-12-24', url: null })
  })
  seed.write(
    'annexes/annex-test.csv',
    '"Action Line","Coordinator(s)"\n"C5. Building confidence and security in the use of ICTs","UNODC / ITU"\n',
  )
  const directory = openDirectory(
    join(seed.folder, '../directory.sqlite'),
    (error) => t.fail(String(error)),
    seed.folder,
  )
  const app = await buildApp({ directory })
  t.teardown(() => app.close())
  const line = (await app.inject('/v1/action-lines/C5')).json()
  t.strictSame(
    line.coordinators.map(({ agency }: { agency: { id: string } }) => agency.id),
    ['ITU'],
    'the coordinators are those of the default annex',
  )
  const told = line.reports.filter(({ source }: { source: { id: string } }) => source.id === 'annex-test')
  t.match(told, [
    { agency: { id: 'UNODC' }, role: 'facilitator', asOf: '2005-12-24' },
    { agency: { id: 'ITU' }, role: 'facilitator', asOf: '2005-12-24' },
  ])
  const { items } = (await app.inject('/v1/coordinations?source=annex-test')).json()
  t.match(items, [
    { id: 'annex-test:C5:UNODC', roleAsWorded: 'moderator/facilitator', position: 1 },
    { id: 'annex-test:C5:ITU', roleAsWorded: 'moderator/facilitator', position: 2 },
  ])
})

t.test('whatever bytes a file holds, the worst is a list of faults, each in one line', async (t) => {
  const seed = new SeedCopy(t)
  const [release] = readdirSync(seed.path('changes'))
  const files = ['action-lines.json', 'agencies.json', 'sources.json', 'reports.json', 'sdg-links.json', csv]
  files.push(`changes/${release}`)
  const whole = new Map(files.map((file) => [file, seed.text(file)]))
  const spoilt = (t: Test, file: string, content: string | Uint8Array) => {
    seed.write(file, content)
    const faults = seed.faults()
    seed.write(file, whole.get(file) ?? '')
    if (faults.some((fault) => !/^seed\/.+: \S/u.test(fault) || /[\r\n]/.test(fault))) t.fail(faults.join('\n'))
  }
  const file = fc.constantFrom(...files)
  const check = (property: fc.IProperty<[string, string | Uint8Array]>) => fc.assert(property, { numRuns: 60 })
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
    { numRuns: 100 },
  )
  t.strictSame(seed.faults(), [])
})

t.test('`npm run seed:check` says that the seed is right, and ends with 0', async (t) => {
  const { actionLines, agencies, sources, reports, sessions, dataset } = readSeed(seedFolder)
  const { status, stdout, stderr } = runChecker()
  t.strictSame([status, stderr], [0, ''])
  for (const words of [
    `The seed is right: ${actionLines.length} action lines, ${agencies.length} bodies, ${sources.length} sources, `,
    `, ${reports.length} reports, ${sessions.length} sessions, `,
    ` outcome documents. Dataset ${dataset}.\n`,
  ])
    t.ok(stdout.includes(words), words)
})

t.test('`npm run seed:check -- <folder>` says each fault of another folder in its line, and ends with 1', async (t) => {
  const seed = new SeedCopy(t)
  seed.set('reports.json', 0, 'agency', 'UNDESSA')
  seed.remove(csv)
  t.strictSame(runChecker(seed.folder), {
    status: 1,
    stdout: '',
    stderr:
      'seed/reports.json:/0/agency: "UNDESSA" is no body; add it to seed/agencies.json, or mend the id\nseed/annexes/annex-draft.csv: is missing; put it back (seed/README.md says what belongs in it)\n',
  })
  t.match(runChecker(join(seed.folder, 'nowhere')), { status: 1, stdout: '', stderr: /nowhere/ })
})

t.test('the page for curators names every file and every property, and shows a true fault', async (t) => {
  const page = readFileSync(join(seedFolder, 'README.md'), 'utf8')
  const shapes = {
    SeedActionLine,
    SeedAgency,
    SeedSource,
    SeedReport,
    SeedSdgLinks,
    SeedSession,
    OutcomeFile,
    SeedRelease,
    SeedChange,
  }
  for (const [shape, { properties }] of Object.entries(shapes))
    for (const property of Object.keys(properties))
      t.match(page, new RegExp(`^\\| \`${property}\` \\|`, 'm'), `${property} of ${shape}`)
  for (const word of [
    ...actionLineKinds,
    ...agencyKinds,
    ...roles,
    ...sourceKinds,
    ...sourceStatuses,
    ...fidelities,
    ...bases,
    ...sectionKinds,
    ...nouns,
    ...changeKinds,
  ])
    t.ok(new RegExp(`\`"?${word.replace(/[()]/g, '\\$&')}"?\``).test(page), `the word ${word}`)
  for (const file of readdirSync(seedFolder).filter((name) => name.endsWith('.json'))) t.match(page, `### ${file}`)
  const [unknownBody] = wrongAnnexes
  t.match(page, `\`\`\`\n${unknownBody?.faults}\n\`\`\``)
})
