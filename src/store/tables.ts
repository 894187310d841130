import { index, integer, primaryKey, sqliteTable, text } from '../drizzle.ts'
import type { SeedAgency } from '../seed/agencies.ts'
import type { Section } from '../seed/outcome-documents.ts'
import {
  actionLineKinds,
  agencyKinds,
  bases,
  changeKinds,
  fidelities,
  hitKinds,
  nouns,
  roles,
  sourceKinds,
  sourceStatuses,
} from '../vocabulary.ts'

// The tables that a seed is built into. Every noun has a `sort_key`: unique, compared byte by byte, and the order
// of its list, so that a page is "the rows after this key" for every noun alike.

/** One row: what the file was built from. */
export const release = sqliteTable('release', {
  dataset: text().primaryKey(),
  log: text().notNull(),
})

export const actionLines = sqliteTable('action_lines', {
  code: text().primaryKey(),
  sortKey: text('sort_key').notNull().unique(),
  position: integer().notNull(),
  kind: text({ enum: actionLineKinds }).notNull(),
  title: text().notNull(),
  genevaTitle: text('geneva_title').notNull(),
  parent: text(),
})

export const agencies = sqliteTable('agencies', {
  id: text().primaryKey(),
  sortKey: text('sort_key').notNull().unique(),
  acronym: text().notNull(),
  name: text().notNull(),
  kind: text({ enum: agencyKinds }).notNull(),
  aliases: text({ mode: 'json' }).$type<string[]>().notNull(),
  homepage: text(),
  city: text(),
  country: text(),
  ror: text(),
  isni: text(),
  wikidata: text(),
  dacChannel: text('dac_channel'),
  note: text(),
  sources: text({ mode: 'json' }).$type<string[]>().notNull(),
  names: text({ mode: 'json' }).$type<SeedAgency['names']>().notNull(),
})

export const groupMembers = sqliteTable(
  'group_members',
  {
    group: text('group_id')
      .notNull()
      .references(() => agencies.id),
    member: text('member_id')
      .notNull()
      .references(() => agencies.id),
    position: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.group, table.member] }), index('group_members_member').on(table.member)],
)

/** The names under which a body can be meant: its own, and that of every group it belongs to, however deep. */
export const agencyReach = sqliteTable(
  'agency_reach',
  {
    agency: text()
      .notNull()
      .references(() => agencies.id),
    namedAs: text('named_as')
      .notNull()
      .references(() => agencies.id),
  },
  (table) => [primaryKey({ columns: [table.agency, table.namedAs] }), index('agency_reach_named_as').on(table.namedAs)],
)

export const sources = sqliteTable('sources', {
  id: text().primaryKey(),
  sortKey: text('sort_key').notNull().unique(),
  kind: text({ enum: sourceKinds }).notNull(),
  title: text().notNull(),
  document: text(),
  date: text(),
  dateRange: text('date_range', { mode: 'json' }).$type<{ from: string | null; to: string | null }>(),
  status: text({ enum: sourceStatuses }).notNull(),
  complete: integer({ mode: 'boolean' }).notNull(),
  url: text(),
  note: text(),
  passages: text({ mode: 'json' })
    .$type<{ place: string; text: string; fidelity: 'verbatim' | 'summary' }[]>()
    .notNull(),
  /** True for the one annex that `coordinators` are taken from. */
  isDefault: integer('is_default', { mode: 'boolean' }).notNull(),
})

/** The cells of each annex table as printed. */
export const annexRows = sqliteTable(
  'annex_rows',
  {
    source: text()
      .notNull()
      .references(() => sources.id),
    actionLine: text('action_line')
      .notNull()
      .references(() => actionLines.code),
    printedLabel: text('printed_label').notNull(),
    printedCoordinators: text('printed_coordinators').notNull(),
  },
  (table) => [primaryKey({ columns: [table.source, table.actionLine] })],
)

/** One row per action line, body and source; `position` is the place in the printed cell, null for a report. */
export const coordinations = sqliteTable(
  'coordinations',
  {
    id: text().primaryKey(),
    sortKey: text('sort_key').notNull().unique(),
    source: text()
      .notNull()
      .references(() => sources.id),
    actionLine: text('action_line')
      .notNull()
      .references(() => actionLines.code),
    agency: text()
      .notNull()
      .references(() => agencies.id),
    role: text({ enum: roles }).notNull(),
    roleAsWorded: text('role_as_worded'),
    position: integer(),
    asOf: text('as_of'),
    url: text(),
  },
  (table) => [
    index('coordinations_action_line').on(table.actionLine),
    index('coordinations_agency').on(table.agency),
    index('coordinations_source').on(table.source),
  ],
)

