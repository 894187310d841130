import { padded } from '../characters.ts'
import { integer, sql, text } from '../drizzle.ts'
import type { SeedChange } from '../seed/changes.ts'
import { type Static, Type } from '../typebox.ts'
import { changeKinds, changeScopes, nouns as loggedNouns } from '../vocabulary.ts'
import { scopeOf, summaryOf, Titles } from './change-summary.ts'
import { columnsAt } from './columns.ts'
import { nameFilter, wordFilter } from './filters.ts'
import { type FeedEntry, type Noun, nounWords } from './noun.ts'
import { nounTable } from './noun-table.ts'
import type { Relations } from './relations.ts'
import { hrefOf, Link, linkTo, nullable, ref, refAs, shape, words } from './shapes.ts'

const LoggedNoun = words('LoggedNoun', loggedNouns, 'A collection in the log of changes.')
const ChangeKind = words(
  'ChangeKind',
  changeKinds,
  'The change. `affected`: only a link shows the new title of another record.',
)

const ChangeScope = words('ChangeScope', changeScopes, 'The `facts` changed, or only the `format` of the data.')

const ChangedProperty = shape('ChangedProperty', 'A property before and after.', {
  name: Type.String({ description: 'The property.', examples: ['coordinators'] }),
  before: Type.Unknown({ description: 'The value before, or null if it was unknown or absent.' }),
  after: Type.Unknown({ description: 'The value after, or null if it is unknown or absent.' }),
  affects: ref(ChangeScope),
})

export const Change = shape('Change', 'A change of one record in one release.', {
  id: Type.String({
    description: 'The release in four digits, the noun and the id of the record, separated by colons.',
    examples: ['0001:action-lines:C7.e-health'],
  }),
  release: Type.Integer({ description: 'The number of the release, from 1.' }),
  dataset: Type.String({ description: 'The dataset of the release.' }),
  previous: nullable(Type.String(), 'The previous dataset. Null for the first release.'),
  date: Type.String({ description: 'The day of the release, as YYYY-MM-DD.' }),
  version: Type.String({ description: 'The version of the service at the release.' }),
  noun: refAs(LoggedNoun, 'The collection that the record belongs to.'),
  recordId: Type.String({ description: 'The id of the record.', examples: ['C7.e-health'] }),
  title: Type.String({ description: 'The title of the record at the release.' }),
  record: nullable(ref(Link), 'The record, with its title at that time. Null if it was removed.'),
  change: ref(ChangeKind),
  affects: refAs(ChangeScope, '`facts` unless every property changed in format only.'),
  summary: Type.String({
    description: 'The change in one sentence.',
    examples: ['C6: UNDP added as facilitator, source: Tunis Agenda for the Information Society, Annex'],
  }),
  properties: Type.Array(ref(ChangedProperty), {
    description:
      'The properties that differ, without titles of links, counts and URLs of this service. All of them if the record was removed. None if it was added or affected: fetch `record`.',
  }),
})
export type Change = Static<typeof Change>

const listDescription = `The records that each release added, changed or removed, newest release first. Also as an Atom feed (\`format=atom\`).

To update a copy, request \`since\`, then fetch \`record\` of each item, or delete the record if that is null. \`properties\` omits what only the response adds:
- A link is its id, or \`{"id", …}\` if it has more properties. If only the title of a linked record changed, the record is listed as \`affected\`.
- Counts, URLs of this service and the order of a collection are omitted.
- \`added\` and \`affected\` have no values.
- null means "not known" or "absent".`

export const changeTable = nounTable('changes', {
  noun: text({ enum: loggedNouns }).notNull(),
  record: text().notNull(),
  change: text({ enum: changeKinds }).notNull(),
  release: integer().notNull(),
})

