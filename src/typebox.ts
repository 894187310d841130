import { isIP } from 'node:net'
import type { SchemaOptions, TUnsafe } from '@sinclair/typebox'
import { require } from './commonjs.ts'

export type * from '@sinclair/typebox'
export type { ValueError } from '@sinclair/typebox/errors'

// TypeBox through its CommonJS build, because its 248 ES modules take a tenth of the start. All other files import
// TypeBox from here, and the parts that all schemas share: enums, and the string formats.

const typebox: typeof import('@sinclair/typebox') = require('@sinclair/typebox')
export const { Kind, Type } = typebox
export const OptionalKind: typeof typebox.OptionalKind = typebox.OptionalKind
export const { Value }: typeof import('@sinclair/typebox/value') = require('@sinclair/typebox/value')
export const { ValueErrorType }: typeof import('@sinclair/typebox/errors') = require('@sinclair/typebox/errors')

typebox.TypeRegistry.Set<{ enum: readonly string[] }>('ClosedList', (schema, value) =>
  schema.enum.some((word) => word === value),
)

/** The schema of one word of a closed list: a JSON Schema string with `enum`. */
export function oneOf<const Words extends readonly string[]>(
  words: Words,
  options: SchemaOptions,
): TUnsafe<Words[number]> {
  return Type.Unsafe<Words[number]>({ [Kind]: 'ClosedList', type: 'string', enum: words, ...options })
}

/** True for a valid day, month or year; false for `2021-02-30`. */
export function isPartialDate(text: string): boolean {
  const [, year = '', month = '01', day = '01'] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text) ?? []
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`)
}

const isText = (text: string) => /^\S(.*\S)?$/u.test(text) && !/\p{Cc}/u.test(text) && text.isWellFormed()

/** True for an http or https URL without control characters, user and password. */
function isWebUrl(text: string): boolean {
  const url = /^https?:\/\/[^\s\p{C}]+$/u.test(text) ? URL.parse(text) : null
  return url !== null && url.username === '' && url.password === ''
}

/** True for a `mailto:` or `https:` URL. */
const isContact = (text: string): boolean =>
  /^mailto:[^\s\p{C}@]+@[^\s\p{C}@]+$/u.test(text) || (text.startsWith('https:') && isWebUrl(text))

/** True for a public URL of the service. */
function isBaseUrl(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && /^https?:$/.test(url.protocol) && !url.search && !url.hash && !url.username
}

/** True for an IP address, or a range such as 10.0.0.0/8. */
function isRange(text: string): boolean {
  const [address, bits = '0', ...more] = text.split('/')
  const version = isIP(String(address))
  const most = version === 0 ? -1 : version === 4 ? 32 : 128
  return more.length === 0 && /^\d+$/.test(bits) && Number(bits) <= most
}

/** The string formats of schemas, for every validator. */
export const stringFormats: Record<string, (text: string) => boolean> = {
  'partial-date': isPartialDate,
  day: (text) => text.length === 10 && isPartialDate(text),
  'web-url': isWebUrl,
  contact: isContact,
  text: isText,
  name: (text) => isText(text) && /[\p{L}\p{N}]/u.test(text),
  'base-url': isBaseUrl,
  'trusted-proxies': (text) => /^(true|false|\d+)$/.test(text) || text.split(',').every(isRange),
}
for (const [name, isRight] of Object.entries(stringFormats)) typebox.FormatRegistry.Set(name, isRight)
