import { require } from './commonjs.ts'

export type * from '@sinclair/typebox'
export type { ValueError } from '@sinclair/typebox/errors'

// TypeBox through its CommonJS build, because its 248 ES modules take a tenth of the start. All other files import
// TypeBox from here.

const typebox: typeof import('@sinclair/typebox') = require('@sinclair/typebox')
export const { FormatRegistry, Type, TypeRegistry } = typebox
export const Kind: typeof typebox.Kind = typebox.Kind
export const OptionalKind: typeof typebox.OptionalKind = typebox.OptionalKind
const values: typeof import('@sinclair/typebox/value') = require('@sinclair/typebox/value')
export const { Value } = values
const errors: typeof import('@sinclair/typebox/errors') = require('@sinclair/typebox/errors')
export const { ValueErrorType } = errors
