// The words and signs between names, as texts of real programmes and forms have them.

/** Words that may stand around a name without changing it. */
const fillers =
  'wsis smsi cmsi action actions line lines actionline actionlines al als logo section sections the https http www isni ror wikidata'
export const joiners = new Set(['and', 'or', 'et', 'und', 'y'])
export const passedBy = new Set([...fillers.split(' '), ...joiners])
/** Words that say that a code behind them is meant as one; right behind the strong ones a program may act on it. */
export const strongMarkers = new Set(['al', 'line', 'lines', 'actionline', 'actionlines'])
export const markers = new Set([...strongMarkers, 'alfm', 'wsis', 'action', 'accion', 'orientation', 'meeting'])
/** Words behind which a code is that of a place or a page. */
export const places = new Set('annex annexe appendix building floor hall level page room sala salle table'.split(' '))
/** Words behind which a name begins. */
export const openers = new Set(['by', 'with', 'organizer', 'organizers', 'facilitator', 'facilitators', 'coordinator'])

/** Signs that part one name from the next. */
export const border = /[,;:/|•·()[\]{}<>"“”«»–—\n\t]|\s[-‐−]\s/
/** How a text that is no name is parted to look for names that it is near to, one way after the other. */
export const cuts = [/[;|/•·()[\]{}\n\t:–—]|\s[-‐−]\s/, /,/, joiners]
