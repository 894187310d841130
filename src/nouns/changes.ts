import { type Static, Type } from '@sinclair/typebox'
import { integer, sql, text } from '../drizzle.ts'
import type { SeedChange } from '../seed/changes.ts'
import type { Seed } from '../seed/seed.ts'
import { changeKinds, nouns as loggedNouns, oneOf } from '../vocabulary.ts'
import type { FeedEntry, Lookup, Noun } from './noun.ts'
import { relationsOf } from './relations.ts'
import { hrefOf, Link, linkTo, nullable, ref } from './shapes.ts'
import { nounTable } from './tables.ts'

export const Change = Type.Object(
  {
    id: Type.String({
      description: 'The number of the release in four digits, the noun and the id of the record, with colons between.',
      examples: ['0001:action-lines:C7.e-health'],
    }),
    release: Type.Integer({ description: 'The number of the release, from 1.' }),
    dataset: Type.String({ description: 'The dataset that was released.' }),
    previous: nullable(Type.String(), 'The dataset of the release before; null for the first release.'),
    date: Type.String({ description: 'The day of the release, as YYYY-MM-DD.' }),
    version: Type.String({ description: 'The version of the service that it was released with.' }),
    noun: oneOf(loggedNouns, { description: 'The collection that the record belongs to.' }),
    recordId: Type.String({ description: 'The code or id of the record.', examples: ['C7.e-health'] }),
    record: nullable(ref(Link), 'The record as it stands now; null where it is not held any more.'),
    change: oneOf(changeKinds, { description: 'What the release did to the record.' }),
    properties: Type.Array(
      Type.Object(
        {
          name: Type.String({ description: 'The name of the property.', examples: ['coordinators'] }),
          before: Type.Unknown({
            description:
              'Its value before; null where it was not known, or where the record did not have the property.',
          }),
          after: Type.Unknown({
            description:
              'Its value after; null where it is not known, or where the record does not have the property any more.',
          }),
        },
        { description: 'One property before and after.' },
      ),
      {
        description:
          'The properties that differ; all of them where the record was removed, none where it was added: fetch `record` for them. A link is told as the id that it leads to, or as `{"id", …}` where more is said of it; its title, counts and addresses in this service are not told.',
      },
    ),
  },
  { $id: 'Change', description: 'What one release did to one record.' },
)
export type Change = Static<typeof Change>

const listDescription = `What each release added, changed and removed, record by record, the newest release first. Also as an Atom feed, with \`format=atom\`.

To bring a copy up to date, ask with \`since\` and apply the items in reverse order. The log tells what a record says itself, and not all that its answer holds:
- A link is told as the id that it leads to, or as \`{"id", …}\` where more is said of it. That the title of what it leads to has changed is told there alone.
- Counts and addresses in this service are left out, and so is the order of a collection.
- \`added\` has no values: fetch \`record\`.
- null means "not known", or "did not have the property".`

export const changeTable = nounTable('changes', {
  noun: text({ enum: loggedNouns }).notNull(),
  record: text().notNull(),
  change: text({ enum: changeKinds }).notNull(),
  release: integer().notNull(),
})

export const changes: Noun<Change> = {
  name: 'changes',
  kind: 'change',
  operations: ['Change', 'Changes'],
  one: 'change',
  many: 'changes',
  tag: 'Changes',
  title: 'What each release of the data changed',
  description: {
    list: listDescription,
    item: 'What one release did to one record, property by property.',
  },
  key: 'id',
  keyExample: '0001:action-lines:C7.e-health',
  item: Change,
  schemas: [Change],
  table: changeTable,
  filters: {
    noun: {
      schema: oneOf(loggedNouns, {
        description: 'Only changes of records of this collection.',
        examples: ['action-lines'],
      }),
      column: changeTable.noun,
      value: (change) => change.noun,
    },
    record: {
      schema: Type.String({
        minLength: 1,
        description: 'Only changes of the record with this code or id.',
        examples: ['C7.e-health'],
      }),
      names: 'changed-records',
      column: changeTable.record,
      value: (change) => change.recordId,
    },
    change: {
      schema: oneOf(changeKinds, { description: 'Only changes of this kind.', examples: ['added'] }),
      column: changeTable.change,
      value: (change) => change.change,
    },
    since: {
      schema: Type.String({
        minLength: 1,
        description:
          'Only what was released after this dataset: what a copy with this `Dataset-Version` lacks, but for what the log does not tell (see the description of this list). Where a dataset was released more than once, after the first time. Refused where the dataset that is served is not released: take the copy anew.',
        examples: ['95a5c12ecfdd'],
      }),
      names: 'datasets',
      column: changeTable.release,
      value: (change) => change.release,
      where: (since) => sql`${changeTable.release} > (select min(number) from releases where dataset = ${since})`,
    },
  },
  columns: {
    id: (change) => change.id,
    release: (change) => change.release,
    dataset: (change) => change.dataset,
    previous: (change) => change.previous,
    date: (change) => change.date,
    version: (change) => change.version,
    noun: (change) => change.noun,
    recordId: (change) => change.recordId,
    title: (change) => change.record?.title,
    change: (change) => change.change,
    properties: (change) => change.properties.map(({ name }) => name).join('; '),
    before: (change) => valuesOf(change, 'before'),
    after: (change) => valuesOf(change, 'after'),
  },
  records: (seed) => {
    const titles = titlesOf(seed)
    return seed.releases
      .flatMap(({ changes, ...release }, index) =>
        changes.map(
          ({ noun, id, change, properties }): Change => ({
            id: `${digits(index + 1, 4)}:${noun}:${id}`,
            release: index + 1,
            ...release,
            noun,
            recordId: id,
            record: linkOf(titles, noun, id),
            change,
            // An added record says its properties itself.
            properties: change === 'added' ? [] : propertiesOf(properties),
          }),
        ),
      )
      .sort((a, b) => b.release - a.release)
  },
  // The newest release first; within a release as the log has it.
  sortKey: ({ release }, index, { releases }) => {
    const newer = releases.slice(release).flatMap(({ changes }) => changes).length
    return `${digits(9999 - release, 4)} ${digits(index - newer, 6)}`
  },
  titleOf: ({ recordId, change }) => `${recordId} ${change}`,
  // What a record is called is said by the file that has it.
  linked: (all) => all.map(({ record, ...change }) => ({ ...change, record: record?.href })),
  feed: { entryOf, titleOf },
}

