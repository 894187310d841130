import { text } from '../drizzle.ts'
import type { Seed } from '../seed/seed.ts'
import { type Static, Type } from '../typebox.ts'
import { authorities, fidelities, sourceKinds, sourceStatuses } from '../vocabulary.ts'
import { plain } from './columns.ts'
import { wordOf } from './filters.ts'
import { type Noun, placeOf } from './noun.ts'
import { Authority, Count, countOf, Link, nullable, partialDate, ref, Status, words } from './shapes.ts'
import { nounTable } from './tables.ts'

const SourceKind = words('SourceKind', sourceKinds, 'What kind of document a source is.')
export const Fidelity = words(
  'Fidelity',
  fidelities,
  'Whether a text is the words of the document (`verbatim`) or a summary by the curators (`summary`).',
)

export const DateRange = Type.Object(
  {
    from: nullable(Type.String(), `The earliest date, as ${partialDate}; null if it is open.`),
    to: nullable(Type.String(), `The latest date, as ${partialDate}; null if it is open.`),
  },
  {
    $id: 'DateRange',
    description: 'The dates between which a document was written; an inference or a span of pages, never a date.',
  },
)

const Passage = Type.Object(
  {
    place: Type.String({ description: 'The place in the document.', examples: ['para 22'] }),
    text: Type.String({ description: 'What it says.' }),
    fidelity: ref(Fidelity),
  },
  { $id: 'Passage', description: 'A passage on coordination.' },
)

export const Source = Type.Object(
  {
    id: Type.String({ description: 'The id.', examples: ['annex-draft'] }),
    kind: ref(SourceKind),
    title: Type.String({
      description:
        'The title printed on the document; where `note` says so, a description or the words of its address.',
    }),
    document: nullable(Type.String(), 'The document number or what names it best; null if it has none.'),
    date: nullable(Type.String(), 'The date of the document, as YYYY-MM-DD, YYYY-MM or YYYY; null if it is not known.'),
    dateRange: nullable(ref(DateRange), 'Between which dates it was written, if it has no one date; null otherwise.'),
    status: ref(Status),
    complete: Type.Boolean({
      description:
        'Whether it is an edition: its table covers every line of its time, so absence from it means "not named". In any other source silence means nothing.',
    }),
    authority: ref(Authority),
    edition: nullable(ref(Link), 'Its table, if it is an edition; null otherwise.'),
    url: nullable(Type.String(), 'The address of the document itself; null if it is not on the web.'),
    readIn: nullable(
      Type.String(),
      'The address of the copy or account that was read; null if the document itself was read, or if the copy is not on the web.',
    ),
    host: nullable(
      Type.String(),
      'Who hosts the copy or account that was read, such as `a private wiki on GitHub`; null if the document itself was read.',
    ),
    readOn: nullable(
      Type.String(),
      'The day on which it was read, as YYYY-MM-DD; null if that was not noted. Never a date of the document.',
    ),
    note: nullable(Type.String(), 'A remark on the document; null if there is none.'),
    passages: Type.Array(ref(Passage), {
      description: 'What the document says on coordination outside its table.',
    }),
    statements: ref(Count),
  },
  {
    $id: 'Source',
    description: 'A document that names who coordinates or facilitates what, or says how it is to be done.',
  },
)
export type Source = Static<typeof Source>

export const sourceTable = nounTable('sources', {
  kind: text({ enum: sourceKinds }).notNull(),
  status: text({ enum: sourceStatuses }).notNull(),
  authority: text({ enum: authorities }).notNull(),
})

/** The former ids of sources, each with the source that replaces it, in file order. */
export const formerSources = (seed: Seed): { former: string; source: string }[] =>
  seed.sources.flatMap(({ id, formerIds = [] }) => formerIds.map((former) => ({ former, source: id })))

export const sources: Noun<Source> = {
  name: 'sources',
  kind: 'source',
  operations: ['Source', 'Sources'],
  one: 'source',
  many: 'sources',
  tag: 'Sources',
  title: 'Source documents',
  description: {
    list: 'The documents in which the statements were read, in the order of time.',
    item: 'One document: what it is, how final and how complete, what it says outside its table, and how many statements rest on it.',
  },
  example: 'annex-draft',
  item: Source,
  schemas: [SourceKind, Fidelity, DateRange, Passage, Source],
  table: sourceTable,
  filters: {
    kind: { schema: wordOf(sourceKinds, 'Only sources of this kind.', 'report'), column: sourceTable.kind },
    status: { schema: wordOf(sourceStatuses, 'Only sources of this status.', 'report'), column: sourceTable.status },
    authority: {
      schema: wordOf(authorities, 'Only sources of this authority.', 'official'),
      column: sourceTable.authority,
    },
  },
  columns: {
    ...plain<Source>('id', 'kind', 'title', 'document', 'date'),
    dateFrom: (source) => source.dateRange?.from,
    dateTo: (source) => source.dateRange?.to,
    ...plain<Source>('status', 'complete', 'authority', 'url', 'readIn', 'note'),
    statements: (source) => source.statements.total,
    ...plain<Source>('host', 'readOn'),
    passages: ({ passages }) =>
      passages.map(({ place, fidelity, text }) => `${place} (${fidelity}): ${text}`).join('\n'),
  },
  records({ seed, statements, editionLink }) {
    const totals = Map.groupBy(statements, ({ source }) => source)
    return seed.sources.map(
      (source): Source => ({
        id: source.id,
        kind: source.kind,
        title: source.title,
        document: source.document,
        date: source.date,
        dateRange: source.dateRange,
        status: source.status,
        complete: source.complete,
        authority: source.authority,
        edition: source.edition ? editionLink(source.id) : null,
        url: source.url,
        readIn: source.readIn,
        host: source.host ?? (source.readIn && new URL(source.readIn).hostname),
        readOn: source.readOn,
        note: source.note,
        passages: source.passages,
        statements: countOf(totals.get(source.id)?.length ?? 0, 'coordinations', 'source', source.id),
      }),
    )
  },
  sortKey: (_source, index) => placeOf(index),
  otherIds: ({ seed }) => formerSources(seed).map(({ former, source }) => [former, source]),
  found: ({ title, document, note, passages }) => ({
    title,
    titles: [title],
    texts: [document, note, ...passages.flatMap(({ place, text }) => [place, text])],
  }),
}
