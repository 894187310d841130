import type { FastifyInstance } from 'fastify'
import { formatFor, mediaTypes } from '../http/formats.ts'
import { HttpProblem } from '../http/problem.ts'
import { settleQuery } from '../http/query.ts'
import { mostBytes, mostRows, type Row, readRows } from '../http/rows.ts'
import type { Site } from '../http/site.ts'
import type { Edition } from '../nouns/editions.ts'
import {
  dataset,
  editionProperties,
  hrefOf,
  Link,
  nullable,
  ref,
  reportProperties,
  statementHref,
  words,
} from '../nouns/shapes.ts'
import type { Directory } from '../store/directory.ts'
import { type Static, Type } from '../typebox.ts'
import { checkStatuses } from '../vocabulary.ts'
import { agenciesIn, compare, type Difference, type Held, type NamedAgency } from './comparison.ts'
import { HeldRow, heldIn, heldSchemas } from './held-rows.ts'
import type { Records } from './records.ts'
import { Turns } from './turns.ts'

const Copy = Type.Object(
  { rows: Type.Array(ref(HeldRow), { maxItems: mostRows, description: `The rows; \`items\` is read too.` }) },
  { $id: 'Copy', description: 'What you hold of the action lines.' },
)

const CheckStatus = words(
  'CheckStatus',
  checkStatuses,
  '`current`: all that you sent of the row is so. `renamed`: it is another spelling of the id. `unknown`: no line has this id. `label-differs`: it is no name of the line. `coordinators-differ`: the edition names others. `not-in-edition`: the edition does not have the line, so coordinators are not compared.',
)

const NamedBy = Type.Object(reportProperties, {
  $id: 'NamedBy',
  description: 'A statement that names the agency, or a group that it belongs to, for this line.',
})

const MissingAgency = Type.Object(
  { agency: ref(Link), source: ref(Link), href: statementHref },
  { $id: 'MissingAgency', description: 'An agency that the edition names and you do not hold.' },
)

const ExtraAgency = Type.Object(
  {
    name: Type.String({ description: 'The name as you hold it.' }),
    agency: nullable(ref(Link), 'The agency that is meant; null if the directory knows none of this name.'),
    namedBy: Type.Array(ref(NamedBy), {
      description: 'The statements that do name it, or its group, for this line; oldest first, and often none.',
    }),
  },
  { $id: 'ExtraAgency', description: 'An agency that you hold and the edition does not name.' },
)

const CheckedRow = Type.Object(
  {
    row: Type.Integer({ description: 'The number of your row, from 1.' }),
    id: Type.String({ description: 'The id as you hold it.' }),
    status: Type.Array(ref(CheckStatus), { description: '`current` alone, or one or more of the others.' }),
    actionLine: nullable(ref(Link), 'The line that is meant; null if the id is unknown.'),
    suggestions: Type.Array(ref(Link), { description: 'What an unknown id may mean, the nearest first.' }),
    titles: Type.Array(Type.String(), {
      description: 'If the label differs: the titles of the line, in the draft annex and in the Geneva Plan of Action.',
    }),
    missing: Type.Array(ref(MissingAgency), { description: 'The coordinators that you lack.' }),
    extra: Type.Array(ref(ExtraAgency), {
      description: 'The coordinators that you hold and the edition does not name for this line.',
    }),
  },
  { $id: 'CheckedRow', description: 'What is to be said of one row of your copy.' },
)
type CheckedRow = Static<typeof CheckedRow>

const ComparedEdition = Type.Object(editionProperties, {
  $id: 'ComparedEdition',
  description: 'The edition that your coordinators were compared with.',
})

export const Check = Type.Object(
  {
    dataset,
    comparedWith: ref(ComparedEdition),
    total: Type.Integer({ description: 'How many rows you sent.' }),
    current: Type.Integer({ description: 'How many of them are current.' }),
    rows: Type.Array(ref(CheckedRow), { description: 'Each row, in your order.' }),
    absent: Type.Array(ref(Link), { description: 'The lines of the edition that none of your rows means.' }),
    notCompared: Type.Array(Type.String(), { description: 'Columns or properties of yours that were not compared.' }),
  },
  { $id: 'Check', description: 'How a copy differs from the directory.' },
)
export type Check = Static<typeof Check>

/** The schemas that Check refers to, and itself. */
export const checkSchemas = [
  ...heldSchemas,
  Copy,
  CheckStatus,
  NamedBy,
  MissingAgency,
  ExtraAgency,
  CheckedRow,
  ComparedEdition,
  Check,
]

const Query = Type.Object(
  {
    edition: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 100,
        description:
          'The edition that coordinators are compared with; `latest` is the newest. The default edition if it is left out.',
        examples: ['annex-adopted'],
      }),
    ),
  },
  { additionalProperties: false },
)

const csvCopy = 'RFC 4180 with a header row; `;` or a tab may separate the cells, too.'

const description = `Compares the ids, labels and coordinators that you hold with the directory, row by row, and says what to fix. Send JSON, or CSV with a column \`id\` (or \`code\`) and, if you hold them, \`label\` (or \`title\`) and \`coordinators\`: the list of action lines that you once took from here will do, in either. Coordinators may be named in any way that resolve knows, in a list or a sentence; an empty cell, \`-\` or \`n/a\` says that there is none. An empty label is not compared. \`edition\` chooses what they are compared with, and the answer says with which; \`extra\` says which other documents do name the agency. At most ${mostBytes} bytes and ${mostRows} rows of 100 columns. Nothing is stored.`

