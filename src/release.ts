import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import packageJson from '../package.json' with { type: 'json' }
import { nouns } from './nouns/index.ts'
import { type Noun, servedRecords } from './nouns/noun.ts'
import { relationsOf } from './nouns/relations.ts'
import { hrefOf } from './nouns/shapes.ts'
import { writeWhole } from './seed/atomic-file.ts'
import { changesBetween, type Released, releaseFile, type SeedChange, type SeedRelease } from './seed/changes.ts'
import { SeedError } from './seed/findings.ts'
import { readSeed, type Seed, seedFolder } from './seed/seed.ts'
import { isPartialDate } from './typebox.ts'
import { nouns as loggedNouns } from './vocabulary.ts'

const help = `Writes into seed/changes/ how the records differ from those of the last release.

  npm run release -- [options]

  --date YYYY-MM-DD   the day of the release, not in the future (default: today in UTC)
  --seed DIR          the seed folder (default: seed/ of this clone)
  --help              this text

If nothing changed, nothing is written.
Exit status: 0 written or nothing to write, 1 the seed has errors or the release cannot be written, 2 the command was called wrongly.
`

type Output = { write(text: string): unknown }

/** Runs the command and returns its exit status. */
export function release(args: string[], out: Output, err: Output): number {
  const options = parse(args)
  if (typeof options === 'string') {
    err.write(`${options}\nTry --help.\n`)
    return 2
  }
  try {
    out.write(options.help ? help : writeRelease(options.folder, options.date))
    return 0
  } catch (error) {
    err.write(`${error instanceof SeedError ? error.errors.join('\n') : (error as Error).message}\n`)
    return 1
  }
}

const today = () => new Date().toISOString().slice(0, 10)

/** The arguments, or the error in them. */
function parse(args: string[]): { date: string | undefined; folder: string; help: boolean } | string {
  try {
    const { values } = parseArgs({
      args,
      options: { date: { type: 'string' }, seed: { type: 'string' }, help: { type: 'boolean' } },
    })
    const { date, seed: folder = seedFolder, help = false } = values
    if (date !== undefined && (date.length !== 10 || !isPartialDate(date)))
      return `"${date}" is no day; --date must be YYYY-MM-DD.`
    if (date !== undefined && date > today())
      return `${date} is in the future; --date must be ${today()}, which is today in UTC, or earlier.`
    // Checked here: otherwise every file of a mistyped folder would be reported.
    if (!existsSync(join(folder, 'sources.json'))) return `no sources.json in ${folder}: --seed is a seed folder.`
    return { date, folder, help }
  } catch (error) {
    return (error as Error).message
  }
}

/**
 * Writes the next file of the log if something changed, and returns a report. Throws SeedError, or Error if no release
 * is possible or the file cannot be written.
 */
function writeRelease(folder: string, dateGiven: string | undefined): string {
  const seed = readSeed(folder)
  const { dataset, releases, released } = seed
  const last = releases.at(-1)
  const records = recordsByNoun(seed)
  const facts = records.map(
    ([noun, all]) => [noun, new Map(all.map((record) => [record.id, factsIn(record)]))] as const,
  )
  const own = changesBetween(released, Object.fromEntries(facts) as Released)
  const changes = [...own, ...affectedBy(own, records)]
  if (last?.dataset === dataset && changes.length === 0)
    return `Nothing changed since release ${releases.length} of ${last.date} (dataset ${dataset}); nothing was written.\n`
  const [number, date] = [releases.length + 1, dateGiven ?? today()]
  if (last) checkNext({ dataset, date, changes: own }, last, number, dateGiven !== undefined)
  const file = releaseFile(number, dataset)
  const content = { dataset, previous: last?.dataset ?? null, date, version: packageJson.version, changes }
  try {
    writeWhole(join(folder, file), [logText(content)])
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') throw new Error(`Release ${number} was written meanwhile; run this again.`)
    throw new Error(`seed/${file} cannot be written: ${message}`)
  }
  return `Wrote seed/${file}: release ${number} of ${date}, changes: ${changes.length}.\n${listOf(changes)}`
}

