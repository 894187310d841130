import type { FastifyInstance } from 'fastify'
import { fixedRoute } from '../http/operation.ts'
import type { Site } from '../http/site.ts'
import { classes, contextOf, contextPath } from '../nouns/linked-data.ts'
import { Type } from '../typebox.ts'

/** Registers the context that the JSON-LD files refer to. */
export function context(app: FastifyInstance, site: Site): void {
  fixedRoute(app, site, {
    path: contextPath,
    operationId: 'getContext',
    summary: 'Get the JSON-LD context',
    description: `The meaning of the properties as linked data (JSON-LD 1.1). Each record is a node under its URL: ${classes}. Lines form a SKOS scheme. Agencies and groups use W3C ORG. Ids, titles, dates and sources are \`dcterms:\`, URLs and people \`schema:\`, home pages \`foaf:\`. Every other property is a term of this service, such as \`/v1/context.jsonld#role\`, with the meaning in the JSON schema. Null values are omitted. Without PUBLIC_URL, URLs are relative to the file: give a processor its URL as the base.`,
    tag: 'Exports',
    response: [
      'The context.',
      { jsonld: Type.Object({}, { description: 'A JSON-LD 1.1 context.', additionalProperties: true }) },
    ],
    links: { collection: `${site.base}/v1/exports` },
    write: () => JSON.stringify(contextOf(site.base)),
  })
}
