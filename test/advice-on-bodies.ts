import { csv, each, get, inField, nothing, operationAt, placed, rows, type Sentence, set, usual } from './asked.ts'
import type { Operation } from './fuzz/document.ts'

/** The sentences of errors in a body or in a batch of queries, and the requests that they propose. */
export const bodySentences: Sentence[] = [
  [
    /(?:Content-(?:Type|Encoding) is ".*"\. )?Send (.*), without content coding\./,
    (asked, [types = '']) => each(types, (type) => usual(operationAt(asked.path, 'POST') as Operation, type)),
  ],
  [/The body is too large: /, nothing],
  [/The body has \d+ rows: /, nothing],
  [
    /the maximum is (\d+) bytes and (\d+) rows\. Send it in parts\./,
    (asked, [bytes, count]) => [
      csv(asked, `${'id\n'}${'C1\n'.repeat(Number(count))}`),
      csv(asked, `id,extra\nC1,"${'x'.repeat(Number(bytes) - 15)}"\n`),
    ],
  ],
  [/The body is not valid UTF-8\./, nothing],
  [/The body is not JSON \(.*\)\. |The body must be a list, or an object with a list "rows"\. /s, nothing],
  [/For example, send (\{.*\})\./, (asked, [body]) => [{ ...asked, body }]],
  [
    /Line \d+ is not JSON \(.*\)\. Send one row per line\./s,
    (asked) => [{ ...asked, body: '{"id":"C1"}\n{"id":"C2"}\n' }],
  ],
  [/The body is not CSV \(.*\)\. The first row must name the columns\./s, (asked) => [csv(asked, 'id,label\nC1,\n')]],
  [
    /Each column must have its own name\. The maximum is (\d+) columns\./,
    (asked, [count]) => [
      csv(
        asked,
        `id${Array.from({ length: Number(count) - 1 }, (_, at) => `,c${at}`).join('')}\nC1\n`.replace(
          /C1/,
          `C1${','.repeat(Number(count) - 1)}`,
        ),
      ),
    ],
  ],
  [/The body has no rows\. Send at least one\./, (asked) => [rows(asked, { id: 'C1' })]],
  [
    /Row \d+ is .*\. It must be an object such as (\{.*\})\./s,
    (asked, [row]) => [rows(asked, JSON.parse(String(row)))],
  ],
  [/No row has "(\w+)" or "(\w+)", only .*\./s, (asked, names) => names.map((name) => rows(asked, { [name]: 'C1' }))],
  [
    /Row \d+: "(\w+)" is .*; it must be a string of at most (\d+) characters\./s,
    (asked, [property, length]) => [rows(asked, { id: 'C1', [String(property)]: 'x'.repeat(Number(length)) })],
  ],
  [
    /Row \d+: "coordinators" is .*; it must be a list of at most (\d+) names, or one string of at most (\d+) characters\./s,
    (asked, [count, length]) =>
      [Array(Number(count)).fill('ITU'), 'x'.repeat(Number(length))].map((coordinators) =>
        rows(asked, { id: 'C1', coordinators }),
      ),
  ],
  // Reconciliation.
  [/"(?:queries|extend)" is not JSON \(.*\)\./s, nothing],
  [
    /The form has neither the field "(\w+)" nor "(\w+)"\.|Send either "(\w+)" or "(\w+)"\./,
    (asked, names) =>
      names.filter(Boolean).map((name) => {
        const value = { queries: '{"q0":{"query":"ITU"}}', extend: '{"ids":["C1"],"properties":[]}' }[name]
        return asked.body === undefined
          ? set(get('/v1/reconcile'), name, String(value))
          : {
              ...usual(operationAt(asked.path, 'POST') as Operation),
              body: String(new URLSearchParams({ [name]: String(value) })),
            }
      }),
  ],
  [
    /Send the field "queries" or "extend" as (\S+)\./,
    (asked, [type]) => [usual(operationAt(asked.path, 'POST') as Operation, type)],
  ],
  [
    /Query "(.*)" has neither "(\w+)" nor "(\w+)"\./s,
    (asked, [key = '', query = '', hints = '']) => [
      inField(asked, 'queries', (all) => placed(all, [key], { [query]: 'ITU' })),
      inField(asked, 'queries', (all) => placed(all, [key], { [hints]: [{ pid: 'acronym', v: 'ITU' }] })),
    ],
  ],
  [
    /Unknown (?:type|type_strict|property) ".*"\. Use one of (.*)\./s,
    (asked, [words = ''], name) => {
      const [field = '', ...place] = name.split('/')
      return each(words, (word) => inField(asked, field, (json) => placed(json, place, word)))
    },
  ],
  [
    /The request has \d+ (?:queries|ids|properties); the maximum is (\d+)\. Send them in parts\./,
    (_, [most]) => [
      set(
        get('/v1/reconcile'),
        'queries',
        JSON.stringify(Object.fromEntries(Array.from({ length: Number(most) }, (_, at) => [at, { query: 'C1' }]))),
      ),
    ],
  ],
  [/The body has more than \d+ bytes\. Send fewer queries at once\./, (asked) => [{ ...asked, body: 'queries={}' }]],
  [
    /"[^"]*" is wrong: (Unexpected property|Expected [\w ]+)\./,
    (asked, [fault = ''], name) => {
      const [field = '', ...place] = name.split('/')
      const right: Record<string, unknown> = {
        'Expected object': place.length > 0 ? { query: 'ITU' } : field === 'queries' ? {} : { ids: [], properties: [] },
        'Expected array': [],
        'Expected required property': [],
        'Expected string': 'C1',
        'Expected integer to be greater or equal to 1': 1,
      }
      return [inField(asked, field, (json) => placed(json, place, right[fault]))]
    },
  ],
]
