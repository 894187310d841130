import { querySchema } from '../http/query.ts'
import { maxBytes } from '../http/read-rows.ts'
import { ref, shape } from '../nouns/shapes.ts'
import { oneOf, Type } from '../typebox.ts'
import { namedNouns } from '../vocabulary.ts'
import { maxBatch } from './reconciliation-entities.ts'

// The requests and responses of the Reconciliation Service API, as the OpenAPI document describes them.

export const form = 'application/x-www-form-urlencoded'
export const maxSuggested = 20

const NamedId = shape('NamedId', 'A type, a property, or a linked entity.', {
  id: Type.String({ description: 'The id.' }),
  name: Type.String({ description: 'The name.' }),
})
export const ReconcileResponse = Type.Object(
  {},
  {
    $id: 'ReconcileResponse',
    additionalProperties: true,
    description:
      'With `queries`: the candidates (`result`) by query key, best first. `match` is true only if `/v1/resolve` is certain. With `extend`: the properties (`meta`) and their values by id (`rows`). With neither: the manifest of version 0.2.',
  },
)
const Suggested = shape('Suggested', 'An entity, property or type.', {
  ...NamedId.properties,
  description: Type.Optional(Type.String({ description: 'Agencies of the newest table, acronym, or type.' })),
  notable: Type.Optional(Type.Array(ref(NamedId), { maxItems: 1, description: 'The type of an entity.' })),
})
export const SuggestResponse = shape('SuggestResponse', 'The names that begin with the prefix.', {
  result: Type.Array(ref(Suggested), { maxItems: maxSuggested, description: 'The best first.' }),
})
export const PropertyProposals = shape('PropertyProposals', 'The properties of a type.', {
  type: Type.Optional(Type.String({ description: 'The type that was sent.' })),
  properties: Type.Array(ref(NamedId), { description: 'The properties that `extend` can add.' }),
})
const fields = {
  queries: Type.String({
    maxLength: maxBytes,
    description: `A JSON object of up to ${maxBatch} queries under keys of your choice, each with \`query\` (a text), \`type\` (\`action-line\` or \`agency\`), \`limit\`, and \`properties\` (hints).`,
    examples: ['{"q0":{"query":"C7 eGov","type":"action-line","limit":3}}'],
  }),
  extend: Type.String({
    maxLength: maxBytes,
    description: 'A JSON object with `ids` of lines or agencies, and `properties`, each with the `id` of a property.',
    examples: ['{"ids":["C1","ITU"],"properties":[{"id":"current"},{"id":"ror"}]}'],
  }),
}
const ReconcileForm = Type.Object(
  { queries: Type.Optional(fields.queries), extend: Type.Optional(fields.extend) },
  {
    $id: 'ReconcileForm',
    description: 'Either `queries` or `extend`.',
    examples: [{ queries: fields.queries.examples[0] }],
  },
)
/** The body of POST. The components are listed before its scope is loaded, so it is referred to here. */
export const forms = { [form]: ref(ReconcileForm) }

/** A parameter that only specific tools send. */
const undocumented = { 'x-undocumented': true }
const ofTools = Type.Optional(Type.String({ maxLength: maxBytes, ...undocumented }))
const text = (description: string, example: string, options: object = {}) =>
  Type.String({ maxLength: 100, ...options, description, examples: [example] })
/** JSONP: a script calls this function with the response. `_` keeps old browsers from using a cached copy. */
const scripted = {
  callback: Type.Optional(
    text('JSONP: the function that a script calls with the response.', 'show', {
      pattern: '^[A-Za-z_$][\\w$]*(\\.[A-Za-z_$][\\w$]*)*$',
    }),
  ),
  _: ofTools,
}
const ofType = Type.Optional(oneOf(namedNouns, { description: 'Only this type.', examples: ['action-line'] }))
export const Main = querySchema({
  queries: Type.Optional(fields.queries),
  // Hidden, because an example with both would be wrong.
  extend: Type.Optional({ ...fields.extend, ...undocumented }),
  ...scripted,
})
export const Suggest = querySchema({
  prefix: text('The beginning of a name.', 't', { maxLength: 200 }),
  cursor: Type.Optional(text('The number of suggestions to skip.', '0', { pattern: '^\\d{1,4}$', maxLength: 4 })),
  type: ofType,
  type_strict: ofTools,
  key: ofTools,
  ...scripted,
})
export const Properties = querySchema({
  type: ofType,
  limit: Type.Optional(text('The maximum number of properties.', '10', { pattern: '^[1-9]\\d{0,3}$', maxLength: 4 })),
  ...scripted,
})
export const Preview = querySchema({ id: text('The id of a line or agency.', 'C1', { minLength: 1 }) })
/** The path of suggestions. */
export const What = Type.Object({ what: text('`entity`, `property` or `type`.', 'entity', { maxLength: 20 }) })
