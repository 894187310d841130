import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Test } from 'tap'
import { readFormat } from '../importer/format-thread.ts'
import { importOutcomes } from '../importer/import-outcome.ts'
import type { OutcomeFile, OutcomePoint } from '../src/seed/outcome-documents.ts'

/** Collects the output of a command. */
export const sink = (isTTY = false) => {
  const stream = { text: '', isTTY, write: (text: string) => (stream.text += text) }
  return stream
}

/** Runs the command with `--print` on a file of this name and content. */
export async function importFile(t: Test, name: string, content: string | Uint8Array, ...args: string[]) {
  const path = join(t.testdir(), name)
  writeFileSync(path, content)
  const format = (['docx', 'pdf'] as const).find((one) => name.endsWith(`.${one}`))
  // No coverage is recorded of the thread that reads a file, so it is read here, too.
  if (format && !process.env.TAP_DISABLE_COVERAGE)
    await readFormat({ format, bytes: Buffer.from(content) }).catch(() => undefined)
  const [out, err] = [sink(), sink()]
  const status = await importOutcomes(['--print', ...args, path], out, err)
  const [report = '', shown = ''] = err.text.replaceAll(path, name).split(/(?<=are in the result\n(?: .*\n)?)\n/)
  const group = (title: string) => {
    const rows = new RegExp(`^ {2}${title}\\n((?: {4}.*\\n)*)`, 'm').exec(report)?.[1] ?? ''
    return rows.split('\n').flatMap((row) => row.trim() || [])
  }
  return {
    status,
    report,
    shown,
    omitted: group('Omitted'),
    adapted: group('Read differently'),
    check: group('Check'),
    outcome: (status === 0 ? JSON.parse(out.text) : null) as OutcomeFile,
  }
}

/** A point as text, with its speaker, and its own points in brackets. */
export const pointText = ({ text, speaker, points = [] }: OutcomePoint): string =>
  [text, speaker && `@ ${speaker.name}`, points.length > 0 && `[${points.map(pointText).join(' | ')}]`]
    .filter(Boolean)
    .join(' ')

/** All points of a document as texts. */
export const pointTexts = ({ sections }: OutcomeFile): string[] =>
  sections.flatMap(({ points }) => points.map(pointText))
