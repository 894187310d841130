import { doubt, type Line, lineOf, type Report } from './document-line.ts'
import { sessionUrl } from './session-url.ts'

/** What a .docx or .pdf gives: its lines, and what else there is to tell. */
export type Extract = { lines: Line[]; report: Report }

/** Puts the session's address first when it is only behind a link. Several different ones are only reported. */
export function withLinkTargets(targets: string[], { lines, report }: Extract): Extract {
  const [target, ...more] = new Set(targets.filter((url) => sessionUrl(url)))
  if (target === undefined || lines.some(({ text }) => sessionUrl(text))) return { lines, report }
  const place = { place: 'link' }
  if (more.length > 0) {
    doubt(
      report,
      place,
      `links to several sessions (${[target, ...more].join(', ')}): none was taken, check which is right`,
    )
    return { lines, report }
  }
  doubt(report, place, `the address of the session was taken from a link: ${target}: check it`)
  return { lines: [lineOf('link', target), lineOf('link', ''), ...lines], report }
}