export const sdgLinks = sqliteTable(
  'sdg_links',
  {
    actionLine: text('action_line')
      .notNull()
      .references(() => actionLines.code),
    goal: integer().notNull(),
    title: text().notNull(),
    iri: text().notNull(),
    targets: text({ mode: 'json' }).$type<string[]>().notNull(),
    sourceTitle: text('source_title').notNull(),
    sourceUrl: text('source_url').notNull(),
  },
  (table) => [primaryKey({ columns: [table.actionLine, table.goal] })],
)

/** An organizer or facilitator as printed, and the body that it certainly is, if any. */
export interface Party {
  name: string
  agency: string | null
}

export const sessions = sqliteTable('sessions', {
  id: text().primaryKey(),
  sortKey: text('sort_key').notNull().unique(),
  forumYear: integer('forum_year').notNull(),
  number: integer(),
  title: text().notNull(),
  organizers: text({ mode: 'json' }).$type<Party[]>().notNull(),
  facilitators: text({ mode: 'json' }).$type<Party[]>().notNull(),
  date: text(),
  start: text(),
  end: text(),
  utcOffset: text('utc_offset'),
  printedZone: text('printed_zone'),
  type: text(),
  actionLinesComplete: integer('action_lines_complete', { mode: 'boolean' }),
  sdgs: text({ mode: 'json' }).$type<number[]>().notNull(),
  url: text(),
  sourceTitle: text('source_title'),
  sourceUrl: text('source_url').notNull(),
})

export const sessionLines = sqliteTable(
  'session_lines',
  {
    session: text()
      .notNull()
      .references(() => sessions.id),
    actionLine: text('action_line')
      .notNull()
      .references(() => actionLines.code),
    basis: text({ enum: bases }).notNull(),
    position: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.session, table.actionLine] }),
    index('session_lines_action_line').on(table.actionLine),
  ],
)

/** The bodies that organize a session, as far as they are certain. */
export const sessionAgencies = sqliteTable(
  'session_agencies',
  {
    session: text()
      .notNull()
      .references(() => sessions.id),
    agency: text()
      .notNull()
      .references(() => agencies.id),
  },
  (table) => [
    primaryKey({ columns: [table.session, table.agency] }),
    index('session_agencies_agency').on(table.agency),
  ],
)

export const outcomeDocuments = sqliteTable('outcome_documents', {
  id: text()
    .primaryKey()
    .references(() => sessions.id),
  sortKey: text('sort_key').notNull().unique(),
  title: text(),
  organizer: text(),
  date: text(),
  start: text(),
  end: text(),
  utcOffset: text('utc_offset'),
  printedZone: text('printed_zone'),
  url: text(),
  template: text(),
  fidelity: text({ enum: fidelities }).notNull(),
  sections: text({ mode: 'json' }).$type<Section[]>().notNull(),
})

/** Every folded name, as it is written, and the id that it leads to, per noun. */
export const names = sqliteTable(
  'names',
  {
    noun: text({ enum: ['action-line', 'agency'] }).notNull(),
    folded: text().notNull(),
    id: text().notNull(),
    name: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.noun, table.folded] })],
)

/**
 * What a search looks through: one row per member, in the order in which equal hits stand. `names`, `titles` and `texts`
 * are what the full-text index `search` is over, which the migration makes and no table here can describe.
 */
export const searchEntries = sqliteTable('search_entries', {
  position: integer().primaryKey(),
  /** Kind and id, such as `session 2023-366`. */
  place: text().notNull().unique(),
  kind: text({ enum: hitKinds }).notNull(),
  id: text().notNull(),
  title: text().notNull(),
  names: text().notNull(),
  titles: text().notNull(),
  coordinators: text().notNull(),
  texts: text().notNull(),
})

/** The releases of the log in seed/changes/. */
export const releases = sqliteTable('releases', {
  number: integer().primaryKey(),
  dataset: text().notNull(),
  previous: text(),
  date: text().notNull(),
  version: text().notNull(),
})

/** One property of a record before and after a release; null where the record did not have it. */
export interface ChangedProperty {
  name: string
  before: unknown
  after: unknown
}

/** What a release did to one record; the sort key has the newest release first. */
export const changes = sqliteTable('changes', {
  id: text().primaryKey(),
  sortKey: text('sort_key').notNull().unique(),
  release: integer()
    .notNull()
    .references(() => releases.number),
  noun: text({ enum: nouns }).notNull(),
  record: text().notNull(),
  /** Of the record; null where it is not held any more. */
  title: text(),
  change: text({ enum: changeKinds }).notNull(),
  /** Empty where the record was added: it says them itself. */
  properties: text({ mode: 'json' }).$type<ChangedProperty[]>().notNull(),
})
