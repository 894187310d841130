import { type Static, Type } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import { count } from '../drizzle.ts'
import { linkHeader } from '../http/answers.ts'
import { settleCaching } from '../http/caching.ts'
import { formatFor, mediaTypes } from '../http/formats.ts'
import { noParameters, withoutParameters } from '../http/query.ts'
import { hrefOf, ref, type Site } from '../http/shapes.ts'
import type { Directory as Data } from '../store/directory.ts'
import { actionLines, agencies, changes, coordinations, outcomeDocuments, sessions, sources } from '../store/tables.ts'

export const Directory = Type.Object(
  {
    dataset: Type.String({
      description: 'Which data this is: the first 12 hex digits of SHA-256 over the seed files.',
    }),
    version: Type.String({ description: 'The version of the service.' }),
    collections: Type.Array(
      Type.Object(
        {
          id: Type.String({ description: 'The last part of its path.' }),
          title: Type.String({ description: 'What it holds.' }),
          href: Type.String({ description: 'Its address.' }),
          total: Type.Integer({ description: 'How many members it has.' }),
        },
        { description: 'One collection.' },
      ),
      { description: 'The collections, in the order in which they are best read.' },
    ),
    services: Type.Array(
      Type.Object(
        {
          id: Type.String({ description: 'The last part of its path.' }),
          title: Type.String({ description: 'What it is for.' }),
          href: Type.String({ description: 'Its address.' }),
        },
        { description: 'One service.' },
      ),
      { description: 'What can be asked beside the collections.' },
    ),
    documentation: Type.Object(
      {
        page: Type.String({ description: 'A page for people.' }),
        openapi: Type.String({ description: 'The OpenAPI document, to generate a client from.' }),
        catalog: Type.String({ description: 'The API catalog (RFC 9727).' }),
      },
      { description: 'Where the service is described.' },
    ),
  },
  { $id: 'Directory', description: 'What the service holds and where it is described.' },
)
export type Directory = Static<typeof Directory>

const tables = {
  'action-lines': { title: 'The action lines and who coordinates them', table: actionLines },
  agencies: { title: 'The coordinating bodies', table: agencies },
  coordinations: { title: 'Every statement on who coordinates what', table: coordinations },
  sources: { title: 'The documents that say so', table: sources },
  sessions: { title: 'Sessions of the WSIS Forum', table: sessions },
  'outcome-documents': { title: 'What sessions left behind', table: outcomeDocuments },
  changes: { title: 'What each release of the data changed', table: changes },
}

const services = {
  resolve: 'What a text means: ?q=C1, C7 eGov, C11',
  search: 'Where words stand: ?q=disinformation',
  check: 'Whether a copy is current: POST JSON or CSV',
  exports: 'Everything as files to take with you',
}

/** What stands under /v1, collections and services, by the last parts of their paths. */
export const pathNames = [...Object.keys(tables), ...Object.keys(services)]

/** Registers the index of the collections. */
export function directory(app: FastifyInstance, { db }: Data, site: Site): void {
  app.get('/v1', {
    ...withoutParameters,
    config: { fixed: true },
    schema: {
      operationId: 'getDirectory',
      summary: 'List the collections',
      description: 'Begin here: the collections with their counts, the dataset, and where the service is described.',
      tags: ['Directory'],
      ...noParameters,
      response: {
        200: { description: 'The collections.', content: { 'application/json': { schema: ref(Directory) } } },
      },
    },
    handler: (request, reply) => {
      formatFor(request, ['json'])
      if (settleCaching(site, request, reply, '/v1', 'json')) return reply
      const collections = Object.entries(tables).map(([id, { title, table }]) => ({
        id,
        title,
        href: hrefOf(site, id),
        ...(db.select({ total: count() }).from(table).get() as { total: number }),
      }))
      const beside = Object.entries(services).map(([id, title]) => ({ id, title, href: hrefOf(site, id) }))
      const { base, dataset, version } = site
      const documentation = {
        page: `${base}/docs`,
        openapi: `${base}/openapi.json`,
        catalog: `${base}/.well-known/api-catalog`,
      }
      reply.header('link', linkHeader(site, '/v1', { 'service-doc': documentation.page }))
      return reply
        .type(mediaTypes.json)
        .send({ dataset, version, collections, services: beside, documentation } satisfies Directory)
    },
  })
}
