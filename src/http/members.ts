import { LRUCache } from 'lru-cache'

/**
 * Gives members by their ids, in the order of the ids. Each is read once and then kept, because the data is fixed: what
 * a page costs is then its two queries. The 5,000 that were asked for last are kept.
 */
export function keptMembers<Item extends object>(
  key: keyof Item,
  read: (ids: string[]) => Item[],
): (ids: string[]) => Item[] {
  const kept = new LRUCache<string, Item>({ max: 5_000 })
  return (ids) => {
    const held = ids.map((id) => kept.get(id))
    const missing = ids.filter((_id, index) => held[index] === undefined)
    const fresh = new Map(missing.length > 0 ? read(missing).map((item) => [String(item[key]), item]) : [])
    for (const [id, item] of fresh) kept.set(id, item)
    return ids.map((id, index) => (held[index] ?? fresh.get(id)) as Item)
  }
}
