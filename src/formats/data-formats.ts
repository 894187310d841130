import { readdirSync } from 'node:fs'
import type { DataFormat } from './format.ts'

const files = readdirSync(import.meta.dirname).filter((name) => name.startsWith('as-'))
const modules: { format: DataFormat }[] = await Promise.all(files.map((name) => import(`./${name}`)))

/** Every data format, in the order in which they are offered: the files `as-….ts` of this folder. */
export const dataFormats = modules.map(({ format }) => format).sort((one, other) => one.position - other.position)

const mediaTypeOf = (format: string) => String(dataFormats.find(({ name }) => name === format)?.mediaType)

/** The media types that other code names, those of two files that are no data format included. */
export const mediaTypes = {
  json: mediaTypeOf('json'),
  jsonld: mediaTypeOf('jsonld'),
  ttl: mediaTypeOf('ttl'),
  yaml: 'application/yaml',
  sqlite: 'application/vnd.sqlite3',
  xlsx: mediaTypeOf('xlsx'),
}
