import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { JSONPath, ParseErrorCode } from 'jsonc-parser'
import { require } from '../commonjs.ts'
import type { AddError, Findings } from './findings.ts'
import type { SeedSource } from './sources.ts'
import { files } from './types.ts'
import { mayHave, type PlacedRecords } from './validate.ts'

/** The files of the seed by their paths in its folder; null for an entry that is not a readable file. */
export type SeedFiles = Map<string, Buffer | null>

export const isOutcome = (file: string) => /^outcomes\/[^/]+\.json$/.test(file)

export const editionFile = (source: string) => `editions/${source}.csv`

/** Every file of the folder, except the README and hidden files. */
export function seedFiles(folder: string): SeedFiles {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path !== 'README.md' && !/(^|\/)\./.test(path))
    .filter((path) => !lstatSync(join(folder, path), { throwIfNoEntry: false })?.isDirectory())
  return new Map(paths.sort().map((path) => [path, bytesAt(join(folder, path))]))
}

function bytesAt(path: string): Buffer | null {
  // Only regular files: reading a pipe would block.
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path) : null
}

/**
 * The first 12 hex digits of SHA-256 over the files of the log of changes, and over all others. The log names datasets,
 * and so cannot be part of one.
 */
export function digests(content: SeedFiles): { dataset: string; log: string } {
  const { dataset = [], log = [] } = Object.groupBy(content, ([path]) =>
    path.startsWith('changes/') ? 'log' : 'dataset',
  )
  return { dataset: digest(dataset), log: digest(log) }
}

function digest(content: [string, Buffer | null][]): string {
  const hash = createHash('sha256')
  for (const [path, bytes] of content) hash.update(`${path}\0${bytes?.length}\0`).update(bytes ?? '')
  return hash.digest('hex').slice(0, 12)
}

/** The text of a file; undefined, with an error added, if it is missing or not UTF-8. */
export function textIn(content: SeedFiles, file: string, addError: AddError): string | undefined {
  const bytes = content.get(file)
  // Reported by checkFiles.
  if (bytes === null) return undefined
  try {
    if (bytes) return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    addError('', 'is missing; put it back (seed/README.md says what belongs in it)')
  } catch {
    addError('', 'is not UTF-8 text; save it with the encoding UTF-8')
  }
  return undefined
}

/** Adds an error for each file that nothing reads, whose data would otherwise be lost silently. */
export function checkFiles(
  content: SeedFiles,
  read: Set<string>,
  sources: PlacedRecords<SeedSource>,
  findings: Findings,
): void {
  const known = [...read].filter((file) => !file.includes('/'))
  for (const [file, bytes] of content) {
    const wrong = (text: string) => findings.errorsIn(file)('', text)
    const id = /^editions\/([^/]+)\.csv$/.exec(file)?.[1]
    if (bytes === null)
      wrong('cannot be read; put a file there, not a pipe or a link that leads nowhere, with a name in UTF-8')
    else if (id === undefined && !read.has(file))
      wrong(
        `is not a file of the seed; remove it, or give it the name of one: ${known.join(', ')}, ${editionFile('<source id>')}, outcomes/<session id>.json or changes/<number>-<dataset>.json, which "npm run release" writes`,
      )
    else if (id !== undefined && !mayHave(sources, id))
      wrong(
        `belongs to no source; add a source "${id}" with "edition" to seed/${files.sources}, or correct the name of the file`,
      )
    else if (sources.values.some((source) => source.id === id && !source.edition))
      wrong(
        `belongs to a source without "edition"; add that to the source, or move what the table says to seed/${files.reports}`,
      )
  }
}

/** Loaded for a build, not by each start. */
const jsonParser = (): typeof import('jsonc-parser') => require('jsonc-parser')

/**
 * The value in a JSON file; undefined, with errors added, if `textIn` has none, if it is not JSON, or if a record has a
 * property twice.
 */
export function jsonIn(content: SeedFiles, file: string, addError: AddError): unknown {
  const text = textIn(content, file, addError)
  if (text === undefined) return undefined
  const { visit } = jsonParser()
  const end = text.trimEnd().length
  const open: Set<string>[] = []
  let [isJson, isUnique] = [true, true]
  visit(
    text,
    {
      onObjectBegin: () => void open.push(new Set()),
      onObjectEnd: () => void open.pop(),
      onObjectProperty(name, _offset, _length, _line, _column, pathTo) {
        if (open.at(-1)?.has(name)) {
          isUnique = false
          const text = 'appears twice in its record; each property must appear once'
          addError(pointerTo([...pathTo(), name]), text)
        }
        open.at(-1)?.add(name)
      },
      onError(code, offset, length, line, column) {
        // Later errors are often only consequences of the first.
        if (!isJson) return
        isJson = false
        const found = `${parseErrorText(code)} at ${JSON.stringify(text.slice(offset, offset + Math.min(length, 40)))} in column ${column + 1}`
        const [where, what] =
          offset < end ? [line + 1, found] : [text.slice(0, end).split('\n').length, 'the text ends too early']
        addError(
          where,
          `is not JSON: ${what}; look there and just before it for a missing or extra comma, bracket or quotation mark`,
        )
      },
    },
    { disallowComments: true },
  )
  return isJson && isUnique ? JSON.parse(text) : undefined
}

/** The error in words, such as "comma expected" for CommaExpected. */
function parseErrorText(code: ParseErrorCode): string {
  return jsonParser()
    .printParseErrorCode(code)
    .replace(/(?<!^)[A-Z]/g, (capital) => ` ${capital}`)
    .toLowerCase()
}

function pointerTo(path: JSONPath): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
