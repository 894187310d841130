import { text } from '../drizzle.ts'
import type { Seed } from '../seed/seed.ts'
import { type Static, Type } from '../typebox.ts'
import { authorities, fidelities, sourceKinds, sourceStatuses } from '../vocabulary.ts'
import { columnsAt } from './columns.ts'
import { wordFilter } from './filters.ts'
import { type Noun, nounWords } from './noun.ts'
import { nounTable } from './noun-table.ts'
import { Authority, Count, countOf, Link, nullable, partialDate, ref, Status, shape, words } from './shapes.ts'

const SourceKind = words('SourceKind', sourceKinds, 'The kind of document.')
export const Fidelity = words(
  'Fidelity',
  fidelities,
  'The words of the document (`verbatim`) or a `summary` by the curators.',
)

export const DateRange = shape('DateRange', 'The dates between which a document was written, often inferred.', {
  from: nullable(Type.String(), `The earliest date, as ${partialDate}, or null.`),
  to: nullable(Type.String(), `The latest date, as ${partialDate}, or null.`),
})

const Passage = shape('Passage', 'A passage about coordination.', {
  place: Type.String({ description: 'The place in the document.', examples: ['para 22'] }),
  text: Type.String({ description: 'The text.' }),
  fidelity: ref(Fidelity),
})

export const Source = shape('Source', 'A document about the coordination of action lines.', {
  id: Type.String({ description: 'The id.', examples: ['annex-draft'] }),
  kind: ref(SourceKind),
  title: Type.String({ description: 'The printed title, or a description if `note` says so.' }),
  document: nullable(Type.String(), 'The document number or a similar reference, if any.'),
  date: nullable(Type.String(), 'The date, as YYYY-MM-DD, YYYY-MM or YYYY, if known.'),
  dateRange: nullable(ref(DateRange), 'The dates between which an undated document was written, otherwise null.'),
  status: ref(Status),
  complete: Type.Boolean({
    description: 'True for an edition, where absence means "not named". In any other source absence means nothing.',
  }),
  authority: ref(Authority),
  edition: nullable(ref(Link), 'Its table, or null if it is not an edition.'),
  url: nullable(Type.String(), 'The URL of the document itself, if it is online.'),
  readIn: nullable(Type.String(), 'The URL of the copy or account that was read, if any is online.'),
  host: nullable(Type.String(), 'The host of the copy or account that was read. Null if the document itself was read.'),
  readOn: nullable(
    Type.String(),
    'The day on which it was read, as YYYY-MM-DD, if noted. Never the date of the document.',
  ),
  note: nullable(Type.String(), 'A remark, if any.'),
  passages: Type.Array(ref(Passage), { description: 'Passages about coordination outside the table.' }),
  statements: ref(Count),
})
export type Source = Static<typeof Source>

export const sourceTable = nounTable('sources', {
  kind: text({ enum: sourceKinds }).notNull(),
  status: text({ enum: sourceStatuses }).notNull(),
  authority: text({ enum: authorities }).notNull(),
})

/** The former ids of sources, each with the source that replaces it, in file order. */
export const formerSources = (seed: Seed): [former: string, id: string][] =>
  seed.sources.flatMap(({ id, formerIds = [] }) => formerIds.map((former): [string, string] => [former, id]))

export const sources: Noun<Source> = {
  ...nounWords('source', 'sources'),
  title: 'Source documents',
  description: {
    list: 'The documents that make the statements, oldest first.',
    item: 'One document: kind, status, completeness, passages outside its table, and number of statements.',
  },
  example: 'annex-draft',
  item: Source,
  table: sourceTable,
  filters: {
    kind: wordFilter(sourceKinds, 'Only sources of this kind.', 'report'),
    status: wordFilter(sourceStatuses, 'Only sources of this status.', 'report'),
    authority: wordFilter(authorities, 'Only sources of this authority.', 'official'),
  },
  columns: {
    ...columnsAt('id', 'kind', 'title', 'document', 'date'),
    dateFrom: 'dateRange/from',
    dateTo: 'dateRange/to',
    ...columnsAt('status', 'complete', 'authority', 'url', 'readIn', 'note', 'statements', 'host', 'readOn'),
    passages: ({ passages }) =>
      passages.map(({ place, fidelity, text }) => `${place} (${fidelity}): ${text}`).join('\n'),
  },
  records({ seed, statements, editionLink }) {
    const totals = Map.groupBy(statements, ({ source }) => source.id)
    return seed.sources.map(
      (source): Source => ({
        ...source,
        edition: source.edition ? editionLink(source.id) : null,
        host: source.host ?? (source.readIn && new URL(source.readIn).hostname),
        statements: countOf(totals.get(source.id)?.length ?? 0, 'coordinations', 'source', source.id),
      }),
    )
  },
  otherIds: ({ seed }) => formerSources(seed),
  found: ({ title, document, note, passages }) => ({
    title,
    titles: [title],
    texts: [document, note, ...passages.flatMap(({ place, text }) => [place, text])],
  }),
}
