import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import t from 'tap'
import { hasOpenRefine, startOpenRefine } from './openrefine.ts'
import { serve } from './service.ts'

const csv = readFileSync(join(import.meta.dirname, 'fixtures/reconcile.csv'), 'utf8')
const labels: { label: string; expected: string }[] = parse(csv, { columns: true })

const skip = hasOpenRefine ? false : 'OpenRefine is not installed: apt-get install openrefine'

t.test('OpenRefine matches a spreadsheet of lines, extends it and exports it', { skip }, async (t) => {
  const { url, ask } = await serve(t)
  const endpoint = `${url}/v1/reconcile`
  const { identifierSpace, schemaSpace } = (await ask('/v1/reconcile')).json
  const service = { url: endpoint, identifierSpace, schemaSpace, type: 'action-line' }
  const refine = await startOpenRefine(t)
  await refine.createProject(csv)
  await refine.reconcile('label', service, [['agency', 'agency']])

  const cells = await refine.cells(0)
  t.equal(cells.length, labels.length)
  const matched = labels.map(({ label, expected }, at) => ({ label, expected, given: cells[at]?.matchedId ?? null }))
  const automatic = matched.filter(({ given }) => given !== null)
  t.same(
    automatic.filter(({ given, expected }) => given !== expected),
    [],
    'no cell is matched with a wrong line',
  )
  t.ok(automatic.length >= 33, `${automatic.length} of ${labels.length} were matched without a person`)
  t.comment(`${automatic.length} of ${labels.length} labels matched automatically, all right`)

  const misspelt = labels.findIndex(({ label }) => label === 'Enabling enviroment')
  t.ok(cells[misspelt]?.candidates.includes('C6'), 'a label that is not certain has candidates to choose from')
  await refine.judge(misspelt, 0, 'C6', service)
  t.equal((await refine.cells(0))[misspelt]?.matchedId, 'C6')

  await refine.extend('label', 1, service, ['title', 'current'])
  const rows: Record<string, string>[] = parse(await refine.exported(), { columns: true, relax_column_count: true })
  const { title, current } = (await ask('/v1/action-lines/C6')).json
  const row = rows.find(({ expected, seen }) => expected === 'C6' && seen === 'devised: misspelt')
  t.equal(row?.Title, title)
  t.equal(row?.['Named in the newest table'], current.agencies[0].title)
})
