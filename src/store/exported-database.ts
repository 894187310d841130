import Sqlite from 'better-sqlite3'
import type { Agency } from '../nouns/agencies.ts'
import { cellIn } from '../nouns/columns.ts'
import { nouns } from '../nouns/index.ts'
import type { Cell, Noun } from '../nouns/noun.ts'
import type { Session } from '../nouns/sessions.ts'
import { dataLicense, directoryName } from '../openapi-info.ts'
import { recordsOf } from './collection.ts'
import type { Directory } from './directory.ts'

// The exported SQLite file: one table for each noun with the columns of its CSV, tables for relations between records,
// and views for common questions. The search index and the names are not exported.

/** The relations from one record to several others, by noun: the columns and the rows of each table. */
const relations: Record<string, { [table: string]: [columns: string[], rowsOf: (record: never) => Cell[][]] }> = {
  sessions: {
    session_action_lines: [
      ['session', 'action_line', 'basis'],
      ({ id, actionLines }: Session) => actionLines.map((line) => [id, line.id, line.basis]),
    ],
    session_organizers: [
      ['session', 'name', 'agency'],
      ({ id, organizers }: Session) => organizers.map(({ name, agency }) => [id, name, agency?.id]),
    ],
  },
  agencies: {
    agency_members: [['agency', 'member'], ({ id, members }: Agency) => members.map((member) => [id, member.id])],
  },
}

const statements = `from coordinations c
  join action_lines l on l.id = c.action_line
  join agencies a on a.id = c.agency`

/** The views, which are part of the file's contract. */
const views = `
create view about as
  select '${directoryName}' as title, dataset, '${dataLicense.id}' as license, '${dataLicense.url}' as license_url, '${dataLicense.sentence}' as terms
  from directory;
create view who_coordinates as
  select c.action_line, l.title, c.agency, a.name as agency_name, e.id as edition, e.role, e.status, e.date, e.authority, c.position
  ${statements} join editions e on e.id = c.source where e.role <> 'contact'
  order by l.position, e.rowid, c.position;
create view who_coordinates_today as
  select w.* from who_coordinates w join action_lines l on l.id = w.action_line and l.current_edition = w.edition
  order by l.position, w.position;
create view lead_contacts_today as
  select c.action_line, l.title, c.agency, a.name as agency_name, e.id as edition, e.date, e.authority, c.position
  ${statements} join editions e on e.id = l.contacts_edition and e.id = c.source
  order by l.position, c.position;
create view who_reported as
  select c.action_line, l.title, c.agency, a.name as agency_name, c.role, c.appointment, c.date, c.date_basis, c.source, c.authority, c.url, c.read_in
  ${statements} where c.source not in (select id from editions)
  order by l.position, c.rowid;
create view sessions_on_lines as
  select s.action_line, l.title as line_title, m.*
  from session_action_lines s join action_lines l on l.id = s.action_line join sessions m on m.id = s.session
  order by l.position, m.date;
create view sessions_of_forums as
  select f.name as forum_name, s.*
  from sessions s join forums f on f.id = s.forum
  order by f.id, s.date;
`

/** Omitted: long texts for readers of a diff, available at /v1/changes. */
const leftOut: Record<string, string[]> = { changes: ['before', 'after'] }

/** The bytes of the exported file, equal for equal records. Its table `directory` names the dataset. */
export function portableBytes({ collections, dataset }: Directory): Buffer {
  const client = new Sqlite(':memory:')
  try {
    client.transaction(() => {
      inserter(client, 'directory', ['dataset'])([dataset])
      for (const noun of nouns) fill(client, noun, recordsOf(collections, noun.name))
    })()
    client.exec(views)
    client.exec('vacuum')
    return client.serialize()
  } finally {
    client.close()
  }
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replaceAll('-', '_')

function fill(client: Sqlite.Database, noun: Noun, records: Iterable<never>): void {
  const columns = Object.entries(noun.columns).filter(([name]) => !leftOut[noun.name]?.includes(name))
  const names = columns.map(([name]) => snake(name))
  const insert = inserter(client, snake(noun.name), names)
  const related = Object.entries(relations[noun.name] ?? {}).map(([table, [columns, rowsOf]]) => ({
    rowsOf,
    insert: inserter(client, table, columns),
  }))
  for (const record of records) {
    insert(columns.map(([, column]) => cellIn(column, record)))
    for (const { rowsOf, insert } of related) rowsOf(record).forEach(insert)
  }
}

/** Creates a table and returns a function that inserts a row. */
function inserter(client: Sqlite.Database, table: string, columns: string[]): (row: Cell[]) => void {
  const declared = columns.map((name) => `"${name}"${name === 'id' ? ' text primary key' : ''}`)
  client.exec(`create table ${table} (${declared.join(', ')})`)
  const statement = client.prepare(`insert into ${table} values (${columns.map(() => '?').join(', ')})`)
  return (row) => void statement.run(row.map(stored))
}

/** A cell as stored by SQLite; an empty text of a column with several values becomes null. */
function stored(cell: Cell): string | number | null {
  if (typeof cell === 'boolean') return Number(cell)
  return cell === undefined || cell === '' ? null : cell
}
