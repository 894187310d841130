import { join } from 'node:path'
import type { NounNames } from '../names/noun-names.ts'
import type { Static, TSchema } from '../typebox.ts'
import type { NamedNoun } from '../vocabulary.ts'
import { checkActionLines, SeedActionLine } from './action-lines.ts'
import { checkAgencies, checkOtherBodies, SeedAgency, SeedOtherBody } from './agencies.ts'
import { isRelease, type Log, logIn } from './changes.ts'
import { checkEdition, editionRows, type Known, type TableRow } from './editions.ts'
import { Findings, SeedError } from './findings.ts'
import { type Content, checkFiles, contentOf, digests, editionFile, isOutcome, jsonIn, textIn } from './folder.ts'
import {
  checkGdcLinks,
  checkSdgLinks,
  type Keyword,
  keywordsOf,
  type LinkSource,
  SeedGdcLinks,
  SeedKeywords,
  SeedSdgLinks,
} from './links.ts'
import { checkOutcome, OutcomeFile } from './outcome-documents.ts'
import { checkForums, checkSessions, SeedForum, SeedSession, warnOfTitles } from './sessions.ts'
import { checkReports, checkSources, SeedReport, SeedSource, warnOfDates } from './sources.ts'
import { files } from './types.ts'
import { checkReferences, hasShape, type Part, type PlacedRecords, recordsOf, valuesOf } from './validate.ts'

/** The folder of the curated data, beside src/. */
export const seedFolder = join(import.meta.dirname, '../../seed')

/** A complete, valid seed. */
export interface Seed extends Log {
  /** The first 12 hex digits of SHA-256 over all files except the log, in the order of their names. */
  dataset: string
  /** The same over the files of the log of changes, which name datasets and so cannot be part of one. */
  log: string
  actionLines: SeedActionLine[]
  agencies: SeedAgency[]
  otherBodies: SeedOtherBody[]
  sources: SeedSource[]
  reports: SeedReport[]
  sdg: SeedSdgLinks
  gdc: SeedGdcLinks
  keywords: Keyword[]
  /** The sources of the keywords. */
  keywordSources: LinkSource[]
  forums: SeedForum[]
  sessions: SeedSession[]
  outcomes: OutcomeFile[]
  /** The rows of each edition, by the id of its source. */
  editions: Map<string, TableRow[]>
  names: Record<NamedNoun, NounNames>
  /** Findings for a person to review, one per line; the seed is valid. */
  warnings: readonly string[]
}

/** The digests of a seed, without parsing its files. Throws if the folder cannot be read. */
export function digestsOf(folder: string): Pick<Seed, 'dataset' | 'log'> {
  return digests(contentOf(folder))
}

/** The complete seed. Throws SeedError with all errors of all files at once. */
export function readSeed(folder: string): Seed {
  const findings = new Findings()
  const content = contentOf(folder)
  const { json, listed, single, checkAll, read } = readerOf(content, findings)
  const lines = listed(files.actionLines, SeedActionLine, 'code')
  const agencies = listed(files.agencies, SeedAgency, 'id')
  const otherBodies = listed(files.otherBodies, SeedOtherBody, 'name')
  const sources = listed(files.sources, SeedSource, 'id')
  const reports = listed(files.reports, SeedReport, 'source', 'actionLine', 'agency')
  const sdg = single(files.sdg, SeedSdgLinks)
  const gdc = single(files.gdc, SeedGdcLinks)
  const keywords = single(files.keywords, SeedKeywords)
  const forums = listed(files.forums, SeedForum, 'id')
  const sessions = listed(files.sessions, SeedSession, 'id')
  const outcomes = [...content.keys()].filter(isOutcome).flatMap((file) => {
    const outcome = single(file, OutcomeFile)
    if (outcome) checkOutcome(file, outcome, findings.errorsIn(file))
    return outcome ?? []
  })
  checkAll()
  const names = { 'action-line': checkActionLines(lines), agency: checkAgencies(agencies) }
  checkOtherBodies(otherBodies, names.agency)
  checkSources(sources)
  checkReports(reports, sources)
  if (sdg) checkSdgLinks(sdg, findings.errorsIn(files.sdg))
  if (gdc) checkGdcLinks(gdc, findings.errorsIn(files.gdc))
  checkForums(forums)
  checkSessions(sessions)
  const known = {
    lines: { names: names['action-line'], whole: lines.whole },
    agencies: { names: names.agency, whole: agencies.whole },
  }
  const editions = editionsIn(content, sources, lines, known, findings)
  const log = logIn(new Map([...content.keys()].filter(isRelease).map((file) => [file, json(file)])), findings)
  checkFiles(content, read, sources, findings)

  if (findings.errors.length > 0 || !sdg || !gdc || !keywords) throw new SeedError(findings.errors)
  warnOfDates(sources, reports, findings)
  warnOfTitles(sessions, names['action-line'], findings)
  return {
    ...digests(content),
    actionLines: valuesOf(lines),
    agencies: valuesOf(agencies),
    otherBodies: valuesOf(otherBodies),
    sources: valuesOf(sources),
    reports: valuesOf(reports),
    sdg,
    gdc,
    keywords: keywordsOf(keywords),
    keywordSources: keywords.sources,
    forums: valuesOf(forums),
    sessions: valuesOf(sessions),
    outcomes,
    editions,
    names,
    ...log,
    warnings: findings.warnings,
  }
}

/** Reads the files of a seed and checks their shapes; `checkAll` then checks the references between them. */
function readerOf(content: Content, findings: Findings) {
  const lists = new Map<string, PlacedRecords<unknown>>()
  const parts: Part[] = []
  const read = new Set<string>()
  const json = (file: string): unknown => {
    read.add(file)
    const addError = findings.errorsIn(file)
    const text = textIn(content, file, addError)
    return text === undefined ? undefined : jsonIn(text, addError)
  }
  return {
    /** The files read so far. */
    read,
    json,
    listed<Schema extends TSchema>(file: string, schema: Schema, ...keys: string[]): PlacedRecords<Static<Schema>> {
      const addError = findings.errorsIn(file)
      const list = recordsOf(schema, json(file), addError, keys)
      lists.set(file, list)
      for (const record of list.records) parts.push({ addError, schema, ...record })
      return list
    },
    /** A file with a single record. */
    single<Schema extends TSchema>(file: string, schema: Schema): Static<Schema> | undefined {
      const addError = findings.errorsIn(file)
      const value = json(file)
      if (value === undefined || !hasShape(schema, value, addError)) return undefined
      parts.push({ addError, schema, place: '', value })
      return value
    },
    checkAll(): void {
      for (const part of parts) checkReferences(part, lists)
    },
  }
}

function editionsIn(
  content: Content,
  sources: PlacedRecords<SeedSource>,
  lines: PlacedRecords<SeedActionLine>,
  known: { lines: Known; agencies: Known },
  findings: Findings,
): Map<string, TableRow[]> {
  const editions = new Map<string, TableRow[]>()
  for (const { value } of sources.records.filter(({ value }) => value.edition)) {
    const file = editionFile(value.id)
    const addError = findings.errorsIn(file)
    const text = textIn(content, file, addError)
    if (text === undefined) continue
    const rows = editionRows(text, known.lines, known.agencies, addError)
    editions.set(value.id, checkEdition(value, rows, lines, addError))
  }
  return editions
}
