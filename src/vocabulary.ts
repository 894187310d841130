// The closed lists: those of the source documents, each with its source, and those of the log of changes. Adding a word
// is a change of the API.

/** The nouns whose names are matched in texts. */
export const namedNouns = ['action-line', 'agency'] as const
export type NamedNoun = (typeof namedNouns)[number]

/** Kinds of row in the annex table: C1 to C11 are lines, the eight parts of C7 sub-lines, B, D and E sections. */
export const actionLineKinds = ['line', 'sub-line', 'section'] as const

/**
 * Kinds of agency, after the UN system chart. `group` is a collective entry of the annex. The last kind is outside the
 * UN system.
 */
export const agencyKinds = [
  'UN principal organ',
  'UN regional commission',
  'UN specialized agency',
  'UN programme or fund',
  'UN Secretariat department or office',
  'functional commission of ECOSOC',
  'other UN entity (General Assembly)',
  'related organization',
  'group',
  'civil society organization',
] as const

/** Kinds of other name of an agency: in another language or form, an acronym, or a former name. */
export const nameKinds = ['name', 'acronym', 'former'] as const

/** The function that a document gives an agency for a line. */
export const roles = [
  'coordinator',
  'focal-point',
  'facilitator',
  'co-facilitator',
  'meeting-organizer',
  'reporter',
  'contact',
  'convener',
  'partner',
  'contributor',
] as const

/** The roles that make an agency responsible for a line; `appointment` is true for these. */
export const responsibleRoles: readonly (typeof roles)[number][] = [
  'coordinator',
  'focal-point',
  'facilitator',
  'co-facilitator',
]

/**
 * The functions that an edition lists. Coordinator and facilitator are two names of one function; contact is another.
 */
export const editionRoles = ['coordinator', 'facilitator', 'contact'] as const

/** The origin of the date of a statement. */
export const dateBases = ['statement', 'source'] as const

/**
 * Kinds of source: a table of the summit texts, a resolution of the General Assembly, a list of all lines, or any other
 * report.
 */
export const sourceKinds = ['annex', 'resolution', 'list', 'report'] as const

/** The status of a source. */
export const sourceStatuses = ['draft', 'adopted', 'list', 'report'] as const

/** Where a source was read: published by its author, in a copy of the document kept elsewhere, or in an account by others. */
export const authorities = ['official', 'copy', 'secondary'] as const

/**
 * The place where the link from a session to a line was read: the list on its page, its title, its organizers, its
 * description, or another site.
 */
export const bases = ['listed', 'title', 'organizer-line', 'description', 'third-party'] as const

/**
 * Kinds of section: the headings of ITU's "Session Outcome Document" of 2023, and parts of reports without headings.
 */
export const sectionKinds = [
  // The purpose of the meeting
  'purpose',
  // Participants
  'participation',
  // "Key Issues discussed (5-8 bullet points)"
  'key-issues',
  // "Towards WSIS+20 and WSIS beyond 2025, please share your views on the emerging trends, …"
  'wsis-beyond-2025',
  // "Tangible outcomes (such as key achievements, announcements, launches, agreements, and commitments …"
  'tangible-outcomes',
  // "Actionable plan (2-5 points)"
  'action-plan',
  // "Suggestions for thematic aspects that might be included in the WSIS Forum 2024 …"
  'next-forum-suggestions',
  // Planned actions, in a report that does not call them a plan
  'next-steps',
  // Any heading that is not in this template, such as "Quotes"
  'other',
] as const

/** The fidelity of a text to the document: its own words, or a summary by the curators. */
export const fidelities = ['verbatim', 'summary'] as const

/** The nouns that the log of changes follows, by the names of their collections. */
export const nouns = [
  'action-lines',
  'editions',
  'agencies',
  'coordinations',
  'sources',
  'forums',
  'sessions',
  'outcome-documents',
] as const

/** The scope of a change: the facts in a record, or only their format. */
export const changeScopes = ['facts', 'format'] as const
export type ChangeScope = (typeof changeScopes)[number]

/** Kinds of change in a release. */
export const changeKinds = ['added', 'changed', 'removed', 'affected'] as const
/** The statuses of a checked row. `current` is alone; several of the others may apply. */
export const checkStatuses = [
  'current',
  'renamed',
  'unknown',
  'label-differs',
  'coordinators-differ',
  'not-in-edition',
] as const

/**
 * The pattern of a session's id, which is also the name of its file: `2023-366`, or a slug for a session without a
 * number.
 */
export const sessionIdPattern = '^\\d{4}-[a-z0-9]+(-[a-z0-9]+)*$'

/** A word of a closed list in words: `focal point`, `co-facilitator`. */
export const spaced = (word: string): string => word.replace(/(?<!^co)-/g, ' ')
