import { isHeaderField } from './header.ts'
import { headingKind } from './heading.ts'
import { type Line, leaveOut, type Report } from './line.ts'
import { isNotApplicable, startsWithMarker } from './marker.ts'

const pageNumber = /^\d{1,3}(?:\s*(?:\/|of)\s*\d{1,3})?$/
const plainPageNumber = /^(?:[-–—]\s*\d{1,3}\s*[-–—]|page\s+\d{1,3}(?:\s*(?:\/|of)\s*\d{1,3})?)$/i
const rule = /^[-_=*~–—.\s]{3,}$/

/**
 * The lines without page numbers, ruled lines and what is repeated at the head or foot of the pages.
 * All of it is named in the report. A bare number is a page number only beside a page break or within a sentence.
 */
export function withoutFurniture(lines: Line[], report: Report): Line[] {
  const pages = pagesOf(lines)
  const repeated = repeatedLines(pages)
  return pages.flatMap((page, number) => {
    const edges = new Set([...edge(page), ...edge(page.toReversed())])
    return page.map((line, index) => {
      // The first page may begin with the very title that the others repeat.
      const isHeader = number === 0 && isHeaderField(line.text)
      const reason = isHeader ? null : furniture(page, index, edges.has(line) && pages.length > 1, repeated)
      if (reason === null) {
        if (pageNumber.test(line.text)) {
          const text = `only a number: "${line.text}": check whether it is a page number`
          report.unsure.push({ place: line.place, text })
        }
        return line
      }
      leaveOut(report, line, line.text, reason)
      return { ...line, text: '', mark: line === page[0] && number > 0 ? ('page' as const) : null }
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

/** Whether a line, after a blank one, parts a text that does not end from one that does not begin. */
function cutsSentence(page: Line[], index: number): boolean {
  const before = page.slice(0, index).findLast(({ text }) => text !== '')
  const after = page.slice(index + 1).find(({ text }) => text !== '')
  if (page[index - 1]?.text !== '' || before === undefined || after === undefined) return false
  return /[^.!?:;…]$/.test(before.text) && /^\p{Ll}/u.test(after.text)
}

/** A page ends at a page mark, or, in a text that lost its form feeds, at three blank lines or more. */
function pagesOf(lines: Line[]): Line[][] {
  let page: Line[] = []
  const pages = [page]
  let blanks = 0
  for (const line of lines) {
    const begins = line.mark === 'page' || (blanks >= 3 && line.text !== '')
    if (begins) {
      page = []
      pages.push(page)
    }
    page.push(begins ? { ...line, mark: 'page' } : line)
    blanks = line.text === '' ? blanks + 1 : 0
  }
  return pages
}

/** The first two lines of a page that are not blank. */
const edge = (page: Line[]) => page.filter(({ text }) => text !== '').slice(0, 2)

// Without the page number that a head or foot may begin or end with.
const shape = (text: string) => text.replace(/^\d{1,3}\b|\b\d{1,3}$|\bpage \d+/gi, '')

function repeatedLines(pages: Line[][]): Set<string> {
  const seen = new Map<string, number>()
  for (const page of pages) {
    const lines = new Set([...edge(page), ...edge(page.toReversed())].map(({ text }) => shape(text)))
    for (const text of lines) seen.set(text, (seen.get(text) ?? 0) + 1)
  }
  const enough = Math.max(2, (pages.length - 1) / 2)
  const isContent = (text: string) =>
    startsWithMarker(text) || isNotApplicable(text) || headingKind(text) !== null || text.length > 150
  return new Set([...seen].filter(([text, count]) => count >= enough && !isContent(text)).map(([text]) => text))
}
