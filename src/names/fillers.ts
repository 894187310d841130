// The words around and between names, as texts of real programmes and forms have them.

/** Words that may be around a name without changing it; "action" and "line" only together. */
const fillers = 'wsis smsi cmsi actionline actionlines al als logo https http www isni ror wikidata'
export const articles = new Set('the l la le les el los las der die das'.split(' '))
export const joiners = new Set(['and', 'or', 'et', 'und', 'y', 'и'])
const ranging = 'to through until bis'
const passedBy = new Set([...`${fillers} ${ranging}`.split(' '), ...articles, ...joiners])

/** Words that say that a code somewhere behind them is meant as one. */
const markers = new Set(['alfm', 'wsis', 'action', 'accion', 'orientation', 'meeting'])
/** Words behind which a code is that of a place or a page. */
export const places = new Set('annex annexe appendix building floor hall level page room sala salle table'.split(' '))
/** Words behind which a name can begin. */
export const openers = new Set(['by', 'with', 'organizer', 'organizers', 'facilitator', 'facilitators', 'coordinator'])
/** Acronyms that are also words or names: they mean the agency in capitals only. */
export const ordinary = new Set(['who', 'pam', 'desa'])

/** Words that say little about what a title is about. */
const little = new Set(
  'a all an and as at by de des du for in its la le les of on or the to und up use with'.split(' '),
)
/** Whether a word says something about what a title is about. */
export const isTelling = (word: string): boolean => word.length > 1 && !little.has(word)

const action = new Set(['action', 'actions'])
const line = new Set(['line', 'lines'])

interface Word {
  word: string
  folded: string
}

/** "AL" for "Action Line": in capitals, because it is a word of some languages, or before everything else. */
const isAl = ({ word, folded }: Word, at: number) => folded === 'al' && (at === 0 || word === 'AL')

/** Whether the word at a place changes nothing about what a name beside it means. */
export function isFiller(words: Word[], at: number): boolean {
  const one = words[at] as Word
  if (action.has(one.folded)) return line.has(words[at + 1]?.folded ?? '')
  if (line.has(one.folded)) return action.has(words[at - 1]?.folded ?? '')
  return one.folded === 'al' ? isAl(one, at) : passedBy.has(one.folded)
}

/** Whether a word says that a code somewhere behind it is meant as one. */
export const isMarker = (word: Word, at: number): boolean => markers.has(word.folded) || isAl(word, at)
