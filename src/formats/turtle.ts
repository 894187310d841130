import { setImmediate } from 'node:timers/promises'
import type { Term } from 'n3'
import { contextOf, contextPath } from '../nouns/context.ts'
import type { Origin } from './format.ts'

interface Quad {
  subject: Term
  predicate: Term
  object: Term
}

/** Stands for the address of a service that does not know it; in the file addresses are relative then. */
const unknownBase = 'http://base.invalid'
/** The number of nodes that are converted at once: other requests pass between. */
const nodesAtOnce = 10

/** The triples of a JSON-LD text of this service, as Turtle; a context that is named by its address is the service's own. */
export async function turtleOf(text: string, { base }: Pick<Origin, 'base'>): Promise<string> {
  // Loaded when the first Turtle is requested: few are.
  const [{ default: jsonld }, { Writer, DataFactory }] = await Promise.all([import('jsonld'), import('n3')])
  const root = base || unknownBase
  const { '@context': given, '@graph': nodes } = JSON.parse(text) as {
    '@context': string | object
    '@graph': unknown[]
  }
  const context =
    typeof given === 'string' ? (contextOf(root) as { '@context': Record<string, unknown> })['@context'] : given
  const named = Object.entries(context).filter(([, iri]) => /^https?:.*[#/]$/.test(String(iri)))
  const own = { '': `${root}${contextPath}#`, rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#' }
  const writer = new Writer({
    prefixes: { ...own, ...Object.fromEntries(named.filter(([name]) => name !== '@vocab')) },
  })
  for (let from = 0; from < nodes.length; from += nodesAtOnce) {
    const graph = { '@context': context, '@graph': nodes.slice(from, from + nodesAtOnce) }
    const quads = (await jsonld.toRDF(graph as never, { base: `${root}/`, safe: true } as never)) as unknown as Quad[]
    // Each batch counts its blank nodes from 0.
    const term = (one: Term): Term =>
      one.termType === 'BlankNode'
        ? DataFactory.blankNode(`n${from}${one.value.replace('_:', '')}`)
        : (DataFactory.fromTerm(one as never) as Term)
    for (const { subject, predicate, object } of quads)
      writer.addQuad(term(subject) as never, term(predicate) as never, term(object) as never)
    await setImmediate()
  }
  const written = await new Promise<string>((done, fail) =>
    writer.end((error: Error | null, result: string) => (error ? fail(error) : done(result))),
  )
  return base === '' ? written.replaceAll(`<${unknownBase}`, '<') : written
}
