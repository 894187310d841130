import { type Static, Type } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import { HttpProblem } from './problem.ts'
import { ref, type Site } from './shapes.ts'

export const Health = Type.Object(
  {
    status: Type.Unsafe<'ok'>({
      type: 'string',
      enum: ['ok'],
      description: 'Always `ok`; anything else is not a 200.',
    }),
    dataset: Type.String({ description: 'Which data is served.' }),
    version: Type.String({ description: 'The version of the service.' }),
  },
  { $id: 'Health', description: 'That the service is well, and what it serves.' },
)
type Health = Static<typeof Health>

/** Registers what tells a supervisor how the service is, and a machine where its description stands. */
export function health(app: FastifyInstance, site: Site, query: () => void): void {
  const { base, dataset, version } = site
  const body: Health = { status: 'ok', dataset, version }
  const schema = (operationId: string, summary: string, description: string) => ({
    operationId,
    summary,
    description,
    tags: ['Operation'],
    response: { 200: { description: 'It is.', content: { 'application/json': { schema: ref(Health) } } } },
  })
  const asJson = { 'cache-control': 'no-store', 'content-type': 'application/json; charset=utf-8' }

  app.get('/health/live', {
    schema: schema(
      'getLiveness',
      'Is the process alive?',
      'Answers as long as the process runs; restart it where this fails.',
    ),
    handler: (_request, reply) => reply.headers(asJson).send(body),
  })

  app.get('/health/ready', {
    schema: {
      ...schema('getReadiness', 'Can it answer?', 'Runs one query; send no requests where this fails.'),
      response: {
        200: { description: 'It can.', content: { 'application/json': { schema: ref(Health) } } },
        503: {
          description: 'It cannot: the database does not answer.',
          content: { 'application/problem+json': { schema: { $ref: 'Problem#' } } },
        },
      },
    },
    handler: (request, reply) => {
      try {
        query()
      } catch (error) {
        request.log.error({ err: error }, 'the database does not answer')
        throw new HttpProblem(503, 'The database does not answer; try again later.', {
          headers: { 'retry-after': '5' },
        })
      }
      return reply.headers(asJson).send(body)
    },
  })

  app.get('/.well-known/api-catalog', {
    schema: {
      operationId: 'getApiCatalog',
      summary: 'Find the API',
      description:
        'The API catalog of RFC 9727 as a link set (RFC 9264): where the API, its description and its page stand.',
      tags: ['Operation'],
      response: {
        200: {
          description: 'The catalog.',
          content: {
            'application/linkset+json': {
              schema: Type.Object({}, { description: 'A link set.', additionalProperties: true }),
            },
          },
        },
      },
    },
    handler: (_request, reply) =>
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
              'service-desc': [{ href: `${base}/openapi.json`, type: 'application/json' }],
              'service-doc': [{ href: `${base}/docs`, type: 'text/html' }],
              status: [{ href: `${base}/health/ready`, type: 'application/json' }],
            },
          ],
        }),
  })
}
