// The advice of every error is right: the request that it proposes succeeds.

import tap from 'tap'
import { advice, unseen } from './advice.ts'
import { type Asked, exampleFor, exampleOf, get, known, operations, set, usual } from './asked.ts'
import type { Operation, Parameter } from './fuzz/document.ts'
import { accept } from './page-addresses.ts'
import { type Answer, publicUrl as base, serve } from './service.ts'

const service = await serve(tap, { publicUrl: base })
/** Sent over a socket, where also a GET with a body needs its length. */
const ask = ({ path, headers, method, body }: Asked) => {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  return service.send(path, { ...length, ...headers }, method, body)
}

/** The response after all redirects. */
async function arrive(asked: Asked): Promise<Answer> {
  const answer = await ask(asked)
  const to = answer.headers.location
  return to?.startsWith(base) ? arrive({ ...asked, path: to.slice(base.length) }) : answer
}

/** A word with a wrong last letter. */
const misspelt = (word: string) => `${word.slice(0, -1)}q`

const words = (text: string) => text.split(' ')
const numbers = words('0 -1 1e9 0x10 5.0 999999 %')
const dates = words('2021-02-30 2021-13 yesterday')
const names =
  'Unicef/ITUU/C12/C7 e-helth/e-health and e-science/World Bank/Genva/facilitator/2O23/C1, C2/ITU|UNESCO'.split('/')

/** Values that a parameter of the query may not take, repeated or alone. */
function wrongValues({ schema, name }: Parameter, right: string): string[][] {
  const { enum: list = [], type, format } = schema
  const wrong = [
    '',
    'no such',
    misspelt(right),
    `${right}x`,
    `${right},${right}`,
    list.slice(0, 2).join(),
    'x'.repeat(501),
  ]
  const more = type === 'integer' ? numbers : format ? dates : list.length > 0 ? [] : names
  const two = name === 'cursor' ? right : misspelt(right)
  return [
    ...[...wrong, ...more, `${right};${two}`].map((one) => [one]),
    [right, right],
    ...(list[1] ? [list.slice(-2)] : []),
  ]
}

const otherNames = words('page offset per_page order code ids accept fields select q search no-such x')
const otherIds = [...names, ...words('no-such-thing annex C7.e-helth sources.cvs 95a5c12ecfdd'), 'x'.repeat(501)]

/** Requests that an operation may refuse. */
function wrongRequests(operation: Operation): Asked[] {
  const right = usual(operation)
  const { path, method, parameters } = operation
  const inQuery = parameters.filter((one) => one.in === 'query')
  // Only statuses are compared, so a few records of a list are enough.
  const few = inQuery.some(({ name }) => name === 'limit') ? set(right, 'limit', '3') : right
  const withHeaders = [
    { accept: 'image/png' },
    { 'if-match': '"other"' },
    { 'if-unmodified-since': 'Thu, 01 Jan 2026 00:00:00 GMT' },
    { range: 'bytes=99999999-' },
    { range: 'bytes=0-99', 'if-match': '"other"' },
    { 'content-type': 'text/no-such' },
    { 'content-encoding': 'gzip' },
  ]
  return [
    ...otherNames.map((name) => set(right, name, 'C1')),
    ...inQuery.flatMap((one) => [
      set(few, one.name),
      set(set(few, misspelt(one.name)), one.name.slice(0, -1), exampleFor(right, one.name)),
      ...wrongValues(one, exampleFor(right, one.name)).map((values) => set(few, one.name, ...values)),
    ]),
    ...parameters
      .filter((one) => one.in === 'path')
      .flatMap(({ name, ...one }) =>
        [...otherIds, misspelt(exampleOf(one)), exampleOf(one).slice(0, -1)].map((id) =>
          usual({ ...operation, path: path.replace(`{${name}}`, encodeURIComponent(id)) }),
        ),
      ),
    ...withHeaders.map((headers) => ({ ...few, headers: { ...few.headers, ...headers } })),
    ...['GET', 'POST', 'PUT', 'DELETE'].map((other) => ({ ...right, method: other })),
    { ...right, path: `${right.path}${right.path.includes('?') ? '&' : '?'}${'&'.repeat(5_000)}` },
    { ...right, path: right.path.replace(/(?=\?|$)/, '/more') },
    { ...right, path: right.path.replace(/s?(?=\?|$)/, '') },
    ...(method === 'POST' ? [{ ...right, headers: {} }] : []),
  ]
}

