import { hash } from 'node:crypto'
import { html } from '@remix-run/html-template'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { mediaTypes } from '../formats/data-formats.ts'
import { respond } from '../http/caching.ts'
import { errorHandler } from '../http/errors.ts'
import { redirect } from '../http/fixed-route.ts'
import { formatFor } from '../http/formats.ts'
import { HtmlPage } from '../http/html.ts'
import { badRequest, bodyError, HttpProblem } from '../http/problem-details.ts'
import { queryString, settleQuery } from '../http/query.ts'
import type { Site } from '../http/site.ts'
import { hrefOf, ref } from '../nouns/shapes.ts'
import type { Directory } from '../store/directory.ts'
import type { Records } from '../store/records.ts'
import type { Static, TObject } from '../typebox.ts'
import { type NamedNoun, namedNouns } from '../vocabulary.ts'
import { Entities, properties, typeOf, types } from './reconciliation-entities.ts'
import { extended, maxBatch, reconciled } from './reconciliation-queries.ts'
import {
  described,
  form,
  MainQuery,
  manifestSchema,
  maxBytes,
  maxSuggested,
  PreviewQuery,
  PropertiesQuery,
  propertiesSchema,
  ReconcileForm,
  ReconcileResponse,
  type SuggestParameters,
  SuggestQuery,
  suggestSchema,
} from './reconciliation-schemas.ts'

// The Reconciliation Service API 0.2 (https://reconciliation-api.github.io/specs/0.2/), for OpenRefine and tools like it.

const path = '/v1/reconcile'

/** Registers the reconciliation service. */
export function reconciliation(app: FastifyInstance, { named }: Directory, site: Site, records: Records): void {
  let made: Entities | undefined
  const entities = () => {
    made ??= new Entities(records, named)
    return made
  }
  respondTo(app, site, path, manifestSchema, MainQuery, ({ queries, extend }, request) =>
    resultOf(entities(), site, request, queries, extend).catch(inQuery),
  )
  respondTo(app, site, `${path}/properties`, propertiesSchema, PropertiesQuery, ({ type, limit }) => ({
    type,
    properties: properties
      .filter((property) => property.type === (type ?? property.type))
      .slice(0, limit === undefined ? undefined : Number(limit))
      .map(({ id, name }) => ({ id, name })),
  }))
  suggestions(app, site, entities)
  posted(app, site, entities)
  pages(app, site, entities)
}

/** Registers a GET route with a JSON response, or a script that calls `callback` with it. */
function respondTo<Schema extends TObject>(
  app: FastifyInstance,
  site: Site,
  url: string,
  description: object,
  schema: Schema,
  write: (query: Static<Schema>, request: FastifyRequest) => object | Promise<object>,
): void {
  app.get(url, {
    attachValidation: true,
    schema: { ...description, querystring: schema },
    handler: async (request, reply) => {
      const { _, ...query } = settleQuery(site, request, schema, {})
      const callback = query.callback as string | undefined
      const json = { name: 'json', mediaType: mediaTypes.json }
      const format = callback
        ? { name: 'script', mediaType: 'text/javascript; charset=utf-8' }
        : formatFor(request, [json])
      const written = async () => {
        const body = JSON.stringify(await write(query as Static<Schema>, request))
        // The comment prevents the client from choosing the first bytes of the file.
        return callback
          ? `/**/${callback}(${body.replace(/[\u2028\u2029]/g, (one) => `\\u${one.charCodeAt(0).toString(16)}`)});`
          : body
      }
      // The manifest has the URL of the host that was asked, if the service does not know its own.
      if (url === path)
        return reply
          .headers({ 'cache-control': 'no-store', 'dataset-version': site.dataset })
          .type(format.mediaType)
          .send(await written())
      const [own = ''] = String(request.raw.url).split('?')
      return respond(site, request, reply, { url: own + queryString(query), format, write: written })
    },
  })
}

/** The answer of the endpoint: to queries, to a data extension, or the manifest. */
async function resultOf(
  entities: Entities,
  site: Site,
  request: FastifyRequest,
  queries: string | undefined,
  extend: string | undefined,
): Promise<object> {
  if (queries !== undefined && extend !== undefined)
    throw badRequest([bodyError('extend', 'Send either "queries" or "extend".')])
  if (queries !== undefined) return reconciled(entities, queries)
  if (extend !== undefined) return extended(entities, extend)
  return manifest(site.base || `${request.protocol}://${request.host}`, site.version)
}

/** Rethrows an error of GET, whose parameters are in the query. */
function inQuery(error: unknown): never {
  if (error instanceof HttpProblem) for (const one of error.more.errors ?? []) one.location = 'query'
  throw error
}

function manifest(base: string, version: string): object {
  const service = (name: string) => ({ service_url: base, service_path: `${path}/${name}` })
  return {
    versions: ['0.2'],
    name: 'Action Line directory',
    identifierSpace: `${base}${path}/entities/`,
    schemaSpace: `${base}/v1/context.jsonld#`,
    documentation: `${base}/docs`,
    serviceVersion: version,
    defaultTypes: namedNouns.map(typeOf),
    view: { url: `${base}${path}/entities/{{id}}` },
    preview: { url: `${base}${path}/preview?id={{id}}`, width: 400, height: 160 },
    suggest: {
      entity: service('suggest/entity'),
      property: service('suggest/property'),
      type: service('suggest/type'),
    },
    extend: { propose_properties: service('properties'), property_settings: [] },
    batchSize: maxBatch,
  }
}

