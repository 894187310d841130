import type { FastifyInstance, FastifyReply } from 'fastify'
import { ref, shape } from '../nouns/shapes.ts'
import { type Static, Type } from '../typebox.ts'
import { type Operation, operation } from './operation.ts'
import { HttpProblem } from './problem-details.ts'
import { NoParameters, settleQuery } from './query.ts'
import type { Site } from './site.ts'

export const Health = shape('Health', 'Service status.', {
  status: Type.String({ description: 'Always `ok`. Any failure is a problem response.' }),
  dataset: Type.String({ description: 'The dataset in service.' }),
  version: Type.String({ description: 'The version of the service.' }),
  servesOldData: Type.Boolean({ description: 'True if the seed build failed and the previous database is served.' }),
})
type Health = Static<typeof Health>

/** Registers the health checks. */
export function health(app: FastifyInstance, site: Site): void {
  const { dataset, version, isOld: servesOldData, collections, isEnding } = site
  const shared: Pick<Operation, 'tag' | 'response'> = {
    tag: 'Operation',
    response: ['The service is healthy.', { 'application/json': ref(Health) }],
  }
  const sendHealth = (reply: FastifyReply) =>
    reply
      .header('cache-control', 'no-store')
      .type('application/json; charset=utf-8')
      .send({ status: 'ok', dataset, version, servesOldData } satisfies Health)

  operation(app, site, {
    path: '/health/live',
    operationId: 'getLiveness',
    summary: 'Is the process alive?',
    description: 'Responds while the process runs. Restart it if this fails.',
    ...shared,
    handle: (_query, _request, reply) => sendHealth(reply),
  })
  operation(app, site, {
    path: '/health/ready',
    operationId: 'getReadiness',
    summary: 'Is it ready for requests?',
    description: 'Reads from every collection. Send no requests while this fails, as it does during shutdown.',
    ...shared,
    handle(_query, request, reply) {
      const headers = { 'retry-after': '5' }
      if (isEnding()) throw new HttpProblem(503, 'Shutting down; send the request to another replica.', { headers })
      try {
        for (const stored of collections.values()) stored.page({}, '', 1, true)
      } catch (error) {
        request.log.error({ requestId: request.id, err: error }, 'the database does not answer')
        throw new HttpProblem(503, 'The database is not available. Try again later.', { headers })
      }
      return sendHealth(reply)
    },
  })
}

/** Registers the API catalog of RFC 9727, as a link set (RFC 9264). */
export function apiCatalog(app: FastifyInstance, site: Site): void {
  const { base } = site
  const linkset = Type.Object({}, { description: 'A link set.', additionalProperties: true })
  operation(app, site, {
    path: '/.well-known/api-catalog',
    operationId: 'getApiCatalog',
    summary: 'Find the API',
    description:
      'The API catalog (RFC 9727) as a link set (RFC 9264): the URLs of the API, its description and its documentation.',
    tag: 'Operation',
    response: ['The catalog.', { 'application/linkset+json': linkset }],
    handle: (_query, _request, reply) =>
      reply
        .headers({
          'cache-control': 'public, max-age=3600',
          link: `<${base}/.well-known/api-catalog>; rel="api-catalog"`,
        })
        .type('application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"')
        .send({
          linkset: [
            {
              anchor: `${base}/v1`,
              'service-desc': [
                { href: `${base}/openapi.json`, type: 'application/json' },
                { href: `${base}/openapi.yaml`, type: 'application/yaml' },
              ],
              'service-doc': [{ href: `${base}/docs`, type: 'text/html' }],
              'service-meta': [{ href: `${base}/v1/dataset`, type: 'application/ld+json' }],
              status: [{ href: `${base}/health/ready`, type: 'application/json' }],
            },
          ],
        }),
  })
}

/** Registers /.well-known/security.txt (RFC 9116) if a contact is set. */
export function securityText(app: FastifyInstance, site: Site): void {
  const { base, contact } = site
  if (contact === '') return
  app.get('/.well-known/security.txt', { schema: { hide: true, querystring: NoParameters } }, (request, reply) => {
    settleQuery(site, request, NoParameters, {})
    const now = new Date()
    // It expires in eleven to twelve months, and changes only once a month, so that replicas send the same text.
    const expires = new Date(Date.UTC(now.getUTCFullYear() + 1, now.getUTCMonth(), 1)).toISOString()
    const lines = [`Contact: ${contact}`, `Expires: ${expires}`, 'Preferred-Languages: en']
    if (base !== '') lines.push(`Canonical: ${base}/.well-known/security.txt`)
    return reply
      .header('cache-control', 'public, max-age=86400')
      .type('text/plain; charset=utf-8')
      .send(`${lines.join('\n')}\n`)
  })
}
