import { isIP } from 'node:net'
import { FormatRegistry, Kind, type SchemaOptions, type TUnsafe, Type, TypeRegistry } from './typebox.ts'

// What schemas of every room share: the kind for one word of a list, and the formats of texts.

TypeRegistry.Set<{ enum: readonly string[] }>('ClosedList', (schema, value) =>
  schema.enum.some((word) => word === value),
)

/** The schema of one word of a closed list: a JSON Schema string with `enum`. */
export function oneOf<const Words extends readonly string[]>(
  words: Words,
  options: SchemaOptions,
): TUnsafe<Words[number]> {
  return Type.Unsafe<Words[number]>({ [Kind]: 'ClosedList', type: 'string', enum: words, ...options })
}

/** A day, month or year as far as it is known; `2021-02-30` is none. */
export function isPartialDate(text: string): boolean {
  const [, year = '', month = '01', day = '01'] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text) ?? []
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`)
}

const isText = (text: string) => /^\S(.*\S)?$/u.test(text) && !/\p{Cc}/u.test(text) && text.isWellFormed()

/** The address of the service from outside. */
function isBaseUrl(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && /^https?:$/.test(url.protocol) && !url.search && !url.hash && !url.username
}

/** How to reach the curators: `mailto:` an address, or a form under `https:`. */
function isContact(text: string): boolean {
  return /^mailto:[^\s@?]+@[^\s@?]+$/i.test(text) || (/^https:\/\/\S+$/i.test(text) && URL.canParse(text))
}

/** An address, or a range of them such as 10.0.0.0/8. */
function isRange(text: string): boolean {
  const [address, bits = '0', ...more] = text.split('/')
  const version = isIP(String(address))
  const most = version === 0 ? -1 : version === 4 ? 32 : 128
  return more.length === 0 && /^\d+$/.test(bits) && Number(bits) <= most
}

/** The formats of texts, for TypeBox and for ajv. */
export const formats: Record<string, (text: string) => boolean> = {
  'partial-date': isPartialDate,
  day: (text) => text.length === 10 && isPartialDate(text),
  'web-url': (text) => /^https?:\/\/\S+$/.test(text) && URL.canParse(text),
  text: isText,
  name: (text) => isText(text) && /[\p{L}\p{N}]/u.test(text),
  'base-url': isBaseUrl,
  contact: isContact,
  'trusted-proxies': (text) => /^(true|false|\d+)$/.test(text) || text.split(',').every(isRange),
}
for (const [name, isRight] of Object.entries(formats)) FormatRegistry.Set(name, isRight)
