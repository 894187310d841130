import { beginningOf, fold } from '../characters.ts'
import { badRequest, bodyError, type ParameterError } from '../http/problem-details.ts'
import type { Row } from '../http/read-rows.ts'
import { ref, shape } from '../nouns/shapes.ts'
import { type Static, Type, Value } from '../typebox.ts'

const AgencyName = Type.String({ maxLength: 500, description: 'A name, acronym or id of an agency.' })

const HeldAgency = shape('HeldAgency', 'An agency, as in responses.', {
  id: Type.String({ maxLength: 500, description: 'The id or any other name.' }),
})

const HeldCoordinator = shape('HeldCoordinator', 'A coordinator, as in responses.', { agency: Type.Ref(HeldAgency) })

const HeldNames = Type.Array(Type.Union([AgencyName, Type.Ref(HeldAgency), Type.Ref(HeldCoordinator)]), {
  maxItems: 100,
})

export const HeldRow = shape(
  'HeldRow',
  'A row of your copy. `notCompared` lists the properties that are not compared.',
  {
    id: Type.String({
      maxLength: 100,
      description: 'The code in your copy, in any spelling. Aliases: `code`, `actionLine`.',
      examples: ['C7.e-health'],
    }),
    label: Type.Optional(
      Type.Union([Type.String({ maxLength: 300 }), Type.Null()], {
        description: 'The title in your copy: any name of the line. Omitted, null or empty: no title. Alias: `title`.',
      }),
    ),
    coordinators: Type.Optional(
      Type.Union([HeldNames, Type.String({ maxLength: 2_000 }), Type.Null()], {
        description:
          'The coordinators in your copy, by any name or id: a list, or one string. Empty: there are none. Omitted or null: your copy does not list them. Aliases: `currentAgencies` and `current`, which take precedence, and `agencies`.',
      }),
    ),
  },
)
type HeldRow = Static<typeof HeldRow>

const HeldRows = Type.Array(HeldRow)

const referred = [HeldAgency, HeldCoordinator]
// TypeBox checks rows with these, and so needs its own kind of reference.
referred.forEach(ref)

/** A row of a client's copy; null for a property that the copy does not have. */
export interface CopyRow {
  id: string
  label: string | null
  /** Texts that name agencies. */
  coordinators: string[] | null
}

/** The accepted names of each property. */
const synonyms = {
  id: ['id', 'code', 'actionLine'],
  label: ['label', 'title'],
  coordinators: ['currentAgencies', 'current', 'coordinators', 'agencies'],
} as const

/** The expected type of each property, for errors. */
const expected: Record<string, string> = {
  id: 'a string of at most 100 characters',
  label: 'a string of at most 300 characters',
  coordinators: 'a list of at most 100 names, or one string of at most 2000 characters',
}

/** The rows of a body, and the columns that are not compared. Throws HttpProblem 400 with all errors of all rows. */
export function copyRowsIn(body: Row[] = []): { rows: CopyRow[]; notCompared: string[] } {
  if (body.length === 0) throw badRequest([bodyError('/rows', 'The body has no rows. Send at least one.')])
  const given = [...new Set(body.flatMap((row) => (isObject(row) ? Object.keys(row) : [])))]
  // Of two columns with one name, the first counts.
  const named = new Map(given.toReversed().map((one) => [fold(one), one]))
  const columnOf = (property: keyof typeof synonyms) =>
    synonyms[property].map((one) => named.get(fold(one))).find(Boolean)
  const columns = { id: columnOf('id'), label: columnOf('label'), coordinators: columnOf('coordinators') }
  const valueIn = (row: Row, name: string | undefined) => (name === undefined ? undefined : Object(row)[name])
  const rows: Row[] = body.map((row) => ({
    // The id of a link, as in a row of an edition.
    id: memberOf(valueIn(row, columns.id), 'id'),
    label: valueIn(row, columns.label),
    // The agencies of an edition, as in `current` of a line.
    coordinators: memberOf(valueIn(row, columns.coordinators), 'agencies'),
  }))
  // The check is much faster than the list of errors.
  if (!Value.Check(HeldRows, referred, rows)) throw badRequest(errorsIn(body, rows, given, columns.id))
  const compared = Object.values(columns)
  return { rows: rows.map(copyRow), notCompared: given.filter((one) => !compared.includes(one)) }
}

/** A member of an object; a value without it unchanged. */
const memberOf = (value: unknown, name: string) => (isObject(value) && name in value ? value[name] : value)

/** All errors of all rows. */
function errorsIn(body: Row[], rows: Row[], given: string[], idColumn: string | undefined): ParameterError[] {
  const errors = body.flatMap((row, index) => {
    if (!isObject(row))
      return bodyError(
        `/rows/${index}`,
        `Row ${index + 1} is ${shown(row)}. It must be an object such as {"id": "C1"}.`,
      )
    return idColumn === undefined ? [] : errorsOf(rows[index] as Row, index)
  })
  if (idColumn === undefined && (given.length > 0 || errors.length === 0)) {
    const named = given.slice(0, 20).map((name) => JSON.stringify(name))
    errors.unshift(bodyError('/rows', `No row has "id" or "code", only ${named.join(', ') || 'nothing'}.`))
  }
  return errors
}

const isObject = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The errors of a row, one for each property. */
function errorsOf(row: Row, index: number): ParameterError[] {
  const wrong = new Set([...Value.Errors(HeldRow, referred, row)].map(({ path }) => String(path.split('/')[1])))
  return [...wrong].map((property) => {
    const valueIn = `Row ${index + 1}: "${property}" is ${shown(row[property])}`
    return bodyError(`/rows/${index}/${property}`, `${valueIn}; it must be ${expected[property]}.`)
  })
}

function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object'
  return beginningOf(JSON.stringify(value) ?? 'nothing')
}

/** A row with its coordinators as names; an empty label becomes null. */
function copyRow({ id, label, coordinators }: HeldRow): CopyRow {
  const nameOf = (one: string | { id: string } | { agency: { id: string } }) => {
    if (typeof one === 'string') return one
    return 'agency' in one ? one.agency.id : one.id
  }
  const names = Array.isArray(coordinators) ? coordinators.map(nameOf) : (coordinators ?? null)
  return { id, label: label?.trim() || null, coordinators: typeof names === 'string' ? [names] : names }
}
