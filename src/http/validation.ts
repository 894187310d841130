import { setImmediate } from 'node:timers/promises'
import type { Ajv, ValidateFunction } from 'ajv'
import type { FastifyInstance, FastifyServerOptions } from 'fastify'
import { require } from '../commonjs.ts'
import { idFilter } from '../nouns/noun.ts'
import { stringFormats } from '../schema.ts'
import type { TObject } from '../typebox.ts'

function newAjv(): Ajv {
  const ajv: typeof import('ajv') = require('ajv')
  return new ajv.Ajv({
    formats: stringFormats,
    coerceTypes: true,
    allErrors: true,
    addUsedSchema: false,
    // 400 digits parse to Infinity, which no maximum would catch.
    strictNumbers: false,
    keywords: ['example', 'x-undocumented'],
  })
}

/** The spellings of true and false that programs and spreadsheets write. */
const booleans = new Map(
  Object.entries({ true: 'true', yes: 'true', 1: 'true', false: 'false', no: 'false', 0: 'false' }),
)

/** Normalizes valid values in other spellings: `TRUE`, `2023-01-01T00:00:00Z`, `id=C1&id=C2`. */
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

/** Replaces Fastify's compilers, which compile all route schemas before the start, with lazy ones. */
export class Validation {
  #ajv: Ajv | undefined
  readonly #compile: (() => ValidateFunction)[] = []

  /** The value of Fastify's `schemaController` option. */
  readonly controller: NonNullable<FastifyServerOptions['schemaController']> = {
    compilersFactory: {
      // Shared schemas describe responses only, so no request schema needs them.
      buildValidator: (() => this.#validatorOf) as never,
      // JSON.stringify preserves every value; a serializer made from the schema would turn null into "" and drop
      // fields.
      buildSerializer: () => () => JSON.stringify,
    },
  }

  readonly #validatorOf = ({ schema, httpPart }: { schema: object; httpPart?: string }) => {
    // A name that is too long gets the lookup's error: unknown.
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
      if (httpPart === 'querystring') plainSpelling(value as Record<string, unknown>, (schema as TObject).properties)
      const isValid = compiled(value)
      validate.errors = compiled.errors
      return isValid
    }
    validate.errors = undefined as ValidateFunction['errors']
    return validate
  }

  /** Compiles every schema after the start, one per turn of the event loop, so that no visitor waits for it. */
  compileAfterStart(app: FastifyInstance): void {
    app.addHook('onListen', async () => {
      for (const compile of this.#compile) {
        await setImmediate()
        compile()
      }
    })
  }
}
