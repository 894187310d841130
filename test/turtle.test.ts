import jsonld from 'jsonld'
import { Parser, type Quad, Store, Writer } from 'n3'
import tap, { test } from 'tap'
import { nouns } from '../src/nouns/index.ts'
import { publicUrl, startService } from './service.ts'

const service = await startService()
service.app.server.unref()
tap.teardown(service.close)
const { send, url } = service

const skos = 'http://www.w3.org/2004/02/skos/core#'
const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'

const parse = (text: string, path: string): Quad[] =>
  new Store(new Parser({ baseIRI: url + path }).parse(text)).getQuads(null, null, null, null)

/** The canonical form of triples, with the same names for blank nodes wherever the triples are the same. */
async function canonical(nquads: string): Promise<string> {
  return jsonld.canonize(
    nquads as never,
    { inputFormat: 'application/n-quads', safe: true } as object,
  ) as Promise<string>
}

function nquadsOf(quads: Quad[]): string {
  return new Writer({ format: 'N-Quads' }).quadsToString(quads)
}

const fromJsonLd = async (path: string): Promise<string> =>
  String(await jsonld.toRDF((url + path) as never, { format: 'application/n-quads', safe: true } as object))

const fromTurtle = async (path: string): Promise<string> => {
  const { status, headers, text } = await send(path)
  if (status !== 200) throw new Error(`${status} ${path}`)
  if (headers['content-type'] !== 'text/turtle; charset=utf-8') throw new Error(headers['content-type'])
  return nquadsOf(parse(text, path))
}

test('Turtle has the triples of the JSON-LD', async (t) => {
  const items = nouns.filter(({ name }) => !['editions', 'outcome-documents'].includes(name))
  const lists = items.map(({ name }) => `/v1/${name}?limit=1&format=`)
  for (const path of [...lists, '/v1/action-lines/C7.e-health?format=', '/v1/agencies/ITU?format='])
    t.equal(await canonical(await fromTurtle(`${path}ttl`)), await canonical(await fromJsonLd(`${path}jsonld`)), path)
})

test('each address of a node answers in the media type asked for', async (t) => {
  for (const { name } of nouns) {
    const [{ id }] = (await send(`/v1/${name}?limit=1`)).json.items
    const address = `/v1/${name}/${id}`
    const { status, headers, text } = await send(address, { accept: 'text/turtle' })
    t.match({ status, headers }, { status: 200, headers: { 'content-type': 'text/turtle; charset=utf-8' } })
    t.ok(
      parse(text, address).some(({ subject }) => subject.value === url + address),
      address,
    )
  }
  for (const [accept, type] of [
    ['text/turtle', 'text/turtle; charset=utf-8'],
    ['application/ld+json', 'application/ld+json'],
    ['text/turtle;q=0.9, application/json;q=0.1', 'text/turtle; charset=utf-8'],
  ])
    t.equal((await send('/v1/action-lines/C1', { accept: String(accept) })).headers['content-type'], type)
})

test('a service that knows its address writes it into Turtle', async (t) => {
  const known = await startService({ publicUrl })
  t.teardown(known.close)
  const { text } = await known.send('/v1/action-lines/C1?format=ttl')
  t.ok(
    new Parser()
      .parse(text)
      .some(({ subject }) => subject.value === 'https://directory.example.org/wsis/v1/action-lines/C1'),
  )
  t.notMatch(text, /base\.invalid/)
  t.notMatch((await send('/v1/action-lines/C1?format=ttl')).text, /base\.invalid/)
})

// The rules of qSKOS that a vocabulary like this can break (https://github.com/cmader/qSKOS/wiki/Quality-Issues).
test('the vocabulary is sound SKOS', async (t) => {
  const path = '/v1/exports/current/action-lines.ttl'
  const store = new Store(parse((await send(path)).text, path))
  const objects = (subject: string, name: string) => store.getObjects(subject, skos + name, null)
  const values = (subject: string, name: string) => objects(subject, name).map(({ value }) => value)
  const concepts = store.getSubjects(`${rdf}type`, `${skos}Concept`, null).map(({ value }) => value)
  const [scheme = '', ...more] = store.getSubjects(`${rdf}type`, `${skos}ConceptScheme`, null).map(({ value }) => value)
  t.equal(concepts.length, 22)
  t.same(more, [], 'one scheme')
  t.ok(store.getObjects(scheme, 'http://purl.org/dc/terms/title', null).length > 0, 'the scheme has a title')
  const tops = concepts.filter((one) => values(one, 'topConceptOf').includes(scheme))
  t.same(values(scheme, 'hasTopConcept').sort(), tops.sort(), 'top concepts are said from both sides')
  const labels = new Map<string, string>()
  for (const one of concepts) {
    t.same(values(one, 'inScheme'), [scheme], `${one} is in the scheme`)
    const preferred = objects(one, 'prefLabel') as { value: string; language?: string }[]
    const languages = preferred.map(({ language }) => language)
    t.equal(new Set(languages).size, languages.length, 'one preferred label in a language')
    t.notOk(languages.includes(''), 'labels have a language')
    t.equal(objects(one, 'notation').length, 1, 'one notation')
    const kinds = ['prefLabel', 'altLabel', 'hiddenLabel'].map((kind) =>
      values(one, kind).map((label) => label.toLowerCase()),
    )
    const all = kinds.flatMap((kind) => [...new Set(kind)])
    t.equal(new Set(all).size, all.length, `the labels of ${one} are disjoint`)
    t.notOk(
      all.some((label) => label.trim() === ''),
      'no label is empty',
    )
    for (const { value } of preferred) {
      t.notOk(labels.has(value), `"${value}" is the label of one concept`)
      labels.set(value, one)
    }
    for (const broader of values(one, 'broader')) {
      t.not(broader, one, 'no concept is above itself')
      t.ok(values(broader, 'narrower').includes(one), 'broader and narrower are said from both sides')
      t.same(values(broader, 'broader'), [], 'the hierarchy has no cycle: it has two levels')
    }
    for (const narrower of values(one, 'narrower'))
      t.ok(concepts.includes(narrower), 'no relation leads out of the scheme')
    t.ok(tops.includes(one) !== values(one, 'broader').length > 0, 'a concept is at the top or below another')
  }
  t.equal(values(`${url}/v1/action-lines/C7`, 'narrower').length, 8)
})

test('releases say what changed of a concept', async (t) => {
  const path = '/v1/exports/current/changes.ttl'
  const quads = parse((await send(path)).text, path)
  const { items } = (await send('/v1/exports/current/changes.json')).json
  const wanted = items.filter(({ record }: { record: object | null }) => record !== null)
  t.ok(wanted.length > 0)
  t.equal(quads.filter(({ predicate }) => predicate.value === `${skos}changeNote`).length, wanted.length)
})