const checked = (body: string, type = 'application/json'): Asked => ({
  ...get('/v1/check'),
  method: 'POST',
  headers: { 'content-type': type },
  body,
})
const wrongRows = [
  {},
  5,
  null,
  { id: 5 },
  { id: 'x'.repeat(101) },
  { code: null },
  { name: 'C1' },
  { id: 'C1', label: 'x'.repeat(301) },
  { id: 'C1', label: 5 },
  { id: 'C1', coordinators: 5 },
  { id: 'C1', coordinators: Array(101).fill('ITU') },
  { id: 'C1', coordinators: 'x'.repeat(2001) },
]
const wrongJson = words('{ 5 null {} [] {"rows":5} [5] "C1"')
const tooMany = [`[${'{"id":"C1"},'.repeat(500)}{"id":"C1"}]`, 'x'.repeat(300_000), '']
const wrongNdjson = ['{"id":"C1"}\n{', '5\n6', 'null']
const wrongCsv = [
  '',
  'id\n',
  'name\nC1\n',
  'id,id\nC1,C1\n',
  'id\n"C1',
  'id,label\nC1,x,y\n',
  `${'a,'.repeat(100)}b\n1\n`,
]
const wrongCopies = [
  ...[...wrongJson, ...tooMany, ...wrongRows.map((row) => JSON.stringify([{ id: 'C1' }, row]))].map((body) =>
    checked(body),
  ),
  ...wrongRows.map((row) => checked(JSON.stringify([row]))),
  ...wrongNdjson.map((body) => checked(body, 'application/x-ndjson')),
  ...[...wrongCsv, `id\n${'C1\n'.repeat(501)}`].map((body) => checked(body, 'text/csv')),
  { ...checked('[]'), body: Buffer.from([0xff]) },
]

const query = words(
  '5 {} {"query":5} {"query":"ITU","limit":0} {"query":"ITU","x":1} {"query":"ITU","type":"x"} {"query":"ITU","type_strict":"x"} {"query":"ITU","properties":[{"pid":"x","v":"y"}]} {"properties":[{"pid":"x","v":"y"}]}',
)
const queries = [
  ...['', '{', '5', '[]', ...query.map((one) => `{"q":${one}}`)],
  JSON.stringify(Object.fromEntries(Array.from({ length: 51 }, (_, at) => [at, { query: 'C1' }]))),
]
const extensions = [
  ...['', ...words('{ {} {"ids":["C1"]} {"ids":[5],"properties":[]} {"ids":["C1"],"properties":[{"id":"x"}]}')],
  JSON.stringify({ ids: Array(51).fill('C1'), properties: [] }),
]
const fields = [
  ...queries.map((queries) => ({ queries })),
  ...extensions.map((extend) => ({ extend })),
  { queries: '{}', extend: '{}' },
  { x: '1' },
]
const form = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } }
const wrongReconciliations = fields.flatMap((field) => {
  const body = String(new URLSearchParams(field as never))
  return [get(`/v1/reconcile?${body}`), { ...get('/v1/reconcile'), ...form, body }]
})
const tooLong = { ...get('/v1/reconcile'), ...form, body: 'x'.repeat(300_000) }

async function wrongElsewhere(): Promise<Asked[]> {
  const { items } = (await service.ask('/v1/editions')).json
  const ids: string[] = items.map(({ id }: { id: string }) => id)
  const { nextCursor } = (await service.ask('/v1/sessions?limit=1')).json
  const { nextCursor: found } = (await service.ask('/v1/search?q=education&limit=1')).json
  const paths = [
    ...words(
      '/nothing /v1/agency /agencies /v1/Search /v1/exports/current/sources.csv/more /V1/check /v1/search?q=100%',
    ),
    ...words(
      '/v1/resolve?q=%zz /v1/agencies?id=ITU,UNESKO /v1/agencies?id=UNESKO;ITU /?x=1 /docs?x=1 /health/live?x=1',
    ),
    ...words('/v1/agencies?no=1&limit=0 /v1/exports/95a5c12ecfdd/sources.csv /v1/exports/current/sources.csv?sha256=x'),
    ...words('/v1/reconcile/entities/x /v1/reconcile/suggest/x?prefix=a'),
    `/v1/exports/current/sources.csv?sha256=${'0'.repeat(64)}`,
    `/v1/agencies?cursor=${nextCursor}`,
    `/v1/sessions?sort=date&cursor=${nextCursor}`,
    `/v1/search?q=health&cursor=${found}`,
  ]
  return [...paths, ...ids.flatMap((one) => ids.map((other) => `/v1/editions/${one}?comparedTo=${other}`))].map(get)
}

