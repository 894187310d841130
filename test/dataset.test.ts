import { hash } from 'node:crypto'
import jsonld from 'jsonld'
import { Parser, Store, Writer } from 'n3'
import tap, { test } from 'tap'
import { publicUrl as base, startService } from './service.ts'

const service = await startService({ publicUrl: base, contact: 'mailto:editors@example.org' })
service.app.server.unref()
tap.teardown(service.close)
const { send } = service

const dcat = 'http://www.w3.org/ns/dcat#'
const dcterms = 'http://purl.org/dc/terms/'
const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const spdx = 'http://spdx.org/rdf/terms#'

const turtle = await send('/v1/dataset', { accept: 'text/turtle' })
const quads = new Parser().parse(turtle.text)
const store = new Store(quads)
const dataset = `${base}/v1/dataset`
const values = (subject: string, name: string) => store.getObjects(subject, name, null).map(({ value }) => value)

test('the description of the dataset has the same triples as JSON-LD and as Turtle', async (t) => {
  t.equal(turtle.headers['content-type'], 'text/turtle; charset=utf-8')
  const { json, headers } = await send('/v1/dataset')
  t.equal(headers['content-type'], 'application/ld+json')
  const canonical = (nquads: string) =>
    jsonld.canonize(nquads as never, { inputFormat: 'application/n-quads', safe: true } as object) as Promise<string>
  const other = await jsonld.toRDF(json, { format: 'application/n-quads', safe: true } as object)
  t.equal(await canonical(new Writer({ format: 'N-Quads' }).quadsToString(quads)), await canonical(String(other)))
})

// The mandatory and recommended properties of DCAT-AP 3, and the fields that a harvester of CKAN reads.
test('the dataset has what DCAT and catalogues ask for', async (t) => {
  t.same(values(dataset, `${rdf}type`), [`${dcat}Dataset`])
  const wanted = [
    'title',
    'description',
    'identifier',
    'modified',
    'license',
    'publisher',
    'language',
    'temporal',
    'provenance',
  ]
  for (const name of wanted) t.equal(values(dataset, dcterms + name).length, 1, name)
  for (const name of ['version', 'contactPoint', 'landingPage']) t.equal(values(dataset, dcat + name).length, 1, name)
  t.ok(values(dataset, `${dcat}keyword`).length > 0)
  const [contact = ''] = values(dataset, `${dcat}contactPoint`)
  const mail = store.getObjects(
    store.getObjects(dataset, `${dcat}contactPoint`, null)[0] ?? null,
    'http://www.w3.org/2006/vcard/ns#hasEmail',
    null,
  )
  t.same(
    mail.map(({ value }) => value),
    ['mailto:editors@example.org'],
    contact,
  )
  t.same(values(dataset, `${dcat}version`), [(await send('/v1')).json.dataset])
  const [period] = store.getObjects(dataset, `${dcterms}temporal`, null)
  const dates = ['startDate', 'endDate'].map(
    (name) => store.getObjects(period ?? null, dcat + name, null)[0]?.value ?? '',
  )
  t.ok(String(dates[0]) < String(dates[1]), dates.join(' to '))
})

test('each exported file is a distribution, with the length and the checksum that it has', async (t) => {
  const { files } = (await send('/v1/exports')).json
  const distributions = values(dataset, `${dcat}distribution`)
  t.equal(distributions.length, files.length)
  for (const one of distributions) {
    t.same(values(one, `${rdf}type`), [`${dcat}Distribution`])
    const [url = ''] = values(one, `${dcat}downloadURL`)
    const { bytes, status } = await send(url.replace(base, ''))
    t.equal(status, 200, url)
    t.same(values(one, `${dcat}byteSize`), [String(bytes.length)])
    const [checksum] = store.getObjects(one, `${spdx}checksum`, null)
    t.equal(store.getObjects(checksum ?? null, `${spdx}checksumValue`, null)[0]?.value, hash('sha256', bytes))
    t.match(values(one, `${dcat}mediaType`), [/^https:\/\/www\.iana\.org\/assignments\/media-types\/[a-z]+\/[\w.+-]+$/])
    t.equal(values(one, `${dcterms}license`).length, 1)
  }
})

test('the index and the API catalog lead to the description', async (t) => {
  const { services } = (await send('/v1')).json
  t.ok(services.some(({ href }: { href: string }) => href === dataset))
  const { json } = await send('/.well-known/api-catalog')
  t.equal(json.linkset[0]['service-meta'][0].href, dataset)
})

test('a service that nobody answers for has no contact', async (t) => {
  const other = await startService({ publicUrl: base })
  t.teardown(other.close)
  t.notMatch((await other.send('/v1/dataset')).text, /contactPoint/)
})

test('llms.txt has about twenty lines, and each of its requests is answered', async (t) => {
  const { text, headers } = await send('/llms.txt')
  t.equal(headers['content-type'], 'text/plain; charset=utf-8')
  t.ok(text.trim().split('\n').length <= 22)
  const links = [...text.matchAll(/\]\((.*?)\)/g)].map(([, href = '']) => href)
  t.ok(links.length >= 5)
  for (const href of links) {
    t.ok(href.startsWith(base))
    const { status, headers } = await send(href.slice(base.length))
    const led = status === 307 ? await send(String(headers.location).slice(base.length)) : { status }
    t.equal(led.status, 200, href)
  }
  t.equal((await send('/v1/editions/latest?comparedTo=annex-adopted')).status, 307)
})
