import type { bounds } from './bounds.ts'
import { decodeBytes } from './decode.ts'
import { type DocumentLine, documentLine, type Extract, type Run } from './document-line.ts'
import { paintings } from './painting.ts'
import { adapt, doubt, newReport, Refusal } from './report.ts'
import { withTables } from './table.ts'

/** The lines of a text file. Throws Refusal for binary content, and for more lines or characters than the limits. */
export function readText(bytes: Uint8Array, limits: typeof bounds): Extract {
  const report = newReport()
  const { text, encoding } = decodeBytes(bytes)
  if (encoding === 'windows-1252') {
    doubt(report, { location: '1' }, 'not UTF-8, read as Windows-1252: check accents, quotation marks and dashes')
  }
  checkSize(text, limits)
  const lines = linesOf(text)
  // "# Key issues" is a heading. Several such lines in a row are a list.
  const isHeading = ({ runs }: DocumentLine) => /^#{1,6}\s+\S/.test(`${runs[0]?.text}`)
  const isMarkdown = lines.some((line, index) => {
    const beside = [lines[index - 1], lines[index + 1]]
    return isHeading(line) && !beside.some((other) => other && isHeading(other))
  })
  if (isMarkdown)
    adapt(report, { location: '1' }, 'read as Markdown, without its signs for headings, tables, bold words and links')
  return { blocks: withTables(isMarkdown ? lines.flatMap(withoutMarkdown) : lines), targets: [], report }
}

/** Throws Refusal for a text that is too large, before any further processing. */
function checkSize(text: string, { lines, lineLength, characters }: typeof bounds): void {
  const most = Math.min(lines * lineLength, 10 * characters)
  if (text.length > most) throw new Refusal(`${text.length} characters with spaces, the bound is ${most}`)
  const count = 1 + (text.match(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/g)?.length ?? 0)
  if (count > lines) throw new Refusal(`${count} lines, the bound is ${lines}`)
}

/** The lines of a text. A form feed begins a page. */
export const linesOf = (text: string): DocumentLine[] =>
  text
    .split(/\r\n|[\n\r\u0085\u2029]/)
    .flatMap((row, index) =>
      row.split('\f').map((part, page) => documentLine(`${index + 1}`, part, { mark: page > 0 ? 'page' : null })),
    )

/** A line of Markdown as displayed; none for the line under the head of a table. */
function withoutMarkdown(line: DocumentLine): DocumentLine[] {
  const row = /^\s*\|(.*)\|\s*$/.exec(`${line.runs[0]?.text}`)?.[1]
  if (row && /^[\s|:-]+$/.test(row)) return []
  const cells = row?.split('|').map((cell) => cell.trim())
  const written = cells?.filter(Boolean).join(cells.includes('') ? ' | ' : '\t') ?? `${line.runs[0]?.text}`
  const [, indent = '', signs = '', text = ''] = /^(\s*)(#{1,6}\s+|>\s?)?(.*)$/.exec(written) ?? []
  const isHeading = signs.startsWith('#')
  const shown = isHeading ? text.replace(/\s#{1,6}\s{0,9}$/, '') : text
  const parts = shown.split(/~~([^~]{1,500})~~/)
  const paintingAt = (index: number) => (index % 2 === 1 ? paintings.struck : null)
  const runs: Run[] = parts.map((part, index) => ({ text: inline(part), painting: paintingAt(index) }))
  const mark = isHeading ? 'heading' : row ? 'item' : line.mark
  return [{ ...line, runs: [{ text: indent, painting: null }, ...runs], mark }]
}

const inline = (text: string): string =>
  text
    .replace(/(?<!\\)(\*\*|__)(?=\S)([^*_]{1,500})(?<=\S)\1/g, '$2')
    .replace(/(?<![\\\p{L}\p{N}*_])([*_])(?=\S)([^*_]{1,500})(?<=\S)\1(?![\p{L}\p{N}*_])/gu, '$2')
    .replace(/(?<!\\)`([^`]{1,500})`/g, '$1')
    .replace(/<(https?:\/\/[^\s<>]{1,2000})>/g, '$1')
    .replace(/(?<!\\)\[([^[\]]{1,500})\]\((https?:\/\/[^\s()]{1,2000})\)/g, (_, shown: string, url: string) =>
      shown === url ? url : `${shown} (${url})`,
    )
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
