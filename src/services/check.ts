import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { FastifyInstance } from 'fastify'
import { formatFor, mediaTypes } from '../http/formats.ts'
import { badRequest, bodyFault, type ParameterFault } from '../http/problem.ts'
import { noParameters, withoutParameters } from '../http/query.ts'
import { mostBytes, mostRows, type Row, readRows } from '../http/rows.ts'
import type { Site } from '../http/site.ts'
import { dataset, hrefOf, Link, nullable, ref, reportProperties, statementHref } from '../nouns/shapes.ts'
import type { Directory } from '../store/directory.ts'
import { checkStatuses, oneOf } from '../vocabulary.ts'
import { compare, type Difference, type Held } from './comparison.ts'
import { type Records, readRecords } from './records.ts'

const HeldRow = Type.Object(
  {
    code: Type.String({ maxLength: 100, description: 'The code that you hold.', examples: ['C7.e-health'] }),
    label: Type.Optional(
      nullable(
        Type.String({ maxLength: 500 }),
        'The title that you hold, by any name of the line; left out, null or empty where you hold none. `title` is read too.',
      ),
    ),
    coordinators: Type.Optional(
      nullable(
        Type.Union([
          Type.Array(
            Type.Union([
              Type.String({ maxLength: 500 }),
              Type.Object(
                { agency: Type.Object({ id: Type.String({ description: 'The id.' }) }, { description: 'The body.' }) },
                { description: 'A coordinator, as the answers have it.' },
              ),
            ]),
            { maxItems: 100 },
          ),
          Type.String({ maxLength: 2_000 }),
        ]),
        'The coordinators that you hold, by any name or id: a list, as the answers have it or of names, or one text with them. Empty says that there is none; left out or null, that you hold nothing of them.',
      ),
    ),
  },
  {
    $id: 'HeldRow',
    description: 'A row of your copy. Other properties are not compared, and `notCompared` names them.',
  },
)
type HeldRow = Static<typeof HeldRow>

const Copy = Type.Object(
  {
    rows: Type.Array(ref(HeldRow), {
      maxItems: mostRows,
      description: `The rows, ${mostRows} at most; \`items\` is read too.`,
    }),
  },
  { $id: 'Copy', description: 'What you hold of the action lines.' },
)

const NamedBy = Type.Object(reportProperties, {
  $id: 'NamedBy',
  description: 'A statement that names the body, or a group that it belongs to, for this line.',
})

const CheckedRow = Type.Object(
  {
    row: Type.Integer({ description: 'Which row of yours, from 1.' }),
    code: Type.String({ description: 'The code as you hold it.' }),
    status: Type.Array(
      oneOf(checkStatuses, {
        description:
          '`current`: all that you sent of it is so. `renamed`: it is another spelling of the code of `actionLine`. `unknown`: no line has this code. `label-differs`: it is no name of the line. `coordinators-differ`: the annex names others.',
      }),
      { description: 'What is to be said of the row: `current` alone, or one or more of the others.' },
    ),
    actionLine: nullable(ref(Link), 'The line that is meant; null where the code is unknown.'),
    suggestions: Type.Array(ref(Link), { description: 'What an unknown code may mean, the nearest first.' }),
    titles: Type.Array(Type.String(), {
      description:
        'Where the label differs: the titles of the line, in the draft annex and in the Geneva Plan of Action.',
    }),
    missing: Type.Array(
      Type.Object(
        {
          agency: ref(Link),
          source: ref(Link),
          href: statementHref,
        },
        { description: 'A body that you lack.' },
      ),
      { description: 'The coordinators that you lack, each with the source that names it.' },
    ),
    extra: Type.Array(
      Type.Object(
        {
          name: Type.String({ description: 'The name as you hold it.' }),
          agency: nullable(ref(Link), 'The body that is meant; null where the directory knows none of this name.'),
          namedBy: Type.Array(ref(NamedBy), {
            description: 'The statements that do name it, or its group, for this line; oldest first, and often none.',
          }),
        },
        { description: 'A body that you have and the annex does not name.' },
      ),
      { description: 'The coordinators that you hold and the annex does not name for this line.' },
    ),
  },
  { $id: 'CheckedRow', description: 'What is to be said of one row of your copy.' },
)
type CheckedRow = Static<typeof CheckedRow>

