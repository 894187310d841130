import { type Line, Refusal, type Report } from './line.ts'

const windows1252 = new TextDecoder('windows-1252')
const byteOf = new Map(Array.from({ length: 256 }, (_, byte) => [windows1252.decode(Uint8Array.of(byte)), byte]))

/** The text of a .txt file, by its byte order mark or else by what is valid. Throws Refusal for binary content. */
export function decodeText(bytes: Uint8Array, report: Report): string {
  let even = 0
  let odd = 0
  bytes.forEach((byte, index) => {
    if (byte === 0 && index % 2 === 0) even++
    else if (byte === 0) odd++
  })
  const said = (encoding: string, text: string) => {
    report.unsure.push({
      place: '1',
      text: `not UTF-8, read as ${encoding}: check accents, quotation marks and dashes`,
    })
    return text
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return said('UTF-16LE', new TextDecoder('utf-16le').decode(bytes))
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return said('UTF-16BE', new TextDecoder('utf-16be').decode(bytes))
  if (odd > bytes.length / 4 && even === 0) return said('UTF-16LE', new TextDecoder('utf-16le').decode(bytes))
  if (even > bytes.length / 4 && odd === 0) return said('UTF-16BE', new TextDecoder('utf-16be').decode(bytes))
  if (even + odd > 0) throw new Refusal('binary content, not a text: open it and save it as .txt, .docx or .pdf')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return said('Windows-1252', windows1252.decode(bytes))
  }
}

/** The lines of a text. A form feed begins a page. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = []
  text.split(/\r\n|[\n\r\v\u0085\u2028\u2029]/).forEach((row, index) => {
    row.split('\f').forEach((part, page) => {
      lines.push({ place: `${index + 1}`, text: part, mark: page > 0 ? 'page' : null })
    })
  })
  return lines
}

/**
 * The same line with one kind of blank, without invisible signs, and with the usual mojibake repaired
 * (UTF-8 that was once read as Windows-1252: "Ã©" for "é"). Every repair is reported.
 */
export function cleanLine(line: Line, report: Report): Line {
  const text = line.text
    .toWellFormed()
    .replace(/([\u00c2-\u00c5].|[\u00e0-\u00ef]..)/gsu, (found, _group, at: number, whole: string) => {
      const repaired = repair(found)
      // "IRMÃ»" is a Portuguese word and a closing quotation mark.
      if (repaired === null || /\p{Lu}/u.test(whole.slice(0, at).slice(-1))) return found
      report.unsure.push({
        place: line.place,
        text: `mojibake "${found}" repaired to "${repaired}": check the word`,
      })
      return repaired
    })
    // Only now: a soft hyphen and a no-break blank may be half of a mojibake.
    .replace(/\u00ad\s*$/u, '-')
    .replace(/[\u00ad\u200b\u2060\ufeff]/gu, '')
    // Word writes its second bullet, a small circle, as the letter before a tab.
    .replace(/^(\s*)o(?:\t|\s{3,})(?=\S)/u, '$1◦ ')
    .replace(/\s+/gu, ' ')
    .trim()
  if (/[\ufffd\ue000-\uf8ff]/u.test(text.slice(1))) {
    report.unsure.push({ place: line.place, text: 'a sign could not be read: check against the document' })
  }
  return { ...line, text }
}

function repair(found: string): string | null {
  const bytes = [...found].map((sign) => byteOf.get(sign) ?? 0)
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes))
    return /^[\u00a0-\u017f\u2000-\u2bff\ufb00-\ufb06]$/u.test(text) ? text : null
  } catch {
    return null
  }
}
