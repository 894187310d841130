import type { NounNames } from '../names/noun-names.ts'
import { type Static, Type } from '../typebox.ts'
import type { PlacedRecords } from './placed.ts'
import { Name, ReadAt, record } from './types.ts'

/** A record of seed/other-bodies.json: a body of the UN system that no source names for a line. */
export const SeedOtherBody = record({
  name: Name('the name or acronym that answers give'),
  names: Type.Array(Name('another name of this body'), { uniqueItems: true }),
  sources: ReadAt,
})
export type SeedOtherBody = Static<typeof SeedOtherBody>

/** Adds the names of the bodies beside those of the agencies, with an error for each name that already exists. */
export function checkOtherBodies(bodies: PlacedRecords<SeedOtherBody>, agencies: NounNames): void {
  for (const { place, value } of bodies.records)
    for (const [index, name] of [value.name, ...value.names].entries()) {
      const other = agencies.find(name) ?? agencies.addOtherBody(value.name, name)
      if (other !== undefined)
        bodies.addError(
          place + (index === 0 ? '/name' : `/names/${index - 1}`),
          `the name "${name}" already means ${other}; an agency must not be in this file, and one name must mean one body`,
        )
    }
}
