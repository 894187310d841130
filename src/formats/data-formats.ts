import { atom } from './as-atom.ts'
import { csv } from './as-csv.ts'
import { ics } from './as-ics.ts'
import { json } from './as-json.ts'
import { jsonld } from './as-jsonld.ts'
import { ndjson } from './as-ndjson.ts'
import { turtle } from './as-turtle.ts'
import { xlsx } from './as-xlsx.ts'
import type { Format } from './format.ts'

/** Every data format, in the order in which they are offered. To add a format, write its file and add it here. */
export const dataFormats: Format[] = [json, csv, ndjson, ics, atom, jsonld, turtle, xlsx]

export const mediaTypes = {
  json: json.mediaType,
  jsonld: jsonld.mediaType,
  ttl: turtle.mediaType,
  yaml: 'application/yaml',
  sqlite: 'application/vnd.sqlite3',
  xlsx: xlsx.mediaType,
}
