import type { Term } from 'n3'
import { contextOf, contextPath } from '../nouns/context.ts'
import type { Origin } from './format.ts'

type Node = Record<string, unknown>
type Definition = Record<string, unknown>
type Terms = Record<string, string | Definition>

const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'

/**
 * The triples of a JSON-LD text of this service, as Turtle. Of JSON-LD 1.1 it knows what our contexts use: prefixes,
 * terms, the contexts of a type and of a property, lists, JSON, nesting and reverse properties.
 */
export async function turtleOf(text: string, { base }: Pick<Origin, 'base'>): Promise<string> {
  // Loaded when the first Turtle is requested: few are.
  const { DataFactory, Writer } = await import('n3')
  const { literal, namedNode, quad } = DataFactory
  const document = JSON.parse(text) as { '@context': string | Terms; '@graph': Node[] }
  const given = document['@context']
  const context = typeof given === 'string' ? (contextOf(base) as { '@context': Terms })['@context'] : given
  const isPrefix = ([name, iri]: [string, unknown]) => !name.startsWith('@') && /^https?:.*[#/]$/.test(String(iri))
  const prefixes = Object.fromEntries(Object.entries(context).filter(isPrefix)) as Record<string, string>
  const writer = new Writer({ prefixes: { '': `${base}${contextPath}#`, rdf, ...prefixes } })

  // The names that n3 gives go on from one text to the next; the same records must have the same bytes.
  let blanks = 0
  const blankNode = () => DataFactory.blankNode(`n${blanks++}`)
  const iriOf = (name: string) => {
    const [prefix = '', local] = name.split(/:(?!\/\/)/)
    if (local === undefined) return name.includes('://') ? name : `${context['@vocab']}${name}`
    return prefix in prefixes ? `${prefixes[prefix]}${local}` : name
  }

  /** Writes a node, and returns its term; `outer` are the terms around it, which its type adds to for its own keys. */
  const nodeOf = (node: Node, outer: Terms): Term => {
    const type = outer[String(node['@type'])] as Definition | undefined
    const terms = { ...outer, ...(type?.['@context'] as Terms | undefined) }
    const id = Object.entries(node).find(([key, value]) => typeof value === 'string' && isId(key, terms))
    const subject = id ? namedNode(String(id[1])) : blankNode()
    describe(subject, node, terms, outer)
    return subject
  }
  const isId = (key: string, terms: Terms) => key === '@id' || terms[key] === '@id'

  const describe = (subject: Term, node: Node, terms: Terms, outer: Terms): void => {
    for (const [key, value] of Object.entries(node)) {
      const term = terms[key] ?? key
      const definition: Definition = typeof term === 'string' ? { '@id': term } : term
      if (isId(key, terms)) continue
      if (term === '@nest') describe(subject, value as Node, terms, outer)
      else if (key === '@type') add(subject, `${rdf}type`, namedNode(classOf(String(value), outer)))
      else {
        const predicate = iriOf(String(definition['@reverse'] ?? definition['@id'] ?? key))
        for (const object of objectsOf(value, definition, { ...outer, ...(definition['@context'] as Terms) }))
          if ('@reverse' in definition) add(object, predicate, subject)
          else add(subject, predicate, object)
      }
    }
  }
  const classOf = (type: string, terms: Terms) =>
    iriOf(String((terms[type] as Definition | undefined)?.['@id'] ?? type))

  const objectsOf = (value: unknown, definition: Definition, terms: Terms): Term[] => {
    if (definition['@type'] === '@json') return [literal(canonicalJson(value), namedNode(`${rdf}JSON`))]
    if (value === null) return []
    if (Array.isArray(value)) {
      const objects = value.flatMap((one) => objectsOf(one, definition, terms))
      return definition['@container'] === '@list' ? [listOf(objects)] : objects
    }
    if (typeof value === 'object') return ['@value' in value ? literalOf(value as Node) : nodeOf(value as Node, terms)]
    if (definition['@type'] === '@id') return [namedNode(String(value))]
    return [literal(value as string, definition['@language'] as string | undefined)]
  }
  const literalOf = (value: Node): Term =>
    literal(
      String(value['@value']),
      '@type' in value ? namedNode(iriOf(String(value['@type']))) : String(value['@language']),
    )

  const listOf = (objects: Term[]): Term =>
    objects.reduceRight<Term>(
      (rest, object) => {
        const cell = blankNode()
        add(cell, `${rdf}first`, object)
        add(cell, `${rdf}rest`, rest)
        return cell
      },
      namedNode(`${rdf}nil`),
    )

  const add = (subject: Term, predicate: string, object: Term): void =>
    writer.addQuad(quad(subject as never, namedNode(predicate), object as never))

  for (const node of document['@graph']) nodeOf(node, context as Terms)
  return new Promise((done, fail) =>
    writer.end((error: Error | null, written: string) => (error ? fail(error) : done(written))),
  )
}

/** JSON with the properties of each object in order, as RFC 8785 has it. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const keys = Object.keys(value).sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson((value as Node)[key])}`).join()}}`
}
