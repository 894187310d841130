import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { fold } from '../src/characters.ts'
import type { SeedAgency } from '../src/seed/agencies.ts'
import { writeWhole } from '../src/seed/atomic-file.ts'
import type { OutcomeFile, OutcomePoint } from '../src/seed/outcome-documents.ts'
import { bounds, megabyte } from './bounds.ts'
import { readDocument } from './document.ts'
import { coverage } from './lost-words.ts'
import { isSessionId, readOutcome } from './reading.ts'
import { newReport, printable, Refusal, reportText } from './report.ts'

const help = `Reads session outcome documents (.txt, .md, .docx, .pdf) and writes seed/outcomes/<session id>.json.

  npm run import-outcome -- [options] FILE...

A FILE may be a folder: every document in it is read. Save an .odt or .rtf as .docx first, in Word or LibreOffice.

  --session ID   the session, for one document without the URL of its session: 2023-366, or year and a slug
  --print        show the document as its page will show it, and write no file; to a pipe: the JSON as well
  --force        overwrite an existing file
  --seed DIR     the seed folder (default: seed/ of this clone)
  --help         this text

The report on standard error says what was omitted, what was read differently and what to check.
Then run \`npm run seed:check\`.
Exit status: 0 written, 1 a document was refused or none was found, 2 invalid arguments.
Limits: ${bounds.fileBytes / megabyte} MB a file, ${bounds.unpackedBytes / megabyte} MB unpacked, ${bounds.pages} pages, ${bounds.characters} characters, ${bounds.lines} lines,
${bounds.parseMilliseconds / 1000} seconds and ${bounds.parseMemoryBytes / megabyte} MB of memory for reading one .docx or .pdf.
`