/** Registers what compares a copy with the directory. Nothing of it is stored. */
export function check(
  app: FastifyInstance,
  directory: Directory,
  site: Site,
  records: () => Records,
  budget = 2_000,
): void {
  app.register(async (scope) => {
    readRows(scope, site)
    scope.post('/v1/check', {
      attachValidation: true,
      // ajv would turn null into "", so the body is checked where it is read.
      validatorCompiler: (part) => (part.httpPart === 'body' ? () => true : validatorOf(app)(part)),
      schema: {
        operationId: 'check',
        summary: 'Check a copy',
        description,
        tags: ['Check'],
        querystring: Query,
        body: {
          content: {
            'application/json': { schema: ref(Copy) },
            'text/csv': { schema: Type.String({ maxLength: mostBytes, description: csvCopy }) },
            'text/tab-separated-values': {
              schema: Type.String({
                maxLength: mostBytes,
                description: 'A header row and rows, their cells separated by tabs.',
              }),
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
      handler: async (request, reply) => {
        const { edition } = settleQuery(request, Query, { edition: directory.lookups.editions })
        formatFor(request, [{ name: 'json', mediaType: mediaTypes.json }])
        const { rows, notCompared } = heldIn(request.body as Row[] | undefined)
        const answer = await checked(records(), directory, site, edition as string | undefined, rows, budget)
        return reply
          .headers({ 'cache-control': 'no-store', 'dataset-version': site.dataset })
          .type(mediaTypes.json)
          .send({ ...answer, notCompared } satisfies Check)
      },
    })
  })
}

function validatorOf(app: FastifyInstance) {
  // Fastify has made it for the routes before this one.
  return app.validatorCompiler as NonNullable<FastifyInstance['validatorCompiler']>
}

/** Compares row by row, and lets other requests pass between the names. Throws HttpProblem 503 if the budget is used up. */
async function compared(
  records: Records,
  names: Directory['named'],
  edition: string,
  held: Held[],
  budget: number,
): Promise<Difference[]> {
  const found: Difference[] = []
  const turns = new Turns()
  const turn = async () => {
    if ((await turns.next()) <= budget) return
    throw new HttpProblem(
      503,
      `Reading the names took too long after ${found.length} of ${held.length} rows. Send fewer rows at once, one name in a field, and ids instead of sentences.`,
      { headers: { 'retry-after': '1' } },
    )
  }
  try {
    for (const row of held) {
      const line = records.lines.get(names['action-line'].find(row.id) ?? '')
      const agencies: NamedAgency[] = []
      for (const text of (line && row.coordinators) ?? []) {
        agencies.push(...agenciesIn(text, names.agency))
        if (turns.isOver()) await turn()
      }
      found.push(compare(records, names['action-line'], edition, line, row, agencies))
      if (turns.isOver()) await turn()
    }
  } finally {
    turns.end()
  }
  return found
}

/** What is to be said of a copy. Throws HttpProblem 503 if its budget is used up. */
async function checked(
  records: Records,
  directory: Directory,
  site: Site,
  asked: string | undefined,
  held: Held[],
  budget: number,
): Promise<Omit<Check, 'notCompared'>> {
  const edition = records.editions.get(asked ?? records.defaultEdition) as Edition
  const differences = await compared(records, directory.named, edition.id, held, budget)
  const rows = differences.map((one, index) => checkedRow(site, records, edition, held[index] as Held, index, one))
  const meant = new Set(rows.map(({ actionLine }) => actionLine?.id))
  const { id, title, status, date, authority } = edition
  return {
    dataset: site.dataset,
    comparedWith: { edition: { id, title, href: site.base + hrefOf('editions', id) }, status, date, authority },
    total: rows.length,
    current: rows.filter(({ status }) => status[0] === 'current').length,
    rows,
    absent: edition.rows.map(({ actionLine }) => actionLine).filter((line) => !meant.has(line.id)),
  }
}

function checkedRow(
  { base }: Site,
  { linkOf }: Records,
  edition: Edition,
  { id }: Held,
  index: number,
  difference: Difference,
): CheckedRow {
  const { line, suggestions, isRenamed, labelDiffers, isInEdition, missing, extra } = difference
  const status: CheckedRow['status'] = []
  if (isRenamed) status.push('renamed')
  if (labelDiffers) status.push('label-differs')
  if (missing.length + extra.length > 0) status.push('coordinators-differ')
  if (!isInEdition) status.push('not-in-edition')
  if (status.length === 0) status.push(line ? 'current' : 'unknown')
  return {
    row: index + 1,
    id,
    status,
    actionLine: line ? linkOf('action-line', line.id) : null,
    suggestions: suggestions.map((one) => linkOf('action-line', one)),
    titles: line && labelDiffers ? [...new Set([line.title, line.genevaTitle])] : [],
    missing: missing.map((agency) => ({
      agency,
      source: edition.source,
      href: base + hrefOf('coordinations', `${edition.id}:${line?.id}:${agency.id}`),
    })),
    extra: extra.map(({ name, agency, namedBy }) => ({
      name,
      agency: agency && linkOf('agency', agency.id),
      namedBy: namedBy.map(({ id, role, appointment, date, dateBasis, source }) => {
        const href = base + hrefOf('coordinations', id)
        return { role, appointment, date, dateBasis, source, href }
      }),
    })),
  }
}