const digits = (number: number, length: number) => String(number).padStart(length, '0')

function linkOf(titles: Titles, noun: SeedChange['noun'], id: string): Link | null {
  const title = titles[noun].get(id)
  return title === undefined ? null : linkTo(noun, id, title)
}

function propertiesOf(properties: SeedChange['properties']): Change['properties'] {
  return Object.entries(properties).map(([name, { before = null, after = null }]) => ({ name, before, after }))
}

type Titles = Record<SeedChange['noun'], Map<string, string>>

/** The title of every record that is held. A statement has none of its own: it gets those of its agency and its line. */
function titlesOf(seed: Seed): Titles {
  const { statements, agencyLink, lineLink, session } = relationsOf(seed)
  const said = statements.map(({ id, agency, actionLine }): [string, string] => [
    id,
    `${agencyLink(agency).title}: ${lineLink(actionLine).title}`,
  ])
  return {
    'action-lines': new Map(seed.actionLines.map(({ code, title }) => [code, title])),
    agencies: new Map(seed.agencies.map(({ id, name }) => [id, name])),
    coordinations: new Map(said),
    sources: new Map(seed.sources.map(({ id, title }) => [id, title])),
    sessions: new Map(seed.sessions.map(({ id, title }) => [id, title])),
    'outcome-documents': new Map(seed.outcomes.map(({ session: id }) => [id, session(id).title])),
  }
}

/** Knows the datasets that were released, the latest first; none if the log does not reach the dataset that is served. */
export function releasedDatasets(datasets: string[], dataset: string, released: string | null): Lookup {
  const unnamed = { suggest: () => [] }
  if (released === dataset)
    return {
      ...unnamed,
      find: (text) => datasets.find((one) => one === text.toLowerCase()),
      refusal: `"since" must be a dataset that was released, the latest first: ${datasets.slice(0, 5).join(', ')}. Where your copy is of none of them, take it anew.`,
    }
  const end = released === null ? 'is empty' : `ends with dataset ${released}`
  return {
    ...unnamed,
    find: () => undefined,
    refusal: `"since" cannot be answered: dataset ${dataset}, which is served, is not released, and the log of changes ${end}. Take your copy anew.`,
  }
}

/** `changes of C7.e-health in action-lines`. */
function titleOf(filters: Record<string, unknown>): string {
  const words = { record: 'of', noun: 'in', change: 'that say', since: 'since' }
  const parts = Object.entries(words).flatMap(([name, word]) => (name in filters ? `${word} ${filters[name]}` : []))
  return ['changes', ...parts].join(' ')
}

/** The properties of a change in one cell: a JSON text of the names and their values; empty where there are none. */
function valuesOf({ properties }: Change, side: 'before' | 'after'): string {
  return properties.length === 0
    ? ''
    : JSON.stringify(Object.fromEntries(properties.map((one) => [one.name, one[side]])))
}

function entryOf(it: Change): FeedEntry {
  const differ = it.change === 'changed' ? `: ${it.properties.map(({ name }) => name).join(', ')}` : ''
  return {
    name: `${it.dataset} ${it.id}`,
    title: `${it.recordId}${it.record ? ` (${it.record.title})` : ''} ${it.change}${differ}`,
    date: it.date,
    href: hrefOf('changes', it.id),
    category: it.noun,
    paragraphs: [
      `Release ${it.release} of ${it.date}, dataset ${it.dataset}: ${it.change} in ${it.noun}.`,
      ...it.properties.map(sentenceOf),
    ],
  }
}

/** What differs in a property, for a reader: of a list, what came and what went. */
function sentenceOf({ name, before, after }: Change['properties'][number]): string {
  if (!Array.isArray(before) || !Array.isArray(after))
    return `${name}: before ${shortened(wordsOf(before))}; after ${shortened(wordsOf(after))}`
  const [was, is] = [before.map(wordsOf), after.map(wordsOf)]
  const parts = [
    ['added', is.filter((one) => !was.includes(one))] as const,
    ['removed', was.filter((one) => !is.includes(one))] as const,
  ].flatMap(([word, list]) => (list.length > 0 ? `${word} ${shortened(list.join(', '))}` : []))
  return `${name}: ${parts.join('; ') || 'in another order'}`
}

/** A value without names and brackets: `ITU 2` for a body and its position. */
function wordsOf(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? Object.values(value).map(wordsOf).join(' ')
    : String(value ?? '–')
}

const shortened = (text: string) => text.replace(/^(.{300}).+/su, '$1…')
