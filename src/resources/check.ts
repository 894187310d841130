import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { FastifyInstance } from 'fastify'
import type { Directory } from '../data/database.ts'
import { and, asc, eq, getTableColumns } from '../data/drizzle.ts'
import { fold } from '../data/naming.ts'
import { resolve } from '../data/resolution.ts'
import { agencies, agencyReach, annexRows, coordinations, actionLines as lines, sources } from '../data/tables.ts'
import { formatFor, mediaTypes } from '../http/formats.ts'
import { badRequest, bodyFault } from '../http/problem.ts'
import { noParameters, withoutParameters } from '../http/query.ts'
import { mostBytes, mostRows, type Row, readRows } from '../http/rows.ts'
import { hrefOf, Link, linker, nullable, ref, reportProperties, type Site } from '../http/shapes.ts'
import { checkStatuses, oneOf } from '../vocabulary.ts'

const HeldRow = Type.Object(
  {
    code: Type.String({ maxLength: 200, description: 'The code that you hold.', examples: ['C7.e-health'] }),
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
export function check(app: FastifyInstance, { db, names }: Directory, site: Site): void {
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
        kept ??= new Comparison(db, names, site)
        const comparison = kept
        const checked = rows.map((row, index) => comparison.row(row, index))
        const isCurrent = ({ status }: CheckedRow) => status[0] === 'current'
        const answer: Check = {
          dataset: site.dataset,
          total: rows.length,
          current: checked.filter(isCurrent).length,
          rows: checked,
          absent: comparison.absent(checked),
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

/** What is asked of the database: every line with its printed label, every body, and every statement. */
function readAll(db: Directory['db']) {
  const held = db
    .select({
      code: lines.code,
      title: lines.title,
      genevaTitle: lines.genevaTitle,
      printedLabel: annexRows.printedLabel,
    })
    .from(lines)
    .innerJoin(sources, eq(sources.isDefault, true))
    .innerJoin(annexRows, and(eq(annexRows.source, sources.id), eq(annexRows.actionLine, lines.code)))
    .orderBy(asc(lines.sortKey))
    .all()
  const bodies = db.select({ id: agencies.id, name: agencies.name }).from(agencies).all()
  const said = db
    .select({
      ...getTableColumns(coordinations),
      title: sources.title,
      isDefault: sources.isDefault,
      body: agencyReach.agency,
    })
    .from(coordinations)
    .innerJoin(sources, eq(sources.id, coordinations.source))
    .innerJoin(agencyReach, eq(agencyReach.namedAs, coordinations.agency))
    .orderBy(asc(coordinations.sortKey))
    .all()
  return {
    held: new Map(held.map((line) => [line.code, line])),
    names: new Map(bodies.map(({ id, name }) => [id, name])),
    said,
  }
}
type All = ReturnType<typeof readAll>
type Line = All['held'] extends Map<string, infer One> ? One : never

/** Compares rows with the directory, all of which is read once. */
class Comparison {
  readonly #all: All
  readonly #names: Directory['names']
  readonly #site: Site

  constructor(db: Directory['db'], names: Directory['names'], site: Site) {
    this.#all = readAll(db)
    this.#names = names
    this.#site = site
  }

  /** The lines that none of the rows means. */
  absent(rows: CheckedRow[]): Link[] {
    const meant = new Set(rows.map(({ actionLine }) => actionLine?.id))
    return [...this.#all.held.values()].filter(({ code }) => !meant.has(code)).map((line) => this.#lineLink(line))
  }

  row({ code, label, coordinators }: HeldRow, index: number): CheckedRow {
    const line = this.#all.held.get(this.#names.actionLine.find(code) ?? '')
    const row = { row: index + 1, code }
    const none = { titles: [], missing: [], extra: [] }
    if (!line) return { ...row, status: ['unknown'], actionLine: null, suggestions: this.#suggestions(code), ...none }
    const isRenamed = line.code !== code
    const titles = typeof label === 'string' && !isTitleOf(line, label) ? [line.title, line.genevaTitle] : []
    const differences = this.#coordinators(line.code, coordinators)
    const found: CheckedRow['status'] = [
      ...(isRenamed ? ['renamed' as const] : []),
      ...(titles.length > 0 ? ['label-differs' as const] : []),
      ...(differences.missing.length + differences.extra.length > 0 ? ['coordinators-differ' as const] : []),
    ]
    const status: CheckedRow['status'] = found.length > 0 ? found : ['current']
    return { ...row, status, actionLine: this.#lineLink(line), suggestions: [], titles, ...differences }
  }

  #suggestions(code: string): Link[] {
    const { actionLine } = this.#names
    const meant = resolve(code, [actionLine])
    const ids = [...meant.matches, ...meant.suggestions].map(({ id }) => id)
    return ids.map((id) => this.#lineLink(this.#all.held.get(id) as Line))
  }

  /** The coordinators that are missing and those that are too many; neither where none are given. */
  #coordinators(code: string, given: HeldRow['coordinators']): Pick<CheckedRow, 'missing' | 'extra'> {
    if (given === undefined || given === null) return { missing: [], extra: [] }
    const holding = [given].flat().flatMap((text) => this.#bodiesIn(text))
    const named = this.#all.said.filter(({ actionLine, isDefault }) => actionLine === code && isDefault)
    const wanted = named.filter(({ agency, body }) => agency === body)
    const missing = wanted.filter(({ agency }) => !holding.some(({ id }) => id === agency))
    const extra = holding.filter(({ id }) => !wanted.some(({ agency }) => agency === id))
    return {
      missing: missing.map(({ id, agency, source, title }) => ({
        agency: this.#bodyLink(agency),
        source: linker(this.#site)('sources', source, title),
        statement: hrefOf(this.#site, 'coordinations', id),
      })),
      extra: extra.map(({ id, name }) => ({
        name,
        agency: id === null ? null : this.#bodyLink(id),
        namedBy: this.#all.said
          .filter(({ actionLine, body }) => actionLine === code && body === id)
          .map(({ id, role, asOf, source, title }) => ({
            role,
            asOf,
            source: linker(this.#site)('sources', source, title),
            statement: hrefOf(this.#site, 'coordinations', id),
          })),
      })),
    }
  }

  /** The bodies that a text names, each with its name; the id is null where it is no name of ours. */
  #bodiesIn(text: string): { name: string; id: string | null }[] {
    const parts = text.split(/[;/|\n]/).map((part) => part.trim())
    return parts.filter((part) => part !== '').map((name) => ({ name, id: this.#names.agency.find(name) ?? null }))
  }

  #lineLink({ code, title }: Line): Link {
    return linker(this.#site)('action-lines', code, title)
  }

  #bodyLink(id: string): Link {
    return linker(this.#site)('agencies', id, String(this.#all.names.get(id)))
  }
}

/** Whether a label is a title of the line, in the draft annex or in Geneva, or the printed one, with or without the code. */
function isTitleOf({ code, title, genevaTitle, printedLabel }: Line, label: string): boolean {
  const titles = [title, genevaTitle]
  return [...titles, ...titles.map((one) => `${code} ${one}`), printedLabel].some((one) => fold(one) === fold(label))
}