/** Values of this dataset: a cursor of each list, a checksum, an extension. */
async function learn(): Promise<void> {
  for (const operation of operations.filter(({ parameters }) => parameters.some(({ name }) => name === 'cursor'))) {
    const { path } = usual(operation)
    const { nextCursor } = (await ask(set(get(path), 'limit', '1'))).json
    known.set(`${operation.path} cursor`, nextCursor ?? '0')
  }
  const { files } = (await service.ask('/v1/exports')).json
  for (const { current, sha256 } of files) known.set(`${current.slice(base.length)} sha256`, sha256)
  known.set('/ edition', 'annex-draft').set('/ comparedTo', 'annex-adopted')
  known.set('/v1/reconcile extend', '{"ids":["C1"],"properties":[]}')
}

const tried = new Map<string, Promise<number>>()
const statusOf = (asked: Asked): Promise<number> => {
  const key = JSON.stringify(asked)
  const status = tried.get(key) ?? arrive(asked).then(({ status }) => status)
  tried.set(key, status)
  return status
}

tap.test('every request that an error proposes succeeds, and every sentence of an error is read', async (t) => {
  await learn()
  const all = [
    ...operations.flatMap(wrongRequests),
    ...wrongCopies,
    ...wrongReconciliations,
    tooLong,
    ...(await wrongElsewhere()),
  ]
  const refused = new Map<number, number>()
  for (const asked of all) {
    const answer = await arrive(asked)
    if (answer.status < 400) continue
    refused.set(answer.status, (refused.get(answer.status) ?? 0) + 1)
    const { proposed, rest } = advice(asked, answer)
    const shown = `${asked.method} ${asked.path.slice(0, 150)} ${JSON.stringify(asked.headers)} ${String(asked.body).slice(0, 80)}: ${answer.status} ${answer.json.detail.slice(0, 300)}`
    if (rest !== '') t.fail(`not understood: "${rest.slice(0, 200)}" of ${shown}`)
    for (const one of proposed) {
      const status = await statusOf(one)
      if (![200, 204, 206].includes(status))
        t.fail(
          `${status}: ${one.method} ${one.path.slice(0, 200)} ${JSON.stringify(one.headers)} ${String(one.body).slice(0, 80)} proposed by ${shown}`,
        )
    }
  }
  t.comment(`${all.length} requests, ${tried.size} proposed, refused: ${JSON.stringify([...refused])}`)
  for (const status of [400, 404, 405, 406, 410, 412, 413, 414, 415, 416]) t.ok(refused.has(status), `a ${status}`)
  t.same([...unseen].map(String), [], 'every sentence occurs')
})

tap.test('every link on the page of an error leads to a page', async (t) => {
  const all = [...operations.flatMap(wrongRequests), ...(await wrongElsewhere())]
  const paths = new Set(all.filter(({ method }) => method === 'GET').map(({ path }) => path))
  const refused = new Map<number, number>()
  const links = new Map<string, string>()
  for (const path of paths) {
    const { status, text } = await service.ask(path, { accept })
    if (status < 400) continue
    refused.set(status, (refused.get(status) ?? 0) + 1)
    for (const [, href = ''] of text.matchAll(/<a [^>]*href="([^"#]+)"/g))
      links.set(href.replaceAll('&amp;', '&'), path)
  }
  const { pathname } = new URL(base)
  for (const [href, path] of links) {
    const { status } = await arrive({ ...get(href.replace(pathname, '')), headers: { accept } })
    if (status !== 200) t.fail(`${status}: ${href} on the page of ${path.slice(0, 150)}`)
  }
  t.comment(`${links.size} links on the pages of ${JSON.stringify([...refused])}`)
  for (const status of [400, 404, 410, 414]) t.ok(refused.has(status), `a ${status}`)
})
