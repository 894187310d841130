import { type Static, Type } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import { and, asc, count, eq } from '../drizzle.ts'
import { collection, type Noun } from '../http/collection.ts'
import { Count, hrefOf, nullable, ref, type Site } from '../http/shapes.ts'
import type { Directory } from '../store/directory.ts'
import { among, equals, pager } from '../store/queries.ts'
import { coordinations, sources as documents } from '../store/tables.ts'
import { fidelities, oneOf, sourceKinds, sourceStatuses } from '../vocabulary.ts'

export const Source = Type.Object(
  {
    id: Type.String({ description: 'The id.', examples: ['annex-draft'] }),
    kind: oneOf(sourceKinds, {
      description: 'Whether it is an annex with a table of coordinators, or a later report.',
    }),
    title: Type.String({ description: 'The title of the document.' }),
    document: nullable(Type.String(), 'The document number or what names it best; null where it has none.'),
    date: nullable(
      Type.String(),
      'The date of the document, as YYYY-MM-DD, YYYY-MM or YYYY; null where it is not known.',
    ),
    dateRange: nullable(
      Type.Object({
        from: nullable(Type.String(), 'The earliest date; null where it is open.'),
        to: nullable(Type.String(), 'The latest date; null where it is open.'),
      }),
      'Between which dates the document stands, where it has no one date; null otherwise.',
    ),
    status: oneOf(sourceStatuses, { description: 'Whether the text is a draft, adopted, or a report.' }),
    complete: Type.Boolean({
      description:
        'Whether absence from it means "not named". False for every partial source: silence in it means nothing.',
    }),
    url: nullable(Type.String(), 'Where the document was read; null where it is not on the web.'),
    note: nullable(Type.String(), 'A remark on the document; null where there is none.'),
    passages: Type.Array(
      Type.Object(
        {
          place: Type.String({ description: 'Where it stands in the document.', examples: ['para 22'] }),
          text: Type.String({ description: 'What it says.' }),
          fidelity: oneOf(fidelities, {
            description: 'Whether the text is the words of the document or a summary in ours.',
          }),
        },
        { description: 'A passage on coordination.' },
      ),
      { description: 'What the document says on coordination outside its table.' },
    ),
    statements: ref(Count),
  },
  { $id: 'Source', description: 'A document that says who coordinates what.' },
)
export type Source = Static<typeof Source>

const Filters = Type.Object({
  kind: Type.Optional(oneOf(sourceKinds, { description: 'Only sources of this kind.', examples: ['annex'] })),
  status: Type.Optional(oneOf(sourceStatuses, { description: 'Only sources of this status.', examples: ['adopted'] })),
})

/** Registers the sources. */
export function sources(app: FastifyInstance, { db, names }: Directory, site: Site): Noun {
  return collection(app, site, {
    ...queries(db, site),
    name: 'sources',
    operations: ['Source', 'Sources'],
    words: ['source', 'sources'],
    tag: 'Sources',
    description: {
      list: 'The documents that the statements were read in, in the order of time.',
      item: 'One document: what it is, how final and how complete, what it says outside its table, and how many statements rest on it.',
    },
    key: 'id',
    keyExample: 'annex-draft',
    item: Source,
    filters: Filters,
    lookups: {},
    names: names.source,
    columns: {
      id: (source) => source.id,
      kind: (source) => source.kind,
      title: (source) => source.title,
      document: (source) => source.document,
      date: (source) => source.date,
      dateFrom: (source) => source.dateRange?.from,
      dateTo: (source) => source.dateRange?.to,
      status: (source) => source.status,
      complete: (source) => source.complete,
      url: (source) => source.url,
      note: (source) => source.note,
      statements: (source) => source.statements.total,
      passages: ({ passages }) =>
        passages.map(({ place, fidelity, text }) => `${place} (${fidelity}): ${text}`).join('\n'),
    },
  })
}

function queries(db: Directory['db'], site: Site) {
  const page = pager(
    db,
    documents,
    documents.id,
    and(equals(documents.kind, 'kind'), equals(documents.status, 'status')),
  )
  const rows = db
    .select({ source: documents, total: count(coordinations.id) })
    .from(documents)
    .leftJoin(coordinations, eq(coordinations.source, documents.id))
    .where(among(documents.id, 'ids'))
    .groupBy(documents.id)
    .orderBy(asc(documents.sortKey))
    .prepare()

  function read(ids: string[]): Source[] {
    return rows
      .all({ ids: JSON.stringify(ids) })
      .map(({ source: { sortKey: _key, isDefault: _default, ...source }, total }) => ({
        ...source,
        statements: { total, href: `${hrefOf(site, 'coordinations')}?source=${source.id}` },
      }))
  }

  return { page, read }
}
