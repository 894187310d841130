import { hash } from 'node:crypto'
import { html } from '@remix-run/html-template'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { mediaTypes } from '../formats/data-formats.ts'
import { respond, sendUncached } from '../http/caching.ts'
import { formatFor, HtmlPage } from '../http/negotiation.ts'
import { type Operation, operation, redirect } from '../http/operation.ts'
import { badRequest, bodyError, HttpProblem } from '../http/problem-details.ts'
import { type Query, queryString } from '../http/query.ts'
import { maxBytes, rejectBodies } from '../http/read-rows.ts'
import type { Site } from '../http/site.ts'
import { ref } from '../nouns/shapes.ts'
import { directoryName } from '../openapi-info.ts'
import type { Directory } from '../store/directory.ts'
import { type Static, type TSchema, Type } from '../typebox.ts'
import { namedNouns } from '../vocabulary.ts'
import {
  beginning,
  entitiesBeginning,
  entityOf,
  extended,
  maxBatch,
  properties,
  reconciled,
  types,
  unknownId,
} from './reconciliation-entities.ts'
import {
  form,
  forms,
  Main,
  maxSuggested,
  Preview,
  Properties,
  PropertyProposals,
  ReconcileResponse,
  Suggest,
  SuggestResponse,
  What,
} from './reconciliation-shapes.ts'

// The Reconciliation Service API 0.2 (https://reconciliation-api.github.io/specs/0.2/), for OpenRefine and tools like it.

const [path, tag] = ['/v1/reconcile', 'Reconcile']

/** Registers the reconciliation service. */
export function reconciliation(app: FastifyInstance, directory: Directory, site: Site): void {
  get(app, site, {
    path,
    operationId: 'getReconciliation',
    summary: 'Get the reconciliation manifest',
    description:
      'The manifest of the Reconciliation Service API 0.2, for OpenRefine. With `queries` or `extend`, the same as POST. Use POST for more than a few queries.',
    query: Main,
    schema: ReconcileResponse,
    result: async (query, request) => (await resultOf(directory, query).catch(inQuery)) ?? manifest(site, request),
  })
  get(app, site, {
    path: `${path}/properties`,
    operationId: 'listProperties',
    summary: 'List the properties for data extension',
    description:
      'The columns that `extend` can add. For a line: the agencies in the newest table (`current`), the adopted annex (`adopted`) and the draft of 2005 (`draft`), the lead contacts and the sources. For an agency: names, identifiers and lines.',
    query: Properties,
    schema: PropertyProposals,
    result: ({ type, limit }) => ({
      type,
      properties: properties
        .filter((property) => property.type === (type ?? property.type))
        .slice(0, limit === undefined ? undefined : Number(limit))
        .map(({ id, name }) => ({ id, name })),
    }),
  })
  get(app, site, {
    path: `${path}/suggest/:what`,
    operationId: 'suggest',
    summary: 'Suggest names while typing',
    description: `Up to ${maxSuggested} lines and agencies (\`entity\`), properties or types whose name, or a word of it, begins with the prefix. To act on a text without a person, use \`/v1/resolve\`.`,
    params: What,
    query: Suggest,
    schema: SuggestResponse,
    result({ prefix, cursor, type }, request) {
      const { what } = request.params as Static<typeof What>
      const found = suggestions(directory, what, String(prefix).trim(), type)
      const first = Number(cursor ?? 0)
      return { result: found.slice(first, first + maxSuggested) }
    },
  })
  post(app, directory, site)
  pages(app, directory, site)
}

/** The candidates of `queries` or the values of `extend`; undefined without both. */
async function resultOf(
  directory: Directory,
  { queries, extend }: Record<string, unknown>,
): Promise<object | undefined> {
  if (queries !== undefined && extend !== undefined)
    throw badRequest([bodyError('extend', 'Send either "queries" or "extend".')])
  if (queries !== undefined) return reconciled(directory, String(queries))
  return extend === undefined ? undefined : extended(directory, String(extend))
}

/** Rethrows an error of GET, whose parameters are in the query. */
function inQuery(error: unknown): never {
  if (error instanceof HttpProblem) for (const one of error.more.errors ?? []) one.location = 'query'
  throw error
}

/** It has the URL of the host that was asked, if the service does not know its own. */
function manifest({ base: known, version }: Site, { protocol, host }: FastifyRequest): object {
  const base = known || `${protocol}://${host}`
  const service = (name: string) => ({ service_url: base, service_path: `${path}/${name}` })
  return {
    versions: ['0.2'],
    name: directoryName,
    identifierSpace: `${base}${path}/entities/`,
    schemaSpace: `${base}/v1/context.jsonld#`,
    documentation: `${base}/docs`,
    serviceVersion: version,
    defaultTypes: Object.values(types),
    view: { url: `${base}${path}/entities/{{id}}` },
    preview: { url: `${base}${path}/preview?id={{id}}`, width: 400, height: 160 },
    suggest: Object.fromEntries(['entity', 'property', 'type'].map((what) => [what, service(`suggest/${what}`)])),
    extend: { propose_properties: service('properties'), property_settings: [] },
    batchSize: maxBatch,
  }
}

