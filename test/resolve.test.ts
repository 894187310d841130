import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { test } from 'tap'
import type { Resolution } from '../src/resources/resolve.ts'
import { type Service, startService } from './service.ts'

let service: Service
test('begin', async () => {
  service = await startService()
})

async function resolved(q: string, kind?: string): Promise<Resolution> {
  const { status, json, text } = await service.ask(`/v1/resolve?${new URLSearchParams({ q, ...(kind && { kind }) })}`)
  if (status !== 200) throw new Error(text)
  return json
}
const ids = async (q: string, kind?: string) => (await resolved(q, kind)).matches.map(({ id }) => id)
const certainIds = async (q: string, kind?: string) =>
  (await resolved(q, kind)).matches.filter(({ certain }) => certain).map(({ id }) => id)

interface Labelled {
  text: string
  kind: 'action-line' | 'agency'
  expected: string
  seen: string
}

const labelled: Labelled[] = parse(readFileSync(join(import.meta.dirname, 'fixtures/resolve.csv')), { columns: true })

test('texts of real programmes and forms mean what a clerk says that they mean', async (t) => {
  t.ok(labelled.length >= 200, `${labelled.length} labelled texts`)
  t.ok(labelled.every(({ seen }) => seen !== ''))
  let given = 0
  let wanted = 0
  let right = 0
  for (const { text, kind, expected } of labelled) {
    const want = expected.split('; ').filter((id) => id !== '')
    const { matches, suggestions } = await resolved(text, kind)
    const hits = matches.filter(({ id }) => want.includes(id))
    given += matches.length
    wanted += want.length
    right += hits.length
    for (const { id, certain } of matches) if (certain) t.ok(want.includes(id), `"${text}" is certainly ${id}`)
    for (const { id } of suggestions) t.notOk(matches.some((match) => match.id === id))
  }
  const [precision, recall] = [right / given, right / wanted]
  t.ok(precision >= 0.98, `precision ${precision.toFixed(3)}: ${right} of ${given} that were given are right`)
  t.ok(recall >= 0.95, `recall ${recall.toFixed(3)}: ${right} of ${wanted} that were wanted were given`)
  process.stderr.write(
    `resolve: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}, ${labelled.length} texts\n`,
  )
})

test('end', () => service.close())
