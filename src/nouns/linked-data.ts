import type { Noun } from './noun.ts'
import { hrefOf } from './shapes.ts'

// The records as JSON-LD 1.1. The context is the meaning of the properties of the JSON. A property without an entry here
// is a term of our own vocabulary, so that none is lost.

type Term = string | { [keyword: string]: string | Terms }
type Terms = { [name: string]: Term }

const vocabularies: Terms = {
  dcterms: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  org: 'http://www.w3.org/ns/org#',
  schema: 'https://schema.org/',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
}

const address = (term: string) => ({ '@id': term, '@type': '@id' })
const label = { '@id': 'skos:prefLabel', '@language': 'en' }
/** The properties of a Link, in the terms of its target. */
const [ofLine, ofBody] = [{ id: 'skos:notation', title: label }, { title: label }]

/** The terms of every node. The terms of a node's kind take precedence. */
const terms: Terms = {
  href: '@id',
  id: 'dcterms:identifier',
  title: 'dcterms:title',
  name: 'schema:name',
  text: 'schema:text',
  note: { '@id': 'skos:note', '@language': 'en' },
  source: { ...address('dcterms:source'), '@context': { url: '@id' } },
  iri: { '@type': '@id' },
  actionLine: { '@type': '@id', '@context': ofLine },
  agency: { '@context': ofBody },
  via: { '@context': ofBody },
  speaker: { '@context': { role: 'schema:jobTitle' } },
  // No other order carries meaning beyond `position` or a date. An empty list would assert "none" for "none read".
  sections: { '@container': '@list' },
  points: { '@container': '@list' },
}

/** The class of each kind of node, and the terms that apply only to it. */
const nodeKinds: { [name: string]: { '@id'?: string; '@context': Terms } } = {
  ActionLine: {
    '@id': 'skos:Concept',
    '@context': {
      id: 'skos:notation',
      title: label,
      altLabel: { '@id': 'skos:altLabel', '@language': 'en' },
      genevaTitle: { '@language': 'en' },
      parent: { '@id': 'skos:broader', '@context': ofLine },
      subLines: { '@id': 'skos:narrower', '@context': ofLine },
      inScheme: address('skos:inScheme'),
      topConceptOf: address('skos:topConceptOf'),
      hiddenLabels: { '@id': 'skos:hiddenLabel', '@language': 'en' },
      relatedMatch: address('skos:relatedMatch'),
    },
  },
  Agency: {
    '@id': 'org:Organization',
    '@context': {
      name: label,
      acronym: 'skos:altLabel',
      aliases: 'skos:altLabel',
      altLabels: 'skos:altLabel',
      memberOf: { '@id': 'org:memberOf', '@context': ofBody },
      members: { '@id': 'org:hasMember', '@context': ofBody },
      homepage: address('foaf:homepage'),
      headquarters: {
        '@id': 'schema:address',
        '@context': { city: 'schema:addressLocality', country: 'schema:addressCountry' },
      },
      // rdflib would read `name` as the label of the agency.
      names: { '@context': { name: 'schema:name', language: 'schema:inLanguage' } },
      ror: address('schema:sameAs'),
      isni: address('schema:sameAs'),
      wikidata: address('schema:sameAs'),
      readIn: address('dcterms:source'),
    },
  },
  Coordination: { '@context': { url: address('dcterms:source') } },
  Source: { '@id': 'foaf:Document', '@context': { date: 'dcterms:date', url: address('schema:url') } },
  Forum: {
    '@id': 'schema:Event',
    '@context': {
      name: 'dcterms:title',
      from: 'schema:startDate',
      to: 'schema:endDate',
      place: 'schema:location',
      theme: 'schema:about',
    },
  },
  Session: {
    '@id': 'schema:Event',
    '@context': {
      forum: 'schema:superEvent',
      organizer: 'schema:organizer',
      date: 'schema:startDate',
      actionLines: { '@id': 'dcterms:subject', '@context': ofLine },
      sdgs: address('dcterms:relation'),
      url: address('schema:url'),
      outcomeDocument: 'schema:subjectOf',
    },
  },
  OutcomeDocument: {
    '@id': 'schema:Report',
    '@context': { session: 'schema:about', date: 'dcterms:date', url: address('schema:url') },
  },
  Change: {
    '@context': {
      // The title of its record at that release.
      title: { '@id': 'recordTitle' },
      date: 'dcterms:date',
      record: { '@type': '@id' },
      changeNoteOf: { '@reverse': 'skos:changeNote', '@type': '@id' },
      properties: { '@context': { before: { '@type': '@json' }, after: { '@type': '@json' } } },
    },
  },
}

/** "an ActionLine is a `skos:Concept`, …": every noun with a class of another vocabulary. */
export const classes = Object.entries(nodeKinds)
  .flatMap(([name, { '@id': iri }]) => (iri ? `${name} is \`${iri}\`` : []))
  .join(', ')

/** The path of the context. */
export const contextPath = hrefOf('context.jsonld')

/** The JSON-LD context of a service at this URL. */
export const contextOf = (base: string): object => ({
  '@context': { '@version': 1.1, '@vocab': `${base}${contextPath}#`, ...vocabularies, ...terms, ...nodeKinds },
})

const typesByLength: Record<number, string> = { 4: 'xsd:gYear', 7: 'xsd:gYearMonth', 10: 'xsd:date' }
const dates = ['date', 'asOf', 'from', 'to']
const addresses = ['@id', 'href', 'actionLine', 'inScheme', 'topConceptOf', 'record', 'changeNoteOf']
/** The properties that the context treats as JSON, in which nothing is linked. */
const texts = ['before', 'after']

/** Records as JSON-LD nodes, with absolute URLs below `base` and dates typed by their precision. */
export function nodesOf(noun: Noun, records: object[], base: string): Record<string, unknown>[] {
  const nodes: { id?: string }[] = noun.linked?.(records as never[]) ?? records
  return nodes.map((node) => {
    const named = { '@id': hrefOf(noun.name, node.id), '@type': noun.operations[0], ...node }
    return typedValue(named, base) as Record<string, unknown>
  })
}

function typedValue(value: unknown, base: string, name = ''): unknown {
  if (typeof value === 'string') {
    if (dates.includes(name)) return { '@value': value, '@type': typesByLength[value.length] }
    return addresses.includes(name) ? value.replace(/^(?=\/)/, base) : value
  }
  if (typeof value !== 'object' || value === null || texts.includes(name)) return value
  if (Array.isArray(value)) return value.map((one) => typedValue(one, base))
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, typedValue(one, base, key)]))
}