/** The entities, properties or types that begin with a prefix. */
function suggestions(directory: Directory, what: string, prefix: string, type: unknown): object[] {
  const nouns = namedNouns.filter((noun) => noun === (type ?? noun))
  const namesOf = ({ id, name }: { id: string; name: string }) => [id, name]
  if (what === 'entity')
    return entitiesBeginning(directory, prefix, nouns).map(({ id, title, description, noun }) => {
      return { id, name: title, description, notable: [types[noun]] }
    })
  if (what === 'property')
    return beginning(properties, namesOf, prefix)
      .filter(({ type }) => nouns.includes(type))
      .map(({ id, name, type }) => ({ id, name, description: `Of the type ${types[type].name}.` }))
  if (what === 'type') return beginning(Object.values(types), namesOf, prefix)
  throw new HttpProblem(404, `No suggestions for "${what}". Use entity, property, type.`)
}

/** A GET operation with a result in JSON. */
interface Get extends Omit<Operation, 'tag' | 'response' | 'handle'> {
  schema: TSchema
  result(query: Query, request: FastifyRequest): object | Promise<object>
}

const Script = Type.String({ description: 'JSONP, with `callback`.' })

/** Registers a GET route. Its response is JSON, or a script that calls `callback` with it. */
function get(app: FastifyInstance, site: Site, { schema, result, ...described }: Get): void {
  operation(app, site, {
    ...described,
    tag,
    response: ['The result.', { 'application/json': ref(schema), 'text/javascript': Script }],
    async handle({ _, ...query }, request, reply) {
      const { callback } = query
      const format = callback
        ? { name: 'script', mediaType: 'text/javascript; charset=utf-8' }
        : formatFor(request, [{ name: 'json', mediaType: mediaTypes.json }])
      const write = async () => {
        const body = JSON.stringify(await result(query, request))
        // The comment prevents the client from choosing the first bytes of the file.
        return callback ? `/**/${callback}(${body});` : body
      }
      if (described.path === path) return sendUncached(site, reply, format.mediaType, await write())
      const [own = ''] = String(request.raw.url).split('?')
      return respond(site, request, reply, { url: own + queryString(query), format, mayFail: true, write })
    },
  })
}

/** Registers POST of a form with the field `queries` or `extend`. */
function post(app: FastifyInstance, directory: Directory, site: Site): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      form,
      { parseAs: 'string', bodyLimit: maxBytes },
      async (_: FastifyRequest, body: string) => Object.fromEntries(new URLSearchParams(body)),
    )
    rejectBodies(scope, () => ({
      413: new HttpProblem(413, `The body has more than ${maxBytes} bytes. Send fewer queries at once.`),
      415: new HttpProblem(415, `Send the field "queries" or "extend" as ${form}.`, {
        headers: { 'accept-post': form },
      }),
    }))
    operation(scope, site, {
      path,
      operationId: 'reconcile',
      summary: 'Match names in a batch, or add columns',
      description: `Send a form with one field. \`queries\` matches up to ${maxBatch} texts to lines and agencies. \`extend\` returns properties of matched ids. At most ${maxBytes} bytes.`,
      tag,
      body: forms,
      response: ['The result.', { 'application/json': ref(ReconcileResponse) }],
      async handle(_query, request, reply) {
        const result = await resultOf(directory, Object(request.body))
        if (!result) throw badRequest([bodyError('queries', 'The form has neither the field "queries" nor "extend".')])
        return sendUncached(site, reply, mediaTypes.json, result)
      },
    })
  })
}

const style = 'body{font:14px/1.4 sans-serif;margin:8px}p{margin:0 0 6px}'
/** The only page that another site may show in a frame. */
const previewFormat = {
  name: 'html',
  mediaType: 'text/html; charset=utf-8',
  headers: {
    'content-security-policy': `default-src 'none';style-src 'sha256-${hash('sha256', style, 'base64')}';frame-ancestors *`,
  },
}

/** Registers the preview of an entity, and the redirect from its URI to its record. */
function pages(app: FastifyInstance, directory: Directory, site: Site): void {
  const linkedEntity = (id: string) => {
    const entity = entityOf(directory, id)
    if (!entity) throw new HttpProblem(404, unknownId(id))
    return { ...entity, href: site.base + entity.href }
  }
  app.get<{ Params: { id: string } }>(`${path}/entities/:id`, {
    schema: { hide: true },
    handler: ({ params }, reply: FastifyReply) => redirect(reply, linkedEntity(params.id).href, 307),
  })
  operation(app, site, {
    path: `${path}/preview`,
    operationId: 'previewEntity',
    summary: 'Preview a line or agency',
    description: 'A small page that OpenRefine shows in a frame.',
    tag,
    query: Preview,
    response: ['The result.', { 'text/html': ref(HtmlPage) }],
    handle(query, request, reply) {
      const { title, description, href, noun } = linkedEntity(String(query.id))
      return respond(site, request, reply, {
        url: `${path}/preview${queryString(query)}`,
        format: previewFormat,
        write: () =>
          String(html`<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><style>${html.raw`${style}`}</style>
<p><a href="${href}" target="_blank" rel="noopener">${title}</a> (${types[noun].name} ${query.id})</p><p>${description}</p></html>`),
      })
    },
  })
}
