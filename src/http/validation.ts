import { Ajv, type ValidateFunction } from 'ajv'
import type { FastifyServerOptions } from 'fastify'
import { formats } from '../schema.ts'

// What Fastify makes of the schemas of routes, instead of its own compilers, which do all at the start.

function buildValidator() {
  const ajv = new Ajv({
    formats,
    coerceTypes: true,
    allErrors: true,
    addUsedSchema: false,
    // Else 400 digits, which are read as Infinity, would be compared with no maximum.
    strictNumbers: false,
    keywords: ['example'],
  })
  return ({ schema }: { schema: object }) => {
    let compiled: ValidateFunction | undefined
    // Compiled when it is first needed. Fastify reads the errors of the last call here.
    const validate = (value: unknown) => {
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