export const changes: Noun<Change> = {
  ...nounWords('change', 'changes'),
  title: 'What each release of the data changed',
  description: { list: listDescription, item: 'One change, property by property.' },
  example: '0001:action-lines:C7.e-health',
  item: Change,
  table: changeTable,
  filters: {
    noun: wordFilter(loggedNouns, 'Only changes of records of this collection.', 'action-lines'),
    record: {
      ...nameFilter('changed-records', 'Only changes of the record with this id.', 'C7.e-health', 500),
      value: (change) => change.recordId,
    },
    change: wordFilter(changeKinds, 'Only changes of this kind.', 'changed'),
    release: {
      schema: Type.Integer({
        minimum: 1,
        maximum: 9999,
        description: 'Only changes in the release with this number.',
        examples: [2],
      }),
    },
    since: {
      ...nameFilter(
        'datasets',
        'Only changes released after this dataset, which a copy with this `Dataset-Version` lacks. An error if the served dataset is not released: download a new copy.',
        '95a5c12ecfdd',
        500,
      ),
      where: (since) => sql`${changeTable.release} > (select min(number) from releases where dataset = ${since})`,
    },
  },
  columns: {
    ...columnsAt('id', 'release', 'dataset', 'previous', 'date', 'version', 'noun', 'recordId', 'title', 'change'),
    properties: 'properties/name',
    before: (change) => sideText(change, 'before'),
    after: (change) => sideText(change, 'after'),
    ...columnsAt('affects', 'summary'),
  },
  records(relations) {
    const followed = followedIn(relations)
    const titles = new Titles()
    return relations.seed.releases.flatMap(({ changes, ...release }, index) => {
      titles.apply(changes)
      return changes.map((one): Change => {
        const { noun, id, change, properties } = one
        const title = titles.of(noun, id)
        return {
          id: `${padded(index + 1)}:${noun}:${id}`,
          release: index + 1,
          ...release,
          noun,
          recordId: id,
          title,
          record: followed.has(`${noun} ${id}`) ? linkTo(noun, id, title) : null,
          change,
          affects:
            change === 'changed' && Object.values(properties).every((property) => scopeOf(property) === 'format')
              ? 'format'
              : 'facts',
          summary: summaryOf(one, titles),
          // The properties of an added record are in the record itself.
          properties: change === 'added' ? [] : propertiesOf(properties),
        }
      })
    })
  },
  // The newest release first; within a release in log order.
  sortKey: ({ release }, index, { seed }) => {
    const older = seed.releases.slice(0, release - 1).flatMap(({ changes }) => changes).length
    return `${padded(9999 - release)} ${padded(index - older, 6)}`
  },
  // The current title is in the record's own file.
  linked: (all) =>
    all.map(({ record, ...change }) => ({ ...change, record: record?.href, changeNoteOf: record?.href })),
  feed: (changes, filters, isCut) => ({ title: feedTitle(filters), entries: entriesOf(changes, filters, isCut) }),
}

function propertiesOf(properties: SeedChange['properties']): Change['properties'] {
  return Object.entries(properties).map(([name, property]) => {
    const { before = null, after = null } = property
    return { name, before, after, affects: scopeOf(property) }
  })
}

/** The records of a seed that the log follows, as `<noun> <id>`. */
function followedIn({ seed, statements, editions }: Relations): Set<string> {
  const ids: Record<SeedChange['noun'], string[]> = {
    'action-lines': seed.actionLines.map(({ code }) => code),
    editions: editions.map(({ id }) => id),
    agencies: seed.agencies.map(({ id }) => id),
    coordinations: statements.map(({ id }) => id),
    sources: seed.sources.map(({ id }) => id),
    forums: seed.forums.map(({ id }) => id),
    sessions: seed.sessions.map(({ id }) => id),
    'outcome-documents': seed.outcomes.map(({ session }) => session),
  }
  return new Set(Object.entries(ids).flatMap(([noun, all]) => all.map((id) => `${noun} ${id}`)))
}

/** `changes of C7.e-health in action-lines`. */
function feedTitle(filters: Record<string, unknown>): string {
  const words = { record: 'of', noun: 'in', change: 'that say', release: 'of release', since: 'since' }
  const parts = Object.entries(words).flatMap(([name, word]) => (name in filters ? `${word} ${filters[name]}` : []))
  return ['changes', ...parts].join(' ')
}

/** The properties of a change in one cell: a JSON object of names and values; empty if there are none. */
function sideText({ properties }: Change, side: 'before' | 'after'): string {
  return properties.length === 0
    ? ''
    : JSON.stringify(Object.fromEntries(properties.map((one) => [one.name, one[side]])))
}

/** The maximum number of changes listed in one entry of a feed. */
const maxChanges = 200

/**
 * One entry for each release, with a link to all its changes that match the filters of the feed. If the list is cut,
 * entries give no totals, because they may be incomplete.
 */
function entriesOf(changes: Change[], { since: _, ...filters }: Record<string, unknown>, isCut: boolean): FeedEntry[] {
  return [...Map.groupBy(changes, ({ release }) => release).values()].map((all) => {
    const [{ dataset, release, date, version }] = all as [Change]
    const counts = changeKinds.flatMap((kind) => {
      const count = all.filter(({ change }) => change === kind).length
      return count > 0 ? `${count} ${kind}` : []
    })
    const own = all.filter(({ change }) => change !== 'affected')
    const more = own.length - maxChanges
    const query = new URLSearchParams({ ...(filters as object), release: String(release), format: 'html' })
    return {
      name: `${dataset} ${release}`,
      title: `Release ${release} of ${date}${isCut ? '' : `: ${counts.join(', ')}`}`,
      date,
      href: `${hrefOf('changes')}?${query}`,
      paragraphs: [
        `Dataset ${dataset}, version ${version} of the service.`,
        ...own.slice(0, maxChanges).map(({ summary }) => summary.replace(/[^….]$/u, '$&.')),
        ...(more > 0 ? [`And ${more} more, which the link of this entry lists.`] : []),
      ],
    }
  })
}
