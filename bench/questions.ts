// The requests of the bench, and the target share of the processor time of "full".

export interface Request {
  path: string
  method?: 'GET' | 'HEAD' | 'POST'
  headers?: Record<string, string>
  body?: string
}

/**
 * One row of the table: a repeated request, the same one in a new spelling, and a similar one made for the first time.
 */
export interface Question {
  what: string
  status: number
  goals: { before?: number; spelled?: number; first?: number }
  before?: Request
  spelled?: (number: number) => Request
  /** Like `before`, with another response. */
  first?: (number: number) => Request
}

/** The path with some letters percent-encoded, selected by the bits of a number. */
function spelled(path: string, number: number): string {
  let bits = number
  return path.replace(/(?<=^\/v\d\/.*)[a-z]/g, (letter) => {
    const isEncoded = bits % 2 === 1
    bits >>= 1
    return isEncoded ? `%${letter.charCodeAt(0).toString(16)}` : letter
  })
}

/** A repeated request, and the same in new spellings. */
function sameAs(request: Request): Pick<Question, 'before' | 'spelled'> {
  return { before: request, spelled: (number) => ({ ...request, path: spelled(request.path, number) }) }
}

const dayOf = (number: number) => new Date(Date.UTC(1900, 0, 1 + number)).toISOString().slice(0, 10)
/** A page of the same sessions under a new URL. */
const pageOf = (number: number) =>
  `/v1/sessions?from=${dayOf(number % 30_000)}&limit=${100 + Math.floor(number / 30_000)}`

const item = '/v1/action-lines/C7.e-environment'
const list = '/v1/action-lines?limit=100'
const compressed = (coding: string) => ({ 'accept-encoding': coding })

/**
 * The rows. `tag` is the ETag of the item (or several), `items` are the paths of many items, `rows` are those of a copy
 * as JSON.
 */
export function questions(tag: string, items: string[], rows: string): Question[] {
  const usual = { before: 0.7, spelled: 0.45 }
  const ofCoding = (coding: string): Question => ({
    what: `list in ${coding}`,
    status: 200,
    goals: usual,
    ...sameAs({ path: list, headers: compressed(coding) }),
    first: (number) => ({ path: pageOf(number), headers: compressed(coding) }),
  })
  return [
    {
      what: 'list',
      status: 200,
      goals: usual,
      ...sameAs({ path: list }),
      first: (number) => ({ path: pageOf(number) }),
    },
    {
      what: 'item',
      status: 200,
      goals: usual,
      ...sameAs({ path: item }),
      first: (number) => ({ path: String(items[number % items.length]) }),
    },
    { what: 'session', status: 200, goals: usual, ...sameAs({ path: '/v1/sessions/2010-c7-e-health' }) },
    { what: 'filtered list', status: 200, goals: usual, ...sameAs({ path: '/v1/action-lines?agency=ITU' }) },
    { what: 'list as CSV', status: 200, goals: usual, ...sameAs({ path: '/v1/action-lines?format=csv' }) },
    { what: 'page for people', status: 200, goals: usual, ...sameAs({ path: item, headers: { accept: 'text/html' } }) },
    ofCoding('gzip'),
    ofCoding('br'),
    { what: '304', status: 304, goals: usual, ...sameAs({ path: item, headers: { 'if-none-match': tag } }) },
    { what: 'HEAD of a list', status: 200, goals: usual, ...sameAs({ path: list, method: 'HEAD' }) },
    { what: 'HEAD /v1', status: 200, goals: { before: 0.7 }, before: { path: '/v1', method: 'HEAD' } },
    {
      what: 'resolve',
      status: 200,
      goals: usual,
      ...sameAs({ path: '/v1/resolve?q=C1,%20C7%20eGov,%20C11' }),
      first: (number) => ({ path: `/v1/resolve?q=C1,%20C7%20eGov,%20x${number}` }),
    },
    {
      what: 'search',
      status: 200,
      goals: usual,
      ...sameAs({ path: '/v1/search?q=disinformation' }),
      first: (number) => ({ path: `/v1/search?q=health%20${number}` }),
    },
    { what: '404', status: 404, goals: usual, ...sameAs({ path: `${item}al` }) },
    { what: '404 without a route', status: 404, goals: usual, ...sameAs({ path: '/v2/action-lines' }) },
    { what: '400', status: 400, goals: usual, ...sameAs({ path: '/v1/action-lines?agecny=ITU' }) },
    { what: '308', status: 308, goals: usual, ...sameAs({ path: '/v1/action-lines/c7.e-environment' }) },
    {
      what: 'check, 22 rows',
      status: 200,
      goals: {},
      spelled: () => ({
        path: '/v1/check',
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: rows,
      }),
    },
  ]
}