/** Throws Error if a release cannot follow the last one. */
function checkNext(
  { dataset, date, changes }: Pick<SeedRelease, 'dataset' | 'date' | 'changes'>,
  last: SeedRelease,
  number: number,
  isDateGiven: boolean,
): void {
  const before = `Release ${number - 1} is of ${last.date}`
  // Otherwise a value edited in the log would be reported as a change of the data.
  if (last.dataset === dataset && last.version === packageJson.version)
    throw new Error(
      `The log was edited: data and version are those of release ${number - 1}, but the service answers otherwise than the log says. Put back seed/changes/ as it was released. If the program was changed, first give it another version in package.json.\n${listOf(changes).trimEnd()}`,
    )
  if (date < last.date && isDateGiven) throw new Error(`${before}; --date must be that day or a later one.`)
  if (date < last.date)
    throw new Error(`${before}, but today is ${date} in UTC: set the clock right, or run this again on that day.`)
}

/** The changes, one per line. */
function listOf(changes: SeedChange[]): string {
  return changes
    .map(({ noun, id, change, properties }) => {
      const names = change === 'changed' ? `: ${Object.keys(properties).join(', ')}` : ''
      return `${change} ${noun} ${id}${names}\n`
    })
    .join('')
}

/** The records of each noun that the log follows, as served. */
function recordsByNoun(seed: Seed) {
  const relations = relationsOf(seed)
  return loggedNouns.map((name) => {
    const noun = nouns.find((one) => one.name === name) as Noun
    return [name, servedRecords(noun, relations).map(({ record }) => record)] as const
  })
}

/**
 * The facts stated in a record, for the log of changes: a link becomes its target's id, and anything derived from other
 * records (counts, addresses of statements) is omitted. Unknown values stay null.
 */
function factsOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(factsOf)
  if (typeof value !== 'object' || value === null) return value
  if ('href' in value && 'total' in value) return undefined
  if (!('href' in value && 'id' in value)) return factsIn(value)
  // A link, perhaps with further properties.
  const { id, href: _href, title: _title, ...more } = value as Record<string, unknown>
  return Object.keys(more).length === 0 ? id : { id, ...factsIn(more) }
}

/** Like `factsOf`, for all properties of a record. */
export function factsIn(record: object): Record<string, unknown> {
  const facts = Object.entries(record).map(([name, value]) => [name, factsOf(value)] as const)
  return Object.fromEntries(facts.filter(([name, value]) => name !== 'href' && value !== undefined))
}

/** The unchanged records with a link that shows the new title of another record. */
function affectedBy(changes: SeedChange[], records: ReturnType<typeof recordsByNoun>): SeedChange[] {
  const listed = new Set(changes.map(({ noun, id }) => `${noun} ${id}`))
  const renamed = changes
    .filter(({ change, properties }) => change === 'changed' && ('title' in properties || 'name' in properties))
    .map(({ noun, id }) => `"href":${JSON.stringify(hrefOf(noun, id))}`)
  return records.flatMap(([noun, all]) =>
    all.flatMap((record): SeedChange[] => {
      const text = JSON.stringify(record)
      if (listed.has(`${noun} ${record.id}`) || !renamed.some((link) => text.includes(link))) return []
      return [{ noun, id: record.id, change: 'affected', properties: {} }]
    }),
  )
}

/** The text of a log file, with one change per line for readable diffs. */
function logText({ changes, ...head }: SeedRelease): string {
  const list = changes.map((change) => `\n    ${JSON.stringify(change)}`).join(',')
  return JSON.stringify({ ...head, changes: [] }, null, 2).replace('[]\n}', () => `[${list}\n  ]\n}\n`)
}

if (import.meta.main) {
  process.exitCode = release(process.argv.slice(2), process.stdout, process.stderr)
}
