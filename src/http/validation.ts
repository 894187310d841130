import type { Ajv, ValidateFunction } from 'ajv'
import type { FastifyServerOptions } from 'fastify'
import { require } from '../commonjs.ts'
import { idFilter } from '../nouns/noun.ts'
import { formats } from '../schema.ts'
import type { TObject } from '../typebox.ts'

// What Fastify makes of the schemas of routes, instead of its own compilers, which do all at the start.

function newAjv(): Ajv {
  const ajv: typeof import('ajv') = require('ajv')
  return new ajv.Ajv({
    formats,
    coerceTypes: true,
    allErrors: true,
    addUsedSchema: false,
    // Else 400 digits, which are read as Infinity, would be compared with no maximum.
    strictNumbers: false,
    keywords: ['example'],
  })
}

/** The spellings of true and false that programs and spreadsheets write. */
const booleans = new Map(
  Object.entries({ true: 'true', yes: 'true', 1: 'true', false: 'false', no: 'false', 0: 'false' }),
)

/** Rewrites the values of a query that are right in another spelling: `TRUE`, `2023-01-01T00:00:00Z`, `id=C1&id=C2`. */
function plainSpelling(query: Record<string, unknown>, properties: TObject['properties']): void {
  for (const [name, { type, format }] of Object.entries(properties)) {
    const value = query[name]
    if (name === idFilter && Array.isArray(value)) query[name] = value.join(',')
    else if (typeof value !== 'string') continue
    else if (type === 'boolean') query[name] = booleans.get(value.toLowerCase()) ?? value
    else if (format === 'partial-date')
      query[name] = value.replace(/^(\d{4}-\d{2}-\d{2})T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?$/i, '$1')
  }
}

function buildValidator() {
  let ajv: Ajv | undefined
  return ({ schema, httpPart }: { schema: object; httpPart?: string }) => {
    // A name that is too long, or else is none, is said to be unknown where it is looked up.
    if (httpPart === 'params') return () => true
    let compiled: ValidateFunction | undefined
    // Loaded and compiled when it is first needed. Fastify reads the errors of the last call here.
    const validate = (value: unknown) => {
      ajv ??= newAjv()
      compiled ??= ajv.compile(schema)
      if (httpPart === 'querystring') plainSpelling(value as Record<string, unknown>, (schema as TObject).properties)
      const isValid = compiled(value)
      validate.errors = compiled.errors
      return isValid
    }
    validate.errors = undefined as ValidateFunction['errors']
    return validate
  }
}

export const schemaController: NonNullable<FastifyServerOptions['schemaController']> = {
  compilersFactory: {
    // The schemas that are shared describe answers: no question refers to one.
    buildValidator: buildValidator as never,
    // JSON.stringify writes what it is given; a serializer made from a schema would turn null into "" and drop fields.
    buildSerializer: () => () => JSON.stringify,
  },
}
