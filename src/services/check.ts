import { setImmediate } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { enumerated } from '../characters.ts'
import { mediaTypes } from '../formats/data-formats.ts'
import { sendUncached } from '../http/caching.ts'
import { formatFor } from '../http/negotiation.ts'
import { operation } from '../http/operation.ts'
import { querySchema } from '../http/query.ts'
import { maxBytes, maxRows, type Row, readRows } from '../http/read-rows.ts'
import type { Site } from '../http/site.ts'
import type { Edition } from '../nouns/editions.ts'
import { editionNamed } from '../nouns/filters.ts'
import type { LineEdition } from '../nouns/line-shapes.ts'
import { absolute, linkTo, ref } from '../nouns/shapes.ts'
import type { Directory } from '../store/directory.ts'
import type { Records } from '../store/records.ts'
import { Type } from '../typebox.ts'
import { Check, Copy } from './check-shapes.ts'
import { agenciesIn, type Comparison, compare, type NamedAgency } from './comparison.ts'
import { type CopyRow, copyRowsIn } from './copy-rows.ts'

const CheckQuery = querySchema({
  edition: Type.Optional(
    editionNamed(
      'The edition to compare with. `latest`: the newest of coordinators or facilitators. Default: the newest of these that has the line, which is the draft of 2005 for B, D and E.',
    ).schema,
  ),
})

const copyText = (description: string) => Type.String({ maxLength: maxBytes, description })
const copies = {
  'application/json': ref(Copy),
  'application/x-ndjson': copyText('One JSON object per line.'),
  'text/csv': copyText('RFC 4180 with a header row. `;` or a tab may separate the cells.'),
  'text/tab-separated-values': copyText('A header row and rows of tab-separated cells.'),
}
const results = { 'application/json': ref(Check) }

const checkDescription = `Compares the ids, labels and coordinators of your copy with the directory, row by row. Send JSON, NDJSON, or CSV with a column \`id\` (or \`code\`) and optionally \`label\` (or \`title\`) and \`coordinators\`. The list of action lines of this service is a valid copy. Coordinators may have any name that \`/v1/resolve\` recognizes, in a list or a sentence. An empty cell, \`-\` or \`n/a\` means no coordinators. An empty label is not compared. The response states the \`edition\` compared with, and whether your copy matches another one, such as the draft of 2005 or the list of contacts (\`copyOf\`, \`note\`). \`extra\` lists the other documents that name an agency. At most ${maxBytes} bytes and ${maxRows} rows of 100 columns. Nothing is stored.`

/** Registers the check of a copy against the directory. Nothing of the copy is stored. */
export function check(app: FastifyInstance, directory: Directory, site: Site): void {
  app.register(async (scope) => {
    readRows(scope)
    operation(scope, site, {
      path: '/v1/check',
      operationId: 'check',
      summary: 'Check a copy',
      description: checkDescription,
      tag: 'Check',
      query: CheckQuery,
      lookups: { edition: site.lookups.editions },
      body: copies,
      response: ['The result for each row.', results],
      async handle({ edition }, request, reply) {
        formatFor(request, [{ name: 'json', mediaType: mediaTypes.json }])
        const { rows, notCompared } = copyRowsIn(request.body as Row[] | undefined)
        const response = await site.bodies.inTurn(() => checked(directory, edition as string | undefined, rows))
        const body = absolute(site, JSON.stringify({ ...response, notCompared } satisfies Check))
        return sendUncached(site, reply, mediaTypes.json, body)
      },
    })
  })
}

/** The maximum time that one check blocks other requests, in milliseconds. */
const slice = 5

/** Compares row by row, and yields to other requests between names. */
async function compared(
  { records, named }: Directory,
  edition: string | undefined,
  copy: CopyRow[],
): Promise<Comparison[]> {
  const lines = named['action-line']
  const found: Comparison[] = []
  let begun = performance.now()
  const letOthersPass = async () => {
    if (performance.now() - begun < slice) return
    await setImmediate()
    begun = performance.now()
  }
  for (const row of copy) {
    const line = records.byId('action-lines').get(lines.find(row.id) ?? '')
    const agencies: NamedAgency[] = []
    for (const text of (line && row.coordinators) ?? []) {
      agencies.push(...agenciesIn(text, named.agency))
      await letOthersPass()
    }
    found.push(compare(records, lines, edition, line, row, agencies))
    await letOthersPass()
  }
  return found
}

/** The result for a copy. */
async function checked(
  directory: Directory,
  requested: string | undefined,
  copy: CopyRow[],
): Promise<Omit<Check, 'notCompared'>> {
  const { records, dataset } = directory
  const edition = requested === undefined ? records.newest : records.edition(requested)
  const comparisons = await compared(directory, requested, copy)
  const other = copiedFrom(comparisons)
  const rows = comparisons.map((one, index) => ({ row: index + 1, ...one.result, note: noteOn(one, records, other) }))
  const checkedLines = new Set(rows.map(({ actionLine }) => actionLine?.id))
  return {
    dataset,
    comparedWith: comparedEdition(edition),
    copyOf: other === undefined ? null : comparedEdition(records.edition(other)),
    total: rows.length,
    current: rows.filter(({ status }) => status[0] === 'current').length,
    rows,
    absent: edition.rows.map(({ actionLine }) => actionLine).filter((line) => !checkedLines.has(line.id)),
  }
}

function comparedEdition({ id, title, role, status, date, authority, description }: Edition): Check['comparedWith'] {
  return { edition: linkTo('editions', id, title), role, status, date, authority, description }
}

/** The oldest edition that agrees with every row, if the rows do not agree with the edition compared. */
function copiedFrom(comparisons: Comparison[]): string | undefined {
  const rows = comparisons.filter(({ edition }) => edition)
  if (!rows.some(({ result }) => result.status.includes('coordinators-differ'))) return undefined
  const [first, ...others] = rows.map(({ sameAs }) => sameAs.map(({ edition }) => edition.id))
  return first?.find((id) => others.every((ids) => ids.includes(id)))
}

/**
 * The edition with which a row agrees (if several, that of the whole copy), and the agencies that the others name; null
 * if there is none, or if it is the edition compared.
 */
function noteOn({ line, edition, sameAs }: Comparison, records: Records, copyOf?: string): string | null {
  const same = sameAs.find((one) => one.edition.id === copyOf) ?? sameAs[0]
  if (!line || !same || sameAs.some((one) => one.edition.id === edition?.edition.id)) return null
  const labelOf = (one: LineEdition) => records.edition(one.edition.id).label
  const others = line.editions.filter(
    (one) => one.role !== 'contact' && one !== same && (same.role === 'contact' || !sameAs.includes(one)),
  )
  const groups = Map.groupBy(others, ({ agencies }) => agencies.map(({ id }) => id).join(', ') || 'no agency')
  const beside = same.role === 'contact' ? ', the lead contacts, who stand beside the facilitators' : ''
  const agreements = [...groups].map(([agencies, group]) => `${enumerated(group.map(labelOf))}: ${agencies}.`)
  return [`This is ${labelOf(same)} (${same.edition.id})${beside}.`, ...agreements].join(' ')
}
