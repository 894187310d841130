import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { bounds, megabyte } from './bounds.ts'
import { readDocument } from './document.ts'
import { newReport, Refusal } from './line.ts'
import { isSessionId, readOutcome } from './reading.ts'
import { textOf, writeSeedFile } from './seed-file.ts'

const help = `Reads session outcome documents (.txt, .docx, .pdf) and writes seed/outcomes/<session id>.json.

  npm run import-outcome -- [options] FILE...

A FILE may be a folder: every document in it is read.

  --session ID   the session, for one document that has no session address: 2023-366, or year and a slug
  --print        write the result to standard output and no file
  --force        overwrite a file that is there
  --seed DIR     the seed folder (default: seed/ of this clone)
  --help         this text

What it is not sure of it says on standard error as FILE:LINE: what to check.
Then run \`npm run seed:check\`.
Exit status: 0 written, 1 a document was refused or none was found, 2 the command was called wrongly.
Bounds: ${bounds.fileBytes / megabyte} MB a file, ${bounds.unpackedBytes / megabyte} MB unpacked, ${bounds.pages} pages, ${bounds.characters} characters, ${bounds.lines} lines,
${bounds.parseMilliseconds / 1000} seconds and ${bounds.parseMemoryBytes / megabyte} MB of memory for reading one .docx or .pdf.
`

const options = {
  session: { type: 'string' },
  seed: { type: 'string' },
  print: { type: 'boolean', default: false },
  force: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

type Output = { write(text: string): unknown; isTTY?: boolean }
type Result = { path: string; outcome: 'written' | 'unsure' | 'refused'; reason: string }

/** Runs the command with its arguments and gives its exit status. */
export async function importOutcomes(args: string[], out: Output, err: Output): Promise<number> {
  const asked = parse(args)
  if (typeof asked === 'string') {
    err.write(`${asked}\nTry --help.\n`)
    return 2
  }
  if (asked.help) {
    out.write(help)
    return 0
  }
  const paths = await documentsOf(asked.files)
  if (paths.length === 0) {
    err.write(`no document (.txt, .docx or .pdf) found in ${asked.files.join(', ')}\n`)
    return 1
  }
  if (asked.session !== undefined && paths.length !== 1) {
    err.write('--session is for one document only.\nTry --help.\n')
    return 2
  }
  const results: Result[] = []
  const sessions = new Map<string, string>()
  const known = await sessionsIn(asked.folder)
  for (const [index, path] of paths.entries()) {
    if (err.isTTY) err.write(`\r\x1b[K${index + 1}/${paths.length} ${path}`)
    const { result, messages } = await importOne(path, asked, sessions, known, out)
    if (err.isTTY) err.write('\r\x1b[K')
    for (const message of messages) err.write(`${message}\n`)
    results.push(result)
  }
  if (paths.length !== 1) err.write(table(results))
  return results.some(({ outcome }) => outcome === 'refused') ? 1 : 0
}

type Asked = {
  files: string[]
  session: string | undefined
  folder: string
  print: boolean
  force: boolean
  help: boolean
}

/** What was asked for, or what is wrong with the arguments. */
function parse(args: string[]): Asked | string {
  try {
    const { values, positionals: files } = parseArgs({ args, options, allowPositionals: true })
    const { session, print, force, help, seed = fileURLToPath(new URL('../../seed', import.meta.url)) } = values
    if (files.length === 0 && !help) return 'Which FILE?'
    if (session !== undefined && !isSessionId(session)) {
      return `"${session}" is no session id: it is the forum year and the number, such as 2023-366.`
    }
    // Otherwise a mistyped folder would be made.
    if (!existsSync(join(seed, 'sessions.json'))) return `no sessions.json in ${seed}: --seed is a seed folder.`
    return { files, session, folder: join(seed, 'outcomes'), print, force, help }
  } catch (error) {
    return (error as Error).message
  }
}

/** The documents to read: the given files, and of folders what has the ending of a document. */
async function documentsOf(files: string[]): Promise<string[]> {
  const paths: string[] = []
  for (const file of files) {
    // What cannot be listed is a file, or will be refused as one.
    const names = await readdir(file, { recursive: true }).catch(() => null)
    if (names === null) paths.push(file)
    else {
      const documents = names.filter((name) => /\.(?:txt|docx?|pdf)$/i.test(name)).sort()
      paths.push(...documents.map((name) => join(file, name)))
    }
  }
  return paths
}

/** The ids in sessions.json beside the folder; null where it holds no list, which `npm run seed:check` says better. */
async function sessionsIn(folder: string): Promise<Set<unknown> | null> {
  try {
    const sessions: Array<{ id: unknown }> = JSON.parse(await readFile(join(folder, '../sessions.json'), 'utf8'))
    return new Set(sessions.map(({ id }) => id))
  } catch {
    return null
  }
}

/** Imports one document. Whatever is wrong with it is in the result and stops no other. */
async function importOne(
  path: string,
  asked: Asked,
  sessions: Map<string, string>,
  known: Set<unknown> | null,
  out: Output,
) {
  const report = newReport()
  const refused = (reason: string) => ({
    result: { path, outcome: 'refused', reason } satisfies Result as Result,
    messages: [`${path}: refused: ${reason}`],
  })
  try {
    const outcome = readOutcome(await readDocument(path, report), asked.session, report)
    const other = sessions.get(outcome.session)
    if (other !== undefined) return refused(`session ${outcome.session} was already read from ${other} in this run`)
    const written = asked.print ? undefined : writeSeedFile(asked.folder, outcome, asked.force)
    if (asked.print) out.write(textOf(outcome))
    sessions.set(outcome.session, path)
    const messages = [...report.told, ...report.unsure].map(({ place, text }) => `${path}:${place}: ${text}`)
    if (written !== undefined) messages.push(`${path}: written to ${written}`)
    const isUnknown = known !== null && !known.has(outcome.session)
    if (isUnknown) messages.push(`${path}: session ${outcome.session} is not in seed/sessions.json: add it there too`)
    const count = report.unsure.length + Number(isUnknown)
    const result: Result = { path, outcome: count > 0 ? 'unsure' : 'written', reason: `${count} to check` }
    return { result, messages }
  } catch (error) {
    return refused(reasonOf(error))
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return error.message
  const { code, message } = error as NodeJS.ErrnoException
  return code === 'ENOENT' ? 'no such file' : message
}

/** The end of a run over several documents: the numbers, then every document that needs a look, with the reason. */
function table(results: Result[]): string {
  const rows = (['written', 'unsure', 'refused'] as const).map((outcome) => {
    const those = results.filter((result) => result.outcome === outcome)
    const list = outcome === 'written' ? [] : those.map(({ path, reason }) => `  ${path}: ${reason}\n`)
    return `${outcome.padEnd(8)}${those.length}\n${list.join('')}`
  })
  return `\n${rows.join('')}`
}

if (import.meta.main) {
  process.exitCode = await importOutcomes(process.argv.slice(2), process.stdout, process.stderr)
}
