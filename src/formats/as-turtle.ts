import type * as N3 from 'n3'
import type { Quad, Term } from 'n3'
import { require } from '../commonjs.ts'
import { contextOf, contextPath, nodesOf } from '../nouns/linked-data.ts'
import type { Noun } from '../nouns/noun.ts'
import { ref } from '../nouns/shapes.ts'
import { Type } from '../typebox.ts'
import { format as jsonld } from './as-jsonld.ts'
import type { DataFormat, Format, Origin } from './format.ts'

const Turtle = Type.String({ $id: 'Turtle', description: 'RDF 1.1 Turtle with the triples of the JSON-LD.' })

export const format: DataFormat = {
  ...jsonld,
  name: 'ttl',
  position: 7,
  label: 'Turtle',
  mediaType: 'text/turtle; charset=utf-8',
  schema: () => ref(Turtle),
  fileSchema: ref(Turtle),
  parts: ({ site, batches, list }) => partsOf(list as Noun, batches, site),
  item: {
    ...(jsonld.item as NonNullable<Format['item']>),
    schema: () => ref(Turtle),
    write: (noun, text, site) => [...partsOf(noun, [Buffer.from(text)], site)].join(''),
  },
}

function* partsOf(noun: Noun, batches: Iterable<Buffer>, { base }: Origin): Iterable<string> {
  const turtle = new TurtleWriter(base, base + contextPath)
  for (const items of batches) yield turtle.write(nodesOf(noun, JSON.parse(`[${items}]`), base))
  yield turtle.end()
}

/** The triples of a JSON-LD text of this service, as Turtle. */
export function turtleOf(text: string, { base }: Pick<Origin, 'base'>): string {
  const { '@context': context, '@graph': nodes } = JSON.parse(text) as { '@context': string | Terms; '@graph': Node[] }
  const turtle = new TurtleWriter(base, context)
  return turtle.write(nodes) + turtle.end()
}

type Node = Record<string, unknown>
type Definition = Record<string, unknown>
type Terms = Record<string, string | Definition>

const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'

const isId = (key: string, terms: Terms) => key === '@id' || terms[key] === '@id'

/**
 * Writes nodes of JSON-LD as Turtle, a few at a time. Supports the part of JSON-LD 1.1 that our contexts use: prefixes,
 * terms, contexts of a type and of a property, lists, JSON and reverse properties.
 */
class TurtleWriter {
  // Loaded on first use, because Turtle is rarely requested.
  readonly #factory = (require('n3') as typeof N3).DataFactory
  readonly #writer: N3.Writer
  readonly #context: Terms
  readonly #prefixes: Record<string, string>
  readonly #vocabulary: string
  /** The text that is written and not yet returned. */
  #text = ''
  #quads: Quad[] = []
  // Our own numbers: n3 continues its numbering from text to text, but the same records must give the same bytes.
  #blanks = 0

  /** `context`: the terms of the nodes, or the URL of those of this service. */
  constructor(base: string, context: Terms | string) {
    const { Writer }: typeof N3 = require('n3')
    const isPrefix = ([name, iri]: [string, unknown]) => !name.startsWith('@') && /^https?:.*[#/]$/.test(String(iri))
    this.#context = typeof context === 'string' ? (contextOf(base) as { '@context': Terms })['@context'] : context
    this.#prefixes = Object.fromEntries(Object.entries(this.#context).filter(isPrefix)) as Record<string, string>
    this.#vocabulary = `${base}${contextPath}#`
    const output = { write: (text: string) => (this.#text += text), end: () => undefined }
    this.#writer = new Writer(output, { prefixes: { '': this.#vocabulary, rdf, ...this.#prefixes } })
  }

  /** The text of these nodes. Its last statement ends with the next text. */
  write(nodes: Node[]): string {
    for (const node of nodes) {
      this.#addNode(node, this.#context)
      // Each subject of a node is written once.
      for (const quads of Map.groupBy(this.#quads, ({ subject }) => subject.value).values())
        this.#writer.addQuads(quads)
      this.#quads = []
    }
    const text = this.#text
    this.#text = ''
    return text
  }

  /** The end of the text. */
  end(): string {
    this.#writer.end()
    return this.#text
  }

  /** Adds a node and returns its term. The terms of its type apply to its own keys, not to nodes within it. */
  #addNode(node: Node, terms: Terms): Term {
    const type = terms[String(node['@type'])] as Definition | undefined
    const own = { ...terms, ...(type?.['@context'] as Terms | undefined) }
    const id = Object.entries(node).find(([key, value]) => typeof value === 'string' && isId(key, own))
    const subject = id ? this.#factory.namedNode(String(id[1])) : this.#blankNode()
    for (const [key, value] of Object.entries(node)) {
      const definition: Definition = typeof own[key] === 'object' ? own[key] : { '@id': own[key] ?? key }
      if (isId(key, own)) continue
      if (key === '@type') {
        this.#add(subject, `${rdf}type`, this.#factory.namedNode(this.#iriOf(String(type?.['@id'] ?? value))))
        continue
      }
      const predicate = this.#iriOf(String(definition['@reverse'] ?? definition['@id'] ?? key))
      for (const object of this.#objectsOf(value, definition, { ...terms, ...(definition['@context'] as Terms) }))
        if ('@reverse' in definition) this.#add(object, predicate, subject)
        else this.#add(subject, predicate, object)
    }
    return subject
  }

  #add(subject: Term, predicate: string, object: Term): void {
    this.#quads.push(this.#factory.quad(subject as never, this.#factory.namedNode(predicate), object as never))
  }

  #blankNode = (): Term => this.#factory.blankNode(`n${this.#blanks++}`)

  #iriOf(name: string): string {
    const [prefix = '', local] = name.split(':')
    return local === undefined ? `${this.#vocabulary}${name}` : `${this.#prefixes[prefix]}${local}`
  }

  #objectsOf(value: unknown, definition: Definition, terms: Terms): Term[] {
    const { literal, namedNode } = this.#factory
    if (value === undefined) return []
    if (definition['@type'] === '@json') return [literal(canonicalJson(value), namedNode(`${rdf}JSON`))]
    if (value === null) return []
    if (Array.isArray(value)) {
      const objects = value.flatMap((one) => this.#objectsOf(one, definition, terms))
      return definition['@container'] === '@list' ? [this.#listOf(objects)] : objects
    }
    if (typeof value === 'object')
      return ['@value' in value ? this.#literalOf(value as Node) : this.#addNode(value as Node, terms)]
    if (definition['@type'] === '@id') return [namedNode(String(value))]
    return [literal(value as string, definition['@language'] as string | undefined)]
  }

  #literalOf({ '@value': value, '@type': type, '@language': language }: Node): Term {
    const { literal, namedNode } = this.#factory
    return literal(String(value), type ? namedNode(this.#iriOf(String(type))) : String(language ?? ''))
  }

  #listOf(objects: Term[]): Term {
    const nil: Term = this.#factory.namedNode(`${rdf}nil`)
    return objects.reduceRight((rest, object) => {
      const cell = this.#blankNode()
      this.#add(cell, `${rdf}first`, object)
      this.#add(cell, `${rdf}rest`, rest)
      return cell
    }, nil)
  }
}

/** JSON with sorted properties, as in RFC 8785. */
const canonicalJson = (json: unknown): string =>
  JSON.stringify(json, (_key, value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  )
