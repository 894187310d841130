import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import jsonld from 'jsonld'
import { Parser, Store } from 'n3'
import t, { type Test } from 'tap'
import { release } from '../src/release.ts'
import { annexTable } from './founding-documents.ts'
import { ask, type ServiceOptions, serve, startService } from './service.ts'
import { SeedCopy } from './wrong-seed.ts'

// The JSON-LD files as read by an independent processor: over the wire, with the context that they name, and in safe
// mode, where any loss is an error.

const classes = {
  'action-lines': 'skos:Concept',
  editions: '#Edition',
  agencies: 'org:Organization',
  coordinations: '#Coordination',
  sources: 'foaf:Document',
  forums: 'schema:Event',
  sessions: 'schema:Event',
  'outcome-documents': 'schema:Report',
  changes: '#Change',
}
type Noun = keyof typeof classes
const nouns = Object.keys(classes) as Noun[]

const prefixes: [string, string][] = [
  ['dcterms:', 'http://purl.org/dc/terms/'],
  ['foaf:', 'http://xmlns.com/foaf/0.1/'],
  ['org:', 'http://www.w3.org/ns/org#'],
  ['rdf:', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'],
  ['schema:', 'https://schema.org/'],
  ['skos:', 'http://www.w3.org/2004/02/skos/core#'],
  ['xsd:', 'http://www.w3.org/2001/XMLSchema#'],
]

interface Node {
  termType: string
  value: string
  language?: string
  datatype?: { value: string }
}
type Quad = Record<'subject' | 'predicate' | 'object', Node>
// biome-ignore lint/suspicious/noExplicitAny: a record of any noun, as the JSON has it.
type Item = any

interface Graph {
  items: Item[]
  /** Subject, predicate and object, with prefixes; addresses of the service from its root, literals in quotation marks. */
  triples: Set<string>
  quads: Quad[]
}

/** A whole list as RDF, and the same items as JSON. */
async function read(base: string, noun: Noun): Promise<Graph> {
  const text = await (await fetch(`${base}/v1/${noun}?format=ndjson`)).text()
  const items = text.split('\n').flatMap((line) => (line === '' ? [] : JSON.parse(line)))
  const quads = await quadsOf(`${base}/v1/${noun}?format=jsonld`)
  return { items, triples: triplesOf(quads, base), quads }
}

const quadsOf = async (url: string) =>
  (await jsonld.toRDF(url as unknown as object, { safe: true } as object)) as Quad[]

const graphOf = async (base: string, path: string) => triplesOf(await quadsOf(base + path), base)

function triplesOf(quads: Quad[], base: string): Set<string> {
  const shortIri = (iri: string) => {
    const own = iri.replace(`${base}/v1/context.jsonld`, '').replace(base, '')
    return prefixes.reduce((iri, [prefix, whole]) => iri.replace(whole, prefix), own)
  }
  const short = ({ termType, value, language, datatype }: Node) => {
    if (termType !== 'Literal') return shortIri(value)
    const type = shortIri(String(datatype?.value))
    const isDate = /^xsd:(date|gYear|gYearMonth)$/.test(type)
    return `"${value}"${language ? `@${language}` : ''}${isDate ? `^^${type}` : ''}`
  }
  return new Set(quads.map((quad) => [quad.subject, quad.predicate, quad.object].map(short).join(' ')))
}

const service = await serve(t)
// In safe mode, where any loss is an error.
const graphs = {} as Record<Noun, Graph>
for (const noun of nouns) graphs[noun] = await read(service.url, noun)

// The same for records that may occur: goals of a session, a name in no language, values before and after a release.
const seed = new SeedCopy(t, { isShort: true })
const said = { write: () => true }
const publish = () => release(['--seed', seed.folder], said, said)
publish()
seed.set('sessions.json', 0, 'sdgs', [9, 17])
seed.set('agencies.json', 0, 'names', [
  { name: 'Une forme', language: null, kind: 'name', source: 'https://www.un.org/fr/une-forme' },
])
seed.replace('editions/annex-draft.csv', '"· E-health ","WHO/ITU"', '"· E-health ","WHO/UNDP"')
publish()
const other = await serve(t, { seed: seed.folder })
const others = {} as Record<Noun, Graph>
for (const noun of nouns) others[noun] = await read(other.url, noun)
const idIn = (file: string) => JSON.parse(seed.text(file))[0].id

t.test('a processor reads every file', async (t) => {
  for (const noun of nouns) t.ok(graphs[noun].quads.length >= graphs[noun].items.length, noun)
})

t.test('the same file as Turtle has the same triples', async (t) => {
  // With one name for all blank nodes: the canonical form of whole files takes minutes.
  const term = ({ termType, value, language, datatype }: Node) =>
    termType === 'BlankNode' ? '_:' : [value, language, datatype?.value].join(' ')
  const masked = (quads: Quad[]) =>
    quads.map(({ subject, predicate, object }) => [subject, predicate, object].map(term).join('\n')).sort()
  for (const noun of nouns) {
    const { text } = await service.ask(`/v1/exports/current/${noun}.ttl`)
    const turtle = new Store(new Parser({ baseIRI: `${service.url}/` }).parse(text))
    t.same(masked(turtle.getQuads(null, null, null, null) as unknown as Quad[]), masked(graphs[noun].quads), noun)
  }
})

const hrefOf = (noun: string, { id }: Item) => `/v1/${noun}/${id}`
const has = (t: Test, noun: Noun, ...wanted: string[]) =>
  t.same(
    wanted.filter((triple) => !graphs[noun].triples.has(triple)),
    [],
  )

t.test('every record is a node of its class, under its address', async (t) => {
  for (const noun of nouns) {
    const { items, triples } = graphs[noun]
    const typed = [...triples].filter((one) => one.endsWith(` rdf:type ${classes[noun]}`))
    t.same(typed.sort(), items.map((item) => `${hrefOf(noun, item)} rdf:type ${classes[noun]}`).sort())
  }
})

t.test('every address that is a node answers as JSON-LD, a record with that node in it', async (t) => {
  const nodes = new Set<string>()
  for (const noun of nouns)
    for (const { subject } of graphs[noun].quads)
      if (subject.value.startsWith(`${service.url}/`)) nodes.add(subject.value.replace(service.url, ''))
  t.ok(nodes.size > nouns.flatMap((noun) => graphs[noun].items).length, 'every record, and what else is named')
  const wrong: unknown[] = []
  for (const path of nodes) {
    const { status, headers, json } = await service.ask(path, { accept: 'application/ld+json' })
    const nodesIn: unknown[] = json['@graph']?.map((node: Item) => node['@id']) ?? []
    const isThere = path.includes('?') || nodesIn.includes(path)
    if (status !== 200 || !headers['content-type']?.startsWith('application/ld+json') || !isThere)
      wrong.push([path, status, headers['content-type'], nodesIn])
  }
  t.same(wrong, [])
})

t.test('an item as JSON-LD says what the file says of it', async (t) => {
  for (const noun of nouns) {
    const path = hrefOf(noun, graphs[noun].items[0])
    const one = await graphOf(service.url, `${path}?format=jsonld`)
    const own = [...one].filter((triple) => triple.startsWith(`${path} `) && !/ b\d+$/.test(triple))
    t.ok(own.length > 3, path)
    has(t, noun, ...own)
  }
})

/** Every value in a record that is not null, with the name of its property. */
function valuesIn(value: Item, name = ''): [string, string][] {
  if (name === 'before' || name === 'after') return [[name, canonical(value)]]
  if (value === null) return []
  if (typeof value !== 'object') return [[name, String(value)]]
  // The title of a changed record is in the file of that record.
  if (name === 'record') return [['href', value.href]]
  return Object.entries(value).flatMap(([key, one]) => valuesIn(one, Array.isArray(value) ? name : key))
}

/** JSON with its properties in the order of their names (RFC 8785), as it stands in a literal. */
function canonical(value: Item): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical)}]`
  const names = Object.keys(value).sort()
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`)}}`
}

function everyValueIsThere(t: Test, graphs: Record<Noun, Graph>, url: string) {
  const iris: Record<string, (value: string) => string> = {
    isni: (value) => `https://isni.org/isni/${value.replaceAll(' ', '')}`,
    wikidata: (value) => `http://www.wikidata.org/entity/${value}`,
    href: (value) => url + value,
    sdgs: (value) => `http://metadata.un.org/sdg/${value}`,
  }
  for (const noun of nouns) {
    const { items, quads } = graphs[noun]
    const said = new Set(quads.flatMap(({ subject, object }) => [subject.value, object.value]))
    const lost = items.flatMap((item) =>
      valuesIn(item)
        .filter(([name, value]) => !said.has(iris[name]?.(value) ?? value))
        .map((value) => [hrefOf(noun, item), ...value]),
    )
    t.same(lost, [], noun)
  }
}

