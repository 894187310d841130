import { DOMParser } from '@xmldom/xmldom'
import { invisible } from '../src/characters.ts'
import type { Line } from './document-line.ts'
import { adapt, doubt, type Report } from './report.ts'

/** The line with its words cleaned, and its indent. */
export function cleanLine(line: Line, report: Report): Line {
  const indent = line.indent + line.text.replaceAll('\t', '    ').search(/\S|$/)
  const texts = [line.text, line.speaker ?? '', ...line.notes].map((text) => clean(text, line, report))
  const [text = '', speaker, ...notes] = texts
  return { ...line, text, indent, speaker: speaker || null, notes }
}

/**
 * The text in composed letters, with one kind of space and hyphen, without invisible characters, and with common damage
 * repaired: mojibake, HTML entities, Safe Links. Reports each repair and anything that looks unfinished.
 */
function clean(text: string, line: Line, report: Report): string {
  const repairs = [withoutMojibake, withoutEntities, withoutWrappers]
  const repaired = repairs.reduce((read, repair) => repair(read, line, report), text.toWellFormed())
  const plain = repaired
    .normalize('NFC')
    .replace(/[-\u2010\u2011]?\u00ad(?=\s{0,9}$)|[\u2010\u2011]/gu, '-')
    // Joiners within a word or an emoji affect its appearance.
    .replace(invisible, (found, at: number, whole: string) =>
      /[\u200c\u200d]/.test(found) && joined.test(whole.slice(Math.max(at - 2, 0), at + 3)) ? found : '',
    )
    // Word writes its second bullet, a small circle, as the letter before a tab.
    .replace(/^(\s{0,99})o(?:\t|\s{3,99})(?=\S)/u, '$1◦ ')
    .replace(
      /^(\s{0,99})([\uf06f\uf071\uf0a8\uf0fb-\uf0fe])\s?/u,
      (_, indent: string, sign: string) => `${indent}${symbolBoxes[sign]} `,
    )
    .replace(/\s+/gu, ' ')
    .trim()
  reportDoubts(plain, line, report)
  return plain
}

const joined = /\p{L}[\u200c\u200d]\p{L}|\p{Emoji}\ufe0f?\u200d\p{Emoji}/u
/** The boxes and ticks that Word takes from the Wingdings font. */
export const symbolBoxes: Record<string, string> = {
  ...{ '\uf06f': '☐', '\uf071': '☐', '\uf0a8': '☐', '\uf0fb': '✗', '\uf0fc': '✓', '\uf0fd': '☒', '\uf0fe': '☑' },
}

const windows1252 = new TextDecoder('windows-1252')
const byteOf = new Map(Array.from({ length: 256 }, (_, byte) => [windows1252.decode(Uint8Array.of(byte)), byte]))

/** Repairs UTF-8 that was read as Windows-1252: "Ã©" for "é". */
const withoutMojibake = (text: string, line: Line, report: Report): string =>
  text.replace(/[\u00c2-\u00c5].|[\u00e0-\u00ef]../gsu, (found, at: number, whole: string) => {
    const repaired = decoded(found)
    // "IRMÃ»" is a Portuguese word and a closing quotation mark.
    if (repaired === null || /\p{Lu}/u.test(whole.slice(Math.max(at - 1, 0), at))) return found
    doubt(report, line, `mojibake "${found}" repaired to "${repaired}": check the word`)
    return repaired
  })

function decoded(found: string): string | null {
  const bytes = [...found].map((character) => byteOf.get(character) ?? 0)
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes))
    return /^[\u00a0-\u017f\u2000-\u2bff\ufb00-\ufb06]$/u.test(text) ? text : null
  } catch {
    return null
  }
}

/** Decodes entities left over from a web page: "&amp;". */
function withoutEntities(text: string, line: Line, report: Report): string {
  return text.replace(/&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});/gi, (entity) => {
    const page = new DOMParser({ onError: () => undefined }).parseFromString(`<p>${entity}</p>`, 'text/html')
    const character = `${page.documentElement?.textContent}`
    if (character === entity || character === '' || /\p{Cc}/u.test(character)) return entity
    adapt(report, line, `the HTML entity ${entity} read as "${character.replace(/\s/u, ' ')}"`)
    return character
  })
}

const safeLink = /https?:\/\/[a-z\d.-]{1,100}\.safelinks\.protection\.outlook\.com\/[^\s<>"”»)]*/gi

/** The URL in a Safe Link, as which Outlook wraps the links of a mail. */
export function unwrappedLink(link: string): string | null {
  const inner = URL.canParse(link) ? new URL(link).searchParams.get('url') : null
  return inner !== null && /^https?:\/\/[^\s"<>]+$/i.test(inner) ? inner : null
}

const withoutWrappers = (text: string, line: Line, report: Report): string =>
  text.replace(safeLink, (link) => {
    const inner = unwrappedLink(link)
    if (inner === null) return link
    adapt(report, line, `an Outlook Safe Link replaced by the URL inside it: ${inner}`)
    return inner
  })

// Characters that no reader sees correctly, or only with the same font: private use, control characters, letters used
// as shapes.
const unreadable = /[\p{Co}\p{Cn}\p{Cc}\ufffd\ufb1d-\ufdff\ufe70-\ufeff\u{1d400}-\u{1d7ff}]/u
const unfilled =
  /\[[^[\]\d]{0,60}?(?:insert|name|title|date|add|fill|to be)[^[\]]{0,60}\]|click (?:or tap )?here|\bTB[ACD]\b|\bX{3,}\b|lorem ipsum/i

function reportDoubts(text: string, line: Line, report: Report): void {
  // The first character may be a bullet of a symbol font.
  const odd = unreadable.exec(text.replace(/^\p{Co}/u, ''))?.[0]
  if (odd !== undefined) {
    const code = odd.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')
    const where = `(U+${code}) in "${text.slice(0, 60)}"`
    doubt(report, line, `a character could not be read ${where}: check against the document`)
  }
  const gap = unfilled.exec(text)?.[0]
  if (gap !== undefined) doubt(report, line, `"${gap}" looks like a placeholder never filled: check it`)
}
