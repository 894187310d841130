import { nullable, ref, shape } from '../nouns/shapes.ts'
import { type Static, Type } from '../typebox.ts'

export const ParameterError = shape('ParameterError', 'One error of a request.', {
  location: Type.String({ description: '`query`, `path`, `header` or `body`.', examples: ['query'] }),
  name: Type.String({ description: 'The parameter as it was sent.', examples: ['agecny'] }),
  detail: Type.String({ description: 'The error and how to fix it.' }),
  allowed: nullable(Type.Array(Type.String()), 'The allowed values, or null if the list is open.'),
  suggestion: nullable(Type.String(), 'The nearest valid value, or null.'),
})
export type ParameterError = Static<typeof ParameterError>

const ProblemSuggestion = shape('ProblemSuggestion', 'A similar record or path.', {
  id: Type.String({ description: 'The id.' }),
  href: Type.String({ description: 'Its URL.' }),
})

export const Problem = shape('Problem', 'An error (RFC 9457).', {
  type: Type.String({ description: 'Always `about:blank`: `status` tells the kind of problem.' }),
  title: Type.String({ description: 'The name of the HTTP status.' }),
  status: Type.Integer({ description: 'The HTTP status code.' }),
  detail: Type.String({ description: 'The error and how to fix it, for people.' }),
  instance: Type.String({ description: 'The path and query of the request, possibly encoded differently.' }),
  errors: Type.Array(ref(ParameterError), {
    description: 'Every error of the request. Empty if no parameter is wrong.',
  }),
  suggestions: Type.Array(ref(ProblemSuggestion), { description: 'Similar records or paths, nearest first.' }),
})
export type Problem = Static<typeof Problem>

const errorIn =
  (location: string) =>
  (
    name: string,
    detail: string,
    allowed: string[] | null = null,
    suggestion: string | null = null,
  ): ParameterError => ({ location, name, detail, allowed, suggestion })
export const queryError = errorIn('query')
export const headerError = errorIn('header')
/** An error in a body; `name` is a JSON pointer, or empty for the whole body. */
export const bodyError = errorIn('body')

interface More {
  /** The canonical URL of the resource; by default the URL of the request. */
  instance?: string
  errors?: ParameterError[]
  suggestions?: Problem['suggestions']
  headers?: Record<string, string>
}

/** Thrown if a request fails; the error handler turns it into the response. */
export class HttpProblem extends Error {
  readonly status: number
  readonly more: More

  constructor(status: number, detail: string, more: More = {}) {
    // Skips the stack trace: costly, and never shown.
    const { stackTraceLimit } = Error
    Error.stackTraceLimit = 0
    super(detail)
    Error.stackTraceLimit = stackTraceLimit
    this.status = status
    this.more = more
  }
}

/** A 400 with all errors. */
export function badRequest(errors: ParameterError[]): HttpProblem {
  const count = errors.length === 1 ? 'one error' : `${errors.length} errors`
  return new HttpProblem(400, `The request has ${count}: ${errors.map(({ detail }) => detail).join(' ')}`, { errors })
}

/** A text as parsed. The parser's error becomes a 400 with the sentence for its message, at a place in the body. */
export function parsedText<Result>(
  place: string,
  text: string,
  parse: (text: string) => Result,
  sentenceFor: (why: string) => string,
): Result {
  try {
    return parse(text)
  } catch (error) {
    throw error instanceof HttpProblem ? error : badRequest([bodyError(place, sentenceFor((error as Error).message))])
  }
}

// Not imported: node:http as an ES module loads all its exports, a WebSocket client included.
export const { STATUS_CODES } = process.getBuiltinModule('node:http')

/** A problem document, with its members in a fixed order. */
export function problemOf(status: number, detail: string, instance: string, more: More = {}): Problem {
  const { errors = [], suggestions = [] } = more
  const title = String(STATUS_CODES[status])
  return { type: 'about:blank', title, status, detail, instance, errors, suggestions }
}
