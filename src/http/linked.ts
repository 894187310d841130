const typesByLength: Record<number, string> = { 4: 'xsd:gYear', 7: 'xsd:gYearMonth', 10: 'xsd:date' }
const dates = ['date', 'asOf', 'from', 'to']
/** What the context takes for JSON, in which nothing is linked. */
const texts = ['before', 'after']

/** A node of JSON-LD whose dates say whether they are a day, a month or a year. */
export function withTypedDates(value: unknown, name = ''): unknown {
  if (typeof value === 'string' && dates.includes(name))
    return { '@value': value, '@type': typesByLength[value.length] }
  if (typeof value !== 'object' || value === null || texts.includes(name)) return value
  if (Array.isArray(value)) return value.map((one) => withTypedDates(one))
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withTypedDates(one, key)]))
}
