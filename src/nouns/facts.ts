/**
 * What a record says itself, for the log of changes: a link becomes the id that it leads to, and what only echoes other
 * records (counts, addresses of statements) is left out. What is unknown stays null.
 */
function factsOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(factsOf)
  if (typeof value !== 'object' || value === null) return value
  if ('href' in value && 'total' in value) return undefined
  if (!('href' in value && 'id' in value)) return factsIn(value)
  // A link, maybe with more about it.
  const { id, href: _href, title: _title, ...more } = value as Record<string, unknown>
  return Object.keys(more).length === 0 ? id : { id, ...factsIn(more) }
}

/** As `factsOf`, of the properties of a whole record. */
export function factsIn(record: object): Record<string, unknown> {
  const facts = Object.entries(record).map(([name, value]) => [name, factsOf(value)] as const)
  return Object.fromEntries(facts.filter(([name, value]) => name !== 'href' && value !== undefined))
}
