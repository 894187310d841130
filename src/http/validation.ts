import type { Ajv, ValidateFunction } from 'ajv'
import type { FastifyServerOptions } from 'fastify'
import { require } from '../commonjs.ts'
import { formats } from '../schema.ts'

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