export const Check = Type.Object(
  {
    dataset,
    total: Type.Integer({ description: 'How many rows you sent.' }),
    current: Type.Integer({ description: 'How many of them are current.' }),
    rows: Type.Array(ref(CheckedRow), { description: 'Each row, in your order.' }),
    absent: Type.Array(ref(Link), { description: 'The lines that none of your rows means.' }),
    notCompared: Type.Array(Type.String(), { description: 'Columns or properties of yours that were passed over.' }),
  },
  { $id: 'Check', description: 'How a copy differs from the directory.' },
)
export type Check = Static<typeof Check>

/** The schemas that Check refers to, and itself. */
export const checkSchemas = [HeldRow, Copy, NamedBy, CheckedRow, Check]

/** Registers what compares a copy with the directory. Nothing of it is stored. */
export function check(app: FastifyInstance, directory: Directory, site: Site): void {
  let kept: Records | undefined
  app.register(async (scope) => {
    readRows(scope)
    scope.post('/v1/check', {
      ...withoutParameters,
      // ajv would turn null into "", so the body is checked where it is read.
      validatorCompiler: (part) => (part.httpPart === 'body' ? () => true : validatorOf(app)(part)),
      schema: {
        operationId: 'check',
        summary: 'Check a copy',
        description: `Compares the codes, labels and coordinators that you hold with the directory, row by row, and says what to mend. Send JSON, or CSV with a column \`code\` and, where you hold them, \`label\` (or \`title\`) and \`coordinators\`: the list of action lines that you once took from here will do, in either. At most ${mostBytes} bytes and ${mostRows} rows. Nothing is stored.`,
        tags: ['Check'],
        ...noParameters,
        body: {
          content: {
            'application/json': { schema: ref(Copy) },
            'text/csv': {
              schema: Type.String({ description: 'RFC 4180 with a header row; `;` or a tab may part the cells.' }),
            },
          },
        },
        response: {
          200: {
            description: 'What is to be said of each row.',
            content: { 'application/json': { schema: ref(Check) } },
          },
        },
      },
      handler: (request, reply) => {
        formatFor(request, [{ name: 'json', mediaType: mediaTypes.json }])
        const { rows, notCompared } = heldIn(request.body as Row[] | undefined)
        kept ??= readRecords(directory, site)
        const records = kept
        const checked = rows.map((row, index) =>
          checkedRow(site, records, row, index, compare(records, directory.named, row)),
        )
        const isCurrent = ({ status }: CheckedRow) => status[0] === 'current'
        const meant = new Set(checked.map(({ actionLine }) => actionLine?.id))
        const answer: Check = {
          dataset: site.dataset,
          total: rows.length,
          current: checked.filter(isCurrent).length,
          rows: checked,
          absent: [...records.lines.keys()]
            .filter((code) => !meant.has(code))
            .map((code) => records.linkOf('action-line', code)),
          notCompared,
        }
        return reply
          .headers({ 'cache-control': 'no-store', 'dataset-version': site.dataset })
          .type(mediaTypes.json)
          .send(answer)
      },
    })
  })
}

function validatorOf(app: FastifyInstance) {
  // Fastify has made it for the routes before this one.
  return app.validatorCompiler as NonNullable<FastifyInstance['validatorCompiler']>
}

/** What each property of a row must be, for who sent another. */
const right: Record<string, string> = {
  code: 'a text of at most 100 characters',
  label: 'a text of at most 500 characters',
  coordinators: 'a list of at most 100 names, or one text of at most 2000 characters',
}

