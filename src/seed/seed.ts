import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { TSchema } from '@sinclair/typebox'
import type { NounNames } from '../names/noun-names.ts'
import type { NamedNoun } from '../vocabulary.ts'
import { checkActionLines, SeedActionLine } from './action-lines.ts'
import { checkAgencies, SeedAgency } from './agencies.ts'
import { type AnnexRow, annexRows, checkAnnex, type Known } from './annexes.ts'
import { isRelease, type Log, logIn } from './changes.ts'
import { jsonIn } from './json.ts'
import { OutcomeFile } from './outcome-documents.ts'
import { checkReports, SeedReport } from './reports.ts'
import { checkSdgLinks, SeedSdgLinks } from './sdg-links.ts'
import { Faults, mayHave, type Records, SeedError } from './seed-errors.ts'
import { checkOutcome, checkSessions, SeedSession } from './sessions.ts'
import { hasShape, recordsOf } from './shape.ts'
import { checkSources, SeedSource } from './sources.ts'

/** The folder of the reviewed data, beside src/. */
export const seedFolder = join(import.meta.dirname, '../../seed')

/** A seed that was read and found right in every part. */
export interface Seed extends Log {
  /** First 12 hex digits of SHA-256 over all files but those of the log, in the order of their names. */
  dataset: string
  /** The same over the files of the log of changes, which name datasets and so belong to none. */
  log: string
  actionLines: SeedActionLine[]
  agencies: SeedAgency[]
  sources: SeedSource[]
  reports: SeedReport[]
  sdg: SeedSdgLinks
  sessions: SeedSession[]
  outcomes: OutcomeFile[]
  /** The rows of each annex table, by the id of its source. */
  annexes: Map<string, AnnexRow[]>
  names: Record<NamedNoun, NounNames>
}

const files = {
  actionLines: 'action-lines.json',
  agencies: 'agencies.json',
  sources: 'sources.json',
  reports: 'reports.json',
  sdg: 'sdg-links.json',
  sessions: 'sessions.json',
}

/**
 * The digests of a seed, without reading what it says.
 * Throws where the folder cannot be read.
 */
export function digestsOf(folder: string): Pick<Seed, 'dataset' | 'log'> {
  return digests(bytesIn(folder))
}

/**
 * The whole seed, all or nothing.
 * Throws SeedError with every fault of every file at once.
 */
export function readSeed(folder: string): Seed {
  const faults = new Faults()
  const content = bytesIn(folder)
  const json = (file: string): unknown => {
    const text = textIn(content, file, faults)
    return text === undefined ? undefined : jsonIn(text, file, faults)
  }
  const records = <Schema extends TSchema>(file: string, schema: Schema, key?: string) =>
    recordsOf(schema, json(file), faults, file, key)

  const lines = records(files.actionLines, SeedActionLine, 'code')
  const agencies = records(files.agencies, SeedAgency, 'id')
  const sources = records(files.sources, SeedSource, 'id')
  const reports = records(files.reports, SeedReport, undefined)
  const sdg = json(files.sdg)
  const sessions = records(files.sessions, SeedSession, 'id')

  const names = { 'action-line': checkActionLines(lines, faults), agency: checkAgencies(agencies, faults) }
  checkSources(sources, faults)
  checkReports(reports, sources, lines, agencies, faults)
  const links = sdg !== undefined && hasShape(SeedSdgLinks, sdg, faults, files.sdg, '') ? sdg : undefined
  if (links) checkSdgLinks(files.sdg, links, lines, faults)
  checkSessions(sessions, lines, faults)
  const outcomes = [...content.keys()].filter(isOutcome).flatMap((file) => {
    const outcome = json(file)
    if (outcome === undefined || !hasShape(OutcomeFile, outcome, faults, file, '')) return []
    checkOutcome(file, outcome, sessions, faults)
    return [outcome]
  })
  const known = { names: names.agency, whole: agencies.whole }
  const annexes = annexesIn(content, sources, lines, names['action-line'], known, faults)
  const log = logIn(new Map([...content.keys()].filter(isRelease).map((file) => [file, json(file)])), faults)
  strangersIn(content, sources, faults)

  if (faults.list.length > 0 || !links) throw new SeedError(faults.list)
  return {
    ...digests(content),
    actionLines: valuesOf(lines),
    agencies: valuesOf(agencies),
    sources: valuesOf(sources),
    reports: valuesOf(reports),
    sdg: links,
    sessions: valuesOf(sessions),
    outcomes,
    annexes,
    names,
    ...log,
  }
}

