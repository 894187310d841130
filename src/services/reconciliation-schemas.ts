import { ref } from '../nouns/shapes.ts'
import { oneOf } from '../schema.ts'
import { type TSchema, Type } from '../typebox.ts'
import { namedNouns } from '../vocabulary.ts'
import { maxBatch } from './reconciliation-queries.ts'

// The requests and responses of the Reconciliation Service API, as the OpenAPI document describes them.

export const maxBytes = 256 * 1024
export const maxSuggested = 20

const NamedId = Type.Object(
  { id: Type.String({ description: 'The id.' }), name: Type.String({ description: 'The name.' }) },
  { $id: 'NamedId', description: 'A type, a property, or a linked entity.' },
)

export const ReconcileResponse = Type.Object(
  {},
  {
    $id: 'ReconcileResponse',
    additionalProperties: true,
    description:
      'With `queries`: the candidates (`result`) by query key, best first. `match` is true only if `/v1/resolve` is certain. With `extend`: the properties (`meta`) and their values by id (`rows`). With neither: the manifest of version 0.2.',
  },
)

const Suggested = Type.Object(
  {
    ...NamedId.properties,
    description: Type.Optional(Type.String({ description: 'Agencies of the newest table, acronym, or type.' })),
    notable: Type.Optional(Type.Array(ref(NamedId), { maxItems: 1, description: 'The type of an entity.' })),
  },
  { $id: 'Suggested', description: 'An entity, property or type.' },
)

export const SuggestResponse = Type.Object(
  { result: Type.Array(ref(Suggested), { maxItems: 20, description: 'The best first.' }) },
  { $id: 'SuggestResponse', description: 'The names that begin with the prefix.' },
)

export const PropertyProposals = Type.Object(
  {
    type: Type.Optional(Type.String({ description: 'The type that was sent.' })),
    properties: Type.Array(ref(NamedId), { description: 'The properties that `extend` can add.' }),
  },
  { $id: 'PropertyProposals', description: 'The properties of a type.' },
)

/** Parameters of specific tools, which are not in the OpenAPI document. */
const ofTools = Type.Optional(Type.String({ maxLength: maxBytes, 'x-undocumented': true }))
/** JSONP: a script calls this function with the response. `_` keeps old browsers from using a cached copy. */
const scripted = {
  callback: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z_$][\\w$]*(\\.[A-Za-z_$][\\w$]*)*$',
      maxLength: 100,
      description: 'JSONP: the function that a script calls with the response.',
      examples: ['show'],
    }),
  ),
  _: ofTools,
}
const queries = Type.String({
  maxLength: maxBytes,
  description: `A JSON object of up to ${maxBatch} queries under keys of your choice, each with \`query\` (a text), \`type\` (\`action-line\` or \`agency\`), \`limit\`, and \`properties\` (hints).`,
  examples: ['{"q0":{"query":"C7 eGov","type":"action-line","limit":3}}'],
})
export const MainQuery = Type.Object(
  { queries: Type.Optional(queries), extend: ofTools, ...scripted },
  { additionalProperties: false },
)
const ofType = Type.Optional(oneOf(namedNouns, { description: 'Only this type.', examples: ['action-line'] }))
export const SuggestQuery = Type.Object(
  {
    prefix: Type.String({ maxLength: 200, description: 'The beginning of a name.', examples: ['t'] }),
    cursor: Type.Optional(
      Type.String({
        pattern: '^\\d{1,4}$',
        maxLength: 4,
        description: 'The number of suggestions to skip.',
        examples: ['0'],
      }),
    ),
    type: ofType,
    type_strict: ofTools,
    key: ofTools,
    ...scripted,
  },
  { additionalProperties: false },
)
export const PropertiesQuery = Type.Object(
  {
    type: ofType,
    limit: Type.Optional(
      Type.String({
        pattern: '^[1-9]\\d{0,3}$',
        maxLength: 4,
        description: 'The maximum number of properties.',
        examples: ['10'],
      }),
    ),
    ...scripted,
  },
  { additionalProperties: false },
)
export const PreviewQuery = Type.Object(
  {
    id: Type.String({ minLength: 1, maxLength: 100, description: 'The id of a line or agency.', examples: ['C1'] }),
  },
  { additionalProperties: false },
)

export const form = 'application/x-www-form-urlencoded'
const script = { 'text/javascript': { schema: Type.String({ description: 'JSONP, with `callback`.' }) } }
export const described = (
  operationId: string,
  summary: string,
  description: string,
  schema: TSchema,
  also: object = script,
) => ({
  operationId,
  summary,
  description,
  tags: ['Reconcile'],
  response: {
    200: { description: 'The result.', content: { 'application/json': { schema: ref(schema) }, ...also } },
  },
})
export const manifestSchema = described(
  'getReconciliation',
  'Get the reconciliation manifest',
  'The manifest of the Reconciliation Service API 0.2, for OpenRefine. With `queries` or `extend`, the same as POST. Use POST for more than a few queries.',
  ReconcileResponse,
)
export const propertiesSchema = described(
  'listProperties',
  'List the properties for data extension',
  'The columns that `extend` can add. For a line: the agencies in the newest table (`current`), the adopted annex (`adopted`) and the draft of 2005 (`draft`), the lead contacts and the sources. For an agency: names, identifiers and lines.',
  PropertyProposals,
)
export const ReconcileForm = Type.Object(
  {
    queries: Type.Optional(queries),
    extend: Type.Optional(
      Type.String({
        maxLength: maxBytes,
        description:
          'A JSON object with `ids` of lines or agencies, and `properties`, each with the `id` of a property.',
      }),
    ),
  },
  { $id: 'ReconcileForm', description: 'Either `queries` or `extend`.', examples: [{ queries: queries.examples[0] }] },
)

export const SuggestParameters = Type.Object({
  what: Type.String({ maxLength: 20, description: '`entity`, `property` or `type`.', examples: ['entity'] }),
})
export const suggestSchema = {
  ...described(
    'suggest',
    'Suggest names while typing',
    `Up to ${maxSuggested} lines and agencies (\`entity\`), properties or types whose name, or a word of it, begins with the prefix. To act on a text without a person, use \`/v1/resolve\`.`,
    SuggestResponse,
  ),
  params: SuggestParameters,
}

/** The schemas that the operations refer to. */
export const reconciliationSchemas = [
  NamedId,
  ReconcileResponse,
  Suggested,
  SuggestResponse,
  PropertyProposals,
  ReconcileForm,
]
