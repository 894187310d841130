/**
 * The facts stated in a record, for the log of changes: a link becomes its target's id, and anything derived from other
 * records (counts, addresses of statements) is omitted. Unknown values stay null.
 */
function factsOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(factsOf)
  if (typeof value !== 'object' || value === null) return value
  if ('href' in value && 'total' in value) return undefined
  if (!('href' in value && 'id' in value)) return factsIn(value)
  // A link, perhaps with further properties.
  const { id, href: _href, title: _title, ...more } = value as Record<string, unknown>
  return Object.keys(more).length === 0 ? id : { id, ...factsIn(more) }
}

/** Like `factsOf`, for all properties of a record. */
export function factsIn(record: object): Record<string, unknown> {
  const facts = Object.entries(record).map(([name, value]) => [name, factsOf(value)] as const)
  return Object.fromEntries(facts.filter(([name, value]) => name !== 'href' && value !== undefined))
}
