import { dashes } from '../src/characters.ts'
import type { Line } from './document-line.ts'
import { isHeaderField } from './header.ts'
import { headingKind } from './heading.ts'
import { isItem, isNotApplicable } from './marker.ts'
import { doubt, omit, type Report } from './report.ts'

const pageNumber = /^\d{1,3}(?:\s*(?:\/|of)\s*\d{1,3})?$/
const dash = `[${dashes}]`
const plainPageNumber = new RegExp(
  `^(?:${dash}\\s*\\d{1,3}\\s*${dash}|page\\s+\\d{1,3}(?:\\s*(?:/|of)\\s*\\d{1,3})?)$`,
  'i',
)
const rule = new RegExp(`^[_=*~.\\s${dashes}]{3,}$`)
// Text that a browser prints at the head and foot of pages: a date and perhaps the title, a URL, "page 1 of 5".
const printed =
  /^(?:\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s+\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:\s?[ap]\.?m\.?)?(?:\s+\p{L}.*)?|(?:(?:https?:|file:|about:)\S+\s+)?\d{1,3}\s?\/\s?\d{1,3})$/iu
const path =
  /(?:file:\/\/|(?<![\p{L}\p{N}])[a-z]:[\\/]|\\\\(?=\w)|(?<![^\s(])\/(?:home|users|tmp|var|mnt)\/)(?:[^\\/:*?"<>|]+[\\/])*(?:[^\\/:*?"<>|]*?\.\w{2,4}\b|\S*)/giu

/**
 * The lines without page numbers, ruled lines, repeated headers and footers, and local file paths. Reports all of them.
 * A bare number is a page number only beside a page break or within a sentence.
 */
export function withoutFurniture(lines: Line[], report: Report): Line[] {
  const pages = pagesOf(lines)
  const repeated = repeatedLines(pages)
  return pages.flatMap((page, number) => {
    const edges = new Set([...edge(page), ...edge(page.toReversed())])
    return page.map((line, index) => {
      // A line with a note or a speaker is content.
      if (line.notes.length > 0 || line.speaker !== null) return line
      const mark = line === page[0] && number > 0 ? ('page' as const) : null
      const cut = (words: string, reason: string) => {
        omit(report, line, words, reason)
        return ''
      }
      // The first page may begin with the title that the others repeat.
      const isHeader = number === 0 && isHeaderField(line.text)
      const reason = edges.has(line) && printed.test(line.text) ? 'printed by a browser' : null
      const other = reason ?? (isHeader ? null : furniture(page, index, edges.has(line) && pages.length > 1, repeated))
      if (other !== null) return { ...line, text: cut(line.text, other), mark }
      if (pageNumber.test(line.text)) {
        doubt(report, line, `only a number: "${line.text}": check whether it is a page number`)
      }
      const text = line.text.replace(path, (found) => cut(found, "a path on somebody's disk"))
      return { ...line, text: text.replace(/\s+/g, ' ').trim() }
    })
  })
}

function furniture(page: Line[], index: number, atEdge: boolean, repeated: Set<string>): string | null {
  const text = `${page[index]?.text}`
  if (rule.test(text)) return 'ruled line'
  if (plainPageNumber.test(text)) return 'page number'
  if (pageNumber.test(text) && (atEdge || cutsSentence(page, index))) return 'page number'
  return atEdge && repeated.has(shape(text)) ? 'repeated at the head or foot of the pages' : null
}

/** True if a line, after an empty one, separates an unfinished text from its continuation. */
function cutsSentence(page: Line[], index: number): boolean {
  const before = page.slice(0, index).findLast(({ text }) => text !== '')
  const after = page.slice(index + 1).find(({ text }) => text !== '')
  if (page[index - 1]?.text !== '' || before === undefined || after === undefined) return false
  return /[^.!?:;…]$/.test(before.text) && /^\p{Ll}/u.test(after.text)
}

/** A page ends at a page mark or, in a text without form feeds, at three or more empty lines. */
function pagesOf(lines: Line[]): Line[][] {
  const pages: Line[][] = [[]]
  let empty = 0
  for (const line of lines) {
    const begins = line.mark === 'page' || (empty >= 3 && line.text !== '')
    if (begins) pages.push([])
    pages.at(-1)?.push(begins ? { ...line, mark: line.mark ?? 'page' } : line)
    empty = line.text === '' && !begins ? empty + 1 : 0
  }
  return pages
}

/** The first two lines of a page that are not empty. */
const edge = (page: Line[]) => page.filter(({ text }) => text !== '').slice(0, 2)

// Without the page number at the start or end of a header or footer.
const shape = (text: string) => text.replace(/^\d{1,3}\b|\b\d{1,3}$|\bpage \d+/gi, '')

function repeatedLines(pages: Line[][]): Set<string> {
  const seen = new Map<string, number>()
  for (const page of pages) {
    const lines = [...edge(page), ...edge(page.toReversed())].filter((line) => !isContent(line))
    for (const text of new Set(lines.map(({ text }) => shape(text)))) seen.set(text, (seen.get(text) ?? 0) + 1)
  }
  const enough = Math.max(2, (pages.length - 1) / 2)
  return new Set([...seen].filter(([, count]) => count >= enough).map(([text]) => text))
}

const isContent = (line: Line) =>
  isItem(line) || isNotApplicable(line.text) || headingKind(line.text) !== null || line.text.length > 150
