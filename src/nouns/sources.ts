import { type Static, Type } from '@sinclair/typebox'
import { text } from '../drizzle.ts'
import { fidelities, oneOf, sourceKinds, sourceStatuses } from '../vocabulary.ts'
import { type Noun, placeOf } from './noun.ts'
import { relationsOf } from './relations.ts'
import { Count, countOf, nullable, ref } from './shapes.ts'
import { nounTable } from './tables.ts'

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

export const sourceTable = nounTable('sources', {
  kind: text({ enum: sourceKinds }).notNull(),
  status: text({ enum: sourceStatuses }).notNull(),
})

export const sources: Noun<Source> = {
  name: 'sources',
  kind: 'source',
  operations: ['Source', 'Sources'],
  one: 'source',
  many: 'sources',
  tag: 'Sources',
  title: 'The documents that say so',
  description: {
    list: 'The documents that the statements were read in, in the order of time.',
    item: 'One document: what it is, how final and how complete, what it says outside its table, and how many statements rest on it.',
  },
  key: 'id',
  keyExample: 'annex-draft',
  item: Source,
  schemas: [Source],
  table: sourceTable,
  filters: {
    kind: {
      schema: oneOf(sourceKinds, { description: 'Only sources of this kind.', examples: ['annex'] }),
      column: sourceTable.kind,
      value: (source) => source.kind,
    },
    status: {
      schema: oneOf(sourceStatuses, { description: 'Only sources of this status.', examples: ['adopted'] }),
      column: sourceTable.status,
      value: (source) => source.status,
    },
  },
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
  records(seed) {
    const totals = Map.groupBy(relationsOf(seed).statements, ({ source }) => source)
    return seed.sources.map(
      ({ annex: _, id, kind, title, document, date, dateRange, ...source }): Source => ({
        id,
        kind,
        title,
        document,
        date,
        dateRange,
        status: source.status,
        complete: source.complete,
        url: source.url,
        note: source.note,
        passages: source.passages,
        statements: countOf(totals.get(id)?.length ?? 0, 'coordinations', 'source', id),
      }),
    )
  },
  sortKey: (_source, index) => placeOf(index),
  titleOf: (source) => source.title,
  found: ({ title, document, note, passages }) => ({
    titles: [title],
    texts: [document, note, ...passages.flatMap(({ place, text }) => [place, text])],
  }),
}
