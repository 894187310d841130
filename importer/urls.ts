import { type Line, lineOf } from './document-line.ts'
import { adapt, doubt, type Report } from './report.ts'

const lastWord = /(?:^|[\s(<])((?:https?:\/\/|www\.)\S{1,2000})$/i

/** The lines with complete URLs: one that is broken at the end of a line is joined with the next. */
export function withWholeUrls(lines: Line[], report: Report): Line[] {
  const whole: Line[] = []
  for (const line of lines) {
    const before = whole.at(-1)
    const [url = ''] = (before && lastWord.exec(before.text)?.slice(1)) ?? []
    const [, rest = '', more = ''] = /^(\S+)\s*(.*)$/.exec(line.text) ?? []
    if (before === undefined || line.mark !== null || !isCut(url, rest, before)) {
      whole.push(line)
      continue
    }
    before.text += rest
    before.extent = more === '' ? line.extent : before.extent
    adapt(report, before, `a URL on two lines read as one: ${url}${rest}`)
    if (more !== '') whole.push({ ...line, text: more })
  }
  return whole
}

/**
 * True if a URL at the end of a line continues with a word: the break is at a sign, or the word is not an ordinary
 * word.
 */
function isCut(url: string, rest: string, { full }: Line): boolean {
  // A new URL, a bullet or a list number, or a sign that no URL contains.
  const isOther = /^(?:https?:\/\/|www\.)/i.test(rest) || /^(?:[\p{P}\p{S}]+|\(?\w{1,3}[.)])$/u.test(rest)
  if (url === '' || rest === '' || isOther || /^[^\p{L}\p{N}/?&=#%_.~-]/u.test(rest)) return false
  if (/[/?&=#%_~-]$/.test(url) || /^[/?&=#%_.]/.test(rest)) return true
  const isWord = /^\p{L}+(?:\/\p{L}+)*[.,;:)]*$/u.test(rest)
  return !isWord && (/[/?&=#%_]/.test(rest) || (full === true && /\d/.test(rest)))
}

/** Puts the URL of the session first if it is only the target of a link. Several different ones are only reported. */
export function withLinkTarget(lines: Line[], targets: string[], report: Report): Line[] {
  const [target, ...more] = new Set(targets.filter((url) => sessionUrl(url)))
  if (target === undefined || lines.some(({ text }) => sessionUrl(text))) return lines
  const link = { location: 'link' }
  if (more.length > 0) {
    const all = [target, ...more].join(', ')
    doubt(report, link, `links to several sessions (${all}): none was taken, check which is right`)
    return lines
  }
  doubt(report, link, `the URL of the session was taken from a link: ${target}: check it`)
  return [lineOf('link', target), lineOf('link', ''), ...lines]
}

const sessionPattern =
  /(?<![\p{L}\p{M}\p{N}])(?:https?:\/\/)?(?:www\.)?itu\.int(?::\d+)?\/[^\s]{0,40}?forum\/(\d{4})(?:\/[a-z]{2})?(?:\/Pages)?\/Agenda\/(?:View)?Session\/0*(\d+)(?!\d)[^\s<>"”»)]*/iu

/** The first session URL in a text, in any pattern of ITU's site, and the id of the session; null if there is none. */
export function sessionUrl(text: string): { url: string; id: string } | null {
  const [printed, year, number] = sessionPattern.exec(text) ?? []
  if (printed === undefined) return null
  return { url: printed.replace(/[.,;:]+$/, ''), id: `${year}-${number}` }
}
