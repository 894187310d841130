import { setImmediate } from 'node:timers/promises'
import type { Ajv, ValidateFunction } from 'ajv'
import type { FastifyInstance, FastifyServerOptions } from 'fastify'
import { require } from '../commonjs.ts'
import { formats } from '../schema.ts'

function newAjv(): Ajv {
  const ajv: typeof import('ajv') = require('ajv')
  return new ajv.Ajv({
    formats,
    coerceTypes: true,
    allErrors: true,
    addUsedSchema: false,
    // Otherwise 400 digits, which are read as Infinity, would be compared with no maximum.
    strictNumbers: false,
    keywords: ['example'],
  })
}

/** What Fastify makes of the schemas of routes, instead of its own compilers, which compile them all before the start. */
export class Validation {
  #ajv: Ajv | undefined
  readonly #compile: (() => ValidateFunction)[] = []

  /** What Fastify takes as its option `schemaController`. */
  readonly controller: NonNullable<FastifyServerOptions['schemaController']> = {
    compilersFactory: {
      // The schemas that are shared describe responses: no request refers to one.
      buildValidator: (() => this.#validatorOf) as never,
      // JSON.stringify writes what it is given; a serializer made from a schema would turn null into "" and drop fields.
      buildSerializer: () => () => JSON.stringify,
    },
  }

  readonly #validatorOf = ({ schema, httpPart }: { schema: object; httpPart?: string }) => {
    // A name that is too long is unknown, as the look-up says.
    if (httpPart === 'params') return () => true
    let compiled: ValidateFunction | undefined
    const compile = () => {
      this.#ajv ??= newAjv()
      compiled ??= this.#ajv.compile(schema)
      return compiled
    }
    this.#compile.push(compile)
    // Fastify reads the errors of the last call here.
    const validate = (value: unknown) => {
      const compiled = compile()
      const isValid = compiled(value)
      validate.errors = compiled.errors
      return isValid
    }
    validate.errors = undefined as ValidateFunction['errors']
    return validate
  }

  /** Compiles every schema after the start, one in a turn of the event loop, so that no first visitor waits for it. */
  compileAfterStart(app: FastifyInstance): void {
    app.addHook('onListen', async () => {
      for (const compile of this.#compile) {
        await setImmediate()
        compile()
      }
    })
  }
}