/**
 * The rows of a body, and the columns that are passed over.
 * Throws HttpProblem 400 with every fault of every row.
 */
function heldIn(body: Row[] = []): { rows: Held[]; notCompared: string[] } {
  if (body.length === 0) throw badRequest([bodyFault('/rows', 'The body has no row; send at least one.')])
  const given = [...new Set(body.flatMap((row) => (isObject(row) ? Object.keys(row) : [])))]
  const column = (name: string) => given.find((one) => one.trim().toLowerCase() === name)
  const columns = {
    code: column('code'),
    label: column('label') ?? column('title'),
    coordinators: column('coordinators'),
  }
  const rows = body.map((row) =>
    Object.fromEntries(Object.entries(columns).map(([to, from = '']) => [to, Object(row)[from]])),
  )
  const faults = body.flatMap((row, index) => {
    if (!isObject(row))
      return bodyFault(`/rows/${index}`, `Row ${index + 1} is ${shown(row)}; a row is {"code": "C1"}.`)
    return columns.code === undefined ? [] : faultsOf(rows[index] as Row, index)
  })
  if (columns.code === undefined && (given.length > 0 || faults.length === 0))
    faults.unshift(bodyFault('/rows', `No row has "code", only ${given.slice(0, 20).join(', ') || 'nothing'}.`))
  if (faults.length > 0) throw badRequest(faults)
  const compared = Object.values(columns)
  return { rows: (rows as HeldRow[]).map(plain), notCompared: given.filter((one) => !compared.includes(one)) }
}

const isObject = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The faults of a row, one for each of its properties. */
function faultsOf(row: Row, index: number): ParameterFault[] {
  const wrong = new Set([...Value.Errors(HeldRow, row)].map(({ path }) => String(path.split('/')[1])))
  return [...wrong].map((property) => {
    const held = `Row ${index + 1} holds ${shown(row[property])} as "${property}"`
    return bodyFault(`/rows/${index}/${property}`, `${held}; it must be ${right[property]}.`)
  })
}

function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object'
  return JSON.stringify(value)?.slice(0, 100) ?? 'nothing'
}

/** A row with its coordinators as names; an empty label is none. */
function plain({ code, label, coordinators }: HeldRow): Held {
  const nameOf = (one: string | { agency: { id: string } }) => (typeof one === 'string' ? one : one.agency.id)
  const names = Array.isArray(coordinators) ? coordinators.map(nameOf) : coordinators
  return { code, label: label?.trim() || null, coordinators: names }
}

function checkedRow(
  { base }: Site,
  { linkOf }: Records,
  { code }: Held,
  index: number,
  difference: Difference,
): CheckedRow {
  const { line, suggestions, isRenamed, labelDiffers, missing, extra } = difference
  const found: CheckedRow['status'] = [
    ...(isRenamed ? ['renamed' as const] : []),
    ...(labelDiffers ? ['label-differs' as const] : []),
    ...(missing.length + extra.length > 0 ? ['coordinators-differ' as const] : []),
  ]
  const known: CheckedRow['status'] = found.length > 0 ? found : ['current']
  return {
    row: index + 1,
    code,
    status: line ? known : ['unknown'],
    actionLine: line ? linkOf('action-line', line.code) : null,
    suggestions: suggestions.map((id) => linkOf('action-line', id)),
    titles: line && labelDiffers ? [...new Set([line.title, line.genevaTitle])] : [],
    missing: line ? missing.map(({ agency, href }) => ({ agency, source: line.annex.source, href })) : [],
    extra: extra.map(({ name, agency, namedBy }) => ({
      name,
      agency: agency && linkOf('agency', agency.id),
      namedBy: namedBy.map(({ id, role, asOf, source }) => ({
        role,
        asOf,
        source,
        href: base + hrefOf('coordinations', id),
      })),
    })),
  }
}