t.test('every value of every record is in the graph', async (t) => everyValueIsThere(t, graphs, service.url))

t.test('every value of records as they may come is in the graph', async (t) => {
  everyValueIsThere(t, others, other.url)
  t.ok(others.changes.items.some(({ properties }) => properties.some(({ before }: Item) => before !== null)))
})

t.test('a value before or after a change is a JSON literal', async (t) => {
  const after = others.changes.quads.filter(({ predicate }) => predicate.value.endsWith('#after'))
  t.ok(after.length > 0)
  for (const { object } of after) t.match(object.datatype?.value, /rdf-syntax-ns#JSON$/)
})

t.test('a change has its record and its day', async (t) => {
  const [change] = others.changes.items
  const record = others.changes.quads.find(
    ({ subject, predicate }) =>
      subject.value.endsWith(hrefOf('changes', change)) && predicate.value.endsWith('#record'),
  )
  t.equal(record?.object.value, other.url + change.record.href)
  t.ok(others.changes.triples.has(`${hrefOf('changes', change)} dcterms:date "${change.date}"^^xsd:date`))
})

t.test('the goals of a session are those of metadata.un.org', async (t) => {
  for (const goal of [9, 17])
    t.ok(
      others.sessions.triples.has(
        `/v1/sessions/${idIn('sessions.json')} dcterms:relation http://metadata.un.org/sdg/${goal}`,
      ),
    )
})

t.test('a name of no language is a literal without one', async (t) => {
  t.ok(others.agencies.triples.has(`/v1/agencies/${idIn('agencies.json')} skos:altLabel "Une forme"`))
})

t.test('a date is a literal of its kind: a day, a month or a year', async (t) => {
  const kinds = { 4: 'gYear', 7: 'gYearMonth', 10: 'date' }
  let count = 0
  for (const [noun, name, term] of [
    ['sources', 'date', 'dcterms:date'],
    ['coordinations', 'date', '#date'],
    ['editions', 'date', '#date'],
    ['sessions', 'date', 'schema:startDate'],
    ['outcome-documents', 'date', 'dcterms:date'],
  ] as const)
    for (const item of graphs[noun].items) {
      const date = item[name]
      if (date === null) continue
      has(t, noun, `${hrefOf(noun, item)} ${term} "${date}"^^xsd:${kinds[date.length as 4]}`)
      count++
    }
  t.ok(count > 100)
  for (const { reports } of graphs['action-lines'].items)
    for (const { href, date } of reports)
      if (date) has(t, 'action-lines', `${href} #date "${date}"^^xsd:${kinds[date.length as 4]}`)
})

t.test('every link leads to a node that has its title', async (t) => {
  const all = new Set(nouns.flatMap((noun) => [...graphs[noun].triples]))
  const linksIn = (value: Item): Item[] => {
    if (value === null || typeof value !== 'object') return []
    const inner = Object.values(value).flatMap(linksIn)
    return 'href' in value && 'title' in value ? [value, ...inner] : inner
  }
  for (const noun of nouns) {
    const links = graphs[noun].items.flatMap(linksIn)
    const isNode = ({ href }: Item) => {
      const target = nouns.find((one) => href.startsWith(`/v1/${one}/`)) as Noun
      return graphs[target].triples.has(`${href} rdf:type ${classes[target]}`)
    }
    const isTitled = ({ href, title }: Item) =>
      [`skos:prefLabel "${title}"@en`, `dcterms:title "${title}"`].some((one) => all.has(`${href} ${one}`))
    t.same(
      links.filter((link) => !isNode(link)),
      [],
      noun,
    )
    // The log of changes has the titles at the time.
    if (noun !== 'changes')
      t.same(
        links.filter((link) => !isTitled(link)),
        [],
        noun,
      )
  }
})

t.test('the lines are a SKOS scheme', async (t) => {
  has(t, 'action-lines', '/v1/action-lines rdf:type skos:ConceptScheme')
  t.equal((await service.ask('/v1/context.jsonld')).headers['content-type'], 'application/ld+json')
  for (const line of graphs['action-lines'].items) {
    const href = hrefOf('action-lines', line)
    has(t, 'action-lines', `${href} skos:notation "${line.id}"`)
    has(t, 'action-lines', `${href} skos:prefLabel "${line.title}"@en`)
    has(t, 'action-lines', `${href} skos:inScheme /v1/action-lines`)
    const isTop = graphs['action-lines'].triples.has(`${href} skos:topConceptOf /v1/action-lines`)
    t.equal(isTop, line.kind !== 'sub-line')
    t.equal(graphs['action-lines'].triples.has(`/v1/action-lines skos:hasTopConcept ${href}`), isTop)
    const isAlso = graphs['action-lines'].triples.has(`${href} skos:altLabel "${line.genevaTitle}"@en`)
    t.equal(isAlso, line.genevaTitle !== line.title)
    for (const { id: code } of line.subLines) {
      has(t, 'action-lines', `${href} skos:narrower /v1/action-lines/${code}`)
      has(t, 'action-lines', `/v1/action-lines/${code} skos:broader ${href}`)
    }
    for (const { goal } of line.sdgs)
      has(t, 'action-lines', `${href} skos:relatedMatch http://metadata.un.org/sdg/${goal}`)
  }
})

t.test('the coordinators of each cell of the annex are the same statements in every file', async (t) => {
  for (const [code, , , agencies] of annexTable)
    for (const [index, agency] of agencies.entries()) {
      const statement = `/v1/coordinations/annex-draft:${code}:${agency}`
      has(t, 'action-lines', `/v1/action-lines/${code} #coordinators ${statement}`)
      for (const noun of ['action-lines', 'coordinations'] as const) {
        has(t, noun, `${statement} #agency /v1/agencies/${agency}`)
        has(t, noun, `${statement} #position "${index + 1}"`)
      }
      has(t, 'coordinations', `${statement} #actionLine /v1/action-lines/${code}`)
      has(t, 'coordinations', `${statement} dcterms:source /v1/sources/annex-draft`)
      has(t, 'coordinations', `${statement} #role "coordinator"`)
    }
})

t.test('the agencies are organizations with their names, groups and identifiers', async (t) => {
  for (const triple of [
    '/v1/agencies/ITU skos:prefLabel "International Telecommunication Union"@en',
    '/v1/agencies/ITU skos:altLabel "ITU"',
    '/v1/agencies/ITU skos:altLabel "UIT"',
    '/v1/agencies/ITU skos:altLabel "Union internationale des télécommunications"@fr',
    '/v1/agencies/ITU foaf:homepage https://www.itu.int/',
    '/v1/agencies/ITU schema:sameAs http://www.wikidata.org/entity/Q376150',
    '/v1/agencies/ECOSOC schema:sameAs https://ror.org/01eb8ek77',
    '/v1/agencies/ECOSOC schema:sameAs https://isni.org/isni/0000000404268792',
    '/v1/agencies/ECE org:memberOf /v1/agencies/UN-Regional-Commissions',
    '/v1/agencies/UN-Regional-Commissions org:hasMember /v1/agencies/ECE',
  ])
    has(t, 'agencies', triple)
  const former = graphs.agencies.items.flatMap(({ id, names }) =>
    names
      .filter(({ kind }: Item) => kind === 'former')
      .map(({ name }: Item) => `/v1/agencies/${id} skos:altLabel "${name}"`),
  )
  t.ok(former.length > 0)
  t.same(
    [...graphs.agencies.triples].filter((triple) => former.some((one) => triple.startsWith(one))),
    [],
  )
})

t.test('no label is preferred and alternative at once, which SKOS forbids', (t) => {
  for (const noun of nouns) {
    const { triples } = graphs[noun]
    const alternative = [...triples].filter((triple) => triple.includes(' skos:altLabel '))
    t.same(
      alternative.filter((triple) => triples.has(triple.replace(' skos:altLabel ', ' skos:prefLabel '))),
      [],
      noun,
    )
  }
  t.end()
})

t.test('a session is about its lines, and what is said of the link is not said of the line', async (t) => {
  const { items, triples } = graphs.sessions
  for (const session of items) {
    const href = hrefOf('sessions', session)
    for (const { id } of session.actionLines) has(t, 'sessions', `${href} dcterms:subject /v1/action-lines/${id}`)
    for (const { name, agency } of session.organizers)
      if (agency) {
        has(t, 'sessions', `${href} schema:organizer ${agency.href}`)
        t.notOk(triples.has(`${agency.href} schema:name "${name}"`), 'a printed name is not said of the agency')
      }
  }
  t.notOk([...triples].some((triple) => /^\/v1\/action-lines\/\S+ #basis/.test(triple)))
})

t.test('the sections and points of an outcome document are lists in the printed order', async (t) => {
  const { quads, items, triples } = graphs['outcome-documents']
  for (const document of items)
    if (document.url) t.ok(triples.has(`${hrefOf('outcome-documents', document)} schema:url ${document.url}`))
  const of = (subject: string, predicate: string) =>
    quads.find((quad) => quad.subject.value === subject && quad.predicate.value.endsWith(predicate))?.object.value ?? ''
  const inList = (head: string): string[] =>
    head.endsWith('#nil') ? [] : [of(head, '#first'), ...inList(of(head, '#rest'))]
  for (const document of items) {
    const sections = inList(of(service.url + hrefOf('outcome-documents', document), '#sections'))
    t.same(
      sections.map((section) => [
        of(section, '#kind'),
        inList(of(section, '#points')).map((point) => of(point, 'text')),
      ]),
      document.sections.map(({ kind, points }: Item) => [kind, points.map(({ text }: Item) => text)]),
    )
  }
})

/** A service with a public URL below /wsis, behind a proxy that strips that prefix. */
async function behindProxy(t: Test, options: ServiceOptions): Promise<string> {
  let behind = ''
  const proxy = createServer(async ({ url, headers: { accept = '*/*' } }, response) => {
    const { status, headers, bytes } = await ask(behind, String(url).replace('/wsis', ''), { accept })
    response.writeHead(status, headers).end(bytes)
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const publicUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/wsis`
  const { url, close } = await startService({ ...options, publicUrl })
  behind = url
  t.teardown(async () => {
    proxy.closeAllConnections()
    proxy.close()
    await close()
  })
  return publicUrl
}

t.test('under a public address with a path the graph is the same under that address', async (t) => {
  const base = await behindProxy(t, {})
  for (const noun of ['action-lines', 'agencies', 'coordinations'] as const) {
    const named = ({ triples }: Graph) => [...triples].filter((triple) => !triple.includes('_:')).sort()
    t.same(named(await read(base, noun)), named(graphs[noun]), noun)
  }
})

t.test(
  'the documentation says in a few lines which vocabularies are used, and what each noun is in them',
  async (t) => {
    const { description } = (await service.ask('/openapi.json')).json.paths['/v1/context.jsonld'].get
    for (const iri of ['org:', 'skos:', 'schema:', 'foaf:', 'dcterms:']) t.match(description, iri)
    for (const type of Object.values(classes)) if (!type.startsWith('#')) t.match(description, `\`${type}\``)
    t.ok(description.length < 1_200)
  },
)
