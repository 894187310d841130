// The words around and between names, in the six languages of the UN and in German.

import { dashes, fold } from '../characters.ts'
import { roles } from '../vocabulary.ts'

const setOf = (words: string) => new Set(words.split(' ').map(fold))

/** A pattern for any of some words, each as a whole word. A Chinese word needs no space around it. */
const anyOf = (words: string): string => {
  const [han, spaced] = [[] as string[], [] as string[]]
  for (const word of words.split(' ')) (/\p{Script=Han}/u.test(word) ? han : spaced).push(word)
  return [...han, String.raw`(?<![\p{L}\p{N}])(?:${spaced.join('|')})(?![\p{L}\p{N}])`].join('|')
}

const and = 'and et y и و 和 及 以及 与 與 und'
const or = 'or ou o u или أو 或 或者 oder'
const to = 'to through until до по hasta إلى 至 到 bis'
const not = String.raw`no not non nor except exclud\p{L}* without n/a pas sauf sans hors exclu\p{L}* ni sin salvo excepto не нет кроме без исключ\p{L}* ليس لا غير باستثناء بدون 不 非 无 無 除 没 nicht kein\p{L}* ohne außer`

/** Words that may be around a name without changing it; "action" and "line" only together. */
const fillers = 'wsis smsi cmsi actionline actionlines al als logo https http www isni ror wikidata'
export const articles = setOf('the l la le les el los las der die das')
export const joiners = setOf(`${and} ${or}`)
const passedBy = new Set([...setOf(`${fillers} ${to}`), ...articles, ...joiners])

/** "And" between two names, as a pattern. */
export const andPattern = anyOf(and)
/** "Or" and "not", and the signs for them. */
export const choice = new RegExp(`${anyOf(`${or} other instead`)}|[☐☑☒✓✔✅?？؟]`, 'iu')
export const negation = new RegExp(`${anyOf(not)}|[✗✘❌❎!！≠¬]`, 'iu')
/** Between the ends of a range of codes. */
export const ranging = new RegExp(String.raw`[${dashes}~〜→>:]|\.\.|${anyOf(to)}`, 'iu')

/** Chinese words between two names, which no space sets off; each is a word by itself. */
export const hanJoiner = [...`${and} ${or}`.matchAll(/\p{Script=Han}+/gu)]
  .map(([word]) => word)
  .sort((one, other) => other.length - one.length)
  .join('|')

/** Words that say that a code somewhere behind them is meant as one. */
const markers = setOf('alfm wsis action accion orientation meeting')
/** Words behind which a code is that of a place or a page. */
export const places = setOf('annex annexe appendix building floor hall level page room sala salle table')
/** Words behind which a name can begin. */
export const openers = setOf('by with organizer organizers facilitator facilitators coordinator')
/** Acronyms that are also words or names: they mean the agency in capitals only. */
export const ordinary = setOf('who pam desa')
/** Between "Action Line" and its number. */
export const numberWords = setOf('no nr n num number numero')

/** A role as the documents word it: `lead facilitator`, `co-facilitators`. "Contact" is a word of many other texts. */
const role = (names: readonly string[]) =>
  String.raw`(?:(?:co|lead|main|sole|interim|provisional|possible)[\s${dashes}]*)*(?:${names.join('|').replaceAll('-', '[\\s-]?')}|moderator|lead)s?`
const rolesOf = (role: string) => String.raw`${role}(?:\s*(?:[/&,]|and|or)\s*${role})*`
/** Roles in a row, as a pattern: only those that may be beside a name without changing it. */
export const rolePattern = rolesOf(role(roles.filter((one) => one !== 'contact')))
const onlyRoles = new RegExp(`^${rolesOf(role(roles))}$`, 'iu')
/** True if a text is nothing but roles. */
export const isRole = (text: string): boolean => onlyRoles.test(text.trim())

/** Words that say little about what a title is about. */
const little = setOf('a all an and as at by de des du for in its la le les of on or the to und up use with')
/** True if a word tells something of the topic of a title. */
export const isTelling = (word: string): boolean => word.length > 1 && !little.has(word)

const action = setOf('action actions')
const line = setOf('line lines')

interface Word {
  word: string
  folded: string
}

/** "AL" for "Action Line": in capitals, because it is a word of some languages, or before everything else. */
const isAl = ({ word, folded }: Word, at: number) => folded === 'al' && (at === 0 || word === 'AL')

/** True if the word at a place is the last of "Action Line", or "AL". */
export function endsLine(words: Word[], at: number): boolean {
  const one = words[at]
  if (!one) return false
  return /^(actionlines?|al)$/.test(one.folded) || (line.has(one.folded) && action.has(words[at - 1]?.folded ?? ''))
}

/** True if the word at a place changes nothing about the meaning of a name beside it. */
export function isFiller(words: Word[], at: number): boolean {
  const one = words[at] as Word
  if (action.has(one.folded)) return line.has(words[at + 1]?.folded ?? '')
  if (line.has(one.folded)) return action.has(words[at - 1]?.folded ?? '')
  if (numberWords.has(one.folded)) return endsLine(words, at - 1) && /^\d+$/.test(words[at + 1]?.folded ?? '')
  return one.folded === 'al' ? isAl(one, at) : passedBy.has(one.folded)
}

/** True if a word announces a code somewhere behind it. */
export const isMarker = (word: Word, at: number): boolean => markers.has(word.folded) || isAl(word, at)
