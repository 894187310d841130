import { bodySentences } from './advice-on-bodies.ts'
import {
  type Asked,
  each,
  exampleFor,
  get,
  nothing,
  operationAt,
  type Reading,
  type Sentence,
  send,
  set,
  usual,
  valuesOf,
  visit,
  within,
  without,
} from './asked.ts'
import type { Operation } from './fuzz/document.ts'
import type { Answer } from './service.ts'

// Reads the advice of an error: the requests that its sentences propose.

const values: Reading = (asked, [list = ''], name) => each(list, (one) => set(asked, name, one))
const words: Reading = (asked, [list = ''], name) => each(list, (one) => set(asked, name, one), /, /)

/** Every sentence of an error, and the requests that it proposes. `name` is the parameter of the error. */
const sentences: Sentence[] = [
  ...bodySentences,
  // Parameters.
  [/The request has (?:one error|\d+ errors): /, nothing],
  [
    /Unknown parameter ".*?"\. Did you mean (\w+)\?/,
    (asked, [near = ''], name) => [set(set(asked, name), near, ...valuesOf(asked, name))],
  ],
  [
    /Unknown parameter ".*?"\. (?:Use|The only parameter is|The parameters are) ([\w, ]+)\./,
    (asked, [names = ''], name) => each(names, (one) => set(set(asked, name), one, exampleFor(asked, one))),
  ],
  [/Unknown parameter ".*?"\. This path takes no parameters\./, (asked, _, name) => [set(asked, name)]],
  [
    /Unknown parameter ".*?"\. Responses are complete\.( CSV has one column for each property\.)?/,
    (asked, [csv], name) => [set(asked, name), ...(csv ? [set(set(asked, name), 'format', 'csv')] : [])],
  ],
  [
    /Unknown parameter ".*?"\. Find words with (\S+), names with (\S+)\./,
    (asked, hrefs, name) => hrefs.map((href) => within(href + encodeURIComponent(String(valuesOf(asked, name))))),
  ],
  [/"\w+" is required, for example \w+=(.*)\.$/s, (asked, [value = ''], name) => [set(asked, name, value)]],
  [
    /"\w+" is empty\. (Omit it or give|Give) it a value, for example \w+=(.*)\.$/s,
    (asked, [way, value = ''], name) => [...(way === 'Give' ? [] : [set(asked, name)]), set(asked, name, value)],
  ],
  [
    /"\w+" has \d+ values\. Send one request for each value\./,
    (asked, _, name) => valuesOf(asked, name).map((one) => set(asked, name, one)),
  ],
  [
    /"\w+" takes one value, but ".*" has \d+\. Send one request for each value\./s,
    (asked, _, name) => each(String(valuesOf(asked, name)), (one) => set(asked, name, one.trim()), /[,;|]/),
  ],
  [/"\w+" cannot be ".*"\. Use one of (.*)\.$/s, words],
  [/"\w+" cannot be ".*": it must .*, for example \w+=(.*)\.$/s, values],
  [
    /No [a-z ]+ matches ".*"\.(?: Did you mean (.*)\?)?$/s,
    (asked, [ids], name) => (ids ? values(asked, [ids], name) : []),
  ],
  [/No [a-z ]+ matches ".*"\. No action line is coordinated by .*, in any document of this directory\.$/s, nothing],
  [
    /This cursor belongs to another list or has expired\. Start again without "cursor" and follow "next"\.(?: It belongs to another (?:query, or its result no longer exists|sort order)\.)?/,
    (asked) => [set(asked, 'cursor')],
  ],
  [
    /"since" must be a dataset that was released, the latest first: (.*)\. If your copy has none of them, download a new one\./,
    values,
  ],
  [
    /"[\w-]+" lists \w+s and "[\w-]+" lists \w+s: these are different functions, so nothing was added or removed between them\. /,
    nothing,
  ],
  [
    /Compare "([\w-]+)" with ([\w-]+(?: or [\w-]+)*)\. ?/,
    (_, [one, others = '']) => each(others, (other) => get(`/v1/editions/${one}?comparedTo=${other}`)),
  ],
  [
    /"sha256" must be a checksum of 64 hex digits, as in the list of files\. Otherwise omit it\./,
    (asked) => [set(asked, 'sha256', exampleFor(asked, 'sha256')), set(asked, 'sha256')],
  ],
  // Paths. The ids are those of `suggestions`, whose URLs are requested.
  [
    /Nothing exists at this path\. (?:Did you mean (\S+)\? )?GET (\S+) lists the paths: ([^ ]+(?:, [^ ]+)*)\./,
    (_, hrefs) => hrefs.filter(Boolean).flatMap((list) => each(list, visit)),
  ],
  [/No [a-z ]+ is called ".*"\. Did you mean .*\?/s, nothing],
  [/No [a-z ]+ is called ".*"\. GET (\S+) lists them\./s, (_, [href = '']) => [within(href)]],
  [/No [a-z ]+ is called ".*"\. No action line is coordinated by .*, in any document of this directory\./s, nothing],
  [/ "(latest)" leads to the newest\./, (asked, [id]) => [{ ...asked, path: asked.path.replace(/[^/]*$/, `${id}`) }]],
  [/No dataset ".*" was released\. /s, nothing],
  [/(?:Dataset \w+|The [\w.-]+ with the checksum \w+) is no longer available\. /, nothing],
  [/The current dataset is \w+, at (\S+)\./, (_, [href = '']) => [within(href)]],
  [/No line or agency has the id ".*"\./s, nothing],
  [
    /No suggestions for ".*"\. Use (.*)\./s,
    (asked, [names = '']) =>
      each(names, (name) => ({ ...asked, path: asked.path.replace(/(?<=suggest\/)[^?]+/, name) })),
  ],
  // Methods and headers.
  [
    /This path does not take \w+; it takes ([A-Z, ]+)\./,
    (asked, [methods = '']) =>
      each(methods, (method) => {
        const operation = operationAt(String(asked.path.split('?')[0]), method)
        return method === 'POST' && operation ? usual(operation) : { ...asked, method, body: undefined }
      }),
  ],
  [/The available formats are (.*?)\. /, (asked, [types = '']) => each(types, (type) => send(asked, 'accept', type))],
  [
    /Request one of them in Accept, or add \?format=(.*)\./,
    (asked, [names = '']) => each(names, (name) => set(asked, 'format', name)),
  ],
  [
    /Request (?:one of them in|it with) Accept(?:: (.*))?\./,
    (asked, [types]) => (types ? each(types, (type) => send(asked, 'accept', type)) : []),
  ],
  [/".*" allows none of (.*)\./, (asked, [types = '']) => each(types, (type) => send(asked, 'accept', type))],
  [
    /The response has changed since you received it; request it again from the beginning\./,
    (asked) => [without(asked, /^(?:if-|range)/)],
  ],
  [
    /The file has \d+ bytes\. Request a part of them, such as (bytes=0-99)\./,
    (asked, [range = '']) => [send(asked, 'range', range)],
  ],
  [
    /The URL has \d+ bytes\. The maximum is (\d+)\. Request less at once\./,
    (asked, [most]) => [{ ...asked, path: asked.path.slice(0, Number(most)) }],
  ],
  [
    /The URL contains an invalid percent-encoding\. Write a literal percent sign as (%25)\./,
    (asked, [percent]) => [{ ...asked, path: asked.path.replace(/%(?![\da-f]{2})/gi, String(percent)) }],
  ],
]

