import { join } from 'node:path'
import { NounNames } from '../names/noun-names.ts'
import type { Static, TSchema } from '../typebox.ts'
import { checkActionLines, SeedActionLine } from './action-lines.ts'
import { checkAgencies, checkOtherBodies, SeedAgency, SeedOtherBody } from './agencies.ts'
import { isRelease, logOf, SeedRelease } from './changes.ts'
import { editionRows, type TableRow } from './editions.ts'
import { type AddError, Findings, SeedError } from './findings.ts'
import { checkFiles, digests, editionFile, isOutcome, jsonIn, type SeedFiles, seedFiles, textIn } from './folder.ts'
import { checkGdcLinks, checkSdgLinks, keywordsOf, SeedGdcLinks, SeedKeywords, SeedSdgLinks } from './line-links.ts'
import { checkOutcome, OutcomeFile } from './outcome-documents.ts'
import { checkForum, checkSession, SeedForum, SeedSession, warnOfTitles } from './sessions.ts'
import { checkReports, checkSources, SeedReport, SeedSource, warnOfDates } from './sources.ts'
import { files } from './types.ts'
import { checkReferences, hasShape, type PlacedRecords, recordsOf } from './validate.ts'

/** The folder of the curated data, beside src/. */
export const seedFolder = join(import.meta.dirname, '../../seed')

/** The digests of a seed, without parsing its files. Throws if the folder cannot be read. */
export function digestsOf(folder: string): ReturnType<typeof digests> {
  return digests(seedFiles(folder))
}

/** A complete, valid seed. */
export type Seed = ReturnType<typeof readSeed>

/** The complete seed. Throws SeedError with all errors of all files at once. */
export function readSeed(folder: string) {
  const findings = new Findings()
  const content = seedFiles(folder)
  const { read, listed, single, checkAll } = readerOf(content, findings)
  const lines = { ...listed(files.actionLines, SeedActionLine, ['code']), names: new NounNames('action-line') }
  const agencies = { ...listed(files.agencies, SeedAgency, ['id']), names: new NounNames('agency') }
  const otherBodies = listed(files.otherBodies, SeedOtherBody, ['name'])
  const sources = listed(files.sources, SeedSource, ['id'])
  const reports = listed(files.reports, SeedReport, ['source', 'actionLine', 'agency'])
  const sdg = single(files.sdg, SeedSdgLinks, checkSdgLinks)
  const gdc = single(files.gdc, SeedGdcLinks, checkGdcLinks)
  const keywords = single(files.keywords, SeedKeywords)
  const forums = listed(files.forums, SeedForum, ['id'], checkForum)
  const sessions = listed(files.sessions, SeedSession, ['id'], checkSession)
  const others = [...content.keys()]
  const outcomes = others.filter(isOutcome).flatMap((file) => single(file, OutcomeFile, checkOutcome(file)) ?? [])
  const releases = others.filter(isRelease).map((file) => ({ file, release: single(file, SeedRelease) }))
  checkAll()
  checkActionLines(lines)
  checkAgencies(agencies)
  checkOtherBodies(otherBodies, agencies)
  checkSources(sources)
  checkReports(reports, sources)
  const editions = new Map<string, TableRow[]>()
  for (const source of sources.values.filter(({ edition }) => edition)) {
    const addError = findings.errorsIn(editionFile(source.id))
    const text = textIn(content, editionFile(source.id), addError)
    if (text !== undefined) editions.set(source.id, editionRows(source, text, lines, agencies, addError))
  }
  const log = logOf(releases, findings)
  checkFiles(content, read, sources, findings)

  if (findings.errors.length > 0 || !sdg || !gdc || !keywords) throw new SeedError(findings.errors)
  warnOfDates(sources, reports, findings)
  warnOfTitles(sessions, lines, findings)
  return {
    ...digests(content),
    actionLines: lines.values,
    agencies: agencies.values,
    otherBodies: otherBodies.values,
    sources: sources.values,
    reports: reports.values,
    sdg,
    gdc,
    keywords: keywordsOf(keywords),
    keywordSources: keywords.sources,
    forums: forums.values,
    sessions: sessions.values,
    outcomes,
    /** The rows of each edition, by the id of its source. */
    editions,
    names: { 'action-line': lines.names, agency: agencies.names },
    ...log,
    /** Findings for a person to review, one per line. */
    warnings: findings.warnings,
  }
}

/** Adds the errors within a record of a valid shape. */
type Check<T> = (value: T, addError: AddError) => void

/** Reads the files of a seed and checks their shapes; `checkAll` then checks what the records say of each other. */
function readerOf(content: SeedFiles, findings: Findings) {
  const lists = new Map<string, PlacedRecords<unknown>>()
  const [references, checks]: [(() => void)[], (() => void)[]] = [[], []]
  const read = new Set<string>()
  const json = (file: string, addError: AddError): unknown => {
    read.add(file)
    return jsonIn(content, file, addError)
  }
  const checkLater = <T>(schema: TSchema, value: T, addError: AddError, check?: Check<T>) => {
    references.push(() => checkReferences(schema, value, addError, lists))
    if (check) checks.push(() => check(value, addError))
  }
  return {
    /** The names of the files that were read. */
    read,
    /** A file with a list of records. */
    listed<Schema extends TSchema>(
      file: string,
      schema: Schema,
      keys: string[],
      check?: Check<Static<Schema>>,
    ): PlacedRecords<Static<Schema>> {
      const addError = findings.errorsIn(file)
      const list = recordsOf(schema, json(file, addError), addError, keys)
      lists.set(file, list)
      for (const { value, addError } of list.records) checkLater(schema, value, addError, check)
      return list
    },
    /** A file with a single record. */
    single<Schema extends TSchema>(
      file: string,
      schema: Schema,
      check?: Check<Static<Schema>>,
    ): Static<Schema> | undefined {
      const addError = findings.errorsIn(file)
      const value = json(file, addError)
      if (value === undefined || !hasShape(schema, value, addError)) return undefined
      checkLater<Static<Schema>>(schema, value, addError, check)
      return value
    },
    checkAll(): void {
      for (const check of [...references, ...checks]) check()
    },
  }
}
