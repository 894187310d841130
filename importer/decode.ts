import { invisible } from '../src/characters.ts'
import { doubt, type Line, lineOf, Refusal, type Report } from './document-line.ts'
import { markFull } from './wrap.ts'

const windows1252 = new TextDecoder('windows-1252')
const byteOf = new Map(Array.from({ length: 256 }, (_, byte) => [windows1252.decode(Uint8Array.of(byte)), byte]))

/** The text of a .txt file, by its byte order mark or else by what is valid. Throws Refusal for binary content. */
export function decodeText(bytes: Uint8Array, report: Report): string {
  const zeros = [0, 1].map((parity) => bytes.filter((byte, index) => byte === 0 && index % 2 === parity).length)
  const [even = 0, odd = 0] = zeros
  const mark = `${bytes[0]} ${bytes[1]}`
  if (mark === '255 254' || (odd > bytes.length / 4 && even === 0)) return new TextDecoder('utf-16le').decode(bytes)
  if (mark === '254 255' || (even > bytes.length / 4 && odd === 0)) return new TextDecoder('utf-16be').decode(bytes)
  if (even + odd > 0) throw new Refusal('binary content, not a text: open it and save it as .txt, .docx or .pdf')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const text = 'not UTF-8, read as Windows-1252: check accents, quotation marks and dashes'
    doubt(report, { place: '1' }, text)
    return windows1252.decode(bytes)
  }
}

/** The lines of a text. A form feed begins a page. */
export const linesOf = (text: string): Line[] =>
  text
    .split(/\r\n|[\n\r\v\u0085\u2028\u2029]/)
    .flatMap((row, index) =>
      row.split('\f').map((part, page) => lineOf(`${index + 1}`, part, { mark: page > 0 ? 'page' : null })),
    )

/** Decides once for a text whether it is hard-wrapped, and reports it if that makes a difference. */
export function unwrap(lines: Line[], report: Report): void {
  const width = markFull(
    lines.map((line) => ({
      line,
      end: line.indent + line.text.length,
      first: line.text.split(' ', 1).join().length + 1,
    })),
    120,
  )
  const isTogether = lines.some(({ text }, index) => text !== '' && lines[index + 1]?.text)
  const text = `read as ${width === null ? 'one paragraph a line' : `hard-wrapped at ${width} characters`}`
  if (isTogether) report.told.push({ place: '1', text, words: '' })
}

/** The same line as `clean` writes its words, with its indent. */
export function cleanLine(line: Line, report: Report): Line {
  const indent = line.indent + line.text.replaceAll('\t', '    ').search(/\S|$/)
  const texts = [line.text, line.speaker ?? '', ...line.notes].map((text) => clean(text, line, report))
  const [text = '', speaker, ...notes] = texts
  return { ...line, text, indent, speaker: speaker || null, notes }
}

// What looks right to no reader, or only to one with the same font: private use, control characters, letters as shapes.
const unreadable = /[\p{Co}\p{Cn}\p{Cc}\ufffd\ufb1d-\ufdff\ufe70-\ufeff\u{1d400}-\u{1d7ff}]/u

/**
 * A text in composed letters with one kind of space and of hyphen, without invisible characters, and with the usual
 * mojibake repaired (UTF-8 that was once read as Windows-1252: "Ã©" for "é"). Reports every repair.
 */
function clean(line: string, place: Line, report: Report): string {
  const text = line
    .toWellFormed()
    .replace(/([\u00c2-\u00c5].|[\u00e0-\u00ef]..)/gsu, (found, _group, at: number, whole: string) => {
      const repaired = repair(found)
      // "IRMÃ»" is a Portuguese word and a closing quotation mark.
      if (repaired === null || /\p{Lu}/u.test(whole.slice(0, at).slice(-1))) return found
      doubt(report, place, `mojibake "${found}" repaired to "${repaired}": check the word`)
      return repaired
    })
    // Only now: a soft hyphen and a no-break space may be half of a mojibake.
    .normalize('NFC')
    .replace(/\u00ad\s*$|[\u2010\u2011]/gu, '-')
    // Joiners within a word change how it looks.
    .replace(invisible, (found, at: number, whole: string) =>
      /[\u200c\u200d]/.test(found) && /\p{L}.\p{L}/u.test(whole.slice(at - 1, at + 2)) ? found : '',
    )
    // Word writes its second bullet, a small circle, as the letter before a tab.
    .replace(/^(\s*)o(?:\t|\s{3,})(?=\S)/u, '$1◦ ')
    .replace(/\s+/gu, ' ')
    .trim()
  // The first character may be a bullet of a symbol font.
  const odd = unreadable.exec(text.replace(/^\p{Co}/u, ''))?.[0]
  if (odd !== undefined) {
    const code = odd.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')
    doubt(
      report,
      place,
      `a character could not be read (U+${code}) in "${text.slice(0, 60)}": check against the document`,
    )
  }
  const gap =
    /\[[^\]\d]*(?:insert|name|title|date|add|fill|to be)[^\]]*\]|click (?:or tap )?here|\bTB[ACD]\b|\bX{3,}\b|lorem ipsum/i
  const unfilled = gap.exec(text)?.[0]
  if (unfilled !== undefined) doubt(report, place, `"${unfilled}" looks like a placeholder never filled: check it`)
  return text
}

function repair(found: string): string | null {
  const bytes = [...found].map((character) => byteOf.get(character) ?? 0)
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes))
    return /^[\u00a0-\u017f\u2000-\u2bff\ufb00-\ufb06]$/u.test(text) ? text : null
  } catch {
    return null
  }
}
