import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Test } from 'tap'
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