const isOutcome = (file: string) => /^outcomes\/[^/]+\.json$/.test(file)

function valuesOf<T>({ records }: Records<T>): T[] {
  return records.map(({ value }) => value)
}

/** Every file of the folder by its path within it; the README and hidden files are for people and editors. */
function bytesIn(folder: string): Map<string, Buffer> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path !== 'README.md' && !/(^|\/)\./.test(path))
    .filter((path) => statSync(join(folder, path), { throwIfNoEntry: false })?.isFile())
  return new Map(paths.sort().map((path) => [path, readFileSync(join(folder, path))]))
}

function digests(content: Map<string, Buffer>): Pick<Seed, 'dataset' | 'log'> {
  const { dataset = [], log = [] } = Object.groupBy(content, ([path]) =>
    path.startsWith('changes/') ? 'log' : 'dataset',
  )
  return { dataset: digest(dataset), log: digest(log) }
}

function digest(content: [string, Buffer][]): string {
  const hash = createHash('sha256')
  for (const [path, bytes] of content) hash.update(`${path}\0${bytes.length}\0`).update(bytes)
  return hash.digest('hex').slice(0, 12)
}

function textIn(content: Map<string, Buffer>, file: string, faults: Faults): string | undefined {
  const bytes = content.get(file)
  try {
    if (bytes) return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    faults.add(file, '', 'is missing; put it back (seed/README.md says what belongs in it)')
  } catch {
    faults.add(file, '', 'is not UTF-8 text; save it with the encoding UTF-8')
  }
  return undefined
}

function annexesIn(
  content: Map<string, Buffer>,
  sources: Records<SeedSource>,
  lines: Records<SeedActionLine>,
  lineNames: NounNames,
  agencies: Known,
  faults: Faults,
): Map<string, AnnexRow[]> {
  const annexes = new Map<string, AnnexRow[]>()
  for (const { value } of sources.records) {
    const file = `annexes/${value.id}.csv`
    if (value.kind !== 'annex' || !(value.complete || content.has(file))) continue
    const text = textIn(content, file, faults)
    if (text === undefined) continue
    const rows = annexRows(text, file, { names: lineNames, whole: lines.whole }, agencies, faults)
    annexes.set(value.id, checkAnnex(file, value, rows, lines, faults))
  }
  return annexes
}

/** A file that nothing reads is a file whose data is silently lost, so it is a fault. */
function strangersIn(content: Map<string, Buffer>, sources: Records<SeedSource>, faults: Faults): void {
  const known = Object.values(files)
  const kinds = new Map(sources.records.map(({ value }) => [value.id, value.kind]))
  for (const file of content.keys()) {
    const id = /^annexes\/([^/]+)\.csv$/.exec(file)?.[1]
    if (id === undefined && !known.includes(file) && !isOutcome(file) && !isRelease(file))
      faults.add(
        file,
        '',
        `is no file of the seed; remove it, or let it be one of ${known.join(', ')}, annexes/<source id>.csv, outcomes/<session id>.json or changes/<number>-<dataset>.json, which "npm run release" writes`,
      )
    else if (id !== undefined && !mayHave(sources, id))
      faults.add(
        file,
        '',
        `belongs to no source; add a source "${id}" of kind "annex" to seed/${files.sources}, or mend the name of the file`,
      )
    else if (id !== undefined && kinds.get(id) === 'report')
      faults.add(
        file,
        '',
        `belongs to a source of kind "report"; only an annex may have a table, what a report says must stand in seed/${files.reports}`,
      )
  }
}
