import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TSchema } from '@sinclair/typebox'
import { type AnnexRow, annexRows } from './annex.ts'
import { Faults, hasShape, type Records, recordsOf, SeedError } from './faults.ts'
import type { Names } from './naming.ts'
import * as check from './references.ts'
import { SeedActionLine, SeedAgency, SeedReport, SeedSdgLinks, SeedSource } from './seed-files.ts'

/** The folder of the reviewed data, beside src/. */
export const seedFolder = join(import.meta.dirname, '../../seed')

/** A seed that was read and found right in every part. */
export interface Seed {
  /** First 12 hex digits of SHA-256 over all files, in the order of their names. */
  dataset: string
  actionLines: SeedActionLine[]
  agencies: SeedAgency[]
  sources: SeedSource[]
  reports: SeedReport[]
  sdg: SeedSdgLinks
  /** The rows of each annex table, by the id of its source. */
  annexes: Map<string, AnnexRow[]>
  names: { 'action-line': Names; agency: Names }
}

const files = {
  actionLines: 'action-lines.json',
  agencies: 'agencies.json',
  sources: 'sources.json',
  reports: 'reports.json',
  sdg: 'sdg-links.json',
}

/**
 * The digest of a seed, without reading what it says.
 * Throws where the folder cannot be read.
 */
export function datasetOf(folder: string): string {
  return digest(bytesIn(folder))
}

/**
 * The whole seed, all or nothing.
 * Throws SeedError with every fault of every file at once.
 */
export function readSeed(folder: string): Seed {
  const faults = new Faults()
  const content = bytesIn(folder)
  const records = <Schema extends TSchema>(file: string, schema: Schema, key?: string) =>
    recordsOf(schema, jsonIn(content, file, faults), faults, file, key)

  const lines = records(files.actionLines, SeedActionLine, 'code')
  const agencies = records(files.agencies, SeedAgency, 'id')
  const sources = records(files.sources, SeedSource, 'id')
  const reports = records(files.reports, SeedReport)
  const sdg = jsonIn(content, files.sdg, faults)

  const names = {
    'action-line': check.checkActionLines(lines, faults),
    agency: check.checkAgencies(agencies, faults),
  }
  check.checkSources(sources, faults)
  check.checkReports(reports, sources, lines, agencies, faults)
  const links = sdg !== undefined && hasShape(SeedSdgLinks, sdg, faults, files.sdg, '') ? sdg : undefined
  if (links) check.checkSdgLinks(files.sdg, links, lines, faults)
  const annexes = annexesIn(content, sources, lines, names, faults)
  strangersIn(content, sources, faults)

  if (faults.list.length > 0 || !links) throw new SeedError(faults.list)
  return {
    dataset: digest(content),
    actionLines: valuesOf(lines),
    agencies: valuesOf(agencies),
    sources: valuesOf(sources),
    reports: valuesOf(reports),
    sdg: links,
    annexes,
    names,
  }
}

function valuesOf<T>({ records }: Records<T>): T[] {
  return records.map(({ value }) => value)
}

/** Every file of the folder by its path within it; the README and hidden files are for people and editors. */
function bytesIn(folder: string): Map<string, Buffer> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, '/').length))
  const data = paths
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path !== 'README.md' && !/(^|\/)\./.test(path))
  return new Map(data.sort().map((path) => [path, readFileSync(join(folder, path))]))
}

function digest(content: Map<string, Buffer>): string {
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

function jsonIn(content: Map<string, Buffer>, file: string, faults: Faults): unknown {
  const text = textIn(content, file, faults)
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch (error) {
    const { message } = error as SyntaxError
    const position = Number(/at position (\d+)/.exec(message)?.[1] ?? text.length)
    const line = text.slice(0, position).split('\n').length
    faults.add(
      file,
      line,
      `is not JSON: ${message}; look there for a missing or superfluous comma, bracket or quotation mark`,
    )
    return undefined
  }
}

function annexesIn(
  content: Map<string, Buffer>,
  sources: Records<SeedSource>,
  lines: Records<SeedActionLine>,
  names: Seed['names'],
  faults: Faults,
): Map<string, AnnexRow[]> {
  const annexes = new Map<string, AnnexRow[]>()
  for (const { value } of sources.records) {
    const file = `annexes/${value.id}.csv`
    if (value.kind !== 'annex' || !(value.complete || content.has(file))) continue
    const text = textIn(content, file, faults)
    if (text === undefined || !lines.ids) continue
    const rows = annexRows(text, file, names['action-line'], names.agency, faults)
    check.checkAnnex(file, value, rows, lines, faults)
    annexes.set(value.id, rows)
  }
  return annexes
}

/** A file that nothing reads is a file whose data is silently lost, so it is a fault. */
function strangersIn(content: Map<string, Buffer>, sources: Records<SeedSource>, faults: Faults): void {
  for (const file of content.keys()) {
    const annex = /^annexes\/(.+)\.csv$/.exec(file)?.[1]
    if (annex === undefined && !Object.values(files).includes(file))
      faults.add(
        file,
        '',
        `is no file that the seed knows; it must be one of ${Object.values(files).join(', ')} or annexes/<source id>.csv`,
      )
    else if (annex !== undefined && sources.ids && !sources.ids.has(annex))
      faults.add(
        file,
        '',
        `belongs to no source; add a source "${annex}" of kind "annex" to seed/${files.sources}, or mend the name of the file`,
      )
  }
}