/** Registers autocompletion for entities, properties and types. */
function suggestions(app: FastifyInstance, site: Site, entities: () => Entities): void {
  const begins = (prefix: string, { id, name }: { id: string; name: string }) =>
    [id, ...name.split(' '), name].some((word) => word.toLowerCase().startsWith(prefix.toLowerCase()))
  const found: Record<string, (prefix: string, type?: NamedNoun) => object[]> = {
    entity: (prefix, type) =>
      entities()
        .beginningWith(prefix, type ? [type] : [...namedNouns])
        .map(({ id, noun, name, description }) => ({ id, name, description, notable: [typeOf(noun)] })),
    property: (prefix, type) =>
      properties
        .filter((property) => begins(prefix, property) && property.type === (type ?? property.type))
        .map(({ id, name, type }) => ({ id, name, description: `Of the type ${types[type]}.` })),
    type: (prefix) => namedNouns.map(typeOf).filter((type) => begins(prefix, type)),
  }
  const suggest = (query: Static<typeof SuggestQuery>, request: FastifyRequest) => {
    const { what } = request.params as Static<typeof SuggestParameters>
    const { prefix, cursor = '0', type } = query
    const of = Object.hasOwn(found, what) ? found[what] : undefined
    if (!of) throw new HttpProblem(404, `No suggestions for "${what}". Use ${Object.keys(found).join(', ')}.`)
    return { result: of(prefix.trim(), type).slice(Number(cursor), Number(cursor) + maxSuggested) }
  }
  respondTo(app, site, `${path}/suggest/:what`, suggestSchema, SuggestQuery, suggest)
}

/** Registers POST of a form with the field `queries` or `extend`. */
function posted(app: FastifyInstance, site: Site, entities: () => Entities): void {
  app.register(async (scope) => {
    const handleError = errorHandler(site)
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      form,
      { parseAs: 'string', bodyLimit: maxBytes },
      async (_: FastifyRequest, body: string) => Object.fromEntries(new URLSearchParams(body)),
    )
    scope.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
      const problems: Record<number, HttpProblem> = {
        413: new HttpProblem(413, `The body has more than ${maxBytes} bytes. Send fewer queries at once.`),
        415: new HttpProblem(415, `Send the field "queries" or "extend" as ${form}.`, {
          headers: { 'accept-post': form },
        }),
      }
      handleError((problems[Number(error.statusCode)] ?? error) as HttpProblem, request, reply)
    })
    scope.post(path, {
      attachValidation: true,
      validatorCompiler: () => () => true,
      schema: {
        ...described(
          'reconcile',
          'Match names in a batch, or add columns',
          `Send a form with one field. \`queries\` matches up to ${maxBatch} texts to lines and agencies. \`extend\` returns properties of matched ids. At most ${maxBytes} bytes.`,
          ReconcileResponse,
          {},
        ),
        body: { content: { [form]: { schema: ref(ReconcileForm) } } },
      },
      handler: async (request, reply) => {
        const { queries, extend } = (request.body ?? {}) as Record<string, string | undefined>
        if (queries === undefined && extend === undefined)
          throw badRequest([bodyError('queries', 'The form has neither the field "queries" nor "extend".')])
        const body = await resultOf(entities(), site, request, queries, extend)
        return reply
          .headers({ 'cache-control': 'no-store', 'dataset-version': site.dataset })
          .type(mediaTypes.json)
          .send(body)
      },
    })
  })
}

const previewStyle = 'body{font:14px/1.4 sans-serif;margin:8px}p{margin:0 0 6px}'
/** The only page that another site may show in a frame. */
const previewHeaders = {
  'content-security-policy': `default-src 'none';style-src 'sha256-${hash('sha256', previewStyle, 'base64')}';frame-ancestors *`,
}

/** Registers the preview of an entity, and the redirect from its URI to its record. */
function pages(app: FastifyInstance, site: Site, entities: () => Entities): void {
  const hrefFor = (id: string) => {
    const entity = entities().get(id)
    if (!entity) throw new HttpProblem(404, `No line or agency has the id "${id.slice(0, 100)}".`)
    return { ...entity, href: site.base + hrefOf(entity.noun === 'agency' ? 'agencies' : 'action-lines', id) }
  }
  app.get(`${path}/entities/:id`, {
    schema: { hide: true },
    handler: (request, reply: FastifyReply) =>
      redirect(reply, hrefFor((request.params as { id: string }).id).href, 307),
  })
  app.get(`${path}/preview`, {
    attachValidation: true,
    schema: {
      operationId: 'previewEntity',
      summary: 'Preview a line or agency',
      description: 'A small page that OpenRefine shows in a frame.',
      tags: ['Reconcile'],
      querystring: PreviewQuery,
      response: { 200: { description: 'The page.', content: { 'text/html': { schema: ref(HtmlPage) } } } },
    },
    handler: (request, reply) => {
      const { id } = settleQuery(site, request, PreviewQuery, {}) as Static<typeof PreviewQuery>
      const { name, description, href, noun } = hrefFor(id)
      return respond(site, request, reply, {
        url: `${path}/preview${queryString({ id })}`,
        format: { name: 'html', mediaType: 'text/html; charset=utf-8', headers: previewHeaders },
        write: () =>
          String(html`<!doctype html><html lang="en"><meta charset="utf-8"><title>${name}</title><style>${html.raw`${previewStyle}`}</style>
<p><a href="${href}" target="_blank" rel="noopener">${name}</a> (${types[noun]} ${id})</p><p>${description}</p></html>`),
      })
    },
  })
}
