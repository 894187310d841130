import { descriptionOf, nounsOfColumns } from '../formats/column-descriptions.ts'
import { cellIn } from '../nouns/columns.ts'
import { nouns } from '../nouns/index.ts'
import type { Cell, Column, Noun } from '../nouns/noun.ts'
import { dataLicense } from '../openapi-info.ts'
import { recordsOf } from '../store/collection.ts'
import type { StoredExport } from '../store/database-file.ts'
import type { Directory } from '../store/directory.ts'

// datapackage.json: the CSV files and their columns, as Frictionless Data Package 1.0 describes them.

/** The description of the CSV files, which are among the exported files. */
export function dataPackage({ collections, dataset }: Directory, files: Map<string, StoredExport>): object {
  const ids = new Map(nouns.map(({ name }) => [name, new Set([...recordsOf(collections, name)].map(idOf))]))
  return {
    profile: 'tabular-data-package',
    name: 'action-line-directory',
    title: 'Action Line directory',
    description: 'Who in the UN system coordinates which WSIS Action Line, and which document says so.',
    version: dataset,
    licenses: [{ name: dataLicense.id, path: dataLicense.url }],
    resources: nouns.map((noun) => {
      const { bytes, sha256 } = files.get(`${noun.name}.csv`) as StoredExport
      const records = [...recordsOf(collections, noun.name)]
      return {
        profile: 'tabular-data-resource',
        name: noun.name,
        title: noun.title,
        description: [noun.description.list, noun.columnsNote].filter(Boolean).join(' '),
        path: `${noun.name}.csv`,
        format: 'csv',
        mediatype: 'text/csv',
        encoding: 'utf-8',
        bytes,
        hash: `sha256:${sha256}`,
        schema: schemaOf(noun, records, ids),
      }
    }),
  }
}

const idOf = (record: object): string => (record as { id: string }).id

function schemaOf(noun: Noun, records: object[], ids: Map<string, Set<string>>): object {
  const columns = Object.entries(noun.columns).map(([name, column]) => ({
    name,
    cells: records.map((record) => cellIn(column as Column<object>, record)).filter((value) => (value ?? '') !== ''),
  }))
  // A column with ids of several nouns, or several ids in a cell, cannot be a foreign key.
  const foreignKeys = columns.flatMap(({ name, cells }) => {
    const target = nounsOfColumns[name] ?? ''
    const isKey = cells.every((value) => ids.get(target)?.has(String(value)))
    return isKey && ids.has(target)
      ? [{ fields: name, reference: { resource: target === noun.name ? '' : target, fields: 'id' } }]
      : []
  })
  return {
    fields: columns.map(({ name, cells }) => ({
      name,
      type: columnType(cells),
      description: descriptionOf(noun, name),
    })),
    missingValues: [''],
    primaryKey: 'id',
    ...(foreignKeys.length > 0 && { foreignKeys }),
  }
}

/** The Table Schema type of all cells. Dates may be partial, so they are strings. */
function columnType(cells: Cell[]): string {
  if (cells.length > 0 && cells.every((value) => typeof value === 'boolean')) return 'boolean'
  if (cells.length > 0 && cells.every((value) => Number.isInteger(value))) return 'integer'
  return cells.length > 0 && cells.every((value) => typeof value === 'number') ? 'number' : 'string'
}
