import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'tap'
import { until } from './service.ts'

/** True if OpenRefine is installed (Debian's package `openrefine`). */
export const hasOpenRefine = spawnSync('sh', ['-c', 'command -v openrefine']).status === 0

const engine = JSON.stringify({ facets: [], mode: 'row-based' })

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

/** A reconciled cell, as OpenRefine returns it. */
export interface ReconciledCell {
  judgment: string
  matchedId: string | null
  candidates: string[]
}

interface Rows {
  rows: { cells: ({ v: string; r?: number } | null)[] }[]
  pool: { recons: Record<string, { j: string; m?: { id: string }; c?: { id: string }[] }> }
}

/** OpenRefine, driven like its pages do: by commands over HTTP. */
export class OpenRefine {
  readonly #url: string
  #project = ''

  constructor(url: string) {
    this.#url = url
  }

  async #command(name: string, query: Record<string, string>, body?: FormData | URLSearchParams): Promise<Response> {
    const { token } = (await (await fetch(`${this.#url}/command/core/get-csrf-token`)).json()) as { token: string }
    const asked = new URLSearchParams({ ...query, csrf_token: token })
    const sent = { method: 'POST', redirect: 'manual' as const, ...(body && { body }) }
    return fetch(`${this.#url}/command/core/${name}?${asked}`, sent)
  }

  /** Runs a long command, and waits until OpenRefine has completed it. Throws Error if it fails. */
  async #run(name: string, form: Record<string, string>): Promise<void> {
    const project = this.#project
    const body = new URLSearchParams({ ...form, engine })
    const { code, message } = (await (await this.#command(name, { project }, body)).json()) as Record<string, string>
    if (code === 'error') throw new Error(message)
    await until(async () => {
      const answer = await fetch(`${this.#url}/command/core/get-processes?project=${project}`)
      return ((await answer.json()) as { processes: unknown[] }).processes.length === 0
    }, 120)
  }

  async createProject(csv: string): Promise<void> {
    const form = new FormData()
    form.append('project-file', new Blob([csv], { type: 'text/csv' }), 'labels.csv')
    form.append('project-name', 'labels')
    form.append('format', 'text/line-based/*sv')
    form.append('options', JSON.stringify({ separator: ',', encoding: 'UTF-8', guessCellValueTypes: false }))
    const { headers } = await this.#command('create-project-from-upload', {}, form)
    this.#project = String(new URL(String(headers.get('location')), this.#url).searchParams.get('project'))
  }

  reconcile(column: string, service: Service, hints: [column: string, property: string][] = []): Promise<void> {
    const columnDetails = hints.map(([column, id]) => ({ column, propertyName: id, propertyID: id }))
    const config = {
      ...{ mode: 'standard-service', service: service.url, autoMatch: true, columnDetails, limit: 0 },
      ...{ identifierSpace: service.identifierSpace, schemaSpace: service.schemaSpace },
      type: { id: service.type, name: service.type },
    }
    return this.#run('reconcile', { columnName: column, config: JSON.stringify(config) })
  }

  /** Chooses an entity for one cell, as a person does. */
  judge(row: number, cell: number, id: string, { identifierSpace, schemaSpace, type }: Service): Promise<void> {
    const choice = { judgment: 'matched', id, name: id, types: type, score: '1' }
    const form = { ...choice, row: String(row), cell: String(cell), identifierSpace, schemaSpace }
    return this.#run('recon-judge-one-cell', form)
  }

  extend(column: string, at: number, service: Service, ids: string[]): Promise<void> {
    const { url, identifierSpace, schemaSpace } = service
    const extension = JSON.stringify({ properties: ids.map((id) => ({ id, name: id })) })
    const columns = { baseColumnName: column, columnInsertIndex: String(at) }
    return this.#run('extend-data', { ...columns, endpoint: url, identifierSpace, schemaSpace, extension })
  }

  /** The cells of a column, by its place. */
  async cells(column: number): Promise<(ReconciledCell | null)[]> {
    const body = new URLSearchParams({ engine })
    const answer = await this.#command('get-rows', { project: this.#project, start: '0', limit: '1000' }, body)
    const { rows, pool } = (await answer.json()) as Rows
    return rows.map(({ cells }) => {
      const recon = pool.recons[String(cells[column]?.r)]
      if (!recon) return null
      return { judgment: recon.j, matchedId: recon.m?.id ?? null, candidates: (recon.c ?? []).map(({ id }) => id) }
    })
  }

  async exported(): Promise<string> {
    const body = new URLSearchParams({ project: this.#project, format: 'csv', engine })
    return (await this.#command('export-rows/labels.csv', {}, body)).text()
  }
}

interface Service {
  url: string
  identifierSpace: string
  schemaSpace: string
  type: string
}

/** Starts OpenRefine on a free port of the loopback; it ends with the test. */
export async function startOpenRefine(t: Test): Promise<OpenRefine> {
  const folder = mkdtempSync(join(tmpdir(), 'openrefine-'))
  const port = await freePort()
  const options = ['-i', '127.0.0.1', '-p', String(port), '-d', folder, '-x', 'refine.headless=true', '-m', '512M']
  // Java's second compiler pays off in long runs only.
  const env = { ...process.env, JAVA_TOOL_OPTIONS: '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC' }
  // A separate process group: the command is a script that starts Java.
  const child: ChildProcess = spawn('openrefine', options, { detached: true, stdio: 'ignore', env })
  t.teardown(() => {
    if (child.pid) process.kill(-child.pid, 'SIGKILL')
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })
  const url = `http://127.0.0.1:${port}`
  const isUp = () =>
    fetch(`${url}/command/core/get-version`).then(
      ({ ok }) => ok,
      () => false,
    )
  await until(isUp, 120)
  return new OpenRefine(url)
}
