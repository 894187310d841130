import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { FastifyInstance } from 'fastify'
import { type ComparedLine, Comparison, type Difference, type Said } from '../data/comparison.ts'
import type { Directory } from '../data/database.ts'
import { formatFor, mediaTypes } from '../http/formats.ts'
import { badRequest, bodyFault } from '../http/problem.ts'
import { noParameters, withoutParameters } from '../http/query.ts'
import { mostBytes, mostRows, type Row, readRows } from '../http/rows.ts'
import { hrefOf, Link, linker, nullable, ref, reportProperties, type Site } from '../http/shapes.ts'
import { checkStatuses, oneOf } from '../vocabulary.ts'

const HeldRow = Type.Object(
  {
    code: Type.String({ maxLength: 100, description: 'The code that you hold.', examples: ['C7.e-health'] }),
    label: Type.Optional(
      nullable(Type.String({ maxLength: 500 }), 'The title that you hold; left out or null where you hold none.'),
    ),
    coordinators: Type.Optional(
      nullable(
        Type.Union([Type.Array(Type.String({ maxLength: 500 }), { maxItems: 100 }), Type.String({ maxLength: 5_000 })]),
        'The coordinators that you hold, by any name: a list, or one text with `;`, `/` or `|` between them. Empty says that there is none; left out or null, that you hold nothing of them.',
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
  { rows: Type.Array(ref(HeldRow), { maxItems: mostRows, description: `The rows, ${mostRows} at most.` }) },
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
          '`current`: all that you sent of it is so. `renamed`: it is another spelling of the code of `actionLine`. `unknown`: no line has this code. `label-differs`: it is no title of the line. `coordinators-differ`: the annex names others.',
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
          statement: Type.String({ description: 'The address of the coordination that says so.' }),
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
    dataset: Type.String({
      description: 'Which data this was compared with: the first 12 hex digits of SHA-256 over the seed files.',
    }),
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
  let kept: Comparison | undefined
  app.register(async (scope) => {
    readRows(scope)
    scope.post('/v1/check', {
      ...withoutParameters,
      // ajv would turn null into "", so the body is checked where it is read.
      validatorCompiler: (part) => (part.httpPart === 'body' ? () => true : validatorOf(app)(part)),
      schema: {
        operationId: 'check',
        summary: 'Check a copy',
        description: `Compares the codes, labels and coordinators that you hold with the directory, row by row, and says what to mend. Send JSON, or CSV with a column \`code\` and, where you hold them, \`label\` (or \`title\`) and \`coordinators\`: the CSV of the action lines that you once took from here will do. At most ${mostBytes} bytes and ${mostRows} rows. Nothing is stored.`,
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
        formatFor(request, ['json'])
        const { rows, notCompared } = heldIn(request.body as Row[] | undefined)
        kept ??= new Comparison(directory)
        const comparison = kept
        const checked = rows.map((row, index) => checkedRow(site, row, index, comparison.compare(row)))
        const isCurrent = ({ status }: CheckedRow) => status[0] === 'current'
        const absent = comparison.linesBut(new Set(checked.map(({ actionLine }) => actionLine?.id)))
        const answer: Check = {
          dataset: site.dataset,
          total: rows.length,
          current: checked.filter(isCurrent).length,
          rows: checked,
          absent: absent.map(({ code, title }) => linker(site)('action-lines', code, title)),
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

/**
 * The rows of a body, and the columns that are passed over.
 * Throws HttpProblem 400 with every fault of every row.
 */
function heldIn(body: Row[] = []): { rows: HeldRow[]; notCompared: string[] } {
  const given = [...new Set(body.flatMap((row) => Object.keys(Object(row))))]
  const labels = given.includes('label') ? 'label' : 'title'
  if (body.length === 0) throw badRequest([bodyFault('/rows', 'The body has no row; send at least one.')])
  if (!given.includes('code'))
    throw badRequest([bodyFault('/rows', `No row has "code"; what they have is ${given.join(', ') || 'nothing'}.`)])
  const rows = body.map((row) => {
    const { code, [labels]: label, coordinators } = Object(row) as Row
    return { code, label: label || null, coordinators }
  })
  const faults = [...Value.Errors(Type.Array(HeldRow), rows)].map(({ path, message, value }) => {
    const [, index, property] = path.split('/')
    const held = JSON.stringify(value)?.slice(0, 100) ?? 'nothing'
    return bodyFault(
      `/rows${path}`,
      `Row ${Number(index) + 1} holds ${held} as "${property}": ${message.toLowerCase()}.`,
    )
  })
  if (faults.length > 0) throw badRequest(faults)
  return {
    rows: rows as HeldRow[],
    notCompared: given.filter((one) => !['code', labels, 'coordinators'].includes(one)),
  }
}

function checkedRow(site: Site, { code }: HeldRow, index: number, difference: Difference): CheckedRow {
  const link = linker(site)
  const { line, suggestions, isRenamed, labelDiffers, missing, extra } = difference
  const lineLink = ({ code, title }: ComparedLine) => link('action-lines', code, title)
  const statement = ({ id, source, sourceTitle }: Said) => ({
    source: link('sources', source, sourceTitle),
    statement: hrefOf(site, 'coordinations', id),
  })
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
    actionLine: line ? lineLink(line) : null,
    suggestions: suggestions.map(lineLink),
    titles: line && labelDiffers ? [line.title, line.genevaTitle] : [],
    missing: missing.map((one) => ({ agency: link('agencies', one.agency, one.bodyName), ...statement(one) })),
    extra: extra.map(({ name, body, namedBy }) => ({
      name,
      agency: body && link('agencies', body.id, body.name),
      namedBy: namedBy.map((one) => ({ role: one.role, asOf: one.asOf, ...statement(one) })),
    })),
  }
}
