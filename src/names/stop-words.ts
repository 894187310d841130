// Words around and between names, in the six languages of the UN and in German.

import { dashes, fold } from '../characters.ts'
import { roles } from '../vocabulary.ts'

const setOf = (words: string) => new Set(words.split(' ').map(fold))

/** A pattern for any of these words as a whole word. Chinese words need no spaces around them. */
const anyOf = (words: string): string => {
  const [han, spaced] = [[] as string[], [] as string[]]
  for (const word of words.split(' ')) (/\p{Script=Han}/u.test(word) ? han : spaced).push(word)
  return [...han, String.raw`(?<![\p{L}\p{N}])(?:${spaced.join('|')})(?![\p{L}\p{N}])`].join('|')
}

const and = 'and et y и و 和 及 以及 与 與 und'
const or = 'or ou o u или أو 或 或者 oder'
const to = 'to through until до по hasta إلى 至 到 bis'
const not = String.raw`no not non nor except exclud\p{L}* without n/a pas sauf sans hors exclu\p{L}* ni sin salvo excepto не нет кроме без исключ\p{L}* ليس لا غير باستثناء بدون 不 非 无 無 除 没 nicht kein\p{L}* ohne außer`

/** Words that may surround a name without changing it; "action" and "line" only together. */
const fillers = 'wsis smsi cmsi actionline actionlines al als logo https http www isni ror wikidata'
export const articles = setOf('the l la le les el los las der die das')
export const joiners = setOf(`${and} ${or}`)
const passedBy = new Set([...setOf(`${fillers} ${to}`), ...articles, ...joiners])

/** A pattern for "and" between two names. */
export const andPattern = anyOf(and)
/** "Or" and "not", and signs that mean the same. */
export const choice = new RegExp(`${anyOf(`${or} other instead`)}|[☐☑☒✓✔✅?？؟]`, 'iu')
export const negation = new RegExp(`${anyOf(not)}|[✗✘❌❎!！≠¬]`, 'iu')
/** Between the ends of a range of codes. */
export const ranging = new RegExp(String.raw`[${dashes}~〜→>:]|\.\.|${anyOf(to)}`, 'iu')

/** Chinese words between two names. Each is a token, although no space separates it. */
export const hanJoiner = [...`${and} ${or}`.matchAll(/\p{Script=Han}+/gu)]
  .map(([word]) => word)
  .sort((one, other) => other.length - one.length)
  .join('|')

/** Words that announce a code later in the text. */
const markers = setOf('alfm wsis action accion orientation meeting')
/** Words after which a code is that of a place or page. */
export const places = setOf('annex annexe appendix building floor hall level page room sala salle table')
/** Words after which a name can begin. */
export const openers = setOf('by with organizer organizers facilitator facilitators coordinator')
/** Acronyms that are also words or names: only in capitals do they mean the agency. */
export const ordinary = setOf('who pam desa')
/** Between "Action Line" and its number. */
export const numberWords = setOf('no nr n num number numero')

/**
 * A role as worded in documents: `lead facilitator`, `co-facilitators`. "Contact" is excluded, because it occurs in
 * many other texts.
 */
const role = (names: readonly string[]) =>
  String.raw`(?:(?:co|lead|main|sole|interim|provisional|possible)[\s${dashes}]*)*(?:${names.join('|').replaceAll('-', '[\\s-]?')}|moderator|lead)s?`
const rolesOf = (role: string) => String.raw`${role}(?:\s*(?:[/&,]|and|or)\s*${role})*`
/** A pattern for a sequence of roles: only those that may stand beside a name without changing it. */
export const rolePattern = rolesOf(role(roles.filter((one) => one !== 'contact')))
const onlyRoles = new RegExp(`^${rolesOf(role(roles))}$`, 'iu')
/** True if a text consists of roles alone. */
export const isRole = (text: string): boolean => onlyRoles.test(text.trim())

/** Words that are not significant in a title. */
const little = setOf('a all an and as at by de des du for in its la le les of on or the to und up use with')
/** True if a word is significant for the topic of a title. */
export const isTelling = (word: string): boolean => word.length > 1 && !little.has(word)

const action = setOf('action actions')
const line = setOf('line lines')

interface Word {
  word: string
  folded: string
}

/** "AL" for "Action Line": in capitals, because it is a word of some languages, or at the start of the text. */
const isAl = ({ word, folded }: Word, at: number) => folded === 'al' && (at === 0 || word === 'AL')

/** True if the word at this index ends "Action Line", or is "AL". */
export function endsLine(words: Word[], at: number): boolean {
  const one = words[at]
  if (!one) return false
  return /^(actionlines?|al)$/.test(one.folded) || (line.has(one.folded) && action.has(words[at - 1]?.folded ?? ''))
}

/** True if the word at this index does not change the meaning of a name beside it. */
export function isFiller(words: Word[], at: number): boolean {
  const one = words[at] as Word
  if (action.has(one.folded)) return line.has(words[at + 1]?.folded ?? '')
  if (line.has(one.folded)) return action.has(words[at - 1]?.folded ?? '')
  if (numberWords.has(one.folded)) return endsLine(words, at - 1) && /^\d+$/.test(words[at + 1]?.folded ?? '')
  return one.folded === 'al' ? isAl(one, at) : passedBy.has(one.folded)
}

/** True if a word announces a code later in the text. */
export const isMarker = (word: Word, at: number): boolean => markers.has(word.folded) || isAl(word, at)
