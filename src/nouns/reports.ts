import type { Seed } from '../seed/seed.ts'
import { type Static, Type } from '../typebox.ts'
import { responsibleRoles } from '../vocabulary.ts'
import { relationsOf, type Statement } from './relations.ts'
import { hrefOf, reportProperties } from './shapes.ts'

const Report = Type.Object(reportProperties)

/** A statement without the agency or the line whose record it is part of. */
export function reportOf(
  { id, role, roleAsWorded, date, dateBasis, authority, source }: Statement,
  seed: Seed,
): Static<typeof Report> {
  return {
    role,
    roleAsWorded,
    appointment: responsibleRoles.includes(role),
    date,
    dateBasis,
    authority,
    source: relationsOf(seed).sourceLink(source),
    href: hrefOf('coordinations', id),
  }
}