/** The sentences that were found in no error yet. */
export const unseen = new Set(sentences.map(([pattern]) => pattern))

/** The requests that a text proposes, and the rest of the text after the last sentence that is known. */
function readText(text: string, asked: Asked, name = ''): { proposed: Asked[]; rest: string } {
  for (const [pattern, reading] of sentences) {
    const [found = '', ...groups] = new RegExp(`^(?:${pattern.source})`, pattern.flags).exec(text) ?? []
    if (found === '') continue
    unseen.delete(pattern)
    const rest = readText(text.slice(found.length), asked, name)
    return { proposed: [...reading(asked, groups, name), ...rest.proposed], rest: rest.rest }
  }
  return { proposed: [], rest: text }
}

interface ParameterError {
  location: string
  name: string
  detail: string
  allowed: string[] | null
  suggestion: string | null
}

/** The requests that one error of a parameter proposes. */
function adviceOf(error: ParameterError, asked: Asked): { proposed: Asked[]; rest: string } {
  const { location, name, detail, allowed, suggestion } = error
  const { proposed, rest } = readText(detail, asked, name)
  const isOfBody = location === 'body' || name.includes('/')
  const change = (word: string): Asked => {
    if (location === 'header') return send(asked, name.toLowerCase(), word)
    if (detail.startsWith('Unknown parameter')) return set(set(asked, name), word, exampleFor(asked, word))
    return set(asked, name, word)
  }
  const words = isOfBody ? [] : [...(allowed ?? []), ...(suggestion === null ? [] : [suggestion])]
  return { proposed: [...proposed, ...words.map(change)], rest }
}

/** The requests that an error proposes, and the part of its texts that was not understood. */
export function advice(asked: Asked, { headers, json }: Answer): { proposed: Asked[]; rest: string } {
  const errors: ParameterError[] = json.errors
  // Several errors: each of their proposals, with the first one of every other error.
  const read = errors.map((error) => {
    const others = errors.filter((other) => other !== error)
    return adviceOf(
      error,
      others.reduce((asked, other) => adviceOf(other, asked).proposed[0] ?? asked, asked),
    )
  })
  const details = errors.map(({ detail }) => detail).join(' ')
  read.push(readText(String(json.detail).replace(details, ''), asked))
  const types = (headers['accept-post'] ?? '').split(', ').filter(Boolean)
  return {
    proposed: [
      ...read.flatMap(({ proposed }) => proposed),
      ...json.suggestions.map(({ href }: { href: string }) => visit(href)),
      ...types.map((type) => usual(operationAt(asked.path, 'POST') as Operation, type)),
      ...[...(headers.link ?? '').matchAll(/<([^>]+)>; rel="latest-version"/g)].map(([, href]) => within(String(href))),
    ],
    rest: read.map(({ rest }) => rest).join(''),
  }
}
