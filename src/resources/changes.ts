import { type Static, Type } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import type { Directory } from '../data/database.ts'
import { and, asc, eq, sql } from '../data/drizzle.ts'
import { among, equals, pager, unless } from '../data/queries.ts'
import { releases, changes as rows } from '../data/tables.ts'
import { collection, type Noun } from '../http/collection.ts'
import type { FeedEntry } from '../http/feed.ts'
import { hrefOf, Link, linker, nullable, ref, type Site } from '../http/shapes.ts'
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
            description: 'Its value before; null where it was not known, or where the record did not have it.',
          }),
          after: Type.Unknown({
            description: 'Its value after; null where it is not known, or where the record does not have it any more.',
          }),
        },
        { description: 'One property before and after.' },
      ),
      {
        description:
          'The properties that differ; all of them where the record was removed, none where it was added, because the record itself has them. A link is told as the id that it leads to; counts and addresses of statements are not told.',
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
          'Only what was released after this dataset: what a copy with this `Dataset-Version` lacks. Where a dataset was released more than once, after the first time.',
        examples: [dataset],
      }),
    ),
  })

/** Registers the log of changes. */
export function changes(app: FastifyInstance, { db, dataset, names }: Directory, site: Site): Noun {
  const released = db.select().from(releases).orderBy(asc(releases.number)).all()
  const datasets = [...new Set(released.map((one) => one.dataset))].reverse()
  const latest = datasets.slice(0, 5).join(', ') || 'none yet'
  return collection(app, site, {
    page: pageOf(db),
    read: readerOf(db, site),
    name: 'changes',
    operations: ['Change', 'Changes'],
    words: ['change', 'changes'],
    tag: 'Changes',
    description: {
      list: 'What each release added, changed and removed, record by record, the newest release first. With `since`, what a copy lacks. Also as an Atom feed, with `format=atom`.',
      item: 'What one release did to one record, property by property.',
    },
    key: 'id',
    keyExample: '0001:action-lines:C7.e-health',
    item: Change,
    filters: filtersWith(datasets.at(-1) ?? dataset),
    lookups: {
      record: {
        find: (text) => names.changedRecord.find(text) ?? names.actionLine.find(text) ?? names.agency.find(text),
        suggest: (text) => names.changedRecord.suggest(text),
      },
      since: {
        find: (text) => datasets.find((one) => one === text.toLowerCase()),
        refusal: `"since" must be a dataset that was released, the latest first: ${latest}. Where your copy is of none of them, take it anew.`,
      },
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
    feed: { entryOf: (change) => entryOf(change, site), date: released.at(-1)?.date ?? '1970-01-01' },
  })
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
      ...it.properties.map(
        ({ name, before, after }) => `${name}: before ${JSON.stringify(before)}, after ${JSON.stringify(after)}`,
      ),
    ],
  }
}

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
