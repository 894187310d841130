// The words and signs around and between names, as texts of real programmes and forms have them.

/** Words that may stand around a name without changing it; "action" and "line" only together. */
const fillers = 'wsis smsi cmsi actionline actionlines al als logo https http www isni ror wikidata'
export const articles = new Set('the l la le les el los las der die das'.split(' '))
export const joiners = new Set(['and', 'or', 'et', 'und', 'y', 'и'])
const ranging = 'to through until bis'
export const passedBy = new Set([...`${fillers} ${ranging}`.split(' '), ...articles, ...joiners])
/** Words that say that a code somewhere behind them is meant as one. */
export const markers = new Set(['alfm', 'wsis', 'action', 'accion', 'orientation', 'meeting'])
/** Words behind which a code is that of a place or a page. */
export const places = new Set('annex annexe appendix building floor hall level page room sala salle table'.split(' '))
/** Words behind which a name begins. */
export const openers = new Set(['by', 'with', 'organizer', 'organizers', 'facilitator', 'facilitators', 'coordinator'])

/** Signs that part one name from the next. */
export const border = /[,;:/|•·()[\]{}<>"“”«»–—\n\t]|\s[-‐−]\s/
/** How a text that is no name is parted to look for names that it is near to, one way after the other. */
export const cuts = [/[;|/•·()[\]{}\n\t:–—]|\s[-‐−]\s/, /,/, joiners]

const noun = String.raw`(?:wsis|smsi|cmsi|action\s*lines?|(?-i:ALs?))`
const and = '(?:and|et|und|y|и)'

/** What may stand before the first name, behind the last one, and between two of a list, where a program may act on all. */
export const clean = {
  begin: new RegExp(String.raw`^["“«‘'([•·*\s]*(?:[-–—]\s+)?(?:${noun}[\s:.("“-]*)*$`, 'i'),
  beginOfBody:
    /^["“«‘'([•·*\s]*(?:(?:the|la|le|les|el|los|las|der|die|das)\s+|l['’]\s*)?(?:(?:isni|ror|wikidata)[\s:]*)?(?:https?:\/\/)?(?:www\.)?$/i,
  end: /^["”»’')\].,;:/\s]*(?:logo)?\s*$/i,
  list: new RegExp(
    String.raw`^["”»’')\]\s]*(?:[,;&+/•·\n]|${and}(?=\s)|[,;]\s*${and}(?=\s))["“«‘'\s]*(?:${noun}[\s:.]*|https?://|www\.|(?:the|la|le|el)\s+|l['’])*$`,
    'i',
  ),
}
/** Between two names of one member, or a line and its sub-line. */
export const apposition = new RegExp(String.raw`^[\s:.,/|=()"“”«»'’–—-]*(?:${noun}[\s:.]*)*$`, 'i')
/** Between two codes that may be the ends of a range. */
export const dash = /^(\s?)[-‐‑–—−]\1$/
/** Between the ends of a range of codes. */
export const range = /[-‐‑‒–—―−~〜→>:]|\.\.|\b(?:to|through|bis|until)\b/
/** Signs that strike out the letter before them. */
export const struck = /[\u0334-\u0338\u20dd-\u20e4]/
/** Acronyms that are also words or names: they mean the body in capitals only. */
export const ordinary = new Set(['who', 'pam', 'desa'])
/** Words and signs that may turn what is said into its contrary, or leave it open. */
export const turns = /\b(?:not|no|non|except|exclud\w*|without|other|instead|or|n\/a)\b|[☐☑☒✓✔✗✘❌❎✅!?]/i
