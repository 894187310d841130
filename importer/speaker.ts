import { dashes } from '../src/characters.ts'
import type { Speaker } from '../src/seed/outcome-documents.ts'

/** A quotation: the words, the speaker, the marks between them, and doubts to check. */
interface Quotation {
  text: string
  speaker: Speaker | null
  marks: string
  doubt: string | null
}

const honorific =
  /^(?:H\.? ?E\.?|His Excellency|Her Excellency|Excellency|Mr|Ms|Mrs|Miss|Dr|Prof|Professor|Amb|Ambassador|Sir|Dame|Eng|Ing|Sheikh|Hon|Minister)\b\.?/u
const dash = new RegExp(`[${dashes}]`)
// Marks between a quotation and its speaker.
const leadIn = new RegExp(`^(?:[\\s,.${dashes}]|by(?= ))*`)
const suffix = /^(?:Jr|Sr|PhD|Ph\.D|MD|M\.D|MP|MEP|CBE|OBE|Esq|II|III)\.?$/i

/** True if a text begins with an honorific. */
export const beginsWithHonorific = (text: string): boolean => honorific.test(text)

/**
 * Splits "name, role, affiliation" as printed; null if the text cannot be a speaker. A name consists of capitalized
 * words; one word is enough only with an honorific or a dash before it (`marked`).
 */
export function readSpeaker(
  text: string,
  marked: boolean,
): { speaker: Speaker; marks: string; doubt: string | null } | null {
  if (text.length > 300 || /["“”„«»]/.test(text)) return null
  const parts = text.split(/,\s*/)
  while (suffix.test(`${parts[1]}`)) parts.splice(0, 2, `${parts[0]}, ${parts[1]}`)
  const [name = '', role = null, ...rest] = parts
  const words = name.split(' ')
  const isName = words.every((word) =>
    /^[\p{Lu}\p{Lo}(]|^(?:al|bin|da|de|del|der|di|dos|du|el|la|le|ten|van|von|y)$|^d'/u.test(word),
  )
  const isPerson = marked || honorific.test(name)
  if (!isName || parts.includes('') || words.length > 9) return null
  if (!isPerson && (parts.length === 1 || words.length === 1)) return null
  const lacks = role === null ? 'role' : 'affiliation'
  const unsplit = parts.length > 2 ? null : `the speaker "${text}" has no ${lacks}: check how it was split`
  const doubt = isPerson ? unsplit : `the speaker "${name}" has no honorific: check that it is a person`
  const affiliation = rest.length > 0 ? rest.join(', ') : null
  return { speaker: { name, role, affiliation }, marks: ','.repeat(Math.min(parts.length - 1, 2)), doubt }
}

const closes: Record<string, string> = { '"': '"', '“': '”', '„': '“”', '«': '»' }

const closingOf = (text: string) => closes[text.slice(0, 1)]

/** True if a text begins with an opening quotation mark. */
export const beginsWithQuotation = (text: string): boolean => closingOf(text) !== undefined

/**
 * A quotation with the speaker after it, or before it with a colon; null for other texts. Only the outer quotation
 * marks are removed. `marks` is everything removed: quotation marks, dash, brackets, commas, colon.
 */
export function readQuotation(text: string): Quotation | null {
  const closing = closingOf(text)
  if (closing === undefined) return readIntroduced(text)
  const end = closingMark(text, closing)
  const last = text.search(/["”“»][^"”“»]*$/)
  const balanced = end === null ? null : quotationEndingAt(text, end)
  if (balanced !== null || last < 1 || last === end) return balanced
  const guessed = quotationEndingAt(text, last)
  return guessed && { ...guessed, doubt: 'the quotation marks do not pair up: check where the quotation ends' }
}

// "Ms Ana EXAMPLE, Head of Lamps: “…”"; a verb may come before the colon.
const introduced = /^([^:"“”„«»]{3,300}?)(\s?[:：]\s*|,?\s+(?:said|says)\s?[:,]\s*)(["“„«].*)$/u

/** A quotation after the name of its speaker. */
function readIntroduced(text: string): Quotation | null {
  const [, name = '', colon = '', rest = ''] = introduced.exec(text) ?? []
  const quotation = rest === '' ? null : readQuotation(rest)
  const found = quotation?.speaker === null ? readSpeaker(name, false) : null
  return (
    quotation && found && { ...quotation, ...found, text: quotation.text, marks: quotation.marks + colon + found.marks }
  )
}

// "Ms Ana EXAMPLE, Head of Lamps: …", "Ana EXAMPLE – “…”".
const named = /^([^:："“”„«»]{2,300}?)(?:\s?[:：]|\s[–—-](?=\s))\s*(.*)$/u

/**
 * The person who may be the speaker of a text, because it begins with their name and a colon or dash; null for other
 * texts.
 */
export function possibleSpeaker(text: string): string | null {
  const [, name = '', said = ''] = named.exec(text) ?? []
  const isPerson = honorific.test(name) || beginsWithQuotation(said)
  return isPerson && readSpeaker(name, true) ? name : null
}

/** True if the quotation at the start of a text is unclosed at its end. */
export function isOpenQuotation(text: string): boolean {
  const own = closingOf(text) ? text : `${introduced.exec(text)?.[3] ?? ''}`
  const closing = closingOf(own)
  return closing !== undefined && closingMark(own, closing) === null
}

/**
 * The index of the closing mark of the quotation at the start of a text, with nested quotations counted; null if
 * unclosed.
 */
function closingMark(text: string, closing: string): number | null {
  let depth = 0
  for (const { 0: sign, index } of text.matchAll(/["“”„«»]/g)) {
    const opensStraight = /(?:^|[\s([])"\S/.test(text.slice(Math.max(index - 1, 0), index + 2))
    if (sign === '"' ? opensStraight : sign === text[0]) depth++
    else if (closing.includes(sign)) depth--
    if (depth === 0) return index
  }
  return null
}

function quotationEndingAt(text: string, end: number): Quotation | null {
  const quoted = text.slice(1, end).trim()
  const tail = text.slice(end + 1).trim()
  const outer = `${text[0]} ${text[end]}`
  if (quoted === '') return null
  if (/^[.,;!?…]?$/.test(tail)) return { text: `${quoted}${tail}`, speaker: null, marks: outer, doubt: null }
  const named = tail.replace(leadIn, '')
  const lead = tail.slice(0, tail.length - named.length)
  const person = /^\([^()]*\)$/.test(named) ? named.slice(1, -1) : named
  const found = readSpeaker(person, dash.test(lead))
  if (found === null) return null
  const brackets = person === named ? '' : '()'
  return { ...found, text: quoted, marks: outer + lead + brackets + found.marks }
}