const options = {
  session: { type: 'string' },
  seed: { type: 'string', default: fileURLToPath(new URL('../seed', import.meta.url)) },
  print: { type: 'boolean', default: false },
  force: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

interface Output {
  write(text: string): unknown
  isTTY?: boolean
}

interface Result {
  path: string
  outcome: 'written' | 'unsure' | 'refused'
  reason: string
  /** The report. */
  message: string
}

/** Runs the command with its arguments and returns its exit status. */
export async function importOutcomes(args: string[], out: Output, err: Output): Promise<number> {
  const asked = parse(args)
  if (typeof asked === 'string') {
    err.write(`${printable(asked)}\nTry --help.\n`)
    return 2
  }
  if (asked.help) {
    out.write(help)
    return 0
  }
  const paths = (await Promise.all(asked.files.map(documentsOf))).flat()
  if (paths.length === 0) {
    err.write(`no document (.txt, .docx or .pdf) found in ${printable(asked.files.join(', '))}\n`)
    return 1
  }
  if (asked.session !== undefined && paths.length !== 1) {
    err.write('--session is for one document only.\nTry --help.\n')
    return 2
  }
  const results: Result[] = []
  const read = new Map<string, string>()
  const known = await knownIn(asked.seed)
  for (const [index, path] of paths.entries()) {
    if (err.isTTY) err.write(`\r\x1b[K${index + 1}/${paths.length} ${printable(path)}`)
    const result = await importOne(path, asked, read, known, out)
    if (err.isTTY) err.write('\r\x1b[K')
    err.write(`${printable(path)}\n${result.message}`)
    results.push(result)
  }
  if (paths.length !== 1) err.write(table(results))
  return results.some(({ outcome }) => outcome === 'refused') ? 1 : 0
}

type Asked = Exclude<ReturnType<typeof parse>, string>

/** The arguments, or the error in them. */
function parse(args: string[]) {
  try {
    const { values, positionals: files } = parseArgs({ args, options, allowPositionals: true })
    const { session, help, seed } = values
    if (files.length === 0 && !help) return 'Which FILE?'
    if (session !== undefined && !isSessionId(session)) {
      return `"${session}" is no session id: it is the forum year and the number, such as 2023-366.`
    }
    // Checked here: otherwise a mistyped folder would be created.
    if (!existsSync(join(seed, 'sessions.json'))) return `no sessions.json in ${seed}: --seed is a seed folder.`
    return { ...values, session, files }
  } catch (error) {
    return (error as Error).message
  }
}

/** The documents to read: the file, or the files of a folder with the extension of a document. */
async function documentsOf(file: string): Promise<string[]> {
  // Anything that cannot be listed is a file, or is refused as one.
  const names = await readdir(file, { recursive: true }).catch(() => null)
  const documents = names?.filter((name) => /\.(?:txt|md|docx?|pdf|odt|rtf)$/i.test(name)).sort()
  return documents?.map((name) => join(file, name)) ?? [file]
}

/** The records of a seed file; null if it has no list, which `npm run seed:check` reports better. */
async function recordsIn<T>(seed: string, name: string): Promise<T[] | null> {
  try {
    const records = JSON.parse(await readFile(join(seed, name), 'utf8'))
    return Array.isArray(records) ? records : null
  } catch {
    return null
  }
}

/**
 * Data from the seed: the ids of its sessions, null if they could not be read, and the folded names of its agencies.
 */
async function knownIn(seed: string) {
  const sessions = await recordsIn<{ id: string }>(seed, 'sessions.json')
  const agencies = await recordsIn<Pick<SeedAgency, 'acronym' | 'name' | 'aliases'>>(seed, 'agencies.json')
  const names = agencies?.flatMap(({ acronym, name, aliases }) => [acronym, name, ...aliases]) ?? []
  return { sessions: sessions && new Set(sessions.map(({ id }) => id)), agencies: new Set(names.map(fold)) }
}

/** Imports one document. Its errors are in the result and stop no other document. */
async function importOne(
  path: string,
  asked: Asked,
  read: Map<string, string>,
  { sessions, agencies }: Awaited<ReturnType<typeof knownIn>>,
  out: Output,
): Promise<Result> {
  const report = newReport()
  try {
    const lines = await readDocument(path, report)
    const before = [...report.notes]
    const outcome = readOutcome(lines, asked.session, report, agencies)
    const id = outcome.session
    if (read.has(id)) throw new Refusal(`session ${id} was already read from ${read.get(id)} in this run`)
    const isUnknown = sessions !== null && !sessions.has(id)
    const ends = isUnknown ? [`session ${id} is not in seed/sessions.json: add it there too`] : []
    if (asked.print && !out.isTTY) out.write(jsonOf(outcome))
    if (!asked.print) ends.push(`written to ${write(asked, outcome)}`)
    read.set(id, path)
    const { all, kept } = coverage(lines, before, report.notes.slice(before.length))
    const words = all === kept ? `all ${all} words` : `${kept} of ${all} words (${Math.floor((100 * kept) / all)} %)`
    const notes = printableLines(reportText(report))
    const shown = asked.print ? `\n${printableLines(outcomeText(outcome))}\n` : ''
    const message = `${notes}  ${words} are in the result\n${ends.map((text) => `  ${text}\n`).join('')}${shown}`
    const count = report.notes.filter(({ isDoubtful }) => isDoubtful).length + (isUnknown ? 1 : 0)
    return { path, outcome: count > 0 ? 'unsure' : 'written', reason: `${count} to check`, message }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const reason = printable(code === 'ENOENT' ? 'no such file' : message)
    return { path, outcome: 'refused', reason, message: `  refused: ${reason}\n` }
  }
}

/** Text of several lines without control characters of the document. */
const printableLines = (text: string) => text.split('\n').map(printable).join('\n')

/** The text of a seed file: indented by two spaces, with a final newline. */
const jsonOf = (outcome: OutcomeFile) => `${JSON.stringify(outcome, null, 2)}\n`

/** Writes the seed file and returns its path. Throws Refusal if it exists or cannot be written. */
function write({ seed, force }: Asked, outcome: OutcomeFile): string {
  const path = join(seed, 'outcomes', `${outcome.session}.json`)
  try {
    // As one piece: a string would be written character by character.
    writeWhole(path, [jsonOf(outcome)], force)
  } catch (error) {
    const { code, syscall, message } = error as NodeJS.ErrnoException
    const exists = code === 'EEXIST' && syscall === 'link'
    throw new Refusal(exists ? `${path} exists: --force overwrites it` : `cannot be written: ${message}`)
  }
  return path
}

/**
 * The summary of a run over several documents: the totals, then every document that needs attention, with the reason.
 */
function table(results: Result[]): string {
  const rows = (['written', 'unsure', 'refused'] as const).map((outcome) => {
    const those = results.filter((result) => result.outcome === outcome)
    const list = outcome === 'written' ? [] : those.map(({ path, reason }) => `  ${printable(path)}: ${reason}\n`)
    return `${outcome.padEnd(8)}${those.length}\n${list.join('')}`
  })
  return `\n${rows.join('')}`
}

/** An outcome document as text, in the order of its page. */
function outcomeText({ sections, ...head }: OutcomeFile): string {
  const { title, date, start, end, utcOffset, printedZone, organizer, url, template } = head
  const time = [start, end].filter(Boolean).join('–')
  const zone = [printedZone, utcOffset && `UTC${utcOffset}`].filter(Boolean).join(', ')
  const facts = {
    Date: date,
    Time: zone === '' ? time : `${time} (${zone})`,
    Organizers: organizer,
    Page: url,
    Template: template,
  }
  const rows = Object.entries(facts).map(([name, value]) => `${`${name}:`.padEnd(12)}${value || '–'}\n`)
  return `${title ?? `Session ${head.session}`}\n\n${rows.join('')}${sections.map(sectionText).join('')}`
}

function sectionText({ heading, notApplicable, intro, points }: OutcomeFile['sections'][number]): string {
  const texts = [
    notApplicable ? 'N/A\n' : '',
    intro === null ? '' : `${intro}\n`,
    ...points.map((point) => pointText(point)),
  ]
  return `\n## ${heading || 'Without a heading'}\n\n${texts.join('')}`
}

function pointText({ text, speaker, points = [] }: OutcomePoint, indent = ''): string {
  const name = speaker ? `${[speaker.name, speaker.role, speaker.affiliation].filter(Boolean).join(', ')}: ` : ''
  return `${indent}- ${name}${text}\n${points.map((point) => pointText(point, `${indent}  `)).join('')}`
}

if (import.meta.main) {
  process.exitCode = await importOutcomes(process.argv.slice(2), process.stdout, process.stderr)
}
