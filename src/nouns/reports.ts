import type { Seed } from '../seed/seed.ts'
import { type Static, Type } from '../typebox.ts'
import { appointments } from '../vocabulary.ts'
import { relationsOf, type Statement } from './relations.ts'
import { hrefOf, reportProperties } from './shapes.ts'

const Report = Type.Object(reportProperties)

/** A statement beside the agency or the line that it is seen from. */
export function reportOf({ id, role, date, dateBasis, source }: Statement, seed: Seed): Static<typeof Report> {
  return {
    role,
    appointment: appointments.includes(role),
    date,
    dateBasis,
    source: relationsOf(seed).sourceLink(source),
    href: hrefOf('coordinations', id),
  }
}
