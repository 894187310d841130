import { type Static, Type } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import { and, asc, desc, eq, sql } from '../drizzle.ts'
import { collection, type Noun } from '../http/collection.ts'
import type { FeedEntry } from '../http/feed.ts'
import type { Lookups } from '../http/query.ts'
import { hrefOf, Link, linker, nullable, ref, type Site } from '../http/shapes.ts'
import type { Directory } from '../store/directory.ts'
import { among, equals, pager, unless } from '../store/queries.ts'
import { releases, changes as rows } from '../store/tables.ts'
import { changeKinds, nouns, oneOf } from '../vocabulary.ts'

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
    noun: oneOf(nouns, { description: 'The collection that the record belongs to.' }),
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

const filtersWith = (dataset: string) =>
  Type.Object({
    noun: Type.Optional(
      oneOf(nouns, { description: 'Only changes of records of this collection.', examples: ['action-lines'] }),
    ),
    record: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'Only changes of the record with this code or id.',
        examples: ['C7.e-health'],
      }),
    ),
    change: Type.Optional(oneOf(changeKinds, { description: 'Only changes of this kind.', examples: ['added'] })),
    since: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'Only what was released after this dataset: what a copy with this `Dataset-Version` lacks, but for what the log does not tell (see the description of this list). Where a dataset was released more than once, after the first time. Refused where the dataset that is served is not released: take the copy anew.',
        examples: [dataset],
      }),
    ),
  })

const listDescription = `What each release added, changed and removed, record by record, the newest release first. Also as an Atom feed, with \`format=atom\`.

To bring a copy up to date, ask with \`since\` and apply the items in reverse order. The log tells what a record says itself, and not all that its answer holds:
- A link is told as the id that it leads to, or as \`{"id", …}\` where more is said of it. That the title of what it leads to has changed is told there alone.
- Counts and addresses in this service are left out, and so is the order of a collection.
- \`added\` has no values: fetch \`record\`.
- null means "not known", or "did not have the property".`

/** Registers the log of changes. */
export function changes(app: FastifyInstance, directory: Directory, site: Site): Noun {
  const { db, dataset, names } = directory
  const newestFirst = db.select().from(releases).orderBy(desc(releases.number)).all()
  const datasets = [...new Set(newestFirst.map((one) => one.dataset))]
  return collection(app, site, {
    page: pageOf(db),
    read: readerOf(db, site),
    name: 'changes',
    operations: ['Change', 'Changes'],
    words: ['change', 'changes'],
    tag: 'Changes',
    description: {
      list: listDescription,
      item: 'What one release did to one record, property by property.',
    },
    key: 'id',
    keyExample: '0001:action-lines:C7.e-health',
    item: Change,
    filters: filtersWith(datasets.at(-1) ?? dataset),
    lookups: {
      record: {
        find: (text) => names.changedRecord.find(text) ?? names.actionLine.find(text) ?? names.agency.find(text),
        suggest: (text) => {
          const near = [names.changedRecord, names.actionLine, names.agency].flatMap((one) => one.suggest(text))
          return [...new Set(near)].slice(0, 5)
        },
      },
      since: sinceLookup(directory, datasets),
    },
    names: names.change,
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
    // What a record is called is said by the file that has it.
    linked: (all) => all.map(({ record, ...change }) => ({ ...change, record: record?.href })),
    feed: { entryOf: (change) => entryOf(change, site), titleOf },
  })
}

/** Knows the datasets that were released; none where the log does not reach what is served. */
function sinceLookup({ dataset, released }: Directory, datasets: string[]): Lookups[string] {
  if (released === dataset)
    return {
      find: (text) => datasets.find((one) => one === text.toLowerCase()),
      refusal: `"since" must be a dataset that was released, the latest first: ${datasets.slice(0, 5).join(', ')}. Where your copy is of none of them, take it anew.`,
    }
  const end = released === null ? 'is empty' : `ends with dataset ${released}`
  return {
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

function entryOf(it: Change, site: Site): FeedEntry {
  const differ = it.change === 'changed' ? `: ${it.properties.map(({ name }) => name).join(', ')}` : ''
  return {
    name: `${it.dataset} ${it.id}`,
    title: `${it.recordId}${it.record ? ` (${it.record.title})` : ''} ${it.change}${differ}`,
    date: it.date,
    href: hrefOf(site, 'changes', it.id),
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

/** The pages of the list. */
function pageOf(db: Directory['db']) {
  const isSince = sql`${rows.release} > (select min(${releases.number}) from ${releases} where ${releases.dataset} = ${sql.placeholder('since')})`
  return pager(
    db,
    rows,
    rows.id,
    and(
      equals(rows.noun, 'noun'),
      equals(rows.record, 'record'),
      equals(rows.change, 'change'),
      unless('since', isSince),
    ),
  )
}

/** The changes with given ids, in the order of the list. */
function readerOf(db: Directory['db'], site: Site): (ids: string[]) => Change[] {
  const link = linker(site)
  const found = db
    .select({ change: rows, release: releases })
    .from(rows)
    .innerJoin(releases, eq(releases.number, rows.release))
    .where(among(rows.id, 'ids'))
    .orderBy(asc(rows.sortKey))
    .prepare()
  return (ids) =>
    found
      .all({ ids: JSON.stringify(ids) })
      .map(({ change: { id, noun, record, title, change, properties }, release: { number, ...release } }) => ({
        id,
        release: number,
        ...release,
        noun,
        recordId: record,
        record: title === null ? null : link(noun, record, title),
        change,
        properties,
      }))
}
