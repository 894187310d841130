import { type Ask, asker } from '../asker.ts'
import { type Document, type Operation, operationsOf } from './document.ts'
import { differences, errorsOfVary, Promises } from './promises.ts'
import { type Known, type Question, questionsFor } from './questions.ts'

// Sends a running service valid and invalid requests, and validates each response against its document.

export interface Findings {
  /** The number of requests sent. */
  asked: number
  /** The number of responses of each status, by operation. */
  statuses: Record<string, Record<number, number>>
  /** The errors, with the request and the seed that reproduce them. */
  errors: string[]
}

const sockets = 8

/** Sends `count` requests to each operation of `document`, repeatedly until `seconds` have passed. */
export async function fuzz(
  url: string,
  document: Document,
  { seed = 1, count = 100, seconds = 0 } = {},
): Promise<Findings> {
  const ask = asker(url, sockets)
  const operations = operationsOf(document)
  const promises = new Promises(document)
  const findings: Findings = { asked: 0, statuses: {}, errors: [] }
  const known = await knownTo(ask, operations)
  const end = Date.now() + seconds * 1000
  try {
    for (let round = seed; round === seed || Date.now() < end; round++) {
      const questions = operations
        .flatMap((one, index) => questionsFor(one, known, round * operations.length + index, count))
        .values()
      const work = async () => {
        for (const question of questions) {
          const errors = await judge(ask, promises, question, findings)
          const { method, path, headers, body, next } = question
          const asked = JSON.stringify({ method, path, headers, body, next })
          findings.errors.push(
            ...errors.map((error) => `${error}\n  seed ${round}, ${question.operation.id}: ${asked}`),
          )
        }
      }
      await Promise.all(Array.from({ length: sockets }, work))
    }
  } finally {
    ask.close()
  }
  return findings
}

/** The values of the parameters in paths, read from all URLs that the service returns. */
async function knownTo(ask: Ask, operations: Operation[]): Promise<Known> {
  const open = operations.filter(({ method, path }) => method === 'GET' && !path.includes('{'))
  const texts = await Promise.all(
    open.map(async ({ path }) => (await ask({ path, headers: {}, body: undefined }, 'GET')).text),
  )
  const addresses = texts.flatMap((text) => text.match(/(?<=")\/[^"?]+/g) ?? [])
  return Object.fromEntries(
    operations.flatMap(({ path, parameters }) => {
      const pattern = new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/{}]+)')}$`)
      const found: Record<string, string>[] = addresses.flatMap((address) =>
        [pattern.exec(address)?.groups ?? []].flat(),
      )
      return parameters
        .filter((one) => one.in === 'path')
        .map(({ name, example }) => [
          `${path} ${name}`,
          [...new Set([String(example), ...found.map((groups) => decodeURIComponent(groups[name] ?? ''))])],
        ])
    }),
  )
}

/** The errors in the responses to one request. */
async function judge(ask: Ask, promises: Promises, question: Question, findings: Findings): Promise<string[]> {
  const { operation, method, next } = question
  const counts = findings.statuses[operation.id] ?? {}
  findings.statuses[operation.id] = counts
  const send = async (one: Question) => {
    findings.asked++
    const answer = await ask(one, one.method)
    counts[answer.status] = (counts[answer.status] ?? 0) + 1
    return answer
  }
  const answer = await send(question)
  const errors = [...promises.errorsOf(question, answer), ...errorsOfVary(question, answer)]
  const { etag } = answer.headers
  const isStill = operation.id !== 'getMetrics' || answer.status !== 200
  if (next === 'again' && isStill) errors.push(...differences(answer, await send(question), false))
  if (next === 'head' && method === 'GET' && isStill)
    errors.push(...differences(answer, await send({ ...question, method: 'HEAD' }), true))
  if (next === 'held' && method === 'GET' && etag) {
    const held = await send({ ...question, headers: { ...question.headers, 'if-none-match': etag } })
    if (held.status !== 304 || held.headers.etag !== etag || held.bytes.length > 0)
      errors.push(`${etag} is answered with ${held.status}`)
  }
  return errors
}
